//! Passwords and tokens at the terminal, and whom they let in.

use kartoteka_directory::{Clock, SystemClock};
use kartoteka_store::Db;
use serde_json::Value;
use tempfile::tempdir;

use crate::http::{self, Answer};
use crate::run::{Server, done, run_with_input};

fn log_in(server: &Server, login: &str, password: &str) -> Answer {
    let body = format!("login={login}&password={}", password.replace(' ', "+"));
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    http::request(&server.address, "POST", "/login", &headers, &body).unwrap()
}

fn cookie(entered: &Answer) -> String {
    assert_eq!(entered.status, 303, "{entered:?}");
    let cookie = entered.header("set-cookie");
    cookie.split(';').next().unwrap().to_owned()
}

fn lives(server: &Server, cookie: &str) -> bool {
    let headers = [("Cookie", cookie)];
    let page = http::request(&server.address, "GET", "/account", &headers, "").unwrap();
    page.status == 200
}

#[test]
fn a_password_set_at_the_terminal_ends_all_sessions_of_the_agent() {
    let data = tempdir().unwrap();
    let data = data.path();
    for login in ["ewa", "jan"] {
        let add = [
            "agent",
            "add",
            login,
            "--first-name",
            "E",
            "--last-name",
            "N",
            "--role",
            "admin",
        ];
        let add = [&add[..], &["--password-stdin"]].concat();
        assert_eq!(run_with_input(data, &add, "zielony traktor 77\n").exit, 0);
    }
    let server = Server::start(data, &["serve"]);
    let old = "zielony traktor 77";
    let ewa = [(); 2].map(|()| cookie(&log_in(&server, "ewa", old)));
    let jan = cookie(&log_in(&server, "jan", old));
    assert!(lives(&server, &ewa[0]) && lives(&server, &ewa[1]));
    let set = ["agent", "set-password", "ewa", "--password-stdin"];
    assert_eq!(run_with_input(data, &set, "niebieski traktor 78\n").exit, 0);
    assert!(!lives(&server, &ewa[0]) && !lives(&server, &ewa[1]));
    assert!(lives(&server, &jan));
    assert_eq!(log_in(&server, "ewa", old).status, 422);
    assert!(lives(
        &server,
        &cookie(&log_in(&server, "ewa", "niebieski traktor 78"))
    ));
}

#[tokio::test]
async fn a_token_that_expires_opens_nothing_afterwards() {
    let data = tempdir().unwrap();
    let data = data.path();
    let server = Server::start(data, &["serve"]);
    let add = ["token", "add", "month", "--expires", "30", "--json"];
    let made = done(data, &add).json();
    let token = made["token"].as_str().unwrap();
    let in_days = |value: &Value| {
        let at: jiff::Timestamp = value.as_str().unwrap().parse().unwrap();
        (at.as_second() - SystemClock.now()) as f64 / 86_400.0
    };
    let days = in_days(&made["expires"]);
    assert!((29.9..=30.0).contains(&days), "{days}");
    assert_eq!(server.get("/api/v1/customers", Some(token)).status, 200);
    // As if it had been made a month ago.
    let file = data.join("kartoteka.db");
    let db = Db::open(&format!("sqlite://{}", file.display()))
        .await
        .unwrap();
    let earlier = "UPDATE kt_token SET created = created - 2592000, expires = expires - 2592000";
    db.execute(earlier, &[]).await.unwrap();
    db.close().await;
    assert_eq!(server.get("/api/v1/customers", Some(token)).status, 401);
}
