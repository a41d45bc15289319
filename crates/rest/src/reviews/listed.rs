//! Reading reviews: the list, one of them, its items, the export.

use axum::Json;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use kartoteka_reviews::{Decision, ItemFilter, Outcome, ReviewFilter, ReviewState, Reviews};
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::caller::Reader;
use super::super::key::Key;
use super::super::listing::LARGEST_PAGE;
use super::super::problem::Problem;
use super::super::query::{NoQuery, Query};
use super::super::schema::{
    ExportParameters, ReviewExport, ReviewItemPage, ReviewItemParameters, ReviewPage,
    ReviewParameters, ReviewPath,
};
use super::{documents, number};
use crate::state::Site;

/// How many without a `limit`.
const USUAL: i64 = 50;

/// The routes that read.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show))
        .routes(routes!(items))
        .routes(routes!(export))
}

/// Lists access reviews, the latest first.
#[utoipa::path(
    get, path = "/api/v1/reviews", tag = "reviews", operation_id = "list_reviews",
    params(ReviewParameters), security(("token" = ["reader"])),
    responses((status = 200, description = "A page of reviews", body = ReviewPage)),
)]
async fn list(
    State(site): State<Site>,
    Reader(actor): Reader,
    mut query: Query,
) -> Result<Json<Value>, Problem> {
    let filter = ReviewFilter {
        state: query.choice("state", "open, signed-off, cancelled", ReviewState::parse),
        before: query.number("after", 1, i64::MAX),
        limit: query.number("limit", 1, LARGEST_PAGE).unwrap_or(USUAL) as u32,
    };
    query.finish()?;
    let page = Reviews::of(&site.directory)
        .reviews(&actor, &filter)
        .await?;
    let items: Vec<Value> = page.reviews.iter().map(documents::review).collect();
    let next = page.next.map(|next| next.to_string());
    Ok(Json(json!({"items": items, "next": next})))
}

/// Answers with a review, how far it is, and what signing it off came to.
#[utoipa::path(
    get, path = "/api/v1/reviews/{id}", tag = "reviews", operation_id = "get_review",
    params(ReviewPath), security(("token" = ["reader"])),
    responses((status = 200, description = "The review", body = super::super::schema::Review)),
)]
async fn show(
    State(site): State<Site>,
    Reader(actor): Reader,
    Key(id): Key,
    _: NoQuery,
) -> Result<Json<Value>, Problem> {
    let review = Reviews::of(&site.directory)
        .review(&actor, number(&id)?)
        .await?;
    Ok(Json(documents::review(&review)))
}

/// Lists what a review goes through, page by page with the exact count.
#[utoipa::path(
    get, path = "/api/v1/reviews/{id}/items", tag = "reviews", operation_id = "list_review_items",
    params(ReviewPath, ReviewItemParameters), security(("token" = ["reader"])),
    responses((status = 200, description = "A page of items", body = ReviewItemPage)),
)]
async fn items(
    State(site): State<Site>,
    Reader(actor): Reader,
    Key(id): Key,
    mut query: Query,
) -> Result<Json<Value>, Problem> {
    let filter = ItemFilter {
        decision: query.choice("decision", "undecided, confirm, revoke", Decision::parse),
        outcome: query.choice("outcome", "kept, revoked, gone", Outcome::parse),
        search: query.text("search").unwrap_or_default(),
    };
    let after = query.number("after", 1, i64::MAX);
    let limit = query.number("limit", 1, LARGEST_PAGE).unwrap_or(USUAL) as u32;
    query.finish()?;
    let id = number(&id)?;
    let directory = &site.directory;
    let review = Reviews::of(directory).review(&actor, id).await?;
    let page = Reviews::of(directory)
        .review_items(&actor, id, &filter, after, limit)
        .await?;
    let open = review.ended.is_none();
    let items = page.items.iter().map(|item| documents::item(item, open));
    Ok(Json(json!({
        "items": items.collect::<Vec<_>>(),
        "total": page.total,
        "next": page.next.map(|next| next.to_string()),
    })))
}

/// Answers with a review and all its items, as JSON or as a table for spreadsheets.
#[utoipa::path(
    get, path = "/api/v1/reviews/{id}/export", tag = "reviews", operation_id = "export_review",
    params(ReviewPath, ExportParameters), security(("token" = ["reader"])),
    responses((status = 200, description = "The whole review",
        content((ReviewExport = "application/json"), (String = "text/csv")))),
)]
async fn export(
    State(site): State<Site>,
    Reader(actor): Reader,
    Key(id): Key,
    mut query: Query,
) -> Result<Response, Problem> {
    let csv = query.choice("format", "json, csv", |text| match text {
        "json" => Some(false),
        "csv" => Some(true),
        _ => None,
    });
    query.finish()?;
    let id = number(&id)?;
    let export = Reviews::of(&site.directory)
        .export_review(&actor, id)
        .await?;
    if !csv.unwrap_or_default() {
        return Ok(Json(documents::export(&export)).into_response());
    }
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"review-{id}.csv\""),
        ),
    ];
    Ok((headers, export.csv(',')).into_response())
}
