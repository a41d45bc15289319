//! Putting records into the index and taking them out.

use std::collections::BTreeMap;

use kartoteka_model::membership::split_customer_ids;
use kartoteka_model::text::lower;
use kartoteka_model::{Record, TextMode};

use super::compile::low_pair;
use super::each::each;
use super::grams;
use super::layout::INVALID_FROM;
use super::seen::{take_turn, turn_in};
use super::{IndexLayout, SearchIndex};
use kartoteka_store::StoreError;
use kartoteka_store::args;
use kartoteka_store::db::{Arg, Tx};

/// Tables with a row, or some, for each record.
const TABLES: [&str; 4] = ["doc", "belongs", "free", "rest"];

/// The statement that notes a customer beside the primary one.
pub(super) const BELONGS: &str = "INSERT OR IGNORE INTO belongs (ckey, id) VALUES (?, ?)";

fn number_of(table: &str) -> &'static str {
    match table {
        "doc" | "belongs" => "id",
        _ => "rowid",
    }
}

/// A record to be searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// The number of its source.
    pub source: usize,
    pub record: Record,
    /// What the source numbers its row by, which outlives a rename.
    pub id: Option<i64>,
}

/// A record as it stands in the index.
struct Stood {
    id: i64,
    part: i64,
    okey: String,
    key: String,
    source: i64,
    number: Option<i64>,
    raw: String,
}

