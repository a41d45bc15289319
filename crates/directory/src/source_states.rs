//! How the sources are: whether each answers, who is in it, and how old what is known of it is.

use std::time::Duration;

use kartoteka_boxed::boxed;
use kartoteka_index::MOST_SHADOWED;
use kartoteka_model::Field;
use kartoteka_model::source::Origin;

use crate::actor::Actor;
use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::failures::not_found;
use crate::handle::SourceHandle;
use crate::index::stale::READ_AT;
use crate::kind::Kind;
use crate::rights::{Action, Object};
use crate::source_status::{LastError, SourceStatus};

/// How long whoever looks waits for a source that nobody asked before.
const FIRST_LOOK: Duration = Duration::from_secs(2);

/// Seconds after which it is kept anew when the copy was as the source.
const KEPT_EVERY: i64 = 60;

/// Seconds after which records are counted anew for the metrics.
const COUNTED_EVERY: i64 = 30;

/// How a source tells what changed in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// By the journal: nobody else writes to it.
    Journal,
    /// By the time that rows carry.
    ChangeTime,
    /// By the server's own count or time of changes.
    Server,
    /// By the file as a whole.
    WholeFile,
    /// It does not: everything is compared.
    Nothing,
}

impl Telling {
    /// Its name in REST and on the terminal.
    pub fn name(self) -> &'static str {
        match self {
            Self::Journal => "journal",
            Self::ChangeTime => "change-time",
            Self::Server => "server",
            Self::WholeFile => "whole-file",
            Self::Nothing => "nothing",
        }
    }
}

/// How a source is.
#[derive(Debug, Clone)]
pub struct SourceState {
    pub kind: Kind,
    pub status: SourceStatus,
    /// The word for its kind: `DB`, `CSV`, `LDAP`.
    pub module: &'static str,
    /// What people call the place: a table, file or base of a tree.
    pub origin: String,
    /// Whether it was asked at all.
    pub asked: bool,
    /// How long its last answer took, in milliseconds.
    pub latency_ms: Option<i64>,
    pub last_error: Option<LastError>,
    /// Valid records that it speaks for, and others.
    pub records: [u64; 2],
    /// When the copy was last as the source, as far as it tells, in seconds since 1970.
    pub in_step_at: Option<i64>,
    pub tells_changes: Telling,
    /// Whether it has a field for passwords, by which its people could log in.
    pub has_passwords: bool,
    /// Keys that it shares with another source.
    pub conflicts: u64,
    /// There are more than that.
    pub more_conflicts: bool,
    pub fields: Vec<Field>,
}

impl SourceState {
    /// Whether the copy has what was saved before anybody can look.
    pub fn is_always_current(&self) -> bool {
        self.tells_changes == Telling::Journal
    }

    /// How many records it speaks for.
    pub fn total(&self) -> u64 {
        self.records.iter().sum()
    }

    /// How old the copy is, in seconds.
    pub fn age(&self, now: i64) -> Option<i64> {
        self.in_step_at.map(|at| (now - at).max(0))
    }
}

impl Directory {
    /// How each source of customer users and customers is. A source that nobody asked yet is asked, for a moment. Role: reader.
    ///
    /// # Errors
    /// When an index can't be read.
    #[boxed]
    pub async fn source_states(&self, actor: &Actor) -> Result<Vec<SourceState>> {
        let mut states = vec![];
        for kind in [Kind::CustomerUser, Kind::Customer] {
            actor.require(Action::See, Object::Records(kind))?;
            let handles = self.handles(kind);
            let asking = handles.iter().map(|handle| first_look(handle));
            futures::future::join_all(asking).await;
            for (number, handle) in handles.iter().enumerate() {
                states.push(self.state_of(kind, number, handle).await?);
            }
        }
        Ok(states)
    }

    /// How one source is. Role: reader.
    ///
    /// # Errors
    /// `NotFound`; when an index can't be read.
    #[boxed]
    pub async fn source_state(&self, actor: &Actor, id: &str) -> Result<SourceState> {
        let (kind, number) = self.source_place(actor, id)?;
        let handle = &self.handles(kind)[number];
        first_look(handle).await;
        self.state_of(kind, number, handle).await
    }

    /// Reads the sources of the kind of this one anew, in the background: the copy answers until that is done. Sources are
    /// read together, as the order of them says who speaks for a key. Role: admin.
    ///
    /// # Errors
    /// `NotFound`, `Unavailable` while the source does not answer: nothing is read then.
    #[boxed]
    pub async fn refresh_source(&self, actor: &Actor, id: &str) -> Result<SourceState> {
        actor.require(Action::Change, Object::Settings)?;
        let (kind, number) = self.source_place(actor, id)?;
        let handle = &self.handles(kind)[number];
        handle.probe().await?;
        self.rebuild_in_background(kind);
        self.state_of(kind, number, handle).await
    }

