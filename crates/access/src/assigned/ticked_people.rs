//! People who are ticked: those of a customer or a service may be many, so only a page of them is read.

use std::collections::BTreeSet;

use kartoteka_directory::{Actor, Error, Kind, Result};
use kartoteka_model::text::{lower, same_key};
use kartoteka_store::access::{self, DEFAULT_LOGIN};

use crate::Access;
use crate::assigned::{AssignmentRow, AssignmentSide, PAGE, Ticked, text_of};

impl Access<'_> {
    pub(crate) async fn ticked_people(
        self,
        actor: &Actor,
        customer: &str,
        after: Option<&str>,
    ) -> Result<Ticked> {
        let access = self.customer_permissions_of(actor, customer).await?;
        let id = access.customer;
        let of = [id.clone()];
        let home = self.directory.home();
        if let Some(after) = after {
            let theirs = access::further_customers(home, &[after.to_owned()]).await;
            let theirs = theirs.map_err(Error::home)?;
            let known =
                |(login, theirs): &(String, String)| login == after && same_key(theirs, &id);
            theirs
                .iter()
                .find(|one| known(one))
                .ok_or_else(Error::no_place)?;
        }
        let total = access::count_people_of_customer(home, &id).await;
        let logins = access::people_of_customer(home, &id, after, PAGE as u32 + 1).await;
        let logins = logins.map_err(Error::home)?;
        let texts = self.directory.texts(Kind::Customer, &of).await?;
        let index = self.directory.index(Kind::CustomerUser);
        let primary = index.count_members(&of, &[]);
        Ok(Ticked {
            rows: people_rows(logins),
            text: text_of(&texts, &id),
            valid: access.facts.valid,
            primary: primary.await.map_err(Error::internal)?,
            total: Some(total.map_err(Error::home)?),
            key: id,
            service: 0,
        })
    }

    pub(crate) async fn ticked_with(
        self,
        actor: &Actor,
        service: &str,
        after: Option<&str>,
    ) -> Result<Ticked> {
        let services = self.all_services(actor).await?;
        let found = services.into_iter().find(|one| one.name == service);
        let service = found.ok_or_else(|| Error::Unknown {
            what: "service",
            key: service.to_owned(),
        })?;
        let home = self.directory.home();
        if let Some(after) = after {
            let theirs = access::given_services(home, &[after.to_owned()]).await;
            let theirs = theirs.map_err(Error::home)?;
            let known = |(login, theirs): &(String, i64)| login == after && *theirs == service.id;
            theirs
                .iter()
                .find(|one| known(one))
                .ok_or_else(Error::no_place)?;
        }
        let total = access::count_people_of_service(home, service.id).await;
        // One more than a page, and one who stands for everybody.
        let logins = access::people_of_service(home, service.id, after, PAGE as u32 + 2).await;
        let mut logins = logins.map_err(Error::home)?;
        logins.retain(|login| login != DEFAULT_LOGIN);
        Ok(Ticked {
            rows: people_rows(logins),
            key: service.name.clone(),
            text: service.name,
            valid: service.valid,
            total: Some(total.map_err(Error::home)?),
            primary: 0,
            service: service.id,
        })
    }

    /// Which of these keys are ticked, in lower case.
    pub(crate) async fn ticked_among(
        self,
        side: &AssignmentSide,
        ticked: &Ticked,
        keys: &[String],
    ) -> Result<BTreeSet<String>> {
        let home = self.directory.home();
        let on: Vec<String> = match side {
            AssignmentSide::PeopleOf(_) => {
                let theirs = access::further_customers(home, keys).await;
                let theirs = theirs.map_err(Error::home)?.into_iter();
                let theirs = theirs.filter(|(_, id)| same_key(id, &ticked.key));
                theirs.map(|(login, _)| login).collect()
            }
            AssignmentSide::PeopleWith(_) => {
                let theirs = access::given_services(home, keys).await;
                let theirs = theirs.map_err(Error::home)?.into_iter();
                let theirs = theirs.filter(|(_, service)| *service == ticked.service);
                theirs.map(|(login, _)| login).collect()
            }
            _ => ticked.rows.iter().map(|row| row.key.clone()).collect(),
        };
        Ok(on.iter().map(|key| lower(key)).collect())
    }
}

fn people_rows(logins: Vec<String>) -> Vec<AssignmentRow> {
    let row = |login: String| AssignmentRow {
        text: login.clone(),
        key: login,
        known: false,
        valid: false,
        on: true,
        fixed: None,
    };
    logins.into_iter().map(row).collect()
}
