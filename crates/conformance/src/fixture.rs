//! Loading the fixture: people and customers through the use cases, the rest as rows.

use anyhow::{Context, Result};
use kartoteka_access::Access;
use kartoteka_directory::{Actor, Fields, Kind, Maintenance};
use kartoteka_model::Record;
use kartoteka_records::Records;
use kartoteka_store::source::TableStore;
use kartoteka_store::{Arg, Db, Engine, args};
use kartoteka_testbed::ldap::{Entry, SUFFIX};
use serde_json::Value;

fn fields(record: &Value) -> Fields {
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    record
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.clone(), text(value)))
        .collect()
}

/// The entries of the recorded tree.
pub fn tree(fixture: &Value) -> Vec<Entry> {
    let mut entries = Entry::tree();
    // What the file leaves out and cases ask for.
    let beside = |login: &str| match login {
        "lanna" => vec![("l", "Łódź"), ("telephoneNumber", "+48 1")],
        _ => vec![],
    };
    let member = format!("uid=lanna,ou=people,{SUFFIX}");
    let members = [("cn", "otobo"), ("member", member.as_str())];
    let group = format!("cn=otobo,ou=groups,{SUFFIX}");
    entries.push(Entry::new(group, &["groupOfNames"], &members));
    for person in fixture.as_array().into_iter().flatten() {
        let login = person["uid"].as_str().unwrap_or_default();
        let attributes = person.as_object().into_iter().flatten();
        let mut attributes: Vec<(&str, &str)> = attributes
            .filter(|(name, _)| *name != "uid")
            .filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)))
            .collect();
        attributes.extend(beside(login));
        entries.push(Entry::person(login, &attributes));
    }
    entries
}

fn list<'a>(fixture: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    fixture[name].as_array().into_iter().flatten()
}

/// Adds rows that no save would let in.
async fn add_rows(directory: &Maintenance, db: &Db, kind: Kind, records: &[Record]) -> Result<()> {
    let settings = directory.settings();
    let source = match kind {
        Kind::Customer => settings.customers.first().map(|source| &source.spec),
        _ => settings.customer_users.first().map(|source| &source.spec),
    };
    let table = TableStore::open(db.clone(), source.context("no source")?.clone()).await?;
    let mut tx = db.begin().await?;
    let rows = table.rows(records, 1, "2026-01-01 00:00:00");
    table.insert_rows(&mut tx, rows).await?;
    tx.commit().await?;
    Ok(directory.rebuild_index(kind).await?)
}

/// Puts the fixture into an empty database.
pub async fn load(directory: &Maintenance, db: &Db, fixture: &Value) -> Result<()> {
    let actor = Actor::operator();
    for (kind, name) in [(Kind::Customer, "companies"), (Kind::CustomerUser, "users")] {
        let mut stray = vec![];
        for record in list(fixture, name) {
            let plan = Records::of(directory)
                .plan_create(&actor, kind, None, fields(record))
                .await?;
            // The fixture holds people of customers that are invalid or not there, and addresses that are none, whom no
            // save would let in; the rows are what counts.
            let known = ["unknown-customer", "invalid-customer", "email"];
            let mut problems = plan.errors.iter().map(|error| error.problem.code());
            if !plan.errors.is_empty() && problems.all(|code| known.contains(&code)) {
                stray.push(plan.after.clone());
                continue;
            }
            let added = Records::of(directory).apply(plan).await;
            added.with_context(|| record.to_string())?;
        }
        if !stray.is_empty() {
            add_rows(directory, db, kind, &stray).await?;
        }
    }
    directory.wait_for_index().await?;
    let time = match db.engine() {
        Engine::Postgres => "CAST('2026-01-01 00:00:00' AS timestamp)",
        _ => "'2026-01-01 00:00:00'",
    };
    let audit = format!("{time}, 1, {time}, 1");
    let names = "create_time, create_by, change_time, change_by";
    for group in list(fixture, "groups") {
        let sql =
            format!("INSERT INTO groups_table (name, valid_id, {names}) VALUES (?, ?, {audit})");
        let args = args![
            group["Name"].as_str().unwrap_or_default(),
            group["ValidID"].as_i64().unwrap_or(1)
        ];
        db.execute(&sql, &args).await?;
    }
    for service in list(fixture, "services") {
        let sql = format!("INSERT INTO service (name, valid_id, {names}) VALUES (?, ?, {audit})");
        let args = args![
            service["Name"].as_str().unwrap_or_default(),
            service["ValidID"].as_i64().unwrap_or(1)
        ];
        db.execute(&sql, &args).await?;
    }
    permissions(db, fixture, &audit, names).await?;
    for member in list(fixture, "user_customers") {
        let text = |key: &str| member[key].as_str().unwrap_or_default();
        let related = Access::of(directory)
            .relate_customer(&actor, text("CustomerUserID"), text("CustomerID"), true)
            .await;
        related.context("a relation")?;
    }
    for member in list(fixture, "service_members") {
        let text = |key: &str| member[key].as_str().unwrap_or_default();
        let sql = format!(
            "INSERT INTO service_customer_user (customer_user_login, service_id, create_time, create_by) \
             VALUES (?, (SELECT id FROM service WHERE name = ?), {time}, 1)"
        );
        db.execute(&sql, &args![text("CustomerUserLogin"), text("Service")])
            .await?;
    }
    Ok(())
}

