//! `Params`: the table and its database.

use kartoteka_model::TextMode;
use kartoteka_model::source::Address;

use super::dsn;
use crate::column::{at, check_identifier};
use crate::mistake::Mistake;
use crate::places::Places;
use crate::section::Section;

pub(super) struct Params {
    pub(super) table: Option<String>,
    pub(super) database: Option<Address>,
    pub(super) foreign: Option<bool>,
    pub(super) text: Option<TextMode>,
}

pub(super) fn read(id: &str, section: &Section<'_>, places: &mut Places) -> Params {
    let params = section.table("Params");
    let findings = section.findings;
    let table = params.text("Table").filter(|table| {
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
                &params,
                key,
                "without DSN the source is in the home database",
            );
        }
    }
    no_effect(&params, "Type", "the DSN says it already");
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
        table,
        database,
        foreign: params.switch("ForeignDB"),
        text: text.or(exact),
    }
}

fn no_effect(params: &Section<'_>, key: &str, reason: &str) {
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
