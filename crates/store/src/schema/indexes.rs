//! Indexes beside OTOBO's, and which tables may get them: only those that Kartoteka made.

use std::collections::BTreeSet;

use super::altered::ALTERED;
use super::ddl::Table;
use super::own::own_tables;
use super::tables::otobo_tables;
use crate::args;
use crate::db::{Db, Engine};
use crate::error::StoreError;
use crate::source::columns;
use crate::values::first_int;
use kartoteka_boxed::boxed;

/// What is written before the name of a table in `kt_state` when Kartoteka makes it.
const MADE: &str = "made ";

/// An index of every version since the first on `customer_user`: by it, tables are known that were made before
/// `kt_state` told which.
const FIRST: (&str, &str) = ("customer_user", "kt_customer_user_customer_id");

/// An index by another name in an earlier version, which would only cost time beside today's.
const SUPERSEDED: (&str, &str) = ("customer_user", "kt_customer_user_login");

/// An index and the statement that makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct IndexStatement {
    pub name: String,
    pub statement: String,
}

/// What a database has of tables and indexes, and which of OTOBO's tables Kartoteka made there.
pub(super) struct PresentSchema {
    tables: BTreeSet<String>,
    indexes: BTreeSet<(String, String)>,
    /// As `kt_state` tells.
    told: BTreeSet<String>,
    /// As the tables themselves show, if `kt_state` does not tell yet.
    recognised: BTreeSet<String>,
    /// The version of the tables, if it was noted; 0 if not.
    pub version: i64,
    /// There is a journal whose end is not kept: all of it was written by an earlier version.
    pub keeps_no_end: bool,
    /// The columns of own tables that later versions altered.
    columns: BTreeSet<(&'static str, String)>,
}

impl PresentSchema {
    /// Looks at a database.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn look(db: &Db) -> Result<Self, StoreError> {
        let mut found = Self {
            tables: tables_present(db).await?,
            indexes: indexes_present(db).await?,
            told: BTreeSet::new(),
            recognised: BTreeSet::new(),
            version: 0,
            keeps_no_end: false,
            columns: BTreeSet::new(),
        };
        if found.has_table("kt_state") {
            let sql = "SELECT name FROM kt_state WHERE name LIKE 'made %'";
            let rows = db.fetch(sql, &args![]).await?;
            let names = rows.iter().filter_map(|row| row.text(0).strip_prefix(MADE));
            found.told = names.map(str::to_owned).collect();
            let sql = "SELECT value FROM kt_state WHERE name = 'version'";
            let rows = db.fetch(sql, &args![]).await?;
            found.version = first_int(&rows)?.unwrap_or(0);
            if found.has_table("kt_journal") {
                let sql = "SELECT name FROM kt_state WHERE name = 'journal' AND value = '' \
                           AND EXISTS (SELECT 1 FROM kt_journal)";
                found.keeps_no_end = !db.fetch(sql, &args![]).await?.is_empty();
            }
        }
        for table in ALTERED {
            let present = columns(db, table).await?.into_iter();
            let present = present.map(|column| (table, column.name));
            found.columns.extend(present);
        }
        if found.told.is_empty() && found.has_index(FIRST.0, FIRST.1) {
            found.recognised = recognise(db, &found).await?;
        }
        Ok(found)
    }

    pub fn has_table(&self, name: &str) -> bool {
        self.tables.contains(name)
    }

    /// Whether a table that a later version altered has a column.
    pub fn has_column(&self, table: &'static str, column: &str) -> bool {
        self.columns.contains(&(table, column.to_owned()))
    }

    fn has_index(&self, table: &str, name: &str) -> bool {
        self.indexes.contains(&(table.to_owned(), name.to_owned()))
    }

    /// Whether `kt_state` tells already that Kartoteka made a table.
    pub fn is_told(&self, table: &str) -> bool {
        self.told.contains(table)
    }

    /// Refuses a database of OTOBO's that lacks tables. Where Kartoteka made the table of agents, which most others refer
    /// to, it made the database: whatever else stands there by now, it may add to it.
    ///
    /// # Errors
    /// `HalfOtobo`.
    pub fn refuse_half_otobo(&self) -> Result<(), StoreError> {
        let ours = |name: &str| self.told.contains(name) || self.recognised.contains(name);
        if ours("users") {
            return Ok(());
        }
        let names = otobo_tables()
            .into_iter()
            .map(|table| table.name.to_owned());
        let (present, missing): (Vec<String>, Vec<String>) =
            names.partition(|name| self.has_table(name));
        if missing.is_empty() || present.iter().all(|name| ours(name)) {
            return Ok(());
        }
        Err(StoreError::HalfOtobo { present, missing })
    }

    /// The statements by which `kt_state` tells of tables that an earlier version made.
    pub fn record_recognised(&self) -> Vec<String> {
        self.recognised
            .iter()
            .map(|name| record_ownership(name))
            .collect()
    }

