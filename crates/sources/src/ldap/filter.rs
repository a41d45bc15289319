//! Filters (RFC 4515). What comes from people is escaped, whatever it holds; what is set up is taken as it is written.

use std::fmt::Write;

/// A value as it stands in a filter: it means itself and nothing else.
pub fn escaped(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'*' | b'(' | b')' | b'\\' | 0..=0x1f | 0x7f.. => {
                // Writing to a text can't fail.
                let _ = write!(escaped, "\\{byte:02x}");
            }
            _ => escaped.push(char::from(byte)),
        }
    }
    escaped
}

/// Who has exactly this in an attribute, as the server compares it.
pub fn equals(attribute: &str, value: &str) -> String {
    format!("({attribute}={})", escaped(value))
}

/// Who has anything in an attribute.
pub fn present(attribute: &str) -> String {
    format!("({attribute}=*)")
}

/// Who meets all of these; everybody where there is none.
pub fn all(filters: impl IntoIterator<Item = String>) -> String {
    joined('&', filters)
}

/// Who meets one of these; nobody where there is none.
pub fn any(filters: impl IntoIterator<Item = String>) -> String {
    joined('|', filters)
}

/// Who does not meet it.
pub fn not(filter: &str) -> String {
    format!("(!{filter})")
}

fn joined(sign: char, filters: impl IntoIterator<Item = String>) -> String {
    let filters: Vec<String> = filters.into_iter().collect();
    match filters.as_slice() {
        [one] => one.clone(),
        _ => format!("({sign}{})", filters.concat()),
    }
}

/// Whether a text is a filter, or none.
pub fn is_filter(text: &str) -> bool {
    ldap3::parse_filter(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_mean_themselves() {
        assert_eq!(equals("uid", "anna"), "(uid=anna)");
        assert_eq!(equals("uid", "*)(uid=*"), r"(uid=\2a\29\28uid=\2a)");
        assert_eq!(equals("cn", "a\\b\0"), r"(cn=a\5cb\00)");
        assert_eq!(equals("o", "Ł"), r"(o=\c5\81)");
    }

    #[test]
    fn one_filter_stands_alone() {
        assert_eq!(all([present("uid")]), "(uid=*)");
        assert_eq!(
            all([present("uid"), not(&equals("o", "x"))]),
            "(&(uid=*)(!(o=x)))"
        );
    }

    proptest::proptest! {
        #[test]
        fn every_value_makes_a_filter(value in ".*") {
            proptest::prop_assert!(is_filter(&equals("cn", &value)));
        }
    }
}
