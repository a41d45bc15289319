//! People by customer, in their order: who belongs to which of many customers, and how many they are.

use std::collections::BTreeMap;

use kartoteka_boxed::boxed;
use kartoteka_model::text::lower;

use super::layout::{EDGE, INVALID_FROM};
use super::{Hit, SearchIndex};
use kartoteka_store::StoreError;
use kartoteka_store::args;
use kartoteka_store::db::{Arg, TextRow};

/// A record, as far as access depends on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// As stored.
    pub key: String,
    pub valid: bool,
    /// The primary customer, in lower case; none for who has none, and where it does not count.
    pub primary: Option<String>,
    /// The customers that the record itself names, in lower case: the primary one first.
    pub customers: Vec<String>,
}

const COLUMNS: &str = "d.key, CAST(d.part AS TEXT), d.ckey, \
                       (SELECT group_concat(b.ckey, char(31)) FROM belongs b WHERE b.id = d.id)";

/// The same where no record can name several customers.
const OF_ONE: &str = "d.key, CAST(d.part AS TEXT), d.ckey, NULL";

/// How many columns these are.
const WIDTH: usize = 4;

/// Where so many records are named, the next ones are looked at first: so many at least, and at most.
const NAMED: u64 = 1000;
const NEXT: u64 = 500;
const FAR: u64 = 10_000;

fn member(row: &TextRow) -> Result<Member, StoreError> {
    let primary = Some(row.text(2)).filter(|ckey| !ckey.is_empty());
    let further = row.text(3).split(EDGE);
    Ok(Member {
        key: row.text(0).to_owned(),
        valid: row.int(1)? == 0,
        primary: primary.map(str::to_owned),
        customers: std::iter::once(row.text(2))
            .chain(further)
            .filter(|ckey| !ckey.is_empty())
            .map(str::to_owned)
            .collect(),
    })
}

/// A set of keys for `IN (SELECT value FROM json_each(?))`, in lower case.
pub(super) fn set(keys: &[String]) -> Arg {
    let keys: Vec<String> = keys.iter().map(|key| lower(key)).collect();
    serde_json::Value::from(keys).to_string().into()
}

/// The condition that a column holds one of the values of a set.
pub(super) const IN_SET: &str = "IN (SELECT value FROM json_each(?))";

impl SearchIndex {
    /// Whether a record can name several customers.
    fn names_several(&self) -> bool {
        let mut sources = self.layout.sources.iter();
        sources.any(|source| source.customers.several.is_some())
    }

