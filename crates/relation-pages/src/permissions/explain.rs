//! Why a person has a permission in a group; or what stands in the way, and the smallest changes that would give it.

use askama::Template;
use kartoteka_access::{Access, Explanation};
use kartoteka_directory::{Action, Kind, Object};
use kartoteka_model::access::{Obstacle, Remedy};

use super::base::View;
use super::reasons::{self, Reason, reasons};
use super::side::Side;
use crate::context::{Ctx, Outcome};
use crate::frame::Frame;
use crate::input::Query;
use crate::records::key::Key;
use crate::records::{self as record, CUSTOMER_USERS, CUSTOMERS, GROUPS};

/// Something in words, with the place where it is changed.
pub struct Step {
    pub text: String,
    pub href: Option<String>,
}

/// What came of the question.
struct Verdict {
    has: bool,
    /// That what the login had is held back.
    held_back: Option<String>,
    text: String,
    reasons: Vec<Reason>,
    obstacles: Vec<Step>,
    /// Each smallest set of changes that would give it.
    ways: Vec<Vec<Step>>,
}

#[derive(Template)]
#[template(path = "permissions/explain.html")]
struct ExplainPage {
    page: Frame,
    action: String,
    group: String,
    permission: String,
    /// The groups to choose from.
    groups: Vec<String>,
    permissions: Vec<(String, String)>,
    verdict: Option<Verdict>,
}

/// `GET /customer-users/{login}/permissions/explain?group=…&permission=…`.
pub async fn show(ctx: Ctx, Key(login): Key, Query(query): Query) -> Outcome {
    let (directory, actor) = (&ctx.directory, &ctx.actor);
    let (found, groups, settings) = futures::try_join!(
        directory.find(actor, Kind::CustomerUser, &login),
        Access::of(directory).all_groups(actor),
        Access::of(directory).access_in_force(actor),
    )?;
    let side = Side::Person(found.key.clone());
    let page = ctx
        .frame(ctx.t("permissions-explain-title"))
        .crumb("/customer-users", ctx.t("customer-users-title"))
        .crumb(&CUSTOMER_USERS.record(&found.key), record::title(&found))
        .crumb(&side.path(), ctx.t("permissions-person-title"))
        .tabs_of(Kind::CustomerUser, &found.key);
    let offered = settings.permissions.first().map_or("ro", String::as_str);
    let permission = query.filled("permission").unwrap_or(offered).to_owned();
    let group = query.filled("group").unwrap_or_default().to_owned();
    let verdict = match group.is_empty() {
        true => None,
        false => {
            let explained = Access::of(directory).explain(actor, &found.key, &group, &permission);
            let name = record::title(&found);
            Some(verdict(&page, &side, &name, &explained.await?))
        }
    };
    let mut permissions = settings.permissions;
    if !permissions.contains(&permission) {
        permissions.push(permission.clone());
    }
    ctx.render(&ExplainPage {
        action: page.url(&format!("{}/explain", side.path())),
        groups: groups.into_iter().map(|group| group.name).collect(),
        permissions: permissions
            .into_iter()
            .map(|name| (page.permission_name(&name), name))
            .collect(),
        group,
        permission,
        verdict,
        page,
    })
}

fn verdict(page: &Frame, side: &Side, name: &str, explained: &Explanation) -> Verdict {
    let has = !explained.reasons.is_empty();
    let key = match has {
        true => "permissions-explain-has",
        false => "permissions-explain-lacks",
    };
    let permission = page.permission_name(&explained.permission);
    let group = explained.group.name.as_str();
    let places = Places { page, side, group };
    Verdict {
        has,
        held_back: explained.held_back_since.map(|since| {
            let since = page.when(&since);
            page.with("permissions-held-back", "since", since)
        }),
        text: page.say(
            key,
            &[
                ("name", name),
                ("permission", &permission),
                ("group", group),
            ],
        ),
        reasons: reasons(page, side, &explained.reasons),
        obstacles: explained
            .obstacles
            .iter()
            .map(|one| places.obstacle(one))
            .collect(),
        ways: explained
            .remedies
            .iter()
            .map(|way| way.iter().map(|one| places.remedy(one)).collect())
            .collect(),
    }
}

