//! The journal: an append-only record of every change, each entry chained by hash to the one before.

use kartoteka_boxed::boxed;
use sha2::{Digest, Sha256};

use crate::args;
use crate::db::{Arg, Db, Engine, TextRow, Tx};
use crate::error::StoreError;
use crate::values::first_int;

pub use super::journal_end::{End, kept_end, lock};
use super::journal_end::{end, keep_end};
pub use super::past::{beginning, linked, linked_between, position_at, saved_between, since};

/// What one entry says. The body is JSON: changes and effects, never a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: i64,
    /// Milliseconds since 1970.
    pub at: i64,
    pub who: String,
    pub actor_id: i64,
    pub door: String,
    pub action: String,
    pub kind: String,
    pub source: String,
    pub key: String,
    /// The key before; empty if it did not change.
    pub key_before: String,
    pub body: String,
    pub previous: String,
    pub hash: String,
}

const COLUMNS: [&str; 13] = [
    "id",
    "at",
    "who",
    "actor_id",
    "door",
    "action",
    "kind",
    "source",
    "record_key",
    "record_key_before",
    "body",
    "previous",
    "hash",
];

pub(super) fn select(engine: Engine) -> String {
    let columns: Vec<String> = COLUMNS
        .iter()
        .map(|column| engine.as_text(column))
        .collect();
    format!("SELECT {} FROM kt_journal", columns.join(", "))
}

pub(super) fn entry(row: &TextRow) -> Result<Entry, StoreError> {
    let text = |at: usize| row.text(at).to_owned();
    Ok(Entry {
        id: row.int(0)?,
        at: row.int(1)?,
        who: text(2),
        actor_id: row.int(3)?,
        door: text(4),
        action: text(5),
        kind: text(6),
        source: text(7),
        key: text(8),
        key_before: text(9),
        body: text(10),
        previous: text(11),
        hash: text(12),
    })
}

/// The entries that a statement of [`select`] answers.
pub(super) async fn entries(db: &Db, sql: &str, args: &[Arg]) -> Result<Vec<Entry>, StoreError> {
    db.fetch(sql, args).await?.iter().map(entry).collect()
}

impl Entry {
    /// The hash that the entry must have: over every field and the hash before, each with its length, so that
    /// no two entries read the same.
    pub fn digest(&self) -> String {
        let mut hasher = Sha256::new();
        let numbers = [
            self.id.to_string(),
            self.at.to_string(),
            self.actor_id.to_string(),
        ];
        let texts = [
            &self.who,
            &self.door,
            &self.action,
            &self.kind,
            &self.source,
            &self.key,
            &self.key_before,
            &self.body,
            &self.previous,
        ];
        for text in numbers.iter().chain(texts) {
            hasher.update((text.len() as u64).to_be_bytes());
            hasher.update(text.as_bytes());
        }
        hex::encode(hasher.finalize())
    }
}

/// Appends an entry within a transaction; number and chain are filled in. Other writers wait until the
/// transaction ends, so entries are in the order in which they became true.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn append(tx: &mut Tx, mut new: Entry) -> Result<i64, StoreError> {
    let (end, keeps) = end(tx).await?;
    let end = end.then(&mut new);
    insert(tx, &[new]).await?;
    keep_end(tx, &end, keeps).await?;
    Ok(end.id)
}

/// The number that the next entry will have; true until the transaction ends, once the journal is locked.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn next(tx: &mut Tx) -> Result<i64, StoreError> {
    Ok(end(tx).await?.0.id + 1)
}

/// What an entry concerns beside its own record: kind and key.
pub type Links = Vec<(String, String)>;

/// Entries in one statement.
const ROWS: usize = 50;

/// Appends many entries within a transaction, as [`append`], with what each concerns beside its own record.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn append_many(tx: &mut Tx, new: Vec<(Entry, Links)>) -> Result<(), StoreError> {
    let (mut end, keeps) = end(tx).await?;
    let mut links = vec![];
    let mut entries = vec![];
    for (mut entry, of) in new {
        end = end.then(&mut entry);
        let id = entry.id;
        links.extend(of.into_iter().map(|(kind, key)| (kind, key, id)));
        entries.push(entry);
    }
    for entries in entries.chunks(ROWS) {
        insert(tx, entries).await?;
    }
    keep_end(tx, &end, keeps).await?;
    for links in links.chunks(ROWS * 4) {
        let places = vec!["(?, ?, ?)"; links.len()].join(", ");
        let sql = format!("INSERT INTO kt_journal_link (kind, record_key, entry) VALUES {places}");
        let args = links
            .iter()
            .flat_map(|(kind, key, id)| args![kind, key, *id]);
        tx.execute(&sql, &args.collect::<Vec<_>>()).await?;
    }
    Ok(())
}

