//! Building an index from the beginning: records come in any order, are sorted by the database, and get
//! their places in one go. Texts are prepared on one thread while another writes.

use std::sync::Arc;

use futures::{SinkExt, StreamExt};

use super::labels::FIRST;
use super::layout::FULL_TEXT;
use super::seen::take_turn;
use super::stage::{Stage, Staged};
use super::write::{BELONGS, Prepared, Put, base, insert_sql};
use super::{IndexLayout, SearchIndex};
use crate::args;
use crate::db::{Arg, Tx};
use crate::error::StoreError;

/// Rows handed to SQLite at a time.
const PORTION: usize = 200;

/// What a full-text table gathers in memory before it writes, in bytes: at least, and at most. The more, the less has
/// to be merged.
const GATHERED_FIRST: i64 = 16 << 10;
const GATHERED: i64 = 4 << 20;

/// So many records are written first, in small segments, two of which make one of the next level each time. That gives
/// a dozen levels, and the one segment of a new index stands above them all: it is merged with what saves make
/// only when these are [`MERGED`] to the power of the levels. At a level or two a few hundred saves were enough, and one
/// of them waited ten seconds for the whole index to be written again.
pub(super) const DEEPENING: usize = 20_000;

/// Segments of one level that are merged before the end, when there are many.
const GATHERED_SEGMENTS: i64 = 1000;

/// Segments of a level that become one of the next. Each search looks into every segment, and each merge writes all
/// of its segments again.
const MERGED: i64 = 4;

/// An index being built. Until it is finished, searches find what was there before.
pub struct Builder<'a> {
    index: &'a SearchIndex,
    _writing: tokio::sync::MutexGuard<'a, ()>,
    /// Locked until the builder is gone; the system unlocks it should the process end.
    _building: std::fs::File,
    stage: Stage,
    facts: Vec<(String, String)>,
}

/// Rows ready to be written.
struct Batch {
    rows: usize,
    free: Vec<Arg>,
    rest: Vec<Arg>,
    docs: Vec<Arg>,
    /// Further customers, which few records name.
    belongs: Vec<[Arg; 2]>,
}

impl SearchIndex {
    /// Begins to build the index anew.
    ///
    /// # Errors
    /// When the file can't be written.
    pub async fn build(&self) -> Result<Builder<'_>, StoreError> {
        let building = self.only_builder().await?;
        let writing = self.writing.lock().await;
        Ok(Builder {
            index: self,
            _writing: writing,
            _building: building,
            stage: Stage::open(&self.path.with_extension("index.stage")).await?,
            facts: vec![],
        })
    }

    /// Waits until no other process builds this index: two would mix their records. The terminal and the server
    /// share the file.
    async fn only_builder(&self) -> Result<std::fs::File, StoreError> {
        let path = self.path.with_extension("index.lock");
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

/// Runs what takes the processor's time away from the threads that answer requests.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| {
        Err(StoreError::Unavailable(sqlx::Error::Io(
            std::io::Error::other(error),
        )))
    })
}

impl Builder<'_> {
    /// Sets a fact about the index as soon as it is finished.
    pub fn note(&mut self, name: String, value: String) {
        self.facts.push((name, value));
    }

    /// Adds records; sources in their order, since the first one that has a key wins (D19).
    ///
    /// # Errors
    /// When the file can't be written.
    pub async fn add(&mut self, puts: Vec<Put>) -> Result<(), StoreError> {
        let layout = Arc::clone(&self.index.layout);
        let portions = aside(move || Stage::values(&layout, &puts)).await?;
        self.stage.add(portions).await
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
        let counts = self.stage.order().await?;
        let layout = &self.index.layout;
        let mut tx = self.index.db.begin().await?;
        for statement in layout.drop_statements() {
            tx.execute(&statement, &[]).await?;
        }
        let (indexes, tables): (Vec<_>, Vec<_>) = layout
            .create_statements()
            .into_iter()
            .partition(|statement| statement.contains(" INDEX "));
        for statement in tables {
            tx.execute(&statement, &[]).await?;
        }
        for table in FULL_TEXT {
            gather(&mut tx, table, GATHERED_FIRST, 2).await?;
        }
        self.place(&mut tx, &progress).await?;
        for table in FULL_TEXT {
            optimize(&mut tx, table).await?;
            gather(&mut tx, table, 1 << 20, MERGED).await?;
        }
        for statement in indexes {
            tx.execute(&statement, &[]).await?;
        }
        for (part, count) in counts.into_iter().enumerate() {
            let sql = "UPDATE counts SET n = ? WHERE part = ?";
            tx.execute(sql, &args![count, part as i64]).await?;
        }
        let facts = self.facts.iter();
        let facts = facts.map(|(name, value)| (name.as_str(), value.clone()));
        for (name, value) in
            facts.chain([("position", position.to_string()), ("built", "1".into())])
        {
            let sql = "INSERT INTO meta (name, value) VALUES (?, ?) \
                       ON CONFLICT (name) DO UPDATE SET value = excluded.value";
            tx.execute(sql, &args![name, value]).await?;
        }
        take_turn(&mut tx).await?;
        tx.commit().await?;
        self.stage.close().await;
        Ok(())
    }

    /// Reads the stage in its order on one connection, prepares on a thread, and writes on another connection.
    async fn place(&self, tx: &mut Tx, progress: &impl Fn(u64)) -> Result<(), StoreError> {
        let (mut ready, mut batches) = futures::channel::mpsc::channel::<Batch>(1);
        let reading = async move {
            let mut place = 0;
            loop {
                let staged = self.stage.after(place).await?;
                let Some((last, _)) = staged.last() else {
                    return Ok(());
                };
                place = *last;
                let layout = Arc::clone(&self.index.layout);
                for batch in aside(move || prepare(&layout, staged)).await? {
                    if ready.send(batch).await.is_err() {
                        return Ok(());
                    }
                }
            }
        };
        let writing = async {
            let mut done = 0;
            while let Some(batch) = batches.next().await {
                let before = done;
                done += batch.rows;
                self.write(tx, batch).await?;
                if before < DEEPENING && done >= DEEPENING {
                    for table in FULL_TEXT {
                        deepen(tx, table).await?;
                    }
                }
                progress(done as u64);
            }
            Ok(())
        };
        futures::try_join!(reading, writing).map(|_| ())
    }

    /// Statements of one row each: before one of many rows, SQLite lets the full-text tables write what they have
    /// gathered, so that it can be undone by itself.
    async fn write(&self, tx: &mut Tx, batch: Batch) -> Result<(), StoreError> {
        for (table, args) in [("free", batch.free), ("rest", batch.rest)] {
            let sql = format!("INSERT INTO {table} (rowid, t) VALUES (?, ?);");
            tx.execute_owned(&sql.repeat(batch.rows), args).await?;
        }
        let sql = format!("{};", insert_sql(&self.index.layout));
        tx.execute_owned(&sql.repeat(batch.rows), batch.docs)
            .await?;
        for args in batch.belongs {
            tx.execute(BELONGS, &args).await?;
        }
        Ok(())
    }
}

