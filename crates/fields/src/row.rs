//! Fields as they are shown to admins: with where each is set.

use std::collections::BTreeMap;

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::written_fields;
use kartoteka_directory::{Action, Actor, Error, Kind, Object, RefusedFields, Result};
use kartoteka_model::{FieldKind, Shown, SourceSpec};
use kartoteka_settings::{SetIn, Settings, WrittenFields};
use serde::Serialize;

use crate::FieldMaps;

/// Where a field is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldOrigin {
    /// In `kartoteka.toml`: it is as it stands there.
    File,
    /// In a variable: the same.
    Environment,
    /// In an OTOBO's configuration, or as it is shipped.
    Below,
    /// The same, and changed here.
    Changed,
    /// It was added here.
    Added,
}

/// A field of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldRow {
    pub name: String,
    /// From 1.
    pub position: usize,
    pub label: String,
    pub labels: BTreeMap<String, String>,
    pub column: String,
    #[serde(rename = "type")]
    pub kind: FieldKind,
    pub shown: Shown,
    pub required: bool,
    pub read_only: bool,
    pub link: String,
    pub choices: BTreeMap<String, String>,
    pub origin: FieldOrigin,
    /// The variable that sets it.
    pub variable: Option<String>,
}

impl FieldRow {
    /// Whether it can be changed here.
    pub fn is_changeable(&self) -> bool {
        !matches!(self.origin, FieldOrigin::File | FieldOrigin::Environment)
    }

    /// Whether what is written here adds it, or changes it.
    pub fn is_written(&self) -> bool {
        matches!(self.origin, FieldOrigin::Added | FieldOrigin::Changed)
    }
}

/// The fields of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceFields {
    pub id: String,
    pub name: String,
    #[serde(skip)]
    pub of: Kind,
    /// The table, file or tree.
    pub table: String,
    /// Whether columns can be added to it here.
    pub adds_columns: bool,
    /// Whether a map of its own in the file or environment says in which order they stand.
    pub order_is_fixed: bool,
    pub fields: Vec<FieldRow>,
    /// Fields that were taken out of the map here.
    pub removed: Vec<String>,
}

/// The fields of all sources, as they are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldsShown {
    /// Counted up with each write.
    pub number: u64,
    /// Which one this node goes by: it may be at work on the next.
    pub in_force: u64,
    /// What does not check, and is not in force on this node.
    pub refused: Option<RefusedFields>,
    pub sources: Vec<SourceFields>,
}

impl FieldMaps<'_> {
    /// The fields of all sources, as they are written, with where each is set. Role: admin.
    ///
    /// # Errors
    /// `Forbidden`; when the database does not answer.
    #[boxed]
    pub async fn fields_shown(self, actor: &Actor) -> Result<FieldsShown> {
        actor.require(Action::See, Object::Settings)?;
        let base = self.directory.base_settings();
        let written = written_fields(self.directory.home())
            .await
            .map_err(Error::home)?;
        let settings = written.over(&base).0;
        let people = settings.customer_users.iter().map(|one| &one.spec);
        let people = people.map(|spec| (Kind::CustomerUser, spec));
        let customers = settings.customers.iter().map(|one| &one.spec);
        let customers = customers.map(|spec| (Kind::Customer, spec));
        let sources = people.chain(customers).map(|(of, spec)| SourceFields {
            id: spec.id.clone(),
            name: spec.name.clone(),
            of,
            table: spec.origin.name(),
            adds_columns: spec.origin.table().is_some() && !spec.read_only,
            order_is_fixed: base.places.order(&spec.id).is_some(),
            fields: rows(spec, &base, &written),
            removed: removed(&spec.id, &written),
        });
        Ok(FieldsShown {
            number: written.number,
            in_force: self.directory.fields_in_force(),
            refused: self.directory.refused_fields(),
            sources: sources.collect(),
        })
    }
}

fn removed(source: &str, written: &WrittenFields) -> Vec<String> {
    let fields = written.sources.get(source).map(|source| &source.fields);
    let fields = fields.into_iter().flatten();
    let removed = fields.filter(|(_, field)| field.removed);
    removed.map(|(name, _)| name.clone()).collect()
}

/// The fields of a source in their order.
pub(crate) fn rows(spec: &SourceSpec, base: &Settings, written: &WrittenFields) -> Vec<FieldRow> {
    let source = written.sources.get(&spec.id);
    let fields = spec.map.0.iter().enumerate();
    let row = |(at, field): (usize, &kartoteka_model::Field)| {
        let of_page = source.and_then(|source| source.fields.get(&field.name));
        let (origin, variable) = match (base.places.field(&spec.id, &field.name), of_page) {
            (Some(SetIn::File), _) => (FieldOrigin::File, None),
            (Some(SetIn::Variable(name)), _) => (FieldOrigin::Environment, Some(name.clone())),
            (None | Some(SetIn::Otobo), Some(one)) if one.column.is_some() => {
                (FieldOrigin::Added, None)
            }
            (None | Some(SetIn::Otobo), Some(_)) => (FieldOrigin::Changed, None),
            (None | Some(SetIn::Otobo), None) => (FieldOrigin::Below, None),
        };
        FieldRow {
            name: field.name.clone(),
            position: at + 1,
            label: field.label.clone(),
            labels: field.labels.clone(),
            column: field.column.clone(),
            kind: field.kind,
            shown: field.shown,
            required: field.required,
            read_only: field.read_only,
            link: field.link.clone(),
            choices: spec
                .selections
                .get(&field.name)
                .cloned()
                .unwrap_or_default(),
            origin,
            variable,
        }
    };
    fields.map(row).collect()
}
