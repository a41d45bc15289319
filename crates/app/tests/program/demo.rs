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
    assert!(server.line().unwrap().contains("kartoteka serve --data"));
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
    assert_eq!(all["total"], 400);
    assert_eq!(all["items"].as_array().unwrap().len(), 5);
    assert_eq!(
        found(&server, &token, "/api/v1/customers?valid=all&limit=1")["total"],
        40
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
