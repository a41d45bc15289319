//! What somebody has and why, at the bottom of the pages of people, customers and groups.

use askama::Template;
use kartoteka_access::{Access, CustomerHolder, GroupHolders, Holder, PersonAccess};
use kartoteka_directory::{Error, Fields, Kind};
use kartoteka_model::access::{Effective, Permission, Why};

use super::reach::{ReachLine, reach_lines};
use super::reasons::{self, Reason, reasons};
use super::side::{Side, explain_path};
use super::who::{HolderSummary, holdings};
use crate::context::Ctx;
use crate::failure::Failure;
use crate::frame::Frame;
use crate::records::{CUSTOMER_USERS, CUSTOMERS, GROUPS, name_of};

/// So many customers are listed whose tickets are reached.
const REACHED: usize = 20;

/// So many people and customers are listed of a group.
const FIRST: u32 = 5;

/// A group with what somebody has there, or somebody with what they have in a group.
pub struct EffectiveLine {
    pub name: String,
    /// What tells it from others of its name.
    pub key: String,
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
    /// What the lines are.
    pub of: String,
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
    /// What would be if a form were saved.
    draft: bool,
    /// That what the login had is held back.
    held_back: Option<String>,
    /// Where it is changed, or looked at by those who may not; none for somebody who is not stored yet.
    matrix: Option<String>,
    /// The other matrix of a group.
    other: Option<String>,
    tables: Vec<EffectiveTable>,
    reach: Option<ReachCard>,
    holding: Vec<HolderSummary>,
    /// Groups of which one can ask why a person does not have them.
    groups: Vec<String>,
}

impl Card {
    /// What it comes to, for those who can't see that it changed.
    fn spoken(&self) -> String {
        let lines = self.tables.iter().flat_map(|table| &table.lines);
        let groups: Vec<&str> = lines.map(|line| line.name.as_str()).collect();
        let what = match (&self.nothing, groups.as_slice()) {
            (Some(why), _) => why.clone(),
            (None, []) => self.page.t("permissions-card-none"),
            (None, groups) => groups.join(", "),
        };
        format!("{}: {what}", self.page.t("permissions-card-title"))
    }
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
        draft: false,
        held_back: None,
        matrix: Some(page.url(&side.path())),
        other: None,
        tables: vec![],
        reach: None,
        holding: vec![],
        groups: vec![],
        page,
    }
}

async fn person(ctx: &Ctx, page: Frame, login: &str) -> Result<Card, Failure> {
    let access = Access::of(&ctx.directory)
        .permissions_of(&ctx.actor, login)
        .await?;
    of_person(ctx, page, access).await
}

/// The card of a person whose access is known already.
///
/// # Errors
/// When a source does not answer.
pub async fn person_card(ctx: &Ctx, access: PersonAccess) -> Result<Card, Failure> {
    let valid = access.person.valid;
    let mut card = of_person(ctx, ctx.frame(String::new()), access).await?;
    if valid && !card.off {
        let groups = Access::of(&ctx.directory).all_groups(&ctx.actor).await?;
        let valid = groups.into_iter().filter(|group| group.valid);
        card.groups = valid.map(|group| group.name).collect();
    }
    Ok(card)
}

/// What a person would have if a form were saved, as a piece of its page; `login` is theirs if they are stored already.
/// None while a source does not answer: the form can be filled in all the same.
///
/// # Errors
/// When the person is not there.
pub async fn draft(
    ctx: &Ctx,
    login: Option<&str>,
    source: &str,
    fields: &Fields,
) -> Result<Option<Card>, Failure> {
    let (directory, actor) = (&ctx.directory, &ctx.actor);
    let access = match login {
        Some(login) => {
            Access::of(directory)
                .permissions_if_changed(actor, login, fields)
                .await
        }
        None => {
            Access::of(directory)
                .permissions_if_added(actor, source, fields)
                .await
        }
    };
    let access = match access {
        Err(Error::Unavailable { .. }) => return Ok(None),
        access => access?,
    };
    let mut card = of_person(ctx, ctx.frame(String::new()), access).await?;
    card.draft = true;
    // Who is not stored yet has no pages.
    let own = card.matrix.take_if(|_| login.is_none());
    if own.is_some() {
        for line in card.tables.iter_mut().flat_map(|table| &mut table.lines) {
            line.explain = None;
            for reason in line.reasons.iter_mut().filter(|one| one.href == own) {
                reason.href = None;
            }
        }
        if let Some(reach) = &mut card.reach {
            reach.more = None;
        }
    }
    Ok(Some(card))
}

