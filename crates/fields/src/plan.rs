//! What a change of a field map would write, worked out and checked before anything is written.

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::{SourceHandle, written_fields};
use kartoteka_directory::{
    Action, Actor, Change, Error, FieldError, FieldProblem, Kind, Object, Result, Sealed,
};
use kartoteka_model::{Field, SourceSpec};
use kartoteka_settings::{
    Settings, WrittenField, WrittenFields, WrittenSource, is_plain_identifier,
};
use serde_json::Value;

use crate::FieldMaps;
use crate::check::{check, fixed, mistaken, of_file};
use crate::column::{self, FieldEffect, Missing};
use crate::row::{FieldRow, rows};
use crate::wish::{FieldStep, FieldWish};

/// The most fields of a source.
const MOST_FIELDS: usize = 200;

/// A change of a field map that was authorised, checked and worked out, but not done.
pub type FieldPlan = Sealed<FieldPlanned>;

/// What the plan of a change says.
#[derive(Debug, Clone)]
pub struct FieldPlanned {
    pub source: String,
    pub name: String,
    /// None when it is added.
    pub before: Option<FieldRow>,
    /// None when it is removed, or has mistakes.
    pub after: Option<FieldRow>,
    /// `UserRoom.label` and so on.
    pub changes: Vec<Change>,
    pub errors: Vec<FieldError>,
    pub effects: Vec<FieldEffect>,
    pub(crate) actor: Actor,
    pub(crate) step: FieldStep,
    pub(crate) missing: Option<Missing>,
    pub(crate) written: WrittenFields,
}

impl<'d> FieldMaps<'d> {
    /// Plans to add, change or remove a field. Role: admin.
    ///
    /// # Errors
    /// `Forbidden`; `Unknown` for a source that is not there; `Unavailable`. Mistakes are in [`FieldPlanned::errors`].
    #[boxed]
    pub async fn plan_field(
        self,
        actor: &Actor,
        source: &str,
        name: &str,
        step: FieldStep,
    ) -> Result<FieldPlan> {
        actor.require(Action::Change, Object::Settings)?;
        let plan = self.worked_out(actor, source, name, step).await?;
        Ok(self.directory.seal(plan))
    }

