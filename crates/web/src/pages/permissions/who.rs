//! Who has a permission in a group, and why: the other direction.

use askama::Template;
use kartoteka_model::access::{Context, Permission, Why};

use super::reasons::{Reason, reasons};
use super::side::Side;
use crate::context::{Ctx, Outcome};
use crate::frame::Frame;
use crate::input::Query;
use crate::pages::error::Failure;
use crate::pages::records::address;
use crate::pages::records::key::Key;
use crate::pages::records::{CUSTOMER_USERS, CUSTOMERS, GROUPS};

/// So many stand on one page, and so many on the group's own page.
const PAGE: u32 = 50;
const FIRST: u32 = 5;

/// Somebody or something that has the permission.
pub struct HolderLine {
    pub text: String,
    pub href: String,
    pub reasons: Vec<Reason>,
}

/// Those who have one permission.
pub struct Holding {
    pub title: String,
    /// How many they are, where that is known.
    pub count: Option<String>,
    pub lines: Vec<HolderLine>,
    /// Where all of them are listed.
    pub all: String,
}

/// A choice above the list.
struct Choice {
    label: String,
    href: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "permissions/who.html")]
struct WhoPage {
    page: Frame,
    of: Vec<Choice>,
    permissions: Vec<Choice>,
    count: Option<String>,
    lines: Vec<HolderLine>,
    matrix: String,
    first: Option<String>,
    next: Option<String>,
}

/// What is asked.
#[derive(Clone, Copy)]
struct Asked<'a> {
    group: &'a str,
    permission: &'a str,
    /// Customers in this context; none stands for people.
    customers: Option<Context>,
    after: Option<&'a str>,
}

impl Asked<'_> {
    fn path(&self) -> String {
        let mut pairs = vec![("permission", self.permission)];
        if let Some(context) = self.customers {
            pairs.push(("of", "customers"));
            pairs.push(("context", context.name()));
        }
        if let Some(after) = self.after {
            pairs.push(("after", after));
        }
        let path = GROUPS.record(self.group);
        format!("{path}/permissions/who?{}", address::query(pairs))
    }
}

/// `GET /groups/{name}/permissions/who?permission=ro&of=customers&context=same`.
pub async fn show(ctx: Ctx, Key(group): Key, Query(query): Query) -> Outcome {
    let settings = ctx.directory.access_in_force(&ctx.actor).await?;
    let offered = settings.permissions.first().map_or("ro", String::as_str);
    let context = Context::parse(query.get("context")).unwrap_or(Context::Same);
    let asked = Asked {
        group: &group,
        permission: query.filled("permission").unwrap_or(offered),
        customers: (query.get("of") == "customers").then_some(context),
        after: query.filled("after"),
    };
    let page = ctx
        .frame(ctx.t("permissions-who-title"))
        .crumb("/groups", ctx.t("groups-title"))
        .crumb(&GROUPS.record(&group), group.clone());
    let (lines, next) = list(&ctx, &page, asked, PAGE).await?;
    let count = match asked.customers {
        None => Some(count(&ctx, &page, asked).await?),
        Some(_) => None,
    };
    let choice = |label: String, to: Asked<'_>, current| Choice {
        label,
        href: page.url(&to.path()),
        current,
    };
    let beginning = Asked {
        after: None,
        ..asked
    };
    let mut of = vec![choice(
        page.t("permissions-who-people"),
        Asked {
            customers: None,
            ..beginning
        },
        asked.customers.is_none(),
    )];
    for context in settings.contexts() {
        let label = match settings.contexts().len() {
            1 => page.t("permissions-who-customers"),
            _ => format!(
                "{}: {}",
                page.t("permissions-who-customers"),
                page.context_name(*context)
            ),
        };
        let to = Asked {
            customers: Some(*context),
            ..beginning
        };
        of.push(choice(label, to, asked.customers == Some(*context)));
    }
    let permissions = settings.permissions.iter().map(|permission| {
        let to = Asked {
            permission,
            ..beginning
        };
        choice(
            page.permission_name(permission),
            to,
            permission == asked.permission,
        )
    });
    let side = match asked.customers {
        None => Side::GroupPeople(group.clone()),
        Some(_) => Side::GroupCustomers(group.clone()),
    };
    ctx.render(&WhoPage {
        permissions: permissions.collect(),
        of,
        count,
        lines,
        matrix: page.url(&side.path()),
        first: asked.after.is_some().then(|| page.url(&beginning.path())),
        next: next.map(|after| {
            let to = Asked {
                after: Some(&after),
                ..asked
            };
            page.url(&to.path())
        }),
        page,
    })
}

/// The first people with a permission, for the group's page.
pub async fn people_first(
    ctx: &Ctx,
    page: &Frame,
    group: &str,
    permission: &str,
) -> Result<Holding, Failure> {
    first(ctx, page, group, permission, None).await
}

/// The first customers with a permission, for the group's page.
pub async fn customers_first(
    ctx: &Ctx,
    page: &Frame,
    group: &str,
    permission: &str,
    context: Context,
) -> Result<Holding, Failure> {
    first(ctx, page, group, permission, Some(context)).await
}

async fn first(
    ctx: &Ctx,
    page: &Frame,
    group: &str,
    permission: &str,
    customers: Option<Context>,
) -> Result<Holding, Failure> {
    let asked = Asked {
        group,
        permission,
        customers,
        after: None,
    };
    let (lines, _) = list(ctx, page, asked, FIRST).await?;
    let (key, count) = match customers {
        None => (
            "permissions-who-people",
            Some(count(ctx, page, asked).await?),
        ),
        Some(_) => ("permissions-who-customers", None),
    };
    let title = format!("{}: {}", page.t(key), page.permission_name(permission));
    Ok(Holding {
        title,
        count,
        lines,
        all: page.url(&asked.path()),
    })
}

async fn count(ctx: &Ctx, page: &Frame, asked: Asked<'_>) -> Result<String, Failure> {
    let count = ctx
        .directory
        .count_holders(&ctx.actor, asked.group, asked.permission)
        .await?;
    Ok(page.count("permissions-people", count))
}

async fn list(
    ctx: &Ctx,
    page: &Frame,
    asked: Asked<'_>,
    limit: u32,
) -> Result<(Vec<HolderLine>, Option<String>), Failure> {
    let Asked {
        group,
        permission,
        customers,
        after,
    } = asked;
    let (directory, actor) = (&ctx.directory, &ctx.actor);
    let Some(context) = customers else {
        let found = directory.holders(actor, group, permission, after, limit);
        let found = found.await?;
        let lines = found.holders.into_iter().map(|holder| {
            let side = Side::Person(holder.login.clone());
            line(page, side, holder.text, &holder.reasons)
        });
        return Ok((lines.collect(), found.next));
    };
    let found = directory
        .customer_holders(actor, group, permission, context, after, limit)
        .await?;
    let lines = found.holders.into_iter().map(|holder| {
        let side = Side::Customer(holder.customer.clone());
        line(page, side, holder.text, &holder.reasons)
    });
    Ok((lines.collect(), found.next))
}

fn line(page: &Frame, side: Side, text: String, given: &[(Permission, Why)]) -> HolderLine {
    let screen = match side {
        Side::Person(_) => CUSTOMER_USERS,
        _ => CUSTOMERS,
    };
    HolderLine {
        href: page.url(&screen.record(side.key())),
        reasons: reasons(page, &side, given),
        text,
    }
}