impl Stood {
    /// Whether a record would stand there as this one does.
    fn is(&self, put: &Put, raw: &str) -> bool {
        self.source == put.source as i64 && self.number == put.id && self.raw == raw
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
    pub free: String,
    pub rest: String,
}

impl Prepared {
    /// A record with its text form.
    pub(super) fn new(layout: &IndexLayout, put: &Put, raw: String) -> Self {
        let source = layout.sources.get(put.source);
        let mode = source.map_or(TextMode::Folded, |source| source.mode);
        let columns: Vec<_> = layout
            .fields
            .iter()
            .map(|field| layout.column_texts(mode, put.record.get(field)))
            .collect();
        let digits = layout.digit_texts(&put.record);
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
            .filter(|field| !put.record.get(field).is_ascii());
        let low = low
            .map(|field| low_pair(field, &lower(put.record.get(field))))
            .collect();
        let key = put.record.get(&layout.key).to_owned();
        let customers = source.map(|source| &source.customers);
        let ckey = customers
            .and_then(|customers| customers.primary.as_ref())
            .map(|field| lower(put.record.get(field)))
            .filter(|ckey| !ckey.is_empty());
        let belongs = customers
            .and_then(|customers| customers.several.as_ref())
            .map(|field| split_customer_ids(put.record.get(field)))
            .unwrap_or_default()
            .iter()
            .map(|id| lower(id))
            .filter(|id| Some(id) != ckey.as_ref())
            .collect();
        Self {
            ckey,
            belongs,
            source: put.source,
            lkey: lower(&key),
            okey: layout.order_key(&put.record),
            part: layout.part(put.source, &put.record),
            number: put.id,
            raw,
            low,
            free: words(true),
            rest: words(false),
            digits: digits.into_iter().map(|(_, digits)| digits).collect(),
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
    let places = vec!["?"; names.split(',').count()].join(", ");
    format!("INSERT INTO doc ({names}) VALUES ({places})")
}

/// The base of a part's numbers.
pub(super) fn base(part: i64) -> i64 {
    if part == 0 { 0 } else { INVALID_FROM }
}

impl SearchIndex {
    /// Brings records up to date: those in `puts` are put in, in place of all that have their keys in any case, and those
    /// with keys in `gone` are taken out, in any case; then the index stands at this position of the journal, unless it
    /// stood at a later one. Tells how many records are other than before.
    ///
    /// # Errors
    /// When the file can't be written; nothing is changed then.
    pub async fn write(
        &self,
        puts: &[Put],
        gone: &[String],
        position: Option<i64>,
    ) -> Result<usize, StoreError> {
        let written = self.write_in_turn(puts, gone, position, None).await?;
        Ok(written.unwrap_or_default())
    }

    /// The same, unless somebody changed the index since it had this [`SearchIndex::turn`]: another process may have put
    /// a newer row there than the one that was read since. Nothing is done then, and none is the answer.
    ///
    /// # Errors
    /// As [`SearchIndex::write`].
    pub async fn write_in_turn(
        &self,
        puts: &[Put],
        gone: &[String],
        position: Option<i64>,
        turn: Option<i64>,
    ) -> Result<Option<usize>, StoreError> {
        let _writing = self.writing.lock().await;
        let mut tx = self.db.begin().await?;
        if turn.is_some() && turn != Some(turn_in(&mut tx).await?) {
            return Ok(None);
        }
        let mut changed = 0;
        if !gone.is_empty() {
            let gone: Vec<String> = gone.iter().map(|key| lower(key)).collect();
            changed += self.remove(&mut tx, &gone).await?;
        }
        if !puts.is_empty() {
            changed += self.put(&mut tx, puts).await?;
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
    async fn standing_at(
        &self,
        tx: &mut Tx,
        lkeys: &[String],
    ) -> Result<BTreeMap<String, Vec<Stood>>, StoreError> {
        let sql = "SELECT lkey, CAST(id AS TEXT), CAST(part AS TEXT), okey, CAST(source AS TEXT), raw, \
                   CAST(number AS TEXT), key \
                   FROM doc WHERE lkey IN (SELECT value FROM json_each(?))";
        let lkeys = serde_json::Value::from(lkeys.to_vec()).to_string();
        let mut standing: BTreeMap<String, Vec<Stood>> = BTreeMap::new();
        for row in tx.fetch(sql, &args![lkeys]).await? {
            let of_key = standing.entry(row.text(0).to_owned()).or_default();
            of_key.push(Stood {
                id: row.int(1)?,
                part: row.int(2)?,
                okey: row.text(3).to_owned(),
                source: row.int(4)?,
                raw: row.text(5).to_owned(),
                number: row.maybe_int(6)?,
                key: row.text(7).to_owned(),
            });
        }
        Ok(standing)
    }

    /// Takes records out.
    async fn remove(&self, tx: &mut Tx, lkeys: &[String]) -> Result<usize, StoreError> {
        let standing = self.standing_at(tx, lkeys).await?;
        let standing: Vec<Stood> = standing.into_values().flatten().collect();
        take_out(tx, &standing).await?;
        Ok(standing.len())
    }

    /// Puts records in, in place of all that have their keys in any case. Those that stand there as they are stay
    /// untouched: changes by others are looked for again and again. Those whose place in the order is the one that they
    /// had keep it.
    async fn put(&self, tx: &mut Tx, puts: &[Put]) -> Result<usize, StoreError> {
        let mut to_be: BTreeMap<String, BTreeMap<&str, &Put>> = BTreeMap::new();
        for put in puts {
            let key = put.record.get(&self.layout.key);
            // A row without a key is nobody; of two that have one the last counts.
            if !key.is_empty() {
                to_be.entry(lower(key)).or_default().insert(key, put);
            }
        }
        let lkeys: Vec<String> = to_be.keys().cloned().collect();
        let mut standing = self.standing_at(tx, &lkeys).await?;
        let mut going = vec![];
        let mut staying = vec![];
        let mut moving = vec![];
        let mut changed = 0;
        for (lkey, puts) in to_be {
            let mut stood = standing.remove(&lkey).unwrap_or_default();
            let mut others = vec![];
            for (key, put) in puts {
                let raw = self.layout.raw_of(&put.record)?;
                let known = stood.iter().position(|stood| stood.key == key);
                let known = known.map(|at| stood.swap_remove(at));
                match known {
                    Some(known) if known.is(put, &raw) => {}
                    known => others.push((known, Prepared::new(&self.layout, put, raw))),
                }
            }
            changed += others.len();
            for (known, row) in others {
                // One that is spelled otherwise now stays where it is, too.
                let known = known.or_else(|| stood.pop());
                match &known {
                    Some(known) if known.part == row.part && known.okey == row.okey => {
                        staying.push((known.id, row));
                    }
                    _ => moving.push(row),
                }
                going.extend(known);
            }
            changed += stood.len();
            going.extend(stood);
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

async fn take_out(tx: &mut Tx, stood: &[Stood]) -> Result<(), StoreError> {
    let rows: Vec<(i64, i64)> = stood.iter().map(|row| (row.id, row.part)).collect();
    take_out_rows(tx, &rows).await
}

/// Takes rows out of every table; they are numbers and parts.
pub(super) async fn take_out_rows(tx: &mut Tx, rows: &[(i64, i64)]) -> Result<(), StoreError> {
    for table in TABLES {
        let sql = format!("DELETE FROM {table} WHERE {} = ?", number_of(table));
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
