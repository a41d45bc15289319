//! Who has a permission in a group, and why: the other direction.

use askama::Template;
use kartoteka_access::{Access, CustomerHolder, GroupHolders, Holder};
use kartoteka_directory::Kind;
use kartoteka_model::access::Context;

use super::reasons::{Reason, reasons};
use super::side::Side;
use crate::context::{Ctx, Outcome};
use crate::failure::Failure;
use crate::frame::Frame;
use crate::input::Query;
use crate::records::address;
use crate::records::key::Key;
use crate::records::{CUSTOMER_USERS, CUSTOMERS, GROUPS, name_of};

/// So many stand on one page.
const PAGE: u32 = 50;

/// Somebody or something that has the permission.
pub struct HolderLine {
    pub text: String,
    pub key: String,
    pub href: String,
    pub reasons: Vec<Reason>,
}

/// Those who have one permission.
pub struct HolderSummary {
    pub title: String,
    /// How many they are, where that is known.
    pub count: Option<String>,
    /// Where they are counted, if they were not.
    pub to_count: Option<String>,
    /// Whether there are more than are soon found.
    pub many: bool,
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
    /// Where they are counted, if they were not.
    to_count: Option<String>,
    lines: Vec<HolderLine>,
    /// The place in the list that was asked for is gone, so this is its beginning.
    restarted: bool,
    matrix: String,
    first: Option<String>,
    next: Option<String>,
}

/// What is asked.
#[derive(Clone, Copy)]
struct HolderQuery<'a> {
    group: &'a str,
    permission: &'a str,
    /// Customers in this context; none stands for people.
    customers: Option<Context>,
    after: Option<&'a str>,
}

impl HolderQuery<'_> {
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
    let settings = Access::of(&ctx.directory)
        .access_in_force(&ctx.actor)
        .await?;
    let offered = settings.permissions.first().map_or("ro", String::as_str);
    let context = Context::parse(query.get("context")).unwrap_or(Context::Same);
    let asked = HolderQuery {
        group: &group,
        permission: query.filled("permission").unwrap_or(offered),
        customers: (query.get("of") == "customers").then_some(context),
        after: query.filled("after"),
    };
    let page = ctx
        .frame_of("permissions-who-title", &group)
        .crumb("/groups", ctx.t("groups-title"))
        .crumb(&GROUPS.record(&group), group.clone())
        .tabs_of(Kind::Group, &group);
    let beginning = HolderQuery {
        after: None,
        ..asked
    };
    let (asked, restarted, (lines, next)) = match list(&ctx, &page, asked).await {
        Err(failure) if failure.is_of_cursor() => {
            (beginning, true, list(&ctx, &page, beginning).await?)
        }
        found => (asked, false, found?),
    };
    let whole = next.is_none() && asked.after.is_none();
    // To count two hundred thousand people takes longer than to show a page of them.
    let count = match asked.customers {
        Some(_) => None,
        None if whole => Some(page.count("permissions-people", lines.len() as u64)),
        None if query.get("count") == "all" => Some(count(&ctx, &page, asked).await?),
        None => None,
    };
    let to_count = (asked.customers.is_none() && count.is_none())
        .then(|| page.url(&format!("{}&count=all", asked.path())));
    let choice = |label: String, to: HolderQuery<'_>, current| Choice {
        label,
        href: page.url(&to.path()),
        current,
    };
    let mut of = vec![choice(
        page.t("permissions-who-people"),
        HolderQuery {
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
        let to = HolderQuery {
            customers: Some(*context),
            ..beginning
        };
        of.push(choice(label, to, asked.customers == Some(*context)));
    }
    let permissions = settings.permissions.iter().map(|permission| {
        let to = HolderQuery {
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
        to_count,
        lines,
        restarted,
        matrix: page.url(&side.path()),
        first: asked.after.is_some().then(|| page.url(&beginning.path())),
        next: next.map(|after| {
            let to = HolderQuery {
                after: Some(&after),
                ..asked
            };
            page.url(&to.path())
        }),
        page,
    })
}

/// Who has each permission in a group, for the group's page: the first people, then the first customers.
pub fn holdings(page: &Frame, found: GroupHolders) -> Vec<HolderSummary> {
    let group = found.group.name;
    let holding = |key: &str, permission: &str, customers: Option<Context>| {
        let asked = HolderQuery {
            group: &group,
            permission,
            customers,
            after: None,
        };
        HolderSummary {
            title: format!("{}: {}", page.t(key), page.permission_name(permission)),
            count: None,
            to_count: None,
            many: false,
            all: page.url(&asked.path()),
        }
    };
    let people = found.held.iter().map(|held| {
        let of_people = holding("permissions-who-people", &held.permission, None);
        counted(page, held.count, of_people)
    });
    let customers = found.held.iter().map(|held| HolderSummary {
        many: held.more_customers,
        ..holding(
            "permissions-who-customers",
            &held.permission,
            Some(Context::Same),
        )
    });
    people.chain(customers).collect()
}

/// Says how many they are, or where they are counted.
fn counted(page: &Frame, count: Option<u64>, holding: HolderSummary) -> HolderSummary {
    HolderSummary {
        count: count.map(|count| page.count("permissions-people", count)),
        to_count: count
            .is_none()
            .then(|| format!("{}&count=all", holding.all)),
        ..holding
    }
}

async fn count(ctx: &Ctx, page: &Frame, asked: HolderQuery<'_>) -> Result<String, Failure> {
    let count = Access::of(&ctx.directory)
        .count_holders(&ctx.actor, asked.group, asked.permission)
        .await?;
    Ok(page.count("permissions-people", count))
}

async fn list(
    ctx: &Ctx,
    page: &Frame,
    asked: HolderQuery<'_>,
) -> Result<(Vec<HolderLine>, Option<String>), Failure> {
    let HolderQuery {
        group,
        permission,
        customers,
        after,
    } = asked;
    let (directory, actor) = (&ctx.directory, &ctx.actor);
    let Some(context) = customers else {
        let found = Access::of(directory).holders(actor, group, permission, after, PAGE);
        let found = found.await?;
        let lines = found.holders.iter().map(|holder| person(page, holder));
        return Ok((lines.collect(), found.next));
    };
    let found = Access::of(directory)
        .customer_holders(actor, group, permission, context, after, PAGE)
        .await?;
    let lines = found.holders.iter().map(|holder| customer(page, holder));
    Ok((lines.collect(), found.next))
}

fn person(page: &Frame, holder: &Holder) -> HolderLine {
    HolderLine {
        href: page.url(&CUSTOMER_USERS.record(&holder.login)),
        reasons: reasons(page, &Side::Person(holder.login.clone()), &holder.reasons),
        text: name_of(&holder.text, &holder.login),
        key: holder.login.clone(),
    }
}

fn customer(page: &Frame, holder: &CustomerHolder) -> HolderLine {
    let side = Side::Customer(holder.customer.clone());
    HolderLine {
        href: page.url(&CUSTOMERS.record(&holder.customer)),
        reasons: reasons(page, &side, &holder.reasons),
        text: name_of(&holder.text, &holder.customer),
        key: holder.customer.clone(),
    }
}
