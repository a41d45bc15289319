//! The example file and the tables of keys in the documentation, written from the keys themselves.

use std::fmt::Write;

use kartoteka_model::source::{CustomerSource, CustomerUserSource};
use kartoteka_model::{FieldKind, FieldMap, Shown};

use crate::key::{Key, Kind};
use crate::read::{DATA_DIR, DATA_DIR_DOC, DATA_DIR_KEY, SECTIONS};
use crate::source::{CUSTOMER_COMPANY, CUSTOMER_COMPANY_KEYS, CUSTOMER_USER, CUSTOMER_USER_KEYS};

const USERS_DOC: &str =
    "The first source of customer users; further ones are [CustomerUser1] to [CustomerUser10].";
const COMPANIES_DOC: &str =
    "The first source of customers; further ones are [CustomerCompany1] to [CustomerCompany10].";

/// The section whose keys can also be changed in the pages, unless the file names them.
const GROUPS: &str = "groups";

/// A settings file with every key: those that have a default are given with it, the others stand in
/// comments with an example. So do those that could not be changed in the pages any more, with their default.
pub fn example() -> String {
    let mut text = String::from(
        "#:schema ./kartoteka.schema.json\n\
         # Every key of kartoteka.toml. What is not commented out is the default: copy what you change.\n\
         # Most keys of [groups] stand in comments with their default: what the file names can't be changed in the pages.\n\n",
    );
    push_key(
        &mut text,
        DATA_DIR_KEY,
        DATA_DIR_DOC,
        &format!("{DATA_DIR:?}"),
        false,
    );
    for (name, keys, doc) in SECTIONS {
        push_section(&mut text, name, keys, doc, None);
    }
    let map = CustomerUserSource::shipped().spec.map;
    push_section(
        &mut text,
        CUSTOMER_USER,
        CUSTOMER_USER_KEYS,
        USERS_DOC,
        Some(&map),
    );
    let map = CustomerSource::shipped().spec.map;
    let keys = CUSTOMER_COMPANY_KEYS;
    push_section(&mut text, CUSTOMER_COMPANY, keys, COMPANIES_DOC, Some(&map));
    text
}

fn push_section(text: &mut String, name: &str, keys: &[Key], doc: &str, map: Option<&FieldMap>) {
    // A section in another's that has nothing but examples is one itself.
    let inner = name.contains('.') && keys.iter().all(|key| key.default.is_empty());
    let mark = if inner { "#" } else { "" };
    let _ = write!(text, "\n# {doc}\n{mark}[{name}]\n");
    for key in keys {
        match (key.kind, map) {
            (Kind::Table(_), _) => {}
            (Kind::Map, Some(map)) if key.name == "Map" => {
                push_key(text, key.name, key.doc, &entries(map), false);
            }
            (Kind::Map, Some(_)) if name == CUSTOMER_COMPANY => {
                let example =
                    "[[\"CustomerCompanyRegion\", \"Region\", \"region\", 1, 0, \"var\", \"\", 0]]";
                push_key(text, key.name, key.doc, example, true);
            }
            (Kind::Selections, _) if name == CUSTOMER_COMPANY => {
                let example = "{ CustomerCompanyCountry = { PL = \"Poland\", DE = \"Germany\" } }";
                push_key(text, key.name, key.doc, example, true);
            }
            _ => {
                let elsewhere = name == GROUPS && crate::groups::IN_PAGES.contains(&key.name);
                let commented = key.default.is_empty() || elsewhere;
                push_key(text, key.name, key.doc, key.model(), commented);
            }
        }
    }
    for key in keys {
        if let Kind::Table(inner) = key.kind {
            push_section(text, &format!("{name}.{}", key.name), inner, key.doc, None);
        }
    }
}

fn push_key(text: &mut String, name: &str, doc: &str, value: &str, commented: bool) {
    let mark = if commented { "#" } else { "" };
    let _ = write!(text, "# {doc}\n{mark}{name} = {value}\n");
}

fn entries(map: &FieldMap) -> String {
    let mut text = String::from("[\n");
    for field in &map.0 {
        let shown = match field.shown {
            Shown::Never => 0,
            Shown::Always => 1,
            Shown::AlsoLite => 2,
        };
        let kind = match field.kind {
            FieldKind::Var => "var",
            FieldKind::Int => "int",
            FieldKind::DynamicField => "dynamic_field",
        };
        let _ = writeln!(
            text,
            "  [{:?}, {:?}, {:?}, {shown}, {}, {kind:?}, {:?}, {}],",
            field.name,
            field.label,
            field.column,
            u8::from(field.required),
            field.link,
            u8::from(field.read_only),
        );
    }
    text.push(']');
    text
}

/// The tables of keys, as Markdown.
pub fn reference() -> String {
    let mut text = String::new();
    let _ = write!(
        text,
        "### Outside of sections\n\n| key | default | meaning |\n| --- | --- | --- |\n| `{DATA_DIR_KEY}` | `{DATA_DIR:?}` | {DATA_DIR_DOC} |\n",
    );
    for (name, keys, doc) in SECTIONS {
        push_table(&mut text, name, keys, doc);
    }
    push_table(&mut text, CUSTOMER_USER, CUSTOMER_USER_KEYS, USERS_DOC);
    push_table(
        &mut text,
        CUSTOMER_COMPANY,
        CUSTOMER_COMPANY_KEYS,
        COMPANIES_DOC,
    );
    text
}

fn push_table(text: &mut String, name: &str, keys: &[Key], doc: &str) {
    let _ = write!(
        text,
        "\n### `[{name}]`\n\n{doc}\n\n| key | default | meaning |\n| --- | --- | --- |\n"
    );
    push_rows(text, "", keys);
}

fn push_rows(text: &mut String, before: &str, keys: &[Key]) {
    for key in keys {
        if let Kind::Table(inner) = key.kind {
            push_rows(text, &format!("{before}{}.", key.name), inner);
            continue;
        }
        let default = match (key.kind, key.default) {
            (Kind::Map, _) if key.name == "Map" => "the shipped map".to_owned(),
            (_, "") => "–".to_owned(),
            // A bar would end the cell, in code too.
            (_, default) => format!("`{}`", default.replace('|', "\\|")),
        };
        let _ = writeln!(text, "| `{before}{}` | {default} | {} |", key.name, key.doc);
    }
}
