//! Records on their way into an index: kept in a file of their own until all are there, then read in their order.

use std::path::{Path, PathBuf};

use super::labels::ROOM;
use super::write::raw_of;
use super::{IndexLayout, Put};
use crate::args;
use crate::db::{Arg, Db};
use crate::error::StoreError;
use crate::values::counted;

/// Rows in one statement: bounded by how many values SQLite takes.
const ROWS: usize = 400;

/// Values of a row.
const VALUES: usize = 6;

/// Rows read at a time.
const PORTION: usize = 400;

/// The file, gone when this is.
pub(super) struct Stage {
    db: Db,
    path: PathBuf,
    number: i64,
}

/// A record at its place.
pub(super) struct Staged {
    /// How far from the first place of its part.
    pub place: i64,
    pub source: usize,
    pub id: Option<i64>,
    pub raw: String,
}

impl Drop for Stage {
    fn drop(&mut self) {
        // The one that is not removed here is removed before the next.
        let _ = std::fs::remove_file(&self.path);
    }
}

impl Stage {
    pub(super) async fn open(path: &Path) -> Result<Self, StoreError> {
        let _ = std::fs::remove_file(path);
        let db = Db::open_scratch(path).await?;
        db.execute(
            "CREATE TABLE stage (n INTEGER PRIMARY KEY, source INTEGER, part INTEGER, lkey TEXT, okey TEXT, number INTEGER, raw TEXT)",
            &[],
        )
        .await?;
        Ok(Self {
            db,
            path: path.to_path_buf(),
            number: 0,
        })
    }

    /// The values of rows, to be made away from the thread that writes them.
    pub(super) fn values(layout: &IndexLayout, puts: &[Put]) -> Result<Vec<Vec<Arg>>, StoreError> {
        let mut portions = vec![];
        for portion in puts.chunks(ROWS) {
            let mut args = Vec::with_capacity(portion.len() * VALUES);
            for Put { source, record, id } in portion {
                let raw = raw_of(record)?;
                args.extend(args![
                    *source as i64,
                    layout.part(*source, record),
                    kartoteka_model::text::lower(record.get(&layout.key)),
                    layout.order_key(record),
                    *id,
                    raw
                ]);
            }
            portions.push(args);
        }
        Ok(portions)
    }

    pub(super) async fn add(&mut self, portions: Vec<Vec<Arg>>) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        for args in portions {
            let rows = args.len() / VALUES;
            let places = vec!["(?, ?, ?, ?, ?, ?)"; rows].join(", ");
            tx.execute_owned(
                &format!(
                    "INSERT INTO stage (source, part, lkey, okey, number, raw) VALUES {places}"
                ),
                args,
            )
            .await?;
            self.number += rows as i64;
        }
        tx.commit().await
    }

    /// Leaves one record for each key, the one that came first, and puts them in order; how many each part has.
    pub(super) async fn order(&self) -> Result<[i64; 2], StoreError> {
        let mut tx = self.db.begin().await?;
        for sql in [
            "CREATE INDEX stage_lkey ON stage (lkey)",
            "DELETE FROM stage WHERE n IN (SELECT s.n FROM (SELECT lkey, min(n) AS first FROM stage GROUP BY lkey \
             HAVING count(*) > 1) twice JOIN stage s ON s.lkey = twice.lkey AND s.n > twice.first)",
            "CREATE TABLE placed (at INTEGER PRIMARY KEY, n INTEGER NOT NULL)",
            "INSERT INTO placed (n) SELECT n FROM stage ORDER BY part, okey, lkey",
        ] {
            tx.execute(sql, &[]).await?;
        }
        let rows = tx
            .fetch(
                "SELECT CAST(count(*) AS TEXT), CAST(sum(part) AS TEXT) FROM stage",
                &[],
            )
            .await?;
        tx.commit().await?;
        let all = counted(&rows)? as i64;
        // The sum of nothing is nothing.
        let invalid = match rows.first() {
            Some(row) => row.maybe_int(1)?.unwrap_or(0),
            None => 0,
        };
        Ok([all - invalid, invalid])
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

    pub(super) async fn close(self) {
        self.db.close().await;
    }
}
