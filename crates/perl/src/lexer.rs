//! From text to tokens.

use super::quoted;
use super::token::{QuoteKind, Quoted, Token};

/// Longer ones first.
const SIGNS: &[&str] = &[
    "<=>", "**=", "||=", "&&=", "//=", "...", "<<=", ">>=", "->", "=>", "++", "--", "==", "!=",
    "=~", "!~", "<=", ">=", "&&", "||", "//", "..", "+=", "-=", "*=", "/=", ".=", "%=", "^=", "|=",
    "&=", "::", "<<", ">>", "**", "+", "-", "*", "/", "%", "=", "<", ">", "!", "~", "\\", "?", ":",
    ".", ",", ";", "(", ")", "[", "]", "{", "}", "&", "|", "^",
];

/// Words after which a value comes, not an operator.
const BEFORE_VALUES: &[&str] = &[
    "return", "and", "or", "not", "xor", "if", "unless", "while", "until", "for", "foreach",
    "elsif", "x", "eq", "ne", "lt", "gt", "le", "ge", "cmp", "push", "unshift", "split", "grep",
    "map", "join", "print", "die", "warn", "delete", "defined", "ref", "scalar", "keys", "values",
    "exists", "my", "our", "local", "state", "eval", "do", "when", "sort", "reverse", "lc", "uc",
    "else", "qw", "say",
];

