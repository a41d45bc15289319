//! What a person had on a past day, and what they gained and lost since.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::get;
use jiff::civil::Date;
use kartoteka_directory::{AccessDifference, Error, PersonAccess};
use kartoteka_model::access::{GroupAccess, Why};

use crate::context::{Ctx, Outcome};
use crate::frame::Frame;
use crate::input::Query;
use crate::pages::records::CUSTOMER_USERS;
use crate::state::Site;

/// `/customer-users/{login}/past`.
pub fn routes() -> Router<Site> {
    Router::new().route("/customer-users/{login}/past", get(show))
}

#[derive(Template)]
#[template(path = "past.html")]
struct PastPage {
    page: Frame,
    login: String,
    /// As the form shows them; empty before anything was asked.
    day: String,
    until: String,
    /// A day that can't be read.
    wrong: bool,
    /// The person was not known on that day.
    unknown: bool,
    then: Option<PersonAccess>,
    differences: Vec<AccessDifference>,
}

impl PastPage {
    fn permissions(&self, access: &GroupAccess) -> String {
        let Some(then) = &self.then else {
            return String::new();
        };
        let held = then.settings.permissions.iter();
        held.filter(|permission| access.holds(permission))
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn reasons(&self, access: &GroupAccess) -> Vec<String> {
        let reason = |(permission, why): &(_, Why)| {
            let why = match why {
                Why::Direct => self.page.t("past-why-direct"),
                Why::ViaCustomer { customer, .. } => {
                    self.page.with("past-why-customer", "customer", customer)
                }
                Why::AlwaysGroup => self.page.t("past-why-always"),
                Why::CompanyAlwaysGroup { customer } => {
                    self.page.with("past-why-company", "customer", customer)
                }
                Why::SupportOff => self.page.t("past-why-off"),
            };
            format!("{permission}: {why}")
        };
        access.given.iter().map(reason).collect()
    }

    fn action(&self) -> String {
        self.page
            .url(&format!("{}/past", CUSTOMER_USERS.record(&self.login)))
    }
}

/// The last moment of a day, in milliseconds since 1970.
fn end_of(ctx: &Ctx, day: &str) -> Option<i64> {
    let date: Date = day.parse().ok()?;
    let zone = ctx.site.options().time_zone.clone();
    let next = date.tomorrow().ok()?.at(0, 0, 0, 0);
    Some(zone.to_timestamp(next).ok()?.as_millisecond() - 1)
}

async fn show(ctx: Ctx, Path(login): Path<String>, query: Query) -> Outcome {
    let found = ctx.directory.permissions_of(&ctx.actor, &login).await?;
    let (day, until) = (query.get("day").trim(), query.get("until").trim());
    let mut page = PastPage {
        page: ctx
            .frame(ctx.t("past-title"))
            .group(ctx.t("nav-group-people"))
            .crumb(&CUSTOMER_USERS.list(), ctx.t("nav-customer-users"))
            .crumb(&CUSTOMER_USERS.record(&found.login), found.login.clone()),
        login: found.login,
        day: day.to_owned(),
        until: until.to_owned(),
        wrong: false,
        unknown: false,
        then: None,
        differences: Vec::new(),
    };
    if day.is_empty() {
        return ctx.render(&page);
    }
    let now = ctx.site.now() * 1000 + 999;
    let later = if until.is_empty() {
        Some(now)
    } else {
        end_of(&ctx, until)
    };
    let (Some(earlier), Some(later)) = (end_of(&ctx, day), later) else {
        page.wrong = true;
        return ctx.render_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    match ctx
        .directory
        .permissions_as_of(&ctx.actor, &page.login, earlier)
        .await
    {
        Ok(then) => page.then = Some(then),
        Err(Error::NotFound { .. }) => page.unknown = true,
        Err(error) => return Err(error.into()),
    }
    match ctx
        .directory
        .access_between(&ctx.actor, &page.login, earlier, later)
        .await
    {
        Ok(differences) => page.differences = differences,
        // Not known at the later day either.
        Err(Error::NotFound { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    ctx.render(&page)
}
