//! Progress of long work: for somebody who watches a terminal, and for nobody else.

use std::fs::File;
use std::io::Read;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use rustix::fs::{Mode, OFlags, open};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use tempfile::tempdir;

use crate::run::{Server, done, program, run};

/// Bars and what turns: none of it may stand in a file or a log.
const CONTROLS: [char; 3] = ['\u{1b}', '\r', '█'];

/// A command on a terminal of 100 columns, as somebody sees it.
struct Watched {
    child: Child,
    screen: File,
    seen: Vec<u8>,
}

impl Watched {
    fn start(data: &Path, arguments: &[&str]) -> Self {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let size = Winsize {
            ws_row: 24,
            ws_col: 100,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        tcsetwinsize(&master, size).unwrap();
        let name = ptsname(&master, vec![]).unwrap();
        let terminal = open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
        let one = |terminal: &OwnedFd| Stdio::from(terminal.try_clone().unwrap());
        let mut command = program(data);
        command
            .args(arguments)
            .env("TERM", "xterm")
            .env_remove("NO_COLOR")
            .stdin(one(&terminal))
            .stdout(one(&terminal))
            .stderr(one(&terminal));
        let child = command.spawn().unwrap();
        Self {
            child,
            screen: File::from(master),
            seen: vec![],
        }
    }

    /// All that was drawn until these words, or until the end.
    fn until(&mut self, words: &str) -> String {
        let mut portion = [0; 4096];
        while !self.text().contains(words) {
            // A terminal whose last program is gone answers with an error.
            let Ok(length @ 1..) = self.screen.read(&mut portion) else {
                break;
            };
            self.seen.extend_from_slice(&portion[..length]);
        }
        self.text()
    }

    fn end(mut self) -> (i32, String) {
        let text = self.until("\0");
        (self.child.wait().unwrap().code().unwrap_or(-1), text)
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.seen).into_owned()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The text without what moves the cursor: what stands before `text` was wiped away again.
fn is_wiped(drawn: &str, text: &str) -> bool {
    let before = drawn.split(text).next().unwrap();
    let line = before.rsplit('\n').next().unwrap();
    line.contains("\u{1b}[2K") || line.is_empty()
}

#[test]
fn making_the_demo_shows_how_far_it_is() {
    let data = tempdir().unwrap();
    let demo = ["demo", "--people", "3000", "--listen", "127.0.0.1:0"];
    let mut watched = Watched::start(data.path(), &[&demo[..], &["--log", "warn"]].concat());
    let drawn = watched.until("password: ");
    for (what, count) in [("customers", "/ 150"), ("people", "/ 3,000")] {
        assert!(
            drawn
                .lines()
                .flat_map(|line| line.split('\r'))
                .any(|line| line.contains(what) && line.contains(count) && line.contains("left")),
            "{what}: {drawn:?}"
        );
    }
    assert!(
        drawn.contains("bringing the search index up to date"),
        "{drawn:?}"
    );
    assert!(is_wiped(&drawn, "listening on"), "{drawn:?}");
}

/// Commands that take long with many people, each with something that is drawn meanwhile.
fn long_commands(data: &Path, new: &Path, folder: &Path) -> Vec<(PathBuf, Vec<String>, String)> {
    let file = folder.join("copy.db").to_str().unwrap().to_owned();
    let list = ["customer", "list", "--limit", "1", "--json"];
    let customer = done(data, &list).json()["items"][0]["CustomerID"].clone();
    let give = [
        "bulk",
        "--search",
        "",
        "--give-customer",
        customer.as_str().unwrap(),
        "--yes",
    ];
    let search = ["customer-user", "search", "nowak", "--limit", "1"];
    let people = done(data, &["customer-user", "list", "--limit", "1", "--json"]).json();
    let people = people["total"].as_u64().unwrap();
    let all = format!("/ {},{:03}", people / 1000, people % 1000);
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    [
        (data, owned(&["backup", &file]), "copying"),
        (new, owned(&["restore", &file]), "making the search index"),
        (data, owned(&search), "bringing the search index up to date"),
        (
            data,
            owned(&[&give[..], &["--dry-run"]].concat()),
            "working out what would change",
        ),
        (data, owned(&give), &all),
    ]
    .map(|(data, arguments, words)| (data.to_owned(), arguments, words.to_owned()))
    .into()
}

#[test]
fn long_commands_show_what_they_do_and_only_to_those_who_watch() {
    let (data, new) = (tempdir().unwrap(), tempdir().unwrap());
    let server = Server::start(data.path(), &["demo", "--people", "3000"]);
    drop(server);
    let folder = tempdir().unwrap();
    for (data, arguments, words) in long_commands(data.path(), new.path(), folder.path()) {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let (exit, drawn) = Watched::start(&data, &arguments).end();
        assert_eq!(exit, 0, "{drawn:?}");
        assert!(drawn.contains(&words), "{arguments:?}: {drawn:?}");
    }

    let (new, folder) = (tempdir().unwrap(), tempdir().unwrap());
    for (data, arguments, _) in long_commands(data.path(), new.path(), folder.path()) {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let said = run(&data, &arguments);
        assert_eq!(said.exit, 0, "{said:?}");
        // A copy has no files of sources, which is said.
        let of_file = |line: &&str| !line.contains("a source does not answer");
        let said_else: Vec<&str> = said.err.lines().filter(of_file).collect();
        assert!(said_else.is_empty(), "{arguments:?}: {said_else:?}");
        assert!(!said.out.contains(CONTROLS), "{said:?}");
    }
}

#[test]
fn a_server_that_nobody_watches_draws_nothing() {
    let data = tempdir().unwrap();
    let log = data.path().join("log");
    let mut command = program(data.path());
    let demo = ["demo", "--people", "3000", "--listen", "127.0.0.1:0"];
    command
        .args(demo)
        .args(["--log", "warn"])
        .stderr(File::create(&log).unwrap());
    let server = Server::spawn(command);
    server.said("password: ");
    drop(server);
    assert_eq!(std::fs::read_to_string(log).unwrap(), "");
}
