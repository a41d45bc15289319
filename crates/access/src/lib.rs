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

// A use case's future holds those of what it asks, and the optimiser looks through them.
#![recursion_limit = "256"]

mod assigned;
mod effective;
mod facts;
mod holders;
mod page;
mod past;
mod plan;

pub use assigned::customer_people::{CustomerPeoplePage, CustomerPerson};
pub use assigned::service_people::{ServicePeoplePage, ServicePerson};
pub use assigned::{AssignmentPage, AssignmentRow, AssignmentSide};
pub use effective::reach::{Reach, ReachedCustomer};
pub use effective::tickets::Ticket;
pub use effective::{CustomerAccess, Explanation, PersonAccess};
pub use facts::services::PersonServices;
pub use facts::settings::{AccessSetting, SettingOrigin};
pub use holders::customers::{CustomerHolder, CustomerHoldersPage};
pub use holders::group_grants::{GivenCustomer, GivenPage, GivenPerson};
pub use holders::group_holders::{GroupHolders, PermissionHolders};
pub use holders::{Holder, HoldersPage};
pub use past::AccessDifference;
pub use past::customers::{
    CustomerDifference, CustomersDifferencePage, PastCustomer, PastCustomersPage,
};
pub use past::holders::{HolderDifference, HoldersDifferencePage, PastHolder, PastHoldersPage};
pub use plan::apply::RelationEntries;
pub use plan::effects::{AccessEffects, CustomerEffect, PermissionEffect, ServiceEffect};
pub use plan::rights::Rights;
pub use plan::settings::{
    GroupEffect, SettingsApplied, SettingsPlan, SettingsPlanned, SettingsWanted,
};
pub use plan::undo::{UndoApplied, UndoPlan};
pub use plan::{RelationPlan, RelationsApplied, RelationsPlanned, Wanted};

use kartoteka_directory::Directory;
use kartoteka_directory::inside::Inside;
use kartoteka_records::Records;

/// Access in a directory.
#[derive(Clone, Copy)]
pub struct Access<'d> {
    directory: Inside<'d>,
}

/// Access as the rooms above ask for it: facts of anybody, and relations written in a transaction of theirs. It is made of
/// what is inside a directory, which doors do not have.
///
/// ```compile_fail
/// fn door(directory: &kartoteka_directory::Directory) -> kartoteka_access::Grants<'_> {
///     kartoteka_access::Grants::of(directory)
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Grants<'d> {
    access: Access<'d>,
}

impl<'d> Access<'d> {
    /// That in this one.
    pub fn of(directory: &'d Directory) -> Self {
        Self {
            directory: Inside::of(directory),
        }
    }

    fn records(self) -> Records<'d> {
        Records::of(self.directory.directory())
    }

    fn grants(self) -> Grants<'d> {
        Grants { access: self }
    }
}

impl<'d> Grants<'d> {
    /// Those in this one.
    pub fn of(directory: Inside<'d>) -> Self {
        Access { directory }.grants()
    }
}
