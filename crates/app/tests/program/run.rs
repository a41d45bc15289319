//! Starting and stopping the program.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Mutex, mpsc};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::http::{self, Answer};

/// The program on this data, without settings of the one who runs the tests.
pub fn program(data: &Path) -> Command {
    let mut command = bare();
    command.current_dir(data).arg("--data").arg(data);
    command
}

/// The program alone, without settings of the one who runs the tests.
pub fn bare() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kartoteka"));
    for (name, _) in
        std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("KARTOTEKA_"))
    {
        command.env_remove(name);
    }
    command.env_remove("RUST_LOG");
    command
}

/// What a command said.
#[derive(Debug)]
pub struct Said {
    pub exit: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// Runs a command to its end.
pub fn run(data: &Path, arguments: &[&str]) -> Said {
    run_with_input(data, arguments, "")
}

/// Runs a command with something on its standard input.
pub fn run_with_input(data: &Path, arguments: &[&str], input: &str) -> Said {
    let mut command = program(data);
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that does not read its input may be gone already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Said {
        exit: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs a command that has to succeed.
pub fn done(data: &Path, arguments: &[&str]) -> Said {
    let said = run(data, arguments);
    assert_eq!(said.exit, 0, "{arguments:?}: {said:?}");
    said
}

/// A server in progress; killed when dropped.
pub struct Server {
    child: Child,
    lines: Mutex<mpsc::Receiver<String>>,
    pub address: String,
    /// How long it took until it listened.
    pub start: Duration,
}

impl Server {
    /// Starts `demo` or `serve` on a free port.
    pub fn start(data: &Path, arguments: &[&str]) -> Self {
        let mut command = program(data);
        command
            .args(arguments)
            .args(["--listen", "127.0.0.1:0", "--log", "warn"]);
        Self::spawn(command)
    }

    /// Starts a command that says where it listens.
    pub fn spawn(mut command: Command) -> Self {
        let begun = Instant::now();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = follow(child.stdout.take().unwrap());
        let mut server = Self {
            child,
            lines: Mutex::new(lines),
            address: String::new(),
            start: Duration::ZERO,
        };
        let first = server.line().expect("the first line says where it listens");
        server.start = begun.elapsed();
        let address = first
            .strip_prefix("listening on http://")
            .unwrap_or_else(|| panic!("{first:?}"));
        server.address = address.to_owned();
        server
    }

    /// The next line on standard output, if one comes.
    pub fn line(&self) -> Option<String> {
        self.lines
            .lock()
            .unwrap()
            .recv_timeout(Duration::from_secs(60))
            .ok()
    }

    /// What follows these words on one of the next lines.
    pub fn said(&self, words: &str) -> String {
        while let Some(line) = self.line() {
            if let Some(rest) = line.strip_prefix(words) {
                return rest.to_owned();
            }
        }
        panic!("nothing begins with {words:?}")
    }

    pub fn get(&self, path: &str, token: Option<&str>) -> Answer {
        http::send(&self.address, "GET", path, token, None).unwrap()
    }

    pub fn post(&self, path: &str, token: &str, body: &Value) -> Answer {
        http::send(&self.address, "POST", path, Some(token), Some(body)).unwrap()
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to stop, as systemd does.
    pub fn terminate(mut self) -> (ExitStatus, Duration) {
        let begun = Instant::now();
        self.signal("-TERM");
        (self.wait(), begun.elapsed())
    }

    /// Sends a signal.
    pub fn signal(&self, signal: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args([signal, &pid]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits for its end.
    pub fn wait(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }

    /// Ends it as loss of power would.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn follow(out: ChildStdout) -> mpsc::Receiver<String> {
    let (send, lines) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

/// Lets time pass.
pub fn pause(time: Duration) {
    let (_keep, never) = mpsc::channel::<()>();
    let _ = never.recv_timeout(time);
}

/// A token for REST.
pub fn token(data: &Path, name: &str, scope: &str) -> String {
    let said = done(data, &["token", "add", name, "--scope", scope, "--json"]);
    said.json()["token"].as_str().unwrap().to_owned()
}
