//! Records on their way into an index: kept in a file of their own until all are there, then read in their order.

use std::path::{Path, PathBuf};

use super::folder::drop_file;
use super::labels::ROOM;
use super::{IndexLayout, Upsert};
use kartoteka_store::StoreError;
use kartoteka_store::args;
use kartoteka_store::db::{Arg, Db, Tx};
use kartoteka_store::values::{counted, first_int};

/// Rows in one statement: bounded by how many values SQLite takes.
const ROWS: usize = 400;

/// Values of a row.
const VALUES: usize = 7;

/// Rows read at a time.
const PORTION: usize = 400;

/// Rows in one transaction: what has to be read again when the program ends.
const KEPT: i64 = 20_000;

/// The file. It stays until it is removed.
pub(super) struct Stage {
    db: Db,
    path: PathBuf,
    /// The number of the last row.
    number: i64,
    /// What was noted with it.
    note: Option<String>,
    /// Rows that are not kept yet.
    open: Option<Open>,
}

struct Open {
    tx: Tx,
    rows: i64,
}

/// A record at its place.
pub(super) struct Staged {
    /// How far from the first place of its part.
    pub place: i64,
    pub source: usize,
    pub id: Option<i64>,
    pub raw: String,
}

impl Stage {
    /// Opens what was read before, or an empty one; what can't be read is read anew.
    pub(super) async fn open(path: &Path) -> Result<Self, StoreError> {
        match Self::open_file(path).await {
            Err(StoreError::Database(_) | StoreError::Unreadable(_)) => {
                drop_file(path)?;
                Self::open_file(path).await
            }
            opened => opened,
        }
    }

    async fn open_file(path: &Path) -> Result<Self, StoreError> {
        let db = Db::open_making(path).await?;
        for sql in [
            "CREATE TABLE IF NOT EXISTS stage (n INTEGER PRIMARY KEY, source INTEGER, part INTEGER, lkey TEXT, key TEXT, \
             okey TEXT, number INTEGER, raw TEXT)",
            "CREATE TABLE IF NOT EXISTS shadowed (lkey TEXT, source INTEGER, PRIMARY KEY (lkey, source)) WITHOUT ROWID",
            "CREATE TABLE IF NOT EXISTS noted (name TEXT PRIMARY KEY, value TEXT)",
        ] {
            db.execute(sql, &[]).await?;
        }
        let last = db
            .fetch(
                "SELECT CAST(n AS TEXT) FROM stage ORDER BY n DESC LIMIT 1",
                &[],
            )
            .await?;
        let note = db
            .fetch("SELECT value FROM noted WHERE name = 'note'", &[])
            .await?;
        Ok(Self {
            number: first_int(&last)?.unwrap_or(0),
            note: note.first().map(|row| row.text(0).to_owned()),
            db,
            path: path.to_path_buf(),
            open: None,
        })
    }

    pub(super) fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    pub(super) fn number(&self) -> i64 {
        self.number
    }

    /// Makes it empty.
    pub(super) async fn restart(&mut self) -> Result<(), StoreError> {
        self.open = None;
        self.db.close().await;
        drop_file(&self.path)?;
        *self = Self::open_file(&self.path).await?;
        Ok(())
    }

    pub(super) async fn remove(self) -> Result<(), StoreError> {
        drop(self.open);
        self.db.close().await;
        drop_file(&self.path)
    }

    /// The values of rows, to be made away from the thread that writes them.
    pub(super) fn values(
        layout: &IndexLayout,
        upserts: &[Upsert],
    ) -> Result<Vec<Vec<Arg>>, StoreError> {
        let mut portions = vec![];
        for portion in upserts.chunks(ROWS) {
            let mut args = Vec::with_capacity(portion.len() * VALUES);
            for Upsert { source, record, id } in portion {
                let key = record.get(&layout.key);
                let raw = layout.raw_of(record)?;
                args.extend(args![
                    *source as i64,
                    layout.part(*source, record),
                    kartoteka_model::text::lower(key),
                    key,
                    layout.order_key(record),
                    *id,
                    raw
                ]);
            }
            portions.push(args);
        }
        Ok(portions)
    }

