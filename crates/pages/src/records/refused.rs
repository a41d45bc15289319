//! The page that says why nothing can be added or changed here, and what to do instead.

use askama::Template;
use axum::http::StatusCode;

use super::screen::{CUSTOMERS, Screen};
use crate::context::{Ctx, Outcome};
use crate::frame::Frame;

/// Why a form is not offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// No source of this kind can be written.
    NoWritableSource,
    /// People need a customer, and there is no valid one.
    NoCustomer,
}

#[derive(Template)]
#[template(path = "records/refused.html")]
struct RefusedPage {
    page: Frame,
    text: String,
    /// Where the way leads on: address and words.
    way: (String, String),
}

/// Refuses with 409 (something has to be done first) or 403.
pub fn show(ctx: &Ctx, screen: Screen, reason: Reason) -> Outcome {
    let page = ctx
        .frame(ctx.t(&screen.text("add")))
        .crumb(&screen.list(), ctx.t(&screen.text("title")));
    let (status, text, way) = match reason {
        Reason::NoWritableSource => {
            let way = (page.url(&screen.list()), page.t("records-back-to-list"));
            (
                StatusCode::FORBIDDEN,
                page.t("records-no-writable-source"),
                way,
            )
        }
        Reason::NoCustomer => {
            let way = (
                page.url(&CUSTOMERS.new_record()),
                page.t(&CUSTOMERS.text("add")),
            );
            (
                StatusCode::CONFLICT,
                page.t("customer-users-no-customer"),
                way,
            )
        }
    };
    ctx.render_with(status, &RefusedPage { page, text, way })
}
