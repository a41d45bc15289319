//! Tables described once, written in each engine's dialect.

use crate::db::Engine;

/// The column types of OTOBO's schema files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Small,
    Int,
    Big,
    /// Text of at most so many characters.
    Varchar(u32),
    /// Text of any length.
    Text,
    /// A point in time, to the second, without a zone.
    Date,
    /// OTOBO's LONGBLOB: base64 text on PostgreSQL.
    Blob,
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    pub kind: Type,
    pub null: bool,
    /// A number that the database counts up; the primary key.
    pub counted: bool,
    /// What rows get that name no value.
    pub default: Option<i64>,
}

/// An index; the name comes before its columns. A column with a number behind a colon (`value_text:150`) is a text of
/// which MariaDB and MySQL take so many characters.
#[derive(Debug, Clone, Copy)]
pub struct Index {
    pub name: &'static str,
    pub columns: &'static [&'static str],
    pub unique: bool,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    pub name: &'static str,
    pub columns: Vec<Column>,
    /// The primary key, if no column is counted.
    pub key: &'static [&'static str],
    pub indexes: Vec<Index>,
    /// Column and table whose `id` it refers to.
    pub references: Vec<(&'static str, &'static str)>,
    /// References to a table that is made after this one.
    pub later: Vec<(&'static str, &'static str)>,
}

