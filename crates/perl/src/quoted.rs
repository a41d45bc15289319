//! Texts in quotes: where they end.

use super::lexer::{Lexer, is_word, is_word_start};
use super::token::{QuoteKind, Quoted, Token};

/// A text between delimiters, the first of which is at `open_at`.
pub(super) fn delimited<'t>(
    lexer: &mut Lexer<'t>,
    open_at: usize,
    kind: QuoteKind,
    what: &'static str,
) -> Token<'t> {
    let open = lexer.byte(open_at);
    let close = closing(open);
    let Some(end) = find_end(lexer, open_at + 1, open, close) else {
        lexer.at = lexer.end;
        return Token::Broken(what);
    };
    lexer.at = end + 1;
    Token::Quoted(Quoted {
        kind,
        body: open_at + 1..end,
        open,
        close,
        flags: end + 1..end + 1,
    })
}

fn closing(open: u8) -> u8 {
    match open {
        b'(' => b')',
        b'[' => b']',
        b'{' => b'}',
        b'<' => b'>',
        other => other,
    }
}

fn find_end(lexer: &Lexer<'_>, from: usize, open: u8, close: u8) -> Option<usize> {
    let bytes = &lexer.text.as_bytes()[..lexer.end];
    let mut depth = 0_usize;
    let mut at = from;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte == b'\\' {
            at += 1;
        } else if byte == close {
            if depth == 0 {
                return Some(at);
            }
            depth -= 1;
        } else if byte == open {
            depth += 1;
        }
        at += 1;
    }
    None
}

/// `q{…}`, `qq[…]`, `qw(…)`, `qr/…/`, `m`, `s`, `tr`, `y`, `qx`: the lexer stands behind the word. None if it is an
/// ordinary word.
pub(super) fn quote_like<'t>(lexer: &mut Lexer<'t>, word: &str) -> Option<Token<'t>> {
    let (kind, what, parts) = match word {
        "q" => (QuoteKind::Plain, "text", 1),
        "qq" => (QuoteKind::Interpolated, "text", 1),
        "qw" => (QuoteKind::Words, "list of words", 1),
        "qr" => (QuoteKind::Pattern, "pattern", 1),
        "m" => (QuoteKind::Code, "pattern", 1),
        "qx" => (QuoteKind::Code, "command", 1),
        "s" | "tr" | "y" => (QuoteKind::Code, "substitution", 2),
        _ => return None,
    };
    let mut open_at = lexer.at;
    while lexer.byte(open_at).is_ascii_whitespace() {
        open_at += 1;
    }
    let open = lexer.byte(open_at);
    let comment = open == b'#' && open_at > lexer.at;
    if !open.is_ascii_graphic() || is_word(open) || comment || b",;)=]}".contains(&open) {
        return None;
    }
    let mut token = delimited(lexer, open_at, kind, what);
    if parts == 2 && matches!(token, Token::Quoted(_)) {
        let second = if closing(open) == open {
            lexer.at - 1
        } else {
            let mut at = lexer.at;
            while lexer.byte(at).is_ascii_whitespace() {
                at += 1;
            }
            at
        };
        if !lexer.byte(second).is_ascii_graphic() {
            lexer.at = lexer.end;
            return Some(Token::Broken(what));
        }
        if let Token::Broken(what) = delimited(lexer, second, kind, what) {
            return Some(Token::Broken(what));
        }
    }
    if matches!(kind, QuoteKind::Pattern | QuoteKind::Code) {
        let flags = skip_flags(lexer);
        if let Token::Quoted(quoted) = &mut token {
            quoted.flags = flags;
        }
    }
    Some(token)
}

/// The letters after a pattern.
pub(super) fn skip_flags(lexer: &mut Lexer<'_>) -> std::ops::Range<usize> {
    let start = lexer.at;
    while lexer.byte(lexer.at).is_ascii_lowercase() {
        lexer.at += 1;
    }
    start..lexer.at
}

/// `<<"END"`, `<<'END'`, `<<END`, `<<~END`; none if it is something else.
pub(super) fn here_document<'t>(lexer: &mut Lexer<'t>) -> Option<Token<'t>> {
    if lexer.byte(lexer.at + 1) != b'<' {
        return None;
    }
    let mut at = lexer.at + 2;
    let indented = lexer.byte(at) == b'~';
    at += usize::from(indented);
    let quote = lexer.byte(at);
    let (tag, after) = if matches!(quote, b'"' | b'\'') {
        let end = find_end(lexer, at + 1, quote, quote)?;
        (&lexer.text[at + 1..end], end + 1)
    } else if is_word_start(quote) {
        let mut end = at;
        while is_word(lexer.byte(end)) {
            end += 1;
        }
        (&lexer.text[at..end], end)
    } else {
        return None;
    };
    if tag.contains('\n') {
        return None;
    }
    lexer.at = after;
    let begin = lexer.here_begin();
    let mut line = begin;
    while line < lexer.end {
        let end = lexer.line_end(line);
        let text = &lexer.text[line..end];
        let found = if indented { text.trim_start() } else { text };
        if found == tag {
            lexer.here_finished((end + 1).min(lexer.end));
            return Some(Token::Quoted(Quoted {
                kind: QuoteKind::HereDocument {
                    interpolated: quote != b'\'',
                    indented,
                },
                body: begin..line,
                open: 0,
                close: 0,
                flags: line..line,
            }));
        }
        line = end + 1;
    }
    lexer.at = lexer.end;
    Some(Token::Broken("here-document"))
}