/// Where obstacles are, and where they are removed.
struct Places<'a> {
    page: &'a Frame,
    side: &'a Side,
    group: &'a str,
}

impl Places<'_> {
    fn obstacle(&self, obstacle: &Obstacle) -> Step {
        let page = self.page;
        let about_customer = |key: &str, customer: &str| Step {
            text: page.with(key, "customer", customer),
            href: Some(page.url(&CUSTOMERS.record(customer))),
        };
        let step = |key: &str, path: Option<String>| Step {
            text: page.t(key),
            href: path.map(|path| page.url(&path)),
        };
        match obstacle {
            Obstacle::UnknownPerson => step("permissions-obstacle-unknown-person", None),
            Obstacle::InvalidPerson => step(
                "permissions-obstacle-invalid-person",
                Some(self.side.record()),
            ),
            Obstacle::InvalidGroup => step(
                "permissions-obstacle-invalid-group",
                Some(GROUPS.record(self.group)),
            ),
            Obstacle::NotGiven => step("permissions-obstacle-not-given", None),
            Obstacle::InvalidCustomer { customer } => {
                about_customer("permissions-obstacle-invalid-customer", customer)
            }
            Obstacle::UnknownCustomer { customer } => Step {
                href: None,
                ..about_customer("permissions-obstacle-unknown-customer", customer)
            },
            Obstacle::OtherContextOnly { customer } => Step {
                href: Some(page.url(&self.matrix(&Side::Customer(customer.clone())))),
                ..about_customer("permissions-obstacle-other-context", customer)
            },
            Obstacle::HasOnly { permissions } => {
                let names = permissions
                    .iter()
                    .map(|one| page.permission_name(one.name()));
                let names = names.collect::<Vec<_>>().join(", ");
                Step {
                    text: page.with("permissions-obstacle-has-only", "permissions", names),
                    href: None,
                }
            }
        }
    }

    fn remedy(&self, remedy: &Remedy) -> Step {
        let page = self.page;
        let step = |key: &str, object: Object, path: String| Step {
            text: page.t(key),
            href: page.may(Action::Change, object).then(|| page.url(&path)),
        };
        let about_customer = |key: &str, customer: &str, path: String| Step {
            text: page.with(key, "customer", customer),
            href: page.may_edit().then(|| page.url(&path)),
        };
        match remedy {
            Remedy::ValidatePerson => step(
                "permissions-remedy-validate-person",
                Object::Records(Kind::CustomerUser),
                CUSTOMER_USERS.edit(self.side.key()),
            ),
            Remedy::ValidateGroup => step(
                "permissions-remedy-validate-group",
                Object::Records(Kind::Group),
                GROUPS.edit(self.group),
            ),
            Remedy::GivePerson => step(
                "permissions-remedy-give-person",
                Object::Access,
                self.matrix(self.side),
            ),
            Remedy::ValidateCustomer { customer } => about_customer(
                "permissions-remedy-validate-customer",
                customer,
                CUSTOMERS.edit(customer),
            ),
            Remedy::GiveCustomer { customer } => about_customer(
                "permissions-remedy-give-customer",
                customer,
                self.matrix(&Side::Customer(customer.clone())),
            ),
            Remedy::AlwaysGroup => step(
                "permissions-remedy-always-group",
                Object::Settings,
                reasons::SETTINGS.to_owned(),
            ),
        }
    }

    /// A matrix that shows the group.
    fn matrix(&self, side: &Side) -> String {
        let view = View {
            search: self.group.to_owned(),
            after: None,
        };
        view.address(&side.path())
    }
}
