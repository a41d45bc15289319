//! Where records stand in the order of the index: between their neighbours, which are moved apart where there is no room.

use std::collections::BTreeMap;

use super::SearchIndex;
use super::labels::{ROOM, between};
use super::layout::INVALID_FROM;
use super::write::{Prepared, Upsert, base, take_out_rows};
use kartoteka_store::StoreError;
use kartoteka_store::args;
use kartoteka_store::db::Tx;
use kartoteka_store::values::first_int;

impl SearchIndex {
    /// A number for a row, between those of its neighbours.
    pub(super) async fn place(&self, tx: &mut Tx, row: &Prepared) -> Result<i64, StoreError> {
        for _ in 0..2 {
            let (before, after) = self.neighbours(tx, row).await?;
            if let Some(id) = between(before, after, base(row.part)) {
                return Ok(id);
            }
            self.make_room(tx, row.part, before).await?;
        }
        Err(StoreError::Unreadable(
            "no room in the order of the search index".into(),
        ))
    }

    async fn neighbours(
        &self,
        tx: &mut Tx,
        row: &Prepared,
    ) -> Result<(Option<i64>, Option<i64>), StoreError> {
        let mut found = vec![];
        // After those that are the same but for case.
        for (compare, direction) in [("<=", "DESC"), (">", "ASC")] {
            let sql = format!(
                "SELECT CAST(id AS TEXT) FROM doc WHERE part = ? AND (okey, lkey) {compare} (?, ?) \
                 ORDER BY okey {direction}, lkey {direction}, id {direction} LIMIT 1"
            );
            let rows = tx
                .fetch(&sql, &args![row.part, &row.okey, &row.lkey])
                .await?;
            found.push(first_int(&rows)?);
        }
        Ok((found[0], found[1]))
    }

    /// Moves the rows that follow a place apart, as many as it takes.
    async fn make_room(
        &self,
        tx: &mut Tx,
        part: i64,
        before: Option<i64>,
    ) -> Result<(), StoreError> {
        let start = before.unwrap_or(base(part));
        let end = base(part) + INVALID_FROM;
        for window in [16_i64, 256, 4096, 65_536, 1_048_576] {
            let sql = format!(
                "SELECT CAST(id AS TEXT) FROM doc WHERE id > ? AND id < ? ORDER BY id LIMIT {}",
                window + 1
            );
            let rows = tx.fetch(&sql, &args![start, end]).await?;
            let ids: Result<Vec<i64>, _> = rows.iter().map(|row| row.int(0)).collect();
            let mut ids = ids?;
            // Without a row behind the window there is as much room as one likes.
            let limit = if ids.len() as i64 > window {
                ids.pop()
            } else {
                None
            };
            let count = ids.len() as i64;
            let step = limit.map_or(ROOM, |limit| (limit - start) / (count + 2));
            if step < ROOM / 4 && limit.is_some() {
                continue;
            }
            let moves: Vec<(i64, i64)> = ids
                .iter()
                .enumerate()
                .map(|(at, id)| (*id, start + step * (at as i64 + 2)))
                .collect();
            return self.renumber(tx, &moves).await;
        }
        Ok(())
    }

    async fn renumber(&self, tx: &mut Tx, moves: &[(i64, i64)]) -> Result<(), StoreError> {
        let to: BTreeMap<i64, i64> = moves.iter().copied().collect();
        let ids: Vec<i64> = to.keys().copied().collect();
        let sql = "SELECT CAST(id AS TEXT), CAST(source AS TEXT), raw, CAST(number AS TEXT) FROM doc \
                   WHERE id IN (SELECT value FROM json_each(?))";
        let ids = serde_json::Value::from(ids).to_string();
        let mut rows = vec![];
        let mut gone = vec![];
        for row in tx.fetch(sql, &args![ids]).await? {
            let from = row.int(0)?;
            let Some(to) = to.get(&from).copied() else {
                continue;
            };
            let raw = row.text(2).to_owned();
            let record = self.layout.record_of(&raw)?;
            let source = row.int(1)? as usize;
            let upsert = Upsert {
                source,
                record,
                id: row.maybe_int(3)?,
            };
            let row = Prepared::new(&self.layout, &upsert, raw);
            gone.push((from, row.part));
            rows.push((to, row));
        }
        take_out_rows(tx, &gone).await?;
        self.insert(tx, rows).await
    }
}
