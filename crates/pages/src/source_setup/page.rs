//! The form of a source, and what was found of it.

use std::collections::BTreeMap;

use askama::Template;
use kartoteka_directory::doctor::Step;
use kartoteka_directory::{FieldError, Kind};
use kartoteka_settings::Document;
use kartoteka_source_setup::{SetupEffect, SetupPlan};
use serde_json::Value;

use super::inputs::{Input, MODULES, Take, inputs};
use super::rows::Row;
use crate::frame::Frame;
use crate::language::Language;
use crate::sources::{PATH, StepsOnPage};

#[derive(Template)]
#[template(path = "sources/setup.html")]
pub(super) struct SetupPage {
    pub page: Frame,
    pub language: Language,
    pub kind: Kind,
    pub module: &'static str,
    /// The section; empty while it is chosen.
    pub id: String,
    /// The sections that are free; none of a source that is there.
    pub free: Vec<String>,
    pub version: Option<u64>,
    pub document: Document,
    pub rows: Vec<Row>,
    /// The keys of secrets that are kept.
    pub secrets: Vec<String>,
    /// Secrets that were typed before, sealed.
    pub held: BTreeMap<String, String>,
    pub errors: Vec<FieldError>,
    pub said: Option<String>,
    pub plan: Option<SetupPlan>,
    pub steps: Vec<Step>,
    pub removes: bool,
}

impl StepsOnPage for SetupPage {
    fn page(&self) -> &Frame {
        &self.page
    }

    fn language(&self) -> Language {
        self.language
    }
}

impl SetupPage {
    pub fn inputs(&self) -> Vec<Input> {
        inputs(self.kind, self.module)
    }

    pub fn is_new(&self) -> bool {
        self.version.is_none()
    }

    fn held_name(&self, path: &str) -> String {
        format!("held-{}", path.replace('.', "-"))
    }

    fn value(&self, input: &Input) -> String {
        match self.document.find(input.path) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Array(items)) => {
                let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
                items.join(", ")
            }
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        }
    }

    fn is_on(&self, input: &Input) -> bool {
        let Take::Switch(usual) = input.take else {
            return false;
        };
        match self.document.find(input.path) {
            None => usual,
            Some(Value::Bool(switch)) => *switch,
            Some(Value::Number(number)) => number.as_i64() == Some(1),
            Some(Value::String(text)) => ["1", "yes", "true", "on"].contains(&text.as_str()),
            Some(_) => false,
        }
    }

    fn is_kept(&self, input: &Input) -> bool {
        self.secrets.iter().any(|key| key == input.path)
    }

    fn has(&self, input: &Input) -> bool {
        self.errors.iter().any(|error| names(error, input))
    }

    fn problems_of(&self, input: &Input) -> Vec<String> {
        let of_it = self.errors.iter().filter(|error| names(error, input));
        of_it
            .map(|error| self.page.problem(&error.problem))
            .collect()
    }

    /// The name of what a mistake is in, and the place of it in the form.
    fn place(&self, error: &FieldError) -> (String, String) {
        let found = self.inputs().into_iter().find(|input| names(error, input));
        if let Some(input) = found {
            return (self.page.t(input.label), input.name());
        }
        let anchor = match error.field.split('.').next() {
            Some("Map") => "map",
            _ => "setup",
        };
        let label = match error.field.as_str() {
            "test" => self.page.t("sources-test"),
            "document" | "version" | "id" => self.page.t("sources-place"),
            key => key.to_owned(),
        };
        (label, anchor.to_owned())
    }

    fn has_failed_test(&self) -> bool {
        let plan = self.plan.as_ref();
        plan.is_some_and(|plan| plan.looked.has_failed())
    }

    fn modules(&self) -> Vec<(&'static str, String)> {
        let of_kind = MODULES.into_iter();
        let of_kind = of_kind.filter(|module| self.kind != Kind::Customer || *module != "LDAP");
        of_kind
            .map(|module| (module, self.page.t(module_text(module))))
            .collect()
    }

    fn choose(&self, module: &str) -> String {
        let of = match self.kind {
            Kind::Customer => "customers",
            _ => "customer-users",
        };
        self.page
            .url(&format!("{PATH}/new?module={module}&of={of}"))
    }

    fn effect(&self, effect: &SetupEffect) -> String {
        match effect {
            SetupEffect::MakesIndex => self.page.t("fieldmap-effect-index"),
            SetupEffect::KeepsIndex => self.page.t("sources-setup-effect-keeps-index"),
            SetupEffect::Loses { records } => {
                let count = self.page.number(*records);
                self.page.with("sources-setup-effect-loses", "count", count)
            }
        }
    }

    fn shown_choices(&self) -> [(&'static str, String); 3] {
        [("1", "always"), ("0", "never"), ("2", "also-lite")]
            .map(|(value, name)| (value, self.page.t(&format!("fieldmap-shown-{name}"))))
    }

    fn label_of(&self, row: &Row) -> String {
        match row.name.is_empty() {
            true => self.page.t("sources-setup-new-row"),
            false => row.name.clone(),
        }
    }
}

fn module_text(module: &str) -> &'static str {
    match module {
        "LDAP" => "sources-setup-module-ldap",
        "DB" => "sources-setup-module-db",
        _ => "sources-setup-module-csv",
    }
}

/// Whether a mistake is about what an input asks for.
fn names(error: &FieldError, input: &Input) -> bool {
    error.field == input.path
        || error
            .field
            .strip_prefix(input.path)
            .is_some_and(|rest| rest.starts_with('.'))
}

pub(super) fn module_of(document: &Document) -> &'static str {
    let named = document
        .text("Module")
        .rsplit("::")
        .next()
        .unwrap_or_default();
    let mut known = MODULES.into_iter();
    let found = known.find(|module| module.eq_ignore_ascii_case(named));
    found.unwrap_or("DB")
}