    pub(crate) fn handle(self, source: &str) -> Result<&'d SourceHandle> {
        let kinds = [Kind::CustomerUser, Kind::Customer];
        let mut handles = kinds
            .into_iter()
            .flat_map(|kind| self.directory.handles(kind));
        let found = handles.find(|handle| handle.spec.id == source);
        let unknown = || Error::Unknown {
            what: "source",
            key: source.to_owned(),
        };
        found.map(|handle| &**handle).ok_or_else(unknown)
    }

    pub(crate) async fn worked_out(
        self,
        actor: &Actor,
        source: &str,
        name: &str,
        step: FieldStep,
    ) -> Result<FieldPlanned> {
        let handle = self.handle(source)?;
        let base = self.directory.base_settings();
        let mut written = written_fields(self.directory.home())
            .await
            .map_err(Error::home)?;
        let now = written.over(&base).0;
        let spec = spec_of(&now, source).ok_or_else(|| Error::Unknown {
            what: "source",
            key: source.to_owned(),
        })?;
        let shown = rows(spec, &base, &written);
        let before = shown.iter().find(|row| row.name == name).cloned();
        let mut errors = vec![];
        let mut effects = vec![];
        let mut missing = None;
        let in_base = spec_of(&base, source).and_then(|spec| spec.map.find(name));
        let of_source = written.sources.entry(source.to_owned()).or_default();
        match &step {
            FieldStep::Add(_) | FieldStep::Change(_) if name.is_empty() => {
                errors.push(FieldError::new("name", FieldProblem::Required));
            }
            FieldStep::Add(wish) => {
                check(wish, &mut errors);
                if before.is_some() {
                    errors.push(FieldError::new("name", FieldProblem::FieldThere));
                } else if spec.map.0.len() >= MOST_FIELDS {
                    let problem = FieldProblem::TooMany { max: MOST_FIELDS };
                    errors.push(FieldError::new("name", problem));
                }
                if !is_plain_identifier(name) {
                    errors.push(FieldError::new("name", FieldProblem::NotAName));
                } else if Field::new(name, "", "").is_secret() {
                    errors.push(FieldError::new("name", FieldProblem::SecretField));
                }
                let mut field = of(wish, None);
                if let (Some(known), None) = (in_base, &before) {
                    // It was taken out here, and comes back.
                    let other = wish.column.as_ref().is_some_and(|one| *one != known.column);
                    if other {
                        errors.push(FieldError::new("column", FieldProblem::OnlyWhenAdded));
                    }
                } else if let Some(column) = wish.column.as_deref().filter(|one| !one.is_empty()) {
                    let is_table = spec.origin.table().is_some();
                    if is_table && !is_plain_identifier(column) {
                        errors.push(FieldError::new("column", FieldProblem::NotAName));
                    } else if before.is_none() {
                        let kind = wish.kind.unwrap_or_default();
                        let looked =
                            column::look(handle, spec, (column, kind), wish, &mut errors).await?;
                        field.column = Some(looked.column);
                        effects.extend(looked.effect);
                        missing = looked.missing;
                    }
                } else {
                    errors.push(FieldError::new("column", FieldProblem::Required));
                }
                of_source.fields.insert(name.to_owned(), field);
                of_source.order.retain(|one| one != name);
                of_source.order.push(name.to_owned());
                effects.push(FieldEffect::MakesIndex);
            }
            FieldStep::Change(wish) => {
                let row = before.as_ref().ok_or_else(|| unknown(name))?;
                check(wish, &mut errors);
                if wish.column.as_ref().is_some_and(|one| *one != row.column) {
                    errors.push(FieldError::new("column", FieldProblem::OnlyWhenAdded));
                }
                if wish.size.is_some() {
                    errors.push(FieldError::new("size", FieldProblem::OnlyWhenAdded));
                }
                if wish.kind.is_some_and(|kind| kind != row.kind) {
                    errors.push(FieldError::new("type", FieldProblem::OnlyWhenAdded));
                }
                fixed(&base, source, row, wish, &mut errors);
                let known = of_source.fields.get(name);
                let field = of(&differing(wish, row), known);
                if field != WrittenField::default() {
                    of_source.fields.insert(name.to_owned(), field);
                }
            }
            FieldStep::Remove => {
                let row = before.as_ref().ok_or_else(|| unknown(name))?;
                if let Some(problem) = of_file(&base, source, name) {
                    errors.push(FieldError::new("name", problem));
                }
                remove(of_source, name, in_base.is_some());
                effects.push(FieldEffect::KeepsData {
                    table: spec.origin.name(),
                    column: row.column.clone(),
                });
                effects.push(FieldEffect::MakesIndex);
            }
        }
        let wish = match &step {
            FieldStep::Add(wish) | FieldStep::Change(wish) => Some(wish),
            FieldStep::Remove => None,
        };
        if let Some(position) = wish.and_then(|wish| wish.position) {
            place(&mut written, &base, source, name, position);
        }
        let (then, mistakes) = written.over(&base);
        if errors.is_empty() {
            let here = format!("{source} {name}");
            let of_it = mistakes.iter().filter(|one| one.place.file == here);
            errors.extend(of_it.map(|mistake| mistaken(mistake.mistake)));
        }
        let after = spec_of(&then, source)
            .map(|spec| rows(spec, &base, &written))
            .and_then(|rows| rows.into_iter().find(|row| row.name == name));
        let changes = match errors.is_empty() {
            true => changes(name, before.as_ref(), after.as_ref()),
            false => vec![],
        };
        written.number += 1;
        Ok(FieldPlanned {
            source: source.to_owned(),
            name: name.to_owned(),
            before,
            after: after.filter(|_| errors.is_empty()),
            changes,
            errors,
            effects,
            actor: actor.clone(),
            step,
            missing,
            written,
        })
    }
}

