//! The journal as people read it.

use kartoteka_boxed::boxed;
use kartoteka_model::text::same_key;
use kartoteka_store::own::journal;
use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Principal};
use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::journal::topic::Topic;
use crate::kind::Kind;
use crate::plan::{Change, Effect};
use crate::relation::RelationChange;
use crate::rights::{Action, Object};

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
    /// Relations that were given and taken.
    pub relations: Vec<RelationChange>,
    /// The entries that were written together with this one: the first, and how many. They are undone together.
    pub batch: Option<(i64, u64)>,
    /// The job that it is part of.
    pub job: Option<i64>,
}

/// The ways by which changes come in: those of [`Door`](crate::Door), and what a source says of itself.
pub const DOORS: [&str; 4] = ["page", "rest", "terminal", "source"];

/// Which entries to list.
#[derive(Debug, Clone, Default)]
pub struct JournalFilter {
    pub topic: Option<Topic>,
    pub key: Option<String>,
    /// Who made the change, as entries name them: `ewa`, `token:import`, `operator`.
    pub who: Option<String>,
    /// The way by which it came in, one of [`DOORS`].
    pub door: Option<String>,
    /// Not before this time, and not after this one; in milliseconds since 1970.
    pub since: Option<i64>,
    pub until: Option<i64>,
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
    /// It is not there, nor is anything after it: the journal ends before the place that is kept beside it.
    EndMissing,
    /// What it concerns beside its own record is not noted beside it any more as it was.
    LinksAltered,
    /// The review that it signed off is not any more as it was then.
    ReviewAltered,
}

/// What checking the journal came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JournalVerdict {
    pub entries: u64,
    /// The first bad entry.
    pub fault: Option<(i64, JournalFault)>,
    /// The number and hash of the last entry that was read. Who keeps them where nobody can reach who writes to the
    /// database will notice when the whole journal was written anew.
    pub last: Option<(i64, String)>,
}

/// The most entries that one answer may have.
const MAX_ENTRIES: u32 = 1000;

/// What the body of an entry holds.
#[derive(Deserialize)]
pub struct Body {
    #[serde(default)]
    pub changes: Vec<Change>,
    #[serde(default)]
    pub effects: Vec<Effect>,
    #[serde(default)]
    pub relations: Vec<RelationChange>,
    #[serde(default)]
    pub batch: Option<i64>,
    #[serde(default)]
    pub size: u64,
    #[serde(default)]
    pub job: Option<i64>,
}

/// Reads the body of an entry.
///
/// # Errors
/// `Internal` for one that can't be read.
pub fn body(entry: &journal::Entry) -> Result<Body> {
    serde_json::from_str(&entry.body).map_err(Error::internal)
}

impl Directory {
    /// What happened to a record, also under earlier keys; the latest first. Role: reader; for other agents than
    /// oneself admin.
    ///
    /// # Errors
    /// When the journal can't be read.
    #[boxed]
    pub async fn history(
        &self,
        actor: &Actor,
        kind: Kind,
        key: &str,
        limit: u32,
    ) -> Result<Vec<HistoryEntry>> {
        actor.require(Action::See, Object::History)?;
        let own = |login: &String| kind == Kind::Agent && same_key(login, key);
        if !matches!(&actor.principal, Principal::Agent { login, .. } if own(login)) {
            actor.require(Action::See, Object::Records(kind))?;
        }
        let mut entries = vec![];
        let mut key = key.to_owned();
        let mut before = None;
        while (entries.len() as u32) < limit {
            let left = (limit - entries.len() as u32).min(MAX_ENTRIES);
            let wanted = journal::Wanted {
                kind: Some(kind.name()),
                key: Some(&key),
                before,
                ..journal::Wanted::default()
            };
            let read = journal::latest(&self.inner.home, wanted, left).await;
            let read = read.map_err(Error::home)?;
            // Before it got this key the record had another one.
            let renamed = read.iter().position(|entry| !entry.key_before.is_empty());
            let until = renamed.map_or(read.len(), |at| at + 1);
            entries.extend(
                read[..until]
                    .iter()
                    .map(readable)
                    .collect::<Result<Vec<_>>>()?,
            );
            let Some(entry) = renamed.map(|at| &read[at]) else {
                break;
            };
            key.clone_from(&entry.key_before);
            before = Some(entry.id);
        }
        Ok(entries)
    }

    /// The journal, the latest first. Role: admin.
    ///
    /// # Errors
    /// When the journal can't be read.
    #[boxed]
    pub async fn journal(
        &self,
        actor: &Actor,
        filter: &JournalFilter,
    ) -> Result<Vec<HistoryEntry>> {
        actor.require(Action::See, Object::Journal)?;
        let limit = if filter.limit == 0 {
            50
        } else {
            filter.limit.min(MAX_ENTRIES)
        };
        let home = &self.inner.home;
        let position = async |at: Option<i64>| match at {
            Some(at) => journal::position_at(home, at).await.map(Some),
            None => Ok(None),
        };
        let after = position(filter.since.map(|since| since.saturating_sub(1)));
        let last = position(filter.until);
        let (after, last) = futures::try_join!(after, last).map_err(Error::home)?;
        let ends = last.map(|last| last.saturating_add(1));
        let wanted = journal::Wanted {
            kind: filter.topic.map(Topic::name),
            key: filter.key.as_deref(),
            who: filter.who.as_deref(),
            door: filter.door.as_deref(),
            after,
            before: filter.before.into_iter().chain(ends).min(),
        };
        let read = journal::latest(home, wanted, limit).await;
        read.map_err(Error::home)?.iter().map(readable).collect()
    }
}

/// An entry as people read it.
///
/// # Errors
/// As [`body`].
pub fn readable(entry: &journal::Entry) -> Result<HistoryEntry> {
    let body = body(entry)?;
    Ok(HistoryEntry {
        id: entry.id,
        at: entry.at / 1000,
        who: entry.who.clone(),
        door: entry.door.clone(),
        action: entry.action.clone(),
        kind: entry.kind.clone(),
        source: entry.source.clone(),
        key: entry.key.clone(),
        changes: body.changes,
        effects: body.effects,
        relations: body.relations,
        batch: body.batch.map(|first| (first, body.size)),
        job: body.job,
    })
}
