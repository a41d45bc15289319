//! Link templates of field maps, as OTOBO writes them, and the numbers that telephones are called by.

use thiserror::Error;

/// Where links may lead.
pub const SCHEMES: [&str; 7] = ["http", "https", "mailto", "tel", "callto", "sip", "sips"];

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'t> {
    Text(&'t str),
    /// The value of this field.
    Field(&'t str),
}

/// Why a template gives no link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NoLink {
    #[error("a [% is not closed by %]")]
    Unclosed,
    #[error("it speaks of something other than a field, as [% Data.UserLogin %] does")]
    NotAField,
    #[error("it does not begin with http://, https://, mailto:, tel:, callto: or sip:")]
    NoScheme,
}

/// The pieces of a template: `[% Data.UserEmail %]`, also with filters (`| uri`), the older `$Data{"UserEmail"}`, and
/// what stands between them.
///
/// # Errors
/// When whatever the fields hold can't make a link of it.
pub fn pieces(template: &str) -> Result<Vec<Piece<'_>>, NoLink> {
    let mut pieces = vec![];
    let mut rest = template.trim();
    while let Some(at) = begin(rest) {
        let (before, from) = rest.split_at(at);
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        let (name, after) = placeholder(from)?;
        pieces.push(Piece::Field(name));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    match pieces.first() {
        Some(Piece::Text(text)) if !has_scheme(text) => Err(NoLink::NoScheme),
        _ => Ok(pieces),
    }
}

/// Whether a target begins with a scheme that links may have.
pub fn has_scheme(target: &str) -> bool {
    let scheme = target.split_once(':').map_or("", |(scheme, _)| scheme);
    SCHEMES.iter().any(|one| scheme.eq_ignore_ascii_case(one))
}

/// Where the next placeholder begins.
fn begin(text: &str) -> Option<usize> {
    let starts = ["[%", "$Data{", "$LQData{", "$QData{", "$Env{", "$Config{"];
    starts.iter().filter_map(|start| text.find(start)).min()
}

fn placeholder(from: &str) -> Result<(&str, &str), NoLink> {
    if let Some(inside) = from.strip_prefix("[%") {
        let (inside, after) = inside.split_once("%]").ok_or(NoLink::Unclosed)?;
        let name = inside.split('|').next().unwrap_or_default().trim();
        let name = name.strip_prefix("Data.").ok_or(NoLink::NotAField)?;
        let name = name.trim_matches('"');
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        return match !name.is_empty() && name.chars().all(is_name) {
            true => Ok((name, after)),
            false => Err(NoLink::NotAField),
        };
    }
    let inside = ["$Data{\"", "$LQData{\"", "$QData{\""]
        .iter()
        .find_map(|start| from.strip_prefix(start))
        .ok_or(NoLink::NotAField)?;
    inside.split_once("\"}").ok_or(NoLink::Unclosed)
}

/// What stands before an extension, in the languages of the pages.
const EXTENSIONS: [&str; 11] = [
    "ext",
    "extn",
    "extension",
    "x",
    "dw",
    "durchwahl",
    "nst",
    "w",
    "wew",
    "wewn",
    "wewnętrzny",
];

/// The number of a telephone as `tel:` takes it: `+493012345`, `03012340;ext=5`. None unless it is one number for sure:
/// a link that calls somebody else is worse than none.
pub fn telephone(text: &str) -> Option<String> {
    let text = text.trim();
    let lower = text.to_lowercase();
    let bare = ["tel.", "tel:", "tel "]
        .iter()
        .find_map(|label| lower.strip_prefix(label))
        .unwrap_or(&lower)
        .trim_start_matches([':', ' ']);
    let (number, extension) = match bare.find(|c: char| c.is_alphabetic() || c == '#') {
        Some(at) => {
            let (number, rest) = bare.split_at(at);
            (number, Some(extension(rest)?))
        }
        None => (bare, None),
    };
    let mut digits = dialled(number.trim_end_matches([',', ' ']))?;
    if let Some(extension) = extension {
        digits.push_str(";ext=");
        digits.push_str(&extension);
    }
    Some(digits)
}

