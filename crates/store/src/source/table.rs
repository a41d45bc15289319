//! Reading and writing the rows of one source's table. Names of columns come from the field map and were
//! checked against the table; values are always bound.

use kartoteka_boxed::boxed;
use kartoteka_model::source::{Origin, Table};
use kartoteka_model::{FieldKind, Record, SourceSpec};

use super::columns::{TableColumn, columns};
use crate::db::{Db, Engine, TextRow, Tx};
use crate::error::StoreError;
use crate::values::counted;

/// Columns that tables of OTOBO have beside the map, and the names under which records show them.
pub const AUDIT: [(&str, &str); 4] = [
    ("CreateTime", "create_time"),
    ("CreateBy", "create_by"),
    ("ChangeTime", "change_time"),
    ("ChangeBy", "change_by"),
];

/// A record as a source holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// The fields of the map but secrets, the audit columns, and the validity also where no field has its column.
    pub record: Record,
    /// The stored form of the password, if one is mapped.
    pub password: Option<String>,
    /// The number that the table gives its rows, which stays the same when the key does not: `customer_user.id`.
    pub id: Option<i64>,
}

/// A source's table, open.
#[derive(Debug, Clone)]
pub struct TableStore {
    pub db: Db,
    pub spec: SourceSpec,
    /// The origin of the spec.
    pub table: Table,
    pub columns: Vec<TableColumn>,
}

impl TableStore {
    /// Opens a source's table and reads what columns it has.
    ///
    /// # Errors
    /// `NoTable`, or when the database does not answer.
    #[boxed]
    pub async fn open(db: Db, spec: SourceSpec) -> Result<Self, StoreError> {
        let Origin::Table(table) = spec.origin.clone() else {
            let table = spec.origin.name();
            return Err(StoreError::NoTable { table });
        };
        let columns = columns(&db, &table.name).await?;
        if columns.is_empty() {
            return Err(StoreError::NoTable { table: table.name });
        }
        Ok(Self {
            db,
            spec,
            table,
            columns,
        })
    }

    /// Columns that the configuration names and the table does not have.
    pub fn missing_columns(&self) -> Vec<String> {
        let mapped = self
            .spec
            .map
            .0
            .iter()
            .filter(|field| field.kind != FieldKind::DynamicField);
        let named = mapped
            .map(|field| &field.column)
            .chain([&self.spec.key])
            .chain(self.spec.valid.as_ref());
        let mut missing: Vec<String> = named
            .filter(|name| self.column(name).is_none())
            .cloned()
            .collect();
        missing.dedup();
        missing
    }

    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<&TableColumn> {
        self.columns
            .iter()
            .find(|column| column.name.eq_ignore_ascii_case(name))
    }

    pub(super) fn engine(&self) -> Engine {
        self.db.engine()
    }

    pub(super) fn select(&self) -> String {
        let engine = self.engine();
        let mapped = self
            .spec
            .map
            .stored()
            .map(|field| engine.as_text(&field.column));
        let audit = AUDIT
            .iter()
            .filter(|_| !self.table.foreign)
            .map(|(_, column)| match engine {
                Engine::MySql => format!("DATE_FORMAT({column}, '%Y-%m-%d %H:%i:%s')"),
                _ => engine.as_text(column),
            });
        // Users' numbers are no dates.
        let audit = audit.enumerate().map(|(at, sql)| {
            if at % 2 == 1 {
                engine.as_text(AUDIT[at].1)
            } else {
                sql
            }
        });
        let password = self
            .spec
            .map
            .password()
            .map(|field| engine.as_text(&field.column));
        let valid = self.spec.unmapped_valid();
        let valid = valid.map(|column| engine.as_text(column));
        let id = self.row_number().map(|column| engine.as_text(column));
        let list: Vec<String> = id
            .into_iter()
            .chain(mapped)
            .chain(audit)
            .chain(valid)
            .chain(password)
            .collect();
        format!(
            "SELECT {} FROM {}",
            list.join(", "),
            engine.quote(&self.table.name)
        )
    }

    pub(super) fn source_row(&self, row: &TextRow) -> SourceRow {
        let mut record = Record::default();
        let id = self.row_number().and_then(|_| row.hint(0));
        let mut at = usize::from(self.row_number().is_some());
        for field in self.spec.map.stored() {
            record.set(&field.name, self.shown(&field.column, row.text(at)));
            at += 1;
        }
        // A column mapped twice is read once.
        for field in self.spec.map.visible() {
            if field.kind != FieldKind::DynamicField && !record.0.contains_key(&field.name) {
                let twin = self
                    .spec
                    .map
                    .find_column(&field.column)
                    .map(|twin| record.get(&twin.name).to_owned());
                record.set(&field.name, twin.unwrap_or_default());
            }
        }
        if !self.table.foreign {
            for (name, _) in AUDIT {
                record.set(name, row.text(at));
                at += 1;
            }
        }
        if let (Some(valid), Some(entry)) = (self.spec.unmapped_valid(), self.spec.valid_entry()) {
            record.set(entry, self.shown(valid, row.text(at)));
            at += 1;
        }
        let password = self
            .spec
            .map
            .password()
            .and_then(|_| row.0.get(at).cloned().flatten());
        SourceRow {
            record,
            password,
            id,
        }
    }

