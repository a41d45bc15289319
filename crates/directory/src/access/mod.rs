//! Access: who may see what, and why; and changing it.
//!
//! Relations are read from OTOBO's tables each time, people and customers from their sources or, where there are many,
//! from the search indexes; the answer is always that of [`kartoteka_model::access`]. Start with [`effective`] (one
//! person), [`holders`] (everybody with a permission), then [`plan`].

mod apply;
mod bulk;
mod candidates;
mod current;
mod customer_effects;
mod customer_holders;
mod day;
mod draft;
mod effective;
mod effects;
mod facts;
mod first;
mod followed;
mod given;
mod grants;
mod holders;
mod holding;
mod page;
mod past;
mod past_changes;
mod past_customers;
mod past_group;
mod past_holders;
mod past_people;
mod past_records;
mod people;
mod plan;
mod reach;
mod record_effects;
mod relation;
mod resolve;
mod rights;
mod service_people;
mod services;
mod settings;
mod settings_plan;
mod simulation;
mod tally;
mod ticked_people;
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
pub use past_customers::{
    CustomerDifference, CustomersDifferencePage, PastCustomer, PastCustomersPage,
};
pub use past_holders::{HolderDifference, HoldersDifferencePage, PastHolder, PastHoldersPage};
pub use people::{CustomerPeoplePage, CustomerPerson};
pub use plan::{RelationPlan, RelationsApplied, RelationsPlanned, Wanted};
pub use reach::{Reach, ReachedCustomer};
pub use relation::{Relation, RelationChange};
pub(crate) use rights::Rights;
pub use service_people::{ServicePeoplePage, ServicePerson};
pub use services::PersonServices;
pub use settings::{AccessSetting, SettingOrigin};
pub use settings_plan::{
    GroupEffect, SettingsApplied, SettingsPlan, SettingsPlanned, SettingsWanted,
};
pub use tickets::Ticket;
pub use ties::{Tie, TiePage, TieRow};
pub use undo::{UndoApplied, UndoPlan};
