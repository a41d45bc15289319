//! Further customers and services, as those who tick them see them: what is ticked, a page at a time, and what a search
//! finds to tick.

pub(super) mod customer_people;
pub(super) mod service_people;
pub(super) mod ticked_people;

use kartoteka_boxed::boxed;
use kartoteka_directory::{Action, Actor, Error, Kind, Object, Result, Search, ValidFilter};
use kartoteka_model::access::Belonging;
use kartoteka_model::text::{fold, lower, same_key};
use kartoteka_store::access::{self, DEFAULT_LOGIN};
use serde::Serialize;

use crate::Access;
use crate::page::{cut, cut_after};
use crate::plan::Wanted;

/// What is ticked: one side is picked, the other is a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssignmentSide {
    /// A person's customers.
    CustomersOf(String),
    /// The people of a customer, as a further one.
    PeopleOf(String),
    /// A person's services.
    ServicesOf(String),
    /// The people of a service.
    PeopleWith(String),
    /// The services of everybody without their own.
    DefaultServices,
}

/// One row to tick.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AssignmentRow {
    pub key: String,
    /// The display text.
    pub text: String,
    pub known: bool,
    pub valid: bool,
    /// Whether it is ticked.
    pub on: bool,
    /// The person's own record names the customer: it can't be unticked here.
    pub fixed: Option<Belonging>,
}

/// What is ticked, and what a search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AssignmentPage {
    /// The picked side, as stored, and its display text.
    pub key: String,
    pub text: String,
    pub valid: bool,
    /// Rows that are ticked, a page of them.
    pub ticked: Vec<AssignmentRow>,
    /// How many are ticked altogether.
    pub total: u64,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
    /// What the search found, ticked or not.
    pub found: Vec<AssignmentRow>,
    /// The search found more.
    pub more: bool,
    /// People of the customer by their own records, who are not ticked here.
    pub primary: u64,
}

/// Ticked rows on a page.
pub(super) const PAGE: usize = 100;

/// Rows that a search lists.
const FOUND: usize = 50;

impl AssignmentSide {
    /// The relation with this key of the list, given or taken.
    pub fn wanted(&self, key: &str, given: bool) -> Wanted {
        let other = key.to_owned();
        match self.clone() {
            Self::CustomersOf(login) => Wanted::Customer {
                login,
                customer: other,
                given,
            },
            Self::PeopleOf(customer) => Wanted::Customer {
                login: other,
                customer,
                given,
            },
            Self::ServicesOf(login) => Wanted::Service {
                login,
                service: other,
                given,
            },
            Self::PeopleWith(service) => Wanted::Service {
                login: other,
                service,
                given,
            },
            Self::DefaultServices => Wanted::Service {
                login: DEFAULT_LOGIN.to_owned(),
                service: other,
                given,
            },
        }
    }

    /// The kind of the rows.
    pub fn lists(&self) -> Kind {
        match self {
            Self::CustomersOf(_) => Kind::Customer,
            Self::PeopleOf(_) | Self::PeopleWith(_) => Kind::CustomerUser,
            Self::ServicesOf(_) | Self::DefaultServices => Kind::Service,
        }
    }
}

/// Rows that are ticked: all of them, or a page where there may be many.
pub(super) struct Ticked {
    pub key: String,
    pub text: String,
    pub valid: bool,
    pub rows: Vec<AssignmentRow>,
    /// How many there are, where only a page of them was read.
    pub total: Option<u64>,
    pub primary: u64,
    /// The number of the service whose people these are.
    pub service: i64,
}

