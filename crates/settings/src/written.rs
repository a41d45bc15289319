//! What pages wrote of field maps: a layer over an OTOBO's configuration and what is shipped, and below `kartoteka.toml`
//! and the environment, whose fields stay as they are.

use std::collections::BTreeMap;

use kartoteka_model::source::{Origin, SourceSpec};
use kartoteka_model::{Field, FieldKind, Shown};
use serde::{Deserialize, Serialize};

use crate::Settings;
use crate::column::{is_attribute, is_plain_identifier, is_secret_column};
use crate::definition::WrittenDefinition;
use crate::diagnostic::Diagnostic;
use crate::mistake::Mistake;
use crate::places::{Place, Places};
use crate::source::is_script;

/// What pages wrote of sources and their fields.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WrittenFields {
    /// Counted up with each write.
    pub number: u64,
    /// By the sources' names: `CustomerUser1`.
    pub sources: BTreeMap<String, WrittenSource>,
    /// Sources that are set up here, by their sections. Laid below the fields, by whoever has the key to their secrets.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub definitions: BTreeMap<String, WrittenDefinition>,
}

/// What they wrote of the fields of one source.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WrittenSource {
    /// By the fields' names.
    pub fields: BTreeMap<String, WrittenField>,
    /// Names of fields in their order, as [`place_fields`] takes it.
    pub order: Vec<String>,
}

/// What they wrote of a field. What is none stays as the layers below have it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WrittenField {
    /// The column of a field that was added here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// By the languages' codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labels: Option<BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<Shown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<FieldKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_only: Option<bool>,
    /// Values to choose from, with their labels; none to choose from where it is empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choices: Option<BTreeMap<String, String>>,
    /// It is taken out of the map, and its data stays.
    #[serde(skip_serializing_if = "is_false")]
    pub removed: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks like that")]
fn is_false(switch: &bool) -> bool {
    !switch
}

impl WrittenFields {
    /// Settings with this layer in them, and what of it does not check, which is left out.
    pub fn over(&self, settings: &Settings) -> (Settings, Vec<Diagnostic>) {
        let mut settings = settings.clone();
        let mut mistakes = vec![];
        let places = &settings.places;
        for source in &mut settings.customer_users {
            let kept = [&source.customer_id].into_iter();
            let kept = kept.chain(&source.name_fields).chain(&source.sender_fields);
            let kept = kept.cloned().collect();
            let needed = ["UserLogin", "UserEmail", "UserCustomerID"];
            self.over_source(&mut source.spec, kept, &needed, places, &mut mistakes);
        }
        for source in &mut settings.customers {
            let needed = ["CustomerID", "CustomerCompanyName"];
            self.over_source(&mut source.spec, vec![], &needed, places, &mut mistakes);
        }
        (settings, mistakes)
    }

    fn over_source(
        &self,
        spec: &mut SourceSpec,
        mut kept: Vec<String>,
        needed: &[&str],
        places: &Places,
        mistakes: &mut Vec<Diagnostic>,
    ) {
        let Some(written) = self.sources.get(&spec.id) else {
            return;
        };
        kept.extend(spec.list_fields.iter().chain(&spec.search_fields).cloned());
        kept.extend([spec.key.clone()].into_iter().chain(spec.valid.clone()));
        let needed = needed.iter().filter_map(|name| spec.map.find(name));
        kept.extend(needed.map(|field| field.column.clone()));
        for (name, wanted) in &written.fields {
            if places.field(&spec.id, name).is_some() {
                continue;
            }
            let checked = changed(spec, name, wanted, &kept);
            let field = match checked {
                Ok(Some(field)) => field,
                Ok(None) => continue,
                Err(mistake) => {
                    let column = wanted.column.as_deref().unwrap_or_default();
                    let place = Place::whole(format!("{} {name}", spec.id));
                    let told = Diagnostic::error(place, mistake)
                        .param("section", &spec.id)
                        .param("key", "column")
                        .param("field", name)
                        .param("column", column);
                    mistakes.push(told);
                    continue;
                }
            };
            let fields = &mut spec.map.0;
            let at = fields.iter().position(|field| field.name == *name);
            match (at, wanted.removed) {
                (Some(at), true) => drop(fields.remove(at)),
                (Some(at), false) => fields[at] = field,
                (None, true) => {}
                (None, false) => fields.push(field),
            }
            if let Some(choices) = &wanted.choices
                && places.choices(&spec.id, name).is_none()
            {
                match choices.is_empty() || wanted.removed {
                    true => drop(spec.selections.remove(name)),
                    false => drop(spec.selections.insert(name.clone(), choices.clone())),
                }
            }
        }
        if places.order(&spec.id).is_none() {
            let placed = place_fields(std::mem::take(&mut spec.map.0), &written.order);
            spec.map.0 = placed;
        }
    }
}

/// A field as it is with what was written of it; none where nothing is left to be changed.
fn changed(
    spec: &SourceSpec,
    name: &str,
    wanted: &WrittenField,
    kept: &[String],
) -> Result<Option<Field>, Mistake> {
    let known = spec.map.find(name);
    let mut field = match (known, &wanted.column) {
        (Some(field), _) => field.clone(),
        (None, Some(column)) => Field::new(name, name, column),
        (None, None) => return Ok(None),
    };
    if known.is_none() {
        let good = match spec.origin {
            Origin::Ldap(_) => is_attribute(&field.column),
            Origin::Table(_) => is_plain_identifier(&field.column),
            Origin::Csv(_) => !field.column.is_empty(),
        };
        if !good || !is_plain_identifier(name) {
            return Err(Mistake::NotAnIdentifier);
        }
        let mut secrets = spec.map.0.iter().filter(|field| field.is_secret());
        if field.is_secret()
            || is_secret_column(&field.column)
            || secrets.any(|secret| secret.column == field.column)
        {
            return Err(Mistake::SecretMapped);
        }
    }
    if wanted.removed && kept.contains(&field.column) {
        return Err(Mistake::ColumnNotMapped);
    }
    let link = wanted.link.as_deref().unwrap_or_default();
    if is_script(link) {
        return Err(Mistake::UnsafeLink);
    }
    if let Some(label) = wanted.label.as_ref().filter(|label| !label.is_empty()) {
        field.label.clone_from(label);
    }
    let WrittenField {
        labels,
        shown,
        required,
        kind,
        link,
        read_only,
        ..
    } = wanted.clone();
    field.labels = labels.unwrap_or(field.labels);
    field.shown = shown.unwrap_or(field.shown);
    field.required = required.unwrap_or(field.required);
    field.kind = kind.unwrap_or(field.kind);
    field.link = link.unwrap_or(field.link);
    field.read_only = read_only.unwrap_or(field.read_only);
    Ok(Some(field))
}

/// Fields in an order of their names. One that it does not name comes after the one that it came after before.
pub fn place_fields(fields: Vec<Field>, order: &[String]) -> Vec<Field> {
    let place = |name: &str| order.iter().position(|one| one == name);
    let names: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
    let (mut placed, others): (Vec<Field>, Vec<Field>) = fields
        .into_iter()
        .partition(|field| place(&field.name).is_some());
    placed.sort_by_key(|field| place(&field.name));
    for field in others {
        let before = names.iter().take_while(|name| **name != field.name).last();
        let after = placed.iter().position(|one| Some(&one.name) == before);
        placed.insert(after.map_or(0, |at| at + 1), field);
    }
    placed
}
