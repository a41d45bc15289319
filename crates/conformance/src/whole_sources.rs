//! Sources that a case configures as a whole, read as the settings file reads them.

use kartoteka_settings::Settings;
use serde_json::{Map, Value};

/// Takes the sources of a case over: each replaces the one of its name, one that is nothing is gone. An error kind where
/// the settings refuse one.
pub fn apply(settings: &mut Settings, config: &Map<String, Value>) -> Result<(), &'static str> {
    for (id, value) in config {
        let Some((kind, number)) = source(id) else {
            continue;
        };
        settings.customer_users.retain(|one| one.spec.id != *id);
        settings.customers.retain(|one| one.spec.id != *id);
        // There are eleven sources of a kind; OTOBO does not look for more either.
        if value.is_null() || value == "__DELETE__" || number > 10 {
            continue;
        }
        let text = format!("{id} = {}\n", toml(value));
        let read = kartoteka_settings::read_text("case", &text, []);
        let Some(read) = read.settings else {
            eprintln!("{:#?}", read.diagnostics);
            return Err("unknown configuration");
        };
        if kind == "CustomerUser" {
            let of_case = read.customer_users.into_iter();
            settings
                .customer_users
                .extend(of_case.filter(|one| one.spec.id == *id));
        } else {
            let of_case = read.customers.into_iter();
            settings
                .customers
                .extend(of_case.filter(|one| one.spec.id == *id));
        }
    }
    let place = |id: &str| source(id).map(|(_, number)| number);
    settings
        .customer_users
        .sort_by_key(|one| place(&one.spec.id));
    settings.customers.sort_by_key(|one| place(&one.spec.id));
    Ok(())
}

/// The port of the server that the cases were recorded from.
const RECORDED: u16 = 3890;

/// A configuration with the port of the server that has the recorded tree in place of the recorded one.
pub fn with_port(config: &Value, port: u16) -> Value {
    match config {
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| (key.clone(), with_port(value, port)))
            .collect::<Map<String, Value>>()
            .into(),
        Value::Array(items) => items.iter().map(|item| with_port(item, port)).collect(),
        Value::Number(number) if *number == RECORDED.into() => port.into(),
        Value::String(text) => text
            .replace(&format!(":{RECORDED}"), &format!(":{port}"))
            .into(),
        other => other.clone(),
    }
}

/// The kind and number of the source that a key names as a whole.
pub fn source(key: &str) -> Option<(&'static str, u32)> {
    let of = |kind: &'static str| {
        let number = key.strip_prefix(kind)?;
        match number {
            "" => Some((kind, 0)),
            number => Some((kind, number.parse().ok()?)),
        }
    };
    of("CustomerUser").or_else(|| of("CustomerCompany"))
}

/// A value as the settings file writes it.
fn toml(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let members = members.iter().filter(|(_, value)| !value.is_null());
            let members: Vec<String> = members
                .map(|(key, value)| format!("{} = {}", Value::from(key.as_str()), toml(value)))
                .collect();
            format!("{{ {} }}", members.join(", "))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(toml).collect();
            format!("[{}]", items.join(", "))
        }
        // A position of a map's entry that is left out.
        Value::Null => "\"\"".to_owned(),
        value => value.to_string(),
    }
}
