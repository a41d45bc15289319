//! A source before it is saved: what a test of it finds, whom it would bring, and what else comes of it.

use kartoteka_directory::doctor::{Outcome, Step};
use kartoteka_directory::inside::FirstRecord;
use kartoteka_directory::{Error, Kind, Result};
use kartoteka_model::SourceSpec;
use kartoteka_settings::Settings;
use serde::Serialize;

use crate::SourceSetup;
use crate::plan::SetupPlanned;

/// Records that are shown, and how many are looked at for keys that others have.
const SHOWN: usize = 10;
const LOOKED_AT: usize = 2_000;

/// Keys that others have, of which so many are named.
const NAMED: usize = 10;

/// Keys that an index is asked for at a time.
const PORTION: usize = 400;

/// What comes of a change besides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "effect", rename_all = "kebab-case")]
pub enum SetupEffect {
    /// Searches need another index, which is made beside the one that answers until then.
    MakesIndex,
    /// The records are in the index that answers when they were next compared with the source.
    KeepsIndex,
    /// So many records are not found any more; what they were given stays.
    Loses { records: u64 },
}

/// A key that another source has, too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Known {
    pub key: String,
    /// The other source.
    pub source: String,
    /// Whether that one speaks for it, being before this one.
    pub speaks: bool,
}

/// What was found out about a source.
#[derive(Debug, Clone, Default)]
pub struct Looked {
    pub steps: Vec<Step>,
    pub first: Vec<FirstRecord>,
    /// The first keys that other sources have, too, among so many that were looked at.
    pub known: Vec<Known>,
    pub looked_at: usize,
    pub effects: Vec<SetupEffect>,
    pub(crate) is_at_home: bool,
}

impl Looked {
    /// Whether a step of the test failed.
    pub fn has_failed(&self) -> bool {
        let mut steps = self.steps.iter();
        steps.any(|step| step.outcome() == Outcome::Failed)
    }
}

impl SourceSetup<'_> {
    pub(crate) async fn look(self, settings: &Settings, planned: &SetupPlanned) -> Result<Looked> {
        let (id, kind) = (planned.id.as_str(), planned.kind);
        let mut looked = Looked::default();
        if self.directory.needs_index(settings, kind) {
            looked.effects.push(SetupEffect::MakesIndex);
        } else {
            looked.effects.push(SetupEffect::KeepsIndex);
        }
        if planned.after.is_none() {
            let records = self.count(kind, id).await?;
            looked.effects.push(SetupEffect::Loses { records });
            return Ok(looked);
        }
        let origin = spec_of(settings, id).map(|spec| &spec.origin);
        let table = origin.and_then(|origin| origin.table());
        looked.is_at_home = table.is_some_and(|table| table.database.is_none());
        looked.steps = self.directory.steps_of(settings, id).await;
        if looked.has_failed() {
            return Ok(looked);
        }
        let read = self
            .directory
            .first_records(settings, id, (SHOWN, LOOKED_AT));
        // The test told what there is to tell.
        if let Ok((first, keys)) = read.await {
            looked.first = first;
            looked.looked_at = keys.len();
            looked.known = self.known(kind, id, &keys).await?;
        }
        Ok(looked)
    }

    /// The first of some keys that other sources have.
    async fn known(self, kind: Kind, id: &str, keys: &[String]) -> Result<Vec<Known>> {
        self.directory.sync_index(kind).await?;
        let index = self.directory.index(kind);
        let handles = self.directory.handles(kind);
        let mut known = vec![];
        for portion in keys.chunks(PORTION) {
            let found = index.kept(portion).await.map_err(Error::index)?;
            for one in found.values().flatten() {
                let Some(other) = handles.get(one.source).map(|other| &other.spec.id) else {
                    continue;
                };
                if other != id && known.len() < NAMED {
                    known.push(Known {
                        key: one.key.clone(),
                        source: other.clone(),
                        speaks: place(other) < place(id),
                    });
                }
            }
        }
        Ok(known)
    }

    async fn count(self, kind: Kind, id: &str) -> Result<u64> {
        let mut handles = self.directory.handles(kind).iter();
        let Some(number) = handles.position(|handle| handle.spec.id == id) else {
            return Ok(0);
        };
        self.directory.sync_index(kind).await?;
        let counts = self.directory.index(kind).count_of_source(number).await;
        Ok(counts.map_err(Error::index)?.iter().sum())
    }
}

fn spec_of<'s>(settings: &'s Settings, id: &str) -> Option<&'s SourceSpec> {
    let people = settings.customer_users.iter().map(|one| &one.spec);
    let mut specs = people.chain(settings.customers.iter().map(|one| &one.spec));
    specs.find(|spec| spec.id == id)
}

/// The number of a source among those of its kind.
fn place(id: &str) -> u32 {
    let number = id.trim_start_matches(|sign: char| !sign.is_ascii_digit());
    number.parse().unwrap_or(0)
}
