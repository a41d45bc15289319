//! Request bodies: one JSON object of at most 1 MiB, or 4 MiB for many changes at once, and the ways in which it
//! can be wrong.

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use kartoteka_directory::FieldProblem;
use serde_json::{Map, Value};

use super::messages::Mistake;
use super::problem::{Place, Problem};
use crate::state::Site;

/// The most bytes that a body may have.
pub const LIMIT: usize = 1024 * 1024;
/// The most bytes that a body with many changes may have.
pub const LARGE_LIMIT: usize = 4 * LIMIT;

/// The members of a body that nobody has taken yet.
#[derive(Debug, Default)]
pub struct Body {
    left: Map<String, Value>,
    mistakes: Vec<(Place, Mistake)>,
    bytes: Bytes,
}

impl FromRequest<Site> for Body {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Site) -> Result<Self, Problem> {
        Self::within(request, LIMIT).await
    }
}

impl Body {
    /// The body of a request, of at most so many bytes.
    ///
    /// # Errors
    /// For another media type, too many bytes, and what is not a JSON object.
    pub async fn within(request: Request, limit: usize) -> Result<Self, Problem> {
        let headers = request.headers();
        let media_type = headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        if !is_json(media_type) {
            let detail = "Only application/json is taken here.";
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "not-json",
                detail,
            ));
        }
        let announced = headers
            .get(CONTENT_LENGTH)
            .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
        if announced.is_some_and(|length| length > limit) {
            return Err(too_large(limit));
        }
        let bytes = to_bytes(request.into_body(), limit)
            .await
            .map_err(|error| match is_limit(&error) {
                true => too_large(limit),
                false => {
                    Problem::malformed("broken-body", "The body ended before it was complete.")
                }
            })?;
        Self::read(bytes)
    }

    /// An object within a body.
    pub fn of(left: Map<String, Value>) -> Self {
        Self {
            left,
            ..Self::default()
        }
    }

    fn read(bytes: Bytes) -> Result<Self, Problem> {
        match serde_json::from_slice(&bytes) {
            Ok(Value::Object(left)) => Ok(Self {
                left,
                mistakes: Vec::new(),
                bytes,
            }),
            Ok(_) => Err(Problem::invalid(vec![(
                Place::Body,
                Mistake::Type { expected: "object" },
            )])),
            Err(error) => {
                let detail = format!("The body is not JSON: {error}.");
                Err(Problem::malformed("malformed-json", detail)
                    .with("line", error.line())
                    .with("column", error.column()))
            }
        }
    }

    /// The body as it came.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Takes a text.
    pub fn text(&mut self, name: &str) -> Option<String> {
        match self.left.shift_remove(name)? {
            Value::String(text) if text.contains('\0') => {
                self.mistake(name, Mistake::Field(FieldProblem::ControlCharacter));
                None
            }
            Value::String(text) => Some(text),
            _ => {
                self.mistake(name, Mistake::Type { expected: "string" });
                None
            }
        }
    }

    /// Takes a text that has to be there.
    pub fn required(&mut self, name: &str) -> Option<String> {
        if !self.left.contains_key(name) {
            self.mistake(name, Mistake::Field(FieldProblem::Required));
        }
        self.text(name)
    }

    /// Takes a text that may be null.
    pub fn nullable(&mut self, name: &str) -> Option<String> {
        if self.left.get(name).is_some_and(Value::is_null) {
            self.left.shift_remove(name);
        }
        self.text(name)
    }

    /// Takes `true` or `false`; false without one.
    pub fn flag(&mut self, name: &str) -> bool {
        match self.left.shift_remove(name) {
            None => false,
            Some(Value::Bool(flag)) => flag,
            Some(_) => {
                self.mistake(
                    name,
                    Mistake::Type {
                        expected: "boolean",
                    },
                );
                false
            }
        }
    }

    /// Takes `true` or `false`, which has to be there.
    pub fn required_flag(&mut self, name: &str) -> Option<bool> {
        match self.left.shift_remove(name) {
            Some(Value::Bool(flag)) => return Some(flag),
            None => self.mistake(name, Mistake::Field(FieldProblem::Required)),
            Some(_) => {
                let expected = "boolean";
                self.mistake(name, Mistake::Type { expected });
            }
        }
        None
    }

    /// Takes a whole number that has to be there.
    pub fn required_number(&mut self, name: &str) -> Option<i64> {
        match self.left.shift_remove(name) {
            Some(Value::Number(number)) if number.is_i64() => return number.as_i64(),
            None => self.mistake(name, Mistake::Field(FieldProblem::Required)),
            Some(_) => {
                let expected = "integer";
                self.mistake(name, Mistake::Type { expected });
            }
        }
        None
    }

    /// Takes a list that has to be there, of at most so many items.
    pub fn list(&mut self, name: &str, most: usize) -> Option<Vec<Value>> {
        match self.left.shift_remove(name) {
            Some(Value::Array(items)) if items.len() <= most => return Some(items),
            Some(Value::Array(_)) => self.mistake(name, Mistake::TooMany { most }),
            None => self.mistake(name, Mistake::Field(FieldProblem::Required)),
            Some(_) => self.mistake(name, Mistake::Type { expected: "array" }),
        }
        None
    }

    /// Takes an object that has to be there.
    pub fn object(&mut self, name: &str) -> Option<Self> {
        match self.left.shift_remove(name) {
            Some(Value::Object(members)) => return Some(Self::of(members)),
            None => self.mistake(name, Mistake::Field(FieldProblem::Required)),
            Some(_) => self.mistake(name, Mistake::Type { expected: "object" }),
        }
        None
    }

    /// Whether a member is there that nobody has taken.
    pub fn has(&self, name: &str) -> bool {
        self.left.contains_key(name)
    }

    /// Takes all that is left.
    pub fn rest(&mut self) -> Map<String, Value> {
        std::mem::take(&mut self.left)
    }

    /// Notes a mistake in a member.
    pub fn mistake(&mut self, name: &str, mistake: Mistake) {
        self.mistakes.push((Place::Field(name.to_owned()), mistake));
    }

    /// The mistakes noted, and the members that nobody has taken.
    pub fn mistakes(&mut self) -> Vec<(Place, Mistake)> {
        let unknown = self
            .rest()
            .into_iter()
            .map(|(name, _)| (Place::Field(name), Mistake::Unknown));
        let mut mistakes = std::mem::take(&mut self.mistakes);
        mistakes.extend(unknown);
        mistakes
    }

    /// Refuses a body with mistakes.
    pub fn finish(&mut self) -> Result<(), Problem> {
        let mistakes = self.mistakes();
        if mistakes.is_empty() {
            Ok(())
        } else {
            Err(Problem::invalid(mistakes))
        }
    }
}

