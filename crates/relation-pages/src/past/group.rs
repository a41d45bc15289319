//! Who had a permission in a group on a past day, and who gained and lost it since.

use askama::Template;
use axum::http::StatusCode;
use kartoteka_access::Access;
use kartoteka_directory::Kind;
use kartoteka_model::access::{Context, Permission, Why};

use super::days::Days;
use super::reasons::reasons;
use crate::context::{Ctx, Outcome};
use crate::failure::Failure;
use crate::frame::Frame;
use crate::input::Query;
use crate::records::key::Key;
use crate::records::{CUSTOMER_USERS, CUSTOMERS, GROUPS, address, name_of};

/// So many stand on one page.
const PAGE: u32 = 50;

/// Somebody who had the permission, or gained or lost it.
struct Line {
    text: String,
    href: String,
    reasons: Vec<String>,
    /// Whether it was gained; none where it was held.
    gained: Option<bool>,
}

/// Those who had it, or those who gained and lost it.
struct Part {
    lines: Vec<Line>,
    /// How many they are.
    counts: Vec<String>,
    first: Option<String>,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "past/group.html")]
struct GroupPage {
    page: Frame,
    action: String,
    days: Days,
    /// Label and name.
    permissions: Vec<(String, String)>,
    permission: String,
    /// Label and value.
    of: Vec<(String, &'static str)>,
    chosen: &'static str,
    /// The group was not there yet, or not valid.
    note: Option<String>,
    then: Option<Part>,
    since: Option<Part>,
}

/// What is asked.
struct PastQuery<'a> {
    group: &'a str,
    permission: &'a str,
    /// Customers in this context; none stands for people.
    customers: Option<Context>,
    moments: (i64, i64),
    /// The cursors of the two lists.
    after: Option<&'a str>,
    more: Option<&'a str>,
}

/// Whose permissions may be asked about.
const OF: [(&str, Option<Context>); 3] = [
    ("people", None),
    ("customers", Some(Context::Same)),
    ("other", Some(Context::Other)),
];

/// `GET /groups/{name}/past?day=2026-03-01&until=2026-06-01&permission=ro&of=people`.
pub async fn show(ctx: Ctx, Key(name): Key, query: Query) -> Outcome {
    // Also for those who come with an address: an unknown group is no empty one.
    let found = ctx.directory.find(&ctx.actor, GROUPS.kind, &name).await?;
    let settings = Access::of(&ctx.directory)
        .access_in_force(&ctx.actor)
        .await?;
    let days = Days::read(&ctx, &query).await?;
    let offered = settings.permissions.first().map_or("ro", String::as_str);
    let permission = query.filled("permission").unwrap_or(offered).to_owned();
    let (chosen, customers) = OF
        .into_iter()
        .find(|(of, _)| *of == query.get("of"))
        .unwrap_or(OF[0]);
    let page = ctx
        .frame_of("past-title", &found.key)
        .group(ctx.t("nav-group-people"))
        .crumb(&GROUPS.list(), ctx.t("nav-groups"))
        .crumb(&GROUPS.record(&found.key), found.key.clone())
        .tabs_of(Kind::Group, &found.key);
    let mut names = settings.permissions.clone();
    if !names.contains(&permission) {
        names.push(permission.clone());
    }
    let permissions = names
        .into_iter()
        .map(|name| (page.permission_name(&name), name));
    let of = OF.map(|(of, context)| {
        let label = match context {
            None => page.t("permissions-who-people"),
            Some(context) => format!(
                "{}: {}",
                page.t("permissions-who-customers"),
                page.context_name(context)
            ),
        };
        (label, of)
    });
    let mut shown = GroupPage {
        action: page.url(&format!("{}/past", GROUPS.record(&found.key))),
        permissions: permissions.collect(),
        permission,
        of: of.to_vec(),
        chosen,
        note: None,
        then: None,
        since: None,
        days,
        page,
    };
    if !shown.days.errors.is_empty() {
        return ctx.render_with(StatusCode::UNPROCESSABLE_ENTITY, &shown);
    }
    if let Some(moments) = shown.days.moments {
        let permission = shown.permission.clone();
        let asked = PastQuery {
            group: &found.key,
            permission: &permission,
            customers,
            moments,
            after: query.filled("after"),
            more: query.filled("more"),
        };
        let (then, note) = held(&ctx, &shown, &asked).await?;
        let since = changed(&ctx, &shown, &asked).await?;
        (shown.then, shown.since, shown.note) = (Some(then), Some(since), note);
    }
    ctx.render(&shown)
}

