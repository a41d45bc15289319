//! The relations that access is made of, in OTOBO's tables: permissions of people and customers on groups, further
//! customers, services. Logins and customer IDs are matched in the spellings that rows may have ([`spellings`]);
//! nothing here scans a table of people.

mod facts;
mod groups;
mod many;
mod rows;
mod services;

pub use facts::{CustomerGrant, PersonGrant, customer_grants, further_customers, person_grants};
pub use groups::{
    agent_groups, customer_grants_in, given_to_customers, group_customer_grants, group_customers,
    group_people_grants, groups,
};
pub use many::{count_people_of_customer, people_of_customer, people_with_customers};
pub use rows::{RelationRow, change};
pub use services::{
    DEFAULT_LOGIN, ServiceRow, count_people_of_service, default_services, given_services,
    people_of_service, services, services_of,
};

use std::collections::BTreeSet;

use crate::db::{Arg, Engine};

/// The most keys in one statement: engines bound how many values they take.
pub(crate) const PORTION: usize = 900;

/// The spellings in which rows may name a key: as stored, as asked, in lower and in upper case. An exact look-up of
/// each uses the table's index, where `LOWER(column)` would read the whole table.
pub(crate) fn spellings(key: &str) -> Vec<String> {
    let mut all = vec![];
    for form in kartoteka_model::text::key_forms(key) {
        all.extend([form.to_lowercase(), form.to_uppercase(), form]);
    }
    all.push(kartoteka_model::text::lower(key));
    all.sort();
    all.dedup();
    all
}

/// All spellings of all keys, in portions for one statement each.
pub(crate) fn portions(engine: Engine, keys: &[String]) -> Vec<Vec<String>> {
    let all: BTreeSet<String> = keys.iter().flat_map(|key| spellings(key)).collect();
    let all: Vec<String> = all.into_iter().collect();
    all.chunks(portion(engine))
        .map(<[String]>::to_vec)
        .collect()
}

/// `(?, ?, …)` with the values that go there. Longer lists are filled up with their last value to a round length, so
/// that there are few different statements for a database to prepare.
pub(crate) fn list(keys: &[String]) -> (String, Vec<Arg>) {
    let length = match keys.len() {
        few @ 0..=8 => few,
        many => many.next_power_of_two(),
    };
    let mut args: Vec<Arg> = keys.iter().map(Arg::from).collect();
    if let Some(last) = args.last().cloned() {
        args.resize(length, last);
    }
    (format!("({})", vec!["?"; length].join(", ")), args)
}

/// Few keys are bound one by one: the statement is one that the database has prepared.
const FEW: usize = 8;

/// Keys in one statement of [`among`].
pub(crate) fn portion(engine: Engine) -> usize {
    match engine {
        Engine::MySql => PORTION,
        Engine::Sqlite | Engine::Postgres => 20_000,
    }
}

/// The condition that a column holds one of these keys. Many of them are one value, where the engine can take them
/// apart: to read and bind a thousand places takes longer than to look the keys up.
pub(crate) fn among(engine: Engine, column: &str, keys: &[String]) -> (String, Vec<Arg>) {
    match engine {
        Engine::Sqlite if keys.len() > FEW => (
            format!("{column} IN (SELECT value FROM json_each(?))"),
            vec![serde_json::Value::from(keys.to_vec()).to_string().into()],
        ),
        Engine::Postgres if keys.len() > FEW => (
            // Not `= ANY`: where a plan reads the table, it would compare each row with each key.
            format!("{column} IN (SELECT UNNEST(CAST(? AS VARCHAR[])))"),
            vec![array(keys).into()],
        ),
        _ => {
            let (places, args) = list(keys);
            (format!("{column} IN {places}"), args)
        }
    }
}

/// Texts as PostgreSQL writes an array of them.
fn array(texts: &[String]) -> String {
    let quoted = |text: &String| {
        let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
        format!("\"{escaped}\"")
    };
    let quoted: Vec<String> = texts.iter().map(quoted).collect();
    format!("{{{}}}", quoted.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_keeps_quotes_commas_and_braces_apart() {
        let texts = ["a", "b,c", "d\"e", "f\\g", "{}", "NULL", ""].map(String::from);
        assert_eq!(array(&texts), r#"{"a","b,c","d\"e","f\\g","{}","NULL",""}"#);
    }
}
