//! Pages for agents. One module per screen; each has its routes, page structs and handlers.

pub mod account;
pub mod agents;
mod back;
pub mod customer_users;
pub mod customers;
pub mod error;
pub mod health;
pub mod help;
pub mod home;
pub mod jobs;
pub mod journal;
pub mod kept;
pub mod login;
pub mod past;
pub mod permissions;
pub mod preferences;
pub mod records;
pub mod relations;
pub mod renew;
pub mod reviews;
pub mod settings;
pub mod setup;
pub mod ties;
pub mod tokens;
pub mod undo;

use axum::Router;

use crate::state::Site;

/// The routes of all pages but those of records, and but the choice of looks, which has to know all others.
pub fn routes() -> Router<Site> {
    Router::new()
        .merge(home::routes())
        .merge(login::routes())
        .merge(renew::routes())
        .merge(setup::routes())
        .merge(agents::routes())
        .merge(account::routes())
        .merge(tokens::routes())
        .merge(jobs::routes())
        .merge(journal::routes())
        .merge(undo::routes())
        .merge(past::routes())
        .merge(ties::routes())
        .merge(settings::routes())
        .merge(permissions::routes())
        .merge(reviews::routes())
        .merge(help::routes())
}
