//! Putting records into the index and taking them out.

use std::collections::BTreeMap;

use kartoteka_boxed::boxed;
use kartoteka_model::membership::split_customer_ids;
use kartoteka_model::text::lower;
use kartoteka_model::{Record, TextMode};

use super::compile::low_pair;
use super::each::each;
use super::grams;
use super::layout::INVALID_FROM;
use super::seen::{take_turn, turn_in};
use super::shadowed::note_replaced;
use super::{IndexLayout, SearchIndex};
use kartoteka_store::db::{Arg, Tx};
use kartoteka_store::{StoreError, args};

/// Tables with a row, or some, for each record, and the column of its number.
const TABLES: [(&str, &str); 4] = [
    ("doc", "id"),
    ("belongs", "id"),
    ("free", "rowid"),
    ("rest", "rowid"),
];

/// The statement that notes a customer beside the primary one.
pub(super) const BELONGS: &str = "INSERT OR IGNORE INTO belongs (ckey, id) VALUES (?, ?)";

/// A record to be searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upsert {
    /// The number of its source.
    pub source: usize,
    pub record: Record,
    /// What the source numbers its row by, which outlives a rename.
    pub id: Option<i64>,
}

/// A record as it stands in the index.
struct IndexedRow {
    id: i64,
    part: i64,
    okey: String,
    key: String,
    source: i64,
    number: Option<i64>,
    raw: String,
}

impl IndexedRow {
    /// Whether a record would stand there as this one does.
    fn is(&self, upsert: &Upsert, raw: &str) -> bool {
        self.source == upsert.source as i64 && self.number == upsert.id && self.raw == raw
    }
}

/// A row as the index keeps it.
pub(super) struct Prepared {
    pub source: usize,
    pub key: String,
    pub lkey: String,
    pub okey: String,
    /// 0 for valid records, 1 for others.
    pub part: i64,
    number: Option<i64>,
    raw: String,
    low: String,
    /// The primary customer, in lower case.
    ckey: Option<String>,
    /// Further customers that the record itself names, in lower case.
    pub belongs: Vec<String>,
    columns: Vec<(String, Option<String>)>,
    /// The digits of fields of phone numbers.
    digits: Vec<String>,
    /// What fields are in order by.
    keys: Vec<String>,
    pub free: String,
    pub rest: String,
}

impl Prepared {
    /// A record with its text form.
    pub(super) fn new(layout: &IndexLayout, upsert: &Upsert, raw: String) -> Self {
        let source = layout.sources.get(upsert.source);
        let mode = source.map_or(TextMode::Folded, |source| source.mode);
        let columns: Vec<_> = layout
            .fields
            .iter()
            .map(|field| layout.column_texts(mode, upsert.record.get(field)))
            .collect();
        let digits = layout.digit_texts(&upsert.record);
        let words = |free: bool| {
            let numbers = digits
                .iter()
                .filter(move |(field, _)| layout.free.contains(field) == free)
                .map(|(_, digits)| digits.as_str());
            let asked = layout
                .fields
                .iter()
                .zip(&columns)
                .filter(move |(field, _)| layout.free.contains(field) == free);
            let texts = asked.flat_map(|(_, (plain, spelled))| {
                std::iter::once(plain.as_str()).chain(spelled.as_deref())
            });
            grams::words(texts.chain(numbers))
        };
        let low = layout
            .fields
            .iter()
            .filter(|field| !upsert.record.get(field).is_ascii());
        let low = low
            .map(|field| low_pair(field, &lower(upsert.record.get(field))))
            .collect();
        let key = upsert.record.get(&layout.key).to_owned();
        let customers = source.map(|source| &source.customers);
        let ckey = customers
            .and_then(|customers| customers.primary.as_ref())
            .map(|field| lower(upsert.record.get(field)))
            .filter(|ckey| !ckey.is_empty());
        let belongs = customers
            .and_then(|customers| customers.several.as_ref())
            .map(|field| split_customer_ids(upsert.record.get(field)))
            .unwrap_or_default()
            .iter()
            .map(|id| lower(id))
            .filter(|id| Some(id) != ckey.as_ref())
            .collect();
        Self {
            ckey,
            belongs,
            source: upsert.source,
            lkey: lower(&key),
            okey: layout.order_key(&upsert.record),
            part: layout.part(upsert.source, &upsert.record),
            number: upsert.id,
            raw,
            low,
            free: words(true),
            rest: words(false),
            digits: digits.into_iter().map(|(_, digits)| digits).collect(),
            keys: layout.order_keys(&upsert.record),
            key,
            columns,
        }
    }

