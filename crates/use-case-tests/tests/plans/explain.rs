//! What an engine says that it will do for a statement.

use std::collections::BTreeMap;

use kartoteka_store::{Arg, Db, Engine};

/// Tables that stay small whatever the directory's size, and their short names where agents' rights are read.
const SMALL: [&str; 17] = [
    "m",
    "g",
    "o",
    "r",
    "valid",
    "meta",
    "counts",
    "kt_state",
    "kt_template",
    "groups_table",
    "group_user",
    "group_role",
    "role_user",
    "roles",
    // Hundreds, not thousands; the tree is read whole.
    "service",
    "kt_review",
    // OTOBO gives it one index only, and a rename reads what is noted of records with fields of their own.
    "dynamic_field_obj_id_name",
];

/// What is tidied every ten minutes: what is kept of agents, who are few, and attempts, most of which go.
const TIDIED: [&str; 4] = [
    "DELETE FROM kt_login_attempt WHERE at <",
    "DELETE FROM kt_session WHERE created <",
    "DELETE FROM kt_attempt WHERE at <",
    "DELETE FROM kt_known_network WHERE at <",
];

/// The steps of a statement's plan that read a whole table that may be large, or a whole index of one.
pub async fn scans(db: &Db, sql: &str) -> Vec<String> {
    if sql.starts_with("INSERT") || TIDIED.iter().any(|begin| sql.starts_with(begin)) {
        return vec![];
    }
    match db.engine() {
        Engine::Sqlite => in_sqlite(db, sql).await,
        Engine::Postgres => in_postgres(db, sql).await,
        Engine::MySql => in_mariadb(db, sql).await,
    }
}

/// Whether a statement reads the beginning of a table in its order: that is no scan.
fn begins(sql: &str) -> bool {
    sql.contains(" LIMIT ") && sql.contains(" ORDER BY ") || sql.ends_with(" LIMIT 1")
}

async fn in_sqlite(db: &Db, sql: &str) -> Vec<String> {
    let args = vec![Arg::NullText; sql.matches('?').count()];
    let rows = db.fetch(&format!("EXPLAIN QUERY PLAN {sql}"), &args).await;
    let rows = rows.unwrap_or_else(|error| panic!("{sql}: {error}"));
    let steps: Vec<&str> = rows.iter().map(|row| row.text(3)).collect();
    let sorts = steps.iter().any(|step| step.contains("TEMP B-TREE"));
    let begins = sql.contains(" LIMIT ") && !sorts;
    let whole = |step: &&&str| {
        let Some(table) = step.strip_prefix("SCAN ") else {
            return false;
        };
        let name = table.split(' ').next().unwrap_or_default();
        let matched = table.contains("VIRTUAL TABLE INDEX") && !table.ends_with("INDEX 0:");
        // The rows of a part of the statement, which has a plan of its own.
        let derived = table.starts_with('(')
            || table.ends_with("VALUES CLAUSE")
            || sql.contains(&format!(") {name}"));
        !matched && !begins && !derived && !SMALL.contains(&name)
    };
    steps
        .iter()
        .filter(whole)
        .map(|s| (*s).to_owned())
        .collect()
}

async fn in_postgres(db: &Db, sql: &str) -> Vec<String> {
    let most = (1..2000).rev().find(|n| sql.contains(&format!("${n}")));
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
        "SET LOCAL enable_hashjoin = off",
        "SET LOCAL enable_mergejoin = off",
        "SET LOCAL plan_cache_mode = force_generic_plan",
        &format!("PREPARE asked AS {sql}"),
    ] {
        let done = tx.execute(statement, &[]).await;
        done.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    let steps = tx.fetch(&execute, &[]).await.unwrap();
    tx.execute("DEALLOCATE asked", &[]).await.unwrap();
    let indexes = "SELECT CAST(i.relname AS TEXT), pg_get_indexdef(x.indexrelid, 1, true) \
                   FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid";
    let first: BTreeMap<String, String> = tx
        .fetch(indexes, &[])
        .await
        .unwrap()
        .iter()
        .map(|row| (row.text(0).to_owned(), row.text(1).to_owned()))
        .collect();
    let steps: Vec<&str> = steps.iter().map(|row| row.text(0)).collect();
    let mut found = vec![];
    for (at, step) in steps.iter().enumerate() {
        let step = step.trim().trim_start_matches("->").trim();
        let word = |after: &str| {
            let rest = step.split(after).nth(1)?;
            rest.split(' ').next()
        };
        if let Some(table) = word("Seq Scan on ") {
            if !SMALL.contains(&table) {
                found.push(step.to_owned());
            }
            continue;
        }
        let index = word("Bitmap Index Scan on ").or_else(|| word(" using "));
        let Some(index) = index.filter(|_| step.contains("Index")) else {
            continue;
        };
        if word(" on ").is_some_and(|table| SMALL.contains(&table)) {
            continue;
        }
        let own = steps[at + 1..]
            .iter()
            .take_while(|one| !one.trim_start().starts_with("->"));
        let condition = own
            .map(|one| one.trim())
            .find(|one| one.starts_with("Index Cond:"));
        let column = first.get(index).map(String::as_str).unwrap_or_default();
        let bounded = match condition {
            // An index that is looked into by its second column is read whole.
            // An expression stands there in another spelling.
            Some(condition) => column.contains('(') || condition.contains(column.trim_matches('"')),
            None => begins(sql),
        };
        if !bounded {
            found.push(format!("{step} {}", condition.unwrap_or_default()));
        }
    }
    found
}

async fn in_mariadb(db: &Db, sql: &str) -> Vec<String> {
    // A value that fits a time and a number as well: for another one it would not look into an index, or refuse.
    let sql = sql.replace('?', "'20990101'");
    let mut tx = db.begin().await.unwrap();
    // MySQL's newer form says nothing of an UPDATE. MariaDB and MySQL before 8.3 don't know the setting, and have no
    // other form.
    let _ = tx.execute("SET explain_json_format_version = 1", &[]).await;
    let rows = tx.fetch(&format!("EXPLAIN FORMAT=JSON {sql}"), &[]).await;
    let rows = rows.unwrap_or_else(|error| panic!("{sql}: {error}"));
    let plan = serde_json::from_str(rows[0].text(0)).unwrap();
    let mut found = vec![];
    whole_tables(&plan, begins(&sql), &mut found);
    found
}

fn whole_tables(plan: &serde_json::Value, begins: bool, found: &mut Vec<String>) {
    match plan {
        serde_json::Value::Object(object) => {
            let text = |name: &str| object.get(name).and_then(|value| value.as_str());
            // A change that reads all rows in MySQL walks along the primary key.
            let changes = ["update", "delete"]
                .iter()
                .any(|it| object.contains_key(*it));
            let is_whole = match text("access_type") {
                Some("ALL") => true,
                Some("index") => changes || !begins,
                _ => false,
            };
            if let Some(table) = text("table_name")
                && is_whole
                // What a subquery has found is no table; MariaDB names it `<derived2>`.
                && !table.starts_with('<')
                && !object.contains_key("materialized_from_subquery")
                && !SMALL.contains(&table)
            {
                let access = text("access_type").unwrap_or_default();
                found.push(format!("{access} {table}"));
            }
            for value in object.values() {
                whole_tables(value, begins, found);
            }
        }
        serde_json::Value::Array(values) => {
            for value in values {
                whole_tables(value, begins, found);
            }
        }
        _ => {}
    }
}
