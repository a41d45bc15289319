//! Rows of OTOBO's tables as others write them: whatever stands in them, without Kartoteka.

use std::collections::BTreeMap;

use kartoteka_store::schema::{Type, otobo_tables, own_tables};
use kartoteka_store::{Arg, Db, Engine, TextRow, args};

use crate::Desk;

impl Desk {
    /// Adds a row; columns that must have a value, have no default and are not named get one.
    pub async fn row(&self, table: &str, named: &[(&str, &str)]) {
        put(&self.db, table, named).await;
    }

    /// Lets the database refuse to write to a table from now on: `INSERT` or `UPDATE`.
    pub async fn refuse(&self, what: &str, table: &str) {
        let name = format!("no_{}_{table}", what.to_lowercase());
        let begin = format!("CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH ROW");
        let statements = match self.db.engine() {
            Engine::Sqlite => vec![format!("{begin} BEGIN SELECT RAISE(ABORT, 'no'); END")],
            Engine::Postgres => vec![
                format!(
                    "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS \
                     'BEGIN RAISE EXCEPTION ''no''; END'"
                ),
                format!("{begin} EXECUTE FUNCTION {name}()"),
            ],
            Engine::MySql => vec![format!("{begin} SIGNAL SQLSTATE '45000'")],
        };
        for statement in statements {
            self.db.execute(&statement, &[]).await.unwrap();
        }
    }

    /// Lets it write there again.
    pub async fn accept(&self, what: &str, table: &str) {
        let name = format!("no_{}_{table}", what.to_lowercase());
        let on = match self.db.engine() {
            Engine::Postgres => format!(" ON {table}"),
            Engine::Sqlite | Engine::MySql => String::new(),
        };
        self.db
            .execute(&format!("DROP TRIGGER {name}{on}"), &[])
            .await
            .unwrap();
        if self.db.engine() == Engine::Postgres {
            let sql = format!("DROP FUNCTION {name}()");
            self.db.execute(&sql, &[]).await.unwrap();
        }
    }

    /// All rows of all tables but these.
    pub async fn everything(&self, but: &[&str]) -> BTreeMap<String, Vec<TextRow>> {
        let own = own_tables().into_iter().flat_map(|(_, tables)| tables);
        let mut all = BTreeMap::new();
        for table in otobo_tables().into_iter().chain(own) {
            if but.contains(&table.name) {
                continue;
            }
            let columns = table.columns.iter();
            let columns: Vec<String> = columns
                .map(|column| self.db.engine().as_text(column.name))
                .collect();
            let sql = format!("SELECT {} FROM {}", columns.join(", "), table.name);
            let mut rows = self.db.fetch(&sql, &[]).await.unwrap();
            rows.sort_by(|a, b| a.0.cmp(&b.0));
            all.insert(table.name.to_owned(), rows);
        }
        all
    }

    /// What stands in a column, in the order of the bytes.
    pub async fn column(&self, table: &str, column: &str) -> Vec<String> {
        let column = self.db.engine().as_text(column);
        let sql = format!("SELECT {column} FROM {table}");
        let rows = self.db.fetch(&sql, &args![]).await.unwrap();
        let mut texts: Vec<String> = rows.iter().map(|row| row.text(0).to_owned()).collect();
        texts.sort();
        texts
    }
}

/// Adds a row to a table of a database, as [`Desk::row`].
pub async fn put(db: &Db, table: &str, named: &[(&str, &str)]) {
    let described = otobo_tables().into_iter().find(|one| one.name == table);
    let (mut columns, mut places, mut values) = (vec![], vec![], vec![]);
    for column in described.unwrap().columns {
        let value = named.iter().find(|(name, _)| *name == column.name);
        if value.is_none() && (column.null || column.counted || column.default.is_some()) {
            continue;
        }
        let value = value.map(|(_, value)| *value);
        columns.push(db.engine().quote(column.name));
        places.push(match column.kind {
            Type::Date => db.engine().time_placeholder(),
            _ => "?",
        });
        values.push(match column.kind {
            Type::Small | Type::Int | Type::Big => {
                Arg::Int(value.map_or(1, |value| value.parse().unwrap()))
            }
            Type::Date => Arg::from(value.unwrap_or("2026-01-02 03:04:05")),
            Type::Varchar(_) | Type::Text | Type::Blob => Arg::from(value.unwrap_or("x")),
        });
    }
    let sql = format!(
        "INSERT INTO {table} ({}) VALUES ({})",
        columns.join(", "),
        places.join(", ")
    );
    db.execute(&sql, &values).await.unwrap();
}
