//! What somebody has and why, at the bottom of the pages of people, customers and groups.

use askama::Template;
use kartoteka_directory::Kind;
use kartoteka_model::access::{Context, Effective};

use super::explain::explain_path;
use super::reach::{ReachLine, reach_lines};
use super::reasons::{self, Reason, reasons};
use super::side::Side;
use super::who::{Holding, customers_first, people_first};
use crate::context::Ctx;
use crate::frame::Frame;
use crate::pages::error::Failure;
use crate::pages::records::GROUPS;

/// So many customers are listed whose tickets are reached.
const REACHED: usize = 20;

/// A group with what somebody has there.
pub struct EffectiveLine {
    pub group: String,
    pub href: String,
    /// For each permission, whether it is held.
    pub held: Vec<(String, bool)>,
    pub reasons: Vec<Reason>,
    pub explain: Option<String>,
}

/// What is held, in one context.
pub struct EffectiveTable {
    /// The context, if there are several.
    pub caption: Option<String>,
    pub permissions: Vec<String>,
    pub lines: Vec<EffectiveLine>,
}

/// The customers whose tickets a person reaches.
pub struct ReachCard {
    pub lines: Vec<ReachLine>,
    /// Where all of them are listed, if there are more.
    pub more: Option<String>,
    /// Tickets of customers are closed to everybody.
    pub disabled: bool,
}

/// The permissions of one record.
#[derive(Template)]
#[template(path = "permissions/card.html")]
pub struct Card {
    page: Frame,
    off: bool,
    settings: Option<String>,
    /// Why there is nothing at all.
    nothing: Option<String>,
    /// Where it is changed, or looked at by those who may not.
    matrix: String,
    /// The other matrix of a group.
    other: Option<String>,
    tables: Vec<EffectiveTable>,
    reach: Option<ReachCard>,
    holding: Vec<Holding>,
}

/// The card of a record, as a piece of its page; none for kinds without permissions.
///
/// # Errors
/// When a source does not answer.
pub async fn card(ctx: &Ctx, kind: Kind, key: &str) -> Result<Option<Card>, Failure> {
    let page = ctx.frame(String::new());
    match kind {
        Kind::CustomerUser => person(ctx, page, key).await.map(Some),
        Kind::Customer => customer(ctx, page, key).await.map(Some),
        Kind::Group => group(ctx, page, key).await.map(Some),
        _ => Ok(None),
    }
}

fn blank(page: Frame, side: &Side, support: bool) -> Card {
    Card {
        off: !support,
        settings: reasons::settings(&page),
        nothing: None,
        matrix: page.url(&side.path()),
        other: None,
        tables: vec![],
        reach: None,
        holding: vec![],
        page,
    }
}

async fn person(ctx: &Ctx, page: Frame, login: &str) -> Result<Card, Failure> {
    let (access, reach) = futures::try_join!(
        ctx.directory.permissions_of(&ctx.actor, login),
        ctx.directory.reach(&ctx.actor, login, REACHED),
    )?;
    let side = Side::Person(access.login.clone());
    let settings = &access.settings;
    let mut card = blank(page, &side, settings.customer_group_support);
    let page = &card.page;
    card.nothing = (!access.person.valid).then(|| page.t("permissions-person-invalid"));
    let mut table = table(page, &side, &settings.permissions, &access.effective);
    for line in &mut table.lines {
        let path = explain_path(&access.login, &line.group, None);
        line.explain = Some(page.url(&path));
    }
    let more = format!("{}/customers", side.path());
    card.reach = Some(ReachCard {
        more: reach.more.then(|| page.url(&more)),
        disabled: settings.disable_company_tickets,
        lines: reach_lines(page, reach),
    });
    card.tables = vec![table];
    Ok(card)
}

async fn customer(ctx: &Ctx, page: Frame, id: &str) -> Result<Card, Failure> {
    let access = ctx
        .directory
        .customer_permissions_of(&ctx.actor, id)
        .await?;
    let side = Side::Customer(access.customer.clone());
    let mut card = blank(page, &side, access.settings.customer_group_support);
    let page = &card.page;
    card.nothing = (!access.facts.valid).then(|| page.t("permissions-customer-invalid"));
    let several = access.effective.len() > 1;
    let tables = access.effective.iter().map(|(context, effective)| {
        let caption = several.then(|| page.context_name(*context));
        EffectiveTable {
            caption,
            ..table(page, &side, &access.settings.permissions, effective)
        }
    });
    card.tables = tables.collect();
    Ok(card)
}

async fn group(ctx: &Ctx, page: Frame, name: &str) -> Result<Card, Failure> {
    let settings = ctx.directory.access_in_force(&ctx.actor).await?;
    let side = Side::GroupPeople(name.to_owned());
    let mut card = blank(page, &side, settings.customer_group_support);
    let other = Side::GroupCustomers(name.to_owned());
    card.other = Some(card.page.url(&other.path()));
    for permission in &settings.permissions {
        let people = people_first(ctx, &card.page, name, permission).await?;
        card.holding.push(people);
    }
    for permission in &settings.permissions {
        let found = customers_first(ctx, &card.page, name, permission, Context::Same).await?;
        card.holding.push(found);
    }
    Ok(card)
}

fn table(
    page: &Frame,
    side: &Side,
    permissions: &[String],
    effective: &Effective,
) -> EffectiveTable {
    let names = permissions.iter().map(|name| page.permission_name(name));
    let lines = effective.groups.iter().map(|access| EffectiveLine {
        group: access.group.name.clone(),
        href: page.url(&GROUPS.record(&access.group.name)),
        held: permissions
            .iter()
            .map(|name| (page.permission_name(name), access.holds(name)))
            .collect(),
        reasons: reasons(page, side, &access.given),
        explain: None,
    });
    EffectiveTable {
        caption: None,
        permissions: names.collect(),
        lines: lines.collect(),
    }
}
