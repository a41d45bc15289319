//! Kartoteka's own tables, and the rows of OTOBO's tables that use cases touch beside the sources.

pub mod agent_preferences;
pub mod agents;
pub mod job_items;
pub mod jobs;
pub mod journal;
mod journal_end;
pub mod journal_sets;
pub mod log_ins;
pub mod named;
mod past;
pub mod preferences;
pub mod relations;
pub mod replies;
pub mod review_decisions;
pub mod review_items;
pub mod reviews;
pub mod sessions;
pub mod state;
pub mod templates;
pub mod tokens;
pub mod used_passwords;
