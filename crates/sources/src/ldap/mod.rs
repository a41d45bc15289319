//! People from a tree of an LDAP server: OTOBO's module `LDAP`. Read only; works with OpenLDAP and Active Directory.
//!
//! What is shown of an entry is the first value of each attribute, as OTOBO does. Who may be found is said by the filter
//! that everybody meets, and who is valid by the filter of the valid (rule D18).

mod changes;
mod complete;
mod condition;
mod connection;
mod content_sync;
mod entry;
mod error;
mod examine;
pub mod filter;
mod guard;
mod question;
mod reading;
mod records;
mod schema;
mod search;
mod time;
mod verify;

use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::atomic::AtomicI64;

use kartoteka_boxed::boxed;
use kartoteka_model::SourceSpec;
use kartoteka_model::ldap::LdapTree;
use kartoteka_model::text::same_key;

use crate::SourceRow;
use crate::changes::{Changes, Watermark};
use crate::error::SourceError;
use crate::source::{Cursor, Portion};
use complete::{complete, members};
use connection::Servers;
use entry::Entry;
pub use error::LdapFailure;
pub(crate) use examine::{examine, failed};
use reading::{Place, Readings};
use records::{LookedUp, Mapping};
use schema::Schema;
pub use search::filter_of;

/// Keys that one filter asks for at most.
const KEYS: usize = 100;

/// Entries that the keys of one filter may lead to at most: several entries may have the same.
const FOUND: usize = 4 * KEYS;

/// A tree of an LDAP server.
#[derive(Debug)]
pub struct LdapSource {
    mapping: Mapping,
    servers: Servers,
    readings: Mutex<Readings>,
    /// How the server compares, read once it is needed.
    schema: tokio::sync::OnceCell<Schema>,
    /// Seconds since 1970: it is not asked for its log of changes before.
    log_from: AtomicI64,
}

impl Mapping {
    /// Who is in the source.
    fn everybody(&self) -> String {
        filter::all(std::iter::once(filter::present(&self.spec.key)).chain(self.always()))
    }

    fn always(&self) -> impl Iterator<Item = String> {
        self.tree.always_filter.iter().cloned()
    }

    /// Those of them who meet a filter.
    fn who(&self, meets: String) -> String {
        filter::all(std::iter::once(meets).chain(self.always()))
    }

    /// Those of them who are valid.
    fn valid_of(&self, filter: String) -> String {
        filter::all(std::iter::once(filter).chain(self.tree.valid_filter.iter().cloned()))
    }

    fn is_member(&self, stored: &SourceRow, members: Option<&HashSet<String>>) -> bool {
        let key = stored.record.get(self.spec.key_field());
        members.is_none_or(|members| members.contains(key))
    }
}

impl LdapSource {
    /// Looks at what is set up, and connects.
    ///
    /// # Errors
    /// When a filter is none, certificates can't be read, or no server lets it in.
    #[boxed]
    pub async fn open(spec: SourceSpec, tree: LdapTree) -> Result<Self, SourceError> {
        for filter in tree.always_filter.iter().chain(&tree.valid_filter) {
            if !filter::is_filter(filter) {
                return Err(LdapFailure::Filter(filter.clone()).into());
            }
        }
        let source = Self {
            servers: Servers::new(tree.clone())?,
            mapping: Mapping { spec, tree },
            readings: Mutex::default(),
            schema: tokio::sync::OnceCell::new(),
            log_from: AtomicI64::new(0),
        };
        source.ping().await?;
        Ok(source)
    }

    /// The records of entries that meet a filter, of as many as keys may lead to. Whether there are more.
    async fn fetch(&self, filter: String) -> Result<(Vec<SourceRow>, bool), LdapFailure> {
        let query = self.mapping.query(filter.clone(), FOUND);
        let found = self.servers.search(&query).await?;
        let mut looked_up = LookedUp::default();
        if self.mapping.tree.valid_filter.is_some() && !found.entries.is_empty() {
            let valid = self.mapping.valid_of(filter);
            let query = self.mapping.query_of(valid, &["1.1"], FOUND);
            let valid = self.servers.search(&query).await?.all()?;
            looked_up.valid = Some(valid.iter().map(|entry| records::mark(&entry.dn)).collect());
        }
        let records = self.records(found.entries, looked_up).await?;
        Ok((records, found.more))
    }

    /// The records of entries.
    async fn records(
        &self,
        mut entries: Vec<Entry>,
        mut looked_up: LookedUp,
    ) -> Result<Vec<SourceRow>, LdapFailure> {
        if entries.is_empty() {
            return Ok(vec![]);
        }
        let (servers, mapping) = (&self.servers, &self.mapping);
        let ldap = servers.connection().await?;
        complete(servers, mapping, &ldap, &mut entries, &mut looked_up).await?;
        let rows = entries.iter();
        let rows = rows.filter_map(|entry| mapping.source_row(entry, &looked_up));
        Ok(rows.collect())
    }

