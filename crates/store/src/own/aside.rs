//! What is kept by a login beside relations, put aside while it is not known whose it is: it stays in its tables under a
//! key that is nobody's login.

use kartoteka_boxed::boxed;
use sha2::{Digest, Sha256};

use crate::args;
use crate::db::Tx;
use crate::error::StoreError;
use crate::spelling::{ExtraColumns, KeyColumn, Renamed};

/// What such keys begin with.
const BEGIN: &str = "kartoteka-held-";

/// What stands before the login in OTOBO's `search_profile`.
const PROFILE: &str = "CustomerTicketSearch::";

const FIELDS: KeyColumn<'_> = KeyColumn {
    table: "dynamic_field_obj_id_name",
    column: "object_name",
    only: "object_type = 'CustomerUser'",
};

/// Columns that hold a login, with what stands before it there.
const COLUMNS: [(KeyColumn<'_>, &str); 5] = [
    (of("customer_preferences", "user_id", ""), ""),
    (of("search_profile", "login", ""), PROFILE),
    (
        of("kt_used_password", "owner", "kind = 'customer-user'"),
        "",
    ),
    (of("kt_token", "owner", "kind = 'customer-user'"), ""),
    (FIELDS, ""),
];

const fn of<'a>(table: &'a str, column: &'a str, only: &'a str) -> KeyColumn<'a> {
    KeyColumn {
        table,
        column,
        only,
    }
}

/// Under what the things of an identity are kept that were a login's of a source.
pub fn aside(source: &str, login: &str, identity: i64) -> String {
    let login = kartoteka_model::text::lower(login);
    let digest = Sha256::digest(format!("{source}\0{identity}\0{login}"));
    format!("{BEGIN}{}", hex::encode(&digest[..16]))
}

/// Whether a key is one under which something is put aside: it is nobody's login.
pub fn is_aside(key: &str) -> bool {
    let begin = key.get(..BEGIN.len());
    begin.is_some_and(|begin| begin.eq_ignore_ascii_case(BEGIN))
}

/// Puts aside what a login has; how many rows.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn put(tx: &mut Tx, login: &str, aside: &str) -> Result<u64, StoreError> {
    let mut rows = 0;
    for (column, before) in COLUMNS {
        rows += carry(tx, column, before, login, aside).await?;
    }
    Ok(rows)
}

/// Gives what was put aside to a login. What it has by itself meanwhile stays as it is.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn give(tx: &mut Tx, aside: &str, login: &str) -> Result<(), StoreError> {
    // A derived table of its own, since MySQL reads none that it deletes from.
    let sql = "DELETE FROM customer_preferences WHERE user_id = ? AND preferences_key IN (SELECT taken.name FROM \
               (SELECT DISTINCT preferences_key AS name FROM customer_preferences WHERE user_id = ?) taken)";
    tx.execute(sql, &args![aside, login]).await?;
    let has_fields = !FIELDS.spellings_in(tx, login).await?.is_empty();
    for (column, before) in COLUMNS {
        // The values of two can't be one's.
        if column.table != FIELDS.table || !has_fields {
            carry(tx, column, before, aside, login).await?;
        }
    }
    Ok(())
}

/// Removes what was put aside, but for values of dynamic fields: they are nobody's then.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn remove(tx: &mut Tx, aside: &str) -> Result<(), StoreError> {
    for (column, before) in COLUMNS {
        if column.table != FIELDS.table {
            let sql = format!("DELETE FROM {} WHERE {} = ?", column.table, column.column);
            tx.execute(&sql, &args![format!("{before}{aside}")]).await?;
        }
    }
    Ok(())
}

async fn carry(
    tx: &mut Tx,
    column: KeyColumn<'_>,
    before: &str,
    from: &str,
    to: &str,
) -> Result<u64, StoreError> {
    let (from, to) = (format!("{before}{from}"), format!("{before}{to}"));
    let renamed = Renamed {
        from: &from,
        to: &to,
        twin: false,
    };
    column
        .update_references(tx, renamed, ExtraColumns::NOTHING)
        .await
}
