//! The values of texts in quotes: escapes, and variables in them.

use super::lexer::{is_word, is_word_start};
use super::parser::{Parsed, Parser, Stop, Why};
use super::syntax::{Expr, Function, Kind, Shape};
use super::token::{QuoteKind, Quoted};

/// The longest subscript in a text, in bytes, and how many may follow each other.
const LONGEST_SUBSCRIPT: usize = 128;
const MOST_SUBSCRIPTS: usize = 16;

impl Parser<'_, '_> {
    /// The value of a text in quotes.
    pub(super) fn quoted(&mut self, quoted: &Quoted) -> Parsed<Kind> {
        let at = self.start;
        let text = self.lexer.text;
        let body = &text[quoted.body.clone()];
        match quoted.kind {
            QuoteKind::Plain => Ok(Kind::Text(plain(body, quoted))),
            QuoteKind::Words => {
                let words = plain(body, quoted);
                let mut list = Vec::new();
                for word in words.split_ascii_whitespace() {
                    self.count()?;
                    list.push(Expr::new(at, Kind::Text(word.to_owned())));
                }
                Ok(Kind::List(list))
            }
            QuoteKind::Pattern => {
                let flags = &text[quoted.flags.clone()];
                pattern(body, flags).ok_or(Stop {
                    at,
                    why: Why::NotUnderstood,
                })
            }
            QuoteKind::Interpolated => self.interpolated(at, body),
            QuoteKind::HereDocument {
                interpolated,
                indented,
            } => {
                let unindented;
                let body = if indented {
                    unindented = without_indent(body);
                    &unindented
                } else {
                    body
                };
                if interpolated {
                    self.interpolated(at, body)
                } else {
                    Ok(Kind::Text(body.to_owned()))
                }
            }
            QuoteKind::Code => Err(self.stop(Why::NotUnderstood)),
        }
    }

    fn interpolated(&mut self, begin: usize, body: &str) -> Parsed<Kind> {
        let mut parts: Vec<Expr> = Vec::new();
        let mut text = String::new();
        let mut at = 0;
        while let Some(found) = body[at..].find(['\\', '$', '@']) {
            text.push_str(&body[at..at + found]);
            at += found;
            let not_understood = Stop {
                at: begin,
                why: Why::NotUnderstood,
            };
            let rest = &body[at..];
            if rest.starts_with('\\') {
                at += escape(rest, &mut text).ok_or(not_understood)?;
                continue;
            }
            match variable(rest) {
                Found::Text => {
                    text.push_str(&rest[..1]);
                    at += 1;
                }
                Found::Variable(kind, length) => {
                    self.count()?;
                    if !text.is_empty() {
                        let text = std::mem::take(&mut text);
                        parts.push(Expr::new(begin, Kind::Text(text)));
                    }
                    parts.push(place(kind, begin));
                    at += length;
                }
                Found::Code => return Err(not_understood),
            }
        }
        text.push_str(&body[at..]);
        if parts.is_empty() {
            return Ok(Kind::Text(text));
        }
        if !text.is_empty() {
            parts.push(Expr::new(begin, Kind::Text(text)));
        }
        Ok(Kind::Concat(parts))
    }
}

/// A text in single quotes: only the quotes and backslashes are escaped.
fn plain(body: &str, quoted: &Quoted) -> String {
    if !body.contains('\\') {
        return body.to_owned();
    }
    let mut text = String::with_capacity(body.len());
    let mut chars = body.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some(c)
                if c == '\\' || c == char::from(quoted.open) || c == char::from(quoted.close) =>
            {
                text.push(c);
            }
            Some(c) => text.extend(['\\', c]),
            None => text.push('\\'),
        }
    }
    text
}

/// The text of a pattern with its flags in it. None where it has variables.
fn pattern(body: &str, flags: &str) -> Option<Kind> {
    let bytes = body.as_bytes();
    for (at, _) in body.match_indices(['$', '@']) {
        let next = bytes.get(at + 1).copied().unwrap_or(0);
        let escaped = at > 0 && bytes[at - 1] == b'\\';
        if !escaped && (is_word_start(next) || next == b'{') {
            return None;
        }
    }
    let flags: String = flags.chars().filter(|c| "imsx".contains(*c)).collect();
    Some(Kind::Text(match flags.as_str() {
        "" => body.to_owned(),
        flags => format!("(?{flags}:{body})"),
    }))
}

/// The lines without what all of them begin with.
fn without_indent(body: &str) -> String {
    let lines = body.split_inclusive('\n');
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let least = lines
        .clone()
        .filter(|line| !line.trim().is_empty())
        .map(indent)
        .min()
        .unwrap_or(0);
    lines
        .map(|line| line.get(least.min(indent(line))..).unwrap_or_default())
        .collect()
}

/// Adds what an escape stands for, and gives its length. None where it changes what follows (`\U`).
fn escape(rest: &str, text: &mut String) -> Option<usize> {
    let c = rest[1..].chars().next()?;
    let after = rest.get(2..).unwrap_or_default();
    let number = |digits: &str, radix| {
        u32::from_str_radix(digits.trim(), radix)
            .ok()
            .and_then(char::from_u32)
    };
    let stands_for = match c {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'a' => '\u{7}',
        'b' => '\u{8}',
        'e' => '\u{1b}',
        'f' => '\u{c}',
        'u' | 'l' | 'U' | 'L' | 'Q' | 'E' | 'F' | 'c' => return None,
        'x' | 'N' | 'o' if after.starts_with('{') => {
            let end = after.bytes().take(12).position(|byte| byte == b'}')?;
            let inner = &after[1..end];
            let digits = if c == 'N' {
                inner.strip_prefix("U+")?
            } else {
                inner
            };
            text.push(number(digits, if c == 'o' { 8 } else { 16 })?);
            return Some(2 + end + 1);
        }
        'N' | 'o' => return None,
        'x' => {
            let digits = count(after, 2, |byte| byte.is_ascii_hexdigit());
            text.push(number(&after[..digits], 16).unwrap_or('\0'));
            return Some(2 + digits);
        }
        '0'..='7' => {
            let digits = count(&rest[1..], 3, |byte| (b'0'..=b'7').contains(&byte));
            text.push(number(&rest[1..=digits], 8)?);
            return Some(1 + digits);
        }
        other => other,
    };
    text.push(stands_for);
    Some(1 + c.len_utf8())
}

