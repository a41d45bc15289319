//! Building an index from the beginning: records come in any order, are sorted by the database, and get
//! their places in one go.

use super::labels::ROOM;
use super::write::{BELONGS, Prepared, Put, base, insert_sql};
use super::{IndexLayout, SearchIndex};
use crate::args;
use crate::db::{Arg, Tx};
use crate::error::StoreError;

/// Rows in one statement: bounded by how many values SQLite takes.
const PORTION: usize = 200;

/// An index being built. Until it is finished, searches find what was there before.
pub struct Builder<'a> {
    index: &'a SearchIndex,
    _writing: tokio::sync::MutexGuard<'a, ()>,
    /// Locked until the builder is gone; the system unlocks it should the process end.
    _building: std::fs::File,
    number: i64,
}

impl SearchIndex {
    /// Begins to build the index anew.
    ///
    /// # Errors
    /// When the file can't be written.
    pub async fn build(&self) -> Result<Builder<'_>, StoreError> {
        let building = self.only_builder().await?;
        let writing = self.writing.lock().await;
        let mut tx = self.db.begin().await?;
        tx.execute("DROP TABLE IF EXISTS stage", &[]).await?;
        tx.execute(
            "CREATE TABLE stage (n INTEGER PRIMARY KEY, source INTEGER, lkey TEXT, okey TEXT, part INTEGER, raw TEXT)",
            &[],
        )
        .await?;
        tx.commit().await?;
        Ok(Builder {
            index: self,
            _writing: writing,
            _building: building,
            number: 0,
        })
    }

    /// Waits until no other process builds this index: two would mix their records.
    async fn only_builder(&self) -> Result<std::fs::File, StoreError> {
        let path = self.building.clone();
        let lock = move || {
            let file = std::fs::File::options()
                .create(true)
                .truncate(false)
                .write(true)
                .open(path)?;
            file.lock()?;
            Ok(file)
        };
        let locked = tokio::task::spawn_blocking(lock).await;
        let locked = locked.unwrap_or_else(|error| Err(std::io::Error::other(error)));
        locked.map_err(|error| StoreError::Unavailable(sqlx::Error::Io(error)))
    }
}

