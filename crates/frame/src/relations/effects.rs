//! Who gains and who loses what by changes of relations, in words: one wording for every preview.

use std::collections::BTreeMap;

use fluent_templates::fluent_bundle::FluentValue;
use kartoteka_access::{AccessEffects, CustomerEffect, PermissionEffect, ServiceEffect};

use crate::frame::Frame;
use crate::records::CUSTOMER_USERS;

/// So many people of each effect are named.
const NAMED: usize = 20;

/// What people gain or lose.
pub struct EffectLine {
    pub text: String,
    /// Logins, with their addresses.
    pub people: Vec<(String, String)>,
    /// So many more are not named.
    pub more: usize,
}

/// A group, whether it is gained, and by whom.
type Who<'a> = (&'a str, bool, &'a [String]);

impl Frame {
    /// Who gains and who loses what, a line each.
    pub fn access_effects(&self, effects: &AccessEffects) -> Vec<EffectLine> {
        let customers = effects.customers.iter();
        let customers = customers.map(|effect| self.customer_effect(effect));
        let services = effects.services.iter();
        let services = services.flat_map(|effect| self.service_effect(effect));
        customers
            .chain(self.permission_effects(&effects.permissions))
            .chain(services)
            .collect()
    }

    fn effect_line(
        &self,
        key: &str,
        people: &[String],
        values: &[(&'static str, &str)],
    ) -> EffectLine {
        let mut arguments = vec![("count", FluentValue::from(people.len() as i64))];
        let values = values.iter();
        arguments.extend(values.map(|(name, value)| (*name, FluentValue::from(*value))));
        let named = people.iter().take(NAMED);
        EffectLine {
            text: self.language.text(key, &arguments),
            people: named
                .map(|login| (login.clone(), self.url(&CUSTOMER_USERS.record(login))))
                .collect(),
            more: people.len().saturating_sub(NAMED),
        }
    }

    fn customer_effect(&self, effect: &CustomerEffect) -> EffectLine {
        let key = format!("effect-customer-{}", way(effect.gained));
        self.effect_line(
            &key,
            &effect.people,
            &[("customer", effect.customer.as_str())],
        )
    }

    fn service_effect(&self, effect: &ServiceEffect) -> Vec<EffectLine> {
        let service = [("service", effect.service.as_str())];
        let way = way(effect.gained);
        let mut lines = vec![];
        if !effect.people.is_empty() {
            let key = format!("effect-service-{way}");
            lines.push(self.effect_line(&key, &effect.people, &service));
        }
        if effect.everybody_without_own {
            let key = format!("effect-default-service-{way}");
            lines.push(self.effect_line(&key, &[], &service));
        }
        lines
    }

    /// One line for everything that the same people gain or lose in a group.
    fn permission_effects(&self, effects: &[PermissionEffect]) -> Vec<EffectLine> {
        let mut lines: BTreeMap<Who<'_>, (u64, Vec<&str>)> = BTreeMap::new();
        for effect in effects {
            let people = effect.people.as_slice();
            let line = lines.entry((effect.group.as_str(), effect.gained, people));
            let line = line.or_insert((effect.customers, vec![]));
            line.1.push(&effect.permission);
        }
        let line =
            |((group, gained, people), (customers, permissions)): (Who<'_>, (u64, Vec<&str>))| {
                let names = permissions.iter().map(|one| self.permission_name(one));
                let names = names.collect::<Vec<_>>().join(", ");
                let customers = self.count("permissions-of-customers", customers);
                let key = format!("permissions-effect-{}", way(gained));
                let values = [
                    ("customers", customers.as_str()),
                    ("permission", names.as_str()),
                    ("group", group),
                ];
                self.effect_line(&key, people, &values)
            };
        lines.into_iter().map(line).collect()
    }
}

fn way(gained: bool) -> &'static str {
    match gained {
        true => "gained",
        false => "lost",
    }
}
