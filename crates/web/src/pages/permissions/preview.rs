//! What saving would do: each change, and who gains or loses what by it.

use std::collections::BTreeMap;

use fluent_templates::fluent_bundle::FluentValue;
use kartoteka_directory::{PermissionEffect, Relation, RelationPlan};
use kartoteka_model::access::Context;

use crate::frame::Frame;
use crate::pages::records::CUSTOMER_USERS;

/// So many changes, and so many people of each effect, are listed.
const LISTED: usize = 20;

/// A change that is stored.
pub struct ChangeLine {
    pub given: bool,
    pub text: String,
}

/// What people gain or lose.
pub struct EffectLine {
    pub text: String,
    /// Logins, with their addresses.
    pub people: Vec<(String, String)>,
    pub more: usize,
}

pub struct Preview {
    pub changes: Vec<ChangeLine>,
    pub more: usize,
    pub effects: Vec<EffectLine>,
}

impl Preview {
    pub fn new(page: &Frame, plan: &RelationPlan) -> Self {
        let changes = plan.changes.iter().take(LISTED);
        Self {
            changes: changes
                .map(|change| ChangeLine {
                    given: change.given,
                    text: relation(page, &change.relation),
                })
                .collect(),
            more: plan.changes.len().saturating_sub(LISTED),
            effects: effects(page, &plan.effects.permissions),
        }
    }
}

fn relation(page: &Frame, relation: &Relation) -> String {
    let text = |who: &str, group: &str, permission: &str| {
        let permission = page.permission_name(permission);
        page.say(
            "permissions-change",
            &[("who", who), ("group", group), ("permission", &permission)],
        )
    };
    match relation {
        Relation::PersonGroup {
            login,
            group,
            permission,
            ..
        } => text(login, group, permission.name()),
        Relation::CustomerGroup {
            customer,
            group,
            permission,
            context,
            ..
        } => {
            let text = text(customer, group, permission.name());
            match context {
                Context::Same => text,
                Context::Other => format!("{text} ({})", page.context_name(*context)),
            }
        }
        Relation::Customer { login, customer } => format!("{login}: {customer}"),
        Relation::Service { login, service, .. } => format!("{login}: {service}"),
    }
}

/// A group, whether it is gained, and by whom.
type Who<'a> = (&'a str, bool, &'a [String]);

/// One line for everything that the same people gain or lose in a group.
fn effects(page: &Frame, effects: &[PermissionEffect]) -> Vec<EffectLine> {
    let mut lines: BTreeMap<Who<'_>, (u64, Vec<&str>)> = BTreeMap::new();
    for effect in effects {
        let key = (
            effect.group.as_str(),
            effect.gained,
            effect.people.as_slice(),
        );
        let line = lines.entry(key).or_insert((effect.customers, vec![]));
        line.1.push(&effect.permission);
    }
    let line = |((group, gained, people), (customers, permissions)): (_, (u64, Vec<&str>))| {
        let group: &str = group;
        let people: &[String] = people;
        let names = permissions.iter().map(|one| page.permission_name(one));
        let permissions = names.collect::<Vec<_>>().join(", ");
        let key = match gained {
            true => "permissions-effect-gained",
            false => "permissions-effect-lost",
        };
        let arguments = [
            ("count", FluentValue::from(people.len() as i64)),
            (
                "customers",
                FluentValue::from(page.count("permissions-of-customers", customers)),
            ),
            ("permission", FluentValue::from(permissions)),
            ("group", FluentValue::from(group.to_owned())),
        ];
        let listed = people.iter().take(LISTED);
        EffectLine {
            text: page.language.text(key, &arguments),
            people: listed
                .map(|login| (login.clone(), page.url(&CUSTOMER_USERS.record(login))))
                .collect(),
            more: people.len().saturating_sub(LISTED),
        }
    };
    lines.into_iter().map(line).collect()
}
