//! Whether tables, indexes and journal agree in the end, and hold what was acknowledged.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::otobo;
use super::writers::Written;
use crate::cluster::desk::{Node, PEOPLE, runtime};
use crate::run::pause;

/// Rows that were deleted by hand are found by sweeps, which take so long at most on a table like this.
const SWEEPS: Duration = Duration::from_secs(240);

/// Every how many of the people who were added their journal is read.
const EVERY: usize = 5;

pub fn agrees(nodes: &[&Node], token: &str, database: &str, written: &[Written]) {
    let people: BTreeMap<String, String> = runtime()
        .block_on(otobo::people(database))
        .unwrap()
        .into_iter()
        .collect();
    let kept: Vec<&Written> = written.iter().filter(|one| one.kept.is_some()).collect();
    for one in &kept {
        let city = people.get(&one.login);
        let city = city.unwrap_or_else(|| panic!("{} is lost", one.login));
        let possible = one.kept.unwrap_or_default()..=one.sent;
        let mut possible = possible.map(|number| one.city(number));
        assert!(possible.any(|one| one == *city), "{one:?}: {city}");
    }
    println!(
        "{} people in the table, {} of them acknowledged",
        people.len(),
        kept.len()
    );
    for node in nodes {
        index_is(node, token, &people);
        node.verify();
    }
    // Also of those whose answer was lost: an entry for what is there, and none for what is not.
    for one in written.iter().step_by(EVERY) {
        journal_is(nodes[0], token, &one.login, people.get(&one.login));
    }
}

/// Waits until a node's index has all who are there and nobody else.
fn index_is(node: &Node, token: &str, people: &BTreeMap<String, String>) {
    let begun = Instant::now();
    loop {
        let (logins, total) = listed(node, token);
        let wanted: Vec<&String> = people.keys().collect();
        if logins.iter().collect::<Vec<_>>() == wanted && total == wanted.len() as u64 {
            println!("the index is the table after {:?}", begun.elapsed());
            break;
        }
        let there = logins.len();
        let short = format!("{there} listed, {total} counted, {} there", wanted.len());
        assert!(begun.elapsed() < SWEEPS, "{short}");
        pause(Duration::from_secs(1));
    }
    // Whoever is listed is read from the table; what the index itself knows of them, a search by it shows.
    for (login, city) in people
        .iter()
        .filter(|(_, city)| !city.is_empty())
        .step_by(EVERY)
    {
        let path = format!("{PEOPLE}?valid=all&field.UserCity={city}");
        let found = node.server.get(&path, Some(token)).json();
        let logins = texts(&found["items"], "UserLogin");
        assert!(logins.contains(login), "{city}: {found}");
    }
}

/// All who are listed, in the order of their logins, and how many there are said to be.
fn listed(node: &Node, token: &str) -> (Vec<String>, u64) {
    let (mut logins, mut total) = (vec![], 0);
    let mut after = String::new();
    loop {
        let path = format!("{PEOPLE}?valid=all&limit=1000&sort=UserLogin{after}");
        let page = node.server.get(&path, Some(token));
        assert_eq!(page.status, 200, "{page:?}");
        let page = page.json();
        logins.extend(texts(&page["items"], "UserLogin"));
        total = page["total"].as_u64().unwrap_or_default().max(total);
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    logins.sort();
    (logins, total)
}

/// The journal's last word on somebody is what the table says.
fn journal_is(node: &Node, token: &str, login: &str, city: Option<&String>) {
    let path = format!("{PEOPLE}/{login}/history");
    let history = node.server.get(&path, Some(token));
    let Some(city) = city else {
        assert_eq!(history.status, 404, "{login}: {history:?}");
        return;
    };
    let history = history.json();
    let entries = history["items"].as_array().unwrap();
    let added = entries.iter().filter(|entry| entry["action"] == "create");
    assert_eq!(added.count(), 1, "{login}: {history}");
    let changes = entries.iter().flat_map(|entry| entry["changes"].as_array());
    let mut cities = changes
        .flatten()
        .filter(|change| change["field"] == "UserCity");
    // The latest entry comes first.
    let last = cities.next().map(|change| &change["after"]);
    assert_eq!(
        last,
        Some(&Value::from(city.as_str())),
        "{login}: {history}"
    );
}

fn texts(items: &Value, field: &str) -> Vec<String> {
    let items = items.as_array().unwrap();
    let texts = items
        .iter()
        .map(|item| item[field].as_str().unwrap().to_owned());
    texts.collect()
}
