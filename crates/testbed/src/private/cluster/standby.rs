use std::process::Command;
use std::time::{Duration, Instant};

use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::private::{
    Durability, Place, Program, StartError, StopBy, find_program, launch::prepare, start_postgres,
};

/// How long the second server may take to follow the first.
const SYNC_TIMEOUT: Duration = Duration::from_secs(60);

/// A PostgreSQL with a synchronous standby: what is acknowledged is on both.
#[derive(Debug)]
pub struct Standby {
    primary: Place,
    standby: Place,
    addresses: [String; 2],
}

impl Standby {
    /// Starts both.
    ///
    /// # Errors
    /// When one can't be started, or the second does not follow; the message says what to install.
    pub async fn start() -> Result<Self, StartError> {
        let mut primary = Place::new_for_again()?;
        let first = start_postgres(&mut primary, Durability::On)?;
        let mut standby = Place::new_for_again()?;
        let (data, _) = standby.folder_for_server("postgres", "PG_VERSION")?;
        let mut copy = Command::new(find_program(Program::PgBasebackup)?);
        copy.arg("--dbname").arg(format!("{first}/postgres"));
        copy.arg("--pgdata").arg(&data);
        copy.args([
            "--write-recovery-conf",
            "--wal-method=stream",
            "--checkpoint=fast",
            "--no-sync",
        ]);
        copy.current_dir(&data);
        standby.run_as_server(&mut copy);
        let log = standby.folder().join("basebackup.log");
        prepare(copy, &log)?;
        let second = start_postgres(&mut standby, Durability::On)?;
        // Only now: with nobody who follows, the first would wait for ever.
        until("followed", || is_followed(&first)).await?;
        for statement in [
            "ALTER SYSTEM SET synchronous_standby_names = '*'",
            "SELECT pg_reload_conf()",
        ] {
            run(&first, statement).await.map_err(refused)?;
        }
        until("synchronous", || is_synchronous(&first)).await?;
        Ok(Self {
            primary,
            standby,
            addresses: [first, second],
        })
    }

    /// The addresses of the first and of the one that follows it, without a database's name.
    pub fn addresses(&self) -> [&str; 2] {
        [&self.addresses[0], &self.addresses[1]]
    }

    /// Ends the first as loss of power would.
    ///
    /// # Errors
    /// When it can't be ended.
    pub fn kill_primary(&mut self) -> Result<(), StartError> {
        self.primary.end(StopBy::Quit)
    }

    /// Makes the second the first, as whoever watches over them does. It waits for no other from now on.
    ///
    /// # Errors
    /// When it does not do it.
    pub async fn promote(&mut self) -> Result<(), StartError> {
        let _ = &self.standby;
        for statement in [
            "SELECT pg_promote()",
            "ALTER SYSTEM SET synchronous_standby_names = ''",
            "SELECT pg_reload_conf()",
        ] {
            run(&self.addresses[1], statement).await.map_err(refused)?;
        }
        Ok(())
    }
}

async fn run(address: &str, statement: &str) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect(&format!("{address}/postgres")).await?;
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned()))
        .execute(&mut connection)
        .await?;
    connection.close().await
}

async fn is_followed(address: &str) -> Result<bool, sqlx::Error> {
    holds(
        address,
        "SELECT count(*) > 0 FROM pg_stat_replication WHERE state = 'streaming'",
    )
    .await
}

async fn is_synchronous(address: &str) -> Result<bool, sqlx::Error> {
    holds(
        address,
        "SELECT count(*) > 0 FROM pg_stat_replication WHERE sync_state = 'sync'",
    )
    .await
}

async fn holds(address: &str, question: &str) -> Result<bool, sqlx::Error> {
    let mut connection = PgConnection::connect(&format!("{address}/postgres")).await?;
    sqlx::query_scalar(AssertSqlSafe(question.to_owned()))
        .fetch_one(&mut connection)
        .await
}

async fn until<F: Future<Output = Result<bool, sqlx::Error>>>(
    what: &str,
    asked: impl Fn() -> F,
) -> Result<(), StartError> {
    let begun = Instant::now();
    loop {
        if asked().await.unwrap_or(false) {
            return Ok(());
        }
        if begun.elapsed() > SYNC_TIMEOUT {
            return Err(StartError::Failed {
                program: Program::Postgres.name().into(),
                reason: format!("is not {what} after {} s", SYNC_TIMEOUT.as_secs()),
                log: String::new(),
            });
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn refused(error: sqlx::Error) -> StartError {
    StartError::Failed {
        program: Program::Postgres.name().into(),
        reason: error.to_string(),
        log: String::new(),
    }
}