impl Access<'_> {
    /// What is ticked on one side, a page of it after a cursor, and what a search for more finds. Role: reader.
    ///
    /// # Errors
    /// `NotFound` or `Unknown` for the picked side; `Syntax` for a malformed search; `Invalid` for a cursor that is the
    /// key of no row.
    #[boxed]
    pub async fn assignments(
        self,
        actor: &Actor,
        side: &AssignmentSide,
        search: Option<&str>,
        after: Option<&str>,
    ) -> Result<AssignmentPage> {
        actor.require(Action::See, Object::Access)?;
        self.directory.sync_indexes().await?;
        let ticked = match side {
            AssignmentSide::CustomersOf(login) => self.ticked_customers(login).await?,
            AssignmentSide::PeopleOf(customer) => {
                self.ticked_people(actor, customer, after).await?
            }
            AssignmentSide::ServicesOf(login) => self.ticked_services(actor, login).await?,
            AssignmentSide::PeopleWith(service) => self.ticked_with(actor, service, after).await?,
            AssignmentSide::DefaultServices => self.ticked_services(actor, DEFAULT_LOGIN).await?,
        };
        let (found, more) = match search.map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => self.to_tick(actor, side, &ticked, text).await?,
            None if side.lists() == Kind::Service => self.to_tick(actor, side, &ticked, "").await?,
            None => (vec![], false),
        };
        let total = ticked.total.unwrap_or(ticked.rows.len() as u64);
        let (mut rows, next) = match ticked.total {
            Some(_) => cut(ticked.rows, PAGE, |row| &row.key),
            None => cut_after(ticked.rows, after, PAGE, |row| &row.key)?,
        };
        if side.lists() == Kind::CustomerUser {
            self.fill_labels(&mut rows).await?;
        }
        Ok(AssignmentPage {
            key: ticked.key,
            text: ticked.text,
            valid: ticked.valid,
            ticked: rows,
            total,
            next,
            found,
            more,
            primary: ticked.primary,
        })
    }

    async fn ticked_customers(self, login: &str) -> Result<Ticked> {
        let person = self.person_facts(login).await?;
        let ids: Vec<String> = person.customers.iter().map(|one| one.id.clone()).collect();
        let texts = self.directory.texts(Kind::Customer, &ids).await?;
        let row = |facts: &kartoteka_model::access::CustomerFacts| AssignmentRow {
            text: text_of(&texts, &facts.id),
            key: facts.id.clone(),
            known: facts.known,
            valid: facts.valid,
            on: true,
            fixed: Some(facts.belonging).filter(|one| *one != Belonging::Further),
        };
        let own = self.texts_of([&person.login].into_iter()).await?;
        Ok(Ticked {
            rows: person.customers.iter().map(row).collect(),
            text: text_of(&own, &person.login),
            valid: person.valid,
            key: person.login,
            total: None,
            primary: 0,
            service: 0,
        })
    }

    async fn ticked_services(self, actor: &Actor, login: &str) -> Result<Ticked> {
        let (key, text, valid) = if login == DEFAULT_LOGIN {
            (login.to_owned(), String::new(), true)
        } else {
            let found = self
                .directory
                .find(actor, Kind::CustomerUser, login)
                .await?;
            let text = self.texts_of([&found.key].into_iter()).await?;
            let valid = self.person_facts(&found.key).await?.valid;
            (found.key.clone(), text_of(&text, &found.key), valid)
        };
        let given = access::services_of(self.directory.home(), &key, self.directory.collation())
            .await
            .map_err(Error::home)?;
        let rows = given.into_iter().map(|service| service_row(service, true));
        Ok(Ticked {
            rows: rows.collect(),
            key,
            text,
            valid,
            total: None,
            primary: 0,
            service: 0,
        })
    }

    /// Fills in what the index knows of people.
    async fn fill_labels(self, rows: &mut [AssignmentRow]) -> Result<()> {
        let keys: Vec<String> = rows.iter().map(|row| row.key.clone()).collect();
        self.directory.confirm(Kind::CustomerUser, &keys).await?;
        let texts = self.directory.texts(Kind::CustomerUser, &keys).await?;
        let index = self.directory.index(Kind::CustomerUser);
        let members = index.with_keys(&keys).await.map_err(Error::internal)?;
        for row in rows {
            let known = members
                .iter()
                .find(|member| same_key(&member.key, &row.key));
            row.known = known.is_some();
            row.valid = known.is_some_and(|member| member.valid);
            if let Some(member) = known {
                row.text = text_of(&texts, &member.key);
            }
        }
        Ok(())
    }

    /// What a search finds to tick, with what is ticked already.
    async fn to_tick(
        self,
        actor: &Actor,
        side: &AssignmentSide,
        ticked: &Ticked,
        text: &str,
    ) -> Result<(Vec<AssignmentRow>, bool)> {
        if side.lists() == Kind::Service {
            let on = self.ticked_among(side, ticked, &[]).await?;
            let wanted = fold(text);
            let services = self.all_services(actor).await?.into_iter();
            let mut rows: Vec<AssignmentRow> = services
                .filter(|service| service.valid && fold(&service.name).contains(&wanted))
                .filter(|service| !on.contains(&lower(&service.name)))
                .map(|service| service_row(service, false))
                .collect();
            let more = rows.len() > SERVICES;
            rows.truncate(SERVICES);
            return Ok((rows, more));
        }
        let search = Search {
            text: Some(text.to_owned()),
            valid: ValidFilter::Valid,
            limit: FOUND as u32,
            ..Search::default()
        };
        let page = self.directory.search(actor, side.lists(), &search).await?;
        let keys: Vec<String> = page.rows.iter().map(|row| row.key.clone()).collect();
        let on = self.ticked_among(side, ticked, &keys).await?;
        let fixed = |row: &kartoteka_directory::Row| match side {
            AssignmentSide::CustomersOf(_) => {
                let own = ticked.rows.iter().find(|one| same_key(&one.key, &row.key));
                own.and_then(|own| own.fixed)
            }
            AssignmentSide::PeopleOf(customer) => {
                let primary = row.record.get("UserCustomerID");
                same_key(primary, customer).then_some(Belonging::Primary)
            }
            _ => None,
        };
        let rows = page.rows.iter().map(|row| {
            let fixed = fixed(row);
            AssignmentRow {
                on: on.contains(&lower(&row.key)) || fixed.is_some(),
                key: row.key.clone(),
                text: row.text.clone(),
                known: true,
                valid: true,
                fixed,
            }
        });
        Ok((rows.collect(), page.next.is_some()))
    }
}

/// Services that are listed to tick.
const SERVICES: usize = 200;

pub(super) fn text_of(texts: &[(String, String)], key: &str) -> String {
    let found = texts.iter().find(|(known, _)| same_key(known, key));
    found.map_or_else(|| key.to_owned(), |(_, text)| text.clone())
}

fn service_row(service: access::ServiceRow, on: bool) -> AssignmentRow {
    AssignmentRow {
        key: service.name.clone(),
        text: service.name,
        known: true,
        valid: service.valid,
        on,
        fixed: None,
    }
}
