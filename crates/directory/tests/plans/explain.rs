//! What an engine says that it will do for a statement.

use kartoteka_store::{Arg, Db, Engine};

/// Tables that stay small whatever the directory's size, and their short names where agents' rights are read.
const SMALL: [&str; 13] = [
    "m",
    "g",
    "o",
    "r",
    "valid",
    "meta",
    "counts",
    "kt_state",
    "groups_table",
    "group_user",
    "group_role",
    "role_user",
    "roles",
];

/// The steps of a statement's plan that read a whole table that may be large.
pub async fn scans(db: &Db, sql: &str) -> Vec<String> {
    if sql.starts_with("INSERT") {
        return vec![];
    }
    match db.engine() {
        Engine::Sqlite => in_sqlite(db, sql).await,
        Engine::Postgres => in_postgres(db, sql).await,
        Engine::MySql => in_mariadb(db, sql).await,
    }
}

async fn in_sqlite(db: &Db, sql: &str) -> Vec<String> {
    let args = vec![Arg::NullText; sql.matches('?').count()];
    let rows = db.fetch(&format!("EXPLAIN QUERY PLAN {sql}"), &args).await;
    let rows = rows.unwrap_or_else(|error| panic!("{sql}: {error}"));
    let steps: Vec<&str> = rows.iter().map(|row| row.text(3)).collect();
    // Reading the beginning of a table in its order is no scan.
    let sorts = steps.iter().any(|step| step.contains("TEMP B-TREE"));
    let begins = sql.contains(" LIMIT ") && !sorts;
    let whole = |step: &&&str| {
        let Some(table) = step.strip_prefix("SCAN ") else {
            return false;
        };
        let name = table.split(' ').next().unwrap_or_default();
        let matched = table.contains("VIRTUAL TABLE INDEX") && !table.ends_with("INDEX 0:");
        !matched && !begins && !table.starts_with('(') && !SMALL.contains(&name)
    };
    steps
        .iter()
        .filter(whole)
        .map(|s| (*s).to_owned())
        .collect()
}

async fn in_postgres(db: &Db, sql: &str) -> Vec<String> {
    let most = (1..100).rev().find(|n| sql.contains(&format!("${n}")));
    let nulls = vec!["NULL"; most.unwrap_or(0)].join(", ");
    let execute = if nulls.is_empty() {
        "EXPLAIN EXECUTE asked".to_owned()
    } else {
        format!("EXPLAIN EXECUTE asked ({nulls})")
    };
    let mut tx = db.begin().await.unwrap();
    for statement in [
        // A small table is read whole even where there is an index: whether there is one is the question.
        "SET LOCAL enable_seqscan = off",
        "SET LOCAL plan_cache_mode = force_generic_plan",
        &format!("PREPARE asked AS {sql}"),
    ] {
        let done = tx.execute(statement, &[]).await;
        done.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    let steps = tx.fetch(&execute, &[]).await.unwrap();
    tx.execute("DEALLOCATE asked", &[]).await.unwrap();
    let whole = steps.iter().map(|row| row.text(0).trim().to_owned());
    whole
        .filter(|step| {
            let table = step.split("Seq Scan on ").nth(1);
            let name = table.and_then(|table| table.split(' ').next());
            name.is_some_and(|name| !SMALL.contains(&name))
        })
        .collect()
}

async fn in_mariadb(db: &Db, sql: &str) -> Vec<String> {
    // A value that fits a time as well: for another one it would not look into an index.
    let sql = sql.replace('?', "'2099-01-01'");
    let mut tx = db.begin().await.unwrap();
    // MySQL's newer form says nothing of an UPDATE. MariaDB and MySQL before 8.3 don't know the setting, and have no
    // other form.
    let _ = tx.execute("SET explain_json_format_version = 1", &[]).await;
    let rows = tx.fetch(&format!("EXPLAIN FORMAT=JSON {sql}"), &[]).await;
    let rows = rows.unwrap_or_else(|error| panic!("{sql}: {error}"));
    let plan = serde_json::from_str(rows[0].text(0)).unwrap();
    let mut found = vec![];
    whole_tables(&plan, &mut found);
    found
}

fn whole_tables(plan: &serde_json::Value, found: &mut Vec<String>) {
    match plan {
        serde_json::Value::Object(object) => {
            let text = |name: &str| object.get(name).and_then(|value| value.as_str());
            // A change that reads all rows in MySQL walks along the primary key.
            let changes = ["update", "delete"]
                .iter()
                .any(|it| object.contains_key(*it));
            let is_whole = match text("access_type") {
                Some("ALL") => true,
                Some("index") => changes,
                _ => false,
            };
            if let Some(table) = text("table_name")
                && is_whole
                && !table.starts_with('<')
                && !SMALL.contains(&table)
            {
                found.push(format!("ALL {table}"));
            }
            object.values().for_each(|value| whole_tables(value, found));
        }
        serde_json::Value::Array(values) => {
            values.iter().for_each(|value| whole_tables(value, found));
        }
        _ => {}
    }
}
