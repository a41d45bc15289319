//! Pages for agents, over an embedded database.

mod customer_users;
mod customers;
mod effects;
mod jobs;
mod named;
mod permissions;
mod reception;
