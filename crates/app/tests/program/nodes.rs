//! Two nodes on one database are one directory.

use std::path::Path;
use std::sync::Barrier;

use kartoteka_testbed::{Engine, fresh_database};
use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

use crate::http::{self, Answer};
use crate::run::{Said, Server, done, run_with_input};

pub const PEOPLE: &str = "/api/v1/customer-users";

/// Two servers, each with a folder of its own, on one database.
pub struct Nodes {
    pub address: String,
    pub folders: [TempDir; 2],
    pub nodes: [Server; 2],
    token: String,
}

fn database(engine: Engine) -> String {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(fresh_database(engine)).unwrap()
}

/// A database that does not know us yet is made ready by whichever node comes first, while the other waits.
pub fn nodes(engine: Engine) -> Nodes {
    let address = database(engine);
    let folders = [tempdir().unwrap(), tempdir().unwrap()];
    // Logins are given out, so that nothing but the key keeps a request from being done twice.
    let settings = "[CustomerUser]\nAutoLoginCreation = true\nCustomerUserEmailUniqCheck = false\n";
    for folder in &folders {
        std::fs::write(folder.path().join("kartoteka.toml"), settings).unwrap();
    }
    let start = |folder: &TempDir| {
        Server::start(
            folder.path(),
            &[
                "serve",
                "--config",
                "kartoteka.toml",
                "--database",
                &address,
            ],
        )
    };
    let [one, two] = std::thread::scope(|scope| {
        [&folders[0], &folders[1]]
            .map(|folder| scope.spawn(move || start(folder)))
            .map(|started| started.join().unwrap())
    });
    let on = |arguments: &[&str]| on_database(folders[0].path(), &address, arguments);
    on(&["customer", "add", "acme", "--name", "Acme"]);
    let said = on(&["token", "add", "test", "--scope", "editor", "--json"]);
    let token = said.json()["token"].as_str().unwrap().to_owned();
    Nodes {
        address,
        folders,
        nodes: [one, two],
        token,
    }
}

fn on_database(folder: &Path, address: &str, arguments: &[&str]) -> Said {
    done(folder, &[arguments, &["--database", address]].concat())
}

impl Nodes {
    pub fn send(
        &self,
        node: usize,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        let mut all = vec![
            ("Authorization", bearer.as_str()),
            ("Content-Type", "application/json"),
        ];
        all.extend(headers);
        http::request(
            &self.nodes[node].address,
            method,
            path,
            &all,
            &body.to_string(),
        )
        .unwrap()
    }

    pub fn get(&self, node: usize, path: &str) -> Answer {
        self.nodes[node].get(path, Some(&self.token))
    }
}

pub fn person(login: &str) -> Value {
    json!({
        "UserLogin": login, "UserFirstname": "Żaneta", "UserLastname": format!("Kowalska {login}"),
        "UserEmail": format!("{login}@acme-lab.org"), "UserCustomerID": "acme",
    })
}

