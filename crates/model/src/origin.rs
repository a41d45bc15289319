//! Where the records of a source are.

use std::path::PathBuf;

use serde::Serialize;

use crate::address::Address;
use crate::ldap::LdapTree;

/// Where the records of a source are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Origin {
    /// OTOBO's module `DB`.
    Table(Table),
    /// Kartoteka's module `CSV`.
    Csv(CsvFile),
    /// OTOBO's module `LDAP`.
    Ldap(LdapTree),
}

/// A table of a database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// The database, if it is not the home database. May hold a password: never shown.
    #[serde(skip)]
    pub database: Option<Address>,
    #[serde(rename = "table")]
    pub name: String,
    /// OTOBO's `ForeignDB`: the table has no create and change columns.
    pub foreign: bool,
}

/// A file of comma-separated values. It is only read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CsvFile {
    pub file: PathBuf,
}

impl Table {
    /// A table of the home database, with create and change columns.
    pub fn at_home(name: impl Into<String>) -> Self {
        Self {
            database: None,
            name: name.into(),
            foreign: false,
        }
    }

    /// A table of the home database that others made: it has no create and change columns.
    pub fn foreign(name: impl Into<String>) -> Self {
        Self {
            foreign: true,
            ..Self::at_home(name)
        }
    }

    /// The same table in another database.
    pub fn of(self, database: Address) -> Self {
        Self {
            database: Some(database),
            ..self
        }
    }
}

impl From<Table> for Origin {
    fn from(table: Table) -> Self {
        Self::Table(table)
    }
}

impl From<CsvFile> for Origin {
    fn from(file: CsvFile) -> Self {
        Self::Csv(file)
    }
}

impl From<LdapTree> for Origin {
    fn from(tree: LdapTree) -> Self {
        Self::Ldap(tree)
    }
}

impl Origin {
    /// The table, if it is one.
    pub fn table(&self) -> Option<&Table> {
        match self {
            Self::Table(table) => Some(table),
            Self::Csv(_) | Self::Ldap(_) => None,
        }
    }

    /// The word for its kind in settings: OTOBO's `DB` or `LDAP`, or `CSV`.
    pub fn module(&self) -> &'static str {
        match self {
            Self::Table(_) => "DB",
            Self::Csv(_) => "CSV",
            Self::Ldap(_) => "LDAP",
        }
    }

    /// What people call it: the name of the table or of the file, or the base of the tree.
    pub fn name(&self) -> String {
        match self {
            Self::Table(table) => table.name.clone(),
            Self::Csv(csv) => csv.file.display().to_string(),
            Self::Ldap(tree) => tree.base.clone(),
        }
    }
}