    /// The values of a row of `doc`, the number first.
    pub(super) fn row(self, id: i64) -> Vec<Arg> {
        let mut args = args![
            id,
            self.source as i64,
            self.key,
            self.lkey,
            self.okey,
            self.part,
            self.number,
            self.raw,
            self.low
        ]
        .to_vec();
        args.push(self.ckey.map_or(Arg::NullText, Arg::Text));
        for (plain, spelled) in self.columns {
            args.push(plain.into());
            args.push(spelled.map_or(Arg::NullText, Arg::Text));
        }
        args.extend(self.digits.into_iter().map(Arg::Text));
        args.extend(self.keys.into_iter().map(Arg::Text));
        args
    }
}

/// The statement that adds a row of `doc`.
pub(super) fn insert_sql(layout: &IndexLayout) -> String {
    let mut names = String::from("id, source, key, lkey, okey, part, number, raw, low, ckey");
    for at in 0..layout.fields.len() {
        names.push_str(&format!(", f{at}, g{at}"));
    }
    for (at, _) in layout.phones() {
        names.push_str(&format!(", p{at}"));
    }
    if !layout.collation.is_folded() {
        for at in 0..layout.fields.len() {
            names.push_str(&format!(", k{at}"));
        }
    }
    let places = vec!["?"; names.split(',').count()].join(", ");
    format!("INSERT INTO doc ({names}) VALUES ({places})")
}

/// The base of a part's numbers.
pub(super) fn base(part: i64) -> i64 {
    if part == 0 { 0 } else { INVALID_FROM }
}

impl SearchIndex {
    /// Brings records up to date: those in `upserts` are put in, in place of all that have their keys in any case, and those
    /// with keys in `deletes` are taken out, in any case; then the index stands at this position of the journal, unless it
    /// stood at a later one. Tells how many records are other than before.
    ///
    /// # Errors
    /// When the file can't be written; nothing is changed then.
    #[boxed]
    pub async fn write(
        &self,
        upserts: &[Upsert],
        deletes: &[String],
        position: Option<i64>,
    ) -> Result<usize, StoreError> {
        let written = self.write_in_turn(upserts, deletes, position, None).await?;
        Ok(written.unwrap_or_default())
    }

    /// The same, unless somebody changed the index since it had this [`SearchIndex::turn`]: another process may have put
    /// a newer row there than the one that was read since. Nothing is done then, and none is the answer.
    ///
    /// # Errors
    /// As [`SearchIndex::write`].
    #[boxed]
    pub async fn write_in_turn(
        &self,
        upserts: &[Upsert],
        deletes: &[String],
        position: Option<i64>,
        turn: Option<i64>,
    ) -> Result<Option<usize>, StoreError> {
        let _writing = self.writing.lock().await;
        let mut tx = self.db.begin().await?;
        if turn.is_some() && turn != Some(turn_in(&mut tx).await?) {
            return Ok(None);
        }
        let mut changed = 0;
        if !deletes.is_empty() {
            let deletes: Vec<String> = deletes.iter().map(|key| lower(key)).collect();
            changed += self.remove(&mut tx, &deletes).await?;
        }
        if !upserts.is_empty() {
            changed += self.upsert(&mut tx, upserts).await?;
        }
        if let Some(position) = position {
            let sql = "INSERT INTO meta (name, value) VALUES ('position', ?) \
                       ON CONFLICT (name) DO UPDATE \
                       SET value = max(CAST(value AS INTEGER), CAST(excluded.value AS INTEGER))";
            tx.execute(sql, &args![position.to_string()]).await?;
        }
        if changed > 0 {
            take_turn(&mut tx).await?;
        }
        tx.commit().await?;
        Ok(Some(changed))
    }

    /// How records stand, by key in lower case.
    async fn indexed_rows(
        &self,
        tx: &mut Tx,
        lkeys: &[String],
    ) -> Result<BTreeMap<String, Vec<IndexedRow>>, StoreError> {
        let sql = "SELECT lkey, CAST(id AS TEXT), CAST(part AS TEXT), okey, CAST(source AS TEXT), raw, \
                   CAST(number AS TEXT), key \
                   FROM doc WHERE lkey IN (SELECT value FROM json_each(?))";
        let lkeys = serde_json::Value::from(lkeys.to_vec()).to_string();
        let mut indexed: BTreeMap<String, Vec<IndexedRow>> = BTreeMap::new();
        for row in tx.fetch(sql, &args![lkeys]).await? {
            let of_key = indexed.entry(row.text(0).to_owned()).or_default();
            of_key.push(IndexedRow {
                id: row.int(1)?,
                part: row.int(2)?,
                okey: row.text(3).to_owned(),
                source: row.int(4)?,
                raw: row.text(5).to_owned(),
                number: row.maybe_int(6)?,
                key: row.text(7).to_owned(),
            });
        }
        Ok(indexed)
    }

    /// Takes records out.
    async fn remove(&self, tx: &mut Tx, lkeys: &[String]) -> Result<usize, StoreError> {
        let indexed = self.indexed_rows(tx, lkeys).await?;
        let indexed: Vec<IndexedRow> = indexed.into_values().flatten().collect();
        take_out(tx, &indexed).await?;
        Ok(indexed.len())
    }

