//! Searching a tree that has no mirror: the server answers a wider question, and the matcher decides.

use kartoteka_model::condition::SOURCE;
use kartoteka_model::ldap::LdapTree;
use kartoteka_model::{Condition, Record, SourceSpec};

use super::condition::{self, Wider};
use super::error::LdapFailure;
use super::records::{self, LookedUp, Mapping};
use super::schema::Schema;
use super::{LdapSource, filter, reading};
use crate::SourceRow;
use crate::error::SourceError;
use crate::source::Matching;

/// What a search asks of a server that describes its attributes so (RFC 4512): a filter that at least those meet who are
/// searched for; none where everybody has to be read, or nobody. For those who look at the filter alone.
pub fn filter_of(
    condition: &Condition,
    spec: &SourceSpec,
    tree: &LdapTree,
    attribute_types: impl IntoIterator<Item = String>,
) -> Option<String> {
    let mapping = Mapping {
        spec: spec.clone(),
        tree: tree.clone(),
    };
    let schema = Schema::of(attribute_types.into_iter());
    match condition::wider(condition, &mapping, &schema) {
        Wider::Who(filter) => Some(filter),
        Wider::Everybody | Wider::Nobody => None,
    }
}

impl LdapSource {
    pub(crate) async fn search(
        &self,
        condition: &Condition,
        valid: bool,
        most: u32,
    ) -> Result<Matching, SourceError> {
        let found = self.within(self.records_where(condition, valid, most as usize));
        let (records, more) = found.await?;
        Ok(Matching { records, more })
    }

    /// The records of those of whom a condition is true, of as many as named that the server finds with a wider filter;
    /// whether it has more. Of the valid ones alone, where these are asked for.
    async fn records_where(
        &self,
        condition: &Condition,
        valid: bool,
        most: usize,
    ) -> Result<(Vec<SourceRow>, bool), LdapFailure> {
        let (servers, mapping) = (&self.servers, &self.mapping);
        let schema = self
            .schema
            .get_or_try_init(|| Schema::read(servers, mapping));
        let filter = match condition::wider(condition, mapping, schema.await?) {
            Wider::Nobody => return Ok((vec![], false)),
            Wider::Everybody => mapping.everybody(),
            Wider::Who(filter) => filter::all([mapping.everybody(), filter]),
        };
        let filter = match valid {
            true => mapping.valid_of(filter),
            false => filter,
        };
        let found = servers.search(&mapping.query(filter, most)).await?;
        let marks: Vec<u64> = found
            .entries
            .iter()
            .map(|one| records::mark(&one.dn))
            .collect();
        let mut looked_up = LookedUp::default();
        if mapping.tree.valid_filter.is_some() {
            looked_up.valid = Some(match valid {
                true => marks.into_iter().collect(),
                false => {
                    let ldap = servers.connection().await?;
                    reading::valid(servers, mapping, &ldap, &found.entries).await?
                }
            });
        }
        let mut records = self.records(found.entries, looked_up).await?;
        let mut source = Record::default();
        records.retain_mut(|row| {
            source.0.clone_from(&row.record.0);
            source.set(SOURCE, mapping.spec.id.clone());
            condition.matches(&source, mapping.spec.text)
        });
        Ok((self.members_of(records).await?, found.more))
    }
}
