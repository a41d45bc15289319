//! Access reviews: begun for a group or customer, gone through item by item, signed off, kept.

mod begin;
mod decide;
mod end;
mod item;
mod list;
mod result;
mod show;

use axum::Router;
use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use kartoteka_frame::reviews::begin_path;
use kartoteka_reviews::{Review, Reviews, Subject};

use crate::context::{Ctx, Outcome};
use crate::frame::Frame;
use crate::input::Query;
use crate::records::{CUSTOMERS, GROUPS};
use crate::state::Site;

/// `/reviews` and what is below it.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/reviews", get(list::show))
        .route("/reviews/new", get(begin::show).post(begin::submit))
        .route("/reviews/{id}", get(show::show).post(decide::submit))
        .route("/reviews/{id}/take-in", post(decide::take_in))
        .route(
            "/reviews/{id}/sign-off",
            get(end::preview).post(end::sign_off),
        )
        .route("/reviews/{id}/cancel", get(end::ask).post(end::cancel))
        .route("/reviews/{id}/export", get(export))
}

/// The page of a review.
fn path(review: i64) -> String {
    format!("/reviews/{review}")
}

/// The page of what is reviewed.
fn subject_path(subject: &Subject) -> String {
    match subject {
        Subject::Group(name) => GROUPS.record(name),
        Subject::Customer(id) => CUSTOMERS.record(id),
    }
}

/// The frame around the pages of one review.
fn frame(ctx: &Ctx, review: &Review, title: String) -> Frame {
    let frame = ctx
        .frame(title)
        .group(ctx.t("nav-group-people"))
        .crumb("/reviews", ctx.t("reviews-title"));
    match frame.title == frame.reviewed(&review.subject, &review.text) {
        true => frame,
        false => {
            let name = frame.reviewed(&review.subject, &review.text);
            frame.crumb(&path(review.id), name)
        }
    }
}

/// `GET /reviews/{id}/export?format=csv`: the whole review as a file.
async fn export(ctx: Ctx, Path(id): Path<i64>, query: Query) -> Outcome {
    let export = Reviews::of(&ctx.directory)
        .export_review(&ctx.actor, id)
        .await?;
    let (kind, end, text) = match query.get("format") {
        "json" => {
            let document = kartoteka_wire::reviews::export(&export);
            ("application/json", "json", document.to_string())
        }
        _ => {
            let separator = ctx.language.csv_separator();
            ("text/csv; charset=utf-8", "csv", export.csv(separator))
        }
    };
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"review-{id}.{end}\""),
        ),
    ];
    Ok((headers, text).into_response())
}