    /// The records with one of these keys as the server compares them.
    async fn with_keys(&self, keys: &[String]) -> Result<Vec<SourceRow>, LdapFailure> {
        let key = &self.mapping.spec.key;
        let mut all = vec![];
        for keys in keys.chunks(KEYS) {
            let one_of = filter::any(keys.iter().map(|wanted| filter::equals(key, wanted)));
            let (found, more) = self.fetch(self.mapping.who(one_of)).await?;
            if more {
                // Who is left out must not count as gone.
                return Err(LdapFailure::SizeLimit(found.len()));
            }
            all.extend(found);
        }
        self.members_of(all).await
    }

    /// Those who are searched.
    async fn members_of(&self, mut found: Vec<SourceRow>) -> Result<Vec<SourceRow>, LdapFailure> {
        if self.mapping.tree.group.is_some() && !found.is_empty() {
            let ldap = self.servers.connection().await?;
            let members = members(&self.servers, &self.mapping, &ldap).await?;
            found.retain(|stored| self.mapping.is_member(stored, members.as_ref()));
        }
        Ok(found)
    }

    /// Does a look-up, whose questions all together take no longer than one may.
    async fn within<T>(
        &self,
        look_up: impl Future<Output = Result<T, LdapFailure>>,
    ) -> Result<T, SourceError> {
        let limit = self.servers.look_up();
        let done = tokio::time::timeout(limit, look_up).await;
        Ok(done.map_err(|_| LdapFailure::Slow(limit))??)
    }

    /// What can be said of the source by its first page: how many entries are in it, how many of them have no key, and which
    /// attributes that are set up none of them has.
    ///
    /// # Errors
    /// When the server does not answer.
    #[boxed]
    pub async fn look_through(&self) -> Result<(usize, usize, Vec<String>), SourceError> {
        let (mapping, page) = (&self.mapping, reading::PAGE);
        // Without a filter what is no person has no key either.
        let everybody = match &mapping.tree.always_filter {
            Some(filter) => filter.clone(),
            None => mapping.everybody(),
        };
        let ldap = self.servers.connection().await?;
        let query = mapping.query(everybody, page);
        let found = self.servers.ask(&ldap, &query, Some(&[])).await?.entries;
        let nobody = found.iter().filter(|entry| mapping.key(entry).is_none());
        let nobody = nobody.count();
        let fields = mapping.spec.map.stored();
        let missing = fields.filter(|field| {
            let has = |entry: &Entry| !entry.values(&field.column).is_empty();
            !found.is_empty() && !found.iter().any(has)
        });
        let missing = missing.map(|field| field.column.clone()).collect();
        Ok((found.len(), nobody, missing))
    }

    fn key_of<'r>(&self, stored: &'r SourceRow) -> &'r str {
        stored.record.get(self.mapping.spec.key_field())
    }

    pub(crate) async fn close(&self) {
        self.servers.forget().await;
        let readings = &self.readings;
        let lock = readings.lock();
        *lock.unwrap_or_else(std::sync::PoisonError::into_inner) = Readings::default();
    }
}

/// What [`crate::Source`] asks.
impl LdapSource {
    #[expect(clippy::unused_async, reason = "the other sources have to ask")]
    pub(crate) async fn columns(&self) -> Result<Vec<String>, SourceError> {
        let fields = self.mapping.spec.map.stored();
        Ok(fields.map(|field| field.column.clone()).collect())
    }

    pub(crate) async fn ping(&self) -> Result<(), SourceError> {
        let query = self.mapping.query_entry(&self.mapping.tree.base, &["1.1"]);
        let found = self.within(self.servers.search(&query)).await?;
        match found.entries.is_empty() {
            true => Err(LdapFailure::NoEntry(self.mapping.tree.base.clone()).into()),
            false => Ok(()),
        }
    }

    pub(crate) async fn find(&self, key: &str) -> Result<Option<SourceRow>, SourceError> {
        // Also one whom the group does not name: OTOBO shows them, though it does not search them.
        let found = self.within(self.with_key(key)).await?;
        let mut found = found.into_iter();
        Ok(found.find(|stored| self.key_of(stored) == key))
    }

    /// Those with a key as the server compares it.
    async fn with_key(&self, key: &str) -> Result<Vec<SourceRow>, LdapFailure> {
        let equals = filter::equals(&self.mapping.spec.key, key);
        Ok(self.fetch(self.mapping.who(equals)).await?.0)
    }

    pub(crate) async fn find_ignoring_case(
        &self,
        key: &str,
    ) -> Result<Option<SourceRow>, SourceError> {
        let look_up = async { self.members_of(self.with_key(key).await?).await };
        let mut found = self.within(look_up).await?.into_iter();
        Ok(found.find(|stored| same_key(self.key_of(stored), key)))
    }

