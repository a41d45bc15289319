//! `kartoteka serve`.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::json;
use tempfile::tempdir;

use crate::http;
use crate::run::{Server, done, pause, program, run, token};

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
            "--role",
            "admin",
        ],
    );
    let mut server = Server::start(data.path(), &["serve"]);
    assert_eq!(server.get("/health/live", None).status, 200);
    assert_ne!(server.get("/setup", None).status, 200);
    server.signal("-TERM");
    assert!(server.wait().success());
    // All that it said, to its end.
    while let Some(line) = server.line() {
        assert!(!line.contains("code") && !line.contains("/setup"), "{line}");
    }
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
    // Far less than the ten seconds that requests in progress get.
    assert!(took < Duration::from_secs(5), "{took:?}");
}

/// A request of which only the half has come.
fn half_a_request(server: &Server, token: &str) -> TcpStream {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let head = format!(
        "POST /api/v1/customers HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
         Authorization: Bearer {token}\r\nContent-Length: 50\r\n\r\n{{"
    );
    stream.write_all(head.as_bytes()).unwrap();
    pause(Duration::from_secs(1));
    stream
}

#[test]
fn a_request_that_never_ends_is_cut_off() {
    let data = tempdir().unwrap();
    let log = data.path().join("log");
    let mut command = program(data.path());
    command
        .args(["serve", "--listen", "127.0.0.1:0", "--log", "warn"])
        .stderr(std::fs::File::create(&log).unwrap());
    let server = Server::spawn(command);
    let token = token(data.path(), "t", "editor");
    let _half = half_a_request(&server, &token);
    let (status, took) = server.terminate();
    assert!(status.success());
    let seconds = took.as_secs();
    assert!((9..15).contains(&seconds), "{took:?}");
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains("cut off"), "{log}");
}

#[test]
fn a_second_signal_ends_it_at_once_and_ctrl_c_is_one_too() {
    let data = tempdir().unwrap();
    for (first, second) in [("-TERM", Some("-INT")), ("-INT", None)] {
        let mut server = Server::start(data.path(), &["serve"]);
        let token = token(data.path(), &first[1..], "editor");
        let _half = second.map(|_| half_a_request(&server, &token));
        let begun = std::time::Instant::now();
        server.signal(first);
        if let Some(second) = second {
            pause(Duration::from_secs(1));
            server.signal(second);
        }
        let status = server.wait();
        assert_eq!(status.success(), second.is_none(), "{status:?}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{first}");
    }
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
    pause(Duration::from_secs(1));
    let ended = std::thread::spawn(move || server.terminate());
    let asked = std::time::Instant::now();
    while TcpStream::connect(&address).is_ok() {
        assert!(asked.elapsed() < Duration::from_secs(8), "takes new ones");
        pause(Duration::from_millis(50));
    }
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
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        let mut answer = vec![];
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with("HTTP/1.1 400 "), "{bytes:?}: {answer}");
    }
    assert_eq!(
        http::send(&server.address, "GET", "/health/live", None, None)
            .unwrap()
            .status,
        200
    );
}

/// What the file says of proxies and names reaches the server.
#[test]
fn settings_of_the_server_hold() {
    let data = tempdir().unwrap();
    let ask = |server: &Server, path: &str, host: &str| {
        let headers = [
            ("Host", host),
            ("X-Forwarded-Proto", "https"),
            ("X-Forwarded-For", "192.0.2.7"),
        ];
        http::request(&server.address, "GET", path, &headers, "").unwrap()
    };
    for trusted in [true, false] {
        let proxies = match trusted {
            true => "127.0.0.0/8",
            false => "192.0.2.1",
        };
        let settings = format!(
            "[server]\nbase_path = \"/desk\"\ntrusted_proxies = [\"{proxies}\"]\nallowed_hosts = [\"desk.example\"]\n"
        );
        std::fs::write(data.path().join("kartoteka.toml"), settings).unwrap();
        let server = Server::start(data.path(), &["serve"]);
        let page = ask(&server, "/desk/setup", "desk.example");
        assert_eq!(page.status, 200, "{page:?}");
        assert!(page.body.contains("action=\"/desk/setup\""), "{page:?}");
        let https = !page.header("strict-transport-security").is_empty();
        assert_eq!(https, trusted, "{page:?}");
        assert_eq!(ask(&server, "/setup", "desk.example").status, 404);
        assert_eq!(ask(&server, "/desk/setup", "evil.example").status, 421);
        assert_eq!(
            ask(&server, "/desk/health/live", "desk.example").status,
            200
        );
        let document = ask(&server, "/desk/api/v1/openapi.json", "desk.example").json();
        assert_eq!(document["servers"], json!([{"url": "/desk"}]));
    }
}
