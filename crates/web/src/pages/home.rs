//! The home page: the groups of screens.

use askama::Template;
use axum::Router;
use axum::routing::get;

use crate::context::{Ctx, Outcome};
use crate::frame::Frame;
use crate::state::Site;

/// `/`.
pub fn routes() -> Router<Site> {
    Router::new().route("/", get(home))
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    page: Frame,
}

async fn home(ctx: Ctx) -> Outcome {
    let page = HomePage {
        page: ctx.frame(ctx.t("home-title")),
    };
    ctx.render(&page)
}
