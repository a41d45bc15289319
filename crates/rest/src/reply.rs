//! Answers to writes, and `Idempotency-Key`: a request sent again under its key gets the answer that the first
//! one got, and nothing is written twice.

use std::time::Duration;

use axum::Json;
use axum::http::header::{ETAG, LOCATION, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use kartoteka_directory::{Actor, Directory, Error, Request};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::messages::Mistake;
use super::problem::{Place, Problem};

/// The header that names a request.
pub const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// The header that marks an answer as one given before.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
/// The longest key.
const LONGEST: usize = 120;

/// The answer to a write.
#[derive(Debug, Serialize, Deserialize)]
pub struct Reply {
    #[serde(skip)]
    status: u16,
    location: Option<String>,
    etag: Option<String>,
    body: Value,
    /// A member with a password or token. It is never kept, so an answer given again is without it.
    #[serde(skip)]
    secret: Option<(&'static str, String)>,
    #[serde(skip)]
    replayed: bool,
}

impl Reply {
    /// An answer with this body.
    pub fn new(status: StatusCode, body: Value) -> Self {
        Self {
            status: status.as_u16(),
            location: None,
            etag: None,
            body,
            secret: None,
            replayed: false,
        }
    }

    /// The same answer with the address of what was created.
    pub fn location(mut self, address: String) -> Self {
        self.location = Some(address);
        self
    }

    /// The same answer with the record's version.
    pub fn etag(mut self, tag: Option<HeaderValue>) -> Self {
        self.etag = tag.and_then(|tag| tag.to_str().ok().map(str::to_owned));
        self
    }

    /// The same answer with a secret that is shown this once.
    pub fn secret(mut self, name: &'static str, secret: Option<&str>) -> Self {
        self.secret = secret.map(|secret| (name, secret.to_owned()));
        self
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let Self {
            status,
            location,
            etag,
            mut body,
            secret,
            replayed,
        } = self;
        if let (Some((name, secret)), Some(members)) = (secret, body.as_object_mut()) {
            members.insert(name.into(), secret.into());
        }
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
        let mut response = (status, Json(body)).into_response();
        let texts = [
            (LOCATION, location),
            (ETAG, etag),
            (REPLAYED, replayed.then(|| "true".into())),
        ];
        for (name, text) in texts {
            if let Some(value) = text.and_then(|text| HeaderValue::try_from(text).ok()) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

/// How long a request waits for the same one that is being worked on.
const REPLY_TIMEOUT: Duration = Duration::from_secs(5);

/// Does `work` unless it was done under the request's `Idempotency-Key` before. A request without a key is done
/// each time; a refused one may be sent again under its key. Of two at once one is done, and the other waits for its
/// answer, on whatever nodes they are.
pub async fn once<F>(
    directory: &Directory,
    actor: &Actor,
    request: &Fingerprint,
    work: impl FnOnce(Directory) -> F,
) -> Result<Reply, Problem>
where
    F: Future<Output = Result<Reply, Problem>>,
{
    let Some(key) = &request.key else {
        return work(directory.clone()).await;
    };
    let came = tokio::time::Instant::now();
    let directory = loop {
        let begun = directory.begin_request(actor, key, &request.hash).await;
        match begun.map_err(key_used)? {
            Request::Begin(directory) => break directory,
            Request::Answered(status, text) => return again(status, &text),
            Request::Unanswered => return Err(unanswered()),
            Request::Busy if came.elapsed() > REPLY_TIMEOUT => return Err(busy()),
            Request::Busy => tokio::time::sleep(Duration::from_millis(30)).await,
        }
    };
    let reply = match work(directory.clone()).await {
        Ok(reply) => reply,
        Err(problem) => {
            if let Err(error) = directory.give_up_request().await {
                tracing::warn!(%error, "a refused request can't be sent again under its Idempotency-Key yet");
            }
            return Err(problem);
        }
    };
    let kept = serde_json::to_string(&reply).map_err(|error| Error::Internal(error.into()))?;
    if let Err(error) = directory.keep_reply(reply.status, &kept).await {
        // The write is done; the caller has to hear of it.
        tracing::warn!(%error, "the answer under an Idempotency-Key could not be kept");
    }
    Ok(reply)
}

/// The answer that was given before.
fn again(status: u16, text: &str) -> Result<Reply, Problem> {
    let kept: Reply = serde_json::from_str(text).map_err(|error| Error::Internal(error.into()))?;
    Ok(Reply {
        status,
        replayed: true,
        ..kept
    })
}

fn busy() -> Problem {
    let detail = "The same request is being worked on; send it again for its answer.";
    Problem::new(StatusCode::CONFLICT, "in-progress", detail)
        .header(RETRY_AFTER, HeaderValue::from_static("2"))
}

fn unanswered() -> Problem {
    let detail = "This request was carried out, but its answer got lost. Look at the record; nothing is done twice.";
    Problem::new(StatusCode::CONFLICT, "answer-lost", detail)
}

/// What tells one request from another.
pub struct Fingerprint {
    key: Option<String>,
    hash: [u8; 32],
}

impl Fingerprint {
    /// The fingerprint of a request.
    ///
    /// # Errors
    /// 400 for a key that is empty, too long or not printable ASCII.
    pub fn new(
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Self, Problem> {
        let key = match headers.get(KEY) {
            None => None,
            Some(value) => {
                let key = value
                    .to_str()
                    .ok()
                    .filter(|key| !key.is_empty() && key.len() <= LONGEST);
                let detail = "An Idempotency-Key has 1 to 120 printable ASCII characters.";
                Some(
                    key.ok_or_else(|| Problem::malformed("bad-header", detail))?
                        .to_owned(),
                )
            }
        };
        let mut hash = Sha256::new();
        for part in [method.as_str().as_bytes(), uri.to_string().as_bytes(), body] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Ok(Self {
            key,
            hash: hash.finalize().into(),
        })
    }
}

fn key_used(error: Error) -> Problem {
    match error {
        Error::Invalid(_) => {
            let mut problem = Problem::invalid(vec![(
                Place::Parameter("Idempotency-Key".into()),
                Mistake::KeyUsed,
            )]);
            problem.detail = "The Idempotency-Key was used for another request.".into();
            problem
        }
        other => other.into(),
    }
}
