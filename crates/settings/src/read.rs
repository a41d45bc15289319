//! Reading the file and the environment into settings.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::checks::{self, Checks};
use crate::database::{self, Database};
use crate::diagnostic::Diagnostic;
use crate::document::{self, Entry, Table, Value};
use crate::findings::{At, Findings};
use crate::groups::{self, Groups};
use crate::jobs::{self, Jobs};
use crate::key::Key;
use crate::lists::{self, Lists};
use crate::log::{self, Log};
use crate::login_limits::{self, LoginLimits};
use crate::mistake::Mistake;
use crate::otobo::Layer;
use crate::passwords::{self, Passwords};
use crate::places::{Place, Places};
use crate::secrets::{self, Secrets};
use crate::section::Section;
use crate::server::{self, Server};
use crate::sessions::{self, Sessions};
use crate::{Settings, environment, source};
use kartoteka_model::nearest;

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: u64 = 4 << 20;

/// What some editors put in front of a text; it is no part of it.
pub(crate) const BOM: char = '\u{feff}';

pub(crate) const DATA_DIR: &str = "data";
pub(crate) const DATA_DIR_KEY: &str = "data_dir";
pub(crate) const DATA_DIR_DOC: &str =
    "Where Kartoteka keeps its own files, and the database if none is named.";

/// Our own sections, in the order of the documentation: name, keys, what they are about.
pub(crate) const SECTIONS: &[(&str, &[Key], &str)] = &[
    ("server", server::KEYS, "Where Kartoteka listens."),
    ("database", database::KEYS, "The home database."),
    ("log", log::KEYS, "What is logged, to standard error."),
    ("sessions", sessions::KEYS, "How long a login lasts."),
    (
        "login_limits",
        login_limits::KEYS,
        "How many wrong passwords are borne.",
    ),
    ("passwords", passwords::KEYS, "New passwords."),
    (
        "checks",
        checks::KEYS,
        "What is checked beyond the field map.",
    ),
    (
        "lists",
        lists::KEYS,
        "How much lists show, and in which order.",
    ),
    (
        "groups",
        groups::KEYS,
        "Permissions of customers and customer users.",
    ),
    ("jobs", jobs::KEYS, "Changes for many people at once."),
    (
        "secrets",
        secrets::KEYS,
        "Passwords of sources that are set up on pages.",
    ),
];

/// What came out of reading.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// None if there is any error.
    pub settings: Option<Settings>,
    /// Errors and warnings, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

impl Outcome {
    fn failed(diagnostic: Diagnostic) -> Self {
        Self {
            settings: None,
            diagnostics: vec![diagnostic],
        }
    }
}

/// Reads a settings file, or the defaults without one, and lays the environment over it:
/// `read(Some(path), std::env::vars())`. Options of a command line can be passed as variables too,
/// after the environment (`KARTOTEKA_SERVER__LISTEN`): later ones win.
pub fn read(file: Option<&Path>, env: impl IntoIterator<Item = (String, String)>) -> Outcome {
    read_over(Layer::default(), file, env)
}

/// The same over what an existing configuration of OTOBO says: [`Layer::read`].
pub fn read_over(
    below: Layer,
    file: Option<&Path>,
    env: impl IntoIterator<Item = (String, String)>,
) -> Outcome {
    let Some(file) = file else {
        return read_text_over(below, "kartoteka.toml", "", env);
    };
    let name = file.display().to_string();
    match read_bytes(file) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => {
                let text = text.strip_prefix(BOM).unwrap_or(&text);
                read_text_over(below, &name, text, env)
            }
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(&error.as_bytes()[..good]).into_owned();
                let findings = Findings::new(&name, &text);
                Outcome::failed(findings.error(&At::Byte(good), Mistake::NotUtf8))
            }
        },
        Err(error) => Outcome::failed(
            Diagnostic::error(Place::whole(name), Mistake::Unreadable)
                .param("reason", error.to_string()),
        ),
    }
}

