//! `kartoteka demo`.

use serde_json::Value;
use tempfile::tempdir;

use crate::run::{Server, token};

fn found(server: &Server, token: &str, path: &str) -> Value {
    let answer = server.get(path, Some(token));
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()
}

#[test]
fn it_says_where_it_listens_and_how_to_log_in() {
    let data = tempdir().unwrap();
    let server = Server::start(data.path(), &["demo"]);
    assert_eq!(server.said("login: "), "demo");
    assert!(server.said("password: ").len() >= 8);
    let mut places = vec![];
    loop {
        let line = server.line().unwrap();
        match line.trim().split_once("  ") {
            Some((address, _)) if address.starts_with("http") => places.push(address.to_owned()),
            _ if line.contains("kartoteka serve --data") => break,
            _ => {}
        }
    }
    assert!(places.len() > 5, "{places:?}");
    assert!(places[0].ends_with('/') && places[1].ends_with("/customer-users"));
    assert_eq!(server.get("/health/live", None).status, 200);
    assert_eq!(server.get("/health/ready", None).status, 200);
    assert!(
        server
            .get("/metrics", None)
            .body
            .contains("kartoteka_http_requests_total")
    );

    let token = token(data.path(), "demo", "reader");
    let all = found(&server, &token, "/api/v1/customer-users?valid=all&limit=5");
    // With those who are there twice, and the people of the second source.
    assert_eq!(all["total"], 415);
    assert_eq!(all["items"].as_array().unwrap().len(), 5);
    assert_eq!(
        found(&server, &token, "/api/v1/customers?valid=all&limit=1")["total"],
        40
    );
    // Thirty days: by colleagues, a review that is open and one that was signed off, a job, a second source.
    let admin = self::token(data.path(), "everything", "admin");
    let journal = found(&server, &admin, "/api/v1/journal?limit=200");
    let entries = journal["items"].as_array().unwrap();
    assert!(entries.len() > 60, "{}", entries.len());
    let who: std::collections::BTreeSet<&str> = entries
        .iter()
        .filter_map(|one| one["who"].as_str())
        .collect();
    assert!(who.contains("ewa") && who.contains("jonas"), "{who:?}");
    let days: std::collections::BTreeSet<&str> = entries
        .iter()
        .filter_map(|one| one["at"].as_str()?.get(..10))
        .collect();
    assert!(days.len() > 10, "{days:?}");
    let reviews = found(&server, &admin, "/api/v1/reviews");
    assert_eq!(reviews["items"][0]["state"], "open");
    assert_eq!(reviews["items"][1]["state"], "signed-off");
    assert_eq!(
        found(&server, &admin, "/api/v1/jobs")["items"][0]["changed"],
        25
    );
    let some = found(&server, &token, "/api/v1/customer-users?search=nowak");
    assert!(some["total"].as_u64().unwrap() > 0, "{some}");
}

#[test]
fn kept_data_are_there_the_next_time_and_not_made_twice() {
    let data = tempdir().unwrap();
    let first = Server::start(data.path(), &["demo", "--people", "60"]);
    let old = first.said("password: ");
    assert!(first.terminate().0.success());
    let again = Server::start(data.path(), &["demo", "--people", "60"]);
    assert_ne!(again.said("password: "), old);
    let token = token(data.path(), "demo", "reader");
    assert_eq!(
        found(&again, &token, "/api/v1/customer-users?valid=all")["total"],
        60
    );
    drop(again);
    let served = Server::start(data.path(), &["serve"]);
    assert_eq!(
        found(&served, &token, "/api/v1/customer-users?valid=all")["total"],
        60
    );
}

#[test]
fn without_a_data_directory_nothing_stays() {
    let (here, temporary) = (tempdir().unwrap(), tempdir().unwrap());
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_kartoteka"));
    command
        .current_dir(here.path())
        .env("TMPDIR", temporary.path());
    command.args([
        "demo",
        "--people",
        "20",
        "--listen",
        "127.0.0.1:0",
        "--log",
        "warn",
    ]);
    let server = Server::spawn(command);
    server.said("password: ");
    assert_eq!(temporary.path().read_dir().unwrap().count(), 1);
    assert!(server.terminate().0.success());
    assert_eq!(temporary.path().read_dir().unwrap().count(), 0);
    assert_eq!(here.path().read_dir().unwrap().count(), 0);
}
