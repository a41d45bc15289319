//! What comes over the network before anybody is known: requests that can be read in two ways, bodies that nobody reads,
//! connections that only wait.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use tempfile::tempdir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;

use crate::run::{Server, pause, token};

/// Sends these parts, with a pause between them, and reads until the server closes the connection.
fn answers(server: &Server, parts: &[&str]) -> String {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let limit = Duration::from_secs(60);
    stream.set_read_timeout(Some(limit)).unwrap();
    for (number, part) in parts.iter().enumerate() {
        if number > 0 {
            pause(Duration::from_millis(300));
        }
        stream.write_all(part.as_bytes()).unwrap();
    }
    let mut bytes = vec![];
    stream.read_to_end(&mut bytes).unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn what_can_be_read_in_two_ways_is_refused() {
    let data = tempdir().unwrap();
    let server = Server::start(data.path(), &["serve"]);
    let good = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";
    for lines in [
        "Host: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked",
        "Host: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5",
        "Host: x\r\nContent-Length: 5\r\nContent-Length: 5",
        "Host: x\r\nHost: y",
    ] {
        for path in ["/login", "/api/v1/customers", "/health/live"] {
            let bad = format!("POST {path} HTTP/1.1\r\n{lines}\r\n\r\n0\r\n\r\n{good}");
            let said = answers(&server, &[good, &bad]);
            let (first, second) = said[9..].split_once("HTTP/1.1 ").unwrap();
            assert!(first.starts_with("200 "), "{said}");
            assert!(second.starts_with("400 "), "{lines}: {said}");
            assert!(second.contains("\r\nconnection: close\r\n"), "{said}");
            assert!(!second.contains("HTTP/1.1 "), "a third answer: {said}");
        }
    }
    let chunks = "POST /login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n";
    let said = answers(&server, &[chunks]);
    assert!(said.contains("\r\nconnection: close\r\n"), "{said}");
}

#[test]
fn a_refusal_is_heard_while_the_body_is_still_coming() {
    let data = tempdir().unwrap();
    let server = Server::start(data.path(), &["serve"]);
    let reader = token(data.path(), "look", "reader");
    let length = 300_000;
    let (half, end) = ("x".repeat(length / 2), "Connection: close\r\n\r\n");
    for (path, authorization, status) in [
        ("/api/v1/customers", "Bearer wrong", "401 "),
        ("/api/v1/nowhere", "Bearer wrong", "404 "),
        ("/api/v1/jobs?dry_run=true", "Bearer wrong", "401 "),
        (
            "/api/v1/jobs?dry_run=nonsense",
            &format!("Bearer {reader}"),
            "4",
        ),
        ("/health/live", "", "405 "),
    ] {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: {authorization}\r\n\
             Content-Length: {length}\r\n\r\n"
        );
        // The whole body comes, late: the connection goes on.
        let next = format!("GET /health/live HTTP/1.1\r\nHost: x\r\n{end}");
        let said = answers(&server, &[&head, &half, &half, &next]);
        assert!(
            said.starts_with(&format!("HTTP/1.1 {status}")),
            "{path}: {said}"
        );
        assert!(said[9..].contains("HTTP/1.1 200 "), "{path}: {said}");
        // Half of it comes, and no more: the answer says that the connection ends.
        let said = answers(&server, &[&head, &half]);
        assert!(
            said.starts_with(&format!("HTTP/1.1 {status}")),
            "{path}: {said}"
        );
        assert!(said.contains("\r\nconnection: close\r\n"), "{path}: {said}");
        // More than anybody reads: said before it has come.
        let head = head.replace(&length.to_string(), "99000000");
        let said = answers(&server, &[&head, &half, &half]);
        assert!(
            said.starts_with(&format!("HTTP/1.1 {status}")),
            "{path}: {said}"
        );
        assert!(said.contains("\r\nconnection: close\r\n"), "{path}: {said}");
        // The client waits to hear whether to send it.
        let head = head.replace("Host: x", "Host: x\r\nExpect: 100-continue");
        let said = answers(&server, &[&head]);
        assert!(
            said.starts_with(&format!("HTTP/1.1 {status}")),
            "{path}: {said}"
        );
        assert!(said.contains("\r\nconnection: close\r\n"), "{path}: {said}");
    }
}

#[tokio::test]
async fn one_address_does_not_take_all_connections() {
    let data = tempdir().unwrap();
    let server = Server::start(data.path(), &["serve"]);
    let address = server.address.parse().unwrap();
    let mut waiting = vec![];
    let mut refused = 0;
    for _ in 0..400 {
        let mut stream = tokio::net::TcpStream::connect(&address).await.unwrap();
        if stream.write_all(b"GET / HT").await.is_err() {
            refused += 1;
        }
        waiting.push(stream);
    }
    for stream in &mut waiting[256..] {
        let heard = stream.read(&mut [0; 8]).await;
        refused += usize::from(!matches!(heard, Ok(1..)));
    }
    assert!(refused >= 144, "{refused}");
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.2:0".parse().unwrap()).unwrap();
    let mut other = socket.connect(address).await.unwrap();
    let request = b"GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    other.write_all(request).await.unwrap();
    let mut answer = String::new();
    other.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    // Heads that do not end are not waited for; then there is room again.
    for stream in &mut waiting[..256] {
        let heard = stream.read(&mut [0; 8]).await;
        assert!(!matches!(heard, Ok(1..)), "{heard:?}");
    }
    assert_eq!(server.get("/health/live", None).status, 200);
}
