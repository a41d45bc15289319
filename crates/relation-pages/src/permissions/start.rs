//! Where a person, a customer or a group is chosen whose permissions are looked at or changed.

use askama::Template;
use kartoteka_access::Access;
use kartoteka_directory::{Kind, Search, ValidFilter};

use super::base::is_filtered;
use super::reasons;
use super::side::Side;
use crate::context::{Ctx, Outcome};
use crate::failure::Failure;
use crate::frame::Frame;
use crate::input::Query;
use crate::records::suggest;

/// So many people and customers are offered.
const OFFERED: u32 = 10;

/// One to choose.
struct Choice {
    text: String,
    key: String,
    href: String,
}

/// What a search found of one kind.
struct Choices {
    list: Vec<Choice>,
    /// There are more than are offered.
    more: Option<String>,
}

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
            Some(find(&ctx, &page, Kind::CustomerUser, &search).await?),
            Some(find(&ctx, &page, Kind::Customer, &search).await?),
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

async fn find(ctx: &Ctx, page: &Frame, kind: Kind, typed: &str) -> Result<Choices, Failure> {
    let search = Search {
        text: Some(suggest::all_words(typed)),
        valid: ValidFilter::Valid,
        limit: OFFERED,
        ..Search::default()
    };
    let found = ctx.directory.search(&ctx.actor, kind, &search).await?;
    let more = found.total.count.saturating_sub(found.rows.len() as u64);
    let choice = |row: kartoteka_directory::Row| {
        let side = match kind {
            Kind::Customer => Side::Customer(row.key.clone()),
            _ => Side::Person(row.key.clone()),
        };
        Choice {
            href: page.url(&side.path()),
            text: row.text,
            key: row.key,
        }
    };
    Ok(Choices {
        more: (more > 0).then(|| page.count("permissions-start-more", more)),
        list: found.rows.into_iter().map(choice).collect(),
    })
}
