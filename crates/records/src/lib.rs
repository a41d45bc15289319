//! Creating, changing and moving records: customer users, customers, agents, groups and services.
//!
//! Each write is a [`Plan`] first, which can be shown, and is then [applied](Records::apply) in one transaction with its
//! journal entry. Start with [`save`], which plans, then [`apply`]; what a record has to be like stands in [`validate`].

mod agents;
mod apply;
mod bulk;
mod column_values;
mod moves;
mod named;
mod plan;
mod preferences;
mod save;
pub mod templates;
mod transactions;
mod validate;

pub use apply::JobPart;
pub use moves::MoveWanted;
pub use plan::{Applied, Plan, RecordPlan};

use kartoteka_directory::Directory;
use kartoteka_directory::inside::Inside;

/// The records of a directory, as they are written.
#[derive(Clone, Copy)]
pub struct Records<'d> {
    directory: Inside<'d>,
}

impl<'d> Records<'d> {
    /// Those of this one.
    pub fn of(directory: &'d Directory) -> Self {
        Self {
            directory: Inside::of(directory),
        }
    }
}
