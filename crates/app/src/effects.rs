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
        Effect::Moves { from, to } => format!("moves from source {from} to {to}"),
        Effect::RemovesRow { source, together } => {
            let when = if *together {
                "in the same transaction"
            } else {
                "once the record is kept in the other source"
            };
            format!("removes the row from source {source}, {when}")
        }
        Effect::Overwrites { source } => {
            format!("writes over what source {source} had under this login before")
        }
        Effect::NoPlace { source, fields } => {
            let fields = fields.join(", ");
            format!("source {source} has no place for: {fields}")
        }
        Effect::LosesColumns { source, columns } => {
            let columns = columns.join(", ");
            format!("columns of source {source} that no field is in go with the row: {columns}")
        }
        Effect::CarriesPassword => "the password goes along".into(),
        Effect::LosesPassword => {
            "the password can't go along: a new one has to be set before the person can log in"
                .into()
        }
        Effect::HasNoPassword => {
            "there is no password to go along: one has to be set before the person can log in"
                .into()
        }
        Effect::Shadows { source } => {
            format!("source {source} has the login as well and is not asked for it")
        }
        Effect::SpeaksLater { source } => {
            format!("source {source} goes on speaking for the login for as long as it has it")
        }
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
