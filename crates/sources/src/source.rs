//! A source, and what each kind of it can do.

use kartoteka_model::source::Origin;
use kartoteka_model::{Field, SourceSpec};
use kartoteka_store::Db;
use kartoteka_store::source::TableStore;
use serde::{Deserialize, Serialize};

use crate::Stored;
use crate::changes::{self, Changes, Watermark};
use crate::csv::CsvSource;
use crate::error::SourceError;

/// A source, open. What it is set up as is its [`SourceSpec`].
///
/// Every method fails when the source does not answer.
#[derive(Debug)]
pub enum Source {
    /// A table of a database, read and written.
    Table(TableStore),
    /// A file of comma-separated values, read only.
    Csv(CsvSource),
}

/// A place between the records of a source, where going through them is gone on with. Only the source knows what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub(crate) String);

/// Some of the records of a source.
#[derive(Debug)]
pub struct Portion {
    pub records: Vec<Stored>,
    /// The place after the last of them; none where there are none.
    pub end: Option<Cursor>,
}

/// Asks the one kind or the other.
macro_rules! ask {
    ($source:expr, $method:ident($($argument:expr),*)) => {
        match $source {
            Source::Table(table) => Ok(table.$method($($argument),*).await?),
            Source::Csv(file) => file.$method($($argument),*).await,
        }
    };
}

impl Source {
    /// Opens what is set up; tables without a database of their own are in the home database.
    pub async fn open(spec: SourceSpec, home: &Db) -> Result<Self, SourceError> {
        match spec.origin.clone() {
            Origin::Table(table) => {
                let db = match &table.database {
                    None => home.clone(),
                    Some(address) => Db::open_foreign(address.expose()).await?,
                };
                Ok(Self::Table(TableStore::open(db, spec).await?))
            }
            Origin::Csv(file) => CsvSource::open(spec, file.file).await.map(Self::Csv),
        }
    }

    /// Closes what it holds open; not to be called for a table in the home database, which others use.
    pub async fn close(&self) {
        if let Self::Table(table) = self {
            table.db.close().await;
        }
    }

    /// The table that is written to, if it is one.
    pub fn table(&self) -> Option<&TableStore> {
        match self {
            Self::Table(table) => Some(table),
            Self::Csv(_) => None,
        }
    }

    /// The most characters that a field holds, where there is such a limit.
    pub fn max_length(&self, field: &Field) -> Option<usize> {
        let column = self.table()?.column(&field.column)?;
        column.max_length
    }

    /// Columns that are set up and not there. A file without all of them can't be opened.
    pub fn missing_columns(&self) -> Vec<String> {
        self.table()
            .map_or_else(Vec::new, TableStore::missing_columns)
    }

    /// The names of the columns that are there.
    pub async fn columns(&self) -> Result<Vec<String>, SourceError> {
        match self {
            Self::Table(table) => {
                let columns = table.columns.iter();
                Ok(columns.map(|column| column.name.clone()).collect())
            }
            Self::Csv(file) => file.columns().await,
        }
    }

    /// Looks whether it answers, with as little as can be.
    pub async fn ping(&self) -> Result<(), SourceError> {
        ask!(self, ping())
    }

    /// The record with exactly this key.
    pub async fn find(&self, key: &str) -> Result<Option<Stored>, SourceError> {
        ask!(self, find(key))
    }

    /// A record whose key is the same without regard to case.
    pub async fn find_ignoring_case(&self, key: &str) -> Result<Option<Stored>, SourceError> {
        ask!(self, find_ignoring_case(key))
    }

    /// The records with exactly these keys, in no order.
    pub async fn find_many(&self, keys: &[String]) -> Result<Vec<Stored>, SourceError> {
        ask!(self, find_many(keys))
    }

    /// Records whose keys are the same as these without regard to case, and perhaps a few more.
    pub async fn find_many_ignoring_case(
        &self,
        keys: &[String],
    ) -> Result<Vec<Stored>, SourceError> {
        ask!(self, find_many_ignoring_case(keys))
    }

    /// Keys of at most so many records whose column has exactly this value.
    pub async fn keys_where(
        &self,
        column: &str,
        value: &str,
        limit: u32,
    ) -> Result<Vec<String>, SourceError> {
        ask!(self, keys_where(column, value, limit))
    }

    /// How many records have in a column a key that is to become another.
    pub async fn count_key(&self, column: &str, key: &str, twin: bool) -> Result<u64, SourceError> {
        ask!(self, count_key(column, key, twin))
    }

    /// How many records there are.
    pub async fn count(&self) -> Result<u64, SourceError> {
        ask!(self, count_rows())
    }

    /// Whether there is a record: any, or one whose validity has this number or has not.
    pub async fn has_any(
        &self,
        has_validity: Option<bool>,
        validity: i16,
    ) -> Result<bool, SourceError> {
        ask!(self, has_any(has_validity, validity))
    }

    /// The next records after a place, at most so many: goes through all of them in portions.
    pub async fn scan(&self, after: Option<&Cursor>, limit: u32) -> Result<Portion, SourceError> {
        match self {
            Self::Table(table) => {
                let after = after.map(|Cursor(key)| key.as_str());
                let records = table.portion(after, limit).await?;
                let last = records.last().map(|last| table.key_of(&last.record));
                let end = last.map(|key| Cursor(key.to_owned()));
                Ok(Portion { records, end })
            }
            Self::Csv(file) => file.scan(after, limit).await,
        }
    }

    /// The watermark of now: what is read from here on has all changes before it.
    pub async fn watermark(&self) -> Result<Watermark, SourceError> {
        match self {
            Self::Table(table) => Ok(changes::watermark(changes::now(table).await?)),
            Self::Csv(file) => file.watermark().await,
        }
    }

    /// What changed since a watermark; none is the beginning of time. Tables are looked at from so many seconds before
    /// it, and less far where there are as many changes as named.
    pub async fn changes(
        &self,
        since: Option<&Watermark>,
        back: &[(i64, u32)],
    ) -> Result<Changes, SourceError> {
        match self {
            Self::Table(table) => Ok(changes::of_table(table, since, back).await?),
            Self::Csv(file) => file.changes(since).await,
        }
    }
}
