//! The customers whose tickets a person reaches.

use askama::Template;
use kartoteka_access::{Access, Reach};
use kartoteka_directory::Kind;
use kartoteka_model::access::CustomerFacts;
use kartoteka_model::text::same_key;

use super::side::Side;
use crate::context::{Ctx, Outcome};
use crate::frame::Frame;
use crate::records::key::Key;
use crate::records::{CUSTOMER_USERS, CUSTOMERS, GROUPS, name_of};

/// The most that are listed.
const MOST: usize = 1000;

/// A customer, and the groups through which it is reached.
pub struct ReachLine {
    pub id: String,
    pub name: String,
    pub href: String,
    /// How somebody belongs to it, if it is one of their own.
    pub own: String,
    /// Groups with their addresses; none for one's own customers.
    pub through: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "permissions/reach.html")]
struct ReachPage {
    page: Frame,
    lines: Vec<ReachLine>,
    more: bool,
    /// Tickets of customers are closed to everybody.
    disabled: bool,
}

/// What is reached, for a page.
pub fn reach_lines(page: &Frame, reach: Reach, own: &[CustomerFacts]) -> Vec<ReachLine> {
    let belonging = |id: &str| {
        let facts = own.iter().find(|facts| same_key(&facts.id, id));
        facts.map(|facts| page.belonging(facts.belonging))
    };
    let group = |group: kartoteka_model::access::Group| {
        let href = page.url(&GROUPS.record(&group.name));
        (group.name, href)
    };
    let line = |customer: kartoteka_access::ReachedCustomer| ReachLine {
        href: page.url(&CUSTOMERS.record(&customer.id)),
        own: belonging(&customer.id).unwrap_or_default(),
        name: name_of(&customer.text, &customer.id),
        id: customer.id,
        through: customer.through.into_iter().map(group).collect(),
    };
    reach.customers.into_iter().map(line).collect()
}

/// `GET /customer-users/{login}/permissions/customers`.
pub async fn show(ctx: Ctx, Key(login): Key) -> Outcome {
    let access = Access::of(&ctx.directory)
        .permissions_of(&ctx.actor, &login)
        .await?;
    let reach = Access::of(&ctx.directory)
        .reach_with(&ctx.actor, &access, None, MOST)
        .await?;
    let side = Side::Person(reach.login.clone());
    let page = ctx
        .frame_of("permissions-reach-title", &reach.login)
        .crumb("/customer-users", ctx.t("customer-users-title"))
        .crumb(&CUSTOMER_USERS.record(&reach.login), reach.login.clone())
        .crumb(&side.path(), ctx.t("permissions-person-title"))
        .tabs_of(Kind::CustomerUser, &reach.login);
    ctx.render(&ReachPage {
        disabled: access.settings.disable_company_tickets,
        more: reach.more,
        lines: reach_lines(&page, reach, &access.person.customers),
        page,
    })
}
