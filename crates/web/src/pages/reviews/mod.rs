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
use kartoteka_directory::{Review, Subject};

use crate::context::{Ctx, Outcome};
use crate::frame::Frame;
use crate::input::Query;
use crate::pages::records::{CUSTOMERS, GROUPS, address};
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

/// Where a review of this begins.
pub fn begin_path(subject: &Subject) -> String {
    let query = address::query([(subject.kind().name(), subject.key())]);
    format!("/reviews/new?{query}")
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

impl Frame {
    /// What is reviewed, in words: `Group support`.
    fn reviewed(&self, subject: &Subject, text: &str) -> String {
        let key = format!("reviews-of-{}", subject.kind().name());
        match text == subject.key() || text.is_empty() {
            true => self.with(&key, "name", subject.key()),
            false => self.with(&key, "name", format!("{text} ({})", subject.key())),
        }
    }

    /// What is said of access that a review can't decide on.
    fn beside(&self, beside: &kartoteka_directory::Beside) -> String {
        use kartoteka_directory::BesideWhy;
        let key = match beside.why {
            BesideWhy::SupportOff => "reviews-beside-off",
            BesideWhy::AlwaysGroup => "reviews-beside-always",
            BesideWhy::CompanyAlwaysGroup => "reviews-beside-company",
            BesideWhy::InvalidGroup => "reviews-beside-invalid-group",
            BesideWhy::InvalidCustomer => "reviews-beside-invalid-customer",
        };
        self.with(key, "group", &beside.group)
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
    let export = ctx.directory.export_review(&ctx.actor, id).await?;
    let (kind, end, text) = match query.get("format") {
        "json" => {
            let document = crate::api::reviews::export(&export);
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
