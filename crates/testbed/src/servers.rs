use std::{
    env,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, OnceLock, PoisonError},
};

use crate::private::{Durability, Place, StartError, start_mariadb, start_mysql, start_postgres};

/// The environment variable that names a PostgreSQL for tests: an address without a database.
pub const POSTGRES: &str = "KARTOTEKA_TEST_POSTGRES";

/// The environment variable that names a MariaDB for tests: an address without a database.
pub const MARIADB: &str = "KARTOTEKA_TEST_MARIADB";

/// The environment variable that names a MySQL for tests: an address without a database.
pub const MYSQL: &str = "KARTOTEKA_TEST_MYSQL";

/// The environment variable that names MySQL's server program, so that tests start one. It is not looked for: where
/// MariaDB is installed, `mysqld` often is another name for MariaDB's.
pub const MYSQLD: &str = "KARTOTEKA_TEST_MYSQLD";

/// Whether tests are to run on MySQL as well.
pub(crate) fn is_mysql_named() -> bool {
    env::var_os(MYSQL).is_some() || env::var_os(MYSQLD).is_some()
}

/// The database servers of this test process.
#[derive(Debug)]
pub struct Servers {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    postgres: Option<String>,
    mariadb: Option<String>,
    mysql: Option<String>,
    /// Where servers that we start ourselves live, and SQLite's files.
    place: Option<Place>,
    durability: Durability,
}

impl Servers {
    /// The servers that the environment names ([`POSTGRES`], [`MARIADB`], [`MYSQL`]). One that it doesn't name is started when
    /// it is first asked for, and stops when the process ends.
    pub fn from_env() -> &'static Self {
        static SERVERS: OnceLock<Servers> = OnceLock::new();
        SERVERS.get_or_init(|| {
            let named = |variable| {
                env::var(variable)
                    .ok()
                    .map(|address| address.trim_end_matches('/').to_owned())
            };
            let state = State {
                postgres: named(POSTGRES),
                mariadb: named(MARIADB),
                mysql: named(MYSQL),
                place: None,
                durability: Durability::Off,
            };
            Self {
                state: Mutex::new(state),
            }
        })
    }

    /// Servers of its own that keep what they acknowledge, as those that people work with do: for measurements. They
    /// stop when this is dropped. What they hold stays in the folder and is there again for the next; without a folder
    /// it goes.
    ///
    /// # Errors
    /// When there is no place for them.
    pub fn durable(folder: Option<&Path>) -> Result<Self, StartError> {
        let state = State {
            postgres: None,
            mariadb: None,
            mysql: None,
            place: folder.map(Place::kept).transpose()?,
            durability: Durability::On,
        };
        Ok(Self {
            state: Mutex::new(state),
        })
    }

    /// PostgreSQL's address without a database's name: `postgres://kartoteka@127.0.0.1:PORT`.
    ///
    /// # Errors
    /// When it can't be started; the message says what to install.
    pub fn postgres(&self) -> Result<String, StartError> {
        let mut state = self.lock();
        if let Some(address) = &state.postgres {
            return Ok(address.clone());
        }
        let durability = state.durability;
        let address = start_postgres(state.place()?, durability)?;
        Ok(state.postgres.insert(address).clone())
    }

    /// MariaDB's address without a database's name: `mysql://root@127.0.0.1:PORT`.
    ///
    /// # Errors
    /// When it can't be started; the message says what to install.
    pub fn mariadb(&self) -> Result<String, StartError> {
        let mut state = self.lock();
        if let Some(address) = &state.mariadb {
            return Ok(address.clone());
        }
        let durability = state.durability;
        let address = start_mariadb(state.place()?, durability)?;
        Ok(state.mariadb.insert(address).clone())
    }

    /// MySQL's address without a database's name: `mysql://root@127.0.0.1:PORT`.
    ///
    /// # Errors
    /// When it can't be started; the message says how to name its program.
    pub fn mysql(&self) -> Result<String, StartError> {
        let mut state = self.lock();
        if let Some(address) = &state.mysql {
            return Ok(address.clone());
        }
        let durability = state.durability;
        let address = start_mysql(state.place()?, durability)?;
        Ok(state.mysql.insert(address).clone())
    }

    /// A folder that is gone when the process ends.
    ///
    /// # Errors
    /// When there is no room for temporary files.
    pub fn folder(&self) -> Result<PathBuf, StartError> {
        Ok(self.lock().place()?.folder().to_owned())
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn place(&mut self) -> Result<&mut Place, StartError> {
        let place = match self.place.take() {
            Some(place) => place,
            None => Place::new()?,
        };
        Ok(self.place.insert(place))
    }
}