    /// The indexes that a later version than the table's brought, by table. OTOBO's own tables get none.
    pub fn missing_indexes(&self, engine: Engine) -> Vec<(&'static str, Vec<IndexStatement>)> {
        let ours = |table: &Table| {
            self.has_table(table.name)
                && (self.told.contains(table.name) || self.recognised.contains(table.name))
        };
        let otobo = otobo_tables().into_iter().filter(ours);
        let own = own_tables().into_iter().flat_map(|(_, tables)| tables);
        let own = own.filter(|table| self.has_table(table.name));
        otobo
            .chain(own)
            .map(|table| {
                let mut wanted = wanted(&table, engine);
                wanted.retain(|index| !self.has_index(table.name, &index.name));
                (table.name, wanted)
            })
            .filter(|(_, wanted)| !wanted.is_empty())
            .collect()
    }

    /// The statement that drops the index which another one of today has replaced.
    pub fn drop_superseded(&self) -> Option<String> {
        let (table, index) = SUPERSEDED;
        self.has_index(table, index)
            .then(|| format!("DROP INDEX {index}"))
    }
}

/// The statement by which `kt_state` tells that Kartoteka made a table.
pub(super) fn record_ownership(table: &str) -> String {
    format!("INSERT INTO kt_state (name, value) VALUES ('{MADE}{table}', '')")
}

/// The indexes of a table that aren't made within its `CREATE TABLE`, but for unique ones: those came with the table.
fn wanted(table: &Table, engine: Engine) -> Vec<IndexStatement> {
    let described = table.indexes.iter().filter(|index| !index.unique);
    let mut wanted: Vec<IndexStatement> = described
        .map(|index| IndexStatement {
            name: index.name.to_owned(),
            statement: table.create_index(index, engine),
        })
        .collect();
    wanted.extend(own_indexes(table.name, engine));
    wanted
}

/// Indexes beside those that a table is described with; only on tables that Kartoteka makes.
pub(super) fn own_indexes(table: &str, engine: Engine) -> Vec<IndexStatement> {
    let index = |suffix: &str, on: &str| {
        let name = format!("kt_{}_{suffix}", table.trim_start_matches("kt_"));
        let statement = format!("CREATE INDEX {name} ON {table} ({on})");
        IndexStatement { name, statement }
    };
    let mut wanted = vec![];
    if table == "customer_user" {
        wanted.push(index("customer_id", "customer_id"));
        wanted.push(index("email", "email"));
    }
    if engine != Engine::Sqlite && matches!(table, "customer_user" | "customer_company") {
        // What others wrote is looked for by its time; nobody else writes to an embedded database.
        wanted.push(index("change_time", "change_time"));
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
        ("search_profile", _) => &["login"],
        ("kt_review_item", _) => &["holder"],
        ("kt_session" | "kt_token" | "kt_used_password", _) => &["owner"],
        _ => &[],
    };
    for key in keys {
        wanted.push(index(&format!("{key}_lower"), &format!("LOWER({key})")));
    }
    wanted
}

/// OTOBO's tables in a database whose `customer_user` an earlier version made. One that has other columns is somebody
/// else's who shares the database.
async fn recognise(db: &Db, found: &PresentSchema) -> Result<BTreeSet<String>, StoreError> {
    let mut recognised = BTreeSet::new();
    for table in otobo_tables() {
        if !found.has_table(table.name) {
            continue;
        }
        let present = columns(db, table.name).await?;
        let present: BTreeSet<&str> = present.iter().map(|column| column.name.as_str()).collect();
        let ours: BTreeSet<&str> = table.columns.iter().map(|column| column.name).collect();
        // An administrator may have added columns for the field map.
        let may_grow = matches!(table.name, "customer_user" | "customer_company");
        // Earlier versions made it with fewer columns.
        let may_lack = table.name == "queue";
        if present == ours
            || may_grow && present.is_superset(&ours)
            || may_lack && present.contains("group_id") && present.is_subset(&ours)
        {
            recognised.insert(table.name.to_owned());
        }
    }
    Ok(recognised)
}

async fn tables_present(db: &Db) -> Result<BTreeSet<String>, StoreError> {
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
    let names = rows.iter().map(|row| row.text(0).to_ascii_lowercase());
    Ok(names.collect())
}

/// Tables with their indexes.
async fn indexes_present(db: &Db) -> Result<BTreeSet<(String, String)>, StoreError> {
    let sql = match db.engine() {
        Engine::Sqlite => "SELECT tbl_name, name FROM sqlite_master WHERE type = 'index'",
        Engine::Postgres => {
            "SELECT CAST(tablename AS TEXT), CAST(indexname AS TEXT) FROM pg_indexes \
             WHERE schemaname = ANY (current_schemas(false))"
        }
        Engine::MySql => {
            "SELECT DISTINCT CAST(table_name AS CHAR), CAST(index_name AS CHAR) FROM information_schema.statistics \
             WHERE table_schema = DATABASE()"
        }
    };
    let rows = db.fetch(sql, &args![]).await?;
    let lower = |text: &str| text.to_ascii_lowercase();
    let pairs = rows
        .iter()
        .map(|row| (lower(row.text(0)), lower(row.text(1))));
    Ok(pairs.collect())
}
