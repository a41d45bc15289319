//! What a customer had on a past day, and what it gained and lost since.

use askama::Template;
use axum::http::StatusCode;
use kartoteka_access::{Access, AccessDifference, CustomerAccess};
use kartoteka_directory::Kind;
use kartoteka_model::access::{Context, Effective};

use super::days::Days;
use super::reasons::{Line, lines};
use crate::context::{Ctx, Outcome};
use crate::frame::Frame;
use crate::input::Query;
use crate::records::CUSTOMERS;
use crate::records::key::Key;

#[derive(Template)]
#[template(path = "past/customer.html")]
struct CustomerPage {
    page: Frame,
    action: String,
    days: Days,
    then: Option<CustomerAccess>,
    differences: Vec<AccessDifference>,
}

impl CustomerPage {
    fn lines(&self, then: &CustomerAccess, effective: &Effective) -> Vec<Line> {
        lines(&self.page, effective, &then.settings)
    }

    fn tickets(&self, context: &Context) -> String {
        self.page.context_name(*context)
    }
}

/// `GET /customers/{id}/past?day=2026-03-01&until=2026-06-01`.
pub async fn show(ctx: Ctx, Key(id): Key, query: Query) -> Outcome {
    let (directory, actor) = (&ctx.directory, &ctx.actor);
    let id = Access::of(directory)
        .customer_permissions_of(actor, &id)
        .await?
        .customer;
    let days = Days::read(&ctx, &query).await?;
    let page = ctx
        .frame_of("past-title", &id)
        .group(ctx.t("nav-group-people"))
        .crumb(&CUSTOMERS.list(), ctx.t("nav-customers"))
        .crumb(&CUSTOMERS.record(&id), id.clone())
        .tabs_of(Kind::Customer, &id);
    let mut page = CustomerPage {
        action: page.url(&format!("{}/past", CUSTOMERS.record(&id))),
        page,
        then: None,
        differences: Vec::new(),
        days,
    };
    if !page.days.errors.is_empty() {
        return ctx.render_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    if let Some((earlier, later)) = page.days.moments {
        let then = Access::of(directory).customer_permissions_as_of(actor, &id, earlier);
        page.then = Some(then.await?);
        page.differences = Access::of(directory)
            .customer_access_between(actor, &id, earlier, later)
            .await?;
    }
    ctx.render(&page)
}
