//! Pages of records: customer users and customers, groups and services, which differ in wording and columns only.
//! What their forms and details show is the source's field map.

mod add;
mod changes;
mod choose_columns;
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
mod hits;
mod links;
mod list;
mod missing;
mod moving;
mod paging;
mod parents;
mod password;
mod people;
mod refused;
mod relations;
mod rows;
mod selecting;
mod show;
mod shown_once;
mod source_chips;
mod syntax;
mod tree;
mod typed;
mod views;

use std::collections::BTreeMap;

use axum::Router;
use axum::routing::get;
use kartoteka_directory::{Kind, SourceInfo};
use kartoteka_frame::records::{address, fields, key, preferences, screen, suggest, title};

use kartoteka_model::FieldKind;

pub use criteria::Criteria;
pub use hits::{Hit, hits};
pub use screen::{CUSTOMER_USERS, CUSTOMERS, GROUPS, SERVICES, Screen};

use crate::context::Ctx;
use crate::frame::Frame;
use crate::input::{Form, Query};
use crate::state::Site;
use key::Key;

/// The fields that a detail search of a kind may name.
pub fn searchable(ctx: &Ctx, kind: Kind) -> Vec<String> {
    fields::searchable_names(&ctx.directory.sources(kind))
}

/// The fields of people that forms can change, but for secrets.
pub fn fields_of_form(sources: &[SourceInfo]) -> Vec<String> {
    let writable = sources.iter().filter(|source| source.writable);
    let shapes = writable.flat_map(|source| &source.fields);
    let mut names: Vec<String> = Vec::new();
    for shape in shapes.filter(|shape| !shape.field.read_only) {
        let name = &shape.field.name;
        let fits = !shape.secret
            && shape.field.kind != FieldKind::DynamicField
            && !fields::is_validity(name)
            && !names.contains(name);
        if fits {
            names.push(name.clone());
        }
    }
    names
}

/// What a field is called on a page.
pub fn label_of(page: &Frame, sources: &[SourceInfo], field: &str) -> String {
    fields::label(page, sources, field)
}

/// The values to choose from for a field, with their names.
pub fn selections_of(sources: &[SourceInfo], field: &str) -> BTreeMap<String, String> {
    fields::selections(sources, field)
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
            &at("/columns"),
            get(move |ctx: Ctx| choose_columns::show(ctx, screen))
                .post(move |ctx: Ctx, form: Form| choose_columns::submit(ctx, form, screen)),
        )
        .route(
            &at("/views"),
            get(move |ctx: Ctx| views::show(ctx, screen))
                .post(move |ctx: Ctx, form: Form| views::submit(ctx, form, screen)),
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
