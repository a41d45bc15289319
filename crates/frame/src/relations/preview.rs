//! What saving would do: each change, and who gains or loses what by it.

use kartoteka_access::RelationPlan;
use kartoteka_directory::Relation;
use kartoteka_model::access::Context;

use super::effects::EffectLine;
use crate::frame::Frame;

/// So many changes are listed.
const LISTED: usize = 20;

/// A change that is stored.
pub struct ChangeLine {
    pub given: bool,
    pub text: String,
}

/// What saving would do.
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
            effects: page.access_effects(&plan.effects),
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
        Relation::Customer { login, customer } => {
            page.with2("relations-customer", "login", login, "customer", customer)
        }
        Relation::Service { login, service, .. } => {
            let login = match login.as_str() {
                "<DEFAULT>" => page.t("services-everybody"),
                login => login.to_owned(),
            };
            page.with2("relations-service", "login", login, "service", service)
        }
    }
}
