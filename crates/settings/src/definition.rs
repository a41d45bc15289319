//! Sources that pages write: each is the document of a section as `kartoteka.toml` has it, read by the same rules. What
//! stands in a file or a variable wins: such a source is as it is there.

use std::collections::BTreeMap;

use kartoteka_model::source::{CustomerSource, CustomerUserSource, Locked};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::Settings;
use crate::diagnostic::Diagnostic;
use crate::document::{self, Entry, Node, Table, Value};
use crate::findings::{At, Findings};
use crate::mistake::Mistake;
use crate::otobo::print;
use crate::places::Place;
use crate::read::section_keys;
use crate::source::{self, CUSTOMER_COMPANY, CUSTOMER_USER};

/// The folder in the data directory that files of such sources are in: nobody reads others by naming them on a page.
pub const FOLDER: &str = "sources";

/// Keys in `Params` that are secrets.
const SECRETS: [&str; 2] = ["Params.Password", "Params.UserPw"];

/// The address of a database, which is a secret when it has a password in it.
const DSN: &str = "Params.DSN";

/// What decides to whom a secret is told.
const ADDRESSED: &str = "Module Params.Host Params.Params Params.StartTLS Params.VerifyTLS Params.CAFile \
     Params.UserDN Params.DSN Params.User";

/// What a section says, by its keys.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Document(pub Map<String, Json>);

/// A source that pages wrote.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WrittenDefinition {
    /// The number of the write that it is from.
    pub version: u64,
    /// What its section says, without secrets.
    pub document: Document,
    /// Its secrets by their keys (`Params.UserPw`), sealed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sealed: BTreeMap<String, String>,
}

/// The sections of sources: those of customer users, then those of customers, each in their order.
pub fn source_ids() -> impl Iterator<Item = String> {
    source::ids(CUSTOMER_USER).chain(source::ids(CUSTOMER_COMPANY))
}

/// Whether a section is one of a source of customer users (`true`) or of customers.
pub fn kind_of_source(id: &str) -> Option<bool> {
    let known = source_ids().any(|known| known == id);
    known.then(|| id.starts_with(CUSTOMER_USER))
}

impl Document {
    /// Reads a text of TOML: a section of a source with its name, or what would stand in one.
    ///
    /// # Errors
    /// What is no TOML.
    pub fn from_toml(name: &str, text: &str) -> Result<(Option<String>, Self), Vec<Diagnostic>> {
        let findings = Findings::new(name, text);
        let Some(tree) = document::parse(text, &findings) else {
            return Err(findings.into_list());
        };
        let mistakes = findings.into_list();
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let mut whole = json_of(&tree);
        let section = (whole.len() == 1)
            .then(|| whole.keys().next().cloned())
            .flatten();
        if let Some(id) = section.filter(|id| kind_of_source(id).is_some())
            && let Some(Json::Object(inner)) = whole.remove(&id)
        {
            return Ok((Some(id), Self(inner)));
        }
        Ok((None, Self(whole)))
    }

    /// The section as a settings file has it.
    pub fn to_toml(&self, id: &str) -> String {
        let mut out = String::new();
        let table = table_of(&self.0, "");
        print::section(&mut out, &[id], section_keys(id).unwrap_or(&[]), &table);
        out
    }

    /// What stands under a key: `Params.Host`.
    pub fn find(&self, path: &str) -> Option<&Json> {
        let mut parts = path.split('.');
        let mut found = self.0.get(parts.next()?)?;
        for part in parts {
            found = found.get(part)?;
        }
        Some(found)
    }

    /// The text that stands under a key.
    pub fn text(&self, path: &str) -> &str {
        self.find(path).and_then(Json::as_str).unwrap_or_default()
    }

    /// Takes something out.
    pub fn remove(&mut self, path: &str) -> Option<Json> {
        match path.split_once('.') {
            None => self.0.remove(path),
            Some((first, rest)) => self.0.get_mut(first)?.as_object_mut()?.remove(rest),
        }
    }

    /// Puts something under a key.
    pub fn set(&mut self, path: &str, value: Json) {
        match path.split_once('.') {
            None => drop(self.0.insert(path.to_owned(), value)),
            Some((first, rest)) => {
                let inner = self.0.entry(first).or_insert_with(|| Map::new().into());
                if let Some(inner) = inner.as_object_mut() {
                    inner.insert(rest.to_owned(), value);
                }
            }
        }
    }

