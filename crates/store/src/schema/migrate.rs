//! Bringing a database up to date: what is missing is created, nothing else is altered or dropped.

use std::time::Duration;

use super::ddl::Table;
use super::own::own_tables;
use super::tables::otobo_tables;
use crate::args;
use crate::db::{Db, Engine, Tx};
use crate::error::StoreError;

/// How long a node waits for another one to make the tables.
const PATIENCE: Duration = Duration::from_secs(60);

/// The statements of one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    pub name: String,
    pub statements: Vec<String>,
}

/// What [`migrate`] would do now, in order.
///
/// # Errors
/// When the database does not answer.
pub async fn pending(db: &Db, now: &str) -> Result<Vec<Migration>, StoreError> {
    let present = tables_present(db).await?;
    let missing = |table: &Table| {
        !present
            .iter()
            .any(|name| name.eq_ignore_ascii_case(table.name))
    };
    let engine = db.engine();
    let mut steps = vec![];
    for table in otobo_tables().into_iter().filter(missing) {
        let mut statements = table.create(engine);
        statements.extend(initial_rows(table.name, engine, now));
        statements.extend(own_indexes(table.name, engine));
        steps.push(Migration {
            name: format!("create {}", table.name),
            statements,
        });
    }
    for (version, tables) in own_tables() {
        for table in tables.into_iter().filter(missing) {
            let mut statements = table.create(engine);
            if table.name == "kt_state" {
                statements.push("INSERT INTO kt_state (name, value) VALUES ('journal', '')".into());
            }
            steps.push(Migration {
                name: format!("create {} (version {version})", table.name),
                statements,
            });
        }
    }
    Ok(steps)
}

/// Creates what is missing. Safe when two nodes start at once: one waits for the other.
///
/// # Errors
/// When the database does not answer or refuses a statement; what a step did before is undone where the engine
/// can (MariaDB can't undo the creation of tables: running it again continues).
pub async fn migrate(db: &Db, now: &str) -> Result<Vec<Migration>, StoreError> {
    if pending(db, now).await?.is_empty() {
        return Ok(vec![]);
    }
    let mut tx = db.begin().await?;
    lock(&mut tx).await?;
    // Looked at again behind the lock: another node may have done it meanwhile.
    let steps = pending(db, now).await?;
    for step in &steps {
        for statement in &step.statements {
            tx.execute(statement, &[]).await?;
        }
    }
    if let Tx::MySql(_) = &tx {
        tx.fetch(
            "SELECT CAST(RELEASE_LOCK('kartoteka_migrate') AS CHAR)",
            &[],
        )
        .await?;
    }
    tx.commit().await?;
    Ok(steps)
}

