//! What follows a renamed record, in words instead of names of tables.

use std::collections::BTreeMap;

use fluent_templates::fluent_bundle::FluentValue;
use kartoteka_directory::{Change, Effect};

use crate::frame::Frame;

/// Tables that refer to records, and the text that counts their rows. All others are tables of people.
const COUNTED: [(&str, &str); 8] = [
    ("customer_preferences", "carries-preferences"),
    ("customer_user_customer", "carries-further-customers"),
    ("group_customer_user", "carries-permissions"),
    ("group_customer", "carries-permissions"),
    ("service_customer_user", "carries-services"),
    ("ticket", "carries-tickets"),
    ("dynamic_field_obj_id_name", "carries-dynamic-fields"),
    ("search_profile", "carries-saved-searches"),
];

impl Frame {
    /// What a write did beside the record itself, one sentence each; all that was carried along is one of them.
    pub fn effects<'a>(&self, effects: impl IntoIterator<Item = &'a Effect>) -> Vec<String> {
        let (carried, others): (Vec<_>, Vec<_>) = effects
            .into_iter()
            .partition(|effect| matches!(effect, Effect::Carries { .. }));
        let mut sentences: Vec<String> = Vec::new();
        let mut others = others.into_iter().peekable();
        // What follows a new name stands right after it.
        if let Some(renames) = others.next_if(|effect| matches!(effect, Effect::Renames { .. })) {
            sentences.push(self.effect(renames));
        }
        if !carried.is_empty() {
            sentences.push(self.updated_references(&carried));
        }
        let others: Vec<&Effect> = others.collect();
        for effects in others.chunk_by(|one, other| concern_the_same(one, other)) {
            match effects {
                [Effect::ChangesPermission { .. }, ..] => {
                    sentences.extend(self.changed_permissions(effects));
                }
                effects => sentences.extend(effects.iter().map(|effect| self.effect(effect))),
            }
        }
        sentences
    }

    /// What a write did beside the fields that it changed: no sentence for what a field says already.
    pub fn effects_beside(&self, effects: &[Effect], changes: &[Change]) -> Vec<String> {
        let says = |field: &str| {
            let mut fields = changes.iter().map(|change| change.field.as_str());
            fields.any(|changed| changed.eq_ignore_ascii_case(field))
        };
        let told = |effect: &&Effect| match effect {
            Effect::ChangesValidity { .. } => !says("ValidID"),
            Effect::ChangesRole { .. } => !says("Role"),
            _ => true,
        };
        self.effects(effects.iter().filter(told))
    }

    /// `1,204 people lose read (ro), edit (rw) in group sales, stats: anna, berta and 1,202 more`, of effects that
    /// concern the same people; one sentence for each set of permissions.
    pub(crate) fn changed_permissions(&self, effects: &[&Effect]) -> Vec<String> {
        let mut of_group: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut concerned = None;
        for effect in effects {
            if let Effect::ChangesPermission {
                group,
                permission,
                gained,
                people,
                logins,
                ..
            } = effect
            {
                of_group.entry(group).or_default().push(permission);
                concerned = Some((*gained, *people, logins));
            }
        }
        let Some((gained, people, logins)) = concerned else {
            return Vec::new();
        };
        let mut groups: BTreeMap<Vec<&str>, Vec<&str>> = BTreeMap::new();
        for (group, permissions) in of_group {
            groups.entry(permissions).or_default().push(group);
        }
        let key = match gained {
            true => "effect-permission-gained",
            false => "effect-permission-lost",
        };
        let sentence = |(permissions, groups): (Vec<&str>, Vec<&str>)| {
            let names = permissions.iter().map(|one| self.permission_name(one));
            let arguments = [
                ("count", FluentValue::from(people)),
                (
                    "permission",
                    FluentValue::from(names.collect::<Vec<_>>().join(", ")),
                ),
                ("group", FluentValue::from(groups.join(", "))),
            ];
            let what = self.language.text(key, &arguments);
            let more = people.saturating_sub(logins.len() as u64);
            let arguments = [
                ("count", FluentValue::from(more)),
                ("what", FluentValue::from(what.clone())),
                ("people", FluentValue::from(logins.join(", "))),
            ];
            match (logins.is_empty(), more) {
                (true, _) => what,
                (_, 0) => self.language.text("effect-people", &arguments),
                _ => self.language.text("effect-people-and-more", &arguments),
            }
        };
        groups.into_iter().map(sentence).collect()
    }

    /// `Carried along: 3 further customers, 12 tickets`.
    pub(crate) fn updated_references(&self, effects: &[&Effect]) -> String {
        let counted = |effect: &&Effect| match effect {
            Effect::Carries { table, rows } => Some(self.rows_of(table, *rows)),
            _ => None,
        };
        let list: Vec<String> = effects.iter().filter_map(counted).collect();
        self.with("effect-carries", "what", list.join(", "))
    }

    fn rows_of(&self, table: &str, rows: u64) -> String {
        let known = COUNTED.iter().find(|(name, _)| *name == table);
        if let Some((_, key)) = known {
            return self.count(key, rows);
        }
        let arguments = [
            ("count", FluentValue::from(rows)),
            ("table", FluentValue::from(table)),
        ];
        match table {
            "customer_user" => self.count("carries-people", rows),
            _ => self.language.text("carries-people-of", &arguments),
        }
    }
}

/// Whether two effects say that the same people gain, or lose, permissions.
fn concern_the_same(one: &Effect, other: &Effect) -> bool {
    let concerned = |effect: &Effect| match effect {
        Effect::ChangesPermission {
            gained,
            people,
            logins,
            ..
        } => Some((*gained, *people, logins.clone())),
        _ => None,
    };
    concerned(one).is_some_and(|one| concerned(other) == Some(one))
}
