//! Changed settings that permissions depend on, as JSON.

use kartoteka_access::{GroupEffect, SettingsApplied, SettingsPlan};
use kartoteka_directory::Change;
use serde_json::{Value, json};

use crate::effects::entries;
use crate::language::Language;
use crate::places::{in_body, mistakes};

/// What a plan would do.
pub fn preview(plan: &SettingsPlan, language: Language) -> Value {
    json!({
        "changes": changes(&plan.changes),
        "effects": effects(&plan.effects),
        "more_groups": plan.more,
        "errors": mistakes(&in_body(plan.errors.clone()), language),
        "journal": null,
    })
}

/// What was done.
pub fn done(applied: &SettingsApplied) -> Value {
    json!({
        "changes": changes(&applied.changes),
        "effects": effects(&applied.effects),
        "more_groups": applied.more,
        "errors": [],
        "journal": applied.journal.map(|entry| entries((entry, 1))),
    })
}

/// The directory keeps values as JSON texts.
fn changes(changes: &[Change]) -> Value {
    let value = |text: &str| serde_json::from_str(text).unwrap_or(Value::Null);
    let one = |change: &Change| json!({"key": change.field, "before": value(&change.before), "after": value(&change.after)});
    changes.iter().map(one).collect()
}

fn effects(effects: &[GroupEffect]) -> Value {
    let one = |effect: &GroupEffect| {
        json!({
            "group": effect.group,
            "permission": effect.permission,
            "people_before": effect.before,
            "people_after": effect.after,
        })
    };
    effects.iter().map(one).collect()
}
