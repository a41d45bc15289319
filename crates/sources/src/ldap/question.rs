//! A question to a server, and its answer: bounded in number and time, and never taken for more than it is.

use kartoteka_model::ldap::Scope;
use ldap3::adapters::EntriesOnly;
use ldap3::controls::{Control, ControlType, PagedResults, RawControl};
use ldap3::{Ldap, LdapError, LdapResult, SearchOptions};

use super::entry::Entry;
use super::error::LdapFailure;

/// A search.
#[derive(Debug, Clone)]
pub(super) struct Query<'a> {
    pub base: &'a str,
    pub scope: Scope,
    pub filter: String,
    pub attributes: Vec<String>,
    /// How many entries are of use.
    pub most: usize,
}

/// What came of a search.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub entries: Vec<Entry>,
    /// Whether there are more.
    pub more: bool,
    /// Where the next page begins, if it was asked for pages and there is one.
    pub cookie: Vec<u8>,
}

impl Found {
    /// The entries, if these are all.
    pub fn all(self) -> Result<Vec<Entry>, LdapFailure> {
        match self.more {
            true => Err(LdapFailure::SizeLimit(self.entries.len())),
            false => Ok(self.entries),
        }
    }
}

/// Asks over a connection; with a cookie for the page that begins there.
pub(super) async fn ask(
    mut ldap: Ldap,
    query: &Query<'_>,
    page: Option<&[u8]>,
) -> Result<Found, LdapFailure> {
    let size = i32::try_from(query.most).unwrap_or(i32::MAX);
    match page {
        Some(cookie) => {
            ldap.with_controls(RawControl::from(PagedResults {
                size,
                cookie: cookie.to_vec(),
            }));
        }
        // One more tells whether there are more.
        None => {
            let options = SearchOptions::new().sizelimit(size.saturating_add(1));
            ldap.with_search_options(options);
        }
    }
    let adapter = EntriesOnly::new();
    let (attributes, scope) = (query.attributes.clone(), scope(query.scope));
    let searching =
        ldap.streaming_search_with(adapter, query.base, scope, &query.filter, attributes);
    let mut stream = searching.await.map_err(|error| broken(error, query))?;
    let mut found = Found::default();
    while let Some(sent) = stream.next().await.map_err(|error| broken(error, query))? {
        if found.entries.len() >= query.most {
            // A server that sends more than it was asked for is not heard to its end.
            found.more = true;
            if page.is_some() {
                return Err(LdapFailure::Unreadable("a page that has no end"));
            }
            return Ok(found);
        }
        found.entries.push(Entry::read(sent)?);
    }
    let result = stream.finish().await;
    match result.rc {
        0 => {}
        // sizeLimitExceeded
        4 if page.is_none() => found.more = true,
        4 => return Err(LdapFailure::SizeLimit(found.entries.len())),
        // noSuchObject
        32 => return Err(LdapFailure::NoEntry(query.base.to_owned())),
        // A referral: what was asked for is on another server, which nobody set up.
        10 => {
            let elsewhere = result.refs.join(" ");
            return Err(LdapFailure::Elsewhere(elsewhere));
        }
        _ => return Err(LdapFailure::Refused(told(&result))),
    }
    found.cookie = cookie(&result)?;
    Ok(found)
}

/// A scope as the library has it.
pub(super) fn scope(scope: Scope) -> ldap3::Scope {
    match scope {
        Scope::Base => ldap3::Scope::Base,
        Scope::One => ldap3::Scope::OneLevel,
        Scope::Sub => ldap3::Scope::Subtree,
    }
}

/// Where the next page begins; empty where there is none.
fn cookie(result: &LdapResult) -> Result<Vec<u8>, LdapFailure> {
    let paged = result.ctrls.iter().find_map(|control| match control {
        Control(Some(ControlType::PagedResults), raw) => Some(raw),
        _ => None,
    });
    let Some(raw) = paged else { return Ok(vec![]) };
    // The reader of the library takes for granted that servers send what they should.
    let read = std::panic::catch_unwind(|| raw.parse::<PagedResults>());
    read.map(|paged| paged.cookie)
        .map_err(|_| LdapFailure::Unreadable("the place of the next page"))
}

pub(super) fn broken(error: LdapError, query: &Query<'_>) -> LdapFailure {
    match error {
        LdapError::FilterParsing => LdapFailure::Filter(query.filter.clone()),
        error => LdapFailure::Broken(chain(&error)),
    }
}

/// What a server says of a failure: its code in words, and its own text.
pub(super) fn told(result: &LdapResult) -> String {
    let words = match result.rc {
        1 => "operationsError",
        2 => "protocolError",
        3 => "timeLimitExceeded",
        7 => "authMethodNotSupported",
        8 => "strongerAuthRequired",
        11 => "adminLimitExceeded",
        12 => "unavailableCriticalExtension",
        13 => "confidentialityRequired",
        16 => "noSuchAttribute",
        18 => "inappropriateMatching",
        21 => "invalidAttributeSyntax",
        32 => "noSuchObject",
        34 => "invalidDNSyntax",
        48 => "inappropriateAuthentication",
        49 => "invalidCredentials",
        50 => "insufficientAccessRights",
        51 => "busy",
        52 => "unavailable",
        53 => "unwillingToPerform",
        _ => "error",
    };
    let text: String = result
        .text
        .chars()
        .filter(|sign| !sign.is_control())
        .take(200)
        .collect();
    match text.is_empty() {
        true => format!("{words} ({})", result.rc),
        false => format!("{words} ({}): {text}", result.rc),
    }
}

/// An error with its causes, which libraries leave out of its text.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        let next_text = next.to_string();
        if !text.contains(&next_text) {
            text = format!("{text}: {next_text}");
        }
        cause = next.source();
    }
    text
}
