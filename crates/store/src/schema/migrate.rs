//! Bringing a database up to date: what is missing is created, and nothing is altered or dropped that Kartoteka did not
//! make.

use std::time::Duration;

use super::altered::alterations;
use super::indexes::{PresentSchema, own_indexes, record_ownership};
use super::own::own_tables;
use super::tables::otobo_tables;
use crate::db::{Db, Engine, Tx};
use crate::error::StoreError;
use crate::values::first_int;
use kartoteka_boxed::boxed;

/// How long a node waits for another one to make the tables, and indexes of tables that may be large.
const MIGRATION_TIMEOUT: Duration = Duration::from_secs(300);

/// So often a statement is tried that was in another node's way.
const TRIES: u32 = 5;

/// The version of the tables that this program makes and knows, as `kt_state` notes it.
pub const VERSION: i64 = 11;

/// The version from which on it is kept where the journal ends.
const KEEPS_END: i64 = 8;

/// The statements of one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    pub name: String,
    pub statements: Vec<String>,
}

/// What [`migrate`] would do now, in order. A database that OTOBO made gets Kartoteka's own tables only.
///
/// # Errors
/// When the database does not answer; `Newer` where a later version has been at work; `HalfOtobo` for a database of
/// OTOBO's that lacks tables.
#[boxed]
pub async fn pending(db: &Db, now: &str) -> Result<Vec<Migration>, StoreError> {
    let found = PresentSchema::look(db).await?;
    if found.version > VERSION {
        return Err(StoreError::Newer {
            found: found.version,
            known: VERSION,
        });
    }
    found.refuse_half_otobo()?;
    let engine = db.engine();
    let mut steps = vec![];
    // Own tables come first, since `kt_state` tells which of OTOBO's Kartoteka made.
    for (version, tables) in own_tables() {
        for table in tables
            .into_iter()
            .filter(|table| !found.has_table(table.name))
        {
            let mut statements = table.create(engine);
            let indexes = own_indexes(table.name, engine).into_iter();
            statements.extend(indexes.map(|index| index.statement));
            if table.name == "kt_state" {
                statements.push("INSERT INTO kt_state (name, value) VALUES ('journal', '')".into());
                statements.push(note_version());
            }
            steps.push(Migration {
                name: format!("create {} (version {version})", table.name),
                statements,
            });
        }
    }
    let told = found.record_recognised();
    if !told.is_empty() {
        steps.push(seventh("note which tables Kartoteka made", told));
    }
    let otobo = otobo_tables();
    for table in &otobo {
        if found.has_table(table.name) {
            continue;
        }
        let mut statements = vec![];
        if !found.is_told(table.name) {
            statements.push(record_ownership(table.name));
        }
        statements.extend(table.create(engine));
        statements.extend(initial_rows(table.name, engine, now));
        // The agents of the first rows are there only now.
        let referring = otobo
            .iter()
            .flat_map(|other| other.refer_to(table.name, engine));
        statements.extend(referring);
        let indexes = own_indexes(table.name, engine).into_iter();
        statements.extend(indexes.map(|index| index.statement));
        steps.push(Migration {
            name: format!("create {}", table.name),
            statements,
        });
    }
    steps.extend(alterations(&found, engine));
    steps.extend(later_indexes(&found, engine));
    // Later it is kept from the first entry on: what has gone since was taken away, and is to be found.
    if found.keeps_no_end && found.version < KEEPS_END {
        steps.push(Migration {
            name: "keep where the journal ends (version 8)".into(),
            statements: vec![keep_end(engine).into()],
        });
    }
    // Last of all: what it says is there.
    if found.has_table("kt_state") && found.version < VERSION {
        steps.push(Migration {
            name: format!("note that the tables are of version {VERSION}"),
            statements: vec![
                "DELETE FROM kt_state WHERE name = 'version'".into(),
                note_version(),
            ],
        });
    }
    Ok(steps)
}

fn note_version() -> String {
    format!("INSERT INTO kt_state (name, value) VALUES ('version', '{VERSION}')")
}

