use sqlx::{AssertSqlSafe, Connection, MySqlConnection, PgConnection};

use crate::{
    Engine, Servers,
    private::{StartError, Stoppable, random_name},
};

/// Why there is no fresh database.
#[derive(Debug, thiserror::Error)]
pub enum FreshError {
    /// The server can't be started; the message says what to install.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The server runs, but doesn't do it.
    #[error("no fresh database on {engine}")]
    Refused { engine: Engine, source: sqlx::Error },
}

/// Makes an empty database and returns its address, as `--database` takes it.
///
/// PostgreSQL's is UTF-8 with the order of C.UTF-8, MariaDB's and MySQL's is `utf8mb4_unicode_ci`, SQLite's is a file that is made
/// when it is opened. Nobody has to remove it: it goes with the server, or the process.
///
/// # Errors
/// When the server can't be started or doesn't do it.
pub async fn fresh_database(engine: Engine) -> Result<String, FreshError> {
    let name = format!("kt_{}", random_name());
    Servers::from_env().fresh_database(engine, &name).await
}

impl Servers {
    /// Makes an empty database of this name on these servers, as [`fresh_database`] does.
    ///
    /// # Errors
    /// When the server can't be started or doesn't do it, as when there is one of this name.
    pub async fn fresh_database(&self, engine: Engine, name: &str) -> Result<String, FreshError> {
        let made = match engine {
            Engine::Sqlite => {
                let file = self.folder()?.join(name).with_extension("db");
                return Ok(format!("sqlite://{}?mode=rwc", file.display()));
            }
            Engine::Postgres => create_in_postgres(&self.postgres()?, name).await,
            Engine::Mariadb => create_in_mariadb(&self.mariadb()?, name).await,
            Engine::Mysql => create_in_mariadb(&self.mysql()?, name).await,
        };
        made.map_err(|source| FreshError::Refused { engine, source })
    }
}

/// Makes an empty database on a server of one's own and returns its address.
///
/// # Errors
/// When the server doesn't do it.
pub async fn fresh_database_on(server: &Stoppable) -> Result<String, FreshError> {
    create_database(server.address())
        .await
        .map_err(|source| FreshError::Refused {
            engine: server.engine(),
            source,
        })
}

/// Makes an empty database on the server at an address without a database's name, and returns its address.
///
/// # Errors
/// When the server doesn't do it.
pub async fn create_database(server: &str) -> Result<String, sqlx::Error> {
    let name = format!("kt_{}", random_name());
    match server.starts_with("postgres") {
        true => create_in_postgres(server, &name).await,
        false => create_in_mariadb(server, &name).await,
    }
}

async fn create_in_postgres(server: &str, name: &str) -> Result<String, sqlx::Error> {
    let mut connection = PgConnection::connect(&format!("{server}/postgres")).await?;
    // Not from template1: that fails while somebody else copies it.
    let sql = format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'");
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(&mut connection)
        .await?;
    connection.close().await?;
    Ok(format!("{server}/{name}"))
}

async fn create_in_mariadb(server: &str, name: &str) -> Result<String, sqlx::Error> {
    let mut connection = MySqlConnection::connect(server).await?;
    let sql = format!("CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci");
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(&mut connection)
        .await?;
    connection.close().await?;
    Ok(format!("{server}/{name}"))
}
