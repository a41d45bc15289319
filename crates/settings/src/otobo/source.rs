//! `CustomerUser` … and `CustomerCompany` …, with what OTOBO takes for keys that are not there.

use kartoteka_model::Field;
use kartoteka_model::source::{CustomerSource, CustomerUserSource};

use super::params::Params;
use super::{Reading, entry, ldap};
use crate::document::{Entry, Node, Table, Value};
use crate::findings::At;
use crate::key::Kind;
use crate::mistake::Mistake;
use crate::read::section_keys;
use crate::source;
use kartoteka_model::nearest;
use kartoteka_perl::{self as perl, Data};

/// What the two kinds of sources call things.
pub(super) struct Names {
    pub(super) kind: &'static str,
    /// Keys without which OTOBO has no working source, and what it ships for them.
    needed: &'static [(&'static str, &'static str)],
    valid: &'static str,
    /// Keys that are off or empty where they are not there.
    off: &'static [&'static str],
    empty: &'static str,
    /// Keys that name columns.
    pub(super) columns: &'static [&'static str],
}

const CUSTOMER_USER: Names = Names {
    kind: source::CUSTOMER_USER,
    needed: &[
        ("CustomerKey", "'login'"),
        ("CustomerID", "'customer_id'"),
        (
            "CustomerUserSearchFields",
            "['login', 'first_name', 'last_name', 'customer_id']",
        ),
        ("Map", "[ … ]"),
    ],
    valid: "CustomerValid",
    off: &["CustomerUserEmailUniqCheck", "CustomerCompanySupport"],
    empty: "CustomerUserSearchPrefix",
    columns: &[
        "CustomerUserListFields",
        "CustomerUserSearchFields",
        "CustomerUserPostMasterSearchFields",
        "CustomerUserNameFields",
    ],
};

const CUSTOMER_COMPANY: Names = Names {
    kind: source::CUSTOMER_COMPANY,
    needed: &[("CustomerCompanyKey", "'customer_id'"), ("Map", "[ … ]")],
    valid: "CustomerCompanyValid",
    off: &[],
    empty: "CustomerCompanySearchPrefix",
    columns: &["CustomerCompanyListFields", "CustomerCompanySearchFields"],
};

/// Keys that only Kartoteka has.
pub(super) const OURS: [&str; 3] = ["Text", "MapAdd", "File"];

/// Keys of older versions, which say nothing any more: text is always UTF-8.
pub(super) const PAST: [&str; 3] = ["SourceCharset", "DestCharset", "Encoding"];

pub(super) fn read(reading: &mut Reading<'_>) {
    let people = CustomerUserSource::shipped().spec.map.0;
    let customers = CustomerSource::shipped().spec.map.0;
    for (names, usual) in [(&CUSTOMER_USER, &people), (&CUSTOMER_COMPANY, &customers)] {
        for id in source::ids(names.kind) {
            if let Some((key_at, value)) = reading.reader.find(&id)
                && (key_at.is_some() || value.is_written())
            {
                let mut source = Source {
                    reading,
                    names,
                    id: &id,
                    usual,
                };
                source.read(key_at, &value);
            }
        }
        numbers_beyond(reading, names.kind);
    }
}

/// OTOBO asks for ten further sources at most.
fn numbers_beyond(reading: &mut Reading<'_>, kind: &str) {
    for (name, at) in reading.reader.keys() {
        let number = name.strip_prefix(kind).unwrap_or_default();
        let beyond = number.parse::<u32>().is_ok_and(|number| number > 10);
        if let (true, Some(at)) = (beyond, at) {
            let warning = reading.warn(Some(at), Mistake::OtoboLeftOut);
            *warning = warning
                .clone()
                .param("section", &name)
                .param("reason", "there are ten further sources at most")
                .param("instead", "OTOBO does not read it either")
                .remedy(format!("{kind}10"));
        }
    }
}

pub(super) struct Source<'s, 'r> {
    pub(super) reading: &'s mut Reading<'r>,
    pub(super) names: &'static Names,
    pub(super) id: &'s str,
    pub(super) usual: &'s [Field],
}

