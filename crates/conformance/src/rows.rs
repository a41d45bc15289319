//! Looking at OTOBO's tables, and going back to how the fixture left them.

use anyhow::{Context, Result};
use kartoteka_store::{Arg, Db, Engine};
use serde_json::{Map, Value, json};

/// Tables that cases write to, children before parents.
const TABLES: [&str; 13] = [
    "customer_preferences",
    "customer_user_customer",
    "group_customer_user",
    "group_customer",
    "service_customer_user",
    "ticket",
    "search_profile",
    "customer_user",
    "customer_company",
    "service",
    "kt_attempt",
    "kt_journal_link",
    "kt_journal",
];

/// Copies of the tables.
pub struct Snapshot {
    tables: Vec<String>,
}

impl Snapshot {
    /// Copies every table beside itself.
    pub async fn take(db: &Db, second: Option<String>) -> Result<Self> {
        let tables: Vec<String> = second
            .into_iter()
            .chain(TABLES.map(str::to_owned))
            .collect();
        for table in &tables {
            db.execute(
                &format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}"),
                &[],
            )
            .await?;
        }
        Ok(Self { tables })
    }

    /// Makes the tables what the copies are.
    pub async fn restore(&self, db: &Db) -> Result<()> {
        let mut tx = db.begin().await?;
        for table in &self.tables {
            tx.execute(&format!("DELETE FROM {table}"), &[]).await?;
        }
        for table in self.tables.iter().rev() {
            tx.execute(
                &format!("INSERT INTO {table} SELECT * FROM kept_{table}"),
                &[],
            )
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

/// The rows that a look answers. Columns are named in the statement.
pub async fn look(db: &Db, input: &Map<String, Value>) -> Result<Vec<Map<String, Value>>> {
    let sql = input["SQL"].as_str().context("no statement")?;
    let binds = input
        .get("Bind")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let args: Vec<Arg> = binds
        .iter()
        .map(|bind| Arg::from(bind.as_str().unwrap_or_default()))
        .collect();
    let (_, rest) = sql.split_once("SELECT ").context("no SELECT")?;
    let (list, rest) = rest.split_once(" FROM ").context("no FROM")?;
    let columns: Vec<&str> = if list.contains("CASE") {
        vec![list]
    } else {
        list.split(',').map(str::trim).collect()
    };
    let kind = if db.engine() == Engine::MySql {
        "CHAR"
    } else {
        "TEXT"
    };
    let casts: Vec<String> = columns
        .iter()
        .map(|column| {
            format!(
                "CAST({} AS {kind})",
                column.split(" AS ").next().unwrap_or_default()
            )
        })
        .collect();
    // Order by number stays right: the columns are the same ones.
    let sql = format!("SELECT {} FROM {rest}", casts.join(", "));
    let rows = db.fetch(&sql, &args).await?;
    let name = |column: &&str| column.rsplit(" AS ").next().unwrap_or_default().to_owned();
    let row = |row: &kartoteka_store::TextRow| {
        let values = row.0.iter().map(|value| json!(value));
        columns
            .iter()
            .map(name)
            .zip(values)
            .collect::<Map<String, Value>>()
    };
    Ok(rows.iter().map(row).collect())
}

/// Adds a ticket, as far as customers are concerned.
pub async fn add_ticket(db: &Db, input: &Map<String, Value>) -> Result<()> {
    let text = |key: &str| input.get(key).and_then(Value::as_str).unwrap_or_default();
    let rows = db
        .fetch(
            &format!("SELECT {} FROM ticket", db.engine().as_text("id")),
            &[],
        )
        .await?;
    let time = "2026-01-01 00:00:00";
    let sql = "INSERT INTO ticket (tn, title, queue_id, ticket_lock_id, user_id, responsible_user_id, \
               ticket_priority_id, ticket_state_id, customer_id, customer_user_id, timeout, until_time, \
               escalation_time, escalation_update_time, escalation_response_time, escalation_solution_time, \
               archive_flag, create_time, create_by, change_time, change_by) \
               VALUES (?, ?, 2, 1, 1, 1, 3, 1, ?, ?, 0, 0, 0, 0, 0, 0, 0, TIME, 1, TIME, 1)"
        .replace("TIME", &match db.engine() {
            Engine::Postgres => format!("CAST('{time}' AS timestamp)"),
            _ => format!("'{time}'"),
        });
    let args = kartoteka_store::args![
        rows.len().to_string(),
        text("Title"),
        text("CustomerID"),
        text("CustomerUser")
    ];
    db.execute(&sql, &args).await?;
    Ok(())
}