/// Keeps the end of a journal that an earlier version wrote.
fn keep_end(engine: Engine) -> &'static str {
    match engine {
        Engine::MySql => {
            "UPDATE kt_state SET value = (SELECT CONCAT(id, ' ', hash) FROM kt_journal ORDER BY id DESC LIMIT 1) \
             WHERE name = 'journal' AND value = ''"
        }
        Engine::Sqlite | Engine::Postgres => {
            "UPDATE kt_state SET value = (SELECT CAST(id AS TEXT) || ' ' || hash FROM kt_journal ORDER BY id DESC \
             LIMIT 1) WHERE name = 'journal' AND value = ''"
        }
    }
}

/// Indexes that tables lack which Kartoteka made: since version 7, those that were made before an index was thought of
/// get it, too.
fn later_indexes(found: &PresentSchema, engine: Engine) -> Vec<Migration> {
    let mut steps = vec![];
    for (table, wanted) in found.missing_indexes(engine) {
        let statements = wanted.into_iter().map(|index| index.statement).collect();
        steps.push(seventh(&format!("add indexes to {table}"), statements));
    }
    if let Some(statement) = found.drop_superseded() {
        let name = "drop an index that another one replaced";
        steps.push(seventh(name, vec![statement]));
    }
    steps
}

fn seventh(name: &str, statements: Vec<String>) -> Migration {
    Migration {
        name: format!("{name} (version 7)"),
        statements,
    }
}

/// Creates what is missing. Safe when two nodes start at once: one waits for the other.
///
/// # Errors
/// When the database does not answer or refuses a statement; what a step did before is undone where the engine
/// can (MariaDB can't undo the creation of tables: running it again continues).
#[boxed]
pub async fn migrate(db: &Db, now: &str) -> Result<Vec<Migration>, StoreError> {
    tolerantly(db, now, true).await
}

/// The same where nodes do not see each other's lock, as those of a cluster do not: each makes what it finds missing.
#[doc(hidden)]
#[boxed]
pub async fn migrate_unlocked(db: &Db, now: &str) -> Result<Vec<Migration>, StoreError> {
    tolerantly(db, now, false).await
}

/// What another node made first is no mistake: after a while it is looked again what is missing.
async fn tolerantly(db: &Db, now: &str, locks: bool) -> Result<Vec<Migration>, StoreError> {
    let begun = tokio::time::Instant::now();
    loop {
        match once(db, now, locks).await {
            Err(error)
                if db.engine() == Engine::MySql
                    && error.is_of_another_node()
                    && begun.elapsed() < MIGRATION_TIMEOUT =>
            {
                tracing::debug!(
                    error = &error as &dyn std::error::Error,
                    "another node makes tables"
                );
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
            outcome => return outcome,
        }
    }
}

async fn once(db: &Db, now: &str, locks: bool) -> Result<Vec<Migration>, StoreError> {
    if pending(db, now).await?.is_empty() {
        return Ok(vec![]);
    }
    let mut tx = db.begin().await?;
    if locks {
        lock(&mut tx).await?;
    }
    // Looked at again behind the lock: another node may have done it meanwhile.
    let steps = pending(db, now).await?;
    for step in &steps {
        for statement in &step.statements {
            run(&mut tx, statement).await?;
        }
    }
    if locks && tx.engine() == Engine::MySql {
        tx.fetch(
            "SELECT CAST(RELEASE_LOCK('kartoteka_migrate') AS CHAR)",
            &[],
        )
        .await?;
    }
    tx.commit().await?;
    Ok(steps)
}

/// Where making tables ends transactions, each statement stands for itself: one that was in another node's way is done
/// again, since nothing else would do it.
async fn run(tx: &mut Tx, statement: &str) -> Result<(), StoreError> {
    let mut tries = 1;
    loop {
        match tx.execute_patiently(statement).await {
            Err(StoreError::Contended(_)) if tx.engine() == Engine::MySql && tries < TRIES => {
                tries += 1;
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            outcome => return outcome,
        }
    }
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
    while first_int(&tx.fetch(ask, &[]).await?)? != Some(1) {
        if begun.elapsed() > MIGRATION_TIMEOUT {
            let waited = std::io::Error::other("another node is still making tables");
            return Err(StoreError::Unavailable(sqlx::Error::Io(waited)));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(())
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
