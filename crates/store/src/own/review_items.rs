//! What an access review goes through: `kt_review_item`, one row for each grant.

use std::collections::BTreeMap;

use kartoteka_boxed::boxed;
use kartoteka_model::text::{fold, lower};

use crate::args;
use crate::db::{Arg, Db, Engine, TextRow, Tx};
use crate::error::StoreError;
use crate::values::counted;

/// An item's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRow {
    pub review: i64,
    pub seq: i64,
    /// `customer-group`, `person-group` or `customer`.
    pub kind: String,
    /// Who has it; with the renames since, while the review is open.
    pub holder: String,
    /// The key when the item was taken in.
    pub holder_named: String,
    /// The display text when the item was taken in.
    pub holder_text: String,
    /// The name that the group had, or the customer.
    pub other: String,
    /// The number of the group; 0 without one.
    pub group_id: i64,
    pub permission: String,
    pub context: String,
    pub known: bool,
    pub valid: bool,
    pub reach: i64,
    /// JSON.
    pub also: String,
    /// What a search is looked for in, folded.
    pub search: String,
    pub decision: String,
    pub remark: String,
    /// Seconds since 1970.
    pub decided: Option<i64>,
    pub decided_by: String,
    /// Earlier decisions: JSON; empty without any.
    pub past: String,
    pub version: i64,
    pub outcome: String,
}

/// Which items are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewItemFilter {
    pub decision: Option<String>,
    pub outcome: Option<String>,
    /// Every word has to be found.
    pub search: String,
}

const COLUMNS: [&str; 22] = [
    "review",
    "seq",
    "kind",
    "holder",
    "holder_named",
    "holder_text",
    "other",
    "group_id",
    "permission",
    "context",
    "known",
    "valid",
    "reach",
    "also",
    "search",
    "decision",
    "remark",
    "decided",
    "decided_by",
    "past",
    "version",
    "outcome",
];

/// Rows in one statement.
const ROWS: usize = 100;

/// Numbers in one list.
pub(super) const NUMBERS: usize = 500;

fn select(engine: Engine) -> String {
    let columns: Vec<String> = COLUMNS
        .iter()
        .map(|column| engine.as_text(column))
        .collect();
    format!("SELECT {} FROM kt_review_item", columns.join(", "))
}

fn item(row: &TextRow) -> Result<ItemRow, StoreError> {
    let text = |at: usize| row.text(at).to_owned();
    let number = |at: usize| row.int(at);
    Ok(ItemRow {
        review: number(0)?,
        seq: number(1)?,
        kind: text(2),
        holder: text(3),
        holder_named: text(4),
        holder_text: text(5),
        other: text(6),
        group_id: number(7)?,
        permission: text(8),
        context: text(9),
        known: number(10)? == 1,
        valid: number(11)? == 1,
        reach: number(12)?,
        also: text(13),
        search: text(14),
        decision: text(15),
        remark: text(16),
        decided: row.maybe_int(17)?,
        decided_by: text(18),
        past: text(19),
        version: number(20)?,
        outcome: text(21),
    })
}

/// The condition for a review's items, and its values.
fn condition(review: i64, asked: &ReviewItemFilter) -> (String, Vec<Arg>) {
    let mut sql = String::from("review = ?");
    let mut args = args![review].to_vec();
    for (column, value) in [("decision", &asked.decision), ("outcome", &asked.outcome)] {
        if let Some(value) = value {
            sql.push_str(&format!(" AND {column} = ?"));
            args.push(value.into());
        }
    }
    for word in asked.search.split_whitespace().take(8) {
        // The key that somebody has now is not among the texts of then.
        sql.push_str(" AND (search LIKE ? ESCAPE '!' OR LOWER(holder) LIKE ? ESCAPE '!')");
        args.push(pattern(&fold(word)));
        args.push(pattern(&lower(word)));
    }
    (sql, args)
}

fn pattern(word: &str) -> Arg {
    let mut pattern = String::from("%");
    for c in word.chars() {
        if "!%_".contains(c) {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern.into()
}

/// A review's items after a number, in their order, at most so many.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn page(
    db: &Db,
    review: i64,
    asked: &ReviewItemFilter,
    after: i64,
    limit: u32,
) -> Result<Vec<ItemRow>, StoreError> {
    let (condition, mut args) = condition(review, asked);
    args.push(after.into());
    let sql = format!(
        "{} WHERE {condition} AND seq > ? ORDER BY seq LIMIT {limit}",
        select(db.engine())
    );
    db.fetch(&sql, &args).await?.iter().map(item).collect()
}

/// The same within a transaction.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn page_locked(
    tx: &mut Tx,
    review: i64,
    asked: &ReviewItemFilter,
    after: i64,
    limit: u32,
) -> Result<Vec<ItemRow>, StoreError> {
    let (condition, mut args) = condition(review, asked);
    args.push(after.into());
    let sql = format!(
        "{} WHERE {condition} AND seq > ? ORDER BY seq LIMIT {limit}",
        select(tx.engine())
    );
    tx.fetch(&sql, &args).await?.iter().map(item).collect()
}

