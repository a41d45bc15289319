//! `[CustomerUser]` … and `[CustomerCompany]` …: the sources, laid over the shipped ones.

mod columns;
mod customer_users;
mod customers;
mod dsn;
mod entry;
mod keys;
mod map;
mod params;
mod spec;

use kartoteka_model::source::{CustomerSource, CustomerUserSource, Origin, SourceSpec};

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
            let earlier = sources.iter().map(|source| &source.spec);
            warn_of_same_table(&source.spec, earlier, tree, findings);
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
            let earlier = sources.iter().map(|source| &source.spec);
            warn_of_same_table(&source.spec, earlier, tree, findings);
            sources.push(source);
        }
    }
    sources
}

/// Every person of the later source would be hidden by the earlier one (rule D19).
fn warn_of_same_table<'a>(
    source: &SourceSpec,
    mut earlier: impl Iterator<Item = &'a SourceSpec>,
    tree: &Table,
    findings: &Findings<'_>,
) {
    let same = |other: &&SourceSpec| match (&other.origin, &source.origin) {
        (Origin::Table(other), Origin::Table(table)) => {
            other.database == table.database && other.name.eq_ignore_ascii_case(&table.name)
        }
        (other, origin) => other == origin,
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

/// What a source is read with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Module {
    Database,
    Csv,
}

/// The module of a section. One that is not known is reported, and nothing else of the section, since its keys mean
/// something else.
fn module(id: &str, entry: Option<&Entry>, findings: &Findings<'_>) -> Option<Module> {
    let Some(Entry { node, .. }) = entry else {
        return Some(Module::Database);
    };
    let Value::Table(table) = &node.value else {
        return Some(Module::Database);
    };
    // A module that is no text is reported like any other wrong type.
    let Some((module, at)) = table
        .get("Module")
        .and_then(|entry| match &entry.node.value {
            Value::Text(module) => Some((module.trim(), &entry.node.at)),
            _ => None,
        })
    else {
        return Some(Module::Database);
    };
    let mistake = match module.rsplit("::").next() {
        Some("DB" | "") => return Some(Module::Database),
        Some(name) if name.eq_ignore_ascii_case("CSV") => return Some(Module::Csv),
        _ if module.to_ascii_lowercase().contains("ldap") => Mistake::LdapLater,
        _ => Mistake::UnknownModule,
    };
    let kind = id.trim_end_matches(|c: char| c.is_ascii_digit());
    findings.push(
        findings
            .error(at, mistake)
            .param("section", id)
            .found(format!("{module:?}"))
            .remedy(format!("Module = \"Kernel::System::{kind}::DB\"")),
    );
    None
}
