//! A tree of an LDAP server, step by step: what the doctor does with one.

use std::collections::HashMap;
use std::sync::Arc;

use kartoteka_model::SourceSpec;
use kartoteka_model::ldap::LdapTree;
use ldap3::Ldap;

use super::complete::complete;
use super::connection::{Servers, tls};
use super::entry::{Entry, text};
use super::error::LdapFailure;
use super::filter;
use super::reading::PAGE;
use super::records::{LookedUp, Mapping, mark};
use crate::doctor::{Finding, Host, Report, Said, StepName, What, handshake, reach, shown};

/// Entries that are counted at most.
const COUNTED: usize = 10_000;

/// Names of trees that are told at most where the base is none of them.
const TREES: usize = 8;

pub(crate) async fn examine(spec: &SourceSpec, tree: &LdapTree, report: &mut Report) {
    if filters(tree, report).await.is_none() {
        return;
    }
    if let Some((servers, ldap)) = servers(tree, report).await {
        let mapping = Mapping {
            spec: spec.clone(),
            tree: tree.clone(),
        };
        let asked = Asked {
            servers: &servers,
            mapping: &mapping,
            ldap: &ldap,
        };
        asked.look(report).await;
    }
}

async fn filters(tree: &LdapTree, report: &mut Report) -> Option<()> {
    let reading = async {
        for filter in tree.always_filter.iter().chain(&tree.valid_filter) {
            if !filter::is_filter(filter) {
                return Err(Finding::of(What::NoFilter, [("filter", filter)]));
            }
        }
        if tree.hosts.is_empty() {
            return Err(failed(&LdapFailure::NoHost));
        }
        tls(tree).map_err(|error| failed(&error))?;
        Ok(Said::new((), [Finding::new(What::FiltersFine)]))
    };
    report.run(StepName::Settings, (None, None), reading).await
}

/// Reaches and enters each server; the first that lets one in.
async fn servers(tree: &LdapTree, report: &mut Report) -> Option<(Servers, Ldap)> {
    let mut entered = None;
    for host in &tree.hosts {
        let port = match host.starts_with("ldaps:") {
            true => 636,
            false => 389,
        };
        // One on a socket of this machine has no name to look for.
        if let Some(server) = Host::of(host, port) {
            let Some(address) = reach(report, &server).await else {
                continue;
            };
            if safe(tree, (host, &server, address), report).await.is_none() {
                continue;
            }
        }
        let of_one = LdapTree {
            hosts: vec![host.clone()],
            ..tree.clone()
        };
        let entering = async {
            let servers = Servers::new(of_one).map_err(|error| failed(&error))?;
            let ldap = servers.connect().await.map_err(|error| failed(&error))?;
            let told = match &tree.bind {
                Some(bind) => Finding::of(What::LoggedIn, [("user", &bind.name)]),
                None => Finding::new(What::Anonymous),
            };
            Ok(Said::new((servers, ldap), [told]))
        };
        let one = report
            .run(StepName::Login, (Some(host), None), entering)
            .await;
        let is_wrong = |finding: &Finding| finding.what == What::WrongPassword;
        // Directories lock accounts: the next one would say the same.
        if report
            .steps
            .last()
            .is_some_and(|step| step.findings.iter().any(is_wrong))
        {
            break;
        }
        entered = entered.or(one);
    }
    entered
}

/// Looks whether a connection is safe, as far as it is to be.
async fn safe(
    tree: &LdapTree,
    (host, server, address): (&str, &Host, std::net::SocketAddr),
    report: &mut Report,
) -> Option<()> {
    let security = &tree.security;
    let limit = (report.limit().unwrap_or_default(), report.now);
    let looking = async {
        if !security.start_tls && !host.starts_with("ldaps:") {
            let what = match tree.bind.is_some() && !server.is_loopback() {
                true => What::InClear,
                false => What::NotEncrypted,
            };
            return Ok(Said::new((), [Finding::new(what)]));
        }
        let mut verifying = tree.clone();
        verifying.security.verify = true;
        let config = tls(&verifying).map_err(|error| failed(&error))?;
        let target = (address, server.name.clone());
        let shaken = handshake(target, security.start_tls, Arc::clone(&config), limit).await;
        match shaken {
            // What is not looked at keeps nobody out, but should be known.
            Err(_) if !security.verify => Ok(Said::new((), [Finding::new(What::NotVerified)])),
            Ok(mut findings) => {
                if !security.verify {
                    findings.push(Finding::new(What::NotVerified));
                }
                Ok(Said::new((), findings))
            }
            Err(finding) => Err(finding),
        }
    };
    report.run(StepName::Tls, (Some(host), None), looking).await
}

/// A server that lets one in.
struct Asked<'a> {
    servers: &'a Servers,
    mapping: &'a Mapping,
    ldap: &'a Ldap,
}

