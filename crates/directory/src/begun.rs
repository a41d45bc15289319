//! A request that has to be done once, while somebody works on it.

use kartoteka_store::own::replies::ReplyKey;

/// A request that is being worked on.
#[derive(Debug)]
pub(crate) struct Begun {
    pub key: ReplyKey,
    pub worker: String,
}
