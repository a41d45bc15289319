//! Addresses of records: any login or customer ID fits into one path segment, and comes back from it.

use crate::encoding::escape;

/// Path words below `/customer-users` and `/customers` that are not keys.
const TAKEN: [&str; 7] = ["new", "search", "suggest", "columns", "views", ".", ".."];

/// The path segment of a key. A key that would read as another page (`new`), as a step up (`..`), or that
/// begins with `~`, gets a `~` in front; everything but letters, digits and `-_.~` is percent-encoded.
pub fn segment(key: &str) -> String {
    let mark = if TAKEN.contains(&key) || key.starts_with('~') {
        "~"
    } else {
        ""
    };
    format!("{mark}{}", escape(key))
}

/// The key that a percent-decoded path segment names: the opposite of [`segment`].
pub fn key(decoded: &str) -> &str {
    decoded.strip_prefix('~').unwrap_or(decoded)
}

/// A query string of these pairs, without the question mark.
pub fn query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push('&');
        }
        out.push_str(&escape(name));
        out.push('=');
        out.push_str(&escape(value));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Pairs;

    #[test]
    fn every_key_survives_its_segment() {
        for odd in [
            "new", "search", "columns", "views", "..", ".", "~", "~new", "a/b", "100%", "a?b#c",
            " x ", "żółć", "<b>", "a+b", "%2F",
        ] {
            let segment = segment(odd);
            assert!(
                segment
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-_.~%".contains(&byte)),
                "{segment}"
            );
            assert!(!TAKEN.contains(&segment.as_str()), "{segment}");
            let address = format!("x={}", segment);
            assert_eq!(key(Pairs::parse(address.as_bytes()).unwrap().get("x")), odd);
        }
    }
}
