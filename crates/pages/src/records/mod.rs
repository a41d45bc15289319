//! Pages of records: customer users and customers, groups and services, which differ in wording and columns only.
//! What their forms and details show is the source's field map.

mod add;
mod changes;
mod columns;
mod conflict;
mod criteria;
mod detail_search;
mod edit;
mod effective;
mod empty;
mod form;
mod gone;
mod highlight;
mod links;
mod list;
mod missing;
mod moving;
mod paging;
mod parents;
mod password;
mod people;
mod refused;
mod rows;
mod selecting;
mod show;
mod shown_once;
mod syntax;
mod tree;
mod typed;

use axum::Router;
use axum::routing::get;
use kartoteka_directory::Kind;
use kartoteka_frame::records::{address, fields, key, preferences, screen, suggest, title};

pub use criteria::Criteria;
pub use screen::{CUSTOMER_USERS, CUSTOMERS, GROUPS, SERVICES, Screen};

use crate::context::Ctx;
use crate::input::{Form, Query};
use crate::state::Site;
use key::Key;

/// The fields that a detail search of a kind may name.
pub fn searchable(ctx: &Ctx, kind: Kind) -> Vec<String> {
    fields::searchable_names(&ctx.directory.sources(kind))
}

/// The routes of one kind of records.
pub fn routes(screen: Screen) -> Router<Site> {
    let at = |rest: &str| format!("/{}{rest}", screen.word);
    let routes = Router::new()
        .route(
            &at("/new"),
            get(move |ctx: Ctx, query: Query| add::show(ctx, query, screen))
                .post(move |ctx: Ctx, form: Form| add::submit(ctx, form, screen)),
        )
        .route(
            &at("/{key}"),
            get(move |ctx: Ctx, key: Key, query: Query| show::show(ctx, key, query, screen)),
        )
        .route(
            &at("/{key}/edit"),
            get(move |ctx: Ctx, key: Key, query: Query| edit::show(ctx, key, query, screen))
                .post(move |ctx: Ctx, key: Key, form: Form| edit::submit(ctx, key, form, screen)),
        );
    if screen.is_named() {
        return routes.route(
            &at(""),
            get(move |ctx: Ctx, query: Query| tree::show(ctx, query, screen)),
        );
    }
    let routes = routes
        .route(
            &at(""),
            get(move |ctx: Ctx, query: Query| list::show(ctx, query, screen)),
        )
        .route(
            &at("/search"),
            get(move |ctx: Ctx, query: Query| detail_search::show(ctx, query, screen)),
        );
    if screen.is_people() {
        let routes = routes.route(
            &at("/{key}/move"),
            get(move |ctx: Ctx, key: Key, query: Query| moving::show(ctx, key, query, screen))
                .post(move |ctx: Ctx, key: Key, form: Form| moving::submit(ctx, key, form, screen)),
        );
        return routes.route(
            &at("/{key}/password"),
            get(move |ctx: Ctx, key: Key| password::show(ctx, key, screen)).post(
                move |ctx: Ctx, key: Key, form: Form| password::submit(ctx, key, form, screen),
            ),
        );
    }
    routes.route(&at("/suggest"), get(suggest::show))
}
