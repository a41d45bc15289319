//! `[CustomerUser]` … and `[CustomerCompany]` …: the sources, laid over the shipped ones.

mod columns;
mod customer_users;
mod customers;
pub mod dsn;
mod entry;
mod keys;
mod ldap;
mod ldap_keys;
mod map;
mod params;
mod spec;

use kartoteka_model::source::{CustomerSource, CustomerUserSource, Locked, Origin, SourceSpec};

use crate::document::{Entry, Table, Value};
use crate::findings::Findings;
use crate::mistake::Mistake;
use crate::places::Places;

pub(crate) use entry::is_script;
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

/// Lays a source over others of its kind, in its place among them.
pub(crate) fn lay(
    id: &str,
    tree: &Table,
    settings: &mut crate::Settings,
    findings: &Findings<'_>,
    locked: Option<Locked>,
) {
    let entry = tree.get(id);
    let places = &mut settings.places;
    if id.starts_with(CUSTOMER_USER) {
        if let Some(mut source) = customer_users::read(id, entry, findings, places) {
            source.spec.locked = locked;
            let all = &mut settings.customer_users;
            lay_among(all, source, |one| &one.spec, (tree, findings));
        }
    } else if let Some(mut source) = customers::read(id, entry, findings, places) {
        source.spec.locked = locked;
        lay_among(
            &mut settings.customers,
            source,
            |one| &one.spec,
            (tree, findings),
        );
    }
}

fn lay_among<T>(
    all: &mut Vec<T>,
    source: T,
    spec: impl Fn(&T) -> &SourceSpec,
    (tree, findings): (&Table, &Findings<'_>),
) {
    all.retain(|known| spec(known).id != spec(&source).id);
    warn_of_same_table(spec(&source), all.iter().map(&spec), tree, findings);
    all.push(source);
    all.sort_by_key(|one| place_of(&spec(one).id));
}

/// The number of a source among those of its kind.
fn place_of(id: &str) -> u32 {
    let number = id.trim_start_matches(|sign: char| !sign.is_ascii_digit());
    number.parse().unwrap_or(0)
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
pub(crate) enum Module {
    Database,
    Csv,
    Ldap,
}

impl Module {
    fn name(self) -> &'static str {
        match self {
            Self::Database => "DB",
            Self::Csv => "CSV",
            Self::Ldap => "LDAP",
        }
    }
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
        Some(name) if name.eq_ignore_ascii_case("LDAP") => match id.starts_with(CUSTOMER_USER) {
            true => return Some(Module::Ldap),
            // OTOBO has no such module either.
            false => Mistake::NoLdapCustomers,
        },
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
