//! Settings of OTOBO, other than sources, that Kartoteka has, too.

use super::Reading;
use crate::document::Value;
use crate::key::Kind;
use crate::read::section_keys;
use kartoteka_perl as perl;

/// Where OTOBO has it, and the section and key that it is here.
struct Known {
    path: &'static [&'static str],
    section: &'static str,
    key: &'static str,
    /// What it is where the hash that it belongs to was written without it, if not the default of the key.
    absent: Absent,
}

enum Absent {
    Default,
    Number(i64),
    Off,
}

const fn known(path: &'static [&'static str], section: &'static str, key: &'static str) -> Known {
    Known {
        path,
        section,
        key,
        absent: Absent::Default,
    }
}

const fn rule(name: &'static [&'static str; 3], key: &'static str, absent: Absent) -> Known {
    Known {
        path: name,
        section: "passwords",
        key,
        absent,
    }
}

const KNOWN: &[Known] = &[
    known(
        &["CustomerGroupSupport"],
        "groups",
        "customer_group_support",
    ),
    known(&["CustomerGroupAlwaysGroups"], "groups", "always_groups"),
    known(
        &["CustomerGroupCompanyAlwaysGroups"],
        "groups",
        "company_always_groups",
    ),
    known(&["System::Customer::Permission"], "groups", "permissions"),
    known(
        &["CustomerGroupPermissionContext", "100-CustomerID-other"],
        "groups",
        "other_customers",
    ),
    known(
        &["Ticket::Frontend::CustomerDisableCompanyTicketAccess"],
        "groups",
        "disable_company_tickets",
    ),
    known(&["SessionMaxIdleTime"], "sessions", "idle"),
    known(&["SessionMaxTime"], "sessions", "absolute"),
    known(&["CheckEmailAddresses"], "checks", "email"),
    known(&["CheckEmailValidAddress"], "checks", "email_valid_address"),
    known(
        &["CheckEmailInvalidAddress"],
        "checks",
        "email_invalid_address",
    ),
    rule(
        &[RULES, PASSWORD, "PasswordMinSize"],
        "min_size",
        Absent::Number(1),
    ),
    rule(
        &[RULES, PASSWORD, "PasswordMin2Lower2UpperCharacters"],
        "min_2_lower_2_upper_characters",
        Absent::Default,
    ),
    rule(
        &[RULES, PASSWORD, "PasswordNeedDigit"],
        "need_digit",
        Absent::Off,
    ),
    rule(
        &[RULES, PASSWORD, "PasswordMin2Characters"],
        "min_2_characters",
        Absent::Default,
    ),
    rule(
        &[RULES, PASSWORD, "PasswordMin3of4"],
        "min_3_of_4",
        Absent::Default,
    ),
    rule(
        &[RULES, PASSWORD, "PasswordHistory"],
        "history",
        Absent::Number(0),
    ),
    rule(
        &[RULES, PASSWORD, "PasswordMaxValidTimeInDays"],
        "max_valid_days",
        Absent::Default,
    ),
    rule(
        &[RULES, PASSWORD, "PasswordRegExp"],
        "regexp",
        Absent::Default,
    ),
];

const RULES: &str = "CustomerPreferencesGroups";
const PASSWORD: &str = "Password";

/// The names of settings that are read.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    KNOWN.iter().map(|known| known.path[0])
}

/// Whether a name is a setting that is read.
pub(super) fn is_known(name: &str) -> bool {
    let source = |kind: &str| {
        let number = name.strip_prefix(kind);
        number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    source("CustomerUser")
        || source("CustomerCompany")
        || [
            "Database",
            "DatabaseDSN",
            "DatabaseUser",
            "DatabasePw",
            "DatabaseHost",
        ]
        .contains(&name)
        || KNOWN.iter().any(|known| known.path[0] == name)
}

pub(super) fn read(reading: &mut Reading<'_>) {
    for known in KNOWN {
        let Some((mut at, mut value)) = reading.reader.find(known.path[0]) else {
            continue;
        };
        let mut found = Some(());
        for name in &known.path[1..] {
            let entry = value.hash().and_then(|entries| entries.get(*name)).cloned();
            match entry {
                Some(entry) => {
                    at = entry.key_at;
                    value = entry.value;
                }
                None => {
                    found = None;
                    break;
                }
            }
        }
        match found {
            Some(()) if value.is_written() => put(reading, known, at, &value),
            // The hash around it was written without it.
            None if value.at.is_some() && known.path.len() > 1 => {
                let place = reading.at(value.at);
                match known.absent {
                    Absent::Default => {}
                    Absent::Number(number) => {
                        reading.put(known.section, known.key, place, Value::Number(number));
                    }
                    Absent::Off => {
                        reading.put(known.section, known.key, place, Value::Switch(false));
                    }
                }
            }
            _ => {}
        }
    }
}

fn put(reading: &mut Reading<'_>, known: &Known, at: Option<perl::At>, value: &perl::Value) {
    let keys = section_keys(known.section).unwrap_or(&[]);
    let Some(key) = keys.iter().find(|key| key.name == known.key) else {
        return;
    };
    let key_at = reading.at(at.or(value.at));
    let Some(mut node) = reading.node(value, key.kind, &key_at) else {
        return;
    };
    // Zero is no limit in OTOBO.
    if let (Kind::Whole(least, _), Value::Number(0)) = (key.kind, &node.value)
        && least > 0
    {
        match known.absent {
            Absent::Number(number) => node.value = Value::Number(number),
            _ => return,
        }
    }
    reading.put(known.section, known.key, node.at, node.value);
}
