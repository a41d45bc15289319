//! The documents of REST, each once: how it is made, and how OpenAPI describes it. The terminal prints the same.

pub mod access;
pub mod access_settings;
pub mod effects;
pub mod held;
pub mod held_back;
pub mod history;
pub mod holders;
pub mod jobs;
pub mod messages;
pub mod past;
pub mod places;
pub mod records;
pub mod reviews;
pub mod schema;
pub mod source_setup;
pub mod sources;
pub mod time;

use kartoteka_texts::{findings, language, problems};
