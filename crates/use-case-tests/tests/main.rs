//! The use cases on the three real engines.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod access;
mod agents;
mod asked;
mod attempts;
mod auto_login;
mod changes;
mod columns;
mod companies;
mod csv;
mod cut_off;
mod detail;
mod documented;
mod emails;
mod field_maps;
mod fields;
mod finding;
mod generations;
mod groups;
mod jobs;
mod journal;
mod keys;
mod ldap;
mod losses;
mod merge;
mod migrations;
mod moves;
mod mysql;
mod order;
mod outside;
mod passwords;
mod preferences;
mod recorded;
mod rename;
mod review;
mod save;
mod saving;
mod schema;
mod search;
mod services;
mod sessions;
mod source_setup;
mod stale;
mod unique;
mod validity;
mod whole;

pub use kartoteka_test_desk::{Desk, LOOKED, fields_of, on_each, rows, write_settled};
