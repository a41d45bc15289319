//! Pages for agents, over an embedded database.

mod customer_users;
mod customers;
mod effects;
mod fields;
mod find;
mod held_back;
mod inputs;
mod jobs;
mod named;
mod permissions;
mod reception;
mod reviews;
mod source_setup;
mod sources;
