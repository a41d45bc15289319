//! Where the journal ends: kept beside it, and locked by who writes the next entry.

use super::journal::Entry;
use crate::args;
use crate::db::{Db, Engine, TextRow, Tx};
use crate::error::StoreError;
use kartoteka_boxed::boxed;

/// Where the chain ends: the number and hash of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    pub id: i64,
    pub hash: String,
    /// No entry after it is of an earlier time: clocks of nodes differ, and whoever wrote it may have waited for the lock
    /// after looking at the clock. 0 where it is not known.
    pub at: i64,
}

impl End {
    /// Before the first entry.
    fn nothing() -> Self {
        Self {
            id: 0,
            hash: "0".repeat(64),
            at: 0,
        }
    }

    /// As `kt_state` keeps it; none in a database whose entries were all written before it was kept.
    fn kept(rows: &[TextRow]) -> Option<Self> {
        let (id, hash) = rows.first()?.text(0).split_once(' ')?;
        Some(Self {
            id: id.parse().ok()?,
            hash: hash.to_owned(),
            at: 0,
        })
    }

    /// The end after an entry, which is given its number, its time and its place in the chain.
    pub(super) fn then(self, entry: &mut Entry) -> Self {
        entry.id = self.id + 1;
        entry.at = entry.at.max(self.at);
        entry.previous = self.hash;
        entry.hash = entry.digest();
        Self {
            id: entry.id,
            hash: entry.hash.clone(),
            at: entry.at,
        }
    }
}

/// The end as it is kept beside the journal, so that entries that are missing there are noticed.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn kept_end(db: &Db) -> Result<Option<End>, StoreError> {
    let rows = db.fetch("SELECT value FROM kt_state WHERE name = 'journal'", &[]);
    Ok(End::kept(&rows.await?))
}

/// Where the next entry goes on, and whether that is kept. The kept end counts where entries are missing before it: no
/// number is given twice. Entries beyond it were written by a program of a version that did not keep it.
pub(super) async fn end(tx: &mut Tx) -> Result<(End, bool), StoreError> {
    let kept = End::kept(&hold(tx).await?);
    let last = last(tx).await?;
    // It is kept from the first entry on. Where it was taken away, it is not put back: that would hide what is missing.
    let keeps = kept.is_some() || last.is_none();
    let at = last.as_ref().map_or(0, |end| end.at);
    let ends = last.into_iter().chain(kept);
    let end = ends.max_by_key(|end| end.id).unwrap_or_else(End::nothing);
    Ok((End { at, ..end }, keeps))
}

pub(super) async fn keep_end(tx: &mut Tx, end: &End, keeps: bool) -> Result<(), StoreError> {
    if !keeps {
        return Ok(());
    }
    let kept = format!("{} {}", end.id, end.hash);
    let sql = "UPDATE kt_state SET value = ? WHERE name = 'journal'";
    tx.execute(sql, &args![kept]).await?;
    Ok(())
}

async fn last(tx: &mut Tx) -> Result<Option<End>, StoreError> {
    let engine = tx.engine();
    let (id, at) = (engine.as_text("id"), engine.as_text("at"));
    let sql = format!("SELECT {id}, hash, {at} FROM kt_journal ORDER BY id DESC LIMIT 1");
    let rows = tx.fetch(&sql, &[]).await?;
    let end = |row: &TextRow| {
        Ok(End {
            id: row.int(0)?,
            hash: row.text(1).to_owned(),
            at: row.int(2)?,
        })
    };
    rows.first().map(end).transpose()
}

/// Takes the journal's lock until the transaction ends.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn lock(tx: &mut Tx) -> Result<(), StoreError> {
    if tx.engine() != Engine::Sqlite {
        hold(tx).await?;
    }
    Ok(())
}

/// Takes the lock and reads what is kept where it is. An embedded database is locked by its transaction.
async fn hold(tx: &mut Tx) -> Result<Vec<TextRow>, StoreError> {
    let held = match tx.engine() {
        Engine::Sqlite => "",
        Engine::Postgres | Engine::MySql => " FOR UPDATE",
    };
    let sql = format!("SELECT value FROM kt_state WHERE name = 'journal'{held}");
    tx.fetch(&sql, &[]).await
}
