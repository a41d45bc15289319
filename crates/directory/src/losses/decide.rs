//! What an admin is asked about sources that lost much, and what they say.

use std::sync::Arc;

use kartoteka_boxed::boxed;
use kartoteka_model::text::cut;
use kartoteka_store::own::held::{self, HeldRow};

use super::judge::{ASKED, KEPT, THROUGH, holds};
use super::missing::MissingList;
use crate::actor::Actor;
use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::journal::draft::JournalDraft;
use crate::journal::topic::Topic;
use crate::kind::Kind;
use crate::plan::Change;
use crate::rights::{Action, Object};

/// A source of which nothing is taken in until an admin says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRefresh {
    /// The source: its configuration key, and what it is called.
    pub source: String,
    pub name: String,
    pub kind: Kind,
    /// Seconds since 1970.
    pub since: i64,
    /// Records that were known of it, and how many it has now.
    pub known: u64,
    pub there: u64,
    /// Those of the known ones that are gone.
    pub gone: u64,
    /// Those of them that are not valid any more.
    pub invalid: u64,
    /// Who said that what was known is gone on with, and when; nobody has said anything yet.
    pub kept_by: Option<(String, i64)>,
}

/// Something said of a source that is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decision {
    LetThrough,
    Keep,
}

impl Directory {
    /// The sources that are held, in their order. Role: reader.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn held_refreshes(&self, actor: &Actor) -> Result<Vec<HeldRefresh>> {
        actor.require(Action::See, Object::Records(Kind::CustomerUser))?;
        let rows = held::all(&self.inner.home).await.map_err(Error::home)?;
        let mut all = vec![];
        for (kind, handle) in self.guarded() {
            let row = rows.iter().find(|row| row.source == handle.spec.id);
            if let Some(row) = row.filter(|row| holds(row)) {
                all.push(of_row(kind, handle, row));
            }
        }
        Ok(all)
    }

    /// The sources that are held, and who is missing from which, of customer users before those of customers. Role:
    /// reader.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn held_and_missing(
        &self,
        actor: &Actor,
    ) -> Result<(Vec<HeldRefresh>, Vec<(Kind, MissingList)>)> {
        let held = self.held_refreshes(actor).await?;
        let mut missing = vec![];
        for kind in [Kind::CustomerUser, Kind::Customer] {
            let lists = self.missing(actor, kind).await?;
            missing.extend(lists.into_iter().map(|list| (kind, list)));
        }
        Ok((held, missing))
    }

    /// How many sources are held, as this node knows it.
    pub fn held_count(&self) -> usize {
        let guarded = self.guarded();
        guarded
            .filter(|(_, handle)| handle.losses.held_since().is_some())
            .count()
    }

    /// Lets through what a source lost, here and on all nodes, within seconds: who is gone from it is missing then.
    /// Role: admin.
    ///
    /// # Errors
    /// `Unknown` for a source that is not held.
    #[boxed]
    pub async fn let_through(&self, actor: &Actor, source: &str) -> Result<()> {
        self.decide(actor, source, Decision::LetThrough).await
    }

    /// Goes on with what was known of a source, without asking again, until it has nearly as many as before, or somebody
    /// lets it through. Role: admin.
    ///
    /// # Errors
    /// `Unknown` for a source that is not held.
    #[boxed]
    pub async fn keep(&self, actor: &Actor, source: &str) -> Result<()> {
        self.decide(actor, source, Decision::Keep).await
    }

    fn guarded(&self) -> impl Iterator<Item = (Kind, &Arc<SourceHandle>)> {
        let kinds = [Kind::CustomerUser, Kind::Customer].into_iter();
        let of_kinds = kinds.flat_map(|kind| self.handles(kind).iter().map(move |one| (kind, one)));
        of_kinds.filter(|(_, handle)| handle.is_guarded())
    }

    async fn decide(&self, actor: &Actor, source: &str, decision: Decision) -> Result<()> {
        actor.require(Action::Change, Object::Settings)?;
        let unknown = || Error::Unknown {
            what: "held source",
            key: source.to_owned(),
        };
        let named = self.guarded().find(|(_, one)| one.spec.id == source);
        let (kind, handle) = named.ok_or_else(unknown)?;
        let inside = self.inside();
        inside
            .save(|| async {
                let mut tx = inside.begin_locked().await?;
                let row = held::find_in(&mut tx, source).await.map_err(Error::home)?;
                let row = row.filter(holds).ok_or_else(unknown)?;
                let (action, state) = match decision {
                    Decision::LetThrough => ("let-through", THROUGH),
                    Decision::Keep => ("keep", KEPT),
                };
                let said = HeldRow {
                    state: state.to_owned(),
                    decided_by: cut(&actor.name(), 191),
                    decided: handle.now(),
                    ..row.clone()
                };
                held::set(&mut tx, &said).await.map_err(Error::home)?;
                let number = |field: &str, [before, after]: [i64; 2]| Change {
                    field: field.into(),
                    before: before.to_string(),
                    after: after.to_string(),
                };
                let changes = [
                    number("Records", [row.known[0], row.there[0]]),
                    number("Valid", [row.known[1], row.there[1]]),
                ];
                let draft = JournalDraft {
                    action,
                    kind: Topic::Source.name(),
                    source,
                    key: source,
                    key_before: "",
                    changes: &changes,
                    effects: &[],
                };
                inside.journal_entry(&mut tx, actor, draft).await?;
                tx.commit().await.map_err(Error::home)
            })
            .await?;
        if decision == Decision::LetThrough {
            handle.losses.want_look_now();
            // Whoever said so need not wait until it is looked for changes the next time.
            let directory = self.clone();
            tokio::spawn(async move { directory.look_at_held(kind).await });
        }
        Ok(())
    }

    async fn look_at_held(&self, kind: Kind) {
        if let Err(error) = self.sync_external_changes(kind).await {
            tracing::debug!(
                error = &error as &dyn std::error::Error,
                "what was let through could not be read yet"
            );
        }
    }
}

fn of_row(kind: Kind, handle: &SourceHandle, row: &HeldRow) -> HeldRefresh {
    HeldRefresh {
        source: handle.spec.id.clone(),
        name: handle.spec.name.clone(),
        kind,
        since: row.since,
        known: row.known[0].unsigned_abs(),
        there: row.there[0].unsigned_abs(),
        gone: row.gone.unsigned_abs(),
        invalid: row.invalid.unsigned_abs(),
        kept_by: (row.state != ASKED).then(|| (row.decided_by.clone(), row.decided)),
    }
}
