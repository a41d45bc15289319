//! What refers to people and customers by login and customer ID, in OTOBO's tables.

use std::collections::BTreeSet;

use kartoteka_boxed::boxed;
use kartoteka_model::text::{lower, same_key};

use crate::access::{among, portion};
use crate::db::{Db, Tx};
use crate::error::StoreError;
use crate::spelling::{ExtraColumns, KeyColumn, Renamed};

/// A table and column that refers to a login.
const LOGIN_REFERENCES: [Reference; 7] = [
    Reference::of("customer_preferences", "user_id"),
    Reference::of("customer_user_customer", "user_id"),
    Reference::of("group_customer_user", "user_id"),
    Reference::of("service_customer_user", "customer_user_login"),
    Reference::of("ticket", "customer_user_id"),
    Reference {
        only: "object_type = 'CustomerUser'",
        ..Reference::of("dynamic_field_obj_id_name", "object_name")
    },
    Reference {
        prefix: "CustomerTicketSearch::",
        ..Reference::of("search_profile", "login")
    },
];

/// A table and column that refers to a customer ID, beside the people of each source.
const CUSTOMER_REFERENCES: [Reference; 4] = [
    Reference::of("customer_user_customer", "customer_id"),
    Reference::of("group_customer", "customer_id"),
    Reference::of("ticket", "customer_id"),
    Reference {
        only: "object_type = 'CustomerCompany'",
        ..Reference::of("dynamic_field_obj_id_name", "object_name")
    },
];

/// Where rows refer to a key.
#[derive(Debug, Clone, Copy)]
struct Reference {
    table: &'static str,
    column: &'static str,
    /// Which rows of the table; empty for all.
    only: &'static str,
    /// What stands before the key.
    prefix: &'static str,
}

impl Reference {
    const fn of(table: &'static str, column: &'static str) -> Self {
        Self {
            table,
            column,
            only: "",
            prefix: "",
        }
    }

    fn column(&self) -> KeyColumn<'_> {
        KeyColumn {
            table: self.table,
            column: self.column,
            only: self.only,
        }
    }

    fn key(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }
}

fn references(customer: bool) -> &'static [Reference] {
    if customer {
        &CUSTOMER_REFERENCES
    } else {
        &LOGIN_REFERENCES
    }
}

/// How many rows of each table refer to a key that is to become another.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn count(
    db: &Db,
    customer: bool,
    key: &str,
    twin: bool,
) -> Result<Vec<(String, u64)>, StoreError> {
    let mut counts = vec![];
    for reference in references(customer) {
        let key = reference.key(key);
        let spelled = reference.column().spellings(db, &key).await?;
        let meant = spelled.iter().filter(|(one, _)| !twin || *one == key);
        let count = meant.map(|(_, rows)| rows).sum();
        if count > 0 {
            counts.push((reference.table.to_owned(), count));
        }
    }
    Ok(counts)
}

/// Lets everything that refers to a key refer to another (D07, D08). Rows that spell the key otherwise (the case
/// of letters) are carried too, unless another record may be meant.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn update_references(
    tx: &mut Tx,
    customer: bool,
    renamed: Renamed<'_>,
) -> Result<(), StoreError> {
    for reference in references(customer) {
        let (from, to) = (reference.key(renamed.from), reference.key(renamed.to));
        let renamed = Renamed {
            from: &from,
            to: &to,
            ..renamed
        };
        let column = reference.column();
        column
            .update_references(tx, renamed, ExtraColumns::NOTHING)
            .await?;
    }
    Ok(())
}

/// Further customers of a person, however the rows spell the login (D14), in no order.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn customers_of(db: &Db, login: &str) -> Result<Vec<String>, StoreError> {
    members(db, "user_id", "customer_id", login).await
}

/// People with this as a further customer, however the rows spell its ID (D25), in no order.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn people_of(db: &Db, customer: &str) -> Result<Vec<String>, StoreError> {
    members(db, "customer_id", "user_id", customer).await
}

async fn members(db: &Db, by: &str, of: &str, key: &str) -> Result<Vec<String>, StoreError> {
    let column = Reference::of("customer_user_customer", "");
    let column = KeyColumn {
        column: by,
        ..column.column()
    };
    let spelled = column.spellings(db, key).await?;
    let spelled: Vec<String> = spelled.into_iter().map(|(spelled, _)| spelled).collect();
    let (mut members, mut known) = (vec![], BTreeSet::new());
    for keys in spelled.chunks(portion(db.engine())) {
        let (condition, args) = among(db.engine(), by, keys);
        let sql = format!("SELECT {by}, {of} FROM customer_user_customer WHERE {condition}");
        for row in db.fetch(&sql, &args).await? {
            // MariaDB's collation answers for accents as well.
            if same_key(row.text(0), key) && known.insert(lower(row.text(1))) {
                members.push(row.text(1).to_owned());
            }
        }
    }
    Ok(members)
}
