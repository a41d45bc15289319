//! Which customers a person belongs to.

use std::collections::BTreeMap;

use kartoteka_boxed::boxed;
use kartoteka_index::{Partition, Query, Sort};
use kartoteka_model::search::{Affixes, Grammar, parse};
use kartoteka_model::text::same_key;
use kartoteka_model::{Collation, Condition};
use kartoteka_store::own::relations;

use crate::actor::Actor;
use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::kind::Kind;
use crate::names::own_customer_ids;
use crate::rights::{Action, Object};

/// Keys as texts are in order (D28).
fn in_order(collation: &Collation, mut keys: Vec<String>) -> Vec<String> {
    keys.sort_by_cached_key(|key| (collation.key(key), key.clone()));
    keys
}

impl Directory {
    /// The IDs of a person's customers: those in a mapped column, the primary one, then further ones (OTOBO's
    /// `CustomerIDs`). An unknown person has only the relations. Role: reader.
    ///
    /// # Errors
    /// When a source does not answer.
    #[boxed]
    pub async fn customer_ids(&self, actor: &Actor, login: &str) -> Result<Vec<String>> {
        actor.require(Action::See, Object::Access)?;
        let found = self.inside().find_row(Kind::CustomerUser, login).await?;
        let mut ids = vec![];
        let mut spelled = login.to_owned();
        if let Some((handle, stored)) = &found {
            spelled = stored.record.get(handle.spec.key_field()).to_owned();
            if let Some(people) = &handle.people {
                ids = own_customer_ids(people, &stored.record);
            }
        }
        let further = relations::customers_of(&self.inner.home, &spelled).await;
        for id in in_order(self.collation(), further.map_err(Error::home)?) {
            if !ids.iter().any(|known| same_key(known, &id)) {
                ids.push(id);
            }
        }
        Ok(ids)
    }

    /// Further customers of a person by ID (OTOBO's `CustomerUserCustomerMemberList`). Role: reader.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn further_customers(&self, actor: &Actor, login: &str) -> Result<Vec<String>> {
        actor.require(Action::See, Object::Access)?;
        let ids = relations::customers_of(&self.inner.home, login).await;
        Ok(in_order(self.collation(), ids.map_err(Error::home)?))
    }

    /// People who have this as a further customer, by login. Role: reader.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn further_people(&self, actor: &Actor, customer: &str) -> Result<Vec<String>> {
        actor.require(Action::See, Object::Access)?;
        let logins = relations::people_of(&self.inner.home, customer).await;
        Ok(in_order(self.collation(), logins.map_err(Error::home)?))
    }

    /// All primary customer IDs that people use, in their order (OTOBO's `CustomerIDList`). Role: reader.
    ///
    /// # Errors
    /// `Syntax` for a malformed term; `Unavailable` when no source has answered yet.
    #[boxed]
    pub async fn customer_ids_in_use(
        &self,
        actor: &Actor,
        term: Option<&str>,
        valid_only: bool,
    ) -> Result<Vec<String>> {
        actor.require(Action::See, Object::Access)?;
        self.inside().sync_index(Kind::CustomerUser).await?;
        let blanks = self.generation.settings.lists.blanks;
        let mut conditions = vec![];
        // The field of each source that holds the ID; a source without one has none.
        let mut fields = vec![];
        for handle in &self.generation.people {
            let field = handle.people.as_ref().and_then(|people| {
                let field = people.spec.map.find_column(&people.customer_id)?;
                Some((people, field.name.clone()))
            });
            let condition = match (&field, term) {
                (None, _) => Condition::Nothing,
                (Some(_), None) => Condition::Everything,
                (Some((people, field)), Some(term)) => {
                    let affixes = Affixes {
                        prefix: people.spec.search_prefix.clone(),
                        suffix: people.spec.search_suffix.clone(),
                    };
                    let fields = std::slice::from_ref(field);
                    parse(term, Grammar::Words, blanks, &affixes, fields).map_err(Error::Syntax)?
                }
            };
            conditions.push((handle.spec.id.clone(), condition));
            fields.push(field.map(|(_, field)| field));
        }
        let query = Query {
            condition: Condition::per_source(conditions),
            partition: if valid_only {
                Partition::Valid
            } else {
                Partition::All
            },
            sort: Sort::Natural,
            limit: 1_000_000,
            offset: 0,
            after: None,
            count_to: 1,
        };
        let index = self.generation.people_index.index();
        let found = index.search(&query).await.map_err(Error::index)?;
        if found.hits.is_empty() {
            self.some_source_answered(Kind::CustomerUser)?;
        }
        let mut ids: BTreeMap<(String, String), ()> = BTreeMap::new();
        for hit in found.hits {
            let field = fields.get(hit.source).and_then(Option::as_deref);
            let id = field.map_or("", |field| hit.record.get(field)).to_owned();
            if !id.is_empty() {
                ids.insert((self.collation().key(&id), id), ());
            }
        }
        Ok(ids.into_keys().map(|(_, id)| id).collect())
    }
}
