//! Who may see what, and why: groups, permissions, contexts, services, tickets (rules D06, D12, D13, D20).
//!
//! Everything here is pure. [`effective_permissions`] is the one answer that every page, list, count and check
//! gives; [`explain`] says why somebody lacks a permission, by asking it about worlds that differ a little.

mod effective;
mod explain;
mod facts;
mod minimise;
mod permission;
mod services;
mod tickets;

pub use effective::{Effective, GroupAccess, Why, effective_permissions};
pub use explain::{Obstacle, Remedy, explain};
pub use facts::{AccessSettings, Belonging, CustomerFacts, Grant, Group, PersonFacts};
pub use minimise::{MinimisedGrants, minimise_grants};
pub use permission::{Context, Permission, RW, STANDARD};
pub use services::{AppliedServices, ServiceSource, applied_services};
pub use tickets::{TicketFacts, reached_customers, ticket_access};

#[cfg(test)]
mod tests;
