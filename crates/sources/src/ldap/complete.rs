//! What belongs to people and stands in other entries, or did not fit into one answer.

use std::collections::{BTreeSet, HashMap, HashSet};

use kartoteka_model::ldap::Scope;
use ldap3::Ldap;

use super::connection::Servers;
use super::entry::Entry;
use super::error::LdapFailure;
use super::question::Query;
use super::records::{LookedUp, MANAGER, Mapping};
use super::{FOUND, filter};

/// Parts in which a server may send an attribute at most.
const PARTS: usize = 200;

/// Managers asked for at a time.
const MANAGERS: usize = 100;

/// Who is searched, where a group says: OTOBO's `GroupDN`, whose entries list logins as `memberUid`.
pub(super) async fn members(
    servers: &Servers,
    mapping: &Mapping,
    ldap: &Ldap,
) -> Result<Option<HashSet<String>>, LdapFailure> {
    let Some(group) = &mapping.tree.group else {
        return Ok(None);
    };
    let query = Query {
        base: group,
        ..mapping.query_of(filter::present(MEMBER), &[MEMBER], FOUND)
    };
    let mut members = HashSet::new();
    for mut group in servers.ask(ldap, &query, None).await?.all()? {
        whole(servers, mapping, ldap, &mut group).await?;
        members.extend(group.texts(MEMBER, mapping.tree.latin1));
    }
    Ok(Some(members))
}

const MEMBER: &str = "memberUid";

/// Asks for what a server left out of long attributes.
async fn whole(
    servers: &Servers,
    mapping: &Mapping,
    ldap: &Ldap,
    entry: &mut Entry,
) -> Result<(), LdapFailure> {
    for rest in entry.rests() {
        let mut from = Some(rest.from);
        let mut parts = 0;
        while let Some(next) = from {
            parts += 1;
            if parts > PARTS {
                return Err(LdapFailure::Unreadable("an attribute that has no end"));
            }
            let asked = format!("{};range={next}-*", rest.attribute);
            let query = mapping.query_entry(&entry.dn, &[&asked]);
            let found = servers.ask(ldap, &query, None).await?;
            let Some(mut part) = found.entries.into_iter().next() else {
                break;
            };
            from = part.rests().first().map(|rest| rest.from);
            entry.extend(&rest.attribute, &part);
        }
    }
    Ok(())
}

/// Asks for what belongs to entries and stands elsewhere: the rest of long attributes, and what is shown of their managers.
pub(super) async fn complete(
    servers: &Servers,
    mapping: &Mapping,
    ldap: &Ldap,
    entries: &mut [Entry],
    looked_up: &mut LookedUp,
) -> Result<(), LdapFailure> {
    for entry in entries.iter_mut() {
        whole(servers, mapping, ldap, entry).await?;
    }
    let Some(shown) = &mapping.tree.manager else {
        return Ok(());
    };
    let unknown = entries.iter().map(|entry| mapping.value(entry, MANAGER));
    let unknown = unknown.filter(|dn| !dn.is_empty() && !looked_up.managers.contains_key(dn));
    let unknown: BTreeSet<String> = unknown.collect();
    if unknown.is_empty() {
        return Ok(());
    }
    // Each server has its own name for the name of an entry.
    let is_active_directory = |entry: &Entry| !entry.values("objectGUID").is_empty();
    let named = match entries.iter().any(is_active_directory) {
        true => "distinguishedName",
        false => "entryDN",
    };
    let base = match &looked_up.root {
        Some(root) => root.clone(),
        None => {
            let root = root(servers, mapping, ldap).await?;
            looked_up.root.insert(root).clone()
        }
    };
    let unknown: Vec<String> = unknown.into_iter().collect();
    for dns in unknown.chunks(MANAGERS) {
        let one_of = dns.iter().map(|dn| filter::equals(named, dn));
        let query = Query {
            base: &base,
            scope: Scope::Sub,
            ..mapping.query_of(filter::any(one_of), &[shown], MANAGERS)
        };
        let found = match servers.ask(ldap, &query, None).await {
            Ok(found) => found.entries,
            Err(LdapFailure::NoEntry(_) | LdapFailure::Refused(_)) => vec![],
            Err(error) => return Err(error),
        };
        let names = found
            .iter()
            .map(|entry| (lower(&entry.dn), mapping.value(entry, shown)));
        let names: HashMap<String, String> = names.collect();
        for dn in dns {
            // One who left, or a name that is none, is shown as it stands.
            let name = names.get(&lower(dn)).filter(|name| !name.is_empty());
            let name = name.unwrap_or(dn).clone();
            looked_up.managers.insert(dn.clone(), name);
        }
    }
    Ok(())
}

/// The root of the tree that the base is in: managers may be elsewhere than those who have them.
async fn root(servers: &Servers, mapping: &Mapping, ldap: &Ldap) -> Result<String, LdapFailure> {
    let query = mapping.query_entry("", &["namingContexts"]);
    let found = match servers.ask(ldap, &query, None).await {
        Ok(found) => found.entries,
        Err(LdapFailure::NoEntry(_) | LdapFailure::Refused(_)) => vec![],
        Err(error) => return Err(error),
    };
    let root = found
        .first()
        .and_then(|root| super::changes::suffix(root, mapping));
    Ok(root.unwrap_or_else(|| mapping.tree.base.clone()))
}

/// The name of an entry, to be compared: servers and people leave blanks behind commas or not.
fn lower(dn: &str) -> String {
    let parts = dn.split(',').map(str::trim);
    parts.collect::<Vec<_>>().join(",").to_lowercase()
}
