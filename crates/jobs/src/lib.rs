//! Jobs: giving and taking customers, permissions and services, and changing fields, for many people at once.
//!
//! A job is made ([`make`]): its people are collected, so that it does what its preview said however the directory
//! changes meanwhile. Whoever works on it ([`worker`]) does a portion at a time ([`advance`]): what a portion comes to is
//! worked out by the same plans as a change by hand ([`portion`]; where fields change, [`person`]), and its rows, their
//! journal entries and how far the job is are one transaction. Taking a job back ([`undo`]) is a job of its own.

// A use case's future holds those of what it asks, and the optimiser looks through them.
#![recursion_limit = "256"]

mod advance;
mod field_change;
mod job;
mod list;
mod make;
mod make_fields;
mod ordered;
mod person;
mod portion;
mod preview;
mod previewing;
mod templates;
mod tidy;
mod undo;
mod worker;

pub use field_change::{FieldChange, FieldEdit};
pub use job::{ItemState, Job, JobItem, JobProblem, JobState, RowProblem, Selected, Selection};
pub use preview::{EffectCount, EffectOf, JobPreview, ProblemCount};
pub use worker::{Advance, JobClaim, Worker};

use kartoteka_access::{Access, Grants};
use kartoteka_directory::Directory;
use kartoteka_directory::inside::Inside;

/// The jobs of a directory.
#[derive(Clone, Copy)]
pub struct Jobs<'d> {
    directory: Inside<'d>,
}

impl<'d> Jobs<'d> {
    /// Those of this one.
    pub fn of(directory: &'d Directory) -> Self {
        Self {
            directory: Inside::of(directory),
        }
    }

    fn access(self) -> Access<'d> {
        Access::of(self.directory.directory())
    }

    fn grants(self) -> Grants<'d> {
        Grants::of(self.directory)
    }
}
