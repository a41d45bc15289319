//! Doing what a plan says: secrets are sealed, and the document is written with its journal entry in one transaction.

use std::collections::BTreeMap;

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::{JournalDraft, written_fields};
use kartoteka_directory::{Change, Error, FieldError, FieldProblem, Result, Topic};
use kartoteka_settings::{Document, WrittenDefinition};
use serde::Serialize;

use crate::SourceSetup;
use crate::look::{Looked, SetupEffect};
use crate::plan::{SetupPlan, SetupPlanned};

/// A change of a source that was done.
#[derive(Debug, Clone, Serialize)]
pub struct SetupApplied {
    pub id: String,
    /// None when it was removed.
    pub version: Option<u64>,
    pub after: Option<Document>,
    pub secrets: Vec<String>,
    pub changes: Vec<Change>,
    pub effects: Vec<SetupEffect>,
    #[serde(skip)]
    pub warnings: Vec<String>,
    #[serde(skip)]
    pub looked: Looked,
    /// The number of the journal entry; none if nothing had to be changed.
    pub journal: Option<i64>,
}

impl SourceSetup<'_> {
    /// Does what a plan says, and has this node take it up. Role: admin.
    ///
    /// # Errors
    /// `Invalid` when the plan has errors, or the source was changed after it was planned.
    #[boxed]
    pub async fn apply_setup(self, plan: SetupPlan) -> Result<SetupApplied> {
        let planned = self.directory.open(plan);
        if !planned.errors.is_empty() {
            return Err(Error::Invalid(planned.errors));
        }
        if planned.changes.is_empty() {
            let version = planned.version;
            return Ok(done(planned, version, None));
        }
        let definition = self.sealed(&planned)?;
        let (entry, version) = self
            .directory
            .save(|| async {
                let mut tx = self.directory.begin_locked().await?;
                let written = written_fields(self.directory.home()).await;
                let mut written = written.map_err(Error::home)?;
                let now = written.definitions.get(&planned.id);
                if now.map(|now| now.version) != planned.version {
                    let problem = FieldProblem::DocumentChanged;
                    return Err(Error::Invalid(vec![FieldError::new("version", problem)]));
                }
                written.number += 1;
                let action = match (&definition, planned.version) {
                    (None, _) => "delete",
                    (Some(_), None) => "create",
                    (Some(_), Some(_)) => "update",
                };
                match &definition {
                    Some(definition) => {
                        let definition = WrittenDefinition {
                            version: written.number,
                            ..definition.clone()
                        };
                        written.definitions.insert(planned.id.clone(), definition);
                    }
                    None => {
                        written.definitions.remove(&planned.id);
                        // The first ones are there in any case, and keep what was said of their fields.
                        if planned.id.ends_with(|sign: char| sign.is_ascii_digit()) {
                            written.sources.remove(&planned.id);
                        }
                    }
                }
                self.directory.write_fields(&mut tx, &written).await?;
                let draft = JournalDraft {
                    action,
                    kind: Topic::Source.name(),
                    source: &planned.id,
                    key: &planned.id,
                    key_before: "",
                    changes: &planned.changes,
                    effects: &[],
                };
                let actor = &planned.actor;
                let entry = self.directory.journal_entry(&mut tx, actor, draft).await?;
                tx.commit().await.map_err(Error::home)?;
                Ok((entry, written.number))
            })
            .await?;
        self.directory.fields_were_written();
        let version = definition.is_some().then_some(version);
        Ok(done(planned, version, Some(entry)))
    }

    /// The secrets that were given, sealed, for whoever tests a source before it is saved: a form need not ask for them
    /// again. They are good for this source and its server alone.
    ///
    /// # Errors
    /// When there is no key, and none can be made.
    pub fn held(self, plan: &SetupPlan) -> Result<BTreeMap<String, String>> {
        let lacks = |error: &FieldError| error.problem == FieldProblem::NoSecretKey;
        if plan.errors.iter().any(lacks) {
            return Ok(BTreeMap::new());
        }
        let sealed = self.sealed(plan)?;
        Ok(sealed.map_or_else(BTreeMap::new, |definition| definition.sealed))
    }

    /// The document with its secrets sealed; none where the source is removed.
    fn sealed(self, planned: &SetupPlanned) -> Result<Option<WrittenDefinition>> {
        let Some(wanted) = &planned.wanted else {
            return Ok(None);
        };
        let mut sealed = wanted.kept.clone();
        if !wanted.fresh.is_empty() {
            let key = self.directory.made_sealing_key()?;
            for (name, secret) in &wanted.fresh {
                let purpose = wanted.document.purpose(&planned.id, name);
                let failed = || Error::internal(std::io::Error::other("nothing could be sealed"));
                let text = key.seal(secret, &purpose).ok_or_else(failed)?;
                sealed.insert(name.clone(), text);
            }
        }
        Ok(Some(WrittenDefinition {
            version: 0,
            document: wanted.document.clone(),
            sealed,
        }))
    }
}

fn done(planned: SetupPlanned, version: Option<u64>, journal: Option<i64>) -> SetupApplied {
    SetupApplied {
        id: planned.id,
        version,
        after: planned.after,
        secrets: planned.secrets,
        changes: planned.changes,
        effects: planned.looked.effects.clone(),
        warnings: planned.warnings,
        looked: planned.looked,
        journal,
    }
}
