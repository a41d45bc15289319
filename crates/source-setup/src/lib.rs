//! Sources that are added, changed and removed while the program runs.
//!
//! What is written is a layer of the settings ([`kartoteka_settings::WrittenDefinition`]): the document of a section, without
//! its secrets, and these sealed. A file or a variable that says how a source is wins. Start with [`plan`]: what is wrong
//! with a document, what a test of it finds, and whom it would bring; [`apply`] seals and writes.

mod apply;
mod changes;
mod look;
mod plan;
mod shown;
mod wanted;

pub use apply::SetupApplied;
pub use kartoteka_directory::inside::FirstRecord;
pub use look::{Known, Looked, SetupEffect};
pub use plan::{SetupPlan, SetupPlanned};
pub use shown::{SetupPlace, SetupShown, kind_of};
pub use wanted::{SetupStep, SetupWish};

use kartoteka_directory::Directory;
use kartoteka_directory::inside::Inside;

/// The sources of a directory, as they are set up here.
#[derive(Clone, Copy)]
pub struct SourceSetup<'d> {
    directory: Inside<'d>,
}

impl<'d> SourceSetup<'d> {
    /// Those of this one.
    pub fn of(directory: &'d Directory) -> Self {
        Self {
            directory: Inside::of(directory),
        }
    }
}
