//! Percent-encoding of addresses and forms.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};

/// What stands for itself everywhere in an address is left (RFC 3986, unreserved characters).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// A part of an address, escaped: everything but letters, digits and `-_.~`.
pub fn escape(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// A key at the end of an address, escaped: `@` stands for itself, and dots alone do not lead elsewhere.
pub fn escape_key(key: &str) -> String {
    match key {
        "." | ".." => key.replace('.', "%2E"),
        key => escape(key).replace("%40", "@"),
    }
}

/// The text of a part of a form or query: `+` is a blank, `%XX` a byte, and a `%` without two digits stands for itself.
/// None for what is not UTF-8, or holds NUL.
pub fn decode(encoded: &[u8]) -> Option<String> {
    let plus = |byte: &u8| if *byte == b'+' { b' ' } else { *byte };
    let blanks: Vec<u8> = encoded.iter().map(plus).collect();
    let text = String::from_utf8(percent_decode(&blanks).collect()).ok()?;
    (!text.contains('\0')).then_some(text)
}

/// Whether two digits stand behind each `%`.
pub fn is_whole(encoded: &[u8]) -> bool {
    let mut behind = encoded.split(|byte| *byte == b'%').skip(1);
    behind.all(|behind| {
        let digits = behind.get(..2).unwrap_or_default();
        digits.len() == 2 && digits.iter().all(u8::is_ascii_hexdigit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_carry_any_text() {
        assert_eq!(escape("a/b ł-_.~@"), "a%2Fb%20%C5%82-_.~%40");
        assert_eq!(escape_key("a/b ł?@."), "a%2Fb%20%C5%82%3F@.");
        assert_eq!(escape_key(".."), "%2E%2E");
        assert_eq!(decode(b"x+y%C5%82%zz%4").as_deref(), Some("x ył%zz%4"));
        for (encoded, whole) in [("a%20b", true), ("%4", false), ("%", false), ("%zz", false)] {
            assert_eq!(is_whole(encoded.as_bytes()), whole, "{encoded}");
        }
    }
}
