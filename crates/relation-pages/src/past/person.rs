//! What a person had on a past day, and what they gained and lost since.

use askama::Template;
use axum::http::StatusCode;
use kartoteka_access::{Access, AccessDifference, PersonAccess};
use kartoteka_directory::Kind;

use super::days::Days;
use super::reasons::{Line, lines};
use crate::context::{Ctx, Outcome};
use crate::frame::Frame;
use crate::input::Query;
use crate::records::CUSTOMER_USERS;
use crate::records::key::Key;

#[derive(Template)]
#[template(path = "past/person.html")]
struct PersonPage {
    page: Frame,
    action: String,
    days: Days,
    then: Option<PersonAccess>,
    differences: Vec<AccessDifference>,
}

impl PersonPage {
    fn lines(&self, then: &PersonAccess) -> Vec<Line> {
        lines(&self.page, &then.effective, &then.settings)
    }
}

/// `GET /customer-users/{login}/past?day=2026-03-01&until=2026-06-01`.
pub async fn show(ctx: Ctx, Key(login): Key, query: Query) -> Outcome {
    let login = Access::of(&ctx.directory)
        .permissions_of(&ctx.actor, &login)
        .await?
        .login;
    let days = Days::read(&ctx, &query).await?;
    let page = ctx
        .frame_of("past-title", &login)
        .group(ctx.t("nav-group-people"))
        .crumb(&CUSTOMER_USERS.list(), ctx.t("nav-customer-users"))
        .crumb(&CUSTOMER_USERS.record(&login), login.clone())
        .tabs_of(Kind::CustomerUser, &login);
    let mut page = PersonPage {
        action: page.url(&format!("{}/past", CUSTOMER_USERS.record(&login))),
        page,
        then: None,
        differences: Vec::new(),
        days,
    };
    if !page.days.errors.is_empty() {
        return ctx.render_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    if let Some((earlier, later)) = page.days.moments {
        let (directory, actor) = (&ctx.directory, &ctx.actor);
        page.then = Some(
            Access::of(directory)
                .permissions_as_of(actor, &login, earlier)
                .await?,
        );
        page.differences = Access::of(directory)
            .access_between(actor, &login, earlier, later)
            .await?;
    }
    ctx.render(&page)
}