impl Source<'_, '_> {
    fn read(&mut self, key_at: Option<perl::At>, value: &perl::Value) {
        let at = self.reading.at(value.at.or(key_at));
        let Some(hash) = value.hash() else {
            // One that is undefined is none; one that is not known was told of.
            if !matches!(value.data, Data::Undefined | Data::Unknown | Data::Elided) {
                let whole = self.reading.whole(value, &at);
                let key_at = self.reading.at(key_at);
                let node = Node { value: whole, at };
                let entry = Entry { key_at, node };
                self.reading.tree.insert(self.id.to_owned(), entry);
            }
            return;
        };
        let module = value.get("Module").and_then(perl::Value::text);
        let module = module.unwrap_or_default();
        let keys = section_keys(self.id).unwrap_or(&[]);
        let is_ldap = module.to_ascii_lowercase().contains("ldap");
        if !is_ldap && !module.is_empty() && !module.ends_with("::DB") {
            let reason = format!("its module `{module}` is not known");
            let remedy = format!("Kernel::System::{}::DB", self.names.kind);
            self.leave_out(value.get("Module"), &reason, remedy);
            return;
        }
        let no_params = Params::default();
        let params = value.get("Params");
        let params = match params {
            Some(params) if is_ldap => Params {
                table: self.reading.ldap_params(params, keys, &at),
                has_table: true,
            },
            Some(params) => match self.params(params, &at) {
                Some(params) => params,
                None => return,
            },
            None => no_params,
        };
        let taken = |key: &str| !["Params", "Map"].contains(&key) && !OURS.contains(&key);
        let mut table = self.reading.table(value, keys, &at, &taken);
        // A name of older versions.
        if !hash.contains_key("CustomerKey")
            && let Some(key) = value.get("Key")
            && let Some(node) = self.reading.node(key, Kind::Text, &at)
        {
            table.insert("CustomerKey".into(), entry(node.at, node.value));
        }
        let usual = if is_ldap {
            ldap::usual_map()
        } else {
            self.usual.to_vec()
        };
        if let Some(map) = value.get("Map")
            && map.is_written()
            && !matches!(map.data, Data::Unknown | Data::Undefined)
        {
            let map_at = map
                .at
                .map_or_else(|| at.clone(), |own| self.reading.at(Some(own)));
            let map = self.reading.map(self.id, map, &map_at, &usual);
            table.insert("Map".into(), entry(map_at, map));
        }
        if !params.table.is_empty() {
            let at = value.get("Params").and_then(|params| params.at);
            let at = self.reading.at(at.or(value.at).or(key_at));
            table.insert("Params".into(), entry(at, Value::Table(params.table)));
        }
        self.ignored(value, keys.iter().map(|key| key.name).collect());
        if !is_ldap {
            self.absent(value, &at, &mut table, params.has_table);
            self.map_columns(&mut table);
        }
        let key_at = self.reading.at(key_at.or(value.at));
        let node = Node {
            value: Value::Table(table),
            at,
        };
        self.reading
            .tree
            .insert(self.id.to_owned(), Entry { key_at, node });
    }

    /// What OTOBO takes for keys that are not there.
    fn absent(&mut self, value: &perl::Value, at: &At, table: &mut Table, has_table: bool) {
        let has = |key: &str| value.get(key).is_some();
        let mut put = |key: &str, value: Value| {
            table.insert(key.to_owned(), entry(at.clone(), value));
        };
        // Where the map is the shipped one, so are the columns.
        if !has(self.names.valid) && has("Map") {
            put(self.names.valid, Value::Text(String::new()));
        }
        if !has(self.names.empty) {
            put(self.names.empty, Value::Text(String::new()));
        }
        for key in self.names.off.iter().filter(|key| !has(key)) {
            put(key, Value::Switch(false));
        }
        let legacy = |key: &str| key == "CustomerKey" && has("Key");
        let mut missing: Vec<(&str, &str)> = self
            .names
            .needed
            .iter()
            .copied()
            .filter(|(key, _)| !has(key) && !legacy(key))
            .collect();
        if !has_table {
            missing.insert(0, ("Params", "{ Table => '…' }"));
        }
        if missing.is_empty() {
            return;
        }
        let keys: Vec<String> = missing.iter().map(|(key, _)| format!("`{key}`")).collect();
        let lines: Vec<String> = missing
            .iter()
            .map(|(key, shipped)| format!("{key} => {shipped}"))
            .collect();
        let warning = self.reading.warn(value.at, Mistake::OtoboIncomplete);
        *warning = warning
            .clone()
            .param("section", self.id)
            .param("keys", keys.join(", "))
            .remedy(lines.join(", "));
    }

    /// Names the keys that nobody knows.
    fn ignored(&mut self, value: &perl::Value, mut names: Vec<&'static str>) {
        names.retain(|name| !OURS.contains(name));
        let known = |key: &str| {
            names.contains(&key)
                || PAST.contains(&key)
                || [
                    "Key",
                    "CustomerUserValidFilter",
                    "TranslateManagerTo",
                    "Params",
                ]
                .contains(&key)
        };
        let hash = value.hash().into_iter().flatten();
        let unknown: Vec<(Option<perl::At>, String)> = hash
            .filter(|(key, entry)| !known(key) && entry.value.is_written())
            .map(|(key, entry)| (entry.key_at, key.clone()))
            .collect();
        let section = format!("[{}]", self.id);
        for (at, key) in unknown {
            self.ignored_key(at, &key, &section, names.clone());
        }
    }

    pub(super) fn ignored_key(
        &mut self,
        at: Option<perl::At>,
        key: &str,
        section: &str,
        names: Vec<&str>,
    ) {
        let meant = nearest(key, names).map(str::to_owned);
        let warning = self.reading.warn(at, Mistake::OtoboIgnored);
        *warning = warning
            .clone()
            .param("key", key)
            .param("section", section)
            .remedy(meant);
    }

    pub(super) fn leave_out(&mut self, value: Option<&perl::Value>, reason: &str, remedy: String) {
        let instead = self.instead();
        let at = value.and_then(|value| value.at);
        let warning = self.reading.warn(at, Mistake::OtoboLeftOut);
        *warning = warning
            .clone()
            .param("section", self.id)
            .param("reason", reason)
            .param("instead", instead)
            .remedy(remedy);
    }

    /// What is there in place of a source that is left out.
    fn instead(&self) -> String {
        if self.id == self.names.kind {
            let table = match self.names.kind {
                source::CUSTOMER_USER => "customer_user",
                _ => "customer_company",
            };
            format!("until then the table {table} of the home database is read in its place")
        } else {
            "its records are missing until then".to_owned()
        }
    }
}
