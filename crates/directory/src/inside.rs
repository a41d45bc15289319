//! What rooms need of the directory and doors must not call: its home database, saves, sources and indexes.
//!
//! A room is a crate of use cases over the directory, as reviews are. It is given a [`Directory`] as doors are, and looks
//! [`Inside`] it. Doors may not name this module, which `cargo xtask checks` holds them to; without it there is no way here:
//!
//! ```compile_fail
//! async fn door(directory: &kartoteka_directory::Directory) -> bool {
//!     directory.begin_locked().await.is_ok()
//! }
//! ```

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

use kartoteka_boxed::boxed;
use kartoteka_index::SearchIndex;
use kartoteka_store::Db;
use tokio::sync::watch;

use crate::error::Result;
use crate::hashing::Hashing;
use crate::kind::Kind;
use crate::log_ins::LogIns;
use crate::open::{Clock, Directory};
use crate::sealed::Sealed;
use crate::work::Work;

pub use crate::bulk::BulkLoadGuard;
pub use crate::confirm::{Confirming, Gone};
pub use crate::definitions::Opened;
pub use crate::handle::{SourceHandle, is_valid};
pub use crate::identities::known::KnownIdentity;
pub use crate::journal::draft::{JournalDraft, entry_of};
pub use crate::journal::history::{Body, body, readable};
pub use crate::journal::sign_off;
pub use crate::log_ins::NotedLogIn;
pub use crate::names::{display_text, own_customer_ids};
pub use crate::passwords::{Hashes, PasswordOwner};
pub use crate::references::update_references;
pub use crate::rights::role_of;
pub use crate::source_doctor::FirstRecord;
pub use crate::sources::{not_found, version};
pub use crate::written::written_fields;

/// Groups and services as they are kept.
pub mod named {
    pub use crate::named::{
        COMMENT_LENGTH, FULL_NAME, NAME_LENGTH, fields, found, full_name, table, version_of,
    };
}

/// A directory as rooms see it: all that it does, and what use cases are made of.
#[derive(Clone, Copy)]
pub struct Inside<'d>(pub(crate) &'d Directory);

impl Deref for Inside<'_> {
    type Target = Directory;

    fn deref(&self) -> &Directory {
        self.0
    }
}

impl<'d> Inside<'d> {
    /// What is inside a directory.
    pub fn of(directory: &'d Directory) -> Self {
        Self(directory)
    }

    /// The directory as doors have it.
    pub fn directory(self) -> &'d Directory {
        self.0
    }

    /// The home database.
    pub fn home(self) -> &'d Db {
        &self.0.inner.home
    }

    /// Where time comes from.
    pub fn clock(self) -> &'d dyn Clock {
        &*self.0.inner.clock
    }

    /// The sources of a kind of record, in their order.
    pub fn handles(self, kind: Kind) -> &'d [Arc<SourceHandle>] {
        self.0.handles(kind)
    }

    /// The file of the search index that answers now. Whoever asks several things of it asks the same one.
    pub fn index(self, kind: Kind) -> Arc<SearchIndex> {
        self.0.index_sync(kind).index()
    }

    /// Follows the journal; whether the index then has everything, so that it can say what there is not.
    ///
    /// # Errors
    /// When the home database or the index can't be read.
    #[boxed]
    pub async fn sync_index_is_complete(self, kind: Kind) -> Result<bool> {
        self.0.sync_index_is_complete(kind).await
    }

    /// Reads these records again and puts what they are now into the index.
    ///
    /// # Errors
    /// When a source or the index can't be read, or the index can't be written.
    #[boxed]
    pub async fn refresh(self, kind: Kind, keys: &BTreeSet<String>) -> Result<usize> {
        self.0.refresh(kind, keys, None).await
    }

    /// What those who work in the background share.
    pub fn work(self) -> &'d Work {
        &self.0.inner.work
    }

    /// What those who log people in share.
    pub fn log_ins(self) -> &'d LogIns {
        &self.0.inner.log_ins
    }

    /// What hashes passwords.
    pub fn hashing(self) -> &'d Hashing {
        &self.0.inner.hashing
    }

    /// Becomes true when the directory is closed.
    pub fn stop(self) -> watch::Receiver<bool> {
        self.0.inner.stop.subscribe()
    }

    /// What was checked, so that nobody outside alters it.
    pub fn seal<T>(self, plan: T) -> Sealed<T> {
        Sealed::new(plan)
    }

    /// What a plan says, to be done.
    pub fn open<T>(self, plan: Sealed<T>) -> T {
        plan.open()
    }
}

impl Directory {
    pub(crate) fn inside(&self) -> Inside<'_> {
        Inside(self)
    }
}
