//! Access reviews: `kt_review`. Their items are in [`super::review_items`].

use kartoteka_boxed::boxed;
use kartoteka_model::text::same_key;

use crate::args;
use crate::db::{Db, Engine, TextRow, Tx};
use crate::error::StoreError;
use crate::spelling::{ExtraColumns, KeyColumn, Renamed};
use crate::values::first_int;

/// A review that decisions can still be made in.
pub const OPEN: &str = "open";

/// The kind of a review of what one customer has.
pub const OF_CUSTOMER: &str = "customer";

/// A review's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRow {
    pub id: i64,
    pub kind: String,
    /// The key of what is reviewed; of a customer with the renames since, while the review is open.
    pub subject: String,
    /// The number of the group; 0 for a customer.
    pub subject_id: i64,
    /// The key when the review began.
    pub named: String,
    /// The display text when the review began.
    pub text: String,
    pub state: String,
    pub note: String,
    /// Seconds since 1970.
    pub started: i64,
    pub started_by: String,
    pub items: i64,
    /// JSON.
    pub beside: String,
    pub ended: Option<i64>,
    pub ended_by: String,
    pub remark: String,
    /// JSON; empty while the review is open.
    pub result: String,
    /// Of all items and decisions; empty while the review is open.
    pub digest: String,
    /// The journal's entry of the sign-off.
    pub entry: Option<i64>,
}

const COLUMNS: [&str; 18] = [
    "id",
    "kind",
    "subject",
    "subject_id",
    "named",
    "subject_text",
    "state",
    "note",
    "started",
    "started_by",
    "items",
    "beside",
    "ended",
    "ended_by",
    "remark",
    "result",
    "digest",
    "entry",
];

fn select(engine: Engine) -> String {
    let columns: Vec<String> = COLUMNS
        .iter()
        .map(|column| engine.as_text(column))
        .collect();
    format!("SELECT {} FROM kt_review", columns.join(", "))
}

fn review(row: &TextRow) -> Result<ReviewRow, StoreError> {
    let text = |at: usize| row.text(at).to_owned();
    let number = |at: usize| row.int(at);
    Ok(ReviewRow {
        id: number(0)?,
        kind: text(1),
        subject: text(2),
        subject_id: number(3)?,
        named: text(4),
        text: text(5),
        state: text(6),
        note: text(7),
        started: number(8)?,
        started_by: text(9),
        items: number(10)?,
        beside: text(11),
        ended: row.maybe_int(12)?,
        ended_by: text(13),
        remark: text(14),
        result: text(15),
        digest: text(16),
        entry: row.maybe_int(17)?,
    })
}

/// The review of this number.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn find(db: &Db, id: i64) -> Result<Option<ReviewRow>, StoreError> {
    let sql = format!("{} WHERE id = ?", select(db.engine()));
    db.fetch(&sql, &args![id])
        .await?
        .first()
        .map(review)
        .transpose()
}

/// The same within a transaction; nobody else decides or ends it until that ends.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn find_locked(tx: &mut Tx, id: i64) -> Result<Option<ReviewRow>, StoreError> {
    let lock = match tx.engine() {
        // The transaction holds the write lock already.
        Engine::Sqlite => "",
        _ => " FOR UPDATE",
    };
    let sql = format!("{} WHERE id = ?{lock}", select(tx.engine()));
    tx.fetch(&sql, &args![id])
        .await?
        .first()
        .map(review)
        .transpose()
}

/// The open review of a group (by number) or customer (by key), if there is one.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn find_open(
    db: &Db,
    kind: &str,
    subject: &str,
    subject_id: i64,
) -> Result<Option<ReviewRow>, StoreError> {
    let sql = format!(
        "{} WHERE state = ? AND kind = ? ORDER BY id",
        select(db.engine())
    );
    let rows = db.fetch(&sql, &args![OPEN, kind]).await?;
    let same = |row: &ReviewRow| match subject_id {
        0 => kartoteka_model::text::same_key(&row.subject, subject),
        number => row.subject_id == number,
    };
    let open: Result<Vec<_>, _> = rows.iter().map(review).collect();
    Ok(open?.into_iter().find(same))
}