async fn of_person(ctx: &Ctx, page: Frame, access: PersonAccess) -> Result<Card, Failure> {
    let reach = Access::of(&ctx.directory)
        .reach_with(&ctx.actor, &access, None, REACHED)
        .await?;
    let side = Side::Person(access.login.clone());
    let settings = &access.settings;
    let mut card = blank(page, &side, settings.customer_group_support);
    let page = &card.page;
    card.held_back = access.held_back_since.map(|since| {
        let since = page.when(&since);
        page.with("permissions-held-back", "since", since)
    });
    card.nothing = (!access.person.valid).then(|| page.t("permissions-person-invalid"));
    let mut table = table(page, &side, &settings.permissions, &access.effective);
    for line in &mut table.lines {
        let path = explain_path(&access.login, &line.name, None);
        line.explain = Some(page.url(&path));
    }
    let more = format!("{}/customers", side.path());
    card.reach = Some(ReachCard {
        more: reach.more.then(|| page.url(&more)),
        disabled: settings.disable_company_tickets,
        lines: reach_lines(page, reach, &access.person.customers),
    });
    card.tables = vec![table];
    Ok(card)
}

async fn customer(ctx: &Ctx, page: Frame, id: &str) -> Result<Card, Failure> {
    let access = Access::of(&ctx.directory)
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
    let found = Access::of(&ctx.directory)
        .group_holders(&ctx.actor, name, FIRST)
        .await?;
    let side = Side::GroupPeople(name.to_owned());
    let mut card = blank(page, &side, found.settings.customer_group_support);
    let other = Side::GroupCustomers(name.to_owned());
    card.other = Some(card.page.url(&other.path()));
    card.tables = tables_of_group(&card.page, &found);
    card.holding = holdings(&card.page, found);
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
        name: access.group.name.clone(),
        key: String::new(),
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
        of: page.t("permissions-column-group"),
        permissions: names.collect(),
        lines: lines.collect(),
    }
}

/// The first of those who have something in a group, as one table of people and one of customers.
fn tables_of_group(page: &Frame, found: &GroupHolders) -> Vec<EffectiveTable> {
    let permissions = &found.settings.permissions;
    let names: Vec<String> = permissions
        .iter()
        .map(|name| page.permission_name(name))
        .collect();
    let held = |given: &[(Permission, Why)]| {
        let holds = |name: &str| given.iter().any(|(one, _)| one.includes(name));
        let each = permissions.iter();
        each.map(|name| (page.permission_name(name), holds(name)))
            .collect()
    };
    let person = |one: &Holder| EffectiveLine {
        name: name_of(&one.text, &one.login),
        key: one.login.clone(),
        href: page.url(&CUSTOMER_USERS.record(&one.login)),
        held: held(&one.reasons),
        reasons: reasons(page, &Side::Person(one.login.clone()), &one.reasons),
        explain: Some(page.url(&explain_path(&one.login, &found.group.name, None))),
    };
    let customer = |one: &CustomerHolder| EffectiveLine {
        name: name_of(&one.text, &one.customer),
        key: one.customer.clone(),
        href: page.url(&CUSTOMERS.record(&one.customer)),
        held: held(&one.reasons),
        reasons: reasons(page, &Side::Customer(one.customer.clone()), &one.reasons),
        explain: None,
    };
    let table = |key: &str, lines| EffectiveTable {
        caption: Some(page.t(key)),
        of: page.t("permissions-column-who"),
        permissions: names.clone(),
        lines,
    };
    vec![
        table(
            "permissions-who-people",
            found.people.iter().map(person).collect(),
        ),
        table(
            "permissions-who-customers",
            found.customers.iter().map(customer).collect(),
        ),
    ]
}
