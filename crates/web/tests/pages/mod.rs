//! Pages for agents, over an embedded database.

mod customer_users;
mod customers;
mod jobs;
mod named;
mod permissions;
mod reception;
mod reviews;
