//! The doctor for a source in force.

use std::sync::Arc;
use std::time::Duration;

use kartoteka_boxed::boxed;
use kartoteka_model::{Record, Validity};
use kartoteka_settings::Settings;
use kartoteka_sources::doctor::{Home, Step, examine};

use serde::Serialize;

use crate::actor::Actor;
use crate::clock::Clock;
use crate::directory::{Directory, Inside};
use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::kind::Kind;
use crate::layout::layout;
use crate::names::display_text;
use crate::rights::{Action, Object};

/// Records that are read at a time, and the longest that it takes to look at the first.
const READ: u32 = 400;
const LONGEST_LOOK: Duration = Duration::from_secs(10);

impl Directory {
    /// Goes through a source step by step, on connections of its own. What it answers is not noted: only those are in its
    /// steps who may see everything. Role: admin.
    ///
    /// # Errors
    /// `NotFound`. What is wrong with the source is in the steps.
    #[boxed]
    pub async fn test_source(&self, actor: &Actor, id: &str) -> Result<Vec<Step>> {
        actor.require(Action::Change, Object::Settings)?;
        let (kind, number) = self.source_place(actor, id)?;
        let handle = &self.handles(kind)[number];
        let further = handle.people.as_ref().map(further_columns);
        let home = Home::Open(&self.inner.home);
        let steps = examine(
            &handle.spec,
            &further.unwrap_or_default(),
            home,
            self.inner.clock.now(),
        )
        .await;
        let failed = steps.iter().flat_map(|step| &step.findings);
        let failed = failed.filter(|one| one.what.remedy().is_some());
        for finding in failed {
            tracing::info!(
                source = id,
                finding = finding.what.name(),
                "a test found something"
            );
        }
        Ok(steps)
    }
}

/// Goes through a source as settings say it, whether they are in force or not; none where they have no such source.
#[boxed]
pub async fn test_of_settings(
    settings: &Settings,
    id: &str,
    clock: &dyn Clock,
) -> Option<Vec<Step>> {
    let home = Home::At(&settings.database.url);
    steps_of(settings, id, home, clock.now()).await
}

async fn steps_of(settings: &Settings, id: &str, home: Home<'_>, now: i64) -> Option<Vec<Step>> {
    let mut people = settings.customer_users.iter();
    if let Some(source) = people.find(|source| source.spec.id == id) {
        return Some(examine(&source.spec, &further_columns(source), home, now).await);
    }
    let mut customers = settings.customers.iter();
    let source = customers.find(|source| source.spec.id == id)?;
    Some(examine(&source.spec, &[], home, now).await)
}

/// The handle of a source as settings have it, in force or not.
fn handle_of(directory: &Directory, settings: &Settings, id: &str) -> Option<SourceHandle> {
    let (home, clock) = (&directory.inner.home, &directory.inner.clock);
    let mut people = settings.customer_users.iter();
    if let Some(source) = people.find(|source| source.spec.id == id) {
        return Some(SourceHandle::people(source.clone(), home, clock));
    }
    let mut customers = settings.customers.iter();
    let source = customers.find(|source| source.spec.id == id)?;
    Some(SourceHandle::customers(source.clone(), home, clock))
}

/// A record of a source as it would look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FirstRecord {
    pub key: String,
    /// The text that lists show.
    pub name: String,
    /// The primary customer, of a person.
    pub customer: Option<String>,
    pub valid: bool,
    /// By names of fields, without secrets.
    pub fields: Vec<(String, String)>,
}

impl Inside<'_> {
    /// Goes through a source of these settings step by step, in force or not.
    #[boxed]
    pub async fn steps_of(self, settings: &Settings, id: &str) -> Vec<Step> {
        let home = Home::Open(&self.inner.home);
        let steps = steps_of(settings, id, home, self.inner.clock.now()).await;
        steps.unwrap_or_default()
    }

    /// The first records of a source of these settings, and the keys of the first of them, at most as many as named.
    ///
    /// # Errors
    /// `Unavailable`.
    #[boxed]
    pub async fn first_records(
        self,
        settings: &Settings,
        id: &str,
        (shown, most): (usize, usize),
    ) -> Result<(Vec<FirstRecord>, Vec<String>)> {
        let Some(handle) = handle_of(self.0, settings, id) else {
            return Ok((vec![], vec![]));
        };
        let (mut first, mut keys) = (vec![], vec![]);
        let mut after = None;
        let read = async {
            let source = handle.source().await?;
            while keys.len() < most {
                let portion = source.scan(after.as_ref(), READ).await;
                let portion = portion.map_err(|error| handle.failed(error))?;
                for row in &portion.records {
                    if first.len() < shown {
                        first.push(looks(&handle, &row.record));
                    }
                    keys.push(handle.key_of(&row.record).to_owned());
                }
                after = portion.end;
                if after.is_none() {
                    break;
                }
            }
            Ok::<(), Error>(())
        };
        // What was read up to then is enough to look at.
        let done = tokio::time::timeout(LONGEST_LOOK, read).await;
        handle.close().await;
        match done {
            Ok(Err(error)) if first.is_empty() => Err(error),
            _ => Ok((first, keys)),
        }
    }

    /// Whether searches of a kind would need another index with these settings.
    pub fn needs_index(self, settings: &Settings, kind: Kind) -> bool {
        let (home, clock) = (&self.inner.home, &self.inner.clock);
        let handles: Vec<Arc<SourceHandle>> = match kind {
            Kind::Customer => settings
                .customers
                .iter()
                .map(|one| Arc::new(SourceHandle::customers(one.clone(), home, clock)))
                .collect(),
            _ => settings
                .customer_users
                .iter()
                .map(|one| Arc::new(SourceHandle::people(one.clone(), home, clock)))
                .collect(),
        };
        let layout = layout(kind, &handles, &settings.lists.collation);
        *self.index(kind).layout() != layout
    }
}

/// A record in words, without its secrets.
fn looks(handle: &SourceHandle, record: &Record) -> FirstRecord {
    let spec = &handle.spec;
    let customer = handle.people.as_ref().map(|people| {
        let field = spec.map.find_column(&people.customer_id);
        field.map_or("", |field| record.get(&field.name)).to_owned()
    });
    let valid = spec.valid_entry();
    let is_valid = |entry: &str| record.get(entry) == Validity::Valid.id().to_string();
    let fields = spec.map.visible();
    FirstRecord {
        key: handle.key_of(record).to_owned(),
        name: display_text(spec, record),
        customer,
        valid: valid.is_none_or(is_valid),
        fields: fields
            .map(|field| (field.name.clone(), record.get(&field.name).to_owned()))
            .collect(),
    }
}

/// The columns that a source of people names outside its map.
fn further_columns(source: &kartoteka_model::CustomerUserSource) -> Vec<String> {
    let named = source.sender_fields.iter().chain(&source.name_fields);
    named.chain([&source.customer_id]).cloned().collect()
}