impl Table {
    /// A table without columns.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            columns: vec![],
            key: &[],
            indexes: vec![],
            references: vec![],
            later: vec![],
        }
    }

    /// Adds a primary key that the database counts up.
    pub fn id(self, kind: Type) -> Self {
        self.column(Column {
            name: "id",
            kind,
            null: false,
            counted: true,
            default: None,
        })
    }

    /// Adds columns that must have a value.
    pub fn with(self, columns: &[(&'static str, Type)]) -> Self {
        let add = |table: Self, (name, kind): &(&'static str, Type)| {
            table.column(Column {
                name,
                kind: *kind,
                null: false,
                counted: false,
                default: None,
            })
        };
        columns.iter().fold(self, add)
    }

    /// Adds columns that may be NULL.
    pub fn maybe(self, columns: &[(&'static str, Type)]) -> Self {
        let add = |table: Self, (name, kind): &(&'static str, Type)| {
            table.column(Column {
                name,
                kind: *kind,
                null: true,
                counted: false,
                default: None,
            })
        };
        columns.iter().fold(self, add)
    }

    /// Adds `create_time`, `create_by`, `change_time`, `change_by`.
    pub fn audited(self) -> Self {
        self.with(&[
            ("create_time", Type::Date),
            ("create_by", Type::Int),
            ("change_time", Type::Date),
            ("change_by", Type::Int),
        ])
    }

    /// Makes columns the primary key.
    pub fn key(mut self, columns: &'static [&'static str]) -> Self {
        self.key = columns;
        self
    }

    /// Lets who created and changed a row be agents. OTOBO holds not all of its tables to that.
    pub fn by_agents(self) -> Self {
        self.refers("create_by", "users")
            .refers("change_by", "users")
    }

    /// Adds a unique key.
    pub fn unique(mut self, name: &'static str, columns: &'static [&'static str]) -> Self {
        self.indexes.push(Index {
            name,
            columns,
            unique: true,
        });
        self
    }

    /// Adds an index.
    pub fn index(mut self, name: &'static str, columns: &'static [&'static str]) -> Self {
        self.indexes.push(Index {
            name,
            columns,
            unique: false,
        });
        self
    }

    /// Makes a column refer to the `id` of a table.
    pub fn refers(mut self, column: &'static str, table: &'static str) -> Self {
        self.references.push((column, table));
        self
    }

    /// Makes a column refer to the `id` of a table that is made after this one. SQLite, which can't add references, does
    /// without: OTOBO has no part in an embedded database.
    pub fn refers_later(mut self, column: &'static str, table: &'static str) -> Self {
        self.later.push((column, table));
        self
    }

    /// Gives the column added last a default.
    pub fn default(mut self, value: i64) -> Self {
        if let Some(column) = self.columns.last_mut() {
            column.default = Some(value);
        }
        self
    }

    fn column(mut self, column: Column) -> Self {
        self.columns.push(column);
        self
    }

    /// The statements that create the table, in the engine's dialect.
    pub fn create(&self, engine: Engine) -> Vec<String> {
        let mut parts: Vec<String> = self
            .columns
            .iter()
            .map(|column| column_sql(column, engine))
            .collect();
        if !self.key.is_empty() {
            parts.push(format!("PRIMARY KEY ({})", list(self.key, engine)));
        }
        for index in self
            .indexes
            .iter()
            .filter(|index| index.unique && engine != Engine::Sqlite)
        {
            parts.push(match engine {
                Engine::MySql => format!(
                    "UNIQUE INDEX {} ({})",
                    index.name,
                    list(index.columns, engine)
                ),
                _ => format!(
                    "CONSTRAINT {} UNIQUE ({})",
                    index.name,
                    list(index.columns, engine)
                ),
            });
        }
        for (column, table) in &self.references {
            parts.push(self.reference(column, table, engine));
        }
        let mut statements = vec![format!(
            "CREATE TABLE {} ({})",
            engine.quote(self.name),
            parts.join(", ")
        )];
        for index in self
            .indexes
            .iter()
            .filter(|index| !index.unique || engine == Engine::Sqlite)
        {
            statements.push(self.create_index(index, engine));
        }
        statements
    }

    /// The statements that let it refer to a table, now that this is there.
    pub fn refer_to(&self, table: &str, engine: Engine) -> Vec<String> {
        let to_it = |(column, to): &(&str, &str)| {
            let reference = self.reference(column, to, engine);
            (*to == table && engine != Engine::Sqlite)
                .then(|| format!("ALTER TABLE {} ADD {reference}", engine.quote(self.name)))
        };
        self.later.iter().filter_map(to_it).collect()
    }

    fn reference(&self, column: &str, table: &str, engine: Engine) -> String {
        format!(
            "CONSTRAINT FK_{}_{column}_id FOREIGN KEY ({}) REFERENCES {} ({})",
            self.name,
            engine.quote(column),
            engine.quote(table),
            engine.quote("id"),
        )
    }

    /// The statement that creates one of its indexes.
    pub(super) fn create_index(&self, index: &Index, engine: Engine) -> String {
        let unique = if index.unique { "UNIQUE " } else { "" };
        format!(
            "CREATE {unique}INDEX {} ON {} ({})",
            index.name,
            engine.quote(self.name),
            list(index.columns, engine),
        )
    }
}

fn list(columns: &[&str], engine: Engine) -> String {
    let quoted = |column: &&str| match (column.split_once(':'), engine) {
        (Some((column, length)), Engine::MySql) => format!("{}({length})", engine.quote(column)),
        (Some((column, _)), _) => engine.quote(column),
        (None, _) => engine.quote(column),
    };
    columns.iter().map(quoted).collect::<Vec<_>>().join(", ")
}

fn column_sql(column: &Column, engine: Engine) -> String {
    let name = engine.quote(column.name);
    if column.counted {
        return match (engine, column.kind) {
            (Engine::Sqlite, _) => format!("{name} INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT"),
            (Engine::Postgres, Type::Big) => format!("{name} bigserial NOT NULL PRIMARY KEY"),
            (Engine::Postgres, Type::Small) => format!("{name} smallserial NOT NULL PRIMARY KEY"),
            (Engine::Postgres, _) => format!("{name} serial NOT NULL PRIMARY KEY"),
            (Engine::MySql, kind) => {
                format!(
                    "{name} {} NOT NULL AUTO_INCREMENT PRIMARY KEY",
                    type_sql(kind, engine)
                )
            }
        };
    }
    let null = if column.null { "NULL" } else { "NOT NULL" };
    let kind = type_sql(column.kind, engine);
    match column.default {
        Some(value) => format!("{name} {kind} DEFAULT {value} {null}"),
        None => format!("{name} {kind} {null}"),
    }
}

fn type_sql(kind: Type, engine: Engine) -> String {
    match (kind, engine) {
        (Type::Small, _) => "SMALLINT".into(),
        (Type::Int, _) => "INTEGER".into(),
        (Type::Big, _) => "BIGINT".into(),
        (Type::Varchar(size), Engine::MySql) if size > 255 => "TEXT".into(),
        (Type::Varchar(size), _) => format!("VARCHAR({size})"),
        (Type::Text, Engine::MySql) => "LONGTEXT".into(),
        (Type::Text, _) => "TEXT".into(),
        (Type::Date, Engine::Postgres) => "timestamp(0)".into(),
        (Type::Date, Engine::MySql) => "DATETIME".into(),
        (Type::Date, Engine::Sqlite) => "TEXT".into(),
        (Type::Blob, Engine::MySql) => "LONGBLOB".into(),
        (Type::Blob, _) => "TEXT".into(),
    }
}
