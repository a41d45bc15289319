//! The search index: one SQLite file that answers every search, whatever engine the sources are on.
//!
//! Each record has a row whose number is its place in the default order (see [`labels`]), so the first page
//! of a common word is the first few rows of its posting list. Texts are kept in the forms in which
//! [`TextMode`](kartoteka_model::TextMode) compares them, and as keys by which lists are in order
//! ([`Collation`](kartoteka_model::Collation)); a [`Condition`](kartoteka_model::Condition) is
//! compiled to a predicate over those, with a full-text query over trigrams in front ([`compile`]). The index
//! follows the journal, and can be made anew from the sources at any time: in a file beside the one that answers
//! ([`IndexFiles`]).

mod build;
mod compile;
mod each;
mod explain;
mod folder;
mod grams;
mod keys;
mod labels;
mod layout;
mod members;
mod place;
mod query;
mod raw;
mod seen;
mod shadowed;
mod stage;
#[cfg(test)]
mod tests;
mod totals;
mod write;

pub use build::Builder;
pub use folder::IndexFiles;
use kartoteka_boxed::boxed;
pub use keys::{KeysPage, Place};
pub use layout::{Customers, IndexLayout, IndexedSource};
pub use members::Member;
pub use query::{Found, Hit, Partition, Query, Sort, Totals};
pub use seen::{ByKey, Kept, Mark};
pub use shadowed::{MOST as MOST_SHADOWED, Shadowed};
pub use write::Upsert;

use std::sync::Arc;

use tokio::sync::Mutex;

use kartoteka_store::StoreError;
use kartoteka_store::db::Db;

/// An open file of an index of one kind of record.
#[derive(Debug)]
pub struct SearchIndex {
    db: Db,
    layout: Arc<IndexLayout>,
    /// One writer at a time, so that places in the order are given out by one.
    writing: Mutex<()>,
    number: u64,
}

/// How far an index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The last journal entry in it; none while nothing was read into it.
    pub position: Option<i64>,
    /// Another file took its place.
    pub is_replaced: bool,
}

impl SearchIndex {
    fn of(db: Db, layout: Arc<IndexLayout>, number: u64) -> Self {
        Self {
            db,
            layout,
            writing: Mutex::new(()),
            number,
        }
    }

    /// How far it is.
    ///
    /// # Errors
    /// When the file can't be read.
    #[boxed]
    pub async fn progress(&self) -> Result<Progress, StoreError> {
        let sql = "SELECT name, value FROM meta WHERE name IN ('position', 'next')";
        let mut progress = Progress {
            position: None,
            is_replaced: false,
        };
        for row in self.db.fetch(sql, &[]).await? {
            match row.text(0) {
                "position" => progress.position = row.maybe_int(1)?,
                _ => progress.is_replaced = true,
            }
        }
        Ok(progress)
    }

    /// Whether everything was read into it that there was when it was made.
    ///
    /// # Errors
    /// When the file can't be read.
    #[boxed]
    pub async fn is_built(&self) -> Result<bool, StoreError> {
        Ok(self.meta("built").await?.is_some())
    }

    /// Whether everything that a builder has read was read into it: it ended right before it said so.
    ///
    /// # Errors
    /// When the file can't be read.
    #[boxed]
    pub async fn has_all_of(&self, builder: &Builder) -> Result<bool, StoreError> {
        let of = self.meta("of").await?;
        Ok(self.is_built().await? && of == Some(builder.read().to_string()))
    }

    /// Whether it came after another.
    pub fn is_newer(&self, than: &Self) -> bool {
        self.number > than.number
    }

    /// A fact about the index: `position` is the last journal entry in it, `built` is there once it is complete; before, it
    /// may have those records that were read first.
    ///
    /// # Errors
    /// When the file can't be read.
    #[boxed]
    pub async fn meta(&self, name: &str) -> Result<Option<String>, StoreError> {
        let rows = self
            .db
            .fetch(
                "SELECT value FROM meta WHERE name = ?",
                &kartoteka_store::args![name],
            )
            .await?;
        Ok(rows.first().map(|row| row.text(0).to_owned()))
    }

    /// The same where it is a number.
    ///
    /// # Errors
    /// When the file can't be read; `Unreadable` for what is no number.
    #[boxed]
    pub async fn meta_int(&self, name: &str) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT value FROM meta WHERE name = ?";
        kartoteka_store::values::first_int(
            &self.db.fetch(sql, &kartoteka_store::args![name]).await?,
        )
    }

    /// Sets a fact about the index.
    ///
    /// # Errors
    /// When the file can't be written.
    #[boxed]
    pub async fn set_meta(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let sql = "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.db
            .execute(sql, &kartoteka_store::args![name, value])
            .await?;
        Ok(())
    }

    /// Sets a fact to a value if it still is what it was; whether it was.
    ///
    /// # Errors
    /// When the file can't be written.
    #[boxed]
    pub async fn advance_meta(&self, name: &str, from: &str, to: &str) -> Result<bool, StoreError> {
        let sql = "UPDATE meta SET value = ? WHERE name = ? AND value = ?";
        Ok(self
            .db
            .execute(sql, &kartoteka_store::args![to, name, from])
            .await?
            > 0)
    }

    /// What the index is made for.
    pub fn layout(&self) -> &IndexLayout {
        &self.layout
    }

    /// Closes the file.
    #[boxed]
    pub async fn close(&self) {
        self.db.close().await;
    }
}
