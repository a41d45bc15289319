//! `Params`: the table and its database, or the file.

use kartoteka_model::TextMode;
use kartoteka_model::source::{Address, CsvFile, Origin, Table};

use super::{Module, dsn, ldap};
use crate::column::{at, check_identifier};
use crate::mistake::Mistake;
use crate::places::Places;
use crate::section::Section;

pub(super) struct Params {
    pub(super) origin: Origin,
    pub(super) text: Option<TextMode>,
}

/// What only the sources of one module have.
const OF_MODULES: &[(&[&str], Module)] = &[
    (
        &["Table", "DSN", "User", "Password", "Type", "ForeignDB"],
        Module::Database,
    ),
    (&["File"], Module::Csv),
    (ldap::PARAMS, Module::Ldap),
];

pub(super) fn read(
    id: &str,
    section: &Section<'_>,
    shipped: Origin,
    places: &mut Places,
) -> Params {
    let params = section.table("Params");
    let origin: Origin = match section.module {
        Module::Csv => file(section, &params).into(),
        Module::Ldap => ldap::tree(section, &params).into(),
        Module::Database => table(id, &params, shipped, places).into(),
    };
    for (keys, module) in OF_MODULES {
        for key in keys.iter().filter(|_| *module != section.module) {
            let reason = format!("Module = {:?} reads it", module.name());
            no_effect(&params, key, &reason);
        }
    }
    let exact = params
        .bool("SearchCaseSensitive")
        .or(params.bool("CaseSensitive"))
        .and_then(|exact| exact.then_some(TextMode::Exact));
    let text = section.choice("Text").map(|text| match text {
        "exact" => TextMode::Exact,
        "ignore-case" => TextMode::IgnoreCase,
        _ => TextMode::Folded,
    });
    if exact.is_some() && text.is_some_and(|text| text != TextMode::Exact) {
        for key in ["SearchCaseSensitive", "CaseSensitive"] {
            no_effect(&params, key, "Text says otherwise");
        }
    }
    Params {
        origin,
        text: text.or(exact),
    }
}

/// The file; none is reported, and in its place an empty name.
fn file(section: &Section<'_>, params: &Section<'_>) -> CsvFile {
    let file = params.text("File").filter(|file| !file.trim().is_empty());
    let findings = params.findings;
    if file.is_none() {
        let at = at(params
            .get("File")
            .or(section.get("Params"))
            .or(section.get("Module")));
        findings.push(
            findings
                .error(&at, Mistake::BadValue)
                .param("key", "Params.File")
                .param("expected", "the name of a file")
                .remedy("Params = { File = \"people.csv\" }".to_owned()),
        );
    }
    let file = findings.folder().join(file.unwrap_or_default().trim());
    CsvFile { file }
}

fn table(id: &str, params: &Section<'_>, shipped: Origin, places: &mut Places) -> Table {
    let findings = params.findings;
    let name = params.text("Table").filter(|table| {
        let at = at(params.get("Table"));
        places.note_key(id, "Params.Table", findings.place(&at));
        check_identifier(findings, &at, "Table", table)
    });
    let user = params.text("User").filter(|user| !user.is_empty());
    let password = params.text("Password").filter(|text| !text.is_empty());
    let expected = "sqlite://…, postgres://…, mysql://…, DBI:mysql:database=…;host=…, DBI:Pg:dbname=…;host=… or DBI:SQLite:dbname=…";
    let database = params
        .parsed("DSN", expected, |dsn| {
            dsn::address(dsn, user.as_deref(), password.as_deref())
        })
        .map(Address::new);
    if params.get("DSN").is_none() {
        for key in ["User", "Password"] {
            no_effect(
                params,
                key,
                "without DSN the source is in the home database",
            );
        }
    }
    no_effect(params, "Type", "the DSN says it already");
    let shipped = shipped.table();
    Table {
        database,
        name: name
            .or(shipped.map(|table| table.name.clone()))
            .unwrap_or_default(),
        foreign: params
            .bool("ForeignDB")
            .unwrap_or(shipped.is_some_and(|table| table.foreign)),
    }
}

pub(super) fn no_effect(params: &Section<'_>, key: &str, reason: &str) {
    if params.keys.iter().any(|known| known.name == key)
        && let Some(node) = params.get(key)
    {
        params.findings.push(
            params
                .findings
                .warning(&node.at, Mistake::NoEffect)
                .param("key", key)
                .param("reason", reason),
        );
    }
}