    /// Puts records in, in place of all that have their keys in any case. Those that stand there as they are stay
    /// untouched: changes by others are looked for again and again. Those whose place in the order is the one that they
    /// had keep it.
    async fn upsert(&self, tx: &mut Tx, upserts: &[Upsert]) -> Result<usize, StoreError> {
        let mut to_be: BTreeMap<String, BTreeMap<&str, &Upsert>> = BTreeMap::new();
        for upsert in upserts {
            let key = upsert.record.get(&self.layout.key);
            // A row without a key is nobody; of two that have one the last counts.
            if !key.is_empty() {
                to_be.entry(lower(key)).or_default().insert(key, upsert);
            }
        }
        if self.layout.sources.len() > 1 {
            note_replaced(tx, &to_be).await?;
        }
        let lkeys: Vec<String> = to_be.keys().cloned().collect();
        let mut indexed = self.indexed_rows(tx, &lkeys).await?;
        let mut going = vec![];
        let mut staying = vec![];
        let mut moving = vec![];
        let mut changed = 0;
        for (lkey, upserts) in to_be {
            let mut present = indexed.remove(&lkey).unwrap_or_default();
            let mut others = vec![];
            for (key, upsert) in upserts {
                let raw = self.layout.raw_of(&upsert.record)?;
                let known = present.iter().position(|present| present.key == key);
                let known = known.map(|at| present.swap_remove(at));
                match known {
                    Some(known) if known.is(upsert, &raw) => {}
                    known => others.push((known, Prepared::new(&self.layout, upsert, raw))),
                }
            }
            changed += others.len();
            for (known, row) in others {
                // One that is spelled otherwise now stays where it is, too.
                let known = known.or_else(|| present.pop());
                match &known {
                    Some(known) if known.part == row.part && known.okey == row.okey => {
                        staying.push((known.id, row));
                    }
                    _ => moving.push(row),
                }
                going.extend(known);
            }
            changed += present.len();
            going.extend(present);
        }
        take_out(tx, &going).await?;
        self.insert(tx, staying).await?;
        // Each has its place beside those before it.
        for row in moving {
            let id = self.place(tx, &row).await?;
            self.insert(tx, vec![(id, row)]).await?;
        }
        Ok(changed)
    }

    pub(super) async fn insert(
        &self,
        tx: &mut Tx,
        rows: Vec<(i64, Prepared)>,
    ) -> Result<(), StoreError> {
        let mut docs = Vec::with_capacity(rows.len());
        let [mut free, mut rest, mut belongs] = [vec![], vec![], vec![]];
        let mut parts = vec![];
        for (id, mut row) in rows {
            parts.push(row.part);
            free.push(args![id, std::mem::take(&mut row.free)].to_vec());
            rest.push(args![id, std::mem::take(&mut row.rest)].to_vec());
            let further = std::mem::take(&mut row.belongs).into_iter();
            belongs.extend(further.map(|ckey| args![ckey, id].to_vec()));
            docs.push(row.row(id));
        }
        for (sql, rows) in [
            ("INSERT INTO free (rowid, t) VALUES (?, ?)", free),
            ("INSERT INTO rest (rowid, t) VALUES (?, ?)", rest),
            (BELONGS, belongs),
            (&insert_sql(&self.layout), docs),
        ] {
            each(tx, sql, rows).await?;
        }
        count(tx, "n + ?", &parts).await
    }
}

async fn take_out(tx: &mut Tx, present: &[IndexedRow]) -> Result<(), StoreError> {
    let rows: Vec<(i64, i64)> = present.iter().map(|row| (row.id, row.part)).collect();
    take_out_rows(tx, &rows).await
}

/// Takes rows out of every table; they are numbers and parts.
pub(super) async fn take_out_rows(tx: &mut Tx, rows: &[(i64, i64)]) -> Result<(), StoreError> {
    for (table, number) in TABLES {
        let sql = format!("DELETE FROM {table} WHERE {number} = ?");
        let ids = rows.iter().map(|(id, _)| args![*id].to_vec());
        each(tx, &sql, ids.collect()).await?;
    }
    let parts: Vec<i64> = rows.iter().map(|(_, part)| *part).collect();
    count(tx, "n - ?", &parts).await
}

/// Counts rows of these parts in or out.
async fn count(tx: &mut Tx, sum: &str, parts: &[i64]) -> Result<(), StoreError> {
    for part in [0, 1] {
        let rows = parts.iter().filter(|one| **one == part).count();
        if rows > 0 {
            let sql = format!("UPDATE counts SET n = {sum} WHERE part = ?");
            tx.execute(&sql, &args![rows as i64, part]).await?;
        }
    }
    Ok(())
}