fn unknown(name: &str) -> Error {
    Error::Unknown {
        what: "field",
        key: name.to_owned(),
    }
}

pub(crate) fn spec_of<'s>(settings: &'s Settings, source: &str) -> Option<&'s SourceSpec> {
    let people = settings.customer_users.iter().map(|one| &one.spec);
    let mut specs = people.chain(settings.customers.iter().map(|one| &one.spec));
    specs.find(|spec| spec.id == source)
}

/// What of a wish is not so already: the rest goes on to follow the layers below.
fn differing(wish: &FieldWish, row: &FieldRow) -> FieldWish {
    fn other<T: PartialEq>(wanted: Option<T>, now: &T) -> Option<T> {
        wanted.filter(|wanted| wanted != now)
    }
    let wish = wish.clone();
    FieldWish {
        label: other(wish.label, &row.label),
        labels: other(wish.labels, &row.labels),
        kind: other(wish.kind, &row.kind),
        shown: other(wish.shown, &row.shown),
        required: other(wish.required, &row.required),
        read_only: other(wish.read_only, &row.read_only),
        link: other(wish.link, &row.link),
        choices: other(wish.choices, &row.choices),
        ..wish
    }
}

/// What is written of a field with a wish in it.
fn of(wish: &FieldWish, known: Option<&WrittenField>) -> WrittenField {
    let mut field = known.cloned().unwrap_or_default();
    let FieldWish {
        label,
        labels,
        kind,
        shown,
        required,
        read_only,
        link,
        choices,
        ..
    } = wish.clone();
    field.label = label.map(|label| label.trim().to_owned()).or(field.label);
    // A language without a label has the one for all of them.
    let labels = labels.map(|labels| {
        let labels = labels.into_iter();
        let labels = labels.map(|(code, label)| (code, label.trim().to_owned()));
        labels.filter(|(_, label)| !label.is_empty()).collect()
    });
    field.labels = labels.or(field.labels);
    field.kind = kind.or(field.kind);
    field.shown = shown.or(field.shown);
    field.required = required.or(field.required);
    field.read_only = read_only.or(field.read_only);
    field.link = link.map(|link| link.trim().to_owned()).or(field.link);
    field.choices = choices.or(field.choices);
    field
}

fn remove(source: &mut WrittenSource, name: &str, is_below: bool) {
    source.order.retain(|one| one != name);
    match is_below {
        true => {
            let removed = WrittenField {
                removed: true,
                ..WrittenField::default()
            };
            source.fields.insert(name.to_owned(), removed);
        }
        false => drop(source.fields.remove(name)),
    }
}

/// Writes the order with a field at another place.
fn place(written: &mut WrittenFields, base: &Settings, source: &str, name: &str, position: usize) {
    let then = written.over(base).0;
    let Some(spec) = spec_of(&then, source) else {
        return;
    };
    let names = spec.map.0.iter().map(|field| field.name.clone());
    let mut names: Vec<String> = names.filter(|one| one != name).collect();
    let at = position.saturating_sub(1).min(names.len());
    names.insert(at, name.to_owned());
    if let Some(source) = written.sources.get_mut(source) {
        source.order = names;
    }
}

/// What differs, member by member.
fn changes(name: &str, before: Option<&FieldRow>, after: Option<&FieldRow>) -> Vec<Change> {
    let members = |row: Option<&FieldRow>| match row.map(serde_json::to_value) {
        Some(Ok(Value::Object(members))) => members,
        _ => serde_json::Map::new(),
    };
    let (before, after) = (members(before), members(after));
    let names = before
        .keys()
        .chain(after.keys().filter(|one| !before.contains_key(*one)));
    let text = |value: Option<&Value>| match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Object(map)) if map.is_empty() => String::new(),
        Some(other) => other.to_string(),
    };
    names
        .filter(|member| !["name", "origin", "variable"].contains(&member.as_str()))
        .map(|member| Change {
            field: format!("{name}.{member}"),
            before: text(before.get(member)),
            after: text(after.get(member)),
        })
        .filter(|change| change.before != change.after)
        .collect()
}
