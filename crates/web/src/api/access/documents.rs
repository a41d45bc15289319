//! What somebody has and why, as JSON.

use kartoteka_model::access::{AccessSettings, Effective, GroupAccess, Permission, Why};
use serde_json::{Value, json};

/// One reason: what is given, and why.
pub fn reason((permission, why): &(Permission, Why)) -> Value {
    let mut document = json!(why);
    if let Some(members) = document.as_object_mut() {
        members.insert("permission".into(), permission.name().into());
    }
    document
}

/// All reasons.
pub fn reasons(given: &[(Permission, Why)]) -> Value {
    given.iter().map(reason).collect()
}

/// Every group in which something is held.
pub fn groups(effective: &Effective, settings: &AccessSettings) -> Value {
    effective
        .groups
        .iter()
        .map(|access| group(access, settings))
        .collect()
}

fn group(access: &GroupAccess, settings: &AccessSettings) -> Value {
    json!({
        "group": access.group.name,
        "permissions": held(access, settings),
        "reasons": reasons(&access.given),
    })
}

/// The permissions that are held, by themselves or through `rw`: those that can be given in their order, then what
/// else was given once.
fn held<'a>(access: &'a GroupAccess, settings: &'a AccessSettings) -> Vec<&'a str> {
    let configured = settings.permissions.iter().map(String::as_str);
    let mut held: Vec<&str> = configured.filter(|one| access.holds(one)).collect();
    for (permission, _) in &access.given {
        if !held.contains(&permission.name()) {
            held.push(permission.name());
        }
    }
    held
}
