//! `kartoteka serve`.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::json;
use tempfile::tempdir;

use crate::http;
use crate::run::{Server, done, pause, run, token};

#[test]
fn the_first_visit_is_led_to_the_set_up() {
    let data = tempdir().unwrap();
    let server = Server::start(data.path(), &["serve"]);
    let code = server.said("set-up code: ");
    assert!(code.len() >= 16);
    assert!(server.line().unwrap().contains("/setup"));
    let home = server.get("/", None);
    assert_eq!(home.status, 303, "{home:?}");
    assert!(home.head.contains("location: /"), "{home:?}");
    assert_eq!(server.get("/setup", None).status, 200);
    assert!(!server.get("/setup", None).body.contains(&code));
}

#[test]
fn no_code_is_made_once_an_agent_can_log_in() {
    let data = tempdir().unwrap();
    done(
        data.path(),
        &[
            "agent",
            "add",
            "ewa",
            "--first-name",
            "Ewa",
            "--last-name",
            "Nowak",
        ],
    );
    let server = Server::start(data.path(), &["serve"]);
    server.get("/health/live", None);
    assert!(server.terminate().0.success());
}

#[test]
fn a_token_from_the_terminal_opens_rest() {
    let data = tempdir().unwrap();
    let server = Server::start(data.path(), &["serve"]);
    let (admin, reader) = (
        token(data.path(), "all", "admin"),
        token(data.path(), "look", "reader"),
    );
    let customer = json!({"CustomerID": "acme", "CustomerCompanyName": "Acme", "ValidID": "1"});
    assert_eq!(server.get("/api/v1/customers", None).status, 401);
    assert_eq!(
        server.post("/api/v1/customers", &reader, &customer).status,
        403
    );
    let made = server.post("/api/v1/customers", &admin, &customer);
    assert_eq!(made.status, 201, "{made:?}");
    let person = json!({
        "UserLogin": "żak", "UserFirstname": "Ewa", "UserLastname": "Żak", "UserEmail": "ewa@acme-lab.org",
        "UserCustomerID": "acme", "ValidID": "1",
    });
    let made = server.post("/api/v1/customer-users", &admin, &person);
    assert_eq!(made.status, 201, "{made:?}");
    assert_eq!(
        server
            .get("/api/v1/customer-users/%C5%BCak", Some(&reader))
            .json()["UserLastname"],
        "Żak"
    );
    // What the server saved, the terminal sees, and the other way round.
    assert!(
        done(data.path(), &["customer-user", "show", "żak"])
            .out
            .contains("ewa@acme-lab.org")
    );
    done(data.path(), &["token", "revoke", "look"]);
    assert_eq!(server.get("/api/v1/customers", Some(&reader)).status, 401);
}

#[test]
fn stopping_waits_for_requests_but_not_for_idle_connections() {
    let data = tempdir().unwrap();
    let server = Server::start(data.path(), &["serve"]);
    let mut idle = TcpStream::connect(&server.address).unwrap();
    idle.write_all(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
        .unwrap();
    let (status, took) = server.terminate();
    assert!(status.success());
    assert!(took < Duration::from_secs(13), "{took:?}");
}

#[test]
fn a_request_in_progress_is_answered_before_the_end() {
    let data = tempdir().unwrap();
    let server = Server::start(data.path(), &["serve"]);
    let editor = token(data.path(), "write", "editor");
    let body = json!({"CustomerID": "acme", "CustomerCompanyName": "Acme"}).to_string();
    let (first, rest) = body.split_at(body.len() / 2);
    let address = server.address.clone();
    let mut stream = TcpStream::connect(&address).unwrap();
    let head = format!(
        "POST /api/v1/customers HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nAuthorization: Bearer {editor}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{first}",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    pause(Duration::from_millis(300));
    let ended = std::thread::spawn(move || server.terminate());
    pause(Duration::from_millis(700));
    assert!(TcpStream::connect(&address).is_err(), "takes no new ones");
    stream.write_all(rest.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    assert!(ended.join().unwrap().0.success());
    done(data.path(), &["customer", "show", "acme"]);
}

#[test]
fn an_address_that_is_taken_is_refused_with_a_remedy() {
    let data = tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let said = run(
        data.path(),
        &[
            "serve",
            "--listen",
            &taken.local_addr().unwrap().to_string(),
        ],
    );
    assert_eq!((said.exit, said.out.as_str()), (1, ""));
    assert!(said.err.contains("--listen"), "{said:?}");
}

#[test]
fn garbage_gets_an_answer_and_the_server_lives_on() {
    let data = tempdir().unwrap();
    let server = Server::start(data.path(), &["serve"]);
    for bytes in [
        &b"\0\xff\xfe\r\n\r\n"[..],
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /api/v1/customers HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        stream.write_all(bytes).unwrap();
    }
    assert_eq!(
        http::send(&server.address, "GET", "/health/live", None, None)
            .unwrap()
            .status,
        200
    );
}
