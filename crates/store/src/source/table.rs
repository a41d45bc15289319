//! Reading and writing the rows of one source's table. Names of columns come from the field map and were
//! checked against the table; values are always bound.

use kartoteka_model::{FieldKind, Record, TableSource};

use super::columns::{TableColumn, columns};
use crate::args;
use crate::db::{Arg, Db, Engine, TextRow, Tx};
use crate::error::StoreError;

/// Columns that tables of OTOBO have beside the map, and the names under which records show them.
const AUDIT: [(&str, &str); 4] = [
    ("CreateTime", "create_time"),
    ("CreateBy", "create_by"),
    ("ChangeTime", "change_time"),
    ("ChangeBy", "change_by"),
];

/// A record as a source holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The fields of the map but secrets, and the audit columns.
    pub record: Record,
    /// The stored form of the password, if one is mapped.
    pub password: Option<String>,
}

/// A source's table, open.
#[derive(Debug, Clone)]
pub struct TableStore {
    pub db: Db,
    pub spec: TableSource,
    pub columns: Vec<TableColumn>,
}

impl TableStore {
    /// Opens a source's table and reads what columns it has.
    ///
    /// # Errors
    /// `NoTable`, or when the database does not answer.
    pub async fn open(db: Db, spec: TableSource) -> Result<Self, StoreError> {
        let columns = columns(&db, &spec.table).await?;
        if columns.is_empty() {
            return Err(StoreError::NoTable { table: spec.table });
        }
        Ok(Self { db, spec, columns })
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

    fn engine(&self) -> Engine {
        self.db.engine()
    }

    fn select(&self) -> String {
        let engine = self.engine();
        let mapped = self
            .spec
            .map
            .stored()
            .map(|field| engine.as_text(&field.column));
        let audit = AUDIT
            .iter()
            .filter(|_| !self.spec.foreign)
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
        let list: Vec<String> = mapped.chain(audit).chain(password).collect();
        format!(
            "SELECT {} FROM {}",
            list.join(", "),
            engine.quote(&self.spec.table)
        )
    }

    fn stored(&self, row: &TextRow) -> Stored {
        let mut record = Record::default();
        let mut at = 0;
        for field in self.spec.map.stored() {
            record.set(&field.name, row.text(at));
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
        if !self.spec.foreign {
            for (name, _) in AUDIT {
                record.set(name, row.text(at));
                at += 1;
            }
        }
        let password = self
            .spec
            .map
            .password()
            .and_then(|_| row.0.get(at).cloned().flatten());
        Stored { record, password }
    }

    /// The key of a record.
    pub fn key_of<'a>(&self, record: &'a Record) -> &'a str {
        record.get(self.spec.key_field())
    }

    fn only_spelled(&self, rows: &[TextRow], key: &str) -> Option<Stored> {
        // MariaDB's collation answers for other spellings as well.
        rows.iter()
            .map(|row| self.stored(row))
            .find(|stored| self.key_of(&stored.record) == key)
    }

