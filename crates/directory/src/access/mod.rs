//! Access: who may see what, and why; and changing it.
//!
//! Relations are read from OTOBO's tables each time, people and customers from their sources or, where there are many,
//! from the search indexes; the answer is always that of [`kartoteka_model::access`].
//!
//! - [`facts`]: what the engine has to know: grants, settings, services, who somebody is.
//! - [`effective`]: what one person or customer has, and why; also with a form that is not saved yet.
//! - [`holders`]: everybody who has something in a group, and why.
//! - [`assigned`]: whom a customer or service was ticked for.
//! - [`plan`]: changing relations and settings: what is wanted, what that comes to, doing it, taking it back.
//! - [`past`]: all of it as it was on a day, and the difference between two.

mod assigned;
mod effective;
mod facts;
mod holders;
mod page;
mod past;
mod plan;

pub use assigned::customer_people::{CustomerPeoplePage, CustomerPerson};
pub use assigned::service_people::{ServicePeoplePage, ServicePerson};
pub use assigned::{Tie, TiePage, TieRow};
pub use effective::reach::{Reach, ReachedCustomer};
pub use effective::tickets::Ticket;
pub use effective::{CustomerAccess, Explanation, PersonAccess};
pub use facts::services::PersonServices;
pub use facts::settings::{AccessSetting, SettingOrigin};
pub use holders::customers::{CustomerHolder, CustomerHoldersPage};
pub use holders::given::{GivenCustomer, GivenPage, GivenPerson};
pub use holders::holding::{GroupHolding, Held};
pub use holders::{Holder, HoldersPage};
pub use past::AccessDifference;
pub use past::customers::{
    CustomerDifference, CustomersDifferencePage, PastCustomer, PastCustomersPage,
};
pub use past::holders::{HolderDifference, HoldersDifferencePage, PastHolder, PastHoldersPage};
pub use plan::effects::{AccessEffects, CustomerEffect, PermissionEffect, ServiceEffect};
pub use plan::relation::{Relation, RelationChange};
pub(crate) use plan::rights::Rights;
pub use plan::settings::{
    GroupEffect, SettingsApplied, SettingsPlan, SettingsPlanned, SettingsWanted,
};
pub use plan::undo::{UndoApplied, UndoPlan};
pub use plan::{RelationPlan, RelationsApplied, RelationsPlanned, Wanted};
