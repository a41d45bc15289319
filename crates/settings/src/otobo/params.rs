//! `Params` of a source in a database.

use super::source::{OURS, PAST, Source};
use crate::document::Table;
use crate::findings::At;
use crate::key::Kind;
use crate::read::section_keys;
use crate::source::dsn;
use kartoteka_perl as perl;

#[derive(Default)]
pub(super) struct Params {
    pub(super) table: Table,
    /// Whether it names a table.
    pub(super) has_table: bool,
}

impl Source<'_, '_> {
    /// `Params` of a database; none, with a warning, if it is one that is not spoken to.
    pub(super) fn params(&mut self, params: &perl::Value, at: &At) -> Option<Params> {
        let keys = section_keys(self.id).unwrap_or(&[]);
        let own = keys.iter().find_map(|key| match key.kind {
            Kind::Table(own) if key.name == "Params" => Some(own),
            _ => None,
        });
        let own = own.unwrap_or(&[]);
        let text = |key: &str| params.get(key).and_then(perl::Value::text);
        let given = text("DSN").filter(|dsn| !dsn.trim().is_empty());
        if let Some(given) = &given
            && let Some(driver) = dsn::driver(given)
            && !["pg", "mysql", "mariadb", "sqlite"].contains(&driver.as_str())
        {
            let kind = text("Type").unwrap_or_default();
            let engine = if kind.is_empty() {
                driver.clone()
            } else {
                format!("{kind}, driver {driver}")
            };
            let reason = format!(
                "its database ({engine}) is none that is spoken to: those are PostgreSQL, MariaDB, MySQL and SQLite"
            );
            let remedy = "a view of it in PostgreSQL (oracle_fdw, tds_fdw, odbc_fdw); or a CSV file written every night, Module = \"CSV\"";
            self.leave_out(params.get("DSN"), &reason, remedy.to_owned());
            return None;
        }
        let taken = |key: &str| {
            // Without a DSN a user is none; the type is told by the DSN.
            let says = text(key).is_none_or(|text| !text.is_empty());
            !OURS.contains(&key)
                && key != "Type"
                && says
                && (given.is_some() || !["User", "Password"].contains(&key))
        };
        let table = self.reading.table(params, own, at, &taken);
        let hash = params.hash().into_iter().flatten();
        let unknown: Vec<(Option<perl::At>, String)> = hash
            .filter(|(key, entry)| {
                let known = own.iter().any(|known| known.name == key.as_str()) && *key != "File";
                !known && !PAST.contains(&key.as_str()) && entry.value.is_written()
            })
            .map(|(key, entry)| (entry.key_at, key.clone()))
            .collect();
        let section = format!("[{}.Params]", self.id);
        for (at, key) in unknown {
            let names = own.iter().map(|key| key.name);
            self.ignored_key(at, &key, &section, names.collect());
        }
        Some(Params {
            has_table: params.get("Table").is_some(),
            table,
        })
    }
}
