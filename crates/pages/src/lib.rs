//! Pages for agents. One module per screen; each has its routes, page structs and handlers.

// A handler's future holds those of all use cases behind it, and the optimiser looks through them.
#![recursion_limit = "256"]

mod account;
mod agents;
mod back;
mod customer_users;
mod customers;
mod download;
mod find;
mod help;
mod home;
mod jobs;
mod journal;
mod login;
mod opened;
pub mod preferences;
mod records;
mod renew;
mod settings;
mod setup;
mod source_setup;
mod sources;
mod sources_held;
mod tokens;
mod undo;

use axum::Router;
use kartoteka_door::{cookies, encoding, failure, input, security, state};
use kartoteka_frame::{
    assignments, context, frame, navigation, permissions, relations, reviews, wording,
};
use kartoteka_texts::{format, language};

use state::Site;

/// The routes of all pages but the choice of preferences, which has to know all others.
pub fn routes() -> Router<Site> {
    Router::new()
        .merge(home::routes())
        .merge(login::routes())
        .merge(renew::routes())
        .merge(setup::routes())
        .merge(agents::routes())
        .merge(account::routes())
        .merge(tokens::routes())
        .merge(sources_held::routes())
        .merge(jobs::routes())
        .merge(journal::routes())
        .merge(undo::routes())
        .merge(settings::routes())
        .merge(source_setup::routes())
        .merge(sources::routes())
        .merge(help::routes())
        .merge(find::routes())
        .merge(customer_users::routes())
        .merge(customers::routes())
        .merge(records::routes(records::GROUPS))
        .merge(records::routes(records::SERVICES))
}
