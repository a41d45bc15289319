//! The form of a record: one input for each entry of the source's field map, in its order.

use std::collections::BTreeMap;

use kartoteka_directory::{FieldError, FieldShape, Fields, Preference, SourceInfo};
pub use kartoteka_frame::records::control::{Choice, Control};
use kartoteka_model::{FieldKind, Validity};

use super::screen::Screen;
use super::{fields, parents, preferences};
use crate::frame::Frame;

/// One input with everything around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    pub name: String,
    /// The `id` of the input.
    pub id: String,
    pub label: String,
    pub value: String,
    pub control: Control,
    pub required: bool,
    /// In characters.
    pub max_length: Option<usize>,
    /// A sentence below the input.
    pub hint: Option<String>,
    /// Why it can't be changed here.
    pub locked: Option<String>,
    pub errors: Vec<String>,
}

/// What a form is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Add,
    Edit,
}

/// All that the inputs of a form are made from.
pub struct Blank<'a> {
    pub page: &'a Frame,
    pub screen: Screen,
    pub purpose: Purpose,
    pub source: &'a SourceInfo,
    /// What was typed, or what is stored.
    pub values: &'a Fields,
    pub errors: &'a [FieldError],
    /// The first customers, for those without scripts.
    pub customers: &'a [Choice],
    /// The services that one may be put below.
    pub parents: &'a [Choice],
}

impl Blank<'_> {
    /// The inputs in the order of the field map.
    pub fn inputs(&self) -> Vec<Input> {
        self.source
            .fields
            .iter()
            .filter(|shape| self.is_asked(shape))
            .map(|shape| self.input(shape))
            .collect()
    }

    /// The inputs of the preferences, which people have beside their fields.
    pub fn preferences(&self) -> Vec<Input> {
        let preferences = self.source.preferences.iter();
        preferences
            .filter(|_| self.source.preferences_in_pages)
            .map(|one| {
                let value = self.values.get(one.key()).cloned().unwrap_or_default();
                Input {
                    name: one.key().to_owned(),
                    id: id(one.key()),
                    label: preferences::label(self.page, *one),
                    control: preferences::control(self.page, *one, &value),
                    value,
                    required: false,
                    max_length: Some(250),
                    hint: (*one == Preference::Skin).then(|| self.page.t("preference-skin-hint")),
                    locked: None,
                    errors: self.page.problems(self.errors, one.key()),
                }
            })
            .collect()
    }

    fn is_asked(&self, shape: &FieldShape) -> bool {
        let field = &shape.field;
        let generated =
            self.screen.is_people() && field.name == "UserLogin" && self.source.auto_login;
        let stored_elsewhere = field.kind == FieldKind::DynamicField;
        // Of the secrets only the password has a place in a form.
        let other_secret = shape.secret && !is_password(&field.name);
        !(stored_elsewhere || other_secret || generated && self.purpose == Purpose::Add)
    }

    fn input(&self, shape: &FieldShape) -> Input {
        let field = &shape.field;
        let secret = shape.secret;
        let value = if secret {
            String::new()
        } else {
            self.values.get(&field.name).cloned().unwrap_or_default()
        };
        Input {
            label: self.page.field_label(field),
            control: self.control(shape, &value),
            required: field.required && !(secret && self.purpose == Purpose::Edit),
            max_length: shape.max_length.filter(|_| !secret),
            hint: self.hint(shape),
            locked: self.locked(shape),
            errors: self.page.problems(self.errors, &field.name),
            id: id(&field.name),
            name: field.name.clone(),
            value,
        }
    }

    fn control(&self, shape: &FieldShape, value: &str) -> Control {
        let name = shape.field.name.as_str();
        if shape.secret {
            return Control::Password;
        }
        if fields::is_validity(name) {
            return Control::Choice(validities(self.page, value));
        }
        if let Some(selections) = self.source.selections.get(name) {
            let mut choices = choices(self.page, selections, value);
            if !shape.field.required && choices.iter().all(|choice| !choice.value.is_empty()) {
                choices.insert(0, nothing(false));
            }
            return Control::Choice(choices);
        }
        if self.screen.is_people() && name == "UserCustomerID" && self.source.customer_support {
            return Control::Customer(self.customers.to_vec());
        }
        if name == parents::FIELD && !self.parents.is_empty() {
            return Control::Choice(parents::chosen(self.parents, value));
        }
        if fields::is_long(name) {
            return Control::Long;
        }
        Control::Line(line_type(name))
    }

    fn hint(&self, shape: &FieldShape) -> Option<String> {
        let key = match self.purpose {
            _ if !shape.secret => return None,
            Purpose::Add => "records-form-password-generated",
            Purpose::Edit => "records-form-password-unchanged",
        };
        Some(self.page.t(key))
    }

    fn locked(&self, shape: &FieldShape) -> Option<String> {
        let reason = if !self.source.writable {
            "records-locked-source"
        } else if shape.field.read_only {
            "records-locked-field"
        } else {
            return None;
        };
        Some(self.page.with(reason, "source", &self.source.name))
    }
}