/// Takes the lock that only one node at a time migrates under. It is asked for again and again, since making all tables
/// takes longer than a statement may.
async fn lock(tx: &mut Tx) -> Result<(), StoreError> {
    let ask = match tx.engine() {
        // BEGIN IMMEDIATE holds the write lock already.
        Engine::Sqlite => return Ok(()),
        Engine::Postgres => {
            "SELECT CAST(CAST(pg_try_advisory_xact_lock(712064501) AS INTEGER) AS TEXT)"
        }
        Engine::MySql => "SELECT CAST(GET_LOCK('kartoteka_migrate', 0) AS CHAR)",
    };
    let begun = tokio::time::Instant::now();
    while tx.fetch(ask, &[]).await?.first().and_then(|row| row.int(0)) != Some(1) {
        if begun.elapsed() > PATIENCE {
            let waited = std::io::Error::other("another node is still making tables");
            return Err(StoreError::Unavailable(sqlx::Error::Io(waited)));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(())
}

async fn tables_present(db: &Db) -> Result<Vec<String>, StoreError> {
    let sql = match db.engine() {
        Engine::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table'",
        Engine::Postgres => {
            "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = ANY (current_schemas(false))"
        }
        Engine::MySql => {
            "SELECT CAST(table_name AS CHAR) FROM information_schema.tables WHERE table_schema = DATABASE()"
        }
    };
    let rows = db.fetch(sql, &args![]).await?;
    Ok(rows.iter().map(|row| row.text(0).to_owned()).collect())
}

/// Indexes that OTOBO does not have; only on tables that Kartoteka creates.
fn own_indexes(table: &str, engine: Engine) -> Vec<String> {
    let index = |name: &str, on: &str| format!("CREATE INDEX kt_{table}_{name} ON {table} ({on})");
    let mut statements = vec![];
    if table == "customer_user" {
        statements.push(index("customer_id", "customer_id"));
        statements.push(index("email", "email"));
    }
    if engine != Engine::Sqlite && matches!(table, "customer_user" | "customer_company") {
        // What others wrote is looked for by its time; nobody else writes to an embedded database.
        statements.push(index("change_time", "change_time"));
    }
    // Keys are looked up without regard to case; MariaDB's collation does that by itself. Logins on SQLite are spared
    // another index: the search index knows all of them.
    let keys: &[&str] = match (table, engine) {
        (_, Engine::MySql) => &[],
        ("users", _) => &["login"],
        ("customer_user", Engine::Postgres) => &["login", "customer_id"],
        ("customer_user", _) => &["customer_id"],
        ("customer_company", Engine::Postgres) => &["customer_id"],
        ("customer_user_customer", _) => &["user_id", "customer_id"],
        ("customer_preferences" | "group_customer_user", _) => &["user_id"],
        ("group_customer", _) => &["customer_id"],
        ("service_customer_user", _) => &["customer_user_login"],
        ("dynamic_field_obj_id_name", _) => &["object_name"],
        ("ticket", _) => &["customer_user_id", "customer_id"],
        _ => &[],
    };
    for key in keys {
        statements.push(index(&format!("{key}_lower"), &format!("LOWER({key})")));
    }
    statements
}

/// The rows that OTOBO's tables begin with. The agent `root@localhost` gets no password: nobody can log in
/// with a well-known one.
fn initial_rows(table: &str, engine: Engine, now: &str) -> Vec<String> {
    let time = match engine {
        Engine::Postgres => format!("CAST('{now}' AS timestamp)"),
        _ => format!("'{now}'"),
    };
    let audit = format!("{time}, 1, {time}, 1");
    let numbered = |names: &[&str], columns: &str, rest: &str| {
        let rows = names.iter().enumerate();
        let mut statements: Vec<String> = rows
            .map(|(at, name)| {
                format!(
                    "INSERT INTO {table} (id, {columns}, create_time, create_by, change_time, change_by) \
                     VALUES ({}, '{name}'{rest}, {audit})",
                    at + 1
                )
            })
            .collect();
        if engine == Engine::Postgres {
            statements.push(format!(
                "SELECT setval(pg_get_serial_sequence('{table}', 'id'), {})",
                names.len()
            ));
        }
        statements
    };
    match table {
        "valid" => numbered(&["valid", "invalid", "invalid-temporarily"], "name", ""),
        "users" => numbered(&["root@localhost"], "login, first_name, last_name, valid_id", ", '-', '-', 1"),
        "groups_table" => numbered(&["users", "admin", "stats"], "name, valid_id", ", 1"),
        "group_user" => (1..=3)
            .map(|group| {
                format!(
                    "INSERT INTO group_user (user_id, group_id, permission_key, create_time, create_by, \
                     change_time, change_by) VALUES (1, {group}, 'rw', {audit})"
                )
            })
            .collect(),
        "queue" => numbered(
            &["Postmaster", "Raw", "Junk", "Misc"],
            "name, group_id, system_address_id, salutation_id, signature_id, follow_up_id, follow_up_lock, valid_id",
            ", 1, 1, 1, 1, 1, 0, 1",
        ),
        _ => vec![],
    }
}