async fn permissions(db: &Db, fixture: &Value, audit: &str, names: &str) -> Result<()> {
    let group = "(SELECT id FROM groups_table WHERE name = ?)";
    for given in list(fixture, "user_permissions") {
        for (permission, _) in given["Permission"]
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(_, value)| **value == 1)
        {
            let sql = format!(
                "INSERT INTO group_customer_user (user_id, group_id, permission_key, permission_value, {names}) \
                 VALUES (?, {group}, ?, 1, {audit})"
            );
            let text = |key: &str| given[key].as_str().unwrap_or_default();
            db.execute(&sql, &args![text("UID"), text("Group"), permission])
                .await?;
        }
    }
    for given in list(fixture, "customer_permissions") {
        for (context, permissions) in given["Permission"].as_object().into_iter().flatten() {
            for (permission, _) in permissions
                .as_object()
                .into_iter()
                .flatten()
                .filter(|(_, value)| **value == 1)
            {
                let sql = format!(
                    "INSERT INTO group_customer (customer_id, group_id, permission_key, permission_value, \
                     permission_context, {names}) VALUES (?, {group}, ?, 1, ?, {audit})"
                );
                let text = |key: &str| given[key].as_str().unwrap_or_default();
                db.execute(
                    &sql,
                    &args![text("CustomerID"), text("Group"), permission, context],
                )
                .await?;
            }
        }
    }
    Ok(())
}

/// Makes a second table that people come from, as others make one: with its own names of columns and nothing of ours.
/// Its name; none where the fixture has no such table.
pub async fn load_table(db: &Db, second: &Value) -> Result<Option<String>> {
    let Some(table) = second["table"].as_str() else {
        return Ok(None);
    };
    let columns: Vec<&str> = list(second, "columns").filter_map(Value::as_str).collect();
    let typed: Vec<String> = columns
        .iter()
        .enumerate()
        .map(|(at, name)| match (at, *name) {
            (0, name) => format!("{name} VARCHAR(191) NOT NULL PRIMARY KEY"),
            (_, "active") => "active SMALLINT NOT NULL".into(),
            (_, name) => format!("{name} VARCHAR(200)"),
        })
        .collect();
    let sql = format!(
        "CREATE TABLE {table} ({}, pw VARCHAR(250))",
        typed.join(", ")
    );
    db.execute(&sql, &[]).await?;
    let places = vec!["?"; columns.len()].join(", ");
    let sql = format!(
        "INSERT INTO {table} ({}) VALUES ({places})",
        columns.join(", ")
    );
    for row in list(second, "rows") {
        let values = row.as_array().into_iter().flatten().zip(&columns);
        let args: Vec<Arg> = values
            .map(|(value, column)| {
                let text = value.as_str().unwrap_or_default();
                match *column {
                    "active" => Arg::Int(text.parse().unwrap_or(1)),
                    _ => Arg::from(text),
                }
            })
            .collect();
        db.execute(&sql, &args).await?;
    }
    Ok(Some(table.to_owned()))
}