impl Asked<'_> {
    async fn look(&self, report: &mut Report) -> Option<()> {
        let (mapping, tree) = (self.mapping, &self.mapping.tree);
        let step = (Some(tree.base.as_str()), None);
        report.run(StepName::Base, step, self.base()).await?;
        // Without a filter what is no person has no key either.
        let looked = tree.always_filter.clone();
        let looked = looked.unwrap_or_else(|| mapping.everybody());
        let reading = async {
            let query = mapping.query(looked.clone(), PAGE);
            let found = self.servers.ask(self.ldap, &query, Some(&[])).await;
            let entries = found.map_err(|error| failed(&error))?.entries;
            let findings = self.attributes(&entries);
            Ok(Said::new(entries, findings))
        };
        let asked = (None, Some(looked.clone()));
        let entries = report.run(StepName::Attributes, asked, reading).await?;
        let asked = (None, Some(mapping.everybody()));
        report.run(StepName::Count, asked, self.count()).await;
        let keys = async { Ok(Said::new((), self.keys(&entries))) };
        report.run(StepName::Keys, (None, None), keys).await?;
        let valid = tree.valid_filter.clone();
        let asked = (None, valid.map(|_| mapping.valid_of(mapping.everybody())));
        let sampling = self.sample(&entries);
        let key = report.run(StepName::Sample, asked, sampling).await?;
        let equals = mapping.who(filter::equals(&mapping.spec.key, &key));
        let looking = async {
            let query = mapping.query_of(equals.clone(), &[&mapping.spec.key], 2);
            let found = self.servers.ask(self.ldap, &query, None).await;
            let found = found.map_err(|error| failed(&error))?;
            let what = match found.entries.len() {
                0 => return Err(Finding::of(What::NotFound, [("key", &key)])),
                1 => What::Found,
                _ => What::SameKey,
            };
            let told = Finding::of(what, [("key", &key)]);
            Ok(Said::new((), [told.and("count", found.entries.len())]))
        };
        let asked = (None, Some(equals.clone()));
        report.run(StepName::LookUp, asked, looking).await
    }

    async fn base(&self) -> Result<Said<()>, Finding> {
        let (servers, mapping) = (self.servers, self.mapping);
        let base = &mapping.tree.base;
        let query = mapping.query_entry(base, &["1.1"]);
        let found = servers.ask(self.ldap, &query, None).await;
        match found {
            Ok(found) if !found.entries.is_empty() => {
                let told = Finding::of(What::BaseFound, [("base", base)]);
                return Ok(Said::new((), [told]));
            }
            Ok(_) | Err(LdapFailure::NoEntry(_)) => {}
            Err(error) => return Err(failed(&error)),
        }
        let contexts = "namingContexts";
        let query = mapping.query_entry("", &[contexts]);
        let root = servers.ask(self.ldap, &query, None).await;
        let root = root.map(|found| found.entries).unwrap_or_default();
        let trees: Vec<String> = root
            .iter()
            .flat_map(|entry| entry.texts(contexts, false))
            .take(TREES)
            .collect();
        let told = Finding::of(What::NoBase, [("base", base)]);
        Err(told.and("there", trees.join("; ")))
    }

    /// What is to be said of the attributes of some entries.
    fn attributes(&self, entries: &[Entry]) -> Vec<Finding> {
        let mapping = self.mapping;
        let count = entries.len();
        if count == 0 {
            return vec![Finding::of(What::Nobody, [("count", 0)])];
        }
        let mut findings = vec![];
        for field in mapping.spec.map.stored() {
            let attribute = &field.column;
            let mut values = entries.iter().flat_map(|entry| entry.values(attribute));
            if values.clone().next().is_none() {
                let told = Finding::of(What::AttributeMissing, [("attribute", attribute)]);
                findings.push(told.and("count", count));
            } else if values.any(|value| text(value, mapping.tree.latin1).is_none()) {
                findings.push(Finding::of(What::Binary, [("attribute", attribute)]));
            }
        }
        if findings.is_empty() {
            findings.push(Finding::of(What::AttributesFound, [("count", count)]));
        }
        findings
    }

    async fn count(&self) -> Result<Said<()>, Finding> {
        let mapping = self.mapping;
        let query = mapping.query_of(mapping.everybody(), &["1.1"], PAGE);
        let (mut count, mut cookie) = (0, vec![]);
        loop {
            let found = self.servers.ask(self.ldap, &query, Some(&cookie)).await;
            let found = found.map_err(|error| failed(&error))?;
            count += found.entries.len();
            cookie = found.cookie;
            let what = match count {
                _ if count >= COUNTED && !cookie.is_empty() => What::MoreThan,
                _ if !cookie.is_empty() => continue,
                0 => What::Nobody,
                _ => What::Counted,
            };
            return Ok(Said::new((), [Finding::of(what, [("count", count)])]));
        }
    }

    /// What is to be said of the keys of some entries.
    fn keys(&self, entries: &[Entry]) -> Vec<Finding> {
        let attribute = &self.mapping.spec.key;
        let keys = entries.iter().map(|entry| self.mapping.key(entry));
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut nobody = 0;
        for key in keys {
            match key {
                Some(key) => *seen.entry(key.to_lowercase()).or_default() += 1,
                None => nobody += 1,
            }
        }
        let several = |entry: &&Entry| entry.values(attribute).len() > 1;
        let several = entries.iter().filter(several).count();
        let same = seen.values().filter(|count| **count > 1).count();
        let counts = [
            (nobody, What::NoKey),
            (several, What::SeveralKeys),
            (same, What::SameKey),
        ];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let told = |(count, what)| Finding::of(what, [("key", attribute)]).and("count", count);
        let mut findings: Vec<Finding> = counts.map(told).collect();
        if findings.is_empty() {
            findings.push(Finding::of(What::KeysFine, [("key", attribute)]));
        }
        findings
    }

    /// The first entry that is somebody, as a record; its key.
    async fn sample(&self, entries: &[Entry]) -> Result<Said<String>, Finding> {
        let mapping = self.mapping;
        let mut somebody = entries.iter().filter_map(|entry| {
            let key = mapping.key(entry)?;
            Some((entry.clone(), key))
        });
        let (mut entry, key) = somebody
            .next()
            .ok_or_else(|| Finding::new(What::NoSample))?;
        let mut looked_up = LookedUp::default();
        let mut findings = vec![Finding::new(What::Sampled)];
        if mapping.tree.valid_filter.is_some() {
            let equals = mapping.who(filter::equals(&mapping.spec.key, &key));
            for (filter, is_all) in [
                (mapping.valid_of(equals), false),
                (mapping.valid_of(mapping.everybody()), true),
            ] {
                let query = mapping.query_of(filter, &["1.1"], 1);
                let found = self.servers.ask(self.ldap, &query, None).await;
                let found = found.map_err(|error| failed(&error))?;
                if is_all && found.entries.is_empty() {
                    findings.push(Finding::new(What::NobodyValid));
                } else if !is_all {
                    let valid = found.entries.iter().map(|entry| mark(&entry.dn));
                    looked_up.valid = Some(valid.collect());
                }
            }
        }
        let completing = complete(
            self.servers,
            mapping,
            self.ldap,
            std::slice::from_mut(&mut entry),
            &mut looked_up,
        );
        completing.await.map_err(|error| failed(&error))?;
        let row = mapping.source_row(&entry, &looked_up);
        let row = row.ok_or_else(|| Finding::new(What::NoSample))?;
        let mut said = Said::new(key, findings);
        said.fields = shown(&mapping.spec, &row.record);
        Ok(said)
    }
}

