//! Permissions of people and customers on groups: what each has and why, the matrices that change it in both
//! directions, and why somebody lacks something.

mod base;
mod changes;
mod columns;
mod customer_rows;
mod explain;
mod group_rows;
mod matrix;
mod person_rows;
mod screen;
mod start;
mod ticks;

use axum::Router;
use axum::routing::get;
use kartoteka_frame::permissions::{cell, reach, reasons, side, who};

use super::records::key::Key;
use crate::context::Ctx;
use crate::input::{Form, Query};
use crate::state::Site;
use side::Side;

/// `/permissions`, and the pages of permissions below people, customers and groups.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/permissions", get(start::show))
        .route(
            "/customer-users/{key}/permissions/explain",
            get(explain::show),
        )
        .route(
            "/customer-users/{key}/permissions/customers",
            get(reach::show),
        )
        .route("/groups/{key}/permissions/who", get(who::show))
        .merge(matrix_at("/customer-users/{key}/permissions", Side::Person))
        .merge(matrix_at("/customers/{key}/permissions", Side::Customer))
        .merge(matrix_at("/groups/{key}/permissions", Side::GroupPeople))
        .merge(matrix_at(
            "/groups/{key}/permissions/customers",
            Side::GroupCustomers,
        ))
}

fn matrix_at(path: &str, side: fn(String) -> Side) -> Router<Site> {
    Router::new().route(
        path,
        get(move |ctx: Ctx, Key(key): Key, query: Query| screen::show(ctx, side(key), query))
            .post(move |ctx: Ctx, Key(key): Key, form: Form| screen::submit(ctx, side(key), form)),
    )
}
