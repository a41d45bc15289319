//! REST, over an embedded database.

mod access;
mod agents;
mod desk;
mod groups;
mod guarded;
mod history;
mod jobs;
mod lists;
mod records;
mod refusals;
mod tokens;
mod writes;
