//! Query parameters: every one has to be known, none is given twice unless it may be.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::messages::Mistake;
use super::problem::Problem;
use crate::encoding;
use crate::state::Site;

/// The parameters of a request that nobody has asked for yet.
#[derive(Debug, Default)]
pub struct Query {
    left: Vec<(String, String)>,
    mistakes: Vec<(String, Mistake)>,
}

impl FromRequestParts<Site> for Query {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Site) -> Result<Self, Problem> {
        Self::read(parts.uri.query().unwrap_or_default())
    }
}

/// A request without query parameters.
pub struct NoQuery;

impl FromRequestParts<Site> for NoQuery {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        Query::from_request_parts(parts, site).await?.finish()?;
        Ok(Self)
    }
}

impl Query {
    fn read(query: &str) -> Result<Self, Problem> {
        let mut left = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            left.push((decode(name)?, decode(value)?));
        }
        Ok(Self {
            left,
            mistakes: Vec::new(),
        })
    }

    /// The value of a parameter that may be given once.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let mut values = self.all(name);
        if values.len() > 1 {
            self.mistake(name, Mistake::Twice);
        }
        values.pop()
    }

    /// All values of a parameter.
    pub fn all(&mut self, name: &str) -> Vec<String> {
        self.left
            .extract_if(.., |(given, _)| given == name)
            .map(|(_, value)| value)
            .collect()
    }

    /// All parameters whose names begin so, by the rest of their names.
    pub fn beginning(&mut self, prefix: &str) -> Vec<(String, String)> {
        let found = self.left.extract_if(.., |(given, _)| {
            given.len() > prefix.len() && given.starts_with(prefix)
        });
        found
            .map(|(name, value)| (name[prefix.len()..].to_owned(), value))
            .collect()
    }

    /// A parameter that is `true` or `false`; false without one.
    pub fn flag(&mut self, name: &'static str) -> bool {
        self.choice(name, "true, false", |text| match text {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        })
        .unwrap_or_default()
    }

    /// A parameter that is one of a few words.
    pub fn choice<T>(
        &mut self,
        name: &str,
        of: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(name)?;
        let value = parse(&text);
        if value.is_none() {
            self.mistake(name, Mistake::Choice { of });
        }
        value
    }

    /// A parameter that is a number in a range.
    pub fn number(&mut self, name: &str, from: i64, to: i64) -> Option<i64> {
        let text = self.text(name)?;
        let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let value = text
            .parse()
            .ok()
            .filter(|value| plain && (from..=to).contains(value));
        if value.is_none() {
            self.mistake(name, Mistake::Range { from, to });
        }
        value
    }

    /// Notes a mistake in a parameter.
    pub fn mistake(&mut self, name: &str, mistake: Mistake) {
        self.mistakes.push((name.to_owned(), mistake));
    }

    /// Refuses what nobody has asked for, and what was wrong.
    pub fn finish(mut self) -> Result<(), Problem> {
        let unknown: Vec<_> = self.left.drain(..).map(|(name, _)| name).collect();
        let detail = match unknown.as_slice() {
            [] => "Query parameters are wrong.".to_owned(),
            names => format!("Query parameters are not known here: {}.", names.join(", ")),
        };
        self.mistakes
            .extend(unknown.into_iter().map(|name| (name, Mistake::Unknown)));
        if self.mistakes.is_empty() {
            Ok(())
        } else {
            Err(Problem::parameters(detail, self.mistakes))
        }
    }
}

/// The text of a part of a query.
fn decode(text: &str) -> Result<String, Problem> {
    encoding::decode(text.as_bytes()).ok_or_else(|| {
        Problem::malformed("bad-encoding", "The query is not UTF-8 text, or holds NUL.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_parameters_are_named() {
        let mut query =
            Query::read("limit=7&x=1&field.UserCity=War%2a&field.UserCity=%C5%81").unwrap();
        assert_eq!(query.number("limit", 1, 10), Some(7));
        let fields = query.beginning("field.");
        assert_eq!(
            fields,
            [
                ("UserCity".into(), "War*".into()),
                ("UserCity".into(), "Ł".into())
            ]
        );
        let problem = query.finish().unwrap_err();
        assert!(problem.detail.contains(": x."), "{}", problem.detail);
    }

    #[test]
    fn what_is_not_text_is_refused() {
        assert!(Query::read("search=%ff").is_err());
        assert!(Query::read("search=%00").is_err());
        assert_eq!(
            Query::read("search=50%+a")
                .unwrap()
                .text("search")
                .as_deref(),
            Some("50% a")
        );
    }

    #[test]
    fn numbers_are_plain_and_in_range() {
        for bad in ["0", "11", "+7", "7.0", "", "99999999999999999999"] {
            let mut query = Query::read(&format!("limit={}", bad.replace('+', "%2b"))).unwrap();
            assert_eq!(query.number("limit", 1, 10), None, "{bad}");
            assert!(query.finish().is_err());
        }
    }
}
