//! What writes do beside the record, in words.

use kartoteka_directory::Effect;

/// What a write does beside the record, in words.
pub fn effect_text(effect: &Effect) -> String {
    match effect {
        Effect::Renames { from, to } => format!("renames {from:?} to {to:?}"),
        Effect::Carries { table, rows } => format!("carries {rows} rows of {table} along"),
        Effect::LeavesBehind { source, rows } => {
            let who = if *rows == 1 { "person" } else { "people" };
            format!("leaves {rows} {who} of the read-only source {source} behind, with the old ID")
        }
        Effect::SetsPassword { generated: true } => "sets a generated password".into(),
        Effect::SetsPassword { generated: false } => "sets a password".into(),
        Effect::EndsSessions { count } => format!("ends {count} sessions"),
        Effect::ChangesValidity { from, to } => format!("validity: {from} to {to}"),
        Effect::ChangesRole { from, to } => format!("role: {from} to {to}"),
        Effect::RenamesBelow { from, to } => format!("renames {from:?} below it to {to:?}"),
        Effect::ChangesPermission {
            group,
            permission,
            gained,
            people,
            customers,
            logins,
        } => {
            let verb = match (gained, people) {
                (true, 1) => "person gets",
                (true, _) => "people get",
                (false, 1) => "person loses",
                (false, _) => "people lose",
            };
            let of = match customers {
                None | Some(0) => String::new(),
                Some(1) => " (of 1 customer)".into(),
                Some(many) => format!(" (of {many} customers)"),
            };
            let more = match people.saturating_sub(logins.len() as u64) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let logins = logins.join(", ");
            format!("{people} {verb} {permission} in group {group:?}{of}: {logins}{more}")
        }
    }
}
