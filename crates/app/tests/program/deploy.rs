//! What is committed for systemd and for containers, against the program that it starts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::tempdir;

use crate::run::{Server, bare, program, run};

fn committed(file: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(file);
    fs::read_to_string(file).unwrap()
}

/// The values of one key of the unit, in order.
fn values<'a>(unit: &'a str, key: &str) -> Vec<&'a str> {
    unit.lines()
        .filter_map(|line| line.split_once('='))
        .filter(|(name, _)| *name == key)
        .map(|(_, value)| value)
        .collect()
}

fn value<'a>(unit: &'a str, key: &str) -> &'a str {
    let all = values(unit, key);
    assert_eq!(all.len(), 1, "{key}: {all:?}");
    all[0]
}

/// What the unit and the image start: the program's arguments, without its own name.
struct Started<'a> {
    variables: Vec<(&'a str, &'a str)>,
    arguments: Vec<&'a str>,
    /// Where its data are: another place in a test.
    data: &'a str,
}

impl Started<'_> {
    /// The command with data and working directory elsewhere, on a free port.
    fn command(&self, data: &Path, settings: &Path) -> Command {
        let mut command = bare();
        for (name, value) in &self.variables {
            let value = match *value {
                value if value == self.data => data.to_str().unwrap(),
                "0.0.0.0:8080" => "127.0.0.1:0",
                value => value,
            };
            command.env(name, value);
        }
        command.args(&self.arguments).current_dir(settings);
        command
    }
}

fn unit_starts(unit: &str) -> Started<'_> {
    let mut words = value(unit, "ExecStart").split(' ');
    assert_eq!(words.next(), Some("/usr/local/bin/kartoteka"));
    Started {
        variables: values(unit, "Environment")
            .into_iter()
            .map(|pair| pair.split_once('=').unwrap())
            .collect(),
        arguments: words.collect(),
        data: "/var/lib/kartoteka",
    }
}

