//! How values go into columns and keys are looked for in them, whatever the columns hold.

use kartoteka_boxed::boxed;
use kartoteka_model::{Field, FieldKind, Validity};

use super::columns::{TableColumn, columns};
use super::kind::ColumnKind;
use super::table::{SourceRow, TableStore};
use crate::args;
use crate::db::{Arg, Db, Engine, Tx};
use crate::error::StoreError;
use crate::spelling::{ExtraColumns, Renamed};
use crate::values::counted;

/// The most characters that are looked at one by one for those that do not fit.
const LOOKED_AT: usize = 12;

/// A value in a statement: how it is written, and what is bound to that, if anything is.
pub(super) struct Cell {
    pub sql: String,
    pub arg: Option<Arg>,
}

impl Cell {
    pub fn bound(sql: impl Into<String>, arg: impl Into<Arg>) -> Self {
        Self {
            sql: sql.into(),
            arg: Some(arg.into()),
        }
    }

    fn plain(sql: impl Into<String>) -> Self {
        Self {
            sql: sql.into(),
            arg: None,
        }
    }
}

impl TableStore {
    /// What a field holds: its column, or whole numbers in text where the map says so.
    pub fn kind(&self, field: &Field) -> ColumnKind {
        match self.column(&field.column).map(|column| &column.kind) {
            Some(kind) if !kind.is_text() => kind.clone(),
            _ if field.kind == FieldKind::Int => ColumnKind::WHOLE,
            _ => ColumnKind::Text,
        }
    }

    /// Whether something has to be given for a field: its column takes no NULL, and has nothing to stand there instead.
    pub fn needs_value(&self, field: &Field) -> bool {
        let column = self.column(&field.column);
        column.is_some_and(|column| {
            !column.kind.is_text() && !column.nullable && column.default.is_none()
        })
    }

    /// What is written into a column: of a new row, or of one that is there.
    pub(super) fn cell(
        &self,
        column: &str,
        kind: FieldKind,
        value: Option<&str>,
        new: bool,
    ) -> Cell {
        let Some(there) = self.column(column) else {
            return Cell::bound("?", value.map_or(Arg::NullText, Arg::from));
        };
        let is_text = there.kind.is_text();
        let given = value.filter(|value| !value.is_empty() || is_text && kind != FieldKind::Int);
        let Some(value) = given else {
            return self.nothing(there, new);
        };
        if is_text {
            let number = (kind == FieldKind::Int).then(|| value.trim().parse().ok());
            return match number {
                Some(None) => self.nothing(there, new),
                Some(Some(number)) => Cell::bound("?", Arg::Int(number)),
                None => Cell::bound("?", value),
            };
        }
        self.placed(there, value)
            .unwrap_or_else(|| self.nothing(there, new))
    }

    /// Nothing, where a text would be empty.
    fn nothing(&self, column: &TableColumn, new: bool) -> Cell {
        match &column.default {
            Some(default) if new || !column.nullable => match self.engine() {
                // It knows no such word there.
                Engine::Sqlite => Cell::plain(format!("({default})")),
                Engine::Postgres | Engine::MySql => Cell::plain("DEFAULT"),
            },
            None if !column.nullable && column.kind.is_text() => Cell::bound("?", ""),
            _ => Cell::plain("NULL"),
        }
    }

    /// A value as it is bound to be stored in a column or compared with it; none where it does not fit.
    fn placed(&self, column: &TableColumn, value: &str) -> Option<Cell> {
        let value = match self.is_validity(column) {
            true => is_valid(value)?,
            false => value,
        };
        let value = column.kind.read(value).ok()?;
        Some(match (&column.kind, &column.cast) {
            (ColumnKind::Whole { .. }, _) => Cell::bound("?", Arg::Int(value.parse().ok()?)),
            (_, Some(cast)) => Cell::bound(format!("CAST(? AS {cast})"), value),
            // It keeps them as numbers.
            (ColumnKind::Boolean, None) => Cell::bound("?", Arg::Int((value == "true").into())),
            (_, None) => Cell::bound("?", value),
        })
    }

    /// Whether a column says by yes or no who is valid.
    pub fn is_validity(&self, column: &TableColumn) -> bool {
        column.kind == ColumnKind::Boolean
            && self
                .spec
                .valid
                .as_deref()
                .is_some_and(|valid| column.name.eq_ignore_ascii_case(valid))
    }

