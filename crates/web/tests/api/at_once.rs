//! Many save at once over HTTP, as an import with many workers does.

use std::time::Duration;

use axum::http::StatusCode;
use kartoteka_directory::{Maintenance, Options, Role};
use kartoteka_model::source::Address;
use kartoteka_settings::{Database, Settings};
use kartoteka_testbed::{Engine, fresh_database};
use kartoteka_web::{WebOptions, router};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use super::desk::{person, token};

const AT_ONCE: usize = 128;

/// One request over a connection of its own; its status.
async fn send(port: u16, token: String, method: &str, path: &str, body: String) -> StatusCode {
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(("127.0.0.1", port))
        .await
        .expect("connects");
    let sent = stream.write_all(format!("{head}{body}").as_bytes()).await;
    sent.expect("is sent");
    let mut answer = vec![];
    stream.read_to_end(&mut answer).await.expect("answers");
    let answer = String::from_utf8_lossy(&answer);
    let status = answer.split(' ').nth(1).unwrap_or_default();
    status.parse().expect("a status")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_who_are_added_at_once_are_added_and_readers_are_answered_meanwhile() {
    for engine in Engine::all() {
        let folder = tempfile::tempdir().expect("a folder");
        let address = fresh_database(engine).await.expect("a database");
        let mut settings = Settings {
            data_dir: folder.path().to_owned(),
            database: Database::in_dir(folder.path()),
            ..Settings::default()
        };
        settings.database.url = Address::new(&address);
        let directory = Maintenance::open(settings, Options::default())
            .await
            .expect("opens");
        let admin = token(&directory, "admin", Role::Admin, None).await;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("listens");
        let port = listener.local_addr().expect("an address").port();
        let routes = router(directory.directory(), WebOptions::default());
        let serving = tokio::spawn(async move { axum::serve(listener, routes).await });
        let customer = json!({"CustomerID": "MUSTER", "CustomerCompanyName": "Muster"}).to_string();
        let added = send(port, admin.clone(), "POST", "/api/v1/customers", customer).await;
        assert_eq!(added, StatusCode::CREATED, "{engine}");

        let began = tokio::time::Instant::now();
        let mut saves = JoinSet::new();
        for number in 0..AT_ONCE {
            let (admin, body) = (admin.clone(), person(&format!("anna.{number}")).to_string());
            saves.spawn(
                async move { send(port, admin, "POST", "/api/v1/customer-users", body).await },
            );
        }
        let mut slowest = Duration::ZERO;
        let mut left = AT_ONCE;
        while left > 0 {
            for path in ["/health/ready", "/api/v1/customers/MUSTER"] {
                let asked = tokio::time::Instant::now();
                let read = send(port, admin.clone(), "GET", path, String::new()).await;
                assert_eq!(read, StatusCode::OK, "{engine} {path}");
                slowest = slowest.max(asked.elapsed());
            }
            while let Some(saved) = saves.try_join_next() {
                assert_eq!(saved.expect("ends"), StatusCode::CREATED, "{engine}");
                left -= 1;
            }
        }
        let took = began.elapsed();
        println!("{engine}: {AT_ONCE} saved in {took:?}; the slowest read took {slowest:?}");
        // Readers waited five seconds for a connection, when those who save had them all.
        assert!(slowest < Duration::from_secs(4), "{engine}: {slowest:?}");
        serving.abort();
        directory.close().await;
    }
}
