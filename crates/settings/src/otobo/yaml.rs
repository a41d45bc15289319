//! YAML as OTOBO writes values of settings: lists, maps and texts, one entry a line. Whatever else YAML has (tags,
//! references, several documents) is refused: nobody writes it there.

use std::fmt;

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Yaml {
    Nothing,
    Text(String),
    List(Vec<Yaml>),
    /// In its order.
    Map(Vec<(String, Yaml)>),
}

/// Why a text is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unread {
    /// From 1.
    line: usize,
    what: &'static str,
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} of its YAML {}", self.line, self.what)
    }
}

/// The most lists and maps in each other.
const DEPTH: usize = 16;

/// The most values.
const MOST: usize = 20_000;

struct Lines<'t> {
    /// Number, indentation, and the rest.
    lines: Vec<(usize, usize, &'t str)>,
    at: usize,
    left: usize,
}

type Read<T> = Result<T, Unread>;

/// Reads a value.
pub(super) fn read(text: &str) -> Read<Yaml> {
    let mut rest = text;
    let mut first = 1;
    if let Some(after) = text.strip_prefix("---") {
        match after.trim_start_matches(' ').strip_prefix('\n') {
            Some(block) => {
                rest = block;
                first = 2;
            }
            // The value stands in the line of the mark.
            None if after.starts_with(' ') => rest = after.trim_start_matches(' '),
            None if after.is_empty() => return Ok(Yaml::Nothing),
            None => return Err(unread(1, "begins with no value")),
        }
    }
    let lines = rest.split('\n').enumerate().map(|(number, line)| {
        let content = line.trim_start_matches(' ');
        (first + number, line.len() - content.len(), content)
    });
    let mut lines = Lines {
        lines: lines.collect(),
        at: 0,
        left: MOST,
    };
    if let Some((number, ..)) = lines.lines.iter().find(|(_, _, line)| is_odd(line)) {
        return Err(unread(*number, "has control characters"));
    }
    let value = lines.block(0, DEPTH)?;
    match lines.next_line() {
        None => Ok(value),
        Some((number, ..)) => Err(unread(number, "does not belong to the value before it")),
    }
}

fn is_odd(line: &str) -> bool {
    line.chars().any(|c| c.is_control() && c != '\r') || line.starts_with('\t')
}

fn unread(line: usize, what: &'static str) -> Unread {
    Unread { line, what }
}

impl<'t> Lines<'t> {
    /// The next line that is not empty.
    fn next_line(&mut self) -> Option<(usize, usize, &'t str)> {
        while let Some((number, indent, line)) = self.lines.get(self.at).copied() {
            let line = line.trim_end_matches(['\r', ' ']);
            if !line.is_empty() && !line.starts_with('#') {
                return Some((number, indent, line));
            }
            self.at += 1;
        }
        None
    }

    fn count(&mut self, number: usize) -> Read<()> {
        self.left = self
            .left
            .checked_sub(1)
            .ok_or(unread(number, "is one value too many"))?;
        Ok(())
    }

    /// The value that begins with the next line, which is indented at least so far.
    fn block(&mut self, least: usize, depth: usize) -> Read<Yaml> {
        let Some((number, indent, line)) = self.next_line().filter(|(_, at, _)| *at >= least)
        else {
            return Ok(Yaml::Nothing);
        };
        let Some(depth) = depth.checked_sub(1) else {
            return Err(unread(number, "is too deep"));
        };
        if line == "-" || line.starts_with("- ") {
            return self.list(indent, depth);
        }
        if key(number, line)?.is_some() {
            return self.map(indent, depth);
        }
        self.at += 1;
        self.count(number)?;
        self.scalar(number, line, indent)
    }

    fn list(&mut self, indent: usize, depth: usize) -> Read<Yaml> {
        let mut items = vec![];
        while let Some((number, at, line)) = self.next_line().filter(|(_, at, _)| *at == indent) {
            let Some(rest) = line.strip_prefix('-').filter(|_| is_item(line)) else {
                break;
            };
            self.count(number)?;
            let item = rest.trim_start_matches(' ');
            if item.is_empty() {
                self.at += 1;
                items.push(self.block(indent + 1, depth)?);
                continue;
            }
            // What follows the dash is a value of its own, indented by what stands before it.
            let within = at + line.len() - item.len();
            self.lines[self.at] = (number, within, item);
            items.push(self.block(within, depth)?);
        }
        Ok(Yaml::List(items))
    }

    fn map(&mut self, indent: usize, depth: usize) -> Read<Yaml> {
        let mut entries: Vec<(String, Yaml)> = vec![];
        while let Some((number, _, line)) = self.next_line().filter(|(_, at, _)| *at == indent) {
            let Some((name, rest)) = key(number, line)? else {
                break;
            };
            self.count(number)?;
            if entries.iter().any(|(known, _)| *known == name) {
                return Err(unread(number, "names a key again"));
            }
            self.at += 1;
            let value = match rest {
                "" => {
                    // A list in a map need not be indented.
                    let next = self.next_line();
                    let flush = next.is_some_and(|(_, at, line)| at == indent && is_item(line));
                    self.block(indent + usize::from(!flush), depth)?
                }
                rest => self.scalar(number, rest, indent)?,
            };
            entries.push((name, value));
        }
        Ok(Yaml::Map(entries))
    }