    /// What a record shows of a column's text: OTOBO's number of a validity that is told by yes or no.
    pub(super) fn shown<'t>(&self, column: &str, text: &'t str) -> &'t str {
        match self.column(column) {
            Some(column) if self.is_validity(column) => match column.kind.read(text).as_deref() {
                Ok("true") => "1",
                _ => "2",
            },
            _ => text,
        }
    }

    /// The condition that rows satisfy whose column is this value, and perhaps a few more. None where no row can.
    pub(super) fn equals(&self, column: &str, value: &str) -> Option<(String, Vec<Arg>)> {
        self.compared(column, "=", value)
    }

    /// The same by another comparison.
    pub(super) fn compared(
        &self,
        column: &str,
        sign: &str,
        value: &str,
    ) -> Option<(String, Vec<Arg>)> {
        let name = self.engine().quote(column);
        let cell = match self.column(column) {
            Some(there) if !there.kind.is_text() => self.placed(there, value)?,
            _ => Cell::bound("?", value),
        };
        let args = cell.arg.into_iter().collect();
        Some((format!("{name} {sign} {}", cell.sql), args))
    }

    /// The condition on rows that are valid, or are not.
    pub(super) fn has_validity(&self, has: bool, validity: i16) -> Option<(String, Vec<Arg>)> {
        let column = self.spec.valid.as_deref()?;
        let name = self.engine().quote(column);
        if self
            .column(column)
            .is_some_and(|column| self.is_validity(column))
        {
            let is = if has { "IS" } else { "IS NOT" };
            return Some((format!("WHERE {name} {is} TRUE"), vec![]));
        }
        let kind = match self.engine() {
            Engine::MySql => "CHAR",
            Engine::Sqlite | Engine::Postgres => "TEXT",
        };
        let sign = if has { "=" } else { "<>" };
        Some((
            format!("WHERE CAST({name} AS {kind}) {sign} ?"),
            args![validity.to_string()].to_vec(),
        ))
    }

    /// Those of these values that a column can hold. Anything else would make a server refuse the question.
    pub(super) async fn held(
        &self,
        column: &str,
        values: &[String],
    ) -> Result<Vec<String>, StoreError> {
        let charset = self.column(column).and_then(|one| one.charset.as_deref());
        let mut held = values.to_vec();
        if let Some(charset) = charset.filter(|_| !values.iter().all(|value| value.is_ascii())) {
            let lost = lost(&self.db, charset, values).await?;
            let mut lost = lost.iter().map(|lost| !lost.is_empty());
            held.retain(|_| !lost.next().unwrap_or_default());
        }
        Ok(held)
    }

    /// Whether a column can hold a value.
    pub(super) async fn holds(&self, column: &str, value: &str) -> Result<bool, StoreError> {
        let column = self.column(column);
        Ok(unheld(&self.db, column, value).await?.is_none())
    }

    /// The characters of a text that a field's column can't hold; none where it can hold them all.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn unheld(&self, field: &Field, value: &str) -> Result<Option<String>, StoreError> {
        unheld(&self.db, self.column(&field.column), value).await
    }

    /// A value of a kind that only the engine knows, as the engine writes it; none where it does not take it.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn read_by_engine(
        &self,
        field: &Field,
        value: &str,
    ) -> Result<Option<String>, StoreError> {
        let column = self.column(&field.column);
        let Some(cast) = column.and_then(|column| column.cast.as_deref()) else {
            return Ok(Some(value.to_owned()));
        };
        let sql = format!("SELECT CAST(CAST(? AS {cast}) AS TEXT)");
        match self.db.fetch(&sql, &args![value]).await {
            Ok(rows) => Ok(rows.first().map(|row| row.text(0).to_owned())),
            Err(StoreError::Refused(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Rows whose keys are among these, where the key is not text.
    pub(super) async fn typed_among(&self, keys: &[String]) -> Result<Vec<SourceRow>, StoreError> {
        let cells: Vec<Cell> = match self.column(&self.spec.key) {
            Some(column) => {
                let placed = |key: &String| self.placed(column, key);
                keys.iter().filter_map(placed).collect()
            }
            None => vec![],
        };
        let mut found = vec![];
        for cells in cells.chunks(500) {
            let places: Vec<&str> = cells.iter().map(|cell| cell.sql.as_str()).collect();
            let args: Vec<Arg> = cells.iter().filter_map(|cell| cell.arg.clone()).collect();
            let key = self.engine().quote(&self.spec.key);
            let sql = format!("{} WHERE {key} IN ({})", self.select(), places.join(", "));
            let rows = self.db.fetch(&sql, &args).await?;
            found.extend(rows.iter().map(|row| self.source_row(row)));
        }
        Ok(found)
    }

    /// How many rows have this value in a column that is not text.
    pub(super) async fn count_typed(&self, column: &str, value: &str) -> Result<u64, StoreError> {
        let Some((condition, args)) = self.equals(column, value) else {
            return Ok(0);
        };
        let engine = self.engine();
        let table = engine.quote(&self.table.name);
        let count = engine.counted();
        let sql = format!("SELECT {count} FROM {table} WHERE {condition}");
        let rows = self.db.fetch(&sql, &args).await?;
        counted(&rows)
    }

    /// Writes another value where this one stands in a column that is not text, and what is written beside it.
    pub(super) async fn update_typed_references(
        &self,
        tx: &mut Tx,
        column: &str,
        renamed: Renamed<'_>,
        extra: ExtraColumns<'_>,
    ) -> Result<u64, StoreError> {
        let Some((condition, which)) = self.equals(column, renamed.from) else {
            return Ok(0);
        };
        let new = self.cell(column, FieldKind::Var, Some(renamed.to), false);
        let engine = self.engine();
        let sql = format!(
            "UPDATE {} SET {} = {}{} WHERE {condition}",
            engine.quote(&self.table.name),
            engine.quote(column),
            new.sql,
            extra.sql
        );
        let mut args: Vec<Arg> = new.arg.into_iter().collect();
        args.extend(extra.args.iter().cloned());
        args.extend(which);
        tx.execute(&sql, &args).await
    }

    /// Whether a column holds anything but text.
    pub(super) fn is_typed(&self, column: &str) -> bool {
        self.column(column)
            .is_some_and(|column| !column.kind.is_text())
    }
}

/// What a validity is in a column of yes and no; none for what neither of them is.
fn is_valid(value: &str) -> Option<&'static str> {
    match Validity::parse(value)? {
        Validity::Valid => Some("true"),
        Validity::Invalid => Some("false"),
        Validity::InvalidTemporarily => None,
    }
}

/// The characters of a text that a column of one of OTOBO's tables can't hold; none where it can hold them all.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn unheld_in(
    db: &Db,
    table: &str,
    column: &str,
    value: &str,
) -> Result<Option<String>, StoreError> {
    if value.is_ascii() || db.engine() == Engine::Sqlite {
        return Ok(None);
    }
    let columns = columns(db, table).await?;
    let column = columns.iter().find(|one| one.name == column);
    unheld(db, column, value).await
}

async fn unheld(
    db: &Db,
    column: Option<&TableColumn>,
    value: &str,
) -> Result<Option<String>, StoreError> {
    let charset = column.and_then(|column| column.charset.as_deref());
    let Some(charset) = charset.filter(|_| !value.is_ascii()) else {
        return Ok(None);
    };
    let lost = lost(db, charset, &[value.to_owned()]).await?;
    Ok(lost.into_iter().next().filter(|lost| !lost.is_empty()))
}

/// The characters of each of these texts that are lost in an encoding.
async fn lost(db: &Db, charset: &str, texts: &[String]) -> Result<Vec<String>, StoreError> {
    let mut lost = vec![];
    match db.engine() {
        Engine::Sqlite => lost.resize(texts.len(), String::new()),
        Engine::MySql => {
            let there_and_back = format!("CONVERT(CONVERT(? USING {charset}) USING utf8mb4)");
            for texts in texts.chunks(500) {
                let places = vec![there_and_back.as_str(); texts.len()].join(", ");
                let args: Vec<Arg> = texts.iter().map(Arg::from).collect();
                let rows = db.fetch(&format!("SELECT {places}"), &args).await?;
                lost.extend(texts.iter().enumerate().map(|(at, text)| {
                    let back = rows.first().map_or("", |row| row.text(at));
                    let pairs = text.chars().zip(back.chars());
                    let mut lost: Vec<char> = pairs
                        .filter(|(is, was)| is != was)
                        .map(|(is, _)| is)
                        .collect();
                    lost.dedup();
                    lost.into_iter().collect::<String>()
                }));
            }
        }
        Engine::Postgres => {
            // The server takes a text of its own encoding, and refuses any other.
            if db.takes_text(&texts.concat()).await? {
                lost.resize(texts.len(), String::new());
                return Ok(lost);
            }
            for text in texts {
                if db.takes_text(text).await? {
                    lost.push(String::new());
                    continue;
                }
                let mut beyond: Vec<char> = text.chars().filter(|c| !c.is_ascii()).collect();
                beyond.sort_unstable();
                beyond.dedup();
                let mut refused = String::new();
                for c in beyond.iter().take(LOOKED_AT) {
                    if !db.takes_text(&c.to_string()).await? {
                        refused.push(*c);
                    }
                }
                if refused.is_empty() {
                    refused.extend(beyond);
                }
                lost.push(refused);
            }
        }
    }
    Ok(lost)
}
