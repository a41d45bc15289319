//! What a person has to do with customers and services, in one card: whose tickets they see, and what they may ask for.

use std::collections::BTreeMap;

use kartoteka_access::{Access, PersonAccess};

use super::list::customer_names;
use super::screen::{CUSTOMERS, SERVICES};
use crate::assignments;
use crate::context::Ctx;
use crate::failure::Failure;
use crate::frame::Frame;

/// A customer of the person.
pub struct OwnCustomer {
    pub name: String,
    pub id: String,
    pub href: String,
    /// Primary or further.
    pub belonging: String,
    /// Why it gives nothing.
    pub useless: Option<String>,
}

/// A service that the person may ask for.
pub struct OwnService {
    pub name: String,
    pub href: String,
}

/// The card.
pub struct RelationsCard {
    pub customers: Vec<OwnCustomer>,
    pub services: Vec<OwnService>,
    /// Where the services are from.
    pub services_why: String,
    /// Where customers and services are ticked.
    pub change_customers: String,
    pub change_services: String,
}

/// The card of a person.
pub async fn relations_card(
    ctx: &Ctx,
    page: &Frame,
    access: &PersonAccess,
) -> Result<RelationsCard, Failure> {
    let own = &access.person.customers;
    let ids = own.iter().map(|customer| customer.id.clone()).collect();
    let names: BTreeMap<String, String> = customer_names(ctx, ids).await?;
    let services = Access::of(&ctx.directory)
        .services_of(&ctx.actor, &access.login)
        .await?;
    let things = page.clone().about("service");
    let why = match (services.own.is_empty(), services.applied.services.len()) {
        (true, 0) => page.t("person-services-none"),
        (true, _) => page.t("person-services-default"),
        (false, _) => page.t("person-services-own"),
    };
    let login = || access.login.clone();
    Ok(RelationsCard {
        customers: own
            .iter()
            .map(|customer| OwnCustomer {
                name: names
                    .get(&kartoteka_model::text::lower(&customer.id))
                    .filter(|name| !name.is_empty())
                    .unwrap_or(&customer.id)
                    .clone(),
                href: page.url(&CUSTOMERS.record(&customer.id)),
                belonging: page.belonging(customer.belonging),
                useless: match (customer.known, customer.valid) {
                    (false, _) => Some(page.t("customer-users-unknown-customer")),
                    (true, false) => Some(things.validity("invalid")),
                    (true, true) => None,
                },
                id: customer.id.clone(),
            })
            .collect(),
        services: services
            .applied
            .services
            .iter()
            .map(|(_, name)| OwnService {
                name: name.clone(),
                href: page.url(&SERVICES.record(name)),
            })
            .collect(),
        services_why: why,
        change_customers: page.url(&assignments::path(
            &kartoteka_access::AssignmentSide::CustomersOf(login()),
        )),
        change_services: page.url(&assignments::path(
            &kartoteka_access::AssignmentSide::ServicesOf(login()),
        )),
    })
}
