//! What these tests have in common: nodes on addresses of one database, and people who write.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

use crate::http::{self, Answer};
use crate::run::{Server, done, pause};

pub const PEOPLE: &str = "/api/v1/customer-users";

/// A node with a folder of its own.
pub struct Node {
    pub folder: TempDir,
    pub address: String,
    pub server: Server,
}

impl Node {
    /// Starts one on a database.
    pub fn start(address: &str) -> Self {
        let folder = tempdir().unwrap();
        let server = Server::start(folder.path(), &["serve", "--database", address]);
        Self {
            folder,
            address: address.to_owned(),
            server,
        }
    }

    /// Starts it again on its folder, after it ended.
    pub fn start_again(&mut self) {
        let arguments = ["serve", "--database", &self.address];
        self.server = Server::start(self.folder.path(), &arguments);
    }

    /// Runs a command on its database.
    pub fn run(&self, arguments: &[&str]) -> Value {
        let all = [arguments, &["--database", &self.address]].concat();
        let said = done(self.folder.path(), &all);
        match arguments.contains(&"--json") {
            true => said.json(),
            false => Value::Null,
        }
    }

    /// Makes a customer, and a token that may add people to it.
    pub fn prepare(&self) -> String {
        self.run(&["customer", "add", "acme", "--name", "Acme"]);
        let said = self.run(&["token", "add", "t", "--scope", "editor", "--json"]);
        said["token"].as_str().unwrap().to_owned()
    }

    /// The journal is whole.
    pub fn verify(&self) {
        let verdict = self.run(&["journal", "verify", "--json"]);
        assert_eq!(verdict["fault"], Value::Null, "{verdict}");
    }
}

pub fn person(login: &str) -> Value {
    json!({
        "UserLogin": login, "UserFirstname": "Anna", "UserLastname": "Nowak",
        "UserEmail": format!("{login}@acme-lab.org"), "UserCustomerID": "acme",
    })
}

/// What writers were told.
#[derive(Debug, Default)]
pub struct Told {
    /// Logins that were acknowledged.
    pub kept: Vec<String>,
    /// What came instead, with how long it took.
    pub other: Vec<(u16, Duration)>,
    pub longest: Duration,
}

/// Adds people by REST at each of these addresses, so many writers at each, while something is done.
pub fn while_written(
    addresses: &[&str],
    token: &str,
    writers: usize,
    name: &str,
    done: impl FnOnce(),
) -> Told {
    let told = Mutex::new(Told::default());
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for (number, address) in addresses.iter().enumerate() {
            for writer in 0..writers {
                let (told, stop) = (&told, &stop);
                scope.spawn(move || {
                    for count in 0.. {
                        if stop.load(Ordering::SeqCst) {
                            return;
                        }
                        let login = format!("{name}-{number}-{writer}-{count}");
                        let begun = Instant::now();
                        let sent =
                            http::send(address, "POST", PEOPLE, Some(token), Some(&person(&login)));
                        let took = begun.elapsed();
                        let status = sent.map_or(0, |answer| answer.status);
                        let mut told = told.lock().unwrap();
                        told.longest = told.longest.max(took);
                        match status {
                            201 => told.kept.push(login),
                            status => told.other.push((status, took)),
                        }
                    }
                });
            }
        }
        done();
        stop.store(true, Ordering::SeqCst);
    });
    told.into_inner().unwrap()
}

/// Asks until the answer is as wished, and says how long that took.
pub fn until(
    what: &str,
    longest: Duration,
    asked: impl Fn() -> Answer,
    wished: impl Fn(&Answer) -> bool,
) -> Duration {
    let begun = Instant::now();
    loop {
        let answer = asked();
        if wished(&answer) {
            return begun.elapsed();
        }
        assert!(begun.elapsed() < longest, "{what}: still {answer:?}");
        pause(Duration::from_millis(100));
    }
}

/// Everybody who was acknowledged is there.
pub fn holds(node: &Node, token: &str, logins: &[String]) {
    assert!(!logins.is_empty(), "nothing was acknowledged");
    for login in logins {
        let found = node.server.get(&format!("{PEOPLE}/{login}"), Some(token));
        assert_eq!(found.status, 200, "{login} is lost: {found:?}");
    }
    node.verify();
}

pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Runtime::new().unwrap()
}

/// The port of an address.
pub fn port(address: &str) -> u16 {
    let rest = address.rsplit_once(':').map_or("", |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest).parse().unwrap()
}

/// The same database's address at another port.
pub fn at_port(address: &str, port: u16) -> String {
    address.replacen(&format!(":{}", self::port(address)), &format!(":{port}"), 1)
}
