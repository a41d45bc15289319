//! Throwaway database servers for tests: private, on free ports of the loopback, gone with the process.
//!
//! [`fresh_database`] gives the address of an empty database on any engine. Servers that somebody started already
//! are named in the environment ([`POSTGRES`], [`MARIADB`]); otherwise they are started when first needed.

mod mariadb;
mod postgres;
mod server;

use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result};
use sqlx::{AssertSqlSafe, Connection, Executor};
use tokio::sync::OnceCell;

pub use server::Server;

/// Where a PostgreSQL server that tests may use is: an address without a database.
pub const POSTGRES: &str = "KARTOTEKA_TEST_POSTGRES";

/// Where a MariaDB server that tests may use is: an address without a database.
pub const MARIADB: &str = "KARTOTEKA_TEST_MARIADB";

/// The engines that everything is tested on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
    Mariadb,
}

impl Engine {
    /// All engines.
    pub const ALL: [Engine; 3] = [Self::Sqlite, Self::Postgres, Self::Mariadb];

    /// The name on command lines and in cases.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::Mariadb => "mariadb",
        }
    }

    /// The engine of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|engine| engine.name() == name)
    }
}

static STARTED_POSTGRES: OnceCell<Server> = OnceCell::const_new();
static STARTED_MARIADB: OnceCell<Server> = OnceCell::const_new();
static NUMBER: AtomicU32 = AtomicU32::new(0);

/// Starts a private PostgreSQL server.
///
/// # Errors
/// When it is not installed or does not start; the message says how to get it.
pub fn start_postgres() -> Result<Server> {
    postgres::start()
}

/// Starts a private MariaDB server.
///
/// # Errors
/// When it is not installed or does not start; the message says how to get it.
pub fn start_mariadb() -> Result<Server> {
    mariadb::start()
}

async fn base(variable: &str, cell: &'static OnceCell<Server>, start: fn() -> Result<Server>) -> Result<String> {
    if let Ok(address) = std::env::var(variable) {
        return Ok(address);
    }
    let started = cell.get_or_try_init(|| async { tokio::task::spawn_blocking(start).await? }).await?;
    Ok(started.address.clone())
}

/// The address of a new, empty database.
///
/// # Errors
/// When the engine's server can't be started or refuses.
pub async fn fresh_database(engine: Engine) -> Result<String> {
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = format!("kt_{}_{number}", std::process::id());
    match engine {
        Engine::Sqlite => {
            let folder = std::env::temp_dir().join("kartoteka-tests");
            std::fs::create_dir_all(&folder)?;
            let path = folder.join(format!("{name}.db"));
            for end in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{end}", path.display()));
            }
            Ok(format!("sqlite://{}?mode=rwc", path.display()))
        }
        Engine::Postgres => {
            let base = base(POSTGRES, &STARTED_POSTGRES, start_postgres).await?;
            let mut connection = sqlx::PgConnection::connect(&format!("{base}/postgres")).await.context("PostgreSQL")?;
            let sql = format!("DROP DATABASE IF EXISTS {name}");
            connection.execute(AssertSqlSafe(sql)).await?;
            connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await?;
            Ok(format!("{base}/{name}"))
        }
        Engine::Mariadb => {
            let base = base(MARIADB, &STARTED_MARIADB, start_mariadb).await?;
            let mut connection = sqlx::MySqlConnection::connect(&format!("{base}/mysql")).await.context("MariaDB")?;
            let sql = format!("CREATE OR REPLACE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci");
            connection.execute(AssertSqlSafe(sql)).await?;
            Ok(format!("{base}/{name}"))
        }
    }
}
