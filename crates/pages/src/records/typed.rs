//! What was typed into the form of a record.

use std::collections::BTreeMap;

use kartoteka_directory::{Fields, Found, SourceInfo, Version};
use secrecy::{ExposeSecret, SecretString};

use super::form::is_password;
use crate::input::Pairs;

/// What a form asks to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Save, and stay with the record.
    Save,
    /// Save, and go to the list.
    Finish,
    /// Show what saving would do.
    Preview,
}

/// A form that was sent.
pub struct Typed {
    pub wish: Wish,
    /// The source's fields, without read-only ones and the password.
    pub values: Fields,
    /// Empty: leave it, or generate one.
    password: SecretString,
    /// The password's field, if the source has one.
    password_field: Option<String>,
    pub version: Option<Version>,
    /// What the form began with, to tell one's own changes from those of others.
    pub was: Fields,
    /// The list that the form was reached from.
    pub from: String,
}

impl Typed {
    /// Reads a form for a source.
    pub fn read(form: &Pairs, source: &SourceInfo) -> Self {
        let field = |name: &str| source.fields.iter().find(|shape| shape.field.name == name);
        let is_preference = |name: &str| source.preferences.iter().any(|one| one.key() == name);
        // What others keep can't be typed; people of such a source have preferences all the same.
        let is_typed = |name: &str| match field(name) {
            Some(shape) => source.writable && !shape.secret && !shape.field.read_only,
            None => is_preference(name),
        };
        let mut values = form.fields(is_typed);
        for value in values.values_mut() {
            // Browsers send line breaks of text areas as CR LF.
            *value = value.replace("\r\n", "\n");
        }
        let password_field = source
            .fields
            .iter()
            .map(|shape| &shape.field.name)
            .find(|name| is_password(name));
        Self {
            wish: match form.get("_do") {
                "finish" => Wish::Finish,
                "preview" => Wish::Preview,
                _ => Wish::Save,
            },
            values,
            password: password_field
                .filter(|_| source.writable)
                .map_or_else(SecretString::default, |name| form.secret(name)),
            password_field: password_field.cloned(),
            version: form
                .filled("_version")
                .map(|version| Version(version.to_owned())),
            was: serde_json::from_str::<BTreeMap<String, String>>(form.get("_was"))
                .unwrap_or_default(),
            from: form.get("_from").to_owned(),
        }
    }

    /// The fields to plan with, the password among them if one was typed.
    pub fn wanted(&self) -> Fields {
        let mut wanted = self.values.clone();
        if let Some(field) = self.password_field.as_ref().filter(|_| self.has_password()) {
            wanted.insert(field.clone(), self.password.expose_secret().to_owned());
        }
        wanted
    }

    /// Whether a password was typed.
    pub fn has_password(&self) -> bool {
        !self.password.expose_secret().is_empty()
    }

    /// Whether the source keeps passwords.
    pub fn knows_passwords(&self) -> bool {
        self.password_field.is_some()
    }
}

/// The values that a form for a stored record begins with.
pub fn stored(found: &Found, source: &SourceInfo) -> Fields {
    let visible = source
        .fields
        .iter()
        .filter(|shape| !shape.secret)
        .map(|shape| shape.field.name.as_str());
    let preferences = source.preferences.iter().map(|one| {
        let value = found.preferences.get(one.key()).cloned();
        (one.key().to_owned(), value.unwrap_or_default())
    });
    visible
        .map(|name| (name.to_owned(), found.record.get(name).to_owned()))
        .chain(preferences)
        .collect()
}

/// Values as the hidden field `_was` carries them.
pub fn remembered(values: &Fields) -> String {
    serde_json::to_string(values).unwrap_or_default()
}
