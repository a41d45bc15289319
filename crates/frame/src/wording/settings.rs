//! Settings and their values in words, for their page, the journal and taking them back.

use serde_json::Value;

use crate::frame::Frame;

/// Settings that are on or off.
pub const SWITCHES: [&str; 3] = [
    "customer_group_support",
    "other_customers",
    "disable_company_tickets",
];

/// Settings that are lists.
pub const LISTS: [&str; 3] = ["permissions", "always_groups", "company_always_groups"];

fn is_setting(key: &str) -> bool {
    SWITCHES.contains(&key) || LISTS.contains(&key)
}

impl Frame {
    /// What a setting is called, if it is one.
    pub fn setting_name(&self, key: &str) -> Option<String> {
        let name = || self.t(&format!("access-{}", key.replace('_', "-")));
        is_setting(key).then(name)
    }

    /// A setting's value, which the journal keeps as JSON; none for what is no setting.
    pub fn setting_value(&self, key: &str, json: &str) -> Option<String> {
        if !is_setting(key) {
            return None;
        }
        Some(match serde_json::from_str(json) {
            Ok(Value::Bool(true)) => self.t("access-on"),
            Ok(Value::Bool(false)) => self.t("access-off"),
            Ok(Value::Array(list)) if list.is_empty() => self.t("access-nothing"),
            Ok(Value::Array(list)) => {
                let names: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
                names.join(", ")
            }
            _ => json.to_owned(),
        })
    }
}
