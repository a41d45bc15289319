//! Rows of OTOBO's tables as others write them: whatever stands in them, without Kartoteka.

use kartoteka_store::schema::{Type, otobo_tables};
use kartoteka_store::{Arg, args};

use crate::Desk;

impl Desk {
    /// Adds a row; columns that must have a value and are not named get one.
    pub async fn row(&self, table: &str, named: &[(&str, &str)]) {
        let described = otobo_tables().into_iter().find(|one| one.name == table);
        let (mut columns, mut places, mut values) = (vec![], vec![], vec![]);
        for column in described.unwrap().columns {
            let value = named.iter().find(|(name, _)| *name == column.name);
            if value.is_none() && (column.null || column.counted) {
                continue;
            }
            let value = value.map(|(_, value)| *value);
            columns.push(self.db.engine().quote(column.name));
            places.push(match column.kind {
                Type::Date => self.db.engine().time_placeholder(),
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
        self.db.execute(&sql, &values).await.unwrap();
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