/// Whether a field is the password that forms ask for.
pub fn is_password(field: &str) -> bool {
    field.eq_ignore_ascii_case("UserPassword")
}

fn id(field: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    format!("field-{}", field.chars().map(plain).collect::<String>())
}

/// The three validities; a new record is valid, and a stored number that is none of them stays to be seen.
pub fn validities(page: &Frame, value: &str) -> Vec<Choice> {
    let value = if value.is_empty() { "1" } else { value };
    let choice = |validity: &Validity| Choice {
        value: validity.id().to_string(),
        label: page.validity(validity.name()),
        selected: Validity::parse(value) == Some(*validity),
    };
    let mut choices: Vec<Choice> = Validity::ALL.iter().map(choice).collect();
    if Validity::parse(value).is_none() {
        choices.push(Choice {
            value: value.to_owned(),
            label: value.to_owned(),
            selected: true,
        });
    }
    choices
}

pub fn choices(page: &Frame, selections: &BTreeMap<String, String>, value: &str) -> Vec<Choice> {
    let choice = |(stored, label): (&String, &String)| Choice {
        value: stored.clone(),
        label: if label.is_empty() {
            "–".to_owned()
        } else {
            page.label(label)
        },
        selected: stored == value,
    };
    let mut choices: Vec<Choice> = selections.iter().map(choice).collect();
    if !choices.iter().any(|choice| choice.selected) {
        // Nothing is chosen silently: an empty line, or the stored value that is no longer offered.
        let offered = Choice {
            value: value.to_owned(),
            label: value.to_owned(),
            selected: true,
        };
        let first = match value {
            "" => nothing(true),
            _ => offered,
        };
        choices.insert(0, first);
    }
    choices
}

/// The line of a drop-down that empties the field.
fn nothing(selected: bool) -> Choice {
    Choice {
        value: String::new(),
        label: "–".to_owned(),
        selected,
    }
}

fn line_type(name: &str) -> &'static str {
    let name = name.to_lowercase();
    match name.as_str() {
        name if name.contains("email") => "email",
        name if ["phone", "mobile", "fax"]
            .iter()
            .any(|word| name.contains(word)) =>
        {
            "tel"
        }
        name if name.ends_with("url") => "url",
        _ => "text",
    }
}

/// The inputs of a form that something is wrong with, for the summary above it; and mistakes that belong to no
/// input that is shown.
pub fn summary(
    page: &Frame,
    inputs: &[Input],
    preferences: &[Input],
    errors: &[FieldError],
) -> Vec<Mistake> {
    let inputs = || inputs.iter().chain(preferences);
    let shown = inputs().flat_map(|input| {
        let mistake = |message: &String| Mistake {
            anchor: Some(input.id.clone()),
            label: input.label.clone(),
            message: message.clone(),
        };
        input.errors.iter().map(mistake).collect::<Vec<_>>()
    });
    let others = errors
        .iter()
        .filter(|error| !inputs().any(|input| input.name == error.field));
    let others = others.map(|error| Mistake {
        anchor: None,
        label: page.label(&error.field),
        message: page.problem(&error.problem),
    });
    shown.chain(others).collect()
}

/// A line of the summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The input's `id`.
    pub anchor: Option<String>,
    pub label: String,
    pub message: String,
}