    /// A text that begins here.
    fn scalar(&mut self, number: usize, text: &str, indent: usize) -> Read<Yaml> {
        let plain = |text: &str| match text {
            "~" | "null" => Yaml::Nothing,
            text => Yaml::Text(text.to_owned()),
        };
        match (text, text.chars().next()) {
            ("[]", _) => Ok(Yaml::List(vec![])),
            ("{}", _) => Ok(Yaml::Map(vec![])),
            ("|" | "|-" | "|+" | ">" | ">-" | ">+", _) => {
                let folded = text.starts_with('>');
                let kept = text.chars().nth(1);
                Ok(Yaml::Text(self.literal(indent, folded, kept)))
            }
            (_, Some('\'' | '"')) => {
                let (text, rest) = quoted(number, text)?;
                match rest.is_empty() {
                    true => Ok(Yaml::Text(text)),
                    false => Err(unread(number, "goes on after a quoted text")),
                }
            }
            (_, Some('&' | '*' | '!' | '|' | '>' | '[' | '{' | '%' | '@' | '`')) => Err(unread(
                number,
                "has something that only other programs write",
            )),
            (text, _) => Ok(plain(text)),
        }
    }

    /// The lines of a text of several, which are indented further than what holds it.
    fn literal(&mut self, indent: usize, folded: bool, kept: Option<char>) -> String {
        let mut text: Vec<String> = vec![];
        let mut within = None;
        while let Some((_, at, line)) = self.lines.get(self.at).copied() {
            let empty = line.trim_end_matches('\r').is_empty();
            if !empty && at < within.unwrap_or(indent + 1) && !(indent == 0 && within.is_none()) {
                break;
            }
            let within = *within.get_or_insert(if empty { indent + 1 } else { at });
            let blanks = " ".repeat(at.saturating_sub(within));
            text.push(if empty {
                String::new()
            } else {
                format!("{blanks}{line}")
            });
            self.at += 1;
        }
        let joined = text.join(if folded { " " } else { "\n" });
        match kept {
            Some('-') => joined.trim_end_matches('\n').to_owned(),
            Some(_) => joined,
            None => format!("{}\n", joined.trim_end_matches('\n')),
        }
    }
}

fn is_item(line: &str) -> bool {
    line == "-" || line.starts_with("- ")
}

/// The key that a line begins with, and what follows it.
fn key(number: usize, line: &str) -> Read<Option<(String, &str)>> {
    if line.starts_with(['\'', '"']) {
        let (name, rest) = quoted(number, line)?;
        let after = rest.strip_prefix(':');
        let after = after.filter(|after| after.is_empty() || after.starts_with(' '));
        return Ok(after.map(|after| (name, after.trim_start_matches(' '))));
    }
    let end = line
        .find(": ")
        .or_else(|| line.strip_suffix(':').map(str::len));
    let Some(end) = end else { return Ok(None) };
    if line.starts_with(['&', '*', '!', '[', '{', '?', '|', '>', '%', '@', '`']) {
        return Err(unread(
            number,
            "has something that only other programs write",
        ));
    }
    Ok(Some((
        line[..end].to_owned(),
        line[end + 1..].trim_start_matches(' '),
    )))
}

/// A quoted text at the beginning of a line, and what follows it.
fn quoted(number: usize, line: &str) -> Read<(String, &str)> {
    let mut text = String::new();
    let mut chars = line.char_indices();
    let open = chars.next().map_or('"', |(_, quote)| quote);
    while let Some((at, c)) = chars.next() {
        match (open, c) {
            ('\'', '\'') if line[at + 1..].starts_with('\'') => {
                text.push('\'');
                chars.next();
            }
            (open, c) if c == open => return Ok((text, &line[at + 1..])),
            ('"', '\\') => text.push(escaped(number, &mut chars)?),
            (_, c) => text.push(c),
        }
    }
    Err(unread(number, "has a quoted text without its end"))
}

fn escaped(number: usize, chars: &mut std::str::CharIndices<'_>) -> Read<char> {
    let unknown = || unread(number, "has an escape that is not known");
    let (_, c) = chars.next().ok_or_else(unknown)?;
    let digits = match c {
        'n' => return Ok('\n'),
        't' => return Ok('\t'),
        'r' => return Ok('\r'),
        'e' => return Ok('\u{1b}'),
        '0' => return Ok('\0'),
        '"' | '\\' | '/' | ' ' => return Ok(c),
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => return Err(unknown()),
    };
    let mut code = 0;
    for _ in 0..digits {
        let digit = chars.next().and_then(|(_, c)| c.to_digit(16));
        code = code * 16 + digit.ok_or_else(unknown)?;
    }
    char::from_u32(code).ok_or_else(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Yaml {
        Yaml::Text(text.into())
    }

    #[test]
    fn reads_what_otobo_writes() {
        assert_eq!(read("--- 1\n"), Ok(text("1")));
        assert_eq!(read("--- ''\n"), Ok(text("")));
        assert_eq!(read("--- ~\n"), Ok(Yaml::Nothing));
        assert_eq!(read("--- []\n"), Ok(Yaml::List(vec![])));
        assert_eq!(read("--- \"a\\n\\u0142\"\n"), Ok(text("a\nł")));
        assert_eq!(read("--- a: b\n"), read("---\na: b\n"));
        assert_eq!(read("--- |-\n  one\n   two\n"), Ok(text("one\n two")));
        let nested = "---\nGroup:\n- admin\n- users\nName: 'It''s: it'\nMore:\n  Deep: {}\n  List:\n  - a: 1\n    b: 2\n  - - x\n";
        let more = Yaml::Map(vec![
            ("Deep".into(), Yaml::Map(vec![])),
            (
                "List".into(),
                Yaml::List(vec![
                    Yaml::Map(vec![("a".into(), text("1")), ("b".into(), text("2"))]),
                    Yaml::List(vec![text("x")]),
                ]),
            ),
        ]);
        let expected = Yaml::Map(vec![
            (
                "Group".into(),
                Yaml::List(vec![text("admin"), text("users")]),
            ),
            ("Name".into(), text("It's: it")),
            ("More".into(), more),
        ]);
        assert_eq!(read(nested), Ok(expected));
    }
}