impl Builder<'_> {
    /// Adds records; sources in their order, since the first one that has a key wins (D19).
    ///
    /// # Errors
    /// When the file can't be written.
    pub async fn add(&mut self, puts: &[Put]) -> Result<(), StoreError> {
        let mut tx = self.index.db.begin().await?;
        for portion in puts.chunks(PORTION) {
            let mut args: Vec<Arg> = vec![];
            for put in portion {
                let key = self.index.layout.order_key(&put.record);
                let lkey = kartoteka_model::text::lower(put.record.get(&self.index.layout.key));
                let source = self.index.layout.sources.get(put.source);
                let valid = source.and_then(|source| source.valid_field.as_deref());
                let part = i64::from(valid.is_some_and(|field| put.record.get(field) != "1"));
                let raw = serde_json::to_string(&put.record)
                    .map_err(|error| StoreError::Unreadable(error.to_string()))?;
                self.number += 1;
                args.extend(args![self.number, put.source as i64, lkey, key, part, raw]);
            }
            let places = vec!["(?, ?, ?, ?, ?, ?)"; portion.len()].join(", ");
            tx.execute(&format!("INSERT INTO stage VALUES {places}"), &args)
                .await?;
        }
        tx.commit().await
    }

    /// Puts everything in its place. `progress` hears how many records are done.
    ///
    /// # Errors
    /// When the file can't be written; the index is as it was before then.
    pub async fn finish(
        self,
        position: i64,
        progress: impl Fn(u64) + Send,
    ) -> Result<(), StoreError> {
        let layout = &self.index.layout;
        let mut tx = self.index.db.begin().await?;
        for statement in layout
            .drop_statements()
            .iter()
            .filter(|statement| !statement.ends_with("stage"))
        {
            tx.execute(statement, &[]).await?;
        }
        let (indexes, tables): (Vec<_>, Vec<_>) = layout
            .create_statements()
            .into_iter()
            .partition(|statement| statement.starts_with("CREATE INDEX"));
        for statement in tables {
            tx.execute(&statement, &[]).await?;
        }
        self.drop_hidden(&mut tx).await?;
        for part in [0, 1] {
            self.place_part(&mut tx, part, &progress).await?;
        }
        for statement in indexes {
            tx.execute(&statement, &[]).await?;
        }
        for (name, value) in [("position", position.to_string()), ("built", "1".into())] {
            let sql = "INSERT INTO meta (name, value) VALUES (?, ?) \
                       ON CONFLICT (name) DO UPDATE SET value = excluded.value";
            tx.execute(sql, &args![name, value]).await?;
        }
        tx.execute("DROP TABLE stage", &[]).await?;
        tx.commit().await
    }

    /// Leaves of each key what its first source has, valid or not, wherever the others would stand in the order.
    async fn drop_hidden(&self, tx: &mut Tx) -> Result<(), StoreError> {
        if self.index.layout.sources.len() < 2 {
            return Ok(());
        }
        tx.execute("CREATE INDEX stage_lkey ON stage (lkey, source)", &[])
            .await?;
        tx.execute(
            "DELETE FROM stage WHERE EXISTS (SELECT 1 FROM stage AS earlier \
             WHERE earlier.lkey = stage.lkey AND earlier.source < stage.source)",
            &[],
        )
        .await?;
        Ok(())
    }

    async fn place_part(
        &self,
        tx: &mut Tx,
        part: i64,
        progress: &impl Fn(u64),
    ) -> Result<(), StoreError> {
        // Rows are numbered in their order first; then read in portions by that number.
        tx.execute("DROP TABLE IF EXISTS temp.placed", &[]).await?;
        tx.execute(
            "CREATE TEMP TABLE placed (at INTEGER PRIMARY KEY, n INTEGER NOT NULL)",
            &[],
        )
        .await?;
        tx.execute(
            "INSERT INTO placed (n) SELECT n FROM stage WHERE part = ? ORDER BY okey, lkey, source",
            &args![part],
        )
        .await?;
        let mut after = 0_i64;
        let mut done = 0_u64;
        loop {
            let rows = tx
                .fetch(
                    "SELECT CAST(p.at AS TEXT), CAST(s.source AS TEXT), s.raw FROM placed p JOIN stage s ON s.n = p.n \
                     WHERE p.at > ? AND NOT EXISTS (SELECT 1 FROM doc d WHERE d.lkey = s.lkey) \
                     ORDER BY p.at LIMIT 500",
                    &args![after],
                )
                .await?;
            let Some(last) = rows.last() else { break };
            let next = last.int(0).unwrap_or(i64::MAX);
            let mut puts = vec![];
            for row in &rows {
                let record = serde_json::from_str(row.text(2))
                    .map_err(|error| StoreError::Unreadable(error.to_string()))?;
                let put = Put {
                    source: row.int(1).unwrap_or(0) as usize,
                    record,
                };
                puts.push((row.int(0).unwrap_or(0), put));
            }
            done += self.insert(tx, &self.index.layout, part, puts).await?;
            progress(done);
            after = next;
        }
        tx.execute(
            "UPDATE counts SET n = ? WHERE part = ?",
            &args![done as i64, part],
        )
        .await?;
        tx.execute("DROP TABLE temp.placed", &[]).await?;
        Ok(())
    }

    async fn insert(
        &self,
        tx: &mut Tx,
        layout: &IndexLayout,
        part: i64,
        puts: Vec<(i64, Put)>,
    ) -> Result<u64, StoreError> {
        let mut seen = std::collections::HashSet::new();
        let mut rows: Vec<(i64, Prepared)> = vec![];
        for (at, put) in puts {
            let prepared = Prepared::new(layout, &put)?;
            if seen.insert(prepared.lkey.clone()) {
                rows.push((base(part) + super::labels::FIRST / 4 + at * ROOM, prepared));
            }
        }
        let count = rows.len() as u64;
        for (table, free) in [("free", true), ("rest", false)] {
            for portion in rows.chunks(PORTION) {
                let places = vec!["(?, ?)"; portion.len()].join(", ");
                let mut args = vec![];
                for (id, row) in portion {
                    args.extend(args![*id, if free { &row.free } else { &row.rest }]);
                }
                tx.execute(
                    &format!("INSERT INTO {table} (rowid, t) VALUES {places}"),
                    &args,
                )
                .await?;
            }
        }
        for (id, row) in &rows {
            for ckey in &row.belongs {
                tx.execute(BELONGS, &args![ckey, *id]).await?;
            }
        }
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let portion: Vec<_> = rows.by_ref().take(PORTION).collect();
            let sql = insert_sql(layout, "doc", portion.len());
            let args: Vec<Arg> = portion
                .into_iter()
                .flat_map(|(id, row)| row.row(id))
                .collect();
            tx.execute(&sql, &args).await?;
        }
        Ok(count)
    }
}
