//! Groups and services: records that have a name, a comment and a validity, in OTOBO's own tables.

mod search;

use kartoteka_model::{Field, FieldKind, Record, Selections, service};
use kartoteka_store::own::named::{self, NamedRow, NamedTable};
use kartoteka_store::source::SourceRow;

use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::failures::not_found;
use crate::found::{Found, version};
use crate::kind::{FULL_NAME, Kind};
use crate::plan::{Fields, Version};
use crate::source_info::{FieldShape, SourceInfo};

/// The most characters of a name, as the column has it; of a service its full name.
pub const NAME_LENGTH: usize = 191;

/// The most characters of a comment.
pub const COMMENT_LENGTH: usize = 250;

/// The table of a kind of such records; none for people, customers and agents.
pub fn table(kind: Kind) -> Option<NamedTable> {
    match kind {
        Kind::Group => Some(NamedTable::Groups),
        Kind::Service => Some(NamedTable::Services),
        Kind::CustomerUser | Kind::Customer | Kind::Agent => None,
    }
}

/// The fields that an agent sets.
pub fn fields(table: NamedTable) -> &'static [&'static str] {
    match table {
        NamedTable::Groups => &["Name", "Comment", "ValidID"],
        NamedTable::Services => &["Name", "Parent", "Comment", "ValidID"],
    }
}

/// The row as a record.
fn record(table: NamedTable, row: &NamedRow) -> Record {
    let mut record = Record::from_iter([
        ("Comment", row.comment.as_str()),
        ("ValidID", &row.valid_id.to_string()),
    ]);
    match table {
        NamedTable::Groups => record.set("Name", &row.name),
        NamedTable::Services => {
            let (parent, name) = service::split(&row.name);
            record.set("Name", name);
            record.set("Parent", parent);
            record.set(FULL_NAME, &row.name);
        }
    }
    record
}

/// The name that a record has in its table.
pub fn full_name(table: NamedTable, record: &Record) -> String {
    match table {
        NamedTable::Groups => record.get("Name").to_owned(),
        NamedTable::Services => service::join(record.get("Parent"), record.get("Name")),
    }
}

/// The state of a record.
pub fn version_of(record: &Record) -> Version {
    let stored = SourceRow {
        record: record.clone(),
        password: None,
        id: None,
    };
    version(&stored, &Fields::new())
}

/// The row as it is found.
pub fn found(table: NamedTable, row: &NamedRow) -> Found {
    let record = record(table, row);
    Found {
        key: row.name.clone(),
        source: table.name().into(),
        version: version_of(&record),
        full_name: row.name.clone(),
        shown_name: row.name.clone(),
        text: row.name.clone(),
        writable: true,
        unavailable_since: None,
        as_of: None,
        customer: None,
        customer_source: None,
        preferences: Fields::new(),
        record,
    }
}

impl Directory {
    /// The group or service with exactly this name (D06).
    pub(crate) async fn find_named(
        &self,
        kind: Kind,
        table: NamedTable,
        name: &str,
    ) -> Result<Found> {
        let row = named::find(&self.inner.home, table, name)
            .await
            .map_err(Error::home)?;
        let row = row.ok_or_else(|| not_found(kind, name))?;
        Ok(found(table, &row))
    }
}

/// The table, as forms see it.
pub(crate) fn source(table: NamedTable) -> SourceInfo {
    let shape = |name: &&str| {
        let (label, column, max) = match *name {
            "Name" => ("Name", "name", NAME_LENGTH),
            "Parent" => ("Parent", "name", NAME_LENGTH),
            "Comment" => ("Comment", "comments", COMMENT_LENGTH),
            _ => ("Valid", "valid_id", 20),
        };
        let field = Field::new(name, label, column);
        let mut field = match *name {
            "Name" | "ValidID" => field.required(),
            _ => field,
        };
        if *name == "ValidID" {
            field.kind = FieldKind::Int;
        }
        FieldShape {
            field,
            max_length: Some(max),
            secret: false,
        }
    };
    SourceInfo {
        id: table.name().into(),
        name: table.name().into(),
        module: "DB",
        writable: true,
        fields: fields(table).iter().map(shape).collect(),
        searched: vec!["Name".into()],
        selections: Selections::new(),
        auto_login: false,
        customer_support: false,
        preferences: vec![],
        preferences_in_pages: false,
    }
}
