//! Jobs: giving and taking customers, permissions and services for many people at once.
//!
//! A job is made ([`make`]): its people are collected, so that it does what its preview said however the directory
//! changes meanwhile. Whoever works on it ([`worker`]) does a portion at a time ([`advance`]): what a portion comes to is
//! worked out by the same plans as a change by hand ([`portion`]), and its rows, their journal entries and how far the
//! job is are one transaction. Taking a job back ([`undo`]) is a job of its own.

mod advance;
mod carried;
mod job;
mod list;
mod make;
mod ordered;
mod portion;
mod preview;
mod templates;
mod tidy;
mod undo;
mod worker;

pub use job::{
    ItemState, Job, JobChange, JobItem, JobProblem, JobRelation, JobState, RowProblem, Selected,
    Selection,
};
pub use preview::{EffectCount, EffectOf, JobPreview, ProblemCount};
pub use templates::Template;
pub(crate) use worker::Jobs;
pub use worker::{Advance, JobClaim};
