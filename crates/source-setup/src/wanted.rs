//! What somebody wants of a source.

use std::collections::BTreeMap;

use kartoteka_directory::inside::Inside;
use kartoteka_directory::{FieldError, FieldProblem};
use kartoteka_model::source::Locked;
use kartoteka_settings::{Document, WrittenDefinition};
use secrecy::SecretString;

/// The largest document, in bytes of JSON.
const LARGEST: usize = 64 * 1024;

const DSN: &str = "Params.DSN";
const PASSWORD: &str = "Params.Password";

/// What is done to a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetupStep {
    Add(Document),
    /// It is as the document says from now on. Secrets that it does not name stay; an empty one is taken away.
    Change(Document),
    /// Its people are not found any more; what they were given stays.
    Remove,
}

/// What is wanted of a source.
#[derive(Debug, Clone)]
pub struct SetupWish {
    /// The section: `CustomerUser3`.
    pub id: String,
    pub step: SetupStep,
    /// The version that was looked at, if it is known.
    pub had: Option<u64>,
    /// It is saved even if the test fails: the server may be away just now.
    pub although_it_fails: bool,
    /// Secrets that were given before, while this was tested, sealed as [`SourceSetup::held`](crate::SourceSetup::held)
    /// answered them.
    pub held: BTreeMap<String, String>,
}

impl SetupWish {
    /// That this is done to the source of a section, if the test of it succeeds.
    pub fn of(id: impl Into<String>, step: SetupStep) -> Self {
        Self {
            id: id.into(),
            step,
            had: None,
            although_it_fails: false,
            held: BTreeMap::new(),
        }
    }
}

/// A document with its secrets apart.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    pub document: Document,
    /// Given now, by their keys.
    pub fresh: BTreeMap<String, SecretString>,
    /// Sealed before, and still good.
    pub kept: BTreeMap<String, String>,
    /// All of them, open.
    pub open: BTreeMap<String, SecretString>,
    /// What is not there any more.
    pub dropped: Vec<String>,
}

/// Takes a document apart, and keeps of the secrets from before what may be kept: none is told to another server than it was
/// given for.
pub(crate) fn apart(
    directory: Inside<'_>,
    id: &str,
    (mut document, held): (Document, &BTreeMap<String, String>),
    before: Option<&WrittenDefinition>,
    errors: &mut Vec<FieldError>,
) -> Wanted {
    let given = document.take_secrets();
    let size = serde_json::to_string(&document).map_or(usize::MAX, |text| text.len());
    if size > LARGEST {
        let problem = FieldProblem::TooLong { max: LARGEST };
        errors.push(FieldError::new("document", problem));
    }
    let mut kept = BTreeMap::new();
    let mut dropped = vec![];
    let sealed = before.into_iter().flat_map(|before| &before.sealed);
    for (key, sealed) in sealed {
        let has_other = key == DSN && !document.text(DSN).is_empty();
        match given.get(key) {
            Some(Some(_)) => continue,
            Some(None) => {
                dropped.push(key.clone());
                continue;
            }
            None if has_other || !document.uses(key) => {
                dropped.push(key.clone());
                continue;
            }
            None => {}
        }
        let purpose = before.map(|before| before.document.purpose(id, key));
        let moves = key == PASSWORD && given.contains_key(DSN);
        if moves || purpose != Some(document.purpose(id, key)) {
            errors.push(FieldError::new(key, FieldProblem::SecretAgain));
        } else {
            kept.insert(key.clone(), sealed.clone());
        }
    }
    let mut open = BTreeMap::new();
    for (key, sealed) in held {
        if given.contains_key(key) || !document.uses(key) {
            continue;
        }
        errors.retain(|error| error.field != *key);
        let one = WrittenDefinition {
            document: document.clone(),
            sealed: [(key.clone(), sealed.clone())].into(),
            ..WrittenDefinition::default()
        };
        // It is good for the server that it was given for alone.
        match directory.opened_secrets(id, &one) {
            Ok(opened) => {
                open.extend(opened);
                kept.insert(key.clone(), sealed.clone());
            }
            Err(_) => errors.push(FieldError::new(key, FieldProblem::SecretAgain)),
        }
    }
    let fresh: BTreeMap<String, SecretString> = given
        .into_iter()
        .filter_map(|(key, secret)| Some((key, secret?)))
        .collect();
    open.extend(fresh.clone());
    let mut from_before = kept.clone();
    from_before.retain(|key, _| !held.contains_key(key));
    if let Some(before) = before.filter(|_| !from_before.is_empty()) {
        let only_kept = WrittenDefinition {
            sealed: from_before.clone(),
            ..before.clone()
        };
        match directory.opened_secrets(id, &only_kept) {
            Ok(opened) => open.extend(opened),
            Err(locked) => {
                let keys = from_before.keys();
                errors.extend(keys.map(|key| FieldError::new(key, closed(locked))));
            }
        }
    }
    Wanted {
        document,
        fresh,
        kept,
        open,
        dropped,
    }
}

pub(crate) fn closed(locked: Locked) -> FieldProblem {
    match locked {
        Locked::NoKey => FieldProblem::NoSecretKey,
        Locked::OtherKey => FieldProblem::OtherSecretKey,
    }
}
