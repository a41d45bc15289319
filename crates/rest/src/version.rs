//! Versions of records as `ETag`, `If-Match` and `If-None-Match` carry them (RFC 9110, 8.8.3 and 13.1).

use axum::http::header::{IF_MATCH, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use kartoteka_directory::Version;

use super::problem::Problem;

/// The value of `ETag` for a version; none if it could not stand in a header.
pub fn tag(version: &Version) -> Option<HeaderValue> {
    HeaderValue::try_from(format!("\"{}\"", version.0)).ok()
}

/// What a condition asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Precondition {
    /// No condition.
    Nothing,
    /// `*`: whatever is there.
    Anything,
    /// One of these. Weak tags (`W/"…"`) are kept apart, since `If-Match` never takes them.
    OneOf(Vec<Tag>),
}

/// One entity tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    pub version: String,
    pub weak: bool,
}

/// What `If-Match` asks for.
pub fn if_match(headers: &HeaderMap) -> Result<Precondition, Problem> {
    read(headers, &IF_MATCH)
}

/// Whether `If-None-Match` says that the caller has this version.
pub fn known(headers: &HeaderMap, version: &Version) -> Result<bool, Problem> {
    Ok(match read(headers, &IF_NONE_MATCH)? {
        Precondition::Nothing => false,
        Precondition::Anything => true,
        Precondition::OneOf(tags) => tags.iter().any(|tag| tag.version == version.0),
    })
}

fn read(headers: &HeaderMap, name: &HeaderName) -> Result<Precondition, Problem> {
    let mut tags = Vec::new();
    for value in headers.get_all(name) {
        let malformed = || {
            Problem::malformed(
                "bad-header",
                format!("The header {name} is not a list of entity tags."),
            )
        };
        let text = value.to_str().map_err(|_| malformed())?.trim();
        if text == "*" {
            return Ok(Precondition::Anything);
        }
        tags.extend(list(text).ok_or_else(malformed)?);
    }
    Ok(if tags.is_empty() {
        Precondition::Nothing
    } else {
        Precondition::OneOf(tags)
    })
}

/// The tags of a list; none if it is malformed.
fn list(text: &str) -> Option<Vec<Tag>> {
    let mut tags = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (weak, opened) = match rest.strip_prefix("W/") {
            Some(after) => (true, after),
            None => (false, rest),
        };
        let (version, after) = opened.strip_prefix('"')?.split_once('"')?;
        tags.push(Tag {
            version: version.into(),
            weak,
        });
        rest = after.trim_start();
        if !rest.is_empty() {
            rest = rest.strip_prefix(',')?.trim_start();
        }
    }
    (!tags.is_empty()).then_some(tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(value: &'static str) -> Option<Precondition> {
        let mut headers = HeaderMap::new();
        headers.insert(IF_MATCH, HeaderValue::from_static(value));
        if_match(&headers).ok()
    }

    #[test]
    fn reads_lists_of_tags() {
        let tag = |version: &str, weak| Tag {
            version: version.into(),
            weak,
        };
        assert_eq!(wanted("*"), Some(Precondition::Anything));
        assert_eq!(
            wanted(r#""a", W/"b,c""#),
            Some(Precondition::OneOf(vec![tag("a", false), tag("b,c", true)]))
        );
        assert_eq!(wanted("a"), None);
        assert_eq!(wanted(r#""a" "b""#), None);
        assert_eq!(wanted(""), None);
    }
}