/// Those who had it on the day, and what is to be said of the group.
async fn held(
    ctx: &Ctx,
    shown: &GroupPage,
    asked: &PastQuery<'_>,
) -> Result<(Part, Option<String>), Failure> {
    let (directory, actor, page) = (&ctx.directory, &ctx.actor, &shown.page);
    let (at, _) = asked.moments;
    let paged = (asked.after, PAGE);
    let (group, lines, count, next) = match asked.customers {
        None => {
            let found = Access::of(directory).holders_as_of(
                actor,
                asked.group,
                asked.permission,
                at,
                paged,
            );
            let found = found.await?;
            let lines = found.holders.into_iter().map(|one| {
                let text = then(&name_of(&one.text, &one.login), &one.login, &one.login_then);
                person(page, &one.login, text, &one.reasons, None)
            });
            let count = page.count("permissions-people", found.total);
            (found.group, lines.collect(), count, found.next)
        }
        Some(context) => {
            let what = (asked.permission, context);
            let found =
                Access::of(directory).customer_holders_as_of(actor, asked.group, what, at, paged);
            let found = found.await?;
            let lines = found.holders.into_iter().map(|one| {
                let text = then(
                    &name_of(&one.text, &one.customer),
                    &one.customer,
                    &one.customer_then,
                );
                customer(page, &one.customer, text, &one.reasons, None)
            });
            let count = page.count("past-customers", found.total);
            (found.group, lines.collect(), count, found.next)
        }
    };
    let note = match group {
        None => Some(page.t("past-group-unknown")),
        Some(group) if !group.valid => Some(page.t("past-group-invalid")),
        Some(group) if group.name != asked.group => {
            Some(page.with("past-group-name", "name", group.name))
        }
        Some(_) => None,
    };
    let part = Part {
        lines,
        counts: vec![count],
        first: asked
            .after
            .map(|_| shown.at(("after", None), asked.more.map(|more| ("more", more)))),
        next: next.map(|next| {
            shown.at(
                ("after", Some(next.as_str())),
                asked.more.map(|more| ("more", more)),
            )
        }),
    };
    Ok((part, note))
}

/// Those who gained and lost it since.
async fn changed(ctx: &Ctx, shown: &GroupPage, asked: &PastQuery<'_>) -> Result<Part, Failure> {
    let (directory, actor, page) = (&ctx.directory, &ctx.actor, &shown.page);
    let paged = (asked.more, PAGE);
    let (lines, gained, lost, next) = match asked.customers {
        None => {
            let (group, permission) = (asked.group, asked.permission);
            let found = Access::of(directory).holders_between(
                actor,
                group,
                permission,
                asked.moments,
                paged,
            );
            let found = found.await?;
            let lines = found.people.into_iter().map(|one| {
                person(
                    page,
                    &one.login,
                    name_of(&one.text, &one.login),
                    &one.reasons,
                    Some(one.gained),
                )
            });
            (lines.collect(), found.gained, found.lost, found.next)
        }
        Some(context) => {
            let what = (asked.permission, context);
            let found = Access::of(directory).customer_holders_between(
                actor,
                asked.group,
                what,
                asked.moments,
                paged,
            );
            let found = found.await?;
            let lines = found.customers.into_iter().map(|one| {
                customer(
                    page,
                    &one.customer,
                    name_of(&one.text, &one.customer),
                    &one.reasons,
                    Some(one.gained),
                )
            });
            (lines.collect(), found.gained, found.lost, found.next)
        }
    };
    Ok(Part {
        lines,
        counts: vec![
            page.count("past-gained-count", gained),
            page.count("past-lost-count", lost),
        ],
        first: asked
            .more
            .map(|_| shown.at(("more", None), asked.after.map(|after| ("after", after)))),
        next: next.map(|next| {
            shown.at(
                ("more", Some(next.as_str())),
                asked.after.map(|after| ("after", after)),
            )
        }),
    })
}

impl GroupPage {
    /// This page with one list at another place, and the other one where it is.
    fn at(&self, (list, cursor): (&str, Option<&str>), other: Option<(&str, &str)>) -> String {
        let mut pairs = vec![
            ("day", self.days.day.as_str()),
            ("until", self.days.until.as_str()),
            ("permission", self.permission.as_str()),
            ("of", self.chosen),
        ];
        pairs.extend(cursor.map(|cursor| (list, cursor)));
        pairs.extend(other);
        format!("{}?{}", self.action, address::query(pairs))
    }
}

/// The display text, with the key of then where that was another one.
fn then(text: &str, now: &str, then: &str) -> String {
    match now == then {
        true => text.to_owned(),
        false => format!("{text} ({then})"),
    }
}

fn person(
    page: &Frame,
    login: &str,
    text: String,
    given: &[(Permission, Why)],
    gained: Option<bool>,
) -> Line {
    Line {
        href: page.url(&CUSTOMER_USERS.record(login)),
        reasons: reasons(page, given),
        text,
        gained,
    }
}

fn customer(
    page: &Frame,
    id: &str,
    text: String,
    given: &[(Permission, Why)],
    gained: Option<bool>,
) -> Line {
    Line {
        href: page.url(&CUSTOMERS.record(id)),
        reasons: reasons(page, given),
        text,
        gained,
    }
}
