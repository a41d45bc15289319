//! A source, and what each kind of it can do.

use kartoteka_boxed::boxed;
use kartoteka_model::source::Origin;
use kartoteka_model::{Condition, Field, SourceSpec};
use kartoteka_store::Db;
use kartoteka_store::source::TableStore;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::SourceRow;
use crate::changes::{self, Changes, Watermark};
use crate::csv::CsvSource;
use crate::error::SourceError;
use crate::ldap::LdapSource;

/// A source, open. What it is set up as is its [`SourceSpec`].
///
/// Every method fails when the source does not answer.
#[derive(Debug)]
pub enum Source {
    /// A table of a database, read and written.
    Table(TableStore),
    /// A file of comma-separated values, read only.
    Csv(CsvSource),
    /// A tree of an LDAP server, read only.
    Ldap(Box<LdapSource>),
}

/// A place between the records of a source, where going through them is gone on with. Only the source knows what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub(crate) String);

/// Some of the records of a source.
#[derive(Debug)]
pub struct Portion {
    pub records: Vec<SourceRow>,
    /// The place after the last of them; none where there are none.
    pub end: Option<Cursor>,
}

/// What a search of a source found.
#[derive(Debug)]
pub struct Matching {
    pub records: Vec<SourceRow>,
    /// Whether the source has others that it was not asked for, or does not give: there may be more of them.
    pub more: bool,
}

/// What a source says of a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verified {
    Right,
    Wrong,
    /// The source has nobody with the key.
    Nobody,
}

/// Asks the one kind or the other.
macro_rules! ask {
    ($source:expr, $method:ident($($argument:expr),*)) => {
        match $source {
            Source::Table(table) => Ok(table.$method($($argument),*).await?),
            Source::Csv(file) => file.$method($($argument),*).await,
            // Asking a server is a large future, which those of tables should not have to hold.
            Source::Ldap(tree) => Box::pin(tree.$method($($argument),*)).await,
        }
    };
}

impl Source {
    /// Opens what is set up; tables without a database of their own are in the home database.
    #[boxed]
    pub async fn open(spec: SourceSpec, home: &Db) -> Result<Self, SourceError> {
        if let Some(locked) = spec.locked {
            return Err(SourceError::Locked(locked));
        }
        match spec.origin.clone() {
            Origin::Table(table) => {
                let db = match &table.database {
                    None => home.clone(),
                    Some(address) => Db::open_foreign(address.expose()).await?,
                };
                Ok(Self::Table(TableStore::open(db, spec).await?))
            }
            Origin::Csv(file) => CsvSource::open(spec, file.file).await.map(Self::Csv),
            Origin::Ldap(tree) => Box::pin(LdapSource::open(spec, tree))
                .await
                .map(|tree| Self::Ldap(Box::new(tree))),
        }
    }

    /// Closes what it holds open; not to be called for a table in the home database, which others use.
    #[boxed]
    pub async fn close(&self) {
        match self {
            Self::Table(table) => table.db.close().await,
            Self::Csv(_) => {}
            Self::Ldap(tree) => Box::pin(tree.close()).await,
        }
    }

