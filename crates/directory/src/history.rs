//! The journal as people read it.

use serde::Serialize;

use crate::kind::Kind;
use crate::plan::{Change, Effect};

/// One journal entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HistoryEntry {
    pub id: i64,
    /// When, in seconds since 1970.
    pub at: i64,
    /// Who: `ewa`, `token:import`, `operator`.
    pub who: String,
    pub door: String,
    /// `create`, `update`, `rename`, `set-password`, `import`, …
    pub action: String,
    pub kind: String,
    pub source: String,
    /// The key after the change.
    pub key: String,
    pub changes: Vec<Change>,
    pub effects: Vec<Effect>,
}

/// Which entries to list.
#[derive(Debug, Clone, Default)]
pub struct JournalFilter {
    pub kind: Option<Kind>,
    pub key: Option<String>,
    /// Entries before this number; for paging.
    pub before: Option<i64>,
    pub limit: u32,
}

/// What is wrong with an entry of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum JournalFault {
    /// Its content does not fit its hash.
    Tampered,
    /// Its number does not follow the one before.
    Missing,
    /// It does not continue the chain.
    Reordered,
}

/// What checking the journal came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JournalVerdict {
    pub entries: u64,
    /// The first bad entry.
    pub fault: Option<(i64, JournalFault)>,
}

impl crate::Directory {
    /// What happened to a record, also under earlier keys; the latest first. Role: reader.
    pub async fn history(&self, actor: &crate::Actor, kind: Kind, key: &str, limit: u32) -> crate::Result<Vec<HistoryEntry>> {
        let _ = (actor, kind, key, limit);
        todo!()
    }

    /// The journal, the latest first. Role: admin.
    pub async fn journal(&self, actor: &crate::Actor, filter: &JournalFilter) -> crate::Result<Vec<HistoryEntry>> {
        let _ = (actor, filter);
        todo!()
    }

    /// Checks the whole chain. Role: admin.
    pub async fn verify_journal(&self, actor: &crate::Actor) -> crate::Result<JournalVerdict> {
        let _ = actor;
        todo!()
    }
}
