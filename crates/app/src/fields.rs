//! Fields as the command line gives them.

use clap::{Args, ValueEnum};
use kartoteka_directory::{Directory, Fields, Kind};
use kartoteka_model::{Field, Validity};

use crate::exit::Ended;

/// Any field of the field map.
#[derive(Debug, Clone, Default, Args)]
pub struct SetOptions {
    /// A field by its name in the field map, such as UserRoom=214, or a person's preference, such as UserLanguage=pl;
    /// may be given more than once
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = pair)]
    pub set: Vec<(String, String)>,
    /// Whether the record takes part
    #[arg(long, value_enum)]
    pub validity: Option<ValidityOption>,
}

/// A validity by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ValidityOption {
    Valid,
    Invalid,
    InvalidTemporarily,
}

impl ValidityOption {
    pub fn id(self) -> String {
        let validity = match self {
            Self::Valid => Validity::Valid,
            Self::Invalid => Validity::Invalid,
            Self::InvalidTemporarily => Validity::InvalidTemporarily,
        };
        validity.id().to_string()
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, value)) if !field.trim().is_empty() => {
            Ok((field.trim().to_owned(), value.to_owned()))
        }
        _ => Err("write FIELD=VALUE, such as UserCity=Kraków".into()),
    }
}

/// Puts the flags over what `--set` gave.
///
/// # Errors
/// For a password in the command line, and a field that is given twice with different values.
pub fn collect<'a>(
    options: &SetOptions,
    flags: impl IntoIterator<Item = (&'a str, &'a Option<String>)>,
) -> Result<Fields, Ended> {
    let mut fields = Fields::new();
    let validity = options
        .validity
        .map(|validity| ("ValidID".to_owned(), validity.id()));
    let flags = flags
        .into_iter()
        .filter_map(|(field, value)| Some((field.to_owned(), value.clone()?)))
        .chain(validity);
    for (field, value) in options.set.iter().cloned().chain(flags) {
        if Field::new(&field, "", "").is_secret() {
            let message = format!(
                "{field} does not belong in a command line, which others can see: use --password-stdin"
            );
            return Err(Ended::usage(message));
        }
        if fields.get(&field).is_some_and(|before| *before != value) {
            return Err(Ended::usage(format!("{field} is given twice")));
        }
        fields.insert(field, value);
    }
    Ok(fields)
}

/// Refuses an edit that names nothing to change: an option was forgotten.
///
/// # Errors
/// When there are no fields.
pub fn named(fields: Fields, command: &str) -> Result<Fields, Ended> {
    match fields.is_empty() {
        true => Err(Ended::usage(format!(
            "nothing to change was named; `kartoteka {command} edit --help` lists what can be"
        ))),
        false => Ok(fields),
    }
}

/// A new record is valid unless something else is said, in sources that keep a validity.
pub fn valid_unless_said(
    directory: &Directory,
    kind: Kind,
    source: Option<&str>,
    fields: &mut Fields,
) {
    let sources = directory.sources(kind);
    let meant = match source {
        Some(id) => sources.iter().find(|one| one.id == id),
        None => sources.iter().find(|one| one.writable),
    };
    let kept = meant.is_some_and(|source| {
        source
            .fields
            .iter()
            .any(|shape| shape.field.name == "ValidID")
    });
    if kept {
        fields
            .entry("ValidID".into())
            .or_insert_with(|| Validity::Valid.id().to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(pairs: &[&str]) -> SetOptions {
        SetOptions {
            set: pairs.iter().map(|text| pair(text).unwrap()).collect(),
            validity: None,
        }
    }

    #[test]
    fn flags_and_set_come_together() {
        let first = Some("Ewa".to_owned());
        let fields = collect(
            &set(&["UserCity=Łódź", "UserComment=a=b"]),
            [("UserFirstname", &first)],
        )
        .unwrap();
        assert_eq!(fields.len(), 3);
        assert_eq!(fields["UserComment"], "a=b");
    }

    #[test]
    fn passwords_and_contradictions_are_refused() {
        assert!(collect(&set(&["UserPassword=x"]), []).is_err());
        assert!(collect(&set(&["UserCity=a", "UserCity=b"]), []).is_err());
        assert!(pair("=x").is_err() && pair("UserCity").is_err());
    }
}
