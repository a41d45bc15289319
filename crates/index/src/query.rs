//! Asking the index.

use kartoteka_boxed::boxed;
use kartoteka_model::{Condition, Record};

use super::compile::{Narrowing, Predicate, narrowing, predicate};
use super::layout::INVALID_FROM;
use super::{IndexLayout, SearchIndex};
use kartoteka_store::StoreError;
use kartoteka_store::args;
use kartoteka_store::db::{Arg, TextRow};
use kartoteka_store::values::first_int;

/// Which validities are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Partition {
    Valid,
    Invalid,
    All,
}

/// The order of the answer; ties by key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sort {
    /// The default order of the index.
    Natural,
    /// By these fields, each with whether it runs down; then by key in the direction of the last.
    Fields(Vec<(String, bool)>),
}

/// A question.
#[derive(Debug, Clone)]
pub struct Query {
    pub condition: Condition,
    pub partition: Partition,
    pub sort: Sort,
    pub limit: u32,
    pub offset: u32,
    /// Only what comes after the record with this key in the order.
    pub after: Option<String>,
    /// Count up to so many, exactly unless hits lie far apart.
    pub count_to: u64,
}

/// A record that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub key: String,
    pub source: usize,
    pub record: Record,
}

/// How many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    pub count: u64,
    /// Otherwise there are more.
    pub exact: bool,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub hits: Vec<Hit>,
    pub totals: Totals,
    /// Whether there is more after this page.
    pub more: bool,
}

pub(super) const COLUMNS: &str = "d.key, CAST(d.source AS TEXT), d.raw, d.okey, d.lkey";

/// How many columns these are.
const WIDTH: usize = 5;

pub(super) struct Compiled {
    pub(super) predicate: Predicate,
    pub(super) narrowing: Option<Narrowing>,
}

impl Query {
    pub(super) fn parts(&self) -> &'static [i64] {
        match self.partition {
            Partition::Valid => &[0],
            Partition::Invalid => &[1],
            Partition::All => &[0, 1],
        }
    }
}

impl Compiled {
    pub(super) fn new(condition: &Condition, layout: &IndexLayout) -> Self {
        Self {
            predicate: predicate(condition, layout),
            narrowing: narrowing(condition, layout),
        }
    }

    /// The rows that satisfy the condition, from `FROM` on; `range` bounds their numbers.
    pub(super) fn from(&self, range: (i64, i64)) -> (String, Vec<Arg>) {
        let mut args = vec![];
        let mut sql = match &self.narrowing {
            Some(Narrowing { table, query }) => {
                args.push(Arg::from(query));
                format!(
                    "FROM {table} t CROSS JOIN doc d ON d.id = t.rowid WHERE {table} MATCH ? AND t.rowid > ? AND t.rowid < ?"
                )
            }
            None => "FROM doc d WHERE d.id > ? AND d.id < ?".to_owned(),
        };
        args.extend(args![range.0, range.1]);
        if self.predicate.sql != "1" {
            sql.push_str(" AND ");
            sql.push_str(&self.predicate.sql);
            args.extend(self.predicate.args.iter().cloned());
        }
        (sql, args)
    }

    /// The same among the first so many rows that narrowing leaves.
    pub(super) fn limited_scan(&self, range: (i64, i64), most: u64) -> (String, Vec<Arg>) {
        let Some(Narrowing { table, query }) = &self.narrowing else {
            return self.from(range);
        };
        let mut args = args![query, range.0, range.1].to_vec();
        let sql = format!(
            "FROM (SELECT rowid AS id FROM {table} WHERE {table} MATCH ? AND rowid > ? AND rowid < ? \
             ORDER BY rowid LIMIT {most}) t CROSS JOIN doc d ON d.id = t.id WHERE {}",
            self.predicate.sql
        );
        args.extend(self.predicate.args.iter().cloned());
        (sql, args)
    }

    pub(super) fn number(&self) -> &'static str {
        if self.narrowing.is_some() {
            "t.rowid"
        } else {
            "d.id"
        }
    }
}

pub(super) fn range(part: i64) -> (i64, i64) {
    if part == 0 {
        (0, INVALID_FROM)
    } else {
        (INVALID_FROM, i64::MAX)
    }
}