fn count(text: &str, most: usize, good: impl Fn(u8) -> bool) -> usize {
    text.bytes()
        .take(most)
        .take_while(|byte| good(*byte))
        .count()
}

enum Found {
    /// The sign stands for itself.
    Text,
    Variable(Kind, usize),
    Code,
}

/// A variable with its subscripts at the beginning of a text.
fn variable(rest: &str) -> Found {
    let bytes = rest.as_bytes();
    let next = bytes.get(1).copied().unwrap_or(0);
    let (name, mut at) = if is_word_start(next) {
        let end = name_end(rest, 1);
        (&rest[1..end], end)
    } else if next == b'{' {
        let end = name_end(rest, 2);
        if end == 2 || bytes.get(end) != Some(&b'}') {
            return Found::Code;
        }
        (&rest[2..end], end + 1)
    } else if next == b'$' && bytes.get(2).copied().is_some_and(is_word_start) {
        return Found::Code;
    } else {
        return Found::Text;
    };
    if bytes[0] == b'@' {
        if matches!(bytes.get(at), Some(b'[' | b'{')) {
            return Found::Code;
        }
        let parts = vec![
            Expr::new(0, Kind::Text(" ".into())),
            Expr::new(0, Kind::Collection(Shape::List, name.to_owned())),
        ];
        return Found::Variable(Kind::Call(Function::Join, parts), at);
    }
    let mut kind = Kind::Scalar(name.to_owned());
    for subscripts in 0.. {
        let first = subscripts == 0;
        let arrow = rest[at..].starts_with("->");
        let open = at + if arrow { 2 } else { 0 };
        let (shape, close) = match bytes.get(open) {
            Some(b'{') => (Shape::Hash, b'}'),
            Some(b'[') if is_index(rest, open) => (Shape::List, b']'),
            _ => return Found::Variable(kind, at),
        };
        let inner = &bytes[open + 1..];
        let bounded = subscripts < MOST_SUBSCRIPTS;
        let Some(length) = inner
            .iter()
            .take(LONGEST_SUBSCRIPT)
            .position(|byte| *byte == close)
            .filter(|_| bounded)
        else {
            return Found::Code;
        };
        let Some(index) = subscript(&rest[open + 1..open + 1 + length]) else {
            return Found::Code;
        };
        kind = match kind {
            Kind::Scalar(name) if first && !arrow && name == "ENV" && shape == Shape::Hash => {
                Kind::Environment(Box::new(Expr::new(0, index)))
            }
            kind => {
                let of = match kind {
                    Kind::Scalar(name) if first && !arrow => Kind::RefTo(shape, name),
                    kind => kind,
                };
                Kind::Element(shape, Box::new([Expr::new(0, of), Expr::new(0, index)]))
            }
        };
        at = open + length + 2;
    }
    Found::Code
}

fn name_end(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
        if is_word(byte(at)) {
            at += 1;
        } else if byte(at) == b':' && byte(at + 1) == b':' && is_word_start(byte(at + 2)) {
            at += 2;
        } else {
            return at;
        }
    }
}

/// Whether a bracket in a text begins an index, and not ordinary words.
fn is_index(rest: &str, open: usize) -> bool {
    let inner = rest[open + 1..].trim_start_matches('-');
    inner.starts_with(|c: char| c.is_ascii_digit() || c == '$')
}

/// What stands in the brackets of a subscript: a word, a text, a number, a variable.
fn subscript(text: &str) -> Option<Kind> {
    let text = text.trim();
    for quote in ['\'', '"'] {
        if let Some(inner) = text
            .strip_prefix(quote)
            .and_then(|text| text.strip_suffix(quote))
        {
            let good = !inner.contains(['\\', '$', '@', quote]);
            return good.then(|| Kind::Text(inner.to_owned()));
        }
    }
    let (name, is_variable) = match text.strip_prefix('$') {
        Some(name) => (name, true),
        None => (text.trim_start_matches('-'), false),
    };
    if name.is_empty() || !name.bytes().all(is_word) {
        return None;
    }
    Some(if is_variable {
        Kind::Scalar(name.to_owned())
    } else {
        Kind::Text(text.to_owned())
    })
}

/// Gives all parts of a variable the place of the text that it stands in.
fn place(kind: Kind, at: usize) -> Expr {
    let kind = match kind {
        Kind::Element(shape, parts) => {
            let [of, index] = *parts;
            Kind::Element(shape, Box::new([place(of.kind, at), place(index.kind, at)]))
        }
        Kind::Call(function, parts) => Kind::Call(
            function,
            parts.into_iter().map(|part| place(part.kind, at)).collect(),
        ),
        Kind::Environment(key) => Kind::Environment(Box::new(place(key.kind, at))),
        kind => kind,
    };
    Expr::new(at, kind)
}