    /// Takes the secrets out. An empty text is none: it says that there is no secret any more.
    pub fn take_secrets(&mut self) -> BTreeMap<String, Option<SecretString>> {
        let mut secrets = BTreeMap::new();
        let dsn = holds_password(self.text(DSN)) || self.text(DSN).is_empty();
        let keys = SECRETS.into_iter().chain(dsn.then_some(DSN));
        for key in keys {
            // What is no text is a mistake, and told as one.
            if !self.find(key).is_some_and(Json::is_string) {
                continue;
            }
            if let Some(Json::String(text)) = self.remove(key) {
                let secret = (!text.is_empty()).then(|| SecretString::from(text));
                secrets.insert(key.to_owned(), secret);
            }
        }
        secrets
    }

    /// What a secret is sealed for: its place, and to whom it is told. With another server it is of no use.
    pub fn purpose(&self, id: &str, key: &str) -> String {
        let addressed: Vec<&Json> = ADDRESSED
            .split_whitespace()
            .map(|path| self.find(path).unwrap_or(&Json::Null))
            .collect();
        serde_json::json!([id, key, addressed]).to_string()
    }

    /// Whether a source that is set up like this has use for a secret.
    pub fn uses(&self, key: &str) -> bool {
        let module = self.text("Module").rsplit("::").next().unwrap_or_default();
        let is = |name: &str| module.eq_ignore_ascii_case(name);
        match key {
            "Params.UserPw" => is("LDAP") && !self.text("Params.UserDN").is_empty(),
            _ => is("DB") || is(""),
        }
    }
}

/// Whether an address has a password in it.
fn holds_password(dsn: &str) -> bool {
    let lower = dsn.to_ascii_lowercase();
    let before_host = dsn
        .split_once("://")
        .and_then(|(_, rest)| rest.rsplit_once('@'))
        .is_some_and(|(user, _)| user.contains(':'));
    before_host || ["passw", "pwd"].iter().any(|word| lower.contains(word))
}

impl Settings {
    /// Whether file, environment or an OTOBO's configuration say of a source how it is, and where.
    pub fn says_source(&self, id: &str) -> Option<String> {
        if let Some(place) = self.places.source(id) {
            return Some(place.to_string());
        }
        let people = self.customer_users.iter().find(|one| one.spec.id == id);
        let customers = self.customers.iter().find(|one| one.spec.id == id);
        let is_own = people.is_some_and(|one| *one != CustomerUserSource::preset())
            || customers.is_some_and(|one| *one != CustomerSource::preset());
        is_own.then(|| "kartoteka.toml".to_owned())
    }

    /// Lays a source over these settings as a document says it, with its secrets put back in; what is wrong with it. With a
    /// mistake in it nothing is laid. The places of mistakes are keys of the document, after the name of the section.
    pub fn lay_source(
        &mut self,
        id: &str,
        document: &Document,
        secrets: &BTreeMap<String, SecretString>,
        locked: Option<Locked>,
    ) -> Vec<Diagnostic> {
        let folder = self.data_dir.join(FOLDER);
        let name = folder.join(id).display().to_string();
        let findings = Findings::new(&name, "");
        let at = At::Below(Place::whole(id));
        let mut table = table_of(&document.0, &format!("{id} "));
        for (key, secret) in secrets {
            put(&mut table, key, secret.expose_secret(), &at);
        }
        outside(&table, &findings);
        let node = Node {
            value: Value::Table(table),
            at: at.clone(),
        };
        let tree = Table::from([(id.to_owned(), Entry { key_at: at, node })]);
        let mut laid = self.clone();
        source::lay(id, &tree, &mut laid, &findings, locked);
        let mut mistakes = findings.into_list();
        for mistake in &mut mistakes {
            if mistake.place.file == name {
                mistake.place = Place::whole(id);
            }
        }
        if !mistakes.iter().any(Diagnostic::is_error) {
            *self = laid;
        }
        mistakes
    }

