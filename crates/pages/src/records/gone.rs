//! The record of a form is no longer there, say renamed by somebody else: what was typed is shown, not lost.

use askama::Template;
use axum::http::StatusCode;

use super::fields;
use super::screen::Screen;
use crate::context::{Ctx, Outcome};
use crate::frame::Frame;
use crate::input::Pairs;

#[derive(Template)]
#[template(path = "records/gone.html")]
struct GonePage {
    page: Frame,
    screen: Screen,
    key: String,
    /// Label and value of what was typed.
    typed: Vec<(String, String)>,
}

/// Answers a form whose record can't be found under its key any more.
pub fn show(ctx: &Ctx, screen: Screen, key: &str, form: &Pairs) -> Outcome {
    let page = ctx
        .frame(ctx.t("records-gone-title"))
        .about(screen.kind.name())
        .crumb(&screen.list(), ctx.t(&screen.text("title")));
    let sources = ctx.directory.sources(screen.kind);
    let typed = fields::typed(&page, &sources, form);
    let key = key.to_owned();
    let status = StatusCode::NOT_FOUND;
    ctx.render_with(
        status,
        &GonePage {
            page,
            screen,
            key,
            typed,
        },
    )
}