    /// The row with exactly this key.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find(&self, key: &str) -> Result<Option<Stored>, StoreError> {
        let sql = format!(
            "{} WHERE {} = ?",
            self.select(),
            self.engine().quote(&self.spec.key)
        );
        Ok(self.only_spelled(&self.db.fetch(&sql, &args![key]).await?, key))
    }

    /// The same within a transaction, holding the row until it ends.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_locked(&self, tx: &mut Tx, key: &str) -> Result<Option<Stored>, StoreError> {
        let lock = if self.engine() == Engine::Sqlite {
            ""
        } else {
            " FOR UPDATE"
        };
        let sql = format!(
            "{} WHERE {} = ?{lock}",
            self.select(),
            self.engine().quote(&self.spec.key)
        );
        Ok(self.only_spelled(&tx.fetch(&sql, &args![key]).await?, key))
    }

    /// Rows whose key is the same without regard to case, by the engine's own lower case: finds what the
    /// search index does not know yet. Scans where the table has no index for it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_ignoring_case(&self, key: &str) -> Result<Option<Stored>, StoreError> {
        let column = self.engine().quote(&self.spec.key);
        let sql = format!("{} WHERE LOWER({column}) = ?", self.select());
        let rows = self
            .db
            .fetch(&sql, &args![kartoteka_model::text::lower(key)])
            .await?;
        let stored = rows.iter().map(|row| self.stored(row));
        Ok(stored
            .into_iter()
            .find(|stored| kartoteka_model::text::same_key(self.key_of(&stored.record), key)))
    }

    /// Rows in the order of their keys, at most `limit`, after the one with this key: reads a table in portions.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn portion(
        &self,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Stored>, StoreError> {
        let key = self.engine().quote(&self.spec.key);
        let (condition, args) = match after {
            Some(after) => (format!(" WHERE {key} > ?"), args![after].to_vec()),
            None => (String::new(), vec![]),
        };
        let sql = format!("{}{condition} ORDER BY {key} LIMIT {limit}", self.select());
        Ok(self
            .db
            .fetch(&sql, &args)
            .await?
            .iter()
            .map(|row| self.stored(row))
            .collect())
    }

    /// Keys of rows changed at or after a time (`YYYY-MM-DD HH:MM:SS`).
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn changed_since(&self, time: &str) -> Result<Vec<String>, StoreError> {
        if self.spec.foreign {
            return Ok(vec![]);
        }
        let engine = self.engine();
        let sql = format!(
            "SELECT {} FROM {} WHERE change_time >= {}",
            engine.as_text(&self.spec.key),
            engine.quote(&self.spec.table),
            engine.time_placeholder(),
        );
        let rows = self.db.fetch(&sql, &args![time]).await?;
        Ok(rows.iter().map(|row| row.text(0).to_owned()).collect())
    }

    /// The stored password of a row.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn password(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self.find(key).await?.and_then(|stored| stored.password))
    }

    fn arg(&self, column: &str, kind: FieldKind, value: Option<&str>) -> Arg {
        let whole = kind == FieldKind::Int
            || self
                .column(column)
                .is_some_and(|column| column.whole_number);
        match (value, whole) {
            (Some(value), true) => value.trim().parse().map_or(Arg::NullInt, Arg::Int),
            (Some(value), false) => Arg::Text(value.to_owned()),
            (None, true) => Arg::NullInt,
            (None, false) => Arg::NullText,
        }
    }

    /// Adds a row. Fields that the record does not have become NULL.
    ///
    /// # Errors
    /// `Duplicate` when the key is taken; or when the database does not answer.
    pub async fn insert(
        &self,
        tx: &mut Tx,
        record: &Record,
        password: Option<&str>,
        actor: i64,
        now: &str,
    ) -> Result<(), StoreError> {
        let (sql, args) = self.insert_statement(record, password, actor, now);
        tx.execute(&sql, &args).await?;
        Ok(())
    }

    /// Adds many rows with few statements.
    ///
    /// # Errors
    /// As [`TableStore::insert`].
    pub async fn insert_many(
        &self,
        tx: &mut Tx,
        records: &[Record],
        actor: i64,
        now: &str,
    ) -> Result<(), StoreError> {
        let columns = self.spec.map.stored().count() + 4;
        // Engines take some 32 000 bound values in one statement.
        for portion in records.chunks((16_000 / columns).max(1)) {
            let mut statement = String::new();
            let mut all_args = vec![];
            for (at, record) in portion.iter().enumerate() {
                let (sql, args) = self.insert_statement(record, None, actor, now);
                let Some((head, values)) = sql.split_once(" VALUES ") else {
                    continue;
                };
                if at == 0 {
                    statement = format!("{head} VALUES {values}");
                } else {
                    statement.push_str(", ");
                    statement.push_str(values);
                }
                all_args.extend(args);
            }
            tx.execute(&statement, &all_args).await?;
        }
        Ok(())
    }

    fn insert_statement(
        &self,
        record: &Record,
        password: Option<&str>,
        actor: i64,
        now: &str,
    ) -> (String, Vec<Arg>) {
        let engine = self.engine();
        let mut names = vec![];
        let mut places = vec![];
        let mut args = vec![];
        let mut push = |name: String, place: &str, arg: Arg| {
            names.push(name);
            places.push(place.to_owned());
            args.push(arg);
        };
        for field in self.spec.map.stored() {
            let value = record.0.get(&field.name).map(String::as_str);
            push(
                engine.quote(&field.column),
                "?",
                self.arg(&field.column, field.kind, value),
            );
        }
        if let (Some(field), Some(password)) = (self.spec.map.password(), password) {
            push(engine.quote(&field.column), "?", Arg::from(password));
        }
        if !self.spec.foreign {
            for (at, (_, column)) in AUDIT.iter().enumerate() {
                if at % 2 == 0 {
                    push(
                        (*column).to_owned(),
                        engine.time_placeholder(),
                        Arg::from(now),
                    );
                } else {
                    push((*column).to_owned(), "?", Arg::Int(actor));
                }
            }
        }
        let table = engine.quote(&self.spec.table);
        (
            format!(
                "INSERT INTO {table} ({}) VALUES ({})",
                names.join(", "),
                places.join(", ")
            ),
            args,
        )
    }

    /// Changes fields of the row with exactly this key.
    ///
    /// # Errors
    /// `Duplicate` when a new key is taken; or when the database does not answer.
    pub async fn update(
        &self,
        tx: &mut Tx,
        key: &str,
        fields: &[(&str, &str)],
        password: Option<&str>,
        actor: i64,
        now: &str,
    ) -> Result<u64, StoreError> {
        let engine = self.engine();
        let mut sets = vec![];
        let mut args = vec![];
        for (name, value) in fields {
            // A column mapped twice is written once: its first field speaks for it.
            let Some(field) = self.spec.map.stored().find(|field| field.name == *name) else {
                continue;
            };
            if field.kind == FieldKind::DynamicField || field.is_secret() {
                continue;
            }
            sets.push(format!("{} = ?", engine.quote(&field.column)));
            args.push(self.arg(&field.column, field.kind, Some(value)));
        }
        if let (Some(field), Some(password)) = (self.spec.map.password(), password) {
            sets.push(format!("{} = ?", engine.quote(&field.column)));
            args.push(Arg::from(password));
        }
        if !self.spec.foreign {
            sets.push(format!("change_time = {}", engine.time_placeholder()));
            sets.push("change_by = ?".into());
            args.extend([Arg::from(now), Arg::Int(actor)]);
        }
        if sets.is_empty() {
            return Ok(0);
        }
        args.push(Arg::from(key));
        let sql = format!(
            "UPDATE {} SET {} WHERE {} = ?",
            engine.quote(&self.spec.table),
            sets.join(", "),
            engine.quote(&self.spec.key),
        );
        tx.execute(&sql, &args).await
    }
}

