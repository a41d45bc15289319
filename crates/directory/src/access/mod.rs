//! Access: who may see what, and why; and changing it.
//!
//! Relations are read from OTOBO's tables each time, people and customers from their sources or, where there are many,
//! from the search indexes; the answer is always that of [`kartoteka_model::access`]. Start with [`effective`] (one
//! person), [`holders`] (everybody with a permission), then [`plan`].

mod apply;
mod bulk;
mod candidates;
mod current;
mod customer_holders;
mod draft;
mod effective;
mod effects;
mod facts;
mod followed;
mod given;
mod grants;
mod holders;
mod holding;
mod page;
mod past;
mod people;
mod plan;
mod reach;
mod relation;
mod resolve;
mod rights;
mod service_people;
mod services;
mod settings;
mod settings_plan;
mod simulation;
mod tickets;
mod ties;
mod undo;

pub use customer_holders::{CustomerHolder, CustomerHoldersPage};
pub use effective::{CustomerAccess, Explanation, PersonAccess};
pub use effects::{AccessEffects, CustomerEffect, PermissionEffect, ServiceEffect};
pub use given::{GivenCustomer, GivenPage, GivenPerson};
pub use holders::{Holder, HoldersPage};
pub use holding::{GroupHolding, Held};
pub use past::AccessDifference;
pub use people::{CustomerPeoplePage, CustomerPerson};
pub use plan::{RelationPlan, RelationsApplied, Wanted};
pub use reach::{Reach, ReachedCustomer};
pub use relation::{Relation, RelationChange};
pub(crate) use rights::Rights;
pub use service_people::{ServicePeoplePage, ServicePerson};
pub use services::PersonServices;
pub use settings_plan::{GroupEffect, SettingsPlan, SettingsWanted};
pub use tickets::Ticket;
pub use ties::{Tie, TiePage, TieRow};
pub use undo::UndoPlan;
