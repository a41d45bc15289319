//! `Params`: the table and its database, or the file.

use kartoteka_model::TextMode;
use kartoteka_model::source::{Address, CsvFile, Origin, Table};

use super::dsn;
use crate::column::{at, check_identifier};
use crate::mistake::Mistake;
use crate::places::Places;
use crate::section::Section;

pub(super) struct Params {
    pub(super) origin: Origin,
    pub(super) text: Option<TextMode>,
}

/// What only tables have.
const OF_TABLES: [&str; 6] = ["Table", "DSN", "User", "Password", "Type", "ForeignDB"];

pub(super) fn read(
    id: &str,
    section: &Section<'_>,
    shipped: Origin,
    places: &mut Places,
) -> Params {
    let params = section.table("Params");
    let origin = match section.of_file {
        true => file(section, &params).into(),
        false => table(id, &params, shipped, places).into(),
    };
    let exact = params
        .switch("SearchCaseSensitive")
        .or(params.switch("CaseSensitive"))
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
    for key in OF_TABLES {
        no_effect(params, key, "the source is a file");
    }
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
    no_effect(
        params,
        "File",
        "the source is a table; Module = \"CSV\" reads files",
    );
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
            .switch("ForeignDB")
            .unwrap_or(shipped.is_some_and(|table| table.foreign)),
    }
}

pub(super) fn no_effect(params: &Section<'_>, key: &str, reason: &str) {
    if let Some(node) = params.get(key) {
        params.findings.push(
            params
                .findings
                .warning(&node.at, Mistake::NoEffect)
                .param("key", key)
                .param("reason", reason),
        );
    }
}
