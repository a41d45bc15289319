//! Where a person, a customer or a group is chosen whose permissions are looked at or changed.

use askama::Template;
use kartoteka_access::Access;
use kartoteka_directory::Kind;

use super::base::is_filtered;
use super::reasons;
use super::side::Side;
use crate::choices::{Choices, choices};
use crate::context::{Ctx, Outcome};
use crate::frame::Frame;
use crate::input::Query;

/// A group, which can be chosen from two sides.
struct GroupChoice {
    name: String,
    valid: bool,
    people: String,
    customers: String,
}

#[derive(Template)]
#[template(path = "permissions/start.html")]
struct StartPage {
    page: Frame,
    search: String,
    support: bool,
    settings: Option<String>,
    people: Option<Choices>,
    customers: Option<Choices>,
    groups: Vec<GroupChoice>,
}

/// `GET /permissions?search=…`.
pub async fn show(ctx: Ctx, Query(query): Query) -> Outcome {
    let search = query.get("search").trim().to_owned();
    let settings = Access::of(&ctx.directory)
        .access_in_force(&ctx.actor)
        .await?;
    let page = ctx
        .frame(ctx.t("permissions-title"))
        .group(ctx.t("nav-group-people"));
    let groups = Access::of(&ctx.directory).all_groups(&ctx.actor).await?;
    let groups = groups
        .into_iter()
        .filter(|group| !is_filtered(&search, &group.name))
        .map(|group| GroupChoice {
            people: page.url(&Side::GroupPeople(group.name.clone()).path()),
            customers: page.url(&Side::GroupCustomers(group.name.clone()).path()),
            valid: group.valid,
            name: group.name,
        });
    let groups = groups.collect();
    let (people, customers) = match search.is_empty() {
        true => (None, None),
        false => (
            Some(choices(&ctx, &page, Kind::CustomerUser, &search, &side_of).await?),
            Some(choices(&ctx, &page, Kind::Customer, &search, &side_of).await?),
        ),
    };
    ctx.render(&StartPage {
        support: settings.customer_group_support,
        settings: reasons::settings(&page),
        search,
        people,
        customers,
        groups,
        page,
    })
}

/// The matrix of a person or customer.
fn side_of(kind: Kind, key: &str) -> String {
    match kind {
        Kind::Customer => Side::Customer(key.to_owned()).path(),
        _ => Side::Person(key.to_owned()).path(),
    }
}
