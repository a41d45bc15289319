//! Fields that are added and changed while the program runs.
//!
//! What is written is a layer of the settings ([`kartoteka_settings::WrittenFields`]), which every node lays over what an
//! OTOBO's configuration says and below its own file. Start with [`plan`]: what would be written, and which column a table
//! would get; [`apply`] adds the column, and writes.

mod apply;
mod check;
mod column;
mod plan;
mod row;
mod wish;

pub use apply::FieldApplied;
pub use column::FieldEffect;
pub use plan::{FieldPlan, FieldPlanned};
pub use row::{FieldOrigin, FieldRow, FieldsShown, SourceFields};
pub use wish::{FieldStep, FieldWish};

use kartoteka_directory::Directory;
use kartoteka_directory::inside::Inside;

/// The field maps of a directory.
#[derive(Clone, Copy)]
pub struct FieldMaps<'d> {
    directory: Inside<'d>,
}

impl<'d> FieldMaps<'d> {
    /// Those of this one.
    pub fn of(directory: &'d Directory) -> Self {
        Self {
            directory: Inside::of(directory),
        }
    }
}