/// Reviews, the latest first, before a number.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn latest(
    db: &Db,
    state: Option<&str>,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<ReviewRow>, StoreError> {
    let mut sql = format!("{} WHERE id < ?", select(db.engine()));
    let mut args = args![before.unwrap_or(i64::MAX)].to_vec();
    if let Some(state) = state {
        sql.push_str(" AND state = ?");
        args.push(state.into());
    }
    sql.push_str(&format!(" ORDER BY id DESC LIMIT {limit}"));
    db.fetch(&sql, &args).await?.iter().map(review).collect()
}

/// Keeps a new review under the next number, which it answers; behind the journal's lock, so that no other node takes it.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn insert(tx: &mut Tx, new: &ReviewRow) -> Result<i64, StoreError> {
    let sql = format!(
        "SELECT {} FROM kt_review ORDER BY id DESC LIMIT 1",
        tx.engine().as_text("id")
    );
    let last = first_int(&tx.fetch(&sql, &[]).await?)?;
    let id = last.unwrap_or_default() + 1;
    let sql = format!(
        "INSERT INTO kt_review ({}) VALUES ({})",
        COLUMNS.join(", "),
        vec!["?"; COLUMNS.len()].join(", ")
    );
    let args = args![
        id,
        &new.kind,
        &new.subject,
        new.subject_id,
        &new.named,
        &new.text,
        &new.state,
        &new.note,
        new.started,
        &new.started_by,
        new.items,
        &new.beside,
        new.ended,
        &new.ended_by,
        &new.remark,
        &new.result,
        &new.digest,
        new.entry,
    ];
    tx.execute(&sql, &args).await?;
    Ok(id)
}

/// Changes what a review says of its subject's name, its state, its number of items and its end.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn update(tx: &mut Tx, changed: &ReviewRow) -> Result<(), StoreError> {
    let sql = "UPDATE kt_review SET subject = ?, state = ?, items = ?, beside = ?, ended = ?, ended_by = ?, remark = ?, \
               result = ?, digest = ?, entry = ? WHERE id = ?";
    let args = args![
        &changed.subject,
        &changed.state,
        changed.items,
        &changed.beside,
        changed.ended,
        &changed.ended_by,
        &changed.remark,
        &changed.result,
        &changed.digest,
        changed.entry,
        changed.id,
    ];
    tx.execute(sql, &args).await?;
    Ok(())
}

/// Lets open reviews follow a person or customer that has another key now.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn update_references(
    tx: &mut Tx,
    customer: bool,
    renamed: Renamed<'_>,
) -> Result<(), StoreError> {
    let of = match customer {
        true => "kind = 'customer-group'",
        false => "kind <> 'customer-group'",
    };
    let only = format!("{of} AND review IN (SELECT id FROM kt_review WHERE state = 'open')");
    let holders = KeyColumn {
        table: "kt_review_item",
        column: "holder",
        only: &only,
    };
    holders
        .update_references(tx, renamed, ExtraColumns::NOTHING)
        .await?;
    if !customer {
        return Ok(());
    }
    // A person's further customers are items of that customer's review only. The reviews are looked up by themselves:
    // MariaDB and MySQL begin no change with its subquery, but read the items of all reviews.
    let sql = format!(
        "SELECT {}, subject FROM kt_review WHERE state = 'open' AND kind = 'customer'",
        tx.engine().as_text("id")
    );
    let open = tx.fetch(&sql, &[]).await?;
    let Renamed { from, to, twin } = renamed;
    let about = open
        .iter()
        .filter(|row| same_key(row.text(1), from) && (!twin || row.text(1) == from));
    for row in about {
        let review = row.int(0)?;
        let sql = "UPDATE kt_review_item SET other = ? WHERE review = ? AND kind = 'customer'";
        tx.execute(sql, &args![to, review]).await?;
        let sql = "UPDATE kt_review SET subject = ? WHERE id = ?";
        tx.execute(sql, &args![to, review]).await?;
    }
    Ok(())
}
