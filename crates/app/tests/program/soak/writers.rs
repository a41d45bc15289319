//! Who asks the nodes: people are added, changed and read at both.

use std::time::{Duration, Instant};

use serde_json::json;

use super::Soak;
use crate::cluster::desk::{PEOPLE, person};
use crate::http::{self, Answer};
use crate::run::pause;

/// Somebody that was added, with the number that their city has.
#[derive(Debug)]
pub struct Written {
    pub login: String,
    /// What was acknowledged last; none if not even their being added was.
    pub kept: Option<u32>,
    /// What was sent last: without an answer it may be there or not.
    pub sent: u32,
}

impl Written {
    pub fn city(&self, number: u32) -> String {
        format!("{}-{number}", self.login)
    }
}

/// Sends a request to a node and counts its answer; none when the connection broke.
fn ask(
    soak: &Soak,
    what: &'static str,
    node: usize,
    method: &str,
    path: &str,
    body: Option<&serde_json::Value>,
) -> Option<Answer> {
    let begun = Instant::now();
    let answer = http::send(&soak.address(node), method, path, Some(&soak.token), body).ok();
    let status = answer.as_ref().map_or(0, |answer| answer.status);
    soak.count(what, node, status, begun);
    if answer.is_none() {
        // The node was killed, and is back in a moment.
        pause(Duration::from_millis(100));
    }
    answer
}

/// Adds somebody, changes them a few times, and reads at the other node what was acknowledged.
pub fn write(soak: &Soak, number: usize) -> Vec<Written> {
    let node = number % 2;
    let mut all = vec![];
    for count in 0.. {
        if !soak.goes_on() {
            break;
        }
        let mut one = Written {
            login: format!("writer{number}-{count}"),
            kept: None,
            sent: 0,
        };
        let mut body = person(&one.login);
        body["UserCity"] = json!(one.city(0));
        let added = ask(soak, "add", node, "POST", PEOPLE, Some(&body));
        if added.is_some_and(|answer| answer.status == 201) {
            one.kept = Some(0);
            for next in 1..4 {
                change(soak, node, &mut one, next);
                sees(soak, 1 - node, &one);
                pause(Duration::from_millis(30));
            }
        }
        all.push(one);
    }
    all
}

fn change(soak: &Soak, node: usize, one: &mut Written, next: u32) {
    one.sent = next;
    let path = format!("{PEOPLE}/{}", one.login);
    let body = json!({ "UserCity": one.city(next) });
    let changed = ask(soak, "change", node, "PATCH", &path, Some(&body));
    if changed.is_some_and(|answer| answer.status == 200) {
        one.kept = Some(next);
    }
}

/// What one node acknowledged, another answers at once.
fn sees(soak: &Soak, node: usize, one: &Written) {
    let path = format!("{PEOPLE}/{}", one.login);
    let Some(answer) = ask(soak, "read", node, "GET", &path, None) else {
        return;
    };
    if answer.status != 503 {
        assert_eq!(answer.status, 200, "{}: {answer:?}", one.login);
        let city = answer.json()["UserCity"].as_str().unwrap().to_owned();
        let possible = one.kept.unwrap_or_default()..=one.sent;
        let possible: Vec<String> = possible.map(|number| one.city(number)).collect();
        assert!(possible.contains(&city), "{city}, not one of {possible:?}");
    }
}

/// Searches, lists and asks for readiness.
pub fn read(soak: &Soak, node: usize) {
    let paths = [
        ("search", format!("{PEOPLE}?search=nowak")),
        ("list", format!("{PEOPLE}?valid=all&limit=100")),
        ("ready", "/health/ready".to_owned()),
    ];
    while soak.goes_on() {
        for (what, path) in &paths {
            ask(soak, what, node, "GET", path, None);
            pause(Duration::from_millis(50));
        }
    }
}
