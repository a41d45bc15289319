//! The people who were given a service.

use kartoteka_boxed::boxed;
use kartoteka_directory::{Action, Actor, Error, Kind, Object, Result};
use kartoteka_model::text::{lower, same_key};
use kartoteka_store::access::{self, DEFAULT_LOGIN, ServiceRow};
use serde::Serialize;

use crate::Access;
use crate::page::cut;

/// Somebody with the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServicePerson {
    pub login: String,
    /// The display text; the login of somebody whom no source knows.
    pub text: String,
    /// Whether a source knows the person: the login of somebody who is gone may still stand in the table.
    pub known: bool,
    pub valid: bool,
}

/// One page of them, by login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServicePeoplePage {
    pub service: ServiceRow,
    /// It is one of the services of everybody without their own.
    pub default: bool,
    pub people: Vec<ServicePerson>,
    /// How many there are on all pages, exactly.
    pub total: u64,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
}

/// The most people on one page.
const MAX_PAGE: u32 = 1000;

impl Access<'_> {
    /// People who were given a service of their own; never more than a page. `after` is the cursor of the page
    /// before. Role: reader.
    ///
    /// # Errors
    /// `NotFound` for the service; when the database does not answer.
    #[boxed]
    pub async fn people_of_service(
        self,
        actor: &Actor,
        service: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<ServicePeoplePage> {
        actor.require(Action::See, Object::Access)?;
        let services = self.all_services(actor).await?;
        let service = services
            .into_iter()
            .find(|one| one.name == service)
            .ok_or_else(|| Error::NotFound {
                kind: Kind::Service,
                key: service.to_owned(),
            })?;
        self.directory.sync_index(Kind::CustomerUser).await?;
        let home = self.directory.home();
        let limit = limit.clamp(1, MAX_PAGE) as usize;
        // One more to see whether there is a further page, and one for the default services' login.
        let asked = limit as u32 + 2;
        let (mut logins, total, defaults) = futures::try_join!(
            access::people_of_service(home, service.id, after, asked),
            access::count_people_of_service(home, service.id),
            access::default_services(home, self.directory.collation()),
        )
        .map_err(Error::home)?;
        logins.retain(|login| !same_key(login, DEFAULT_LOGIN));
        let (logins, next) = cut(logins, limit, |login| login);
        self.directory.confirm(Kind::CustomerUser, &logins).await?;
        let index = self.directory.index(Kind::CustomerUser);
        let known = index.with_keys(&logins).await.map_err(Error::internal)?;
        let texts = self.texts_of(logins.iter()).await?;
        let person = |login: String| {
            let member = known.iter().find(|member| same_key(&member.key, &login));
            let text = texts.iter().find(|(key, _)| lower(key) == lower(&login));
            ServicePerson {
                text: text.map_or_else(|| login.clone(), |(_, text)| text.clone()),
                known: member.is_some(),
                valid: member.is_some_and(|member| member.valid),
                login,
            }
        };
        Ok(ServicePeoplePage {
            people: logins.into_iter().map(person).collect(),
            default: defaults.iter().any(|one| one.id == service.id),
            service,
            total,
            next,
        })
    }
}