pub(super) struct Lexer<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    pub(super) end: usize,
    /// Whether the token before was a value, so that an operator comes now.
    value: bool,
    /// Whether a statement may begin now: only there is documentation.
    fresh: bool,
    /// Of each open brace, whether it is a subscript, and so part of a value.
    braces: Vec<bool>,
    /// The token before, where it tells what a word is.
    before: Before,
    /// The end of the line whose here-documents begin after it, and where they end.
    here: Option<(usize, usize)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Before {
    Arrow,
    Sub,
    Other,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str, at: usize, end: usize) -> Self {
        let mut lexer = Self {
            text,
            at,
            end,
            value: false,
            fresh: true,
            braces: Vec::new(),
            before: Before::Other,
            here: None,
        };
        if at == 0 {
            lexer.skip_pod();
        }
        lexer
    }

    pub(super) fn byte(&self, at: usize) -> u8 {
        if at < self.end {
            self.text.as_bytes()[at]
        } else {
            0
        }
    }

    /// The next token, and where it begins; it ends at `self.at`.
    pub(super) fn next(&mut self) -> (Token<'t>, usize) {
        let spaced = self.skip_space();
        let start = self.at;
        if start >= self.end {
            return (Token::End, self.end);
        }
        let token = self.token(spaced);
        debug_assert!(self.at > start || matches!(token, Token::End | Token::Broken(_)));
        self.before = match &token {
            Token::Sign("->") => Before::Arrow,
            Token::Word("sub") => Before::Sub,
            _ => Before::Other,
        };
        self.value = match &token {
            Token::Variable(..) | Token::Number(_) | Token::Quoted(_) => true,
            Token::Word(word) => !BEFORE_VALUES.contains(word),
            Token::Sign(")" | "]" | "@*" | "%*") => true,
            Token::Sign("}") => self.braces.pop().unwrap_or(false),
            Token::Sign("++" | "--") => self.value,
            _ => false,
        };
        self.fresh = matches!(token, Token::Sign(";" | "{" | "}")) && !self.value;
        (token, start)
    }

    fn token(&mut self, spaced: bool) -> Token<'t> {
        let start = self.at;
        let c = self.byte(start);
        let next = self.byte(start + 1);
        match c {
            b'@' | b'%' if self.before == Before::Arrow && next == b'*' => {
                self.at += 2;
                Token::Sign(if c == b'@' { "@*" } else { "%*" })
            }
            b'$' => self.dollar(),
            b'@' => self.sigil(c).unwrap_or_else(|| self.stray()),
            b'%' | b'&' if !self.value => self.sigil(c).unwrap_or_else(|| self.sign(spaced)),
            b'0'..=b'9' => super::number::literal(self),
            b'.' if !self.value && next.is_ascii_digit() => super::number::literal(self),
            _ if is_word_start(c) => self.word(),
            b'\'' => self.quote(QuoteKind::Plain, "text"),
            b'"' => self.quote(QuoteKind::Interpolated, "text"),
            b'`' => self.quote(QuoteKind::Code, "command"),
            b'/' if !self.value => self.pattern(),
            b'<' if !self.value => match quoted::here_document(self) {
                Some(token) => token,
                None => self.file_handle().unwrap_or_else(|| self.sign(spaced)),
            },
            // What ends a text for old systems.
            4 | 26 => {
                self.at = self.end;
                Token::End
            }
            _ => self.sign(spaced),
        }
    }

    /// Skips blanks, comments, documentation and the bodies of here-documents; true if there was any.
    fn skip_space(&mut self) -> bool {
        let start = self.at;
        loop {
            match self.byte(self.at) {
                b'\n' if self.at < self.end => {
                    self.at += 1;
                    if let Some((line_end, end)) = self.here
                        && self.at > line_end
                    {
                        self.at = self.at.max(end);
                        self.here = None;
                    }
                    self.skip_pod();
                }
                b' ' | b'\t' | b'\r' | 12 => self.at += 1,
                b'#' => self.at = self.line_end(self.at),
                _ => return self.at > start,
            }
        }
    }

    /// Documentation: from a line that begins with `=word` to `=cut`.
    fn skip_pod(&mut self) {
        while self.fresh
            && self.byte(self.at) == b'='
            && self.byte(self.at + 1).is_ascii_alphabetic()
        {
            let rest = &self.text[self.at..self.end];
            let cut = if rest.starts_with("=cut") {
                Some(0)
            } else {
                rest.find("\n=cut").map(|at| at + 1)
            };
            self.at = match cut {
                Some(cut) => (self.line_end(self.at + cut) + 1).min(self.end),
                None => self.end,
            };
        }
    }

    /// Where the line ends, at its line break.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let rest = &self.text.as_bytes()[at..self.end];
        rest.iter()
            .position(|byte| *byte == b'\n')
            .map_or(self.end, |length| at + length)
    }

    /// Where the body of a here-document that begins on this line starts; `finished` says where it ended.
    pub(super) fn here_begin(&self) -> usize {
        match self.here {
            Some((_, end)) => end,
            None => (self.line_end(self.at) + 1).min(self.end),
        }
    }

    pub(super) fn here_finished(&mut self, end: usize) {
        let line_end = match self.here {
            Some((line_end, _)) => line_end,
            None => self.line_end(self.at),
        };
        self.here = Some((line_end, end));
    }

    fn dollar(&mut self) -> Token<'t> {
        let after = self.byte(self.at + 1);
        if after == b'#' && matches!(self.byte(self.at + 2), b'{' | b'$') {
            self.at += 2;
            return Token::Cast(b'#');
        }
        if after == b'#' && is_word_start(self.byte(self.at + 2)) {
            self.at += 2;
            return Token::Variable(b'#', self.name());
        }
        if let Some(token) = self.sigil(b'$') {
            return token;
        }
        // `$$`, `$@`, `$1` and the like.
        let start = self.at + 1;
        let length = self.text[start..self.end]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        self.at = start + length;
        Token::Variable(b'$', &self.text[start..self.at])
    }

    /// A variable, or a sigil before a reference.
    fn sigil(&mut self, sigil: u8) -> Option<Token<'t>> {
        let next = self.byte(self.at + 1);
        if is_word_start(next) || (next == b':' && self.byte(self.at + 2) == b':') {
            self.at += 1;
            return Some(Token::Variable(sigil, self.name()));
        }
        if next == b'{' {
            if let Some(token) = self.braced_name(sigil) {
                return Some(token);
            }
            self.at += 1;
            return Some(Token::Cast(sigil));
        }
        let second = self.byte(self.at + 2);
        if next == b'$' && (is_word_start(second) || matches!(second, b'{' | b'$')) {
            self.at += 1;
            return Some(Token::Cast(sigil));
        }
        None
    }

    /// `${name}`.
    fn braced_name(&mut self, sigil: u8) -> Option<Token<'t>> {
        let inner = self.text[self.at + 2..self.end].trim_start_matches([' ', '\t', '^']);
        let start = self.end - inner.len();
        if !is_word_start(self.byte(start)) {
            return None;
        }
        let mut end = start;
        while is_word(self.byte(end)) || self.byte(end) == b':' {
            end += 1;
        }
        let mut close = end;
        while matches!(self.byte(close), b' ' | b'\t') {
            close += 1;
        }
        if self.byte(close) != b'}' {
            return None;
        }
        self.at = close + 1;
        Some(Token::Variable(sigil, &self.text[start..end]))
    }

    /// A name with its packages.
    fn name(&mut self) -> &'t str {
        let start = self.at;
        loop {
            if is_word(self.byte(self.at)) {
                self.at += 1;
            } else if self.byte(self.at) == b':'
                && self.byte(self.at + 1) == b':'
                && (is_word_start(self.byte(self.at + 2)) || self.at == start)
            {
                self.at += 2;
            } else {
                return &self.text[start..self.at];
            }
        }
    }

    fn word(&mut self) -> Token<'t> {
        let start = self.at;
        let word = self.name();
        if self.value && (word == "x" || is_repetition(word)) {
            self.at = start + 1;
            return Token::Sign("x");
        }
        if self.before == Before::Arrow || self.is_key(start) {
            return Token::Word(word);
        }
        if matches!(word, "__END__" | "__DATA__") {
            self.at = self.end;
            return Token::End;
        }
        if self.before == Before::Sub {
            return Token::Word(word);
        }
        quoted::quote_like(self, word).unwrap_or(Token::Word(word))
    }

    /// Whether the word that ends here stands for itself: before `=>`, or alone in braces.
    fn is_key(&self, start: usize) -> bool {
        let bytes = self.text.as_bytes();
        let mut next = self.at;
        while next < self.end && bytes[next].is_ascii_whitespace() {
            next += 1;
        }
        if self.byte(next) == b'=' && self.byte(next + 1) == b'>' {
            return true;
        }
        let before = bytes[..start]
            .iter()
            .rev()
            .take(64)
            .find(|byte| !byte.is_ascii_whitespace());
        self.byte(next) == b'}' && before == Some(&b'{')
    }

    fn quote(&mut self, kind: QuoteKind, what: &'static str) -> Token<'t> {
        quoted::delimited(self, self.at, kind, what)
    }

    fn pattern(&mut self) -> Token<'t> {
        let token = self.quote(QuoteKind::Code, "pattern");
        quoted::skip_flags(self);
        token
    }

    /// `<STDIN>`, `<$file>`.
    fn file_handle(&mut self) -> Option<Token<'t>> {
        let mut end = self.at + 1;
        if self.byte(end) == b'$' {
            end += 1;
        }
        while is_word(self.byte(end)) {
            end += 1;
        }
        if self.byte(end) != b'>' {
            return None;
        }
        let body = self.at + 1..end;
        self.at = end + 1;
        Some(Token::Quoted(Quoted {
            kind: QuoteKind::Code,
            flags: body.end..body.end,
            body,
            open: b'<',
            close: b'>',
        }))
    }

    fn sign(&mut self, spaced: bool) -> Token<'t> {
        let rest = &self.text[self.at..self.end];
        if rest.starts_with('…') {
            self.at += '…'.len_utf8();
            return Token::Sign("...");
        }
        let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) else {
            return self.stray();
        };
        if *sign == "{" {
            let subscript = self.before == Before::Arrow || (self.value && !spaced);
            self.braces.push(subscript);
        }
        self.at += sign.len();
        Token::Sign(sign)
    }

    fn stray(&mut self) -> Token<'t> {
        let rest = &self.text[self.at..self.end];
        self.at += rest.chars().next().map_or(1, char::len_utf8);
        Token::Stray
    }
}

pub(super) fn is_word_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// `x3`, as in `'-' x3`.
fn is_repetition(word: &str) -> bool {
    let digits = word.strip_prefix('x').unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}