/// Starts it with a file of settings beside it, which has to be read, and stops it as both systemd and engines do.
fn starts_and_stops(started: &Started<'_>, limit: Option<u64>) {
    let (data, settings) = (tempdir().unwrap(), tempdir().unwrap());
    let file = settings.path().join("kartoteka.toml");
    fs::write(
        &file,
        "[server]\nlisten = \"127.0.0.1:0\"\n\n[pages]\nproduct = 7\n",
    )
    .unwrap();
    let mut command = started.command(data.path(), settings.path());
    let refused = command.stdout(Stdio::null()).output().unwrap();
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(!refused.status.success(), "the file was not read");
    assert!(
        said.contains("kartoteka.toml") && said.contains("pages"),
        "{said}"
    );

    fs::write(&file, "[server]\nlisten = \"127.0.0.1:0\"\n").unwrap();
    let log = settings.path().join("log");
    let mut command = started.command(data.path(), settings.path());
    command.stderr(fs::File::create(&log).unwrap());
    let server = Server::spawn(command);
    assert_eq!(server.get("/health/ready", None).status, 200);
    let (exit, took) = server.terminate();
    assert!(exit.success(), "{exit:?}");
    if let Some(limit) = limit {
        assert!(took.as_secs() < limit, "{took:?}");
    }
    assert!(data.path().join("kartoteka.db").is_file());
    let log = fs::read_to_string(log).unwrap();
    assert!(!log.is_empty());
    for line in log.lines() {
        serde_json::from_str::<Value>(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    }
}

#[test]
fn the_unit_starts_and_stops_the_program() {
    let unit = committed("deploy/kartoteka.service");
    let started = unit_starts(&unit);
    // systemd makes these for its dynamic user; nothing else is writable.
    let state = value(&unit, "StateDirectory");
    assert_eq!(Path::new("/var/lib").join(state), Path::new(started.data));
    let settings = Path::new("/etc").join(value(&unit, "ConfigurationDirectory"));
    let place = value(&unit, "WorkingDirectory");
    assert_eq!(place.strip_prefix('-'), settings.to_str());
    let limit = value(&unit, "TimeoutStopSec").parse().unwrap();
    starts_and_stops(&started, Some(limit));
}

/// What systemd itself says of the unit: words that it does not know would do nothing, and nobody would notice.
#[cfg(target_os = "linux")]
#[test]
fn systemd_understands_the_unit() {
    let unit = committed("deploy/kartoteka.service");
    let folder = tempdir().unwrap();
    let verify = |text: &str| -> (bool, String) {
        let file = folder.path().join("kartoteka.service");
        fs::write(&file, text).unwrap();
        let said = Command::new("systemd-analyze")
            .args(["verify", "--man=no", "--recursive-errors=no"])
            .arg(&file)
            .output()
            .expect("systemd-analyze is there (Debian: apt-get install systemd)");
        let words = String::from_utf8_lossy(&said.stderr).into_owned();
        (
            said.status.success() && !words.contains("kartoteka.service"),
            words,
        )
    };
    let installed = unit.replace("/usr/local/bin/kartoteka", env!("CARGO_BIN_EXE_kartoteka"));
    let (good, said) = verify(&installed);
    assert!(good, "{said}");
    let (good, said) = verify(&installed.replace("NoNewPrivileges=", "NoNewPrivilege="));
    assert!(!good, "a word that systemd does not know: {said}");
}

/// The instructions of the last stage, in order.
fn last_stage(file: &str) -> Vec<(String, String)> {
    let joined = file.replace("\\\n", " ");
    let mut stage = vec![];
    for line in joined.lines().filter(|line| !line.trim().is_empty()) {
        let (word, rest) = line.split_once(' ').unwrap();
        if word == "FROM" {
            stage.clear();
        }
        stage.push((word.to_owned(), rest.trim().to_owned()));
    }
    stage
}

#[test]
fn the_image_starts_and_stops_the_program() {
    let file = committed("Containerfile");
    let stage = last_stage(&file);
    let one = |word: &str| {
        let found: Vec<&str> = stage
            .iter()
            .filter(|(name, _)| name == word)
            .map(|(_, rest)| rest.as_str())
            .collect();
        assert_eq!(found.len(), 1, "{word}");
        found[0]
    };
    let list = |text: &str| serde_json::from_str::<Vec<String>>(text).unwrap();

    // What is built is what is copied, and what is copied is what is started.
    let package = file.split("--package ").nth(1).unwrap();
    let package = package.split_whitespace().next().unwrap();
    assert_eq!(package, env!("CARGO_PKG_NAME"));
    let built = PathBuf::from(env!("CARGO_BIN_EXE_kartoteka"));
    let name = built.file_stem().unwrap().to_str().unwrap();
    let copied: Vec<&str> = one("COPY").split(' ').collect();
    let from = format!("/src/target/release/{name}");
    assert_eq!(copied[..2], ["--from=build", &from]);
    assert_eq!(list(one("ENTRYPOINT")), [copied[2]]);

    // Whom it runs as owns what it writes to.
    let (user, run) = (one("USER"), one("RUN"));
    assert!(run.contains(&format!("useradd --uid {user} ")), "{run}");
    assert!(run.contains(&format!("--owner {user} ")), "{run}");
    assert!(run.ends_with(one("VOLUME")), "{run}");
    assert_eq!(one("STOPSIGNAL"), "SIGTERM");

    let variables: Vec<(&str, &str)> = one("ENV")
        .split_whitespace()
        .map(|pair| pair.split_once('=').unwrap())
        .collect();
    let listen = variables
        .iter()
        .find(|(name, _)| *name == "KARTOTEKA_SERVER__LISTEN")
        .unwrap();
    assert_eq!(listen.1, format!("0.0.0.0:{}", one("EXPOSE")));
    let arguments = list(one("CMD"));
    starts_and_stops(
        &Started {
            variables,
            arguments: arguments.iter().map(String::as_str).collect(),
            data: one("VOLUME"),
        },
        None,
    );
}

/// What makes the tests above tell something: a name that no setting has is refused.
#[test]
fn a_misspelt_variable_is_refused() {
    let data = tempdir().unwrap();
    for (wrong, right) in [
        ("KARTOTEKA_SERVER__LISTENS", "KARTOTEKA_SERVER__LISTEN"),
        ("KARTOTEKA_DATABASE_URL", "KARTOTEKA_DATABASE__URL"),
    ] {
        let mut command = program(data.path());
        let said = command.arg("serve").env(wrong, "x").output().unwrap();
        assert!(!said.status.success(), "{wrong}");
        let error = String::from_utf8_lossy(&said.stderr).into_owned();
        assert!(error.contains(wrong) && error.contains(right), "{error}");
    }
    assert_eq!(run(data.path(), &["check"]).exit, 0);
}