    pub(super) async fn add(
        &mut self,
        portions: Vec<Vec<Arg>>,
        note: String,
    ) -> Result<(), StoreError> {
        let mut open = match self.open.take() {
            Some(open) => open,
            None => Open {
                tx: self.db.begin().await?,
                rows: 0,
            },
        };
        for args in portions {
            let rows = args.len() / VALUES;
            let places = vec!["(?, ?, ?, ?, ?, ?, ?)"; rows].join(", ");
            let sql = format!(
                "INSERT INTO stage (source, part, lkey, key, okey, number, raw) VALUES {places}"
            );
            open.tx.execute_owned(&sql, args).await?;
            open.rows += rows as i64;
            self.number += rows as i64;
        }
        let sql = "INSERT OR REPLACE INTO noted (name, value) VALUES ('note', ?)";
        open.tx.execute(sql, &args![&note]).await?;
        self.note = Some(note);
        let full = open.rows >= KEPT;
        self.open = Some(open);
        match full {
            true => self.keep().await,
            false => Ok(()),
        }
    }

    /// Keeps what was added.
    async fn keep(&mut self) -> Result<(), StoreError> {
        match self.open.take() {
            Some(open) => open.tx.commit().await,
            None => Ok(()),
        }
    }

    /// Leaves those records of each key that came from the first source that has it, each once, and puts them in order;
    /// how many each part has.
    pub(super) async fn order(&mut self) -> Result<[i64; 2], StoreError> {
        self.keep().await?;
        let sql = "SELECT value FROM noted WHERE name = 'ordered'";
        if first_int(&self.db.fetch(sql, &[]).await?)? != Some(self.number) {
            self.order_anew().await?;
        }
        let rows = self
            .db
            .fetch(
                "SELECT CAST(count(*) AS TEXT), CAST(sum(part) AS TEXT) FROM stage",
                &[],
            )
            .await?;
        let all = counted(&rows)? as i64;
        // The sum of nothing is nothing.
        let invalid = match rows.first() {
            Some(row) => row.maybe_int(1)?.unwrap_or(0),
            None => 0,
        };
        Ok([all - invalid, invalid])
    }

    async fn order_anew(&self) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        for sql in [
            // A row without a key is nobody.
            "DELETE FROM stage WHERE lkey = ''",
            "CREATE INDEX IF NOT EXISTS stage_lkey ON stage (lkey)",
            "CREATE TEMP TABLE several AS SELECT lkey, min(source) AS first FROM stage GROUP BY lkey HAVING count(*) > 1",
            "INSERT OR IGNORE INTO shadowed SELECT DISTINCT s.lkey, s.source FROM several CROSS JOIN stage s \
             ON s.lkey = several.lkey AND s.source > several.first \
             LIMIT (SELECT max(0, 10000 - count(*)) FROM shadowed)",
            "DELETE FROM stage WHERE n IN (SELECT s.n FROM several CROSS JOIN stage s ON s.lkey = several.lkey \
             AND s.source > several.first)",
            "DELETE FROM stage WHERE n IN (SELECT s.n FROM several CROSS JOIN stage s ON s.lkey = several.lkey \
             WHERE EXISTS (SELECT 1 FROM stage o WHERE o.lkey = s.lkey AND o.key = s.key AND o.n < s.n))",
            "DROP TABLE several",
            "DROP TABLE IF EXISTS placed",
            "CREATE TABLE placed (at INTEGER PRIMARY KEY, n INTEGER NOT NULL)",
            "INSERT INTO placed (n) SELECT n FROM stage ORDER BY part, okey, lkey, key",
            // What is added next would be sorted into it row by row.
            "DROP INDEX stage_lkey",
        ] {
            tx.execute(sql, &[]).await?;
        }
        let sql = "INSERT OR REPLACE INTO noted (name, value) VALUES ('ordered', ?)";
        tx.execute(sql, &args![self.number.to_string()]).await?;
        tx.commit().await
    }

    /// Keys that sources had for which one before them speaks, with the numbers of these sources.
    pub(super) async fn shadowed(&self) -> Result<Vec<(String, i64)>, StoreError> {
        super::shadowed::staged(&self.db).await
    }

    /// The records that follow a place, and the place of the last of them.
    pub(super) async fn after(&self, place: i64) -> Result<Vec<(i64, Staged)>, StoreError> {
        let rows = self
            .db
            .fetch(
                &format!(
                    "SELECT CAST(p.at AS TEXT), CAST(s.source AS TEXT), CAST(s.number AS TEXT), s.raw FROM placed p JOIN stage s ON s.n = p.n \
                     WHERE p.at > ? ORDER BY p.at LIMIT {PORTION}"
                ),
                &args![place],
            )
            .await?;
        let mut staged = Vec::with_capacity(rows.len());
        for mut row in rows {
            let (at, source) = (row.int(0)?, row.int(1)? as usize);
            let id = row.maybe_int(2)?;
            let raw = row.0.pop().flatten().unwrap_or_default();
            let place = at * ROOM;
            staged.push((
                at,
                Staged {
                    place,
                    source,
                    id,
                    raw,
                },
            ));
        }
        Ok(staged)
    }
}
