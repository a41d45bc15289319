//! Building an index from the beginning: records come in any order, are sorted by the database, and get
//! their places in one go. Texts are prepared on one thread while another writes.

use std::path::PathBuf;
use std::sync::Arc;

use futures::{SinkExt, StreamExt};
use kartoteka_boxed::boxed;

use super::folder::{IndexFiles, MAKING, aside, drop_file, into_use};
use super::labels::{FIRST, ROOM};
use super::layout::{FULL_TEXT, INVALID_FROM};
use super::seen::take_turn;
use super::stage::{Stage, Staged};
use super::write::{BELONGS, Prepared, Upsert, base, insert_sql};
use super::{IndexLayout, SearchIndex};
use kartoteka_store::StoreError;
use kartoteka_store::args;
use kartoteka_store::db::{Arg, Db, Tx};
use kartoteka_store::values::first_int;

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

/// Records written in one transaction: what is lost when the program ends, and what the file's journal may hold.
const KEPT: usize = DEEPENING;

/// Pages of a full-text table that are merged in one transaction.
const MERGING: i64 = 4000;

/// An index that is made from the beginning, in a file beside the one that answers. What was read and written stays when
/// the program ends, and whoever makes the index next goes on with it.
pub struct Builder {
    files: IndexFiles,
    /// Locked until the builder is gone.
    _making: std::fs::File,
    stage: Stage,
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

impl IndexFiles {
    /// Begins to make the index anew, or goes on where somebody stopped. Waits for another process that does so.
    ///
    /// # Errors
    /// When the folder can't be written.
    #[boxed]
    pub async fn build(&self) -> Result<Builder, StoreError> {
        let making = self.lock(MAKING).await?;
        let stage = Stage::open(&self.beside("stage")).await?;
        let builder = Builder {
            files: self.clone(),
            _making: making,
            stage,
        };
        if builder.stage.note().is_none() {
            builder.drop_made()?;
        }
        Ok(builder)
    }
}

impl Builder {
    /// What was noted with the last records that were read before; nothing at the beginning.
    pub fn note(&self) -> Option<&str> {
        self.stage.note()
    }

    /// How many records were read.
    pub fn read(&self) -> u64 {
        self.stage.number() as u64
    }

    /// Forgets what was read.
    ///
    /// # Errors
    /// When a file can't be removed or written.
    #[boxed]
    pub async fn restart(&mut self) -> Result<(), StoreError> {
        self.drop_made()?;
        self.stage.restart().await
    }

    /// Adds records; sources in their order, since the first one that has a key wins (D19). The note is kept with them.
    ///
    /// # Errors
    /// When the file can't be written.
    #[boxed]
    pub async fn add(&mut self, upserts: Vec<Upsert>, note: String) -> Result<(), StoreError> {
        let layout = Arc::clone(&self.files.layout);
        let portions = aside(move || Stage::values(&layout, &upserts)).await?;
        self.stage.add(portions, note).await
    }

    /// Makes a file of everything that was read, with these facts about it. It answers from now on for whoever opens the
    /// index, and for others when [`IndexFiles::replace`] sends them there.
    ///
    /// # Errors
    /// When a file can't be written; what was written stays for the next try.
    #[boxed]
    pub async fn make(&mut self, facts: &[(String, String)]) -> Result<SearchIndex, StoreError> {
        let counts = self.stage.order().await?;
        let db = self.begin().await?;
        self.place(&db).await?;
        for table in FULL_TEXT {
            merge(&db, table).await?;
            let mut tx = db.begin().await?;
            gather(&mut tx, table, 1 << 20, MERGED).await?;
            tx.commit().await?;
        }
        let (indexes, _) = self.statements();
        for statement in indexes {
            db.execute(&statement, &[]).await?;
        }
        let mut tx = db.begin().await?;
        for (part, count) in counts.into_iter().enumerate() {
            let sql = "UPDATE counts SET n = ? WHERE part = ?";
            tx.execute(sql, &args![count, part as i64]).await?;
        }
        for (name, value) in facts {
            let sql = "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)";
            tx.execute(sql, &args![name, value]).await?;
        }
        super::shadowed::take_over(self.stage.shadowed().await?, &mut tx).await?;
        take_turn(&mut tx).await?;
        tx.commit().await?;
        into_use(db).await?;
        self.files.name(&self.made()).await
    }

    /// Ends the making: the next one reads everything anew.
    ///
    /// # Errors
    /// When a file can't be removed.
    #[boxed]
    pub async fn finish(self) -> Result<(), StoreError> {
        self.drop_made()?;
        self.stage.remove().await
    }

    fn made(&self) -> PathBuf {
        self.files.beside("made")
    }

    fn drop_made(&self) -> Result<(), StoreError> {
        drop_file(&self.made())
    }

