//! Adding a column that the admin asked for to a source's table, without holding up those who use it.

use crate::args;
use crate::db::{Db, Engine, Tx};
use crate::error::StoreError;
use kartoteka_boxed::boxed;

/// How long the statement waits for those who use the table: as long, those who come after it wait, too.
const LOCK_SECONDS: u32 = 1;

/// What a new column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewColumn {
    /// Text of at most so many characters.
    Text(u32),
    /// Whole numbers.
    Whole,
}

/// The statement that adds a column. No engine rewrites the table for it, since rows get nothing in it.
pub fn add_column_sql(engine: Engine, table: &str, column: &str, kind: NewColumn) -> String {
    let kind = match kind {
        NewColumn::Text(size) => format!("VARCHAR({size})"),
        NewColumn::Whole => "INTEGER".to_owned(),
    };
    let (table, column) = (engine.quote(table), engine.quote(column));
    match engine {
        Engine::MySql => {
            format!("ALTER TABLE {table} ADD COLUMN {column} {kind} NULL, ALGORITHM=INSTANT")
        }
        Engine::Sqlite | Engine::Postgres => {
            format!("ALTER TABLE {table} ADD COLUMN {column} {kind} NULL")
        }
    }
}

/// Adds a column, in a transaction of its own.
///
/// # Errors
/// `Contended` when somebody keeps the table to themselves, or `Unavailable` where that is all that the engine says;
/// when the database refuses the column.
#[boxed]
pub async fn add_column(
    db: &Db,
    table: &str,
    column: &str,
    kind: NewColumn,
) -> Result<(), StoreError> {
    let sql = add_column_sql(db.engine(), table, column, kind);
    let mut tx = db.begin().await?;
    match db.engine() {
        Engine::Sqlite => {}
        Engine::Postgres => {
            let wait = format!("SET LOCAL lock_timeout = '{LOCK_SECONDS}s'");
            tx.execute(&wait, &args![]).await?;
        }
        Engine::MySql => {
            let wait = format!("SET SESSION lock_wait_timeout = {LOCK_SECONDS}");
            tx.execute(&wait, &args![]).await?;
        }
    }
    let added = added(&mut tx, &sql).await;
    if tx.engine() == Engine::MySql {
        // The connection goes back to the others.
        let usual = "SET SESSION lock_wait_timeout = DEFAULT";
        tx.execute(usual, &args![]).await?;
    }
    added?;
    tx.commit().await
}

async fn added(tx: &mut Tx, sql: &str) -> Result<(), StoreError> {
    match tx.execute(sql, &args![]).await {
        // A table that the engine can't add a column to in an instant: beside those who use it, then.
        Err(StoreError::Database(error)) if tx.engine() == Engine::MySql && is_no_way(&error) => {
            let other = sql.replace("ALGORITHM=INSTANT", "ALGORITHM=INPLACE, LOCK=NONE");
            tx.execute(&other, &args![]).await.map(drop)
        }
        done => done.map(drop),
    }
}

/// Whether MariaDB or MySQL says that it can't alter a table in the way that was asked for.
fn is_no_way(error: &sqlx::Error) -> bool {
    let reported = error.as_database_error();
    let reported =
        reported.and_then(|error| error.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>());
    reported.is_some_and(|error| matches!(error.number(), 1064 | 1221 | 1800 | 1845 | 1846))
}