    fn member_columns(&self) -> &'static str {
        match self.names_several() {
            true => COLUMNS,
            false => OF_ONE,
        }
    }

    async fn place_after(&self, key: Option<&str>) -> Result<i64, StoreError> {
        let Some(key) = key else { return Ok(0) };
        if let Some(place) = self.place_of(0, key).await? {
            return Ok(place);
        }
        // One that became invalid may stand before all valid ones; one that is gone stands nowhere.
        match self.with_keys(&[key.to_owned()]).await?.is_empty() {
            true => Err(StoreError::NoPlace(key.to_owned())),
            false => Ok(0),
        }
    }

    /// Valid records in their order after the one with this key, at most so many.
    ///
    /// # Errors
    /// `NoPlace` for a key that there is not; when the file can't be read.
    #[boxed]
    pub async fn walk(&self, after: Option<&str>, limit: u32) -> Result<Vec<Member>, StoreError> {
        let after = self.place_after(after).await?;
        let sql = format!(
            "SELECT {} FROM doc d WHERE d.id > ? AND d.id < ? ORDER BY d.id LIMIT {limit}",
            self.member_columns()
        );
        let args = args![after, INVALID_FROM];
        let rows = self.db.fetch_many(&sql, WIDTH, &args).await?;
        rows.iter().map(member).collect()
    }

    /// Valid records that name one of these customers or have one of these keys, in their order after the one with a
    /// key, at most so many.
    ///
    /// # Errors
    /// `NoPlace` for a key that there is not; when the file can't be read.
    #[boxed]
    pub async fn members(
        &self,
        customers: &[String],
        keys: &[String],
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Member>, StoreError> {
        let place = self.place_after(after).await?;
        if let Some(until) = self.horizon(customers, place, limit).await? {
            return self
                .named_members(customers, keys, (place, until), limit)
                .await;
        }
        match self.among_next(customers, keys, place, limit).await? {
            Some(found) => Ok(found),
            None => {
                let everywhere = (place, INVALID_FROM);
                self.named_members(customers, keys, everywhere, limit).await
            }
        }
    }

    /// A place before which there are so many people of these customers; none if they may have fewer. What is beyond
    /// need not be looked at.
    async fn horizon(
        &self,
        customers: &[String],
        after: i64,
        limit: u32,
    ) -> Result<Option<i64>, StoreError> {
        // Some of many are enough to say so.
        let asked = &customers[..customers.len().min(NAMED as usize)];
        if asked.is_empty() || limit == 0 {
            return Ok(None);
        }
        // Each of some customers has so many people up to the place of its last one of them.
        let each = limit.div_ceil(asked.len() as u32);
        let enough = limit.div_ceil(each);
        let sql = format!(
            "SELECT CAST(max(place) AS TEXT), CAST(count(*) AS TEXT) FROM (SELECT place FROM (SELECT \
             (SELECT d.id FROM doc d WHERE d.ckey = c.value AND d.part = 0 AND d.id > ? ORDER BY d.id LIMIT 1 \
             OFFSET {}) AS place FROM json_each(?) c) WHERE place IS NOT NULL ORDER BY place LIMIT {enough})",
            each - 1
        );
        let args = [after.into(), set(asked)];
        let rows = self.db.fetch(&sql, &args).await?;
        match rows.first() {
            Some(row) if row.int(1)? == i64::from(enough) => Ok(Some(row.int(0)? + 1)),
            _ => Ok(None),
        }
    }

    /// Those between two places, both exclusive.
    async fn named_members(
        &self,
        customers: &[String],
        keys: &[String],
        (after, before): (i64, i64),
        limit: u32,
    ) -> Result<Vec<Member>, StoreError> {
        // The plus keeps SQLite from reading all between the places rather than the few that are named.
        let mut named = vec![
            (
                format!(
                    "SELECT id FROM doc WHERE ckey {IN_SET} AND part = 0 AND id > ? AND id < ?"
                ),
                set(customers),
            ),
            (
                format!("SELECT id FROM doc WHERE lkey {IN_SET} AND +id > ? AND +id < ?"),
                set(keys),
            ),
        ];
        if self.names_several() {
            named.push((
                format!("SELECT id FROM belongs WHERE ckey {IN_SET} AND id > ? AND id < ?"),
                set(customers),
            ));
        }
        let (named, sets): (Vec<String>, Vec<Arg>) = named.into_iter().unzip();
        let sql = format!(
            "SELECT {} FROM doc d WHERE d.id IN ({}) ORDER BY d.id LIMIT {limit}",
            self.member_columns(),
            named.join(" UNION ")
        );
        let args = sets
            .into_iter()
            .flat_map(|set| [set, after.into(), before.into()]);
        let args: Vec<Arg> = args.collect();
        let rows = self.db.fetch_many(&sql, WIDTH, &args).await?;
        rows.iter().map(member).collect()
    }

    /// The same among the next records only; none if there are too few of them there to be sure. Where thousands are
    /// named and few are wanted, that is soon done: naming thousands takes longer than to come by some of them.
    async fn among_next(
        &self,
        customers: &[String],
        keys: &[String],
        after: i64,
        limit: u32,
    ) -> Result<Option<Vec<Member>>, StoreError> {
        let mut named = keys.len() as u64;
        if !customers.is_empty() {
            let people = self.count_members_up_to(customers, &[], 5 * NAMED).await?;
            named += people.unwrap_or(5 * NAMED);
        }
        if named < NAMED {
            return Ok(None);
        }
        let all = self.count(0).await?;
        let window = NEXT.max(3 * u64::from(limit) * all / named);
        if window > FAR {
            return Ok(None);
        }
        let mut condition = format!("d.ckey {IN_SET} OR d.lkey {IN_SET}");
        let customers = set(customers);
        let mut args = args![after, INVALID_FROM].to_vec();
        args.extend([customers.clone(), set(keys)]);
        if self.names_several() {
            condition.push_str(&format!(
                " OR EXISTS (SELECT 1 FROM belongs b WHERE b.id = d.id AND b.ckey {IN_SET})"
            ));
            args.push(customers);
        }
        let sql = format!(
            "SELECT {} FROM (SELECT id, key, part, ckey, lkey FROM doc WHERE id > ? AND id < ? ORDER BY id \
             LIMIT {window}) d WHERE {condition} ORDER BY d.id LIMIT {limit}",
            self.member_columns()
        );
        let rows = self.db.fetch_many(&sql, WIDTH, &args).await?;
        let found: Result<Vec<Member>, _> = rows.iter().map(member).collect();
        let found = found?;
        Ok((found.len() as u64 == u64::from(limit)).then_some(found))
    }

    /// How many valid records name one of these customers or have one of these keys; each counts once.
    ///
    /// # Errors
    /// When the file can't be read.
    #[boxed]
    pub async fn count_members(
        &self,
        customers: &[String],
        keys: &[String],
    ) -> Result<u64, StoreError> {
        let count = self.count_until(customers, keys, None).await?;
        Ok(count.unwrap_or_default())
    }

    /// The same, up to a number; none if there are more.
    ///
    /// # Errors
    /// As [`SearchIndex::count_members`].
    #[boxed]
    pub async fn count_members_up_to(
        &self,
        customers: &[String],
        keys: &[String],
        most: u64,
    ) -> Result<Option<u64>, StoreError> {
        self.count_until(customers, keys, Some(most)).await
    }

    async fn count_until(
        &self,
        customers: &[String],
        keys: &[String],
        most: Option<u64>,
    ) -> Result<Option<u64>, StoreError> {
        let customers = set(customers);
        // Three kinds that exclude each other, since counting is much quicker than telling doubles apart. CROSS JOIN
        // and the plus keep SQLite from beginning with everybody valid rather than with the few that are named.
        let primary = format!("SELECT 1 FROM doc WHERE ckey {IN_SET} AND part = 0");
        let elsewhere = format!("(d.ckey IS NULL OR NOT d.ckey {IN_SET})");
        let named = format!(
            "SELECT DISTINCT b.id FROM belongs b CROSS JOIN doc d ON d.id = b.id \
             WHERE b.ckey {IN_SET} AND d.part = 0 AND {elsewhere}"
        );
        let others =
            format!("SELECT 1 FROM doc d WHERE d.lkey {IN_SET} AND +d.part = 0 AND {elsewhere}");
        let mut kinds = vec![(primary, vec![customers.clone()])];
        if self.names_several() {
            let others = format!(
                "{others} AND NOT EXISTS (SELECT 1 FROM belongs b WHERE b.id = d.id AND b.ckey {IN_SET})"
            );
            let twice = vec![customers.clone(), customers.clone()];
            kinds.push((named, twice));
            kinds.push((others, vec![set(keys), customers.clone(), customers]));
        } else {
            kinds.push((others, vec![set(keys), customers]));
        }
        let mut count = 0;
        for (rows, args) in kinds {
            let limit = most.map_or(String::new(), |most| format!(" LIMIT {}", most + 1));
            let sql = format!("SELECT CAST(count(*) AS TEXT) FROM ({rows}{limit})");
            count += self.number(&sql, &args).await?;
            if most.is_some_and(|most| count > most) {
                return Ok(None);
            }
        }
        Ok(Some(count))
    }

    /// How many valid records name each of these customers, by customer in lower case; those that nobody names are left
    /// out.
    ///
    /// # Errors
    /// When the file can't be read.
    #[boxed]
    pub async fn count_by_customer(
        &self,
        customers: &[String],
    ) -> Result<BTreeMap<String, u64>, StoreError> {
        let customers = set(customers);
        let primary = format!(
            "SELECT ckey, CAST(count(*) AS TEXT) FROM doc WHERE ckey {IN_SET} AND part = 0 GROUP BY ckey"
        );
        let named = format!(
            "SELECT b.ckey, CAST(count(*) AS TEXT) FROM belongs b JOIN doc d ON d.id = b.id \
             WHERE b.ckey {IN_SET} AND d.part = 0 AND (d.ckey IS NULL OR d.ckey <> b.ckey) GROUP BY b.ckey"
        );
        let mut counts = BTreeMap::new();
        for sql in [primary, named] {
            let rows = self
                .db
                .fetch_many(&sql, 2, std::slice::from_ref(&customers))
                .await?;
            for row in rows {
                let count = counts.entry(row.text(0).to_owned()).or_insert(0);
                *count += row.int(1)? as u64;
            }
        }
        Ok(counts)
    }

    /// The records with these keys, without regard to case, valid or not; in no order.
    ///
    /// # Errors
    /// When the file can't be read.
    #[boxed]
    pub async fn with_keys(&self, keys: &[String]) -> Result<Vec<Member>, StoreError> {
        let columns = self.member_columns();
        let sql = format!("SELECT {columns} FROM doc d WHERE d.lkey {IN_SET}");
        let rows = self.db.fetch_many(&sql, WIDTH, &[set(keys)]).await?;
        rows.iter().map(member).collect()
    }

    /// Those of these keys that valid records have, as stored; in no order.
    ///
    /// # Errors
    /// When the file can't be read.
    #[boxed]
    pub async fn valid_among(&self, keys: &[String]) -> Result<Vec<String>, StoreError> {
        let sql = format!("SELECT d.key FROM doc d WHERE d.lkey {IN_SET} AND +d.part = 0");
        let rows = self.db.fetch_many(&sql, 1, &[set(keys)]).await?;
        Ok(rows.iter().map(|row| row.text(0).to_owned()).collect())
    }

    /// The records at these keys with all their fields, in no order.
    ///
    /// # Errors
    /// When the file can't be read.
    #[boxed]
    pub async fn records(&self, keys: &[String]) -> Result<Vec<Hit>, StoreError> {
        let sql =
            format!("SELECT d.key, CAST(d.source AS TEXT), d.raw FROM doc d WHERE d.lkey {IN_SET}");
        let rows = self.db.fetch(&sql, &[set(keys)]).await?;
        rows.iter()
            .map(|row| super::query::hit(&self.layout, row))
            .collect()
    }

    /// Keys of all valid records.
    ///
    /// # Errors
    /// When the file can't be read.
    #[boxed]
    pub async fn valid_keys(&self) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT key FROM doc WHERE id > 0 AND id < ?";
        let rows = self.db.fetch_many(sql, 1, &args![INVALID_FROM]).await?;
        Ok(rows.iter().map(|row| row.text(0).to_owned()).collect())
    }
}
