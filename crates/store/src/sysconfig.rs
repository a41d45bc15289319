//! Settings that were set in OTOBO's pages: its tables `sysconfig_modified` and, for what was not deployed yet,
//! `sysconfig_modified_version`.

use crate::db::{Arg, Db, TextRow};
use crate::error::StoreError;
use crate::source::columns;
use kartoteka_boxed::boxed;

const TABLE: &str = "sysconfig_modified";
const VERSIONS: &str = "sysconfig_modified_version";

/// The most rows that are read.
const MOST: usize = 500;

/// A setting as it was deployed, for everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub name: String,
    /// As YAML.
    pub value: String,
    pub is_valid: bool,
}

/// What was deployed of the settings of these names, and of those within them (`NAME###…`); none where there is no such
/// table. What somebody set for themselves does not count, nor what is not deployed yet: the version before does.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn deployed(db: &Db, names: &[&str]) -> Result<Vec<Row>, StoreError> {
    let there = columns(db, TABLE).await?;
    let has = |name: &str| there.iter().any(|one| one.name.eq_ignore_ascii_case(name));
    if names.is_empty()
        || !["name", "effective_value", "is_valid"]
            .iter()
            .all(|one| has(one))
    {
        return Ok(vec![]);
    }
    let engine = db.engine();
    let flag = |name: &str| match has(name) {
        true => engine.as_text(name),
        false => "'0'".to_owned(),
    };
    let named = |row: &TextRow| {
        let name = row.text(0).split("###").next().unwrap_or_default();
        names.contains(&name)
    };
    let conditions = vec!["name = ? OR name LIKE ?"; names.len()].join(" OR ");
    let args: Vec<Arg> = names
        .iter()
        .flat_map(|name| [Arg::from(*name), Arg::from(format!("{name}###%").as_str())])
        .collect();
    let everybody = match has("user_id") {
        true => " AND user_id IS NULL",
        false => "",
    };
    let sql = format!(
        "SELECT {}, {}, {}, {}, {} FROM {TABLE} WHERE ({conditions}){everybody} ORDER BY name LIMIT {MOST}",
        engine.as_text("name"),
        engine.as_text("effective_value"),
        engine.as_text("is_valid"),
        flag("is_dirty"),
        flag("reset_to_default"),
    );
    let found = db.fetch(&sql, &args).await?;
    let mut rows = vec![];
    for row in found.iter().filter(|row| named(row)) {
        match is_set(row.text(3)) {
            true => rows.extend(version_before(db, row.text(0)).await?),
            false if is_set(row.text(4)) => {}
            false => rows.push(of(row)),
        }
    }
    Ok(rows)
}

/// What was deployed last of a setting that was changed since.
async fn version_before(db: &Db, name: &str) -> Result<Option<Row>, StoreError> {
    let there = columns(db, VERSIONS).await?;
    let has = |name: &str| there.iter().any(|one| one.name.eq_ignore_ascii_case(name));
    let needed = [
        "id",
        "name",
        "effective_value",
        "is_valid",
        "user_id",
        "reset_to_default",
    ];
    if !needed.iter().all(|one| has(one)) {
        return Ok(None);
    }
    let engine = db.engine();
    let sql = format!(
        "SELECT {}, {}, {}, {} FROM {VERSIONS} WHERE name = ? AND user_id IS NULL ORDER BY id DESC LIMIT 1",
        engine.as_text("name"),
        engine.as_text("effective_value"),
        engine.as_text("is_valid"),
        engine.as_text("reset_to_default"),
    );
    let found = db.fetch(&sql, &[Arg::from(name)]).await?;
    let kept = found.first().filter(|row| !is_set(row.text(3)));
    Ok(kept.map(of))
}

fn of(row: &TextRow) -> Row {
    Row {
        name: row.text(0).to_owned(),
        value: row.text(1).to_owned(),
        is_valid: is_set(row.text(2)),
    }
}

fn is_set(number: &str) -> bool {
    matches!(number, "1" | "true")
}