/// What a failure is to whoever has to mend it.
pub(crate) fn failed(failure: &LdapFailure) -> Finding {
    match failure {
        LdapFailure::NoHost => Finding::of(What::NoAddress, [("cause", failure)]),
        LdapFailure::Connect { host, cause } => {
            Finding::of(What::CannotConnect, [("host", host), ("cause", cause)])
        }
        LdapFailure::NoServer(cause) => Finding::of(What::NoServer, [("cause", cause)]),
        LdapFailure::Broken(cause) => Finding::of(What::NotLdap, [("cause", cause)]),
        LdapFailure::Bind { name, cause, .. } => {
            Finding::of(What::LoginRefused, [("user", name), ("cause", cause)])
        }
        LdapFailure::WrongPassword { name, cause, .. } => {
            Finding::of(What::WrongPassword, [("user", name), ("cause", cause)])
        }
        LdapFailure::Elsewhere(there) => Finding::of(What::Elsewhere, [("there", there)]),
        LdapFailure::Slow(limit) => Finding::of(What::Silent, [("seconds", limit.as_secs())]),
        LdapFailure::Filter(filter) => Finding::of(What::NoFilter, [("filter", filter)]),
        LdapFailure::NoEntry(base) => {
            Finding::of(What::NoBase, [("base", base.as_str()), ("there", "")])
        }
        LdapFailure::SizeLimit(count) => Finding::of(What::SizeLimit, [("count", count)]),
        LdapFailure::Refused(cause) => Finding::of(What::Refuses, [("cause", cause)]),
        LdapFailure::Unreadable(cause) => Finding::of(What::NotLdap, [("cause", cause)]),
        LdapFailure::CaFile { file, cause } => {
            let told = Finding::of(What::CaFile, [("file", file.display())]);
            told.and("cause", cause)
        }
        LdapFailure::Tls(cause) => Finding::of(What::BadCertificate, [("cause", cause)]),
    }
}