#[test]
fn what_one_node_saves_the_other_finds_at_once() {
    for engine in Engine::all() {
        let desk = nodes(engine);
        for number in 0..20 {
            let (here, there) = (number % 2, (number + 1) % 2);
            let made = desk.send(here, "POST", PEOPLE, &[], &person(&format!("p{number}")));
            assert_eq!(made.status, 201, "{made:?} on {engine}");
            let found = desk
                .get(there, &format!("{PEOPLE}?search=kowalska+p{number}"))
                .json();
            let logins: Vec<&str> = found["items"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(|item| item["UserLogin"].as_str())
                .collect();
            assert!(
                logins.contains(&format!("p{number}").as_str()),
                "{found} on {engine}"
            );
        }
        let verdict = on_database(
            desk.folders[0].path(),
            &desk.address,
            &["journal", "verify", "--json"],
        );
        assert_eq!(verdict.json()["fault"], Value::Null, "{engine}");
    }
}

#[test]
fn of_two_changes_from_one_version_one_is_kept_and_one_refused() {
    for engine in Engine::all() {
        let desk = nodes(engine);
        assert_eq!(
            desk.send(0, "POST", PEOPLE, &[], &person("anna")).status,
            201
        );
        let path = format!("{PEOPLE}/anna");
        for round in 0..5 {
            let tag = desk.get(round % 2, &path).header("etag");
            let barrier = Barrier::new(2);
            let statuses = std::thread::scope(|scope| {
                [0, 1]
                    .map(|node| {
                        let (desk, barrier, tag, path) = (&desk, &barrier, &tag, &path);
                        scope.spawn(move || {
                            let change =
                                json!({"UserComment": format!("round {round} node {node}")});
                            barrier.wait();
                            desk.send(node, "PATCH", path, &[("If-Match", tag)], &change)
                                .status
                        })
                    })
                    .map(|sent| sent.join().unwrap())
            });
            let mut sorted = statuses;
            sorted.sort_unstable();
            assert_eq!(sorted, [200, 412], "round {round} on {engine}");
            let winner = statuses.iter().position(|status| *status == 200).unwrap();
            for node in [0, 1] {
                let stored = desk.get(node, &path).json()["UserComment"].clone();
                assert_eq!(
                    stored,
                    json!(format!("round {round} node {winner}")),
                    "{engine}"
                );
            }
        }
    }
}

#[test]
fn a_request_sent_to_both_nodes_at_once_is_done_once() {
    for engine in Engine::all() {
        let desk = nodes(engine);
        for round in 0..5 {
            let body = person(&format!("once{round}"));
            let key = format!("key {round}");
            let barrier = Barrier::new(6);
            let answers: Vec<Answer> = std::thread::scope(|scope| {
                let sent: Vec<_> = (0..6)
                    .map(|number| {
                        let (desk, barrier, key, body) = (&desk, &barrier, &key, &body);
                        scope.spawn(move || {
                            barrier.wait();
                            let headers = [("Idempotency-Key", key.as_str())];
                            desk.send(number % 2, "POST", PEOPLE, &headers, body)
                        })
                    })
                    .collect();
                sent.into_iter().map(|sent| sent.join().unwrap()).collect()
            });
            let logins: Vec<Value> = answers
                .iter()
                .map(|answer| {
                    assert_eq!(answer.status, 201, "{answer:?} on {engine}");
                    answer.json()["UserLogin"].clone()
                })
                .collect();
            assert!(
                logins.iter().all(|login| *login == logins[0]),
                "{logins:?} on {engine}"
            );
            let replayed = answers
                .iter()
                .filter(|answer| answer.header("idempotent-replayed") == "true");
            assert_eq!(replayed.count(), 5, "{engine}");
            for node in [0, 1] {
                let total = desk.get(node, PEOPLE).json()["total"].clone();
                assert_eq!(total, json!(round + 1), "{engine}");
            }
        }
    }
}

#[test]
fn sessions_and_attempts_count_at_both_nodes() {
    for engine in Engine::all() {
        let desk = nodes(engine);
        let add = [
            "agent",
            "add",
            "ewa",
            "--first-name",
            "Ewa",
            "--last-name",
            "Nowak",
            "--role",
            "admin",
            "--password-stdin",
            "--database",
            &desk.address,
        ];
        let said = run_with_input(desk.folders[0].path(), &add, "zielony traktor 77\n");
        assert_eq!(said.exit, 0, "{said:?}");
        let log_in = |node: usize, login: &str, password: &str| {
            let body = format!("login={login}&password={}", password.replace(' ', "+"));
            let headers = [("Content-Type", "application/x-www-form-urlencoded")];
            http::request(&desk.nodes[node].address, "POST", "/login", &headers, &body).unwrap()
        };
        let entered = log_in(0, "ewa", "zielony traktor 77");
        assert_eq!(entered.status, 303, "{entered:?} on {engine}");
        let cookie = entered.header("set-cookie");
        let cookie = cookie.split(';').next().unwrap();
        for node in [0, 1] {
            let page = http::request(
                &desk.nodes[node].address,
                "GET",
                "/customer-users",
                &[("Cookie", cookie)],
                "",
            );
            assert_eq!(page.unwrap().status, 200, "node {node} on {engine}");
        }
        // Five wrong ones are borne of who did not come from there before, wherever they are tried.
        let statuses: Vec<u16> = (0..7)
            .map(|number| log_in(number % 2, "jan", "wrong").status)
            .collect();
        assert_eq!(statuses, [422, 422, 422, 422, 422, 429, 429], "{engine}");
        assert_eq!(
            log_in(1, "ewa", "zielony traktor 77").status,
            303,
            "{engine}"
        );
    }
}
