//! The search index: one SQLite file that answers every search, whatever engine the sources are on.
//!
//! Each record has a row whose number is its place in the default order (see [`labels`]), so the first page
//! of a common word is the first few rows of its posting list. Texts are kept in the forms in which
//! [`TextMode`](kartoteka_model::TextMode) compares them; a [`Condition`](kartoteka_model::Condition) is
//! compiled to a predicate over those, with a full-text query over trigrams in front ([`compile`]). The index
//! follows the journal, and can be made anew from the sources at any time.

mod build;
mod compile;
mod each;
mod grams;
mod keys;
mod labels;
mod layout;
mod members;
mod place;
mod query;
mod seen;
mod stage;
#[cfg(test)]
mod tests;
mod totals;
mod write;

pub use build::Builder;
pub use keys::{KeysPage, Place};
pub use layout::{Customers, IndexLayout, IndexedSource};
pub use members::Member;
pub use query::{Found, Hit, Partition, Query, Sort, Totals};
pub use seen::{Kept, Mark};
pub use write::Put;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::Mutex;

use crate::db::Db;
use crate::error::StoreError;

/// An open index of one kind of record.
#[derive(Debug)]
pub struct SearchIndex {
    db: Db,
    layout: Arc<IndexLayout>,
    /// One writer at a time, so that places in the order are given out by one.
    writing: Mutex<()>,
    path: PathBuf,
}

impl SearchIndex {
    /// Opens the index in this file; one that was made for other fields or rules is emptied.
    ///
    /// # Errors
    /// When the file can't be opened or written.
    pub async fn open(path: &Path, layout: IndexLayout) -> Result<Self, StoreError> {
        let db = Db::open_index(path).await?;
        let index = Self {
            db,
            layout: Arc::new(layout),
            writing: Mutex::new(()),
            path: path.to_path_buf(),
        };
        index.prepare().await?;
        Ok(index)
    }

    async fn prepare(&self) -> Result<(), StoreError> {
        self.db
            .execute(
                "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT)",
                &[],
            )
            .await?;
        if self.meta("layout").await?.as_deref() == Some(self.layout.fingerprint().as_str()) {
            return Ok(());
        }
        self.clear().await
    }

    /// Makes the index empty, as it is before the first build.
    ///
    /// # Errors
    /// When the file can't be written.
    pub async fn clear(&self) -> Result<(), StoreError> {
        let _writing = self.writing.lock().await;
        let mut tx = self.db.begin().await?;
        for statement in self.layout.drop_statements() {
            tx.execute(&statement, &[]).await?;
        }
        for statement in self.layout.create_statements() {
            tx.execute(&statement, &[]).await?;
        }
        tx.execute("DELETE FROM meta", &[]).await?;
        let sql = "INSERT INTO meta (name, value) VALUES ('layout', ?)";
        tx.execute(sql, &crate::args![self.layout.fingerprint()])
            .await?;
        tx.commit().await
    }

    /// A fact about the index: `position` is the last journal entry in it, `built` is there once it is complete.
    ///
    /// # Errors
    /// When the file can't be read.
    pub async fn meta(&self, name: &str) -> Result<Option<String>, StoreError> {
        let rows = self
            .db
            .fetch("SELECT value FROM meta WHERE name = ?", &crate::args![name])
            .await?;
        Ok(rows.first().map(|row| row.text(0).to_owned()))
    }

    /// The same where it is a number.
    ///
    /// # Errors
    /// When the file can't be read; `Unreadable` for what is no number.
    pub async fn meta_int(&self, name: &str) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT value FROM meta WHERE name = ?";
        crate::values::first_int(&self.db.fetch(sql, &crate::args![name]).await?)
    }

    /// Sets a fact about the index.
    ///
    /// # Errors
    /// When the file can't be written.
    pub async fn set_meta(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let sql = "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.db.execute(sql, &crate::args![name, value]).await?;
        Ok(())
    }

    /// Sets a fact to a value if it still is what it was; whether it was.
    ///
    /// # Errors
    /// When the file can't be written.
    pub async fn advance_meta(&self, name: &str, from: &str, to: &str) -> Result<bool, StoreError> {
        let sql = "UPDATE meta SET value = ? WHERE name = ? AND value = ?";
        Ok(self.db.execute(sql, &crate::args![to, name, from]).await? > 0)
    }

    /// What the index is made for.
    pub fn layout(&self) -> &IndexLayout {
        &self.layout
    }

    /// Closes the file.
    pub async fn close(&self) {
        self.db.close().await;
    }
}
