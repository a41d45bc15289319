//! Writing relations.

use kartoteka_boxed::boxed;
use kartoteka_model::access::{Context, Permission};

use super::{among, list, portion, spellings};
use crate::db::{Arg, Tx};
use crate::error::StoreError;

/// One row that is to be there, or not. Keys are spelled as stored.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum RelationRow {
    /// `customer_user_customer`.
    Customer { login: String, customer: String },
    /// `group_customer_user`.
    Person {
        login: String,
        group: i64,
        permission: Permission,
    },
    /// `group_customer`.
    CustomerGroup {
        customer: String,
        group: i64,
        permission: Permission,
        context: Context,
    },
    /// `service_customer_user`.
    Service { login: String, service: i64 },
}

/// Rows in one statement when many are added.
const ROWS: usize = 100;

/// Puts rows in and takes rows out, within a transaction. A row is there once or not at all, in whatever spelling it
/// stood before.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn change(
    tx: &mut Tx,
    taken: &[RelationRow],
    given: &[RelationRow],
    actor: i64,
    now: &str,
) -> Result<(), StoreError> {
    let mut sorted: Vec<&RelationRow> = taken.iter().collect();
    sorted.sort_by_key(|row| (row.table(), row.others()));
    for rows in sorted.chunk_by(|a, b| a.table() == b.table() && a.others() == b.others()) {
        for rows in rows.chunks(portion(tx.engine()) / 3) {
            remove(tx, rows).await?;
        }
    }
    let mut sorted: Vec<&RelationRow> = given.iter().collect();
    sorted.sort_by_key(|row| row.table());
    for rows in sorted.chunk_by(|a, b| a.table() == b.table()) {
        for rows in rows.chunks(ROWS) {
            insert(tx, rows, actor, now).await?;
        }
    }
    Ok(())
}

/// Takes rows out that differ in their holder only.
async fn remove(tx: &mut Tx, rows: &[&RelationRow]) -> Result<(), StoreError> {
    let Some(first) = rows.first() else {
        return Ok(());
    };
    let holders: Vec<String> = rows
        .iter()
        .flat_map(|row| spellings(row.holder()))
        .collect();
    let column = match first {
        RelationRow::Customer { .. } | RelationRow::Person { .. } => "user_id",
        RelationRow::CustomerGroup { .. } => "customer_id",
        RelationRow::Service { .. } => "customer_user_login",
    };
    let (held, mut args) = among(tx.engine(), column, &holders);
    let table = first.table();
    let sql = match first {
        RelationRow::Customer { customer, .. } => {
            let (customers, more) = list(&spellings(customer));
            args.extend(more);
            format!("DELETE FROM {table} WHERE {held} AND customer_id IN {customers}")
        }
        RelationRow::Person { .. } => {
            args.extend(first.others());
            format!("DELETE FROM {table} WHERE {held} AND group_id = ? AND permission_key = ?")
        }
        RelationRow::CustomerGroup { .. } => {
            args.extend(first.others());
            format!(
                "DELETE FROM {table} WHERE {held} AND group_id = ? AND permission_key = ? \
                 AND permission_context = ?"
            )
        }
        RelationRow::Service { .. } => {
            args.extend(first.others());
            format!("DELETE FROM {table} WHERE {held} AND service_id = ?")
        }
    };
    tx.execute(&sql, &args).await?;
    Ok(())
}

impl RelationRow {
    fn table(&self) -> &'static str {
        match self {
            Self::Customer { .. } => "customer_user_customer",
            Self::Person { .. } => "group_customer_user",
            Self::CustomerGroup { .. } => "group_customer",
            Self::Service { .. } => "service_customer_user",
        }
    }

    /// The login or customer ID that the row is about.
    pub fn holder(&self) -> &str {
        match self {
            Self::Customer { login, .. }
            | Self::Person { login, .. }
            | Self::Service { login, .. } => login,
            Self::CustomerGroup { customer, .. } => customer,
        }
    }

    /// What the row says of its holder.
    fn others(&self) -> Vec<Arg> {
        match self {
            Self::Customer { customer, .. } => vec![customer.into()],
            Self::Person {
                group, permission, ..
            } => vec![(*group).into(), permission.name().into()],
            Self::CustomerGroup {
                group,
                permission,
                context,
                ..
            } => vec![
                (*group).into(),
                permission.name().into(),
                context.stored().into(),
            ],
            Self::Service { service, .. } => vec![(*service).into()],
        }
    }
}

async fn insert(
    tx: &mut Tx,
    rows: &[&RelationRow],
    actor: i64,
    now: &str,
) -> Result<(), StoreError> {
    let Some(first) = rows.first() else {
        return Ok(());
    };
    let time = tx.engine().time_placeholder();
    let audit = format!("{time}, ?, {time}, ?");
    let (columns, places) = match first {
        RelationRow::Customer { .. } => ("user_id, customer_id", format!("(?, ?, {audit})")),
        RelationRow::Person { .. } => (
            "user_id, group_id, permission_key, permission_value",
            format!("(?, ?, ?, 1, {audit})"),
        ),
        RelationRow::CustomerGroup { .. } => (
            "customer_id, group_id, permission_key, permission_context, permission_value",
            format!("(?, ?, ?, ?, 1, {audit})"),
        ),
        RelationRow::Service { .. } => (
            "customer_user_login, service_id",
            format!("(?, ?, {time}, ?)"),
        ),
    };
    let audit_columns = match first {
        RelationRow::Service { .. } => "create_time, create_by",
        _ => "create_time, create_by, change_time, change_by",
    };
    let sql = format!(
        "INSERT INTO {} ({columns}, {audit_columns}) VALUES {}",
        first.table(),
        vec![places; rows.len()].join(", ")
    );
    let mut args = vec![];
    for row in rows {
        args.push(row.holder().into());
        args.extend(row.others());
        args.extend(crate::args![now, actor]);
        if !matches!(row, RelationRow::Service { .. }) {
            args.extend(crate::args![now, actor]);
        }
    }
    tx.execute(&sql, &args).await?;
    Ok(())
}