fn read_bytes(file: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(file)?
        .take(LARGEST_FILE + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads settings from a text; `name` is what diagnostics call it.
pub fn read_text(
    name: &str,
    text: &str,
    env: impl IntoIterator<Item = (String, String)>,
) -> Outcome {
    read_text_over(Layer::default(), name, text, env)
}

/// The same over what an existing configuration of OTOBO says.
pub fn read_text_over(
    below: Layer,
    name: &str,
    text: &str,
    env: impl IntoIterator<Item = (String, String)>,
) -> Outcome {
    let findings = Findings::new(name, text);
    if text.len() as u64 > LARGEST_FILE {
        let limit = (LARGEST_FILE >> 20).to_string();
        let at = At::Byte(0);
        return Outcome::failed(findings.error(&at, Mistake::TooLarge).param("limit", limit));
    }
    let mut tree = below.tree;
    below
        .diagnostics
        .into_iter()
        .for_each(|diagnostic| findings.push(diagnostic));
    let settings = document::parse(text, &findings).map(|above| {
        document::lay_over(&mut tree, above);
        environment::overlay(&mut tree, env, &findings);
        settings(&tree, &findings)
    });
    let diagnostics = findings.into_list();
    Outcome {
        settings: settings.filter(|_| !diagnostics.iter().any(Diagnostic::is_error)),
        diagnostics,
    }
}

fn settings(tree: &Table, findings: &Findings<'_>) -> Settings {
    check_names(tree, findings);
    let data_dir = data_dir(tree, findings);
    let section = |name: &str| {
        let keys = section_keys(name).unwrap_or(&[]);
        Section::open(format!("[{name}]"), keys, tree.get(name), findings)
    };
    let mut places = Places::default();
    Settings {
        server: Server::read(&section("server")),
        database: Database::read(&section("database"), &data_dir),
        log: Log::read(&section("log")),
        sessions: Sessions::read(&section("sessions")),
        login_limits: LoginLimits::read(&section("login_limits")),
        passwords: Passwords::read(&section("passwords")),
        checks: Checks::read(&section("checks")),
        lists: Lists::read(&section("lists")),
        groups: Groups::read(&section("groups")),
        jobs: Jobs::read(&section("jobs")),
        secrets: Secrets::read(&section("secrets")),
        customer_users: source::customer_users(tree, findings, &mut places),
        customers: source::customers(tree, findings, &mut places),
        places,
        data_dir,
    }
}

fn data_dir(tree: &Table, findings: &Findings<'_>) -> PathBuf {
    let shipped = PathBuf::from(DATA_DIR);
    let Some(Entry { node, .. }) = tree.get(DATA_DIR_KEY) else {
        return shipped;
    };
    match &node.value {
        Value::Text(text) if !text.is_empty() && !text.chars().any(char::is_control) => text.into(),
        _ => {
            findings.push(
                findings
                    .error(&node.at, Mistake::WrongType)
                    .param("key", DATA_DIR_KEY)
                    .param("expected", "the path of a directory")
                    .found(node.found())
                    .remedy(format!("{DATA_DIR_KEY} = {DATA_DIR:?}")),
            );
            shipped
        }
    }
}

fn check_names(tree: &Table, findings: &Findings<'_>) {
    let names = section_names();
    for (name, entry) in tree {
        if name == DATA_DIR_KEY || names.iter().any(|known| known == name) || findings.is_full() {
            continue;
        }
        let known = names.iter().map(String::as_str).chain([DATA_DIR_KEY]);
        let meant = nearest(name, known).map(|meant| match entry.node.value {
            Value::Table(_) => format!("[{meant}]"),
            _ => meant.to_owned(),
        });
        // A key of a section written outside of it.
        let home = SECTIONS
            .iter()
            .find(|(_, keys, _)| keys.iter().any(|key| key.name == name))
            .map(|(section, ..)| format!("{name} under [{section}]"));
        findings.push(
            findings
                .error(&entry.key_at, Mistake::UnknownSection)
                .param("key", name)
                .remedy(home.or(meant)),
        );
    }
}

/// All sections that a file may have.
pub(crate) fn section_names() -> Vec<String> {
    let own = SECTIONS.iter().map(|(name, ..)| (*name).to_owned());
    own.chain(source::ids(source::CUSTOMER_USER))
        .chain(source::ids(source::CUSTOMER_COMPANY))
        .collect()
}

/// The keys of a section.
pub(crate) fn section_keys(name: &str) -> Option<&'static [Key]> {
    let own = SECTIONS.iter().find(|(own, ..)| *own == name);
    match own {
        Some((_, keys, _)) => Some(keys),
        None if name.starts_with(source::CUSTOMER_USER) => Some(source::CUSTOMER_USER_KEYS),
        None if name.starts_with(source::CUSTOMER_COMPANY) => Some(source::CUSTOMER_COMPANY_KEYS),
        None => None,
    }
}