fn prepare(layout: &IndexLayout, staged: Vec<(i64, Staged)>) -> Result<Vec<Batch>, StoreError> {
    let mut batches = vec![];
    let mut staged = staged.into_iter().peekable();
    while staged.peek().is_some() {
        let mut batch = Batch {
            rows: 0,
            free: Vec::with_capacity(PORTION * 2),
            rest: Vec::with_capacity(PORTION * 2),
            docs: Vec::with_capacity(PORTION * (10 + 2 * layout.fields.len())),
            belongs: vec![],
        };
        for (_, staged) in staged.by_ref().take(PORTION) {
            let Staged {
                place,
                source,
                id,
                raw,
            } = staged;
            let record = serde_json::from_str(&raw)
                .map_err(|error| StoreError::Unreadable(error.to_string()))?;
            let put = Put { source, record, id };
            let mut row = Prepared::new(layout, &put, raw);
            let id = base(row.part) + FIRST + place;
            batch.free.extend(args![id, std::mem::take(&mut row.free)]);
            batch.rest.extend(args![id, std::mem::take(&mut row.rest)]);
            let belongs = std::mem::take(&mut row.belongs);
            batch
                .belongs
                .extend(belongs.into_iter().map(|ckey| args![ckey, id]));
            batch.docs.extend(row.row(id));
            batch.rows += 1;
        }
        batches.push(batch);
    }
    Ok(batches)
}

/// Makes what is there one segment, which stands above all levels that there were: unless all of it was on one level,
/// above which it then comes to stand.
async fn optimize(tx: &mut Tx, table: &str) -> Result<(), StoreError> {
    let sql = format!("INSERT INTO {table} ({table}) VALUES ('optimize')");
    tx.execute(&sql, &[]).await?;
    Ok(())
}

/// Ends the small segments. What they made is one segment at the top, and what is gathered from here on is less than
/// it: SQLite would move it down to a later segment that is larger, and with everything on one level the finished index
/// would stand right above the saves.
async fn deepen(tx: &mut Tx, table: &str) -> Result<(), StoreError> {
    optimize(tx, table).await?;
    let sql = format!("SELECT CAST(sum(length(block)) AS TEXT) FROM {table}_data");
    let size = tx.fetch(&sql, &[]).await?;
    let size = match size.first() {
        // The size of nothing is nothing.
        Some(row) => row.maybe_int(0)?.unwrap_or(0),
        None => 0,
    };
    let bytes = (size / 2).clamp(GATHERED_FIRST, GATHERED);
    gather(tx, table, bytes, GATHERED_SEGMENTS).await
}

/// How a full-text table gathers what is written: bytes in memory, and segments of a level that are merged to one of the
/// next level. SQLite's own merging beside that is off: it begins with the largest segments.
async fn gather(tx: &mut Tx, table: &str, bytes: i64, segments: i64) -> Result<(), StoreError> {
    for (name, value) in [
        ("hashsize", bytes),
        ("automerge", 0),
        ("crisismerge", segments),
    ] {
        let sql = format!("INSERT INTO {table} ({table}, rank) VALUES ('{name}', ?)");
        tx.execute(&sql, &args![value]).await?;
    }
    Ok(())
}