    /// The statements that make indexes, and those that make tables.
    fn statements(&self) -> (Vec<String>, Vec<String>) {
        let statements = self.files.layout.create_statements().into_iter();
        statements.partition(|statement| statement.contains(" INDEX "))
    }

    /// Opens the file that is made, if it was begun with what is ordered now; or begins one.
    async fn begin(&self) -> Result<Db, StoreError> {
        let of = self.stage.number().to_string();
        if self.made().exists() {
            let db = Db::open_making(&self.made()).await?;
            let sql = "SELECT value FROM meta WHERE name = 'of'";
            let begun = db.fetch(sql, &[]).await;
            if begun.is_ok_and(|rows| rows.first().is_some_and(|row| row.text(0) == of)) {
                return Ok(db);
            }
            db.close().await;
            self.drop_made()?;
        }
        let db = Db::open_making(&self.made()).await?;
        let mut tx = db.begin().await?;
        for statement in self.statements().1 {
            tx.execute(&statement, &[]).await?;
        }
        for (name, value) in [("layout", self.files.layout.fingerprint()), ("of", of)] {
            let sql = "INSERT INTO meta (name, value) VALUES (?, ?)";
            tx.execute(sql, &args![name, value]).await?;
        }
        for table in FULL_TEXT {
            gather(&mut tx, table, GATHERED_FIRST, 2).await?;
        }
        tx.commit().await?;
        Ok(db)
    }

    /// Reads the stage in its order on one connection, prepares on a thread, and writes on another connection.
    async fn place(&self, db: &Db) -> Result<(), StoreError> {
        let before = placed(db).await?;
        let (mut ready, mut batches) = futures::channel::mpsc::channel::<Batch>(1);
        let reading = async move {
            let mut place = before;
            loop {
                let staged = self.stage.after(place).await?;
                let Some((last, _)) = staged.last() else {
                    return Ok(());
                };
                place = *last;
                let layout = Arc::clone(&self.files.layout);
                for batch in aside(move || prepare(&layout, staged)).await? {
                    if ready.send(batch).await.is_err() {
                        return Ok(());
                    }
                }
            }
        };
        let writing = async {
            let mut done = before as usize;
            let mut tx = db.begin().await?;
            while let Some(batch) = batches.next().await {
                let before = done;
                done += batch.rows;
                self.write(&mut tx, batch).await?;
                if before / KEPT < done / KEPT {
                    if before < DEEPENING {
                        for table in FULL_TEXT {
                            deepen(&mut tx, table).await?;
                        }
                    }
                    tx.commit().await?;
                    tx = db.begin().await?;
                }
            }
            tx.commit().await
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
        let sql = format!("{};", insert_sql(&self.files.layout));
        tx.execute_owned(&sql.repeat(batch.rows), batch.docs)
            .await?;
        for args in batch.belongs {
            tx.execute(BELONGS, &args).await?;
        }
        Ok(())
    }
}

/// The last place of the stage whose record a file has.
async fn placed(db: &Db) -> Result<i64, StoreError> {
    let rows = db
        .fetch(
            "SELECT CAST(id AS TEXT) FROM doc ORDER BY id DESC LIMIT 1",
            &[],
        )
        .await?;
    let Some(id) = first_int(&rows)? else {
        return Ok(0);
    };
    let part = i64::from(id > INVALID_FROM);
    Ok((id - base(part) - FIRST) / ROOM)
}

fn prepare(layout: &IndexLayout, staged: Vec<(i64, Staged)>) -> Result<Vec<Batch>, StoreError> {
    let mut batches = vec![];
    let mut staged = staged.into_iter().peekable();
    while staged.peek().is_some() {
        let mut batch = Batch {
            rows: 0,
            free: Vec::with_capacity(PORTION * 2),
            rest: Vec::with_capacity(PORTION * 2),
            docs: Vec::with_capacity(PORTION * (10 + 3 * layout.fields.len())),
            belongs: vec![],
        };
        for (_, staged) in staged.by_ref().take(PORTION) {
            let Staged {
                place,
                source,
                id,
                raw,
            } = staged;
            let record = layout.record_of(&raw)?;
            let upsert = Upsert { source, record, id };
            let mut row = Prepared::new(layout, &upsert, raw);
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
async fn merge(db: &Db, table: &str) -> Result<(), StoreError> {
    let changes = async |tx: &mut Tx| {
        let sql = "SELECT CAST(total_changes() AS TEXT)";
        Ok::<i64, StoreError>(first_int(&tx.fetch(sql, &[]).await?)?.unwrap_or(0))
    };
    loop {
        let mut tx = db.begin().await?;
        let before = changes(&mut tx).await?;
        let sql = format!("INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)");
        tx.execute(&sql, &args![-MERGING]).await?;
        let after = changes(&mut tx).await?;
        tx.commit().await?;
        // The statement itself counts as one.
        if after - before < 2 {
            return Ok(());
        }
    }
}

/// The same at once, for little.
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