    /// The table that is written to, if it is one.
    pub fn table(&self) -> Option<&TableStore> {
        match self {
            Self::Table(table) => Some(table),
            Self::Csv(_) | Self::Ldap(_) => None,
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
    #[boxed]
    pub async fn columns(&self) -> Result<Vec<String>, SourceError> {
        match self {
            Self::Table(table) => {
                let columns = table.columns.iter();
                Ok(columns.map(|column| column.name.clone()).collect())
            }
            Self::Csv(file) => file.columns().await,
            Self::Ldap(tree) => Box::pin(tree.columns()).await,
        }
    }

    /// Looks whether it answers, with as little as can be.
    #[boxed]
    pub async fn ping(&self) -> Result<(), SourceError> {
        ask!(self, ping())
    }

    /// The record with exactly this key.
    #[boxed]
    pub async fn find(&self, key: &str) -> Result<Option<SourceRow>, SourceError> {
        ask!(self, find(key))
    }

    /// A record whose key is the same without regard to case.
    #[boxed]
    pub async fn find_ignoring_case(&self, key: &str) -> Result<Option<SourceRow>, SourceError> {
        ask!(self, find_ignoring_case(key))
    }

    /// The records with exactly these keys, in no order.
    #[boxed]
    pub async fn find_many(&self, keys: &[String]) -> Result<Vec<SourceRow>, SourceError> {
        ask!(self, find_many(keys))
    }

    /// Records whose keys are the same as these without regard to case, and perhaps a few more.
    #[boxed]
    pub async fn find_many_ignoring_case(
        &self,
        keys: &[String],
    ) -> Result<Vec<SourceRow>, SourceError> {
        ask!(self, find_many_ignoring_case(keys))
    }

    /// Keys of at most so many records whose column has exactly this value.
    #[boxed]
    pub async fn keys_where(
        &self,
        column: &str,
        value: &str,
        limit: u32,
    ) -> Result<Vec<String>, SourceError> {
        ask!(self, keys_where(column, value, limit))
    }

    /// The records of which a condition is true, among the first ones that the source finds with a wider question, at most
    /// as many as named; only valid ones, if those are asked for. None where the source can't be searched.
    #[boxed]
    pub async fn search(
        &self,
        condition: &Condition,
        valid: bool,
        most: u32,
    ) -> Result<Option<Matching>, SourceError> {
        match self {
            Self::Table(_) | Self::Csv(_) => Ok(None),
            Self::Ldap(tree) => Box::pin(tree.search(condition, valid, most))
                .await
                .map(Some),
        }
    }

    /// Whether a password is that of the record with a key, if the source can tell. Right is said only of one that the source
    /// was asked about; an empty one never is.
    #[boxed]
    pub async fn verify(
        &self,
        key: &str,
        password: &SecretString,
    ) -> Result<Option<Verified>, SourceError> {
        match self {
            Self::Table(_) | Self::Csv(_) => Ok(None),
            Self::Ldap(tree) => Box::pin(tree.verify(key, password)).await.map(Some),
        }
    }

    /// How many records have in a column a key that is to become another.
    #[boxed]
    pub async fn count_key(&self, column: &str, key: &str, twin: bool) -> Result<u64, SourceError> {
        ask!(self, count_key(column, key, twin))
    }

    /// How many records there are.
    #[boxed]
    pub async fn count(&self) -> Result<u64, SourceError> {
        ask!(self, count_rows())
    }

    /// Whether there is a record: any, or one whose validity has this number or has not.
    #[boxed]
    pub async fn has_any(
        &self,
        has_validity: Option<bool>,
        validity: i16,
    ) -> Result<bool, SourceError> {
        ask!(self, has_any(has_validity, validity))
    }

    /// The next records after a place, at most so many: goes through all of them in portions.
    #[boxed]
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
            Self::Ldap(tree) => Box::pin(tree.scan(after, limit)).await,
        }
    }

    /// The watermark of now: what is read from here on has all changes before it. `now` is the time here, in seconds since
    /// 1970, for a source that tells none.
    #[boxed]
    pub async fn watermark(&self, now: i64) -> Result<Watermark, SourceError> {
        match self {
            Self::Table(table) => Ok(changes::watermark(changes::now(table).await?)),
            Self::Csv(file) => file.watermark().await,
            Self::Ldap(tree) => Box::pin(tree.watermark(now)).await,
        }
    }

    /// What changed since a watermark; none is the beginning of time. Tables are looked at from so many seconds before
    /// it, and less far where there are as many changes as named.
    #[boxed]
    pub async fn changes(
        &self,
        now: i64,
        since: Option<&Watermark>,
        back: &[(i64, u32)],
    ) -> Result<Changes, SourceError> {
        match self {
            Self::Table(table) => Ok(changes::of_table(table, since, back).await?),
            Self::Csv(file) => file.changes(since).await,
            Self::Ldap(tree) => Box::pin(tree.changes(now, since, back)).await,
        }
    }
}