    /// The kind and number of a source.
    pub(crate) fn source_place(&self, actor: &Actor, id: &str) -> Result<(Kind, usize)> {
        for kind in [Kind::CustomerUser, Kind::Customer] {
            actor.require(Action::See, Object::Records(kind))?;
            let mut handles = self.handles(kind).iter();
            if let Some(number) = handles.position(|handle| handle.spec.id == id) {
                return Ok((kind, number));
            }
        }
        Err(not_found(Kind::CustomerUser, id))
    }

    async fn state_of(
        &self,
        kind: Kind,
        number: usize,
        handle: &SourceHandle,
    ) -> Result<SourceState> {
        let index = self.index_sync(kind).index();
        let conflicts = index.count_shadowed(Some(number)).await;
        let conflicts = conflicts.map_err(Error::index)?;
        let tells_changes = self.telling(handle);
        let in_step_at = match tells_changes {
            // The copy has what was saved before anybody searches it.
            Telling::Journal => Some(self.inner.clock.now()),
            _ => self.in_step_at(kind, handle).await?,
        };
        Ok(SourceState {
            kind,
            status: handle.status(),
            module: handle.spec.origin.module(),
            origin: handle.spec.origin.name(),
            asked: handle.was_asked(),
            latency_ms: handle.latency_ms(),
            last_error: handle.last_error(),
            records: index.count_of_source(number).await.map_err(Error::index)?,
            in_step_at,
            tells_changes,
            has_passwords: handle.spec.map.password().is_some(),
            conflicts,
            more_conflicts: conflicts >= MOST_SHADOWED,
            fields: handle.spec.map.0.clone(),
        })
    }

    /// Tells the metrics how the sources of a kind are.
    pub(crate) async fn tell_sources(&self, kind: Kind) -> Result<()> {
        let now = self.inner.clock.now();
        for (number, handle) in self.handles(kind).iter().enumerate() {
            let label = || handle.spec.id.clone();
            if handle.at_home() || handle.was_asked() {
                handle.tell_up(!handle.is_down());
            }
            let in_step = match self.telling(handle) {
                Telling::Journal => Some(now),
                _ => self.in_step_at(kind, handle).await?,
            };
            if let Some(at) = in_step {
                let age = (now - at).max(0) as f64;
                metrics::gauge!("kartoteka_source_age_seconds", "source" => label()).set(age);
            }
            if handle.is_time_to_count(now, COUNTED_EVERY) {
                let index = self.index_sync(kind).index();
                let [valid, others] = index.count_of_source(number).await.map_err(Error::index)?;
                for (count, validity) in [(valid, "valid"), (others, "other")] {
                    metrics::gauge!("kartoteka_source_records", "source" => label(), "validity" => validity)
                        .set(count as f64);
                }
            }
        }
        Ok(())
    }

    /// When the copy of a source was last as the source, as far as it was looked.
    pub(crate) async fn in_step_at(
        &self,
        kind: Kind,
        handle: &SourceHandle,
    ) -> Result<Option<i64>> {
        let index = self.index_sync(kind).index();
        let number = async |name: &str| index.meta_int(name).await.map_err(Error::index);
        let kept = number(&step_name(handle)).await?;
        let read = number(READ_AT).await?;
        let at = kept.max(read).max(handle.in_step_at());
        // What was not answered then was not looked at.
        let down = handle.status().unavailable_since;
        Ok(at.map(|at| down.map_or(at, |down| at.min(down))))
    }

    /// Notes that the copy of a source is as the source is now; for other processes now and then.
    pub(crate) async fn note_in_step(&self, kind: Kind, handle: &SourceHandle) -> Result<()> {
        let now = handle.now();
        if handle.note_in_step(now, KEPT_EVERY) {
            let index = self.index_sync(kind).index();
            let kept = index.set_meta(&step_name(handle), &now.to_string()).await;
            kept.map_err(Error::index)?;
        }
        Ok(())
    }

    pub(crate) fn telling(&self, handle: &SourceHandle) -> Telling {
        match &handle.spec.origin {
            Origin::Csv(_) => Telling::WholeFile,
            Origin::Ldap(_) => Telling::Server,
            Origin::Table(_) if !self.others_write(handle) => Telling::Journal,
            Origin::Table(_) => {
                let table = handle.opened().and_then(|source| source.table());
                match table.is_some_and(|table| table.has_change_time()) {
                    true => Telling::ChangeTime,
                    false => Telling::Nothing,
                }
            }
        }
    }
}

/// Under which name an index keeps when it was last as a source was.
fn step_name(handle: &SourceHandle) -> String {
    format!("in step {}", handle.spec.id)
}

/// Asks a source that nobody asked yet; what comes of it is noted.
async fn first_look(handle: &SourceHandle) {
    if !handle.was_asked() {
        // What is wrong is noted, and it may take its time to say nothing.
        let _ = tokio::time::timeout(FIRST_LOOK, handle.probe()).await;
    }
}
