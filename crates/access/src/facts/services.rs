//! Which services people may ask for.

use kartoteka_boxed::boxed;
use kartoteka_directory::{Action, Actor, Error, Kind, Object, Result};
use kartoteka_model::access::{AppliedServices, applied_services};
use kartoteka_model::text::same_key;
use kartoteka_store::access::{self, DEFAULT_LOGIN, ServiceRow};
use serde::Serialize;

use crate::Access;

/// The services of a person: what was given, and what applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonServices {
    pub login: String,
    /// Names of the valid services given to the person.
    pub own: Vec<(i64, String)>,
    /// Given ones that are not valid: they give nothing.
    pub invalid: Vec<(i64, String)>,
    pub applied: AppliedServices<(i64, String)>,
}

fn named(services: Vec<ServiceRow>, valid: bool) -> Vec<(i64, String)> {
    services
        .into_iter()
        .filter(|service| service.valid == valid)
        .map(|service| (service.id, service.name))
        .collect()
}

impl Access<'_> {
    /// The services of a person, and the default ones where the person has none of their own. Unknown people have the
    /// default ones too, as people whom a ticket screen does not know yet (OTOBO's `CustomerUserServiceMemberList`).
    /// Role: reader.
    ///
    /// # Errors
    /// When a source or the database does not answer.
    #[boxed]
    pub async fn services_of(self, actor: &Actor, login: &str) -> Result<PersonServices> {
        actor.require(Action::See, Object::Access)?;
        let (found, known) = futures::try_join!(
            self.directory.find_row(Kind::CustomerUser, login),
            self.directory.known_identity(login),
        )?;
        let is_another = found
            .as_ref()
            .is_some_and(|(handle, stored)| known.is_another(handle, stored));
        let login = found.map_or_else(
            || login.to_owned(),
            |(handle, stored)| stored.record.get(handle.spec.key_field()).to_owned(),
        );
        let (mut given, defaults) = futures::try_join!(
            access::services_of(self.directory.home(), &login, self.directory.collation()),
            access::default_services(self.directory.home(), self.directory.collation()),
        )
        .map_err(Error::home)?;
        if is_another {
            given.clear();
        }
        let own = named(given.clone(), true);
        Ok(PersonServices {
            applied: applied_services(own.clone(), named(defaults, true)),
            invalid: named(given, false),
            own,
            login,
        })
    }

    /// The default services, for everybody without their own. Role: reader.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn default_services(self, actor: &Actor) -> Result<Vec<ServiceRow>> {
        actor.require(Action::See, Object::Access)?;
        access::default_services(self.directory.home(), self.directory.collation())
            .await
            .map_err(Error::home)
    }

    /// All services by name, valid or not. Role: reader.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn all_services(self, actor: &Actor) -> Result<Vec<ServiceRow>> {
        actor.require(Action::See, Object::Access)?;
        access::services(self.directory.home(), self.directory.collation())
            .await
            .map_err(Error::home)
    }

    /// The services that a ticket may have for a person: those that apply, without the ones below an invalid parent
    /// (OTOBO's `TicketServiceList` without `Ticket::Service::KeepChildren`). Role: reader.
    ///
    /// # Errors
    /// When a source or the database does not answer.
    #[boxed]
    pub async fn offered_services(self, actor: &Actor, login: &str) -> Result<Vec<(i64, String)>> {
        let applied = self.services_of(actor, login).await?.applied;
        let all = self.all_services(actor).await?;
        let hidden = |name: &str| {
            let below = |parent: &ServiceRow| {
                let rest = name.strip_prefix(&parent.name);
                !parent.valid && rest.is_some_and(|rest| rest.starts_with("::"))
            };
            all.iter().any(below)
        };
        let mut services = applied.services;
        services.retain(|(_, name)| !hidden(name));
        Ok(services)
    }

    /// Logins that were given a service, at most so many, after one: as the rows spell them, people that no source
    /// knows among them; without the default services' pseudo login. An invalid service has nobody. Role: reader.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn logins_with_service(
        self,
        actor: &Actor,
        service: i64,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<String>> {
        let services = self.all_services(actor).await?;
        if !services.iter().any(|one| one.id == service && one.valid) {
            return Ok(vec![]);
        }
        let mut logins = access::people_of_service(self.directory.home(), service, after, limit)
            .await
            .map_err(Error::home)?;
        logins.retain(|login| !same_key(login, DEFAULT_LOGIN));
        Ok(logins)
    }
}
