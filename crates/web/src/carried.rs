//! What follows a renamed record, in words instead of names of tables.

use fluent_templates::fluent_bundle::FluentValue;
use kartoteka_directory::Effect;

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
            sentences.push(self.carried(&carried));
        }
        sentences.extend(others.map(|effect| self.effect(effect)));
        sentences
    }

    /// `Carried along: 3 further customers, 12 tickets`.
    pub(crate) fn carried(&self, effects: &[&Effect]) -> String {
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
