//! `[CustomerUser]` … and `[CustomerCompany]` …: the sources, laid over the shipped ones.

mod columns;
mod customer_users;
mod customers;
mod dsn;
mod entry;
mod keys;
mod map;
mod params;
mod table;

use kartoteka_model::source::{CustomerSource, CustomerUserSource, TableSource};

use crate::document::{Entry, Table, Value};
use crate::findings::Findings;
use crate::mistake::Mistake;
use crate::places::Places;

pub(crate) use keys::{CUSTOMER_COMPANY_KEYS, CUSTOMER_USER_KEYS};

pub(crate) const CUSTOMER_USER: &str = "CustomerUser";
pub(crate) const CUSTOMER_COMPANY: &str = "CustomerCompany";

/// The highest number of a source.
const LAST: u32 = 10;

/// `CustomerUser`, `CustomerUser1` … `CustomerUser10`: the order in which sources answer.
pub(crate) fn ids(kind: &str) -> impl Iterator<Item = String> {
    let numbered = move |number| match number {
        0 => kind.to_owned(),
        number => format!("{kind}{number}"),
    };
    (0..=LAST).map(numbered)
}

pub(crate) fn customer_users(
    tree: &Table,
    findings: &Findings<'_>,
    places: &mut Places,
) -> Vec<CustomerUserSource> {
    let mut sources: Vec<CustomerUserSource> = Vec::new();
    for id in ids(CUSTOMER_USER) {
        // The first source is always there, as it is in OTOBO.
        let entry = tree.get(&id);
        if entry.is_none() && id != CUSTOMER_USER {
            continue;
        }
        if let Some(source) = customer_users::read(&id, entry, findings, places) {
            let earlier = sources.iter().map(|source| &source.table);
            warn_of_same_table(&source.table, earlier, tree, findings);
            sources.push(source);
        }
    }
    sources
}

pub(crate) fn customers(
    tree: &Table,
    findings: &Findings<'_>,
    places: &mut Places,
) -> Vec<CustomerSource> {
    let mut sources: Vec<CustomerSource> = Vec::new();
    for id in ids(CUSTOMER_COMPANY) {
        let entry = tree.get(&id);
        if entry.is_none() && id != CUSTOMER_COMPANY {
            continue;
        }
        if let Some(source) = customers::read(&id, entry, findings, places) {
            let earlier = sources.iter().map(|source| &source.table);
            warn_of_same_table(&source.table, earlier, tree, findings);
            sources.push(source);
        }
    }
    sources
}

/// Every person of the later source would be hidden by the earlier one (rule D19).
fn warn_of_same_table<'a>(
    source: &TableSource,
    mut earlier: impl Iterator<Item = &'a TableSource>,
    tree: &Table,
    findings: &Findings<'_>,
) {
    let same = |other: &&TableSource| {
        other.database == source.database && other.table.eq_ignore_ascii_case(&source.table)
    };
    if let (Some(other), Some(entry)) = (earlier.find(same), tree.get(&source.id)) {
        findings.push(
            findings
                .warning(&entry.key_at, Mistake::SameTable)
                .param("section", &source.id)
                .param("other", &other.id)
                .remedy("Params = { Table = \"another_table\" }".to_owned()),
        );
    }
}

/// Whether a section's module is another than the one for databases; then that is reported, and nothing
/// else of the section, since its keys mean something else.
fn refuse_module(id: &str, entry: Option<&Entry>, findings: &Findings<'_>) -> bool {
    let Some(Entry { node, .. }) = entry else {
        return false;
    };
    let Value::Table(table) = &node.value else {
        return false;
    };
    // A module that is no text is reported like any other wrong type.
    let Some((module, at)) = table
        .get("Module")
        .and_then(|entry| match &entry.node.value {
            Value::Text(module) => Some((module.trim(), &entry.node.at)),
            _ => None,
        })
    else {
        return false;
    };
    let mistake = if module.to_ascii_lowercase().contains("ldap") {
        Mistake::LdapLater
    } else if module.is_empty() || module.rsplit("::").next() == Some("DB") {
        return false;
    } else {
        Mistake::UnknownModule
    };
    let kind = id.trim_end_matches(|c: char| c.is_ascii_digit());
    findings.push(
        findings
            .error(at, mistake)
            .param("section", id)
            .found(format!("{module:?}"))
            .remedy(format!("Module = \"Kernel::System::{kind}::DB\"")),
    );
    true
}
