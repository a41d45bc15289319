//! The record of a form is no longer there: what was ticked is shown, not lost.

use askama::Template;
use axum::http::StatusCode;

use super::preview::ChangeLine;
use crate::context::{Ctx, Outcome};
use crate::frame::Frame;

#[derive(Template)]
#[template(path = "relations/lost.html")]
struct LostPage {
    page: Frame,
    key: String,
    changes: Vec<ChangeLine>,
    /// Where the record's kind is listed.
    list: String,
}

/// Answers a form whose record there is not any more, under no key.
pub fn lost(ctx: &Ctx, list: &str, key: &str, changes: Vec<ChangeLine>) -> Outcome {
    let page = LostPage {
        list: ctx.url(list),
        key: key.to_owned(),
        page: ctx.frame(ctx.t("records-gone-title")),
        changes,
    };
    ctx.render_with(StatusCode::NOT_FOUND, &page)
}
