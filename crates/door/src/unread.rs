//! Answers to requests whose body nobody read: a refusal, say, before it was looked at.
//!
//! A connection that is closed over unread bytes is reset, and the answer with it: clients then see a connection that
//! broke. So the rest is read and thrown away within bounds; where it is longer, the answer says that the connection
//! ends.

use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, BodyDataStream, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use futures::stream::poll_fn;
use futures::{Stream, StreamExt};

use crate::network::Ambiguous;

/// The most that is read of a body that nobody wants.
const MOST: u64 = 4 * 1024 * 1024;

/// The longest that this may take.
const LONGEST: Duration = Duration::from_secs(5);

/// A body that is still there after the handler has let go of it.
#[derive(Clone)]
struct Shared(Arc<Mutex<Reading>>);

struct Reading {
    body: BodyDataStream,
    begun: bool,
    ended: bool,
}

impl Shared {
    fn new(body: Body) -> Self {
        Self(Arc::new(Mutex::new(Reading {
            body: body.into_data_stream(),
            begun: false,
            ended: false,
        })))
    }

    fn poll(&self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, axum::Error>>> {
        let mut reading = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if reading.ended {
            return Poll::Ready(None);
        }
        reading.begun = true;
        let read = reading.body.poll_next_unpin(cx);
        if matches!(read, Poll::Ready(None)) {
            reading.ended = true;
        }
        read
    }

    fn stream(self) -> impl Stream<Item = Result<Bytes, axum::Error>> + Send + 'static {
        poll_fn(move |cx| self.poll(cx))
    }

    /// Whether any of it was asked for, and whether all of it came.
    fn state(&self) -> (bool, bool) {
        let reading = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (reading.begun, reading.ended)
    }

    /// Reads what is left; whether it was read to its end.
    async fn finish(self) -> bool {
        let mut rest = Box::pin(self.stream());
        let reading = async {
            let mut left = MOST;
            while let Some(chunk) = rest.next().await {
                let length = chunk.as_ref().map_or(u64::MAX, |chunk| chunk.len() as u64);
                match left.checked_sub(length) {
                    Some(fewer) => left = fewer,
                    None => return false,
                }
            }
            true
        };
        tokio::time::timeout(LONGEST, reading)
            .await
            .unwrap_or(false)
    }
}

/// Whether the client waits to be told that it may send the body; it will not send it then.
fn waits(headers: &HeaderMap) -> bool {
    headers
        .get(header::EXPECT)
        .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"100-continue"))
}

/// Reads what a handler left of the body, or says that the connection ends.
pub async fn finish(request: Request, next: Next) -> Response {
    let (ambiguous, waits) = (Ambiguous::is(&request), waits(request.headers()));
    let (parts, body) = request.into_parts();
    let (response, close) = if body.is_end_stream() {
        let request = Request::from_parts(parts, body);
        (next.run(request).await, ambiguous)
    } else {
        let too_long = body.size_hint().lower() > MOST;
        let body = Shared::new(body);
        let request = Request::from_parts(parts, Body::from_stream(body.clone().stream()));
        let response = next.run(request).await;
        let (begun, ended) = body.state();
        let hopeless = !ended && (too_long || (waits && !begun));
        (response, ambiguous || hopeless || !body.finish().await)
    };
    if !close {
        return response;
    }
    let mut response = response;
    response
        .headers_mut()
        .insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
