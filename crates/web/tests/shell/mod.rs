//! The frame of all pages: who gets in, what protects them, which languages they speak.

mod agents;
mod app;
mod assignments;
mod attempts;
mod back;
mod door;
mod failures;
mod fields;
mod headers;
mod inline;
mod language;
mod map;
mod pages;
mod past;
mod refusals;
mod sessions;
mod settings;
mod texts;
mod unsent_form;
#[path = "../statements/world.rs"]
#[allow(dead_code, reason = "counting statements needs more of it")]
#[allow(clippy::unwrap_used, reason = "a test that panics has failed")]
mod world;