    pub(crate) async fn find_many(&self, keys: &[String]) -> Result<Vec<SourceRow>, SourceError> {
        let wanted: HashSet<&str> = keys.iter().map(String::as_str).collect();
        let mut found = self.within(self.with_keys(keys)).await?;
        found.retain(|stored| wanted.contains(self.key_of(stored)));
        Ok(found)
    }

    pub(crate) async fn find_many_ignoring_case(
        &self,
        keys: &[String],
    ) -> Result<Vec<SourceRow>, SourceError> {
        self.within(self.with_keys(keys)).await
    }

    pub(crate) async fn keys_where(
        &self,
        column: &str,
        value: &str,
        limit: u32,
    ) -> Result<Vec<String>, SourceError> {
        let keys = self.within(self.keys_with(column, value, limit as usize));
        let keys = keys.await?;
        let exactly = keys.into_iter().filter(|(_, found)| found == value);
        Ok(exactly.map(|(key, _)| key).collect())
    }

    pub(crate) async fn count_key(
        &self,
        column: &str,
        key: &str,
        twin: bool,
    ) -> Result<u64, SourceError> {
        let is_meant = |found: &str| match twin {
            true => found == key,
            false => same_key(found, key),
        };
        let filter = self.mapping.who(filter::equals(column, key));
        let counts = |entry: &Entry| is_meant(&self.mapping.value(entry, column));
        Ok(self.count(filter, column, counts).await?)
    }

    /// How many of the entries that meet a filter count, by one attribute.
    async fn count(
        &self,
        filter: String,
        attribute: &str,
        counts: impl Fn(&Entry) -> bool,
    ) -> Result<u64, LdapFailure> {
        let query = self.mapping.query_of(filter, &[attribute], reading::PAGE);
        let ldap = self.servers.connect().await?;
        let mut count = 0;
        reading::pages(&self.servers, &ldap, &query, |entry| {
            count += u64::from(counts(&entry))
        })
        .await?;
        Ok(count)
    }

    /// Keys of those who have a value in an attribute as the server compares it, and that value.
    async fn keys_with(
        &self,
        attribute: &str,
        value: &str,
        limit: usize,
    ) -> Result<Vec<(String, String)>, LdapFailure> {
        let filter = self.mapping.who(filter::equals(attribute, value));
        let attributes = [self.mapping.spec.key.as_str(), attribute];
        let query = self.mapping.query_of(filter, &attributes, limit);
        let found = self.servers.search(&query).await?;
        let pair = |entry: &Entry| {
            let key = self.mapping.key(entry)?;
            Some((key, self.mapping.value(entry, attribute)))
        };
        Ok(found.entries.iter().filter_map(pair).collect())
    }

    pub(crate) async fn count_rows(&self) -> Result<u64, SourceError> {
        Ok(self
            .count(self.mapping.everybody(), "1.1", |_| true)
            .await?)
    }

    pub(crate) async fn has_any(
        &self,
        has_validity: Option<bool>,
        validity: i16,
    ) -> Result<bool, SourceError> {
        let mapping = &self.mapping;
        let valid = kartoteka_model::Validity::Valid.id() == validity;
        let filter = match (has_validity, &mapping.tree.valid_filter) {
            (None, _) => mapping.everybody(),
            // Without a filter everybody is valid, and by a filter nobody is anything else but invalid.
            (Some(has), None) if has != valid => return Ok(false),
            (Some(_), None) => mapping.everybody(),
            (Some(has), Some(_)) if has == valid => mapping.valid_of(mapping.everybody()),
            (Some(_), Some(filter)) => filter::all([mapping.everybody(), filter::not(filter)]),
        };
        let query = mapping.query_of(filter, &["1.1"], 1);
        Ok(!self.servers.search(&query).await?.entries.is_empty())
    }

    pub(crate) async fn scan(
        &self,
        after: Option<&Cursor>,
        limit: u32,
    ) -> Result<Portion, SourceError> {
        let after = after.and_then(|Cursor(place)| Place::parse(place));
        let (servers, mapping, readings) = (&self.servers, &self.mapping, &self.readings);
        let read = reading::portion(servers, mapping, readings, after, limit as usize);
        let (records, end) = read.await?;
        let end = end.map(|place| Cursor(place.text()));
        Ok(Portion { records, end })
    }

    pub(crate) async fn watermark(&self, now: i64) -> Result<Watermark, SourceError> {
        // Of the server that is read from here on, which is the first that answers.
        self.servers.forget().await;
        Ok(changes::watermark(&self.servers, &self.mapping, now).await?)
    }

    pub(crate) async fn changes(
        &self,
        now: i64,
        since: Option<&Watermark>,
        back: &[(i64, u32)],
    ) -> Result<Changes, SourceError> {
        Ok(changes::since(self, now, since, back).await?)
    }
}

#[cfg(test)]
mod tests;
