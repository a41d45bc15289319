//! What a write brings with it: body, condition, preview or not, key.

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};

use super::body::{Body, LARGE_LIMIT, LIMIT};
use super::problem::Problem;
use super::query::Query;
use super::reply::Fingerprint;
use super::version::{self, Precondition};
use super::wished::wished;
use crate::language::Language;
use crate::state::Site;

/// A write as it came in.
pub struct Write {
    /// Only shows what would happen.
    pub dry_run: bool,
    pub body: Body,
    /// What `If-Match` says.
    pub wanted: Precondition,
    pub fingerprint: Fingerprint,
    pub language: Language,
}

/// A write of many changes at once, whose body may be larger.
pub struct LargeWrite(pub Write);

/// A write that needs no body.
pub struct BareWrite(pub Write);

impl FromRequest<Site> for BareWrite {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &Site) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let bytes = to_bytes(body, LIMIT).await.map_err(|_| {
            Problem::malformed(
                "broken-body",
                "The body is too long, or ended before it was complete.",
            )
        })?;
        let mut request = Request::from_parts(parts, axum::body::Body::from(bytes.clone()));
        if bytes.is_empty() {
            *request.body_mut() = axum::body::Body::from("{}");
            let json = HeaderValue::from_static("application/json");
            request.headers_mut().insert(CONTENT_TYPE, json);
            request.headers_mut().remove(CONTENT_LENGTH);
        }
        Ok(Self(Write::within(request, state, LIMIT).await?))
    }
}

impl FromRequest<Site> for Write {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &Site) -> Result<Self, Problem> {
        Self::within(request, state, LIMIT).await
    }
}

impl FromRequest<Site> for LargeWrite {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &Site) -> Result<Self, Problem> {
        Ok(Self(Write::within(request, state, LARGE_LIMIT).await?))
    }
}

impl Write {
    async fn within(request: Request, state: &Site, limit: usize) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let mut query = Query::from_request_parts(&mut parts, state).await?;
        let dry_run = query.flag("dry_run");
        query.finish()?;
        let wanted = version::if_match(&parts.headers)?;
        let language = wished(&parts.headers);
        let body = Body::within(Request::from_parts(parts.clone(), body), limit).await?;
        let fingerprint =
            Fingerprint::new(&parts.method, &parts.uri, &parts.headers, body.bytes())?;
        Ok(Self {
            dry_run,
            body,
            wanted,
            fingerprint,
            language,
        })
    }
}
