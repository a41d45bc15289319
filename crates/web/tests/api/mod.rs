//! REST, over an embedded database.

mod access;
mod agents;
mod at_once;
mod desk;
mod field_maps;
mod groups;
mod guarded;
mod held_back;
mod history;
mod jobs;
mod lists;
mod moves;
mod records;
mod refusals;
mod reviews;
mod source_setup;
pub mod sources;
mod tokens;
mod writes;