pub(super) fn hit(layout: &IndexLayout, row: &TextRow) -> Result<Hit, StoreError> {
    Ok(Hit {
        key: row.text(0).to_owned(),
        source: row.int(1)? as usize,
        record: layout.record_of(row.text(2))?,
    })
}

/// The condition that a record has a key, or but for case if none has it exactly.
pub(super) const OF_KEY: &str = "d.lkey = ? ORDER BY d.key = ? DESC LIMIT 1";

/// The values of [`OF_KEY`].
pub(super) fn of_key(key: &str) -> [Arg; 2] {
    args![kartoteka_model::text::lower(key), key]
}

impl SearchIndex {
    /// Answers a question.
    ///
    /// # Errors
    /// `NoPlace` for a key to go on from that there is not; when the file can't be read.
    #[boxed]
    pub async fn search(&self, query: &Query) -> Result<Found, StoreError> {
        self.search_in(query, None).await
    }

    /// Answers a question about the records of one source, by its number.
    ///
    /// # Errors
    /// As [`SearchIndex::search`].
    #[boxed]
    pub async fn search_in(
        &self,
        query: &Query,
        source: Option<usize>,
    ) -> Result<Found, StoreError> {
        if let Some(after) = &query.after
            && self.find(after).await?.is_none()
        {
            return Err(StoreError::NoPlace(after.clone()));
        }
        let mut compiled = Compiled::new(&query.condition, &self.layout);
        compiled.predicate.only(source);
        let wanted = query.offset as usize + query.limit as usize + 1;
        let mut rows = match &query.sort {
            Sort::Natural => self.natural(query, &compiled, wanted).await?,
            Sort::Fields(fields) => self.sorted(query, &compiled, fields, wanted).await?,
        };
        let more = rows.len() >= wanted;
        rows.truncate(wanted - 1);
        let totals = self.totals(query, &compiled, rows.len(), more).await?;
        let page = rows.iter().skip(query.offset as usize);
        Ok(Found {
            hits: page
                .map(|row| hit(&self.layout, row))
                .collect::<Result<_, _>>()?,
            totals,
            more,
        })
    }

    async fn natural(
        &self,
        query: &Query,
        compiled: &Compiled,
        wanted: usize,
    ) -> Result<Vec<TextRow>, StoreError> {
        let mut merged: Vec<TextRow> = vec![];
        for part in query.parts() {
            let mut range = range(*part);
            if let Some(after) = &query.after {
                range.0 = self.place_of(*part, after).await?.unwrap_or(range.0);
            }
            let (from, args) = compiled.from(range);
            let sql = format!(
                "SELECT {COLUMNS} {from} ORDER BY {} LIMIT {wanted}",
                compiled.number()
            );
            merged.extend(self.db.fetch_many(&sql, WIDTH, &args).await?);
        }
        if query.parts().len() > 1 {
            merged.sort_by(|a, b| (a.text(3), a.text(4)).cmp(&(b.text(3), b.text(4))));
            merged.truncate(wanted);
        }
        Ok(merged)
    }

    /// The number of the last row of a part that is not after the record with this key. Places change when records do,
    /// so pages follow each other by key.
    pub(super) async fn place_of(&self, part: i64, key: &str) -> Result<Option<i64>, StoreError> {
        let sql = format!(
            "SELECT d.okey, d.lkey, CAST(d.part AS TEXT), CAST(d.id AS TEXT) FROM doc d WHERE {OF_KEY}"
        );
        let rows = self.db.fetch(&sql, &of_key(key)).await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let of_key = row.int(2)?;
        if of_key == part {
            return row.maybe_int(3);
        }
        // One that is the same but for case follows it if its part does.
        let compare = if part > of_key { "<" } else { "<=" };
        let sql = format!(
            "SELECT CAST(id AS TEXT) FROM doc WHERE part = ? AND (okey, lkey) {compare} (?, ?) \
             ORDER BY okey DESC, lkey DESC, id DESC LIMIT 1"
        );
        let args = args![part, row.text(0), row.text(1)];
        let rows = self.db.fetch(&sql, &args).await?;
        first_int(&rows)
    }

