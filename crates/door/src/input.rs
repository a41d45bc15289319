//! What forms and addresses carry, read strictly: a text that is not UTF-8 or holds NUL is refused.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use kartoteka_directory::Fields;
use secrecy::SecretString;

use crate::encoding::{decode, is_whole};
use crate::failure::Failure;

/// The largest body that a form may have, in bytes.
pub const BODY_LIMIT: usize = 1024 * 1024;

/// Names and values in the order in which they were sent.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Pairs(Vec<(String, String)>);

/// The body of a form.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Form(pub Pairs);

/// The part of the address behind `?`.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Query(pub Pairs);

impl std::ops::Deref for Form {
    type Target = Pairs;

    fn deref(&self) -> &Pairs {
        &self.0
    }
}

impl std::ops::Deref for Query {
    type Target = Pairs;

    fn deref(&self) -> &Pairs {
        &self.0
    }
}

impl Pairs {
    /// Reads `name=value&…`. None: a broken escape, not UTF-8, or a NUL.
    pub fn parse(encoded: &[u8]) -> Option<Self> {
        let pair = |piece: &[u8]| {
            let at = piece
                .iter()
                .position(|byte| *byte == b'=')
                .unwrap_or(piece.len());
            let value = piece.get(at + 1..).unwrap_or_default();
            Some((decode(&piece[..at])?, decode(value)?))
        };
        if !is_whole(encoded) {
            return None;
        }
        encoded
            .split(|byte| *byte == b'&')
            .filter(|piece| !piece.is_empty())
            .map(pair)
            .collect::<Option<_>>()
            .map(Self)
    }

    /// The last value of this name; the empty text if there is none.
    pub fn get(&self, name: &str) -> &str {
        self.find(name).unwrap_or_default()
    }

    /// The last value of this name.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .rev()
            .find_map(|(key, value)| (key == name).then_some(value.as_str()))
    }

    /// The value of this name, none if it is missing or blank.
    pub fn filled(&self, name: &str) -> Option<&str> {
        self.find(name)
            .map(str::trim)
            .filter(|value| !value.is_empty())
    }

    /// The value of this name, kept out of logs.
    pub fn secret(&self, name: &str) -> SecretString {
        SecretString::from(self.get(name).to_owned())
    }

    /// All values of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter_map(move |(key, value)| (key == name).then_some(value.as_str()))
    }

    /// A whole number.
    pub fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.filled(name)?.parse().ok()
    }

    /// All names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The fields among the names: those for which `is_field` holds. The rest are the form's own (`_version`, …).
    pub fn fields(&self, is_field: impl Fn(&str) -> bool) -> Fields {
        self.iter()
            .filter(|(name, _)| is_field(name))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let query = parts.uri.query().unwrap_or_default();
        Pairs::parse(query.as_bytes())
            .map(Query)
            .ok_or(Failure::Status(StatusCode::BAD_REQUEST))
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let kind = kind
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        if !kind.is_empty() && kind != "application/x-www-form-urlencoded" {
            return Err(Failure::Status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|error| Failure::Status(error.status()))?;
        Pairs::parse(&body)
            .map(Form)
            .ok_or(Failure::Status(StatusCode::BAD_REQUEST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read_strictly() {
        let pairs = Pairs::parse(b"a=1&b=x+y&a=%C5%82&c").unwrap();
        assert_eq!(pairs.get("a"), "ł");
        assert_eq!(pairs.get("b"), "x y");
        assert_eq!(pairs.find("c"), Some(""));
        assert_eq!(pairs.all("a").collect::<Vec<_>>(), ["1", "ł"]);
        assert!(Pairs::parse(b"a=%FF").is_none());
        assert!(Pairs::parse(b"a=%00").is_none());
        assert!(Pairs::parse(b"a=%4").is_none());
        assert!(Pairs::parse(b"a=%zz").is_none());
    }
}
