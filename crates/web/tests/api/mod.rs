//! REST, over an embedded database.

mod access;
mod agents;
mod at_once;
mod desk;
mod groups;
mod guarded;
mod history;
mod jobs;
mod lists;
mod records;
mod refusals;
mod reviews;
mod tokens;
mod writes;
