//! What the log says, and does not say.

use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::tempdir;

use crate::http;
use crate::run::{Server, done, pause, program, token};

#[test]
fn requests_are_lines_with_their_number_and_without_what_was_asked() {
    let data = tempdir().unwrap();
    let settings = "[log]\nformat = \"json\"\n";
    std::fs::write(data.path().join("kartoteka.toml"), settings).unwrap();
    let log = data.path().join("log");
    let mut command = program(data.path());
    command
        .args([
            "serve",
            "--config",
            "kartoteka.toml",
            "--listen",
            "127.0.0.1:0",
        ])
        .stderr(Stdio::from(std::fs::File::create(&log).unwrap()));
    let server = Server::spawn(command);
    let answer = server.get("/customer-users?search=geheimnis", Some("tajne"));
    let number = answer.header("x-request-id");
    assert!(!number.is_empty(), "{answer:?}");
    assert!(server.terminate().0.success());

    let text = std::fs::read_to_string(&log).unwrap();
    let lines = text.lines().map(serde_json::from_str::<Value>);
    let lines: Vec<Value> = lines.collect::<Result<_, _>>().unwrap();
    let of_request: Vec<&Value> = lines
        .iter()
        .filter(|line| line["span"]["id"] == number.as_str())
        .collect();
    let answered = of_request
        .iter()
        .find(|line| line["fields"]["message"] == "answered");
    let answered = answered.unwrap_or_else(|| panic!("{text}"));
    assert_eq!(answered["fields"]["route"], "/customer-users");
    assert_eq!(answered["fields"]["status"], answer.status);
    assert!(
        !text.contains("geheimnis") && !text.contains("tajne"),
        "{text}"
    );
}

#[test]
fn a_failed_log_in_is_a_line_with_who_and_from_where_and_is_counted() {
    for format in ["text", "json"] {
        let data = tempdir().unwrap();
        let settings = format!("[log]\nformat = \"{format}\"\n");
        std::fs::write(data.path().join("kartoteka.toml"), settings).unwrap();
        let log = data.path().join("log");
        let mut command = program(data.path());
        command
            .args(["serve", "--config", "kartoteka.toml"])
            .args(["--listen", "127.0.0.1:0"])
            .stderr(Stdio::from(std::fs::File::create(&log).unwrap()));
        let server = Server::spawn(command);
        let headers = [("Content-Type", "application/x-www-form-urlencoded")];
        // Neither a line of its own, nor signs for a terminal, nor without end.
        let login = format!("nobody%0aWARN+forged%1b%5b31m{}", "x".repeat(5000));
        let body = format!("login={login}&password=geheimnis");
        let page = http::request(&server.address, "POST", "/login", &headers, &body).unwrap();
        assert_eq!(page.status, 422, "{page:?}");
        let metrics = server.get("/metrics", None).body;
        let counted = "kartoteka_failed_log_ins_total{reason=\"unknown-login\"} 1";
        assert!(metrics.contains(counted), "{metrics}");
        assert!(server.terminate().0.success());
        let text = std::fs::read_to_string(&log).unwrap();
        let line = text.lines().find(|line| line.contains("a log-in failed"));
        let line = line.unwrap_or_else(|| panic!("{text}"));
        for part in ["nobody", "forged", "127.0.0.1", "unknown-login"] {
            assert!(line.contains(part), "{line}");
        }
        assert!(!line.contains('\u{1b}') && line.len() < 500, "{line}");
        assert!(!text.contains("geheimnis"), "{text}");
    }
}

#[test]
fn a_failed_log_in_of_an_agent_is_in_the_journal() {
    let data = tempdir().unwrap();
    let data = data.path();
    let add = ["agent", "add", "ewa", "--role", "admin"];
    let names = ["--first-name", "Ewa", "--last-name", "Nowak"];
    done(data, &[&add[..], &names[..]].concat());
    let token = token(data, "reader-of-journal", "admin");
    let server = Server::start(data, &["serve"]);
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    for body in [
        "login=ewa&password=geheimnis",
        "login=geheimnis&password=geheimnis",
    ] {
        let page = http::request(&server.address, "POST", "/login", &headers, body).unwrap();
        assert_eq!(page.status, 422, "{page:?}");
    }
    let begun = Instant::now();
    let journal = loop {
        let journal = server.get("/api/v1/journal?kind=log-in", Some(&token));
        if journal.json()["items"][0].is_object() {
            break journal;
        }
        assert!(begun.elapsed().as_secs() < 60, "{journal:?}");
        pause(Duration::from_millis(50));
    };
    let items = journal.json()["items"].as_array().unwrap().clone();
    assert_eq!(items.len(), 1, "{items:?}");
    assert_eq!(items[0]["action"], "log-in-failed");
    assert_eq!(items[0]["key"], "ewa");
    let text = journal.body;
    assert!(text.contains("127.0.0.1") && text.contains("wrong-password"));
    assert!(!text.contains("geheimnis"), "{text}");
}
