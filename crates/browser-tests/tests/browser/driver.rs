//! The driver that starts browsers.

use std::net::TcpListener;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tokio::process::{Child, Command};
use tokio::time::sleep;

use crate::http;

/// Where `cargo xtask test` tells that a driver listens.
pub const WEBDRIVER: &str = "KARTOTEKA_TEST_WEBDRIVER";

/// A driver: that of the one who runs the tests, or one of our own, which ends when this is dropped.
pub struct Driver {
    /// `127.0.0.1:PORT`.
    pub address: String,
    _own: Option<Child>,
}

impl Driver {
    pub async fn find() -> Self {
        match std::env::var(WEBDRIVER) {
            Ok(url) => {
                let address = url.trim_start_matches("http://").trim_end_matches('/');
                Self {
                    address: address.to_owned(),
                    _own: None,
                }
            }
            Err(_) => Self::start().await,
        }
    }

    async fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let started = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .arg("--log-level=SEVERE")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn();
        let own = started.unwrap_or_else(|error| {
            panic!(
                "can't start chromedriver ({error}): install Chromium and its driver (Debian: apt install chromium \
                 chromium-driver), or run `cargo xtask test`, or let {WEBDRIVER} say where a driver listens"
            )
        });
        let address = format!("127.0.0.1:{port}");
        for _ in 0..300 {
            if http::send(&address, "GET", "/status", &Value::Null)
                .await
                .is_ok()
            {
                return Self {
                    address,
                    _own: Some(own),
                };
            }
            sleep(Duration::from_millis(100)).await;
        }
        panic!("chromedriver does not answer on {address}")
    }
}
