//! A server that is killed under load, again and again, keeps every write that it acknowledged.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::tempdir;

use crate::http;
use crate::run::{Server, done, token};

const ROUNDS: usize = 10;
const WRITERS: usize = 4;

/// A write that was acknowledged: the login and the comment it has to have.
type Acknowledged = Vec<(String, String)>;

#[test]
fn every_acknowledged_write_is_there_after_kill_9() {
    let data = tempdir().unwrap();
    let data = data.path();
    done(data, &["customer", "add", "acme", "--name", "Acme"]);
    let token = token(data, "writer", "editor");
    let mut acknowledged: Acknowledged = vec![];
    for round in 0..ROUNDS {
        let mut server = Server::start(data, &["serve"]);
        let written = Mutex::new(vec![]);
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for writer in 0..WRITERS {
                let (address, token, written, stop) =
                    (server.address.clone(), &token, &written, &stop);
                scope.spawn(move || {
                    write(
                        &address,
                        token,
                        &format!("r{round}w{writer}"),
                        written,
                        stop,
                    )
                });
            }
            // However slow the machine is, something is acknowledged.
            let began = Instant::now();
            while written.lock().unwrap().is_empty() && began.elapsed() < Duration::from_secs(30) {
                pause(Duration::from_millis(5));
            }
            // Rounds of different lengths meet different moments of a save.
            pause(Duration::from_millis(250 + 37 * round as u64));
            server.kill();
            stop.store(true, Ordering::SeqCst);
        });
        let written = written.into_inner().unwrap();
        assert!(!written.is_empty(), "round {round} wrote nothing");
        acknowledged.extend(written);
        verify(data, &token, &acknowledged);
    }
    println!(
        "{} acknowledged writes survived {ROUNDS} kills",
        acknowledged.len()
    );
}

fn pause(time: Duration) {
    let (_keep, never) = std::sync::mpsc::channel::<()>();
    let _ = never.recv_timeout(time);
}

/// Adds people and changes each once, until the server is gone.
fn write(address: &str, token: &str, name: &str, written: &Mutex<Acknowledged>, stop: &AtomicBool) {
    for number in 0.. {
        if stop.load(Ordering::SeqCst) {
            return;
        }
        let login = format!("{name}n{number}");
        let person = json!({
            "UserLogin": login, "UserFirstname": "A", "UserLastname": name, "UserEmail": format!("{login}@acme-lab.org"),
            "UserCustomerID": "acme", "ValidID": "1", "UserComment": "added",
        });
        let change = json!({"UserComment": "changed"});
        let path = format!("/api/v1/customer-users/{login}");
        let steps = [
            ("POST", "/api/v1/customer-users", person, 201),
            ("PATCH", path.as_str(), change, 200),
        ];
        for (method, path, body, expected) in steps {
            match http::send(address, method, path, Some(token), Some(&body)) {
                Ok(answer) if answer.status == expected => {
                    let comment = body["UserComment"].as_str().unwrap().to_owned();
                    let mut written = written.lock().unwrap();
                    written.retain(|(known, _)| *known != login);
                    written.push((login.clone(), comment));
                }
                Ok(answer) => panic!("{method} {path}: {answer:?}"),
                Err(_) => return,
            }
        }
    }
}

/// Every acknowledged write is there, the journal is unbroken, and the search finds as many as there are.
fn verify(data: &Path, token: &str, acknowledged: &Acknowledged) {
    let server = Server::start(data, &["serve"]);
    for (login, comment) in acknowledged {
        let person = server.get(&format!("/api/v1/customer-users/{login}"), Some(token));
        assert_eq!(person.status, 200, "{login} is lost: {person:?}");
        let stored = person.json()["UserComment"].clone();
        // A change that was not acknowledged may have been kept all the same, but nothing may go back.
        assert!(
            stored == json!(comment) || stored == json!("changed"),
            "{login}: {stored} instead of {comment}"
        );
    }
    drop(server);
    let verdict = done(data, &["journal", "verify", "--json"]).json();
    assert_eq!(verdict["fault"], Value::Null, "{verdict}");
    let total = done(data, &["customer-user", "list", "--valid", "all", "--json"]).json()["total"]
        .as_u64()
        .unwrap();
    assert!(
        total >= acknowledged.len() as u64,
        "the search finds {total} of {}",
        acknowledged.len()
    );
}