async fn insert(tx: &mut Tx, entries: &[Entry]) -> Result<(), StoreError> {
    let places = format!("({})", vec!["?"; COLUMNS.len()].join(", "));
    let sql = format!(
        "INSERT INTO kt_journal ({}) VALUES {}",
        COLUMNS.join(", "),
        vec![places; entries.len()].join(", ")
    );
    let values = entries.iter().flat_map(|entry| {
        args![
            entry.id,
            entry.at,
            &entry.who,
            entry.actor_id,
            &entry.door,
            &entry.action,
            &entry.kind,
            &entry.source,
            &entry.key,
            &entry.key_before,
            &entry.body,
            &entry.previous,
            &entry.hash,
        ]
    });
    tx.execute(&sql, &values.collect::<Vec<_>>()).await?;
    Ok(())
}

/// The number of the latest entry; 0 when there is none.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn head(db: &Db) -> Result<i64, StoreError> {
    let sql = format!(
        "SELECT {} FROM kt_journal ORDER BY id DESC LIMIT 1",
        db.engine().as_text("id")
    );
    Ok(first_int(&db.fetch(&sql, &[]).await?)?.unwrap_or(0))
}

/// An entry whose number is before that of the first: nobody gave it.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn before_first(db: &Db) -> Result<Option<i64>, StoreError> {
    let id = db.engine().as_text("id");
    let sql = format!("SELECT {id} FROM kt_journal WHERE id < 1 ORDER BY id LIMIT 1");
    first_int(&db.fetch(&sql, &[]).await?)
}

/// Entries after a number, in their order.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn after(db: &Db, id: i64, limit: u32) -> Result<Vec<Entry>, StoreError> {
    let sql = format!(
        "{} WHERE id > ? ORDER BY id LIMIT {limit}",
        select(db.engine())
    );
    entries(db, &sql, &args![id]).await
}

/// One entry.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn find(db: &Db, id: i64) -> Result<Option<Entry>, StoreError> {
    let sql = format!("{} WHERE id = ?", select(db.engine()));
    db.fetch(&sql, &args![id])
        .await?
        .first()
        .map(entry)
        .transpose()
}

/// Notes what an entry concerns beside its own record.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn link(tx: &mut Tx, entry: i64, kind: &str, key: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO kt_journal_link (kind, record_key, entry) VALUES (?, ?, ?)";
    tx.execute(sql, &args![kind, key, entry]).await?;
    Ok(())
}

/// Which record an entry changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    pub id: i64,
    pub action: String,
    pub kind: String,
    pub key: String,
    /// The key before; empty if it did not change.
    pub key_before: String,
}

/// Records that entries after a number changed, in order; entries that only give or take relations are passed over.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn touched(db: &Db, position: i64, limit: u32) -> Result<Vec<Touched>, StoreError> {
    let sql = format!(
        "SELECT {}, action, kind, record_key, record_key_before FROM kt_journal WHERE id > ? AND action <> 'relate' \
         ORDER BY id LIMIT {limit}",
        db.engine().as_text("id")
    );
    let touched = |row: &TextRow| {
        Ok(Touched {
            id: row.int(0)?,
            action: row.text(1).to_owned(),
            kind: row.text(2).to_owned(),
            key: row.text(3).to_owned(),
            key_before: row.text(4).to_owned(),
        })
    };
    db.fetch(&sql, &args![position])
        .await?
        .iter()
        .map(touched)
        .collect()
}

/// Which entries are wanted; all without any of it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    pub kind: Option<&'a str>,
    pub key: Option<&'a str>,
    pub who: Option<&'a str>,
    pub door: Option<&'a str>,
    /// Only entries behind this number.
    pub after: Option<i64>,
    /// Only entries before this number.
    pub before: Option<i64>,
}

/// The latest entries, the last one first.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn latest(db: &Db, wanted: Wanted<'_>, limit: u32) -> Result<Vec<Entry>, StoreError> {
    let mut sql = format!("{} WHERE id < ?", select(db.engine()));
    let mut args = args![wanted.before.unwrap_or(i64::MAX)].to_vec();
    if let Some(after) = wanted.after {
        sql.push_str(" AND id > ?");
        args.push(after.into());
    }
    let texts = [
        ("kind", wanted.kind),
        ("record_key", wanted.key),
        ("who", wanted.who),
        ("door", wanted.door),
    ];
    for (column, text) in texts {
        if let Some(text) = text {
            sql.push_str(&format!(" AND {column} = ?"));
            args.push(text.into());
        }
    }
    sql.push_str(&format!(" ORDER BY id DESC LIMIT {limit}"));
    entries(db, &sql, &args).await
}