    /// The key of a record.
    pub fn key_of<'a>(&self, record: &'a Record) -> &'a str {
        record.get(self.spec.key_field())
    }

    fn only_spelled(&self, rows: &[TextRow], key: &str) -> Option<SourceRow> {
        // MariaDB's collation answers for other spellings as well.
        rows.iter()
            .map(|row| self.source_row(row))
            .find(|stored| self.key_of(&stored.record) == key)
    }

    /// The row with exactly this key.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn find(&self, key: &str) -> Result<Option<SourceRow>, StoreError> {
        let Some((condition, args)) = self.equals(&self.spec.key, key) else {
            return Ok(None);
        };
        if !self.holds(&self.spec.key, key).await? {
            return Ok(None);
        }
        let sql = format!("{} WHERE {condition}", self.select());
        Ok(self.only_spelled(&self.db.fetch(&sql, &args).await?, key))
    }

    /// The row with exactly this key, held until the transaction ends.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn find_locked(
        &self,
        tx: &mut Tx,
        key: &str,
    ) -> Result<Option<SourceRow>, StoreError> {
        let lock = if self.engine() == Engine::Sqlite {
            ""
        } else {
            " FOR UPDATE"
        };
        let Some((condition, args)) = self.equals(&self.spec.key, key) else {
            return Ok(None);
        };
        let sql = format!("{} WHERE {condition}{lock}", self.select());
        Ok(self.only_spelled(&tx.fetch(&sql, &args).await?, key))
    }

    /// The condition that a row has a key: one without is no record, since nobody can name it.
    pub(super) fn named(&self) -> String {
        let key = self.engine().quote(&self.spec.key);
        match self.column(&self.spec.key) {
            Some(column) if !column.kind.is_text() => format!("{key} IS NOT NULL"),
            _ => format!("{key} <> ''"),
        }
    }

    /// How many rows have no key.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn count_without_key(&self) -> Result<u64, StoreError> {
        let engine = self.engine();
        let sql = format!(
            "SELECT {} FROM {} WHERE NOT ({}) OR {} IS NULL",
            engine.counted(),
            engine.quote(&self.table.name),
            self.named(),
            engine.quote(&self.spec.key),
        );
        let rows = self.db.fetch(&sql, &[]).await?;
        counted(&rows)
    }

    /// Rows in the order of their keys, at most `limit`, after the one with this key: reads a table in portions.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn portion(
        &self,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<SourceRow>, StoreError> {
        let key = self.engine().quote(&self.spec.key);
        let named = self.named();
        let (condition, args) = match after {
            Some(after) => match self.compared(&self.spec.key, ">", after) {
                Some((condition, args)) => (format!("{condition} AND {named}"), args),
                None => return Ok(vec![]),
            },
            None => (named, vec![]),
        };
        let sql = format!(
            "{} WHERE {condition} ORDER BY {key} LIMIT {limit}",
            self.select()
        );
        Ok(self
            .db
            .fetch(&sql, &args)
            .await?
            .iter()
            .map(|row| self.source_row(row))
            .collect())
    }

    /// Whether there is a row: any, or one whose validity has this number or has not.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn has_any(
        &self,
        has_validity: Option<bool>,
        validity: i16,
    ) -> Result<bool, StoreError> {
        let engine = self.engine();
        let condition = match has_validity {
            // Without a column everybody is valid.
            Some(false) if self.spec.valid.is_none() => return Ok(false),
            Some(has) => self.has_validity(has, validity),
            None => None,
        };
        let (condition, args) = condition.unwrap_or_default();
        let sql = format!(
            "SELECT {} FROM {} {condition} LIMIT 1",
            engine.as_text(&self.spec.key),
            engine.quote(&self.table.name)
        );
        Ok(!self.db.fetch(&sql, &args).await?.is_empty())
    }

    /// Asks for as little as can be, to see whether the table answers.
    ///
    /// # Errors
    /// When it does not.
    #[boxed]
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.has_any(None, 0).await.map(|_| ())
    }

    /// The stored password of a row.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn password(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self.find(key).await?.and_then(|stored| stored.password))
    }
}