    /// The same of a source whose secrets can't be opened: it is there, and is not asked.
    pub fn lay_locked(
        &mut self,
        id: &str,
        written: &WrittenDefinition,
        locked: Locked,
    ) -> Vec<Diagnostic> {
        let stand_in = |key: &String| match key.as_str() {
            DSN => "mysql://sealed/sealed",
            _ => "sealed",
        };
        let keys = written.sealed.keys();
        let secrets = keys.map(|key| (key.clone(), stand_in(key).into()));
        self.lay_source(id, &written.document, &secrets.collect(), Some(locked))
    }
}

/// What a page may not name: tables that are Kartoteka's own, and files elsewhere.
fn outside(table: &Table, findings: &Findings<'_>) {
    let Some(Value::Table(params)) = table.get("Params").map(|entry| &entry.node.value) else {
        return;
    };
    let refuse = |key: &str, node: &Node, expected: &str| {
        findings.push(
            findings
                .error(&node.at, Mistake::BadValue)
                .param("key", key)
                .param("expected", expected),
        );
    };
    for (key, Entry { node, .. }) in params {
        let Value::Text(text) = &node.value else {
            continue;
        };
        let text = text.trim();
        match key.as_str() {
            "Table" if text.to_ascii_lowercase().starts_with("kt_") => {
                refuse(key, node, "a table that is not Kartoteka's own");
            }
            "DSN" if text.to_ascii_lowercase().contains("sqlite:") => {
                let expected =
                    "the address of a server; files of SQLite are named in kartoteka.toml";
                refuse(key, node, expected);
            }
            "File" | "CAFile" if !is_below(text) => {
                let expected = "the name of a file in the folder `sources` of the data directory";
                refuse(key, node, expected);
            }
            _ => {}
        }
    }
}

/// Whether a name leads nowhere but into the folder that it begins in.
fn is_below(name: &str) -> bool {
    let mut parts = std::path::Path::new(name).components();
    parts.all(|part| matches!(part, std::path::Component::Normal(_)))
}

fn put(table: &mut Table, path: &str, text: &str, at: &At) {
    let entry = |value| Entry {
        key_at: at.clone(),
        node: Node {
            value,
            at: at.clone(),
        },
    };
    let (name, key) = path.split_once('.').unwrap_or(("Params", path));
    let inner = table.entry(name.to_owned());
    let inner = inner.or_insert_with(|| entry(Value::Table(Table::new())));
    if let Value::Table(inner) = &mut inner.node.value {
        inner.insert(key.to_owned(), entry(Value::Text(text.to_owned())));
    }
}

/// A document as a settings file is read; each place is that of its key.
fn table_of(document: &Map<String, Json>, before: &str) -> Table {
    let entries = document.iter().filter(|(_, value)| !value.is_null());
    let entries = entries.map(|(name, value)| {
        let path = format!("{before}{name}");
        let entry = Entry {
            key_at: At::Below(Place::whole(&path)),
            node: node_of(value, &path),
        };
        (name.clone(), entry)
    });
    entries.collect()
}

fn node_of(value: &Json, path: &str) -> Node {
    let at = At::Below(Place::whole(path));
    let value = match value {
        Json::Null => Value::Other("null".into()),
        Json::Bool(switch) => Value::Switch(*switch),
        Json::Number(number) => match number.as_i64() {
            Some(number) => Value::Number(number),
            None => Value::Other(number.to_string()),
        },
        Json::String(text) => Value::Text(text.clone()),
        Json::Array(items) => {
            let items = items.iter().enumerate();
            let items =
                items.map(|(number, item)| node_of(item, &format!("{path}.{}", number + 1)));
            Value::List(items.collect())
        }
        Json::Object(inner) => Value::Table(table_of(inner, &format!("{path}."))),
    };
    Node { value, at }
}

fn json_of(table: &Table) -> Map<String, Json> {
    let entries = table.iter();
    entries
        .map(|(name, entry)| (name.clone(), json_of_node(&entry.node)))
        .collect()
}

fn json_of_node(node: &Node) -> Json {
    match &node.value {
        Value::Text(text) | Value::Other(text) => text.as_str().into(),
        Value::Number(number) => (*number).into(),
        Value::Switch(switch) => (*switch).into(),
        Value::List(items) => items.iter().map(json_of_node).collect(),
        Value::Table(inner) => json_of(inner).into(),
    }
}
