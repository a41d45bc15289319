//! Going through a tree in pages (RFC 2696). A server knows the place after a page only for as long as the connection
//! lasts, so it is kept open between portions; who goes on later begins anew, and is given again what they had.

use std::collections::{HashSet, VecDeque};
use std::time::Duration;

use ldap3::Ldap;
use tokio::time::Instant;

use super::connection::Servers;
use super::entry::Entry;
use super::error::LdapFailure;
use super::filter;
use super::records::{LookedUp, Mapping};
use crate::SourceRow;

/// Entries asked for at a time: no more than any server gives, Active Directory's being 1000.
pub(super) const PAGE: usize = 500;

/// A reading that nobody went on with for so long is given up.
const KEPT: Duration = Duration::from_secs(600);

/// Readings at a time; one more takes the place of the oldest.
const MOST: usize = 3;

/// A reading of the whole tree.
struct Reading {
    /// How many records were given out, and the number of the reading: what a cursor says.
    place: Place,
    used: Instant,
    /// None when all was read.
    ldap: Option<Ldap>,
    cookie: Vec<u8>,
    records: VecDeque<SourceRow>,
    looked_up: LookedUp,
    /// Who is searched, where a group says.
    members: Option<HashSet<String>>,
}

/// A place between the records of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    reading: u64,
    passed: u64,
}

impl Place {
    pub fn parse(text: &str) -> Option<Self> {
        let (reading, passed) = text.split_once(':')?;
        Some(Self {
            reading: reading.parse().ok()?,
            passed: passed.parse().ok()?,
        })
    }

    pub fn text(self) -> String {
        format!("{}:{}", self.reading, self.passed)
    }
}

/// Readings that may be gone on with.
#[derive(Default)]
pub(super) struct Readings {
    open: Vec<Reading>,
}

impl std::fmt::Debug for Readings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Readings")
            .field("open", &self.open.len())
            .finish()
    }
}

impl Readings {
    /// Takes out the one that is at this place.
    fn take(&mut self, place: Place) -> Option<Reading> {
        self.open.retain(|one| one.used.elapsed() < KEPT);
        let at = self.open.iter().position(|one| one.place == place)?;
        Some(self.open.remove(at))
    }

    fn keep(&mut self, reading: Reading) {
        if self.open.len() >= MOST {
            self.open.remove(0);
        }
        self.open.push(reading);
    }
}

/// The next records after a place, at most so many, and the place after them.
pub(super) async fn portion(
    servers: &Servers,
    mapping: &Mapping,
    readings: &std::sync::Mutex<Readings>,
    after: Option<Place>,
    limit: usize,
) -> Result<(Vec<SourceRow>, Option<Place>), LdapFailure> {
    let lock = || {
        readings
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    };
    let known = after.and_then(|place| lock().take(place));
    let mut reading = match known {
        Some(reading) => reading,
        // Who was before the place may be gone, and others behind it have moved up: everybody is given out again.
        None => Reading::begin(servers, mapping).await?,
    };
    while reading.records.len() < limit && reading.ldap.is_some() {
        reading.read_page(servers, mapping).await?;
    }
    let wanted = limit.min(reading.records.len());
    let records: Vec<SourceRow> = reading.records.drain(..wanted).collect();
    if records.is_empty() {
        return Ok((records, None));
    }
    reading.place.passed += records.len() as u64;
    reading.used = Instant::now();
    let place = reading.place;
    lock().keep(reading);
    Ok((records, Some(place)))
}

impl Reading {
    /// Begins from the first entry, under a number of its own.
    async fn begin(servers: &Servers, mapping: &Mapping) -> Result<Self, LdapFailure> {
        let ldap = servers.connect().await?;
        Ok(Self {
            place: Place {
                reading: rand::random(),
                passed: 0,
            },
            used: Instant::now(),
            members: super::complete::members(servers, mapping, &ldap).await?,
            ldap: Some(ldap),
            cookie: vec![],
            records: VecDeque::new(),
            looked_up: LookedUp::default(),
        })
    }

    async fn read_page(&mut self, servers: &Servers, mapping: &Mapping) -> Result<(), LdapFailure> {
        let Some(ldap) = &self.ldap else {
            return Ok(());
        };
        let query = mapping.query(mapping.everybody(), PAGE);
        let mut found = servers.ask(ldap, &query, Some(&self.cookie)).await?;
        let (entries, looked_up) = (&mut found.entries, &mut self.looked_up);
        if mapping.tree.valid_filter.is_some() {
            looked_up.valid = Some(valid(servers, mapping, ldap, entries).await?);
        }
        super::complete::complete(servers, mapping, ldap, entries, looked_up).await?;
        for entry in entries {
            let Some(stored) = mapping.source_row(entry, &self.looked_up) else {
                continue;
            };
            if mapping.is_member(&stored, self.members.as_ref()) {
                self.records.push_back(stored);
            }
        }
        self.cookie = found.cookie;
        if self.cookie.is_empty() {
            self.ldap = None;
        }
        Ok(())
    }
}

/// Which of some entries meet the filter of the valid now.
pub(super) async fn valid(
    servers: &Servers,
    mapping: &Mapping,
    ldap: &Ldap,
    entries: &[Entry],
) -> Result<HashSet<u64>, LdapFailure> {
    let mut valid = HashSet::new();
    let keys = entries.iter().filter_map(|entry| mapping.key(entry));
    let keys: Vec<String> = keys.collect();
    for keys in keys.chunks(super::KEYS) {
        let one_of = keys.iter();
        let one_of = one_of.map(|key| filter::equals(&mapping.spec.key, key));
        let filter = mapping.valid_of(mapping.who(filter::any(one_of)));
        let query = mapping.query_of(filter, &["1.1"], super::FOUND);
        let found = servers.ask(ldap, &query, None).await?.all()?;
        valid.extend(found.iter().map(|entry| super::records::mark(&entry.dn)));
    }
    Ok(valid)
}

/// Goes through all entries of a search.
pub(super) async fn pages(
    servers: &Servers,
    ldap: &Ldap,
    query: &super::question::Query<'_>,
    mut take: impl FnMut(Entry),
) -> Result<(), LdapFailure> {
    let mut cookie = vec![];
    loop {
        let found = servers.ask(ldap, query, Some(&cookie)).await?;
        found.entries.into_iter().for_each(&mut take);
        cookie = found.cookie;
        if cookie.is_empty() {
            return Ok(());
        }
    }
}