/// Whether a media type is JSON; a parameter such as `charset=utf-8` may follow.
fn is_json(media_type: &str) -> bool {
    media_type
        .split(';')
        .next()
        .is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}

fn too_large(limit: usize) -> Problem {
    let detail = format!("The body has more than {limit} bytes.");
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", detail)
}

/// Whether reading stopped at the limit, ours or an outer layer's.
fn is_limit(error: &axum::Error) -> bool {
    let mut next: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = next {
        if error.to_string().contains("length limit exceeded") {
            return true;
        }
        next = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &'static [u8]) -> Result<Body, Problem> {
        Body::read(Bytes::from_static(text))
    }

    #[test]
    fn mistakes_are_collected() {
        let mut body = read(br#"{"a": 1, "b": "x\u0000", "c": "ok", "d": 1}"#).unwrap();
        assert_eq!(body.text("a"), None);
        assert_eq!(body.text("b"), None);
        assert_eq!(body.text("c").as_deref(), Some("ok"));
        assert_eq!(body.required("e"), None);
        let codes: Vec<_> = body
            .mistakes()
            .iter()
            .map(|(_, mistake)| mistake.code())
            .collect();
        assert_eq!(
            codes,
            [
                "wrong-type",
                "control-character",
                "required",
                "unknown-field"
            ]
        );
    }

    #[test]
    fn malformed_json_has_a_place() {
        let problem = read(b"{\n  \"a\": }").unwrap_err();
        assert_eq!(
            (problem.more["line"].as_u64(), problem.status),
            (Some(2), StatusCode::BAD_REQUEST)
        );
        assert_eq!(
            read(b"{\"a\": \"\xff\"}").unwrap_err().status,
            StatusCode::BAD_REQUEST
        );
        assert_eq!(
            read(b"[]").unwrap_err().status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        let deep = Bytes::from("[".repeat(100_000));
        assert_eq!(
            Body::read(deep).unwrap_err().status,
            StatusCode::BAD_REQUEST
        );
    }
}
