//! A journal as long as years make it: a further customer given to somebody, and taken again, all over the directory.
//! The entries are the ones that saving writes, chained, with their links; the relations are as they were in the end.

use anyhow::{Context, Result};
use kartoteka_directory::{Kind, Relation, RelationChange};
use kartoteka_model::Record;
use kartoteka_store::Db;
use kartoteka_store::own::journal::{self, Entry};
use serde_json::json;

use crate::place::Place;
use crate::sample::data;

/// Entries in one transaction.
const PORTION: usize = 5_000;

/// Customers that are given and taken.
const CUSTOMERS: usize = 1_000;

/// Appends entries until there are so many: everybody in turn gets a customer, then everybody loses it, and so on.
///
/// # Errors
/// When the database does not answer.
pub async fn grow(place: &Place, people: u64, until: u64) -> Result<()> {
    let db = Db::open(place.database().expose()).await?;
    let data = data(people);
    let name = |record: Record, field: &str| record.get(field).to_owned();
    let customers: Vec<String> = data
        .customers()
        .take(CUSTOMERS)
        .map(|customer| name(customer, "CustomerID"))
        .collect();
    let logins: Vec<String> = data.people().map(|one| name(one, "UserLogin")).collect();
    let head = journal::head(&db).await?;
    let latest = journal::find(&db, head)
        .await?
        .context("an empty journal")?;
    let mut number = head.unsigned_abs() as usize;
    let until = until as usize;
    while number < until {
        let numbers = number..until.min(number + PORTION);
        number = numbers.end;
        let entries = numbers.map(|number| {
            let (round, one) = (number / logins.len(), number % logins.len());
            let customer = &customers[(one + round / 2) % customers.len()];
            let link = ("customer".to_owned(), customer.clone());
            let mut entry = entry(number, &logins[one], customer, round % 2 == 0);
            entry.at = latest.at + 1000;
            (entry, vec![link])
        });
        let mut tx = db.begin().await?;
        journal::append_many(&mut tx, entries.collect()).await?;
        tx.commit().await?;
    }
    Ok(())
}

fn entry(number: usize, login: &str, customer: &str, given: bool) -> Entry {
    let relation = Relation::Customer {
        login: login.into(),
        customer: customer.into(),
    };
    let change = RelationChange { relation, given };
    let body = json!({
        "changes": [], "effects": [], "relations": [change], "batch": number + 1, "size": 1,
    });
    Entry {
        id: 0,
        at: 0,
        who: "operator".into(),
        actor_id: 1,
        door: "cli".into(),
        action: "relate".into(),
        kind: Kind::CustomerUser.name().into(),
        source: String::new(),
        key: login.into(),
        key_before: String::new(),
        body: body.to_string(),
        previous: String::new(),
        hash: String::new(),
    }
}
