//! Which tickets a person may see (D20), and the customers whose tickets they reach.

use std::collections::BTreeSet;

use super::effective::effective_permissions;
use super::facts::{AccessSettings, Group, PersonFacts};
use super::permission::Context;
use crate::text::same_key;

/// What of a ticket decides who may see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TicketFacts<'a> {
    /// The ticket's customer; empty when it has none.
    pub customer_id: &'a str,
    /// The ticket's customer user; empty when it has none.
    pub login: &'a str,
    /// The number of the group of the ticket's queue.
    pub group: i64,
}

/// Whether a person has a permission for a ticket: OTOBO's `TicketCustomerPermission`, with the decision D20, which
/// makes one rule of it for lists, searches and single tickets.
pub fn ticket_access(
    person: &PersonFacts,
    ticket: TicketFacts<'_>,
    permission: &str,
    groups: &[Group],
    settings: &AccessSettings,
) -> bool {
    let group = groups.iter().find(|group| group.id == ticket.group);
    let Some(group) = group.filter(|group| group.valid && person.counts()) else {
        return false;
    };
    let company = !settings.disable_company_tickets && !ticket.customer_id.is_empty();
    let customers = || person.customers.iter().filter(|customer| customer.counts());
    let own = !ticket.login.is_empty() && same_key(ticket.login, &person.login);
    let of_customer =
        company && customers().any(|customer| same_key(&customer.id, ticket.customer_id));
    if own || of_customer {
        let effective = effective_permissions(person, std::slice::from_ref(group), settings);
        if effective.holds(group.id, permission) {
            return true;
        }
    }
    let others = company && settings.customer_group_support && settings.other_customers;
    others
        && customers().any(|customer| {
            customer
                .in_group(group, Context::Other, settings)
                .iter()
                .any(|(given, _)| given.includes(permission))
        })
}

/// The groups in which a person sees tickets of other customers, by a customer that has them in that context
/// (`ro` at least): the first half of OTOBO's `GroupContextCustomers`; the second half asks who has these groups.
pub fn reached_customers<'a>(
    person: &PersonFacts,
    groups: &'a [Group],
    settings: &AccessSettings,
) -> BTreeSet<&'a Group> {
    let off = !settings.customer_group_support || !settings.other_customers;
    if off || settings.disable_company_tickets || !person.counts() {
        return BTreeSet::new();
    }
    let reaches = |group: &&Group| {
        person.customers.iter().any(|customer| {
            customer
                .in_group(group, Context::Other, settings)
                .iter()
                .any(|(given, _)| given.includes("ro"))
        })
    };
    groups.iter().filter(reaches).collect()
}
