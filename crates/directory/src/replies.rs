//! Requests of programs under an `Idempotency-Key`: done once, whichever node they reach, however often they are sent.
//!
//! Whoever gets a request first begins it; the others wait for the reply. The transaction that writes what was asked for
//! also notes that it did, so that nothing is written twice even if whoever began was given up for lost meanwhile.

use std::sync::Arc;

use kartoteka_boxed::boxed;
use kartoteka_model::text::cut;
use kartoteka_store::Tx;
use kartoteka_store::own::replies::{self, ReplyKey, State};
use sha2::{Digest, Sha256};

use crate::actor::Actor;
use crate::begun::Begun;
use crate::directory::{Directory, Inside};
use crate::error::{Error, FieldProblem, Result};

/// How long replies are kept, in seconds.
const REPLY_TTL: i64 = 24 * 60 * 60;

/// After so many seconds whoever began and wrote nothing is given up for lost.
const CLAIM_TIMEOUT: i64 = 20;

/// How a request under a key stands.
pub enum Request {
    /// It is to be done: with this directory, whose writes count as the request's own.
    Begin(Directory),
    /// Somebody works on it.
    Busy,
    /// It was done, but its reply got lost on the way.
    Unanswered,
    /// It was done, and this was the reply: status and body.
    Answered(u16, String),
}

impl Directory {
    /// Begins a request under its `Idempotency-Key`, unless somebody did before. `request` tells it from others.
    ///
    /// # Errors
    /// `Invalid` on field `Idempotency-Key` when the key was used for another request.
    #[boxed]
    pub async fn begin_request(&self, actor: &Actor, key: &str, request: &[u8]) -> Result<Request> {
        let home = &self.inner.home;
        let now = self.inner.clock.now();
        let hash = hex::encode(Sha256::digest(request));
        let begun = Begun {
            key: ReplyKey {
                actor: cut(&actor.name(), 120),
                key: cut(key, 120),
            },
            worker: format!("{:032x}", rand::random::<u128>()),
        };
        let Begun { key: of, worker } = &begun;
        let mut known = replies::find(home, of).await.map_err(Error::home)?;
        if known.as_ref().is_some_and(|kept| kept.at < now - REPLY_TTL) {
            replies::drop_before(home, now - REPLY_TTL)
                .await
                .map_err(Error::home)?;
            known = None;
        }
        let Some(kept) = known else {
            let first = replies::begin(home, of, &hash, worker, now).await;
            return match first.map_err(Error::home)? {
                true => Ok(Request::Begin(self.under(begun))),
                false => Ok(Request::Busy),
            };
        };
        let lost = now - CLAIM_TIMEOUT;
        if kept.state == State::Working && kept.at < lost {
            let taken = replies::take_over(home, of, &hash, worker, now, lost).await;
            return match taken.map_err(Error::home)? {
                true => Ok(Request::Begin(self.under(begun))),
                false => Ok(Request::Busy),
            };
        }
        if kept.request_hash != hash {
            let by = key.to_owned();
            return Err(Error::field("Idempotency-Key", FieldProblem::Taken { by }));
        }
        Ok(match kept.state {
            State::Replied { status, body } => {
                Request::Answered(u16::try_from(status).unwrap_or(200), body)
            }
            State::Written if kept.at < lost => Request::Unanswered,
            State::Working | State::Written => Request::Busy,
        })
    }

    fn under(&self, begun: Begun) -> Self {
        Self {
            request: Some(Arc::new(begun)),
            ..self.clone()
        }
    }

    /// Keeps the reply to the request that was begun, for a day. A generated password is not to be in it.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn keep_reply(&self, status: u16, body: &str) -> Result<()> {
        let Some(begun) = &self.request else {
            return Ok(());
        };
        let now = self.inner.clock.now();
        let reply = (i64::from(status), body);
        let home = &self.inner.home;
        replies::keep(home, &begun.key, &begun.worker, reply, now, now - REPLY_TTL)
            .await
            .map_err(Error::home)
    }

    /// Lets the request that was begun and refused be sent again.
    ///
    /// # Errors
    /// When the database does not answer; then it may be sent again after a while.
    #[boxed]
    pub async fn give_up_request(&self) -> Result<()> {
        let Some(begun) = &self.request else {
            return Ok(());
        };
        replies::give_up(&self.inner.home, &begun.key, &begun.worker)
            .await
            .map_err(Error::home)
    }
}

impl Inside<'_> {
    /// Notes in a transaction that it writes what the request asks for.
    ///
    /// # Errors
    /// `Unavailable` when somebody else took the request over.
    #[boxed]
    pub async fn mark_request_written(self, tx: &mut Tx) -> Result<()> {
        let Some(begun) = &self.request else {
            return Ok(());
        };
        let own = replies::written(tx, &begun.key, &begun.worker).await;
        if own.map_err(Error::home)? {
            return Ok(());
        }
        let late = std::io::Error::other("somebody else took the request over");
        Err(Error::unavailable("request", late))
    }
}
