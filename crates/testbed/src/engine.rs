use std::fmt;

use crate::servers::is_mysql_named;

/// A database engine that tests run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    Sqlite,
    Postgres,
    Mariadb,
    /// MariaDB's dialect on MySQL, which no package of Debian's stable brings.
    Mysql,
}

impl Engine {
    /// The engines that everybody has whom the tests bring their servers to.
    pub const ALL: [Self; 3] = [Self::Sqlite, Self::Postgres, Self::Mariadb];

    /// Every engine, for tests that have to hold on each: [`Engine::ALL`], and MySQL if the environment names one.
    pub fn all() -> Vec<Self> {
        let mut all = Self::ALL.to_vec();
        if is_mysql_named() {
            all.push(Self::Mysql);
        }
        all
    }

    /// Those of [`Engine::all`] that are servers.
    pub fn servers() -> Vec<Self> {
        let mut all = Self::all();
        all.retain(|engine| *engine != Self::Sqlite);
        all
    }

    /// The engine of this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Mysql]
            .into_iter()
            .chain(Self::ALL)
            .find(|engine| engine.name() == name)
    }

    /// The name as `--engine` takes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::Mariadb => "mariadb",
            Self::Mysql => "mysql",
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
