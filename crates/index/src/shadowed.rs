//! Keys that several sources have: of each the first source speaks, and the others are noted here.
//!
//! What is noted is what was met while the sources were read and compared. It is not taken back when a source loses the key:
//! whoever lists them looks whether they are there.

use std::collections::BTreeMap;

use kartoteka_boxed::boxed;
use kartoteka_store::StoreError;
use kartoteka_store::args;
use kartoteka_store::db::{Arg, Db, Tx};
use kartoteka_store::values::counted;

use super::layout::INVALID_FROM;
use super::members::set;
use super::{SearchIndex, Upsert};

/// The most that are noted: a few are mended by hand, and of many it is enough to know that there are many.
pub const MOST: u64 = 10_000;

/// A key that two sources have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shadowed {
    /// As the source spells it that speaks for it.
    pub key: String,
    /// In lower case.
    pub lkey: String,
    /// The source that speaks for it.
    pub first: usize,
    /// One after it that has it, too.
    pub later: usize,
}

/// What stands in the way of noting more.
const ROOM: &str = "(SELECT max(0, 10000 - count(*)) FROM shadowed)";

impl SearchIndex {
    /// Notes that a source has these keys, for which one before it speaks.
    ///
    /// # Errors
    /// When the file can't be written.
    #[boxed]
    pub async fn note_shadowed(&self, source: usize, keys: &[String]) -> Result<(), StoreError> {
        if keys.is_empty() {
            return Ok(());
        }
        let known = format!(
            "SELECT CAST(count(*) AS TEXT) FROM shadowed WHERE source = {source} AND lkey IN \
             (SELECT value FROM json_each(?))"
        );
        // They are met again and again, and reading is cheaper than writing.
        let known = counted(&self.db.fetch(&known, &[set(keys)]).await?)?;
        if known >= keys.len() as u64 {
            return Ok(());
        }
        let sql = format!(
            "INSERT OR IGNORE INTO shadowed (lkey, source) SELECT value, {source} FROM json_each(?) LIMIT {ROOM}"
        );
        self.db.execute(&sql, &[set(keys)]).await.map(|_| ())
    }

    /// Forgets what is not so any more.
    ///
    /// # Errors
    /// When the file can't be written.
    #[boxed]
    pub async fn forget_shadowed(&self, gone: &[Shadowed]) -> Result<(), StoreError> {
        for one in gone {
            let sql = "DELETE FROM shadowed WHERE lkey = ? AND source = ?";
            let args = args![one.lkey.as_str(), one.later as i64];
            self.db.execute(sql, &args).await?;
        }
        Ok(())
    }

    /// Keys that several sources have, or one and others, in their order after one in lower case, at most so many.
    ///
    /// # Errors
    /// When the file can't be read.
    #[boxed]
    pub async fn shadowed(
        &self,
        source: Option<usize>,
        after: &str,
        limit: u32,
    ) -> Result<Vec<Shadowed>, StoreError> {
        let of = of(source);
        let sql = format!(
            "SELECT min(d.key), s.lkey, CAST(min(d.source) AS TEXT), CAST(s.source AS TEXT) FROM shadowed s \
             CROSS JOIN doc d ON d.lkey = s.lkey WHERE d.source < s.source AND s.lkey > ? {of} \
             GROUP BY s.lkey, s.source ORDER BY s.lkey, s.source LIMIT {limit}"
        );
        let rows = self.db.fetch_many(&sql, 4, &args![after]).await?;
        let one = |row: &kartoteka_store::TextRow| {
            Ok(Shadowed {
                key: row.text(0).to_owned(),
                lkey: row.text(1).to_owned(),
                first: row.int(2)? as usize,
                later: row.int(3)? as usize,
            })
        };
        rows.iter().map(one).collect()
    }

    /// How many keys are noted of which a source has one and does not speak for it; [`MOST`] stands for more.
    ///
    /// # Errors
    /// When the file can't be read.
    #[boxed]
    pub async fn count_shadowed(&self, source: Option<usize>) -> Result<u64, StoreError> {
        let of = of(source);
        let sql = format!(
            "SELECT CAST(count(*) AS TEXT) FROM (SELECT DISTINCT s.lkey FROM shadowed s \
             CROSS JOIN doc d ON d.lkey = s.lkey WHERE d.source < s.source {of})"
        );
        self.number(&sql, &[]).await
    }

    /// How many valid and other records a source speaks for.
    ///
    /// # Errors
    /// When the file can't be read.
    #[boxed]
    pub async fn count_of_source(&self, source: usize) -> Result<[u64; 2], StoreError> {
        if self.layout.sources.len() == 1 {
            return Ok([self.count(0).await?, self.count(1).await?]);
        }
        let mut counts = [0; 2];
        for (count, sign) in counts.iter_mut().zip(["<", ">="]) {
            let sql = format!(
                "SELECT CAST(count(*) AS TEXT) FROM doc INDEXED BY doc_source WHERE source = ? AND id {sign} {INVALID_FROM}"
            );
            *count = self.number(&sql, &args![source as i64]).await?;
        }
        Ok(counts)
    }
}

/// The condition that a key is one of a source.
fn of(source: Option<usize>) -> String {
    source.map_or_else(String::new, |source| {
        format!("AND (s.source = {source} OR d.source = {source})")
    })
}

/// Notes those records that are about to be put in place of a later source's: it may have the key still.
pub(super) async fn note_replaced(
    tx: &mut Tx,
    to_be: &BTreeMap<String, BTreeMap<&str, &Upsert>>,
) -> Result<(), StoreError> {
    let firsts = to_be.iter().filter_map(|(lkey, upserts)| {
        let first = upserts.values().map(|upsert| upsert.source).min()?;
        Some((lkey.clone(), first.into()))
    });
    let firsts: serde_json::Map<String, serde_json::Value> = firsts.collect();
    let sql = format!(
        "INSERT OR IGNORE INTO shadowed (lkey, source) SELECT d.lkey, d.source FROM json_each(?) u \
         CROSS JOIN doc d ON d.lkey = u.key WHERE d.source > u.value LIMIT {ROOM}"
    );
    let firsts = serde_json::Value::from(firsts).to_string();
    tx.execute(&sql, &args![firsts]).await.map(|_| ())
}

/// Takes over what was noted while records were staged.
pub(super) async fn take_over(staged: Vec<(String, i64)>, into: &mut Tx) -> Result<(), StoreError> {
    let args: Vec<Vec<Arg>> = staged
        .into_iter()
        .map(|(lkey, source)| args![lkey, source].to_vec())
        .collect();
    let sql = "INSERT OR IGNORE INTO shadowed (lkey, source) VALUES (?, ?)";
    super::each::each(into, sql, args).await
}

/// What was noted while records were staged.
pub(super) async fn staged(db: &Db) -> Result<Vec<(String, i64)>, StoreError> {
    let sql = format!("SELECT lkey, CAST(source AS TEXT) FROM shadowed LIMIT {MOST}");
    let rows = db.fetch_many(&sql, 2, &[]).await?;
    rows.iter()
        .map(|row| Ok((row.text(0).to_owned(), row.int(1)?)))
        .collect()
}
