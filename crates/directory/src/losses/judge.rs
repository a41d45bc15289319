//! Whether what a comparison found may be done, or an admin is asked first.

use kartoteka_store::StoreError;
use kartoteka_store::own::held::{self, HeldRow};

use super::limit::{allowed, is_too_much};
use super::tally::Tally;
use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::kind::Kind;

/// What an admin let through counts for so many seconds: nodes that come later ask again.
const LET_THROUGH: i64 = 86_400;

/// What was asked, and is not decided.
pub(crate) const ASKED: &str = "asked";
/// An admin said to go on with what was known.
pub(crate) const KEPT: &str = "kept";
/// An admin said that it is as it should be.
pub(crate) const THROUGH: &str = "let-through";

/// What comes of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// So many may be lost.
    Take(u64),
    /// Nothing of it is done.
    Held,
}

/// Whether a source is as large as it was, or nearly.
fn is_as_large(limit: u8, [all, valid]: [u64; 2], as_it_was: [i64; 2]) -> bool {
    let [all_before, valid_before] = as_it_was.map(i64::unsigned_abs);
    let nearly = |now: u64, before: u64| now.saturating_add(allowed(limit, before)) >= before;
    nearly(all, all_before) && nearly(valid, valid_before)
}

/// Whether it is held by this row.
pub(crate) fn holds(row: &HeldRow) -> bool {
    row.state != THROUGH
}

impl Directory {
    /// Takes in which sources of a kind are held, as all nodes know it.
    pub(crate) async fn load_held(&self) -> Result<(), StoreError> {
        let rows = held::all(&self.inner.home).await?;
        for handle in self.generation.sources() {
            let row = rows.iter().find(|row| row.source == handle.spec.id);
            let since = row.filter(|row| holds(row)).map(|row| row.since);
            if !handle.is_guarded() {
                continue;
            }
            match row {
                // It stays as it is here until it was compared: what it has now may be something else again.
                Some(row) if row.state == THROUGH => {
                    if handle.losses.held_since().is_some() {
                        handle.losses.want_look_now();
                    }
                }
                _ => {
                    handle.losses.set_held(since);
                }
            }
        }
        Ok(())
    }

    /// Says what comes of a comparison, and notes it for all nodes.
    pub(crate) async fn judge(
        &self,
        kind: Kind,
        handle: &SourceHandle,
        tally: &Tally,
    ) -> Result<Verdict> {
        let now = handle.now();
        let limit = handle.spec.loss_limit;
        let before = handle.losses.lost(now);
        let [known, _] = tally.known;
        let (lost, asked) = (tally.lost(), tally.asked_about());
        // What went a little while ago was known then.
        let asks = is_too_much(limit, known, asked, tally.there[0])
            || asked > 0 && asked + before > allowed(limit, known + before);
        let rows = held::all(&self.inner.home).await.map_err(Error::home)?;
        let row = rows.into_iter().find(|row| row.source == handle.spec.id);
        let verdict = match (&row, asks) {
            (Some(row), false) if is_as_large(limit, tally.there, row.known) => {
                self.set_row(&handle.spec.id, None).await?;
                Verdict::Take(lost)
            }
            (Some(row), _)
                if row.state == THROUGH
                    && now < row.decided + LET_THROUGH
                    && is_as_large(limit, tally.there, row.there) =>
            {
                handle.losses.agree(asked);
                Verdict::Take(lost)
            }
            (Some(row), false) if holds(row) => {
                // This node has nothing to lose, as it knew nothing of it; the others have.
                Verdict::Held
            }
            (Some(_), false) => {
                self.set_row(&handle.spec.id, None).await?;
                Verdict::Take(lost)
            }
            (None, false) => Verdict::Take(lost),
            (row, true) => {
                let row = row.as_ref().filter(|row| holds(row));
                let asked = self.asked(handle, tally, row);
                if row != Some(&asked) {
                    self.set_row(&handle.spec.id, Some(&asked)).await?;
                }
                Verdict::Held
            }
        };
        let since = row.filter(holds).map_or(now, |row| row.since);
        let is_held = verdict == Verdict::Held;
        if handle.losses.set_held(is_held.then_some(since)) {
            tell(kind, handle, tally, is_held);
        }
        Ok(verdict)
    }

    /// What is asked of a source, with since when and what was said where it is asked already.
    fn asked(&self, handle: &SourceHandle, tally: &Tally, row: Option<&HeldRow>) -> HeldRow {
        let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        HeldRow {
            source: handle.spec.id.clone(),
            state: row.map_or(ASKED, |row| &row.state).to_owned(),
            since: row.map_or(handle.now(), |row| row.since),
            known: tally.known.map(number),
            there: tally.there.map(number),
            gone: number(tally.gone() + tally.others),
            invalid: number(tally.invalid),
            decided_by: row.map_or_else(String::new, |row| row.decided_by.clone()),
            decided: row.map_or(0, |row| row.decided),
        }
    }

    async fn set_row(&self, source: &str, row: Option<&HeldRow>) -> Result<()> {
        let inside = self.inside();
        inside
            .save(|| async {
                let mut tx = inside.begin_locked().await?;
                match row {
                    Some(row) => held::set(&mut tx, row).await,
                    None => held::remove(&mut tx, source).await,
                }
                .map_err(Error::home)?;
                tx.commit().await.map_err(Error::home)
            })
            .await
    }
}

fn tell(kind: Kind, handle: &SourceHandle, tally: &Tally, is_held: bool) {
    let source = handle.spec.id.as_str();
    if is_held {
        tracing::warn!(
            source,
            records = kind.name(),
            known = tally.known[0],
            there = tally.there[0],
            gone = tally.gone(),
            other_people = tally.others,
            no_longer_valid = tally.invalid,
            "a source lost so much that nothing of it is done until an admin says so; what was known is gone on with"
        );
    } else {
        tracing::info!(source, "a source is not held any more");
    }
}
