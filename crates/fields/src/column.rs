//! The column of a field: one that is there, or one that its table gets.

use kartoteka_directory::inside::SourceHandle;
use kartoteka_directory::{FieldError, FieldProblem, Result};
use kartoteka_model::source::Origin;
use kartoteka_model::{FieldKind, SourceSpec};
use kartoteka_store::source::{AUDIT, ColumnKind, NewColumn, TableColumn, add_column_sql, columns};
use serde::Serialize;

use crate::wish::FieldWish;

/// How many characters a column holds where nothing else is said.
const USUAL_SIZE: u32 = 250;

/// The largest text that a column is made for.
pub(crate) const LARGEST: u32 = 4000;

/// What a write does beside the map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "effect", rename_all = "kebab-case")]
pub enum FieldEffect {
    /// A table gets a column, by this statement.
    AddsColumn {
        table: String,
        column: String,
        sql: String,
    },
    /// A column that is there is taken as it is.
    TakesColumn { table: String, column: String },
    /// What the column holds stays in it.
    KeepsData { table: String, column: String },
    /// Searches need another index, which is made beside the one that answers until then.
    MakesIndex,
}

/// A column that has to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Missing {
    pub table: String,
    pub column: String,
    pub kind: NewColumn,
}

/// What came of a look at a column.
pub(crate) struct Looked {
    /// The column, as its table spells it.
    pub column: String,
    pub effect: Option<FieldEffect>,
    pub missing: Option<Missing>,
}

/// Looks for the column of a new field.
///
/// # Errors
/// When the source does not answer.
pub(crate) async fn look(
    handle: &SourceHandle,
    spec: &SourceSpec,
    (column, kind): (&str, FieldKind),
    wish: &FieldWish,
    errors: &mut Vec<FieldError>,
) -> Result<Looked> {
    let mut refuse = |problem| errors.push(FieldError::new("column", problem));
    let mut looked = Looked {
        column: column.to_owned(),
        effect: None,
        missing: None,
    };
    if let Some(other) = spec
        .map
        .0
        .iter()
        .find(|field| field.column.eq_ignore_ascii_case(column))
    {
        refuse(FieldProblem::ColumnShown {
            by: other.name.clone(),
        });
        return Ok(looked);
    }
    let table = match &spec.origin {
        Origin::Table(table) => table,
        Origin::Csv(_) | Origin::Ldap(_) => {
            if matches!(spec.origin, Origin::Csv(_)) {
                let there = handle.source().await?.columns().await;
                let there = there.map_err(|error| handle.failed(error))?;
                if !there.iter().any(|one| one == column) {
                    refuse(FieldProblem::NoColumn);
                }
            }
            if wish.size.is_some() {
                let problem = FieldProblem::NoColumn;
                errors.push(FieldError::new("size", problem));
            }
            return Ok(looked);
        }
    };
    let is_kept = column.eq_ignore_ascii_case("id")
        || AUDIT
            .iter()
            .any(|(_, own)| own.eq_ignore_ascii_case(column));
    if is_kept && !table.foreign {
        refuse(FieldProblem::ColumnShown { by: "OTOBO".into() });
        return Ok(looked);
    }
    let Some(store) = handle.source().await?.table() else {
        refuse(FieldProblem::NoColumn);
        return Ok(looked);
    };
    let db = &store.db;
    let there = columns(db, &table.name)
        .await
        .map_err(|error| handle.failed(error))?;
    let found = there
        .iter()
        .find(|one| one.name.eq_ignore_ascii_case(column));
    if let Some(found) = found {
        looked.column.clone_from(&found.name);
        looked.effect = Some(FieldEffect::TakesColumn {
            table: table.name.clone(),
            column: found.name.clone(),
        });
        if let Some(holds) = other_kind(found, kind, wish.size) {
            refuse(FieldProblem::ColumnOther { holds });
        }
        return Ok(looked);
    }
    if spec.read_only {
        refuse(FieldProblem::NoColumn);
        return Ok(looked);
    }
    let size = wish.size.unwrap_or(USUAL_SIZE);
    if !(1..=LARGEST).contains(&size) {
        let problem = FieldProblem::OutOfRange {
            least: "1".into(),
            most: LARGEST.to_string(),
        };
        errors.push(FieldError::new("size", problem));
        return Ok(looked);
    }
    let new = match kind {
        FieldKind::Int => NewColumn::Whole,
        FieldKind::Var | FieldKind::DynamicField => NewColumn::Text(size),
    };
    looked.effect = Some(FieldEffect::AddsColumn {
        table: table.name.clone(),
        column: column.to_owned(),
        sql: add_column_sql(db.engine(), &table.name, column, new),
    });
    looked.missing = Some(Missing {
        table: table.name.clone(),
        column: column.to_owned(),
        kind: new,
    });
    Ok(looked)
}

/// What a column holds that does not fit a field.
fn other_kind(column: &TableColumn, kind: FieldKind, size: Option<u32>) -> Option<String> {
    let shorter = |most: &usize| size.is_some_and(|size| *most < size as usize);
    match (kind, &column.kind) {
        (_, ColumnKind::Other(name)) => Some(name.clone()),
        (FieldKind::Int, ColumnKind::Whole { .. }) => None,
        (FieldKind::Int, _) => Some("no whole numbers".into()),
        (_, _) => {
            let most = column.max_length.filter(shorter)?;
            Some(format!("VARCHAR({most})"))
        }
    }
}