    async fn sorted(
        &self,
        query: &Query,
        compiled: &Compiled,
        fields: &[(String, bool)],
        wanted: usize,
    ) -> Result<Vec<TextRow>, StoreError> {
        let (from, mut args) = compiled.from((0, i64::MAX));
        let part = match query.partition {
            Partition::All => "",
            Partition::Valid => " AND d.part = 0",
            Partition::Invalid => " AND d.part = 1",
        };
        let mut order = vec![];
        for (field, down) in fields {
            if let Some(at) = self.layout.number(field) {
                order.push((format!("d.{}", self.layout.order_column(at)), *down));
            }
        }
        let by_key_down = matches!(fields, [(field, true)] if *field == self.layout.key);
        order.push(("d.lkey".to_owned(), by_key_down));
        // Two may be the same but for case.
        order.push(("d.id".to_owned(), by_key_down));
        // Reading in this order only pays when there is an index for it and nothing rarer to begin with.
        let walk = match (&compiled.narrowing, fields) {
            (Some(_), [(field, _)]) => self.is_common(compiled).await? && self.has_index(field),
            _ => false,
        };
        let from = if walk {
            let (plain, plain_args) = Compiled {
                predicate: compiled.predicate.clone(),
                narrowing: None,
            }
            .from((0, i64::MAX));
            args = plain_args;
            plain
        } else {
            from
        };
        let mut behind = String::new();
        if let Some(after) = &query.after {
            let (condition, values) = self.behind(&order, after).await?;
            behind = format!(" AND {condition}");
            args.extend(values);
        }
        let order: Vec<String> = order
            .into_iter()
            .map(|(column, down)| column + if down { " DESC" } else { "" })
            .collect();
        let sql = format!(
            "SELECT {COLUMNS} {from}{part}{behind} ORDER BY {} LIMIT {wanted}",
            order.join(", ")
        );
        self.db.fetch_many(&sql, WIDTH, &args).await
    }

    /// The condition that a row comes after the record with this key, in the order of columns that run up or down.
    async fn behind(
        &self,
        order: &[(String, bool)],
        key: &str,
    ) -> Result<(String, Vec<Arg>), StoreError> {
        let columns = order.iter().map(|(column, _)| match column.as_str() {
            "d.id" => "CAST(d.id AS TEXT)",
            column => column,
        });
        let columns: Vec<&str> = columns.collect();
        let sql = format!("SELECT {} FROM doc d WHERE {OF_KEY}", columns.join(", "));
        let rows = self.db.fetch(&sql, &of_key(key)).await?;
        let Some(row) = rows.first() else {
            return Err(StoreError::NoPlace(key.to_owned()));
        };
        let sign = |down: bool| if down { '<' } else { '>' };
        let mut condition = String::new();
        let mut values: Vec<Arg> = vec![];
        for (at, (column, down)) in order.iter().enumerate().rev() {
            let value = match column.as_str() {
                "d.id" => Arg::from(row.int(at)?),
                _ => Arg::from(row.text(at)),
            };
            let sign = sign(*down);
            if condition.is_empty() {
                condition = format!("{column} {sign} ?");
                values.push(value);
            } else {
                condition = format!("({column} {sign} ? OR ({column} = ? AND {condition}))");
                values.splice(0..0, [value.clone(), value]);
            }
        }
        // An index finds where to begin by the first column alone.
        if let Some((column, down)) = order.first() {
            condition = format!("{column} {}= ? AND {condition}", sign(*down));
            values.insert(0, row.text(0).into());
        }
        Ok((condition, values))
    }

    fn has_index(&self, field: &str) -> bool {
        field == self.layout.key
            || self
                .layout
                .number(field)
                .is_some_and(|at| self.layout.sorted().any(|one| one == at))
    }

    /// The record with this key, or with one that is the same but for case.
    ///
    /// # Errors
    /// When the file can't be read.
    #[boxed]
    pub async fn find(&self, key: &str) -> Result<Option<Hit>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM doc d WHERE {OF_KEY}");
        let rows = self.db.fetch(&sql, &of_key(key)).await?;
        rows.first().map(|row| hit(&self.layout, row)).transpose()
    }
}
