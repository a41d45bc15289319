//! What moving a person does beside the record.

use kartoteka_directory::Effect;
use kartoteka_directory::inside::{SourceHandle, is_valid};
use kartoteka_model::{FieldKind, Validity};
use kartoteka_passwords::WriteFormat;
use secrecy::SecretString;

use super::rows::{Row, Rows};
use crate::Records;
use crate::plan::RecordPlan;

impl Records<'_> {
    /// Works out the effects of a plan, and what becomes of the stored password.
    pub(super) fn tell_effects(self, plan: &mut RecordPlan, rows: &Rows<'_>, to: &SourceHandle) {
        let (Some(speaker), Some(before)) = (rows.speaker(), &plan.before) else {
            return;
        };
        let from = speaker.handle;
        let mut effects = vec![];
        if !rows.target_speaks() {
            effects.push(Effect::Moves {
                from: from.spec.id.clone(),
                to: to.spec.id.clone(),
            });
        }
        effects.extend(rows.speaks_on().map(|row| Effect::SpeaksLater {
            source: row.handle.spec.id.clone(),
        }));
        let writes = !to.spec.read_only;
        if writes && !rows.target_speaks() && rows.target().is_some() {
            let source = to.spec.id.clone();
            effects.push(Effect::Overwrites { source });
        }
        let no_place: Vec<String> = from
            .spec
            .map
            .visible()
            .filter(|field| field.kind != FieldKind::DynamicField)
            .filter(|field| !before.get(&field.name).is_empty())
            .filter(|field| to.spec.map.find(&field.name).is_none())
            .map(|field| field.name.clone())
            .collect();
        if !no_place.is_empty() {
            effects.push(Effect::NoPlace {
                source: to.spec.id.clone(),
                fields: no_place,
            });
        }
        for row in rows.removable() {
            effects.extend(removes(row, to));
        }
        effects.extend(rows.shadows().map(|row| Effect::Shadows {
            source: row.handle.spec.id.clone(),
        }));
        let (was, will) = (is_valid(to, before), is_valid(to, &plan.after));
        // A source that keeps no validity has everybody valid.
        let was = was && is_valid(from, before);
        if was != will {
            let name = |valid: bool| match valid {
                true => Validity::Valid.name().to_owned(),
                false => validity_of(from, before),
            };
            let to = match will {
                true => name(true),
                false => validity_of(to, &plan.after),
            };
            effects.push(Effect::ChangesValidity {
                from: name(was),
                to,
            });
        }
        let (password, hash) = self.password_goes(plan, rows, to);
        effects.extend(password);
        if let Some(moved) = &mut plan.moved {
            moved.hash = hash;
        }
        plan.effects = effects;
    }

    /// What becomes of the password, and the stored form that is to be written.
    fn password_goes(
        self,
        plan: &RecordPlan,
        rows: &Rows<'_>,
        to: &SourceHandle,
    ) -> (Option<Effect>, Option<SecretString>) {
        if plan.password.is_some() {
            return (Some(Effect::SetsPassword { generated: false }), None);
        }
        if rows.target_speaks() {
            return (None, None);
        }
        let stored = |row: Option<&Row<'_>>| {
            let stored = row.and_then(|row| row.stored.password.clone());
            stored.filter(|stored| !stored.is_empty())
        };
        let carried = stored(rows.speaker());
        let place = to.spec.map.password().is_some() && !to.spec.read_only;
        // What OTOBO reads as well gets nothing that it can't read.
        let reads = |hash: &String| {
            let reads_all =
                to.at_home() || self.directory.write_format(false) == WriteFormat::Argon2id;
            reads_all || !hash.starts_with("$argon2")
        };
        match carried {
            Some(hash) if place && reads(&hash) => {
                (Some(Effect::CarriesPassword), Some(hash.into()))
            }
            carried => {
                // One of earlier days does not come back unasked.
                let emptied = stored(rows.target()).filter(|_| place);
                let emptied = emptied.map(|_| SecretString::from(String::new()));
                let effect = match carried {
                    Some(_) => Some(Effect::LosesPassword),
                    None => place.then_some(Effect::HasNoPassword),
                };
                (effect, emptied)
            }
        }
    }
}

/// That a row goes, and what of it no record holds.
fn removes(row: &Row<'_>, to: &SourceHandle) -> Vec<Effect> {
    let source = row.handle.spec.id.clone();
    let together = match to.spec.read_only {
        // There is nothing to be written before it.
        true => row.handle.at_home(),
        false => row.handle.shares_database(to),
    };
    let mut effects = vec![Effect::RemovesRow {
        source: source.clone(),
        together,
    }];
    let table = row.handle.opened().and_then(|source| source.table());
    let columns = table.map_or_else(Vec::new, |table| table.unmapped_columns());
    if !columns.is_empty() {
        effects.push(Effect::LosesColumns {
            source,
            columns: columns.into_iter().map(str::to_owned).collect(),
        });
    }
    effects
}

fn validity_of(handle: &SourceHandle, record: &kartoteka_model::Record) -> String {
    let value = handle.spec.valid_entry().map(|entry| record.get(entry));
    let value = value.unwrap_or_default();
    let known = Validity::parse(value).map(|validity| validity.name().to_owned());
    known.unwrap_or_else(|| value.to_owned())
}
