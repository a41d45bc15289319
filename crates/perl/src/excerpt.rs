//! A few words of a text for a message, without what may be a secret.

use super::lexer::is_word;

/// Characters of an excerpt.
const LONGEST: usize = 72;

/// Bytes that are looked at for it.
const FURTHEST: usize = 400;

/// Words after which the rest of a line is not shown.
const SECRET: [&str; 5] = ["pw", "pass", "secret", "token", "key"];

/// The beginning of a line, from this byte on. Texts in quotes are shown where they are names of keys or settings
/// (`{'Name'}`, `'Name' =>`) and left out elsewhere, and so is all that follows a name of something secret.
pub(super) fn excerpt(text: &str, from: usize) -> String {
    // Lines may be as long as the file.
    let end = text.floor_char_boundary(from + FURTHEST);
    let line = text[from..end].lines().next().unwrap_or_default();
    let mut shown = String::new();
    let mut at = 0;
    let bytes = line.as_bytes();
    while at < line.len() && shown.len() <= LONGEST {
        let rest = &line[at..];
        let c = rest.chars().next().unwrap_or(' ');
        let length = match c {
            '\'' | '"' => {
                let end = rest[1..].find(c).map_or(rest.len(), |end| end + 2);
                let name = rest.get(1..end - 1).unwrap_or_default();
                if end < rest.len() + 1 && rest.len() > 1 && is_name(line, at, at + end, name) {
                    shown.push_str(&rest[..end]);
                } else {
                    shown.push_str("'…'");
                    // What is beside a text in quotes may be a part of one whose quotes were mistaken.
                    if line[at + end..].starts_with(|c: char| c.is_alphanumeric()) {
                        return shown;
                    }
                }
                if is_secret(name) {
                    shown.push('…');
                    return shown;
                }
                end
            }
            '#' if shown.ends_with([' ', ';']) || shown.is_empty() => break,
            _ if is_word(bytes[at]) => {
                let end = rest
                    .find(|c: char| !c.is_ascii() || !is_word(c as u8))
                    .unwrap_or(rest.len());
                let word = &rest[..end];
                shown.push_str(if is_long_number(word) { "…" } else { word });
                if is_secret(word) {
                    shown.push('…');
                    return shown;
                }
                end
            }
            _ => {
                shown.push(c);
                c.len_utf8()
            }
        };
        at += length;
    }
    let shown = shown.trim_end();
    match shown.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &shown[..end]),
        None => shown.to_owned(),
    }
}

/// Whether a text in quotes names a key.
fn is_name(line: &str, start: usize, end: usize, name: &str) -> bool {
    let plain = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "_:#-".contains(c));
    let before = line[..start].trim_end().ends_with('{');
    let after = line.get(end..).unwrap_or_default().trim_start();
    plain && ((before && after.starts_with('}')) || after.starts_with("=>"))
}

fn is_long_number(word: &str) -> bool {
    word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_secret(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    SECRET.iter().any(|secret| lower.contains(secret)) && !lower.ends_with("customerkey")
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn secrets_are_left_out() {
        let shown = |text| excerpt(text, 0);
        assert_eq!(
            shown("if ($x) { $Self->{'Home'} = '/opt'; } # why"),
            "if ($x) { $Self->{'Home'} = '…'; }"
        );
        assert_eq!(
            shown("$Self->{'DatabasePw'} = geheim;"),
            "$Self->{'DatabasePw'…"
        );
        assert_eq!(shown("UserPw => 12,"), "UserPw…");
        assert_eq!(shown("foo => 'it's geheim'"), "foo => '…'");
        assert_eq!(shown("'x'geheim"), "'…'");
        assert_eq!(shown("'never ends"), "'…'");
        assert_eq!(shown("port(123456)"), "port(…)");
    }
}
