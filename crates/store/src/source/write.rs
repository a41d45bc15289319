//! Adding and changing rows of a source's table.

use kartoteka_boxed::boxed;
use kartoteka_model::{FieldKind, Record, Validity};

use super::cell::Cell;
use super::table::{AUDIT, TableStore};
use crate::args;
use crate::db::{Arg, Tx};
use crate::error::StoreError;
use crate::spelling::{ExtraColumns, Renamed};

/// Rows ready to be added.
pub struct Rows(Vec<(String, Vec<Arg>)>);

impl TableStore {
    /// What a new row holds in the column of the validity where no field has it: whoever is added takes part.
    fn new_validity(&self, record: &Record) -> Option<(&str, Cell)> {
        let column = self.spec.unmapped_valid()?;
        let valid = Validity::Valid.id().to_string();
        let told = record.get(self.spec.valid_entry()?);
        let value = if told.is_empty() { &valid } else { told };
        Some((column, self.cell(column, FieldKind::Var, Some(value), true)))
    }

    /// Adds a row. Fields that the record does not have become NULL.
    ///
    /// # Errors
    /// `Duplicate` when the key is taken; or when the database does not answer.
    #[boxed]
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

    /// Makes many rows ready to be added with few statements.
    pub fn rows(&self, records: &[Record], actor: i64, now: &str) -> Rows {
        let engine = self.engine();
        let fields: Vec<_> = self.spec.map.stored().collect();
        let mut names: Vec<String> = fields
            .iter()
            .map(|field| engine.quote(&field.column))
            .collect();
        names.extend(
            self.spec
                .unmapped_valid()
                .map(|column| engine.quote(column)),
        );
        let mut audit = String::new();
        if !self.table.foreign {
            names.extend(AUDIT.map(|(_, column)| column.to_owned()));
            audit = format!(", {0}, ?, {0}, ?", engine.time_placeholder());
        }
        let mut statements = vec![];
        // Engines take some 32 000 bound values in one statement.
        for portion in records.chunks((16_000 / names.len()).clamp(1, 500)) {
            let mut args = Vec::with_capacity(portion.len() * names.len());
            let mut rows = Vec::with_capacity(portion.len());
            for record in portion {
                let cells = fields.iter().map(|field| {
                    let value = record.0.get(&field.name).map(String::as_str);
                    self.cell(&field.column, field.kind, value, true)
                });
                let validity = self.new_validity(record).map(|(_, cell)| cell);
                let places: Vec<String> = cells
                    .chain(validity)
                    .map(|cell| {
                        args.extend(cell.arg);
                        cell.sql
                    })
                    .collect();
                rows.push(format!("({}{audit})", places.join(", ")));
                if !self.table.foreign {
                    args.extend(args![now, actor, now, actor]);
                }
            }
            let sql = format!(
                "INSERT INTO {} ({}) VALUES {}",
                engine.quote(&self.table.name),
                names.join(", "),
                rows.join(", ")
            );
            statements.push((sql, args));
        }
        Rows(statements)
    }

    /// Adds rows that were made ready.
    ///
    /// # Errors
    /// As [`TableStore::insert`].
    #[boxed]
    pub async fn insert_rows(&self, tx: &mut Tx, rows: Rows) -> Result<(), StoreError> {
        for (sql, args) in rows.0 {
            tx.execute_owned(&sql, args).await?;
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
        let mut push = |name: String, cell: Cell| {
            names.push(name);
            places.push(cell.sql);
            args.extend(cell.arg);
        };
        for field in self.spec.map.stored() {
            let value = record.0.get(&field.name).map(String::as_str);
            push(
                engine.quote(&field.column),
                self.cell(&field.column, field.kind, value, true),
            );
        }
        if let Some((column, validity)) = self.new_validity(record) {
            push(engine.quote(column), validity);
        }
        if let (Some(field), Some(password)) = (self.spec.map.password(), password) {
            push(engine.quote(&field.column), Cell::bound("?", password));
        }
        if !self.table.foreign {
            for (at, (_, column)) in AUDIT.iter().enumerate() {
                let cell = match at % 2 {
                    0 => Cell::bound(engine.time_placeholder(), now),
                    _ => Cell::bound("?", actor),
                };
                push((*column).to_owned(), cell);
            }
        }
        let table = engine.quote(&self.table.name);
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
    #[boxed]
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
            let cell = self.cell(&field.column, field.kind, Some(value), false);
            sets.push(format!("{} = {}", engine.quote(&field.column), cell.sql));
            args.extend(cell.arg);
        }
        if let (Some(field), Some(password)) = (self.spec.map.password(), password) {
            sets.push(format!("{} = ?", engine.quote(&field.column)));
            args.push(Arg::from(password));
        }
        if !self.table.foreign {
            sets.push(format!("change_time = {}", engine.time_placeholder()));
            sets.push("change_by = ?".into());
            args.extend([Arg::from(now), Arg::Int(actor)]);
        }
        if sets.is_empty() {
            return Ok(0);
        }
        let Some((condition, key)) = self.equals(&self.spec.key, key) else {
            return Ok(0);
        };
        args.extend(key);
        let sql = format!(
            "UPDATE {} SET {} WHERE {condition}",
            engine.quote(&self.table.name),
            sets.join(", "),
        );
        tx.execute(&sql, &args).await
    }

    /// Deletes the row with exactly this key; how many rows there were.
    ///
    /// # Errors
    /// When the database refuses it, as for rows that others refer to, or does not answer.
    #[boxed]
    pub async fn delete(&self, tx: &mut Tx, key: &str) -> Result<u64, StoreError> {
        let Some((condition, key)) = self.equals(&self.spec.key, key) else {
            return Ok(0);
        };
        let table = self.engine().quote(&self.table.name);
        tx.execute(&format!("DELETE FROM {table} WHERE {condition}"), &key)
            .await
    }

    /// Columns that records do not hold, since no field of the map is in them.
    pub fn unmapped_columns(&self) -> Vec<&str> {
        let audit = AUDIT.iter().filter(|_| !self.table.foreign);
        let audit = audit.map(|(_, column)| *column);
        let fields = self.spec.map.0.iter().map(|field| field.column.as_str());
        let others = [self.row_number(), self.spec.valid.as_deref()];
        let known: Vec<&str> = fields
            .chain(audit)
            .chain(others.into_iter().flatten())
            .chain([self.spec.key.as_str()])
            .collect();
        let names = self.columns.iter().map(|column| column.name.as_str());
        let is_known = |name: &str| known.iter().any(|one| one.eq_ignore_ascii_case(name));
        names.filter(|name| !is_known(name)).collect()
    }

    /// Writes another key where this one stands in a column, however it is spelled (D25) unless it has a twin; in how many
    /// rows.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn update_references(
        &self,
        tx: &mut Tx,
        column: &str,
        renamed: Renamed<'_>,
        actor: i64,
        now: &str,
    ) -> Result<u64, StoreError> {
        let time = self.engine().time_placeholder();
        let audit = format!(", change_time = {time}, change_by = ?");
        let extra = match self.table.foreign {
            true => ExtraColumns::NOTHING,
            false => ExtraColumns {
                sql: &audit,
                args: &args![now, actor],
            },
        };
        if self.is_typed(column) {
            return self
                .update_typed_references(tx, column, renamed, extra)
                .await;
        }
        self.keys_in(column)
            .update_references(tx, renamed, extra)
            .await
    }
}