/// An item, as far as it says which grant it is and what was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemKey {
    pub seq: i64,
    pub kind: String,
    pub holder: String,
    pub other: String,
    pub group_id: i64,
    pub permission: String,
    pub context: String,
    pub decision: String,
}

/// All items of a review, in their order.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn item_keys(db: &Db, review: i64) -> Result<Vec<ItemKey>, StoreError> {
    let engine = db.engine();
    let sql = format!(
        "SELECT {}, kind, holder, other, {}, permission, context, decision FROM kt_review_item \
         WHERE review = ? ORDER BY seq",
        engine.as_text("seq"),
        engine.as_text("group_id")
    );
    let key = |row: &TextRow| {
        Ok(ItemKey {
            seq: row.int(0)?,
            kind: row.text(1).to_owned(),
            holder: row.text(2).to_owned(),
            other: row.text(3).to_owned(),
            group_id: row.int(4)?,
            permission: row.text(5).to_owned(),
            context: row.text(6).to_owned(),
            decision: row.text(7).to_owned(),
        })
    };
    db.fetch(&sql, &args![review])
        .await?
        .iter()
        .map(key)
        .collect()
}

/// The items with these numbers, within a transaction.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn numbered(
    tx: &mut Tx,
    review: i64,
    numbers: &[i64],
) -> Result<Vec<ItemRow>, StoreError> {
    let mut found = vec![];
    for numbers in numbers.chunks(NUMBERS) {
        let sql = format!(
            "{} WHERE review = ? AND seq IN ({})",
            select(tx.engine()),
            places(numbers.len())
        );
        let rows = tx.fetch(&sql, &values(args![review], numbers)).await?;
        found.extend(rows.iter().map(item).collect::<Result<Vec<_>, _>>()?);
    }
    Ok(found)
}

/// How many items there are.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn count(db: &Db, review: i64, asked: &ReviewItemFilter) -> Result<u64, StoreError> {
    let (condition, args) = condition(review, asked);
    let sql = format!(
        "SELECT {} FROM kt_review_item WHERE {condition}",
        db.engine().counted()
    );
    let rows = db.fetch(&sql, &args).await?;
    counted(&rows)
}

/// How many items of each of these reviews have which decision.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn decisions(
    db: &Db,
    reviews: &[i64],
) -> Result<BTreeMap<(i64, String), u64>, StoreError> {
    let mut found = BTreeMap::new();
    if reviews.is_empty() {
        return Ok(found);
    }
    let engine = db.engine();
    let sql = format!(
        "SELECT {}, decision, {} FROM kt_review_item WHERE review IN ({}) GROUP BY review, decision",
        engine.as_text("review"),
        engine.counted(),
        places(reviews.len())
    );
    for row in db.fetch(&sql, &values([], reviews)).await? {
        let key = (row.int(0)?, row.text(1).to_owned());
        found.insert(key, row.int(2)? as u64);
    }
    Ok(found)
}

/// Adds items.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn insert(tx: &mut Tx, items: &[ItemRow]) -> Result<(), StoreError> {
    let one = format!("({})", places(COLUMNS.len()));
    for items in items.chunks(ROWS) {
        let sql = format!(
            "INSERT INTO kt_review_item ({}) VALUES {}",
            COLUMNS.join(", "),
            vec![one.as_str(); items.len()].join(", ")
        );
        let values = items.iter().flat_map(|item| {
            args![
                item.review,
                item.seq,
                &item.kind,
                &item.holder,
                &item.holder_named,
                &item.holder_text,
                &item.other,
                item.group_id,
                &item.permission,
                &item.context,
                i64::from(item.known),
                i64::from(item.valid),
                item.reach,
                &item.also,
                &item.search,
                &item.decision,
                &item.remark,
                item.decided,
                &item.decided_by,
                &item.past,
                item.version,
                &item.outcome,
            ]
        });
        tx.execute_owned(&sql, values.collect()).await?;
    }
    Ok(())
}

pub(super) fn places(count: usize) -> String {
    vec!["?"; count].join(", ")
}

pub(super) fn values(before: impl IntoIterator<Item = Arg>, numbers: &[i64]) -> Vec<Arg> {
    let numbers = numbers.iter().map(|number| Arg::from(*number));
    before.into_iter().chain(numbers).collect()
}