/// The digits behind `ext.`, `Durchwahl`, `wew.` or `#`.
fn extension(text: &str) -> Option<String> {
    let end = text
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let rest = match word {
        "" => rest.strip_prefix('#')?,
        word if EXTENSIONS.contains(&word) => rest,
        _ => return None,
    };
    let rest = rest.trim_start_matches(['.', ':', ' ', '-', '\u{a0}']);
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    let others = rest.chars().all(|c| c.is_ascii_digit() || " -".contains(c));
    (others && (1..=8).contains(&digits.len())).then_some(digits)
}

fn dialled(number: &str) -> Option<String> {
    // A country's code makes the zero of the area one that is left out: (0) says so.
    let international = number.starts_with('+') || number.starts_with("00");
    let number = match international {
        true => number.replacen("(0)", " ", 1),
        false => number.to_owned(),
    };
    let mut digits = String::new();
    let mut slashes = 0;
    for (at, c) in number.chars().enumerate() {
        match c {
            '+' if at == 0 || number.starts_with("(+") && at == 1 => digits.push('+'),
            '0'..='9' => digits.push(c),
            '/' => slashes += 1,
            '(' | ')' | '-' | '.' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2010}'..='\u{2014}' => {}
            _ => return None,
        }
    }
    let count = digits.trim_start_matches('+').len();
    // 15 digits at most, and what stands before a number abroad.
    ((3..=17).contains(&count) && slashes <= 1).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_is_called_and_nothing_else() {
        for (text, number) in [
            ("+48 42 123-45", "+484212345"),
            ("+49 (0)30/12345-67", "+49301234567"),
            ("+49(0)30 12345", "+493012345"),
            ("0049 (0) 30 12345", "00493012345"),
            ("0049 (0)30 12345", "00493012345"),
            ("(0)30 12345", "03012345"),
            ("(030) 12345", "03012345"),
            ("(+48) 42 12345", "+484212345"),
            ("030/1234-0", "03012340"),
            ("030/1234-0 ext. 5", "03012340;ext=5"),
            ("030/1234-0, ext 5", "03012340;ext=5"),
            ("+48 22 123 45 67 wew. 12", "+48221234567;ext=12"),
            ("030 1234 Durchwahl 5-6", "0301234;ext=56"),
            ("555-1234x99", "5551234;ext=99"),
            ("555-1234 #99", "5551234;ext=99"),
            ("Tel.: 112", "112"),
            ("tel. 112", "112"),
            ("+48\u{a0}42\u{2013}12345", "+484212345"),
            ("030/1234, 030/5678", ""),
            ("030/1234; 030/5678", ""),
            ("030/1234 / 030/5678", ""),
            ("+48 42 12345 +48 42 54321", ""),
            ("030 1234 or 5678", ""),
            ("030 1234 (Anna)", ""),
            ("030 1234 ext. five", ""),
            ("12", ""),
            ("+48 22 123 45 67 22 123 45 68", ""),
            ("-", ""),
        ] {
            let expected = (!number.is_empty()).then_some(number);
            assert_eq!(telephone(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn templates_are_taken_apart_or_say_why_not() {
        use Piece::{Field, Text};
        for (template, expected) in [
            (
                "tel:[% Data.UserPhone | uri %]",
                Ok(vec![Text("tel:"), Field("UserPhone")]),
            ),
            ("[% Data.UserUrl %]", Ok(vec![Field("UserUrl")])),
            (
                "http://x/$Data{\"UserRoom\"}?b=1&c[]=$5",
                Ok(vec![
                    Text("http://x/"),
                    Field("UserRoom"),
                    Text("?b=1&c[]=$5"),
                ]),
            ),
            ("tel:[% Data.UserPhone", Err(NoLink::Unclosed)),
            ("https://x/$Data{\"UserRoom\"", Err(NoLink::Unclosed)),
            ("[% Env(\"CGIHandle\") %]?x", Err(NoLink::NotAField)),
            ("https://x/[% IF Data.x %]", Err(NoLink::NotAField)),
            (
                "https://x/[% Data.UserRoom.replace('a', 'b') %]",
                Err(NoLink::NotAField),
            ),
            (
                "/index.pl?Action=[% Data.UserLogin %]",
                Err(NoLink::NoScheme),
            ),
            ("?Action=x", Err(NoLink::NoScheme)),
            ("www.x.pl/[% Data.UserLogin %]", Err(NoLink::NoScheme)),
            ("ftp://[% Data.UserLogin %]", Err(NoLink::NoScheme)),
        ] {
            assert_eq!(pieces(template), expected, "{template}");
        }
    }
}