impl TableStore {
    /// Keys of at most so many rows whose column has exactly this value.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn keys_where(
        &self,
        column: &str,
        value: &str,
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        let engine = self.engine();
        let sql = format!(
            "SELECT {} FROM {} WHERE {} = ? LIMIT {limit}",
            engine.as_text(&self.spec.key),
            engine.quote(&self.spec.table),
            engine.quote(column),
        );
        let rows = self.db.fetch(&sql, &args![value]).await?;
        Ok(rows.iter().map(|row| row.text(0).to_owned()).collect())
    }

    /// Sets a column of all rows that have another value in it, without regard to case; how many.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn carry(
        &self,
        tx: &mut Tx,
        column: &str,
        from: &str,
        to: &str,
        actor: i64,
        now: &str,
    ) -> Result<u64, StoreError> {
        let engine = self.engine();
        let quoted = engine.quote(column);
        let audit = if self.spec.foreign {
            String::new()
        } else {
            format!(
                ", change_time = {}, change_by = ?",
                engine.time_placeholder()
            )
        };
        let sql = format!(
            "UPDATE {} SET {quoted} = ?{audit} WHERE {quoted} = ? OR LOWER({quoted}) = ?",
            engine.quote(&self.spec.table),
        );
        let mut args = args![to].to_vec();
        if !self.spec.foreign {
            args.extend(args![now, actor]);
        }
        args.extend(args![from, kartoteka_model::text::lower(from)]);
        tx.execute(&sql, &args).await
    }
}
