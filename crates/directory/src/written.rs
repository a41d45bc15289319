//! What pages write of sources and fields, on any node: read from the home database, laid over the other settings, checked as a whole,
//! and put in force in one step.

use std::time::Duration;

use kartoteka_boxed::boxed;
use kartoteka_model::source::Origin;
use kartoteka_settings::{Diagnostic, Settings, WrittenFields, nearest};
use kartoteka_store::own::state;
use kartoteka_store::source::columns;
use kartoteka_store::{Db, StoreError};
use tracing::Instrument;

use crate::definitions::layered;
use crate::directory::{Directory, Inside};
use crate::error::{Error, FieldError, FieldProblem, Result};
use crate::layers::{Layers, RefusedFields};

/// The name of the row of `kt_state` that holds it.
const STATE: &str = "fields";

/// How often a node looks for what others wrote.
const LOOK: Duration = Duration::from_millis(500);

/// After so long, what did not check is looked at again: a column may have come, or a database be back.
const AGAIN: Duration = Duration::from_secs(15);

/// How long a database may take to say what it has.
const DATABASE_TIMEOUT: Duration = Duration::from_secs(3);

/// What is written now.
///
/// # Errors
/// When the database does not answer, or has something else there.
#[boxed]
pub async fn written_fields(home: &Db) -> Result<WrittenFields, StoreError> {
    match state::find(home, STATE).await?.as_deref() {
        None | Some("") => Ok(WrittenFields::default()),
        Some(text) => {
            serde_json::from_str(text).map_err(|error| StoreError::Unreadable(error.to_string()))
        }
    }
}

/// The layers that a program starts with. What does not check is left out of them, so that it can be mended on the page.
pub(crate) async fn first(
    file: Settings,
    home: &Db,
) -> Result<(Layers, Option<RefusedFields>), StoreError> {
    let written = written_fields(home).await?;
    let (base, settings, mut mistakes) = layered(&file, &written);
    let missing = missing_columns(&base, &written, home).await;
    let mut fitting = written.clone();
    for (source, field, _) in &missing {
        if let Some(source) = fitting.sources.get_mut(source) {
            source.fields.remove(field);
        }
    }
    let settings = match missing.is_empty() {
        true => settings,
        false => fitting.over(&base).0,
    };
    mistakes.extend(missing.into_iter().map(|(_, _, mistake)| mistake));
    let refused = refused(written.number, &mistakes);
    let layers = Layers {
        file,
        base,
        written,
        settings,
    };
    Ok((layers, refused))
}

fn refused(number: u64, mistakes: &[Diagnostic]) -> Option<RefusedFields> {
    let mistakes: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    (!mistakes.is_empty()).then_some(RefusedFields { number, mistakes })
}

/// Fields that were added, and whose columns their tables do not have: source, field, and the mistake. A database that does
/// not answer says nothing of the kind.
async fn missing_columns(
    base: &Settings,
    written: &WrittenFields,
    home: &Db,
) -> Vec<(String, String, Diagnostic)> {
    let people = base.customer_users.iter().map(|source| &source.spec);
    let specs = people.chain(base.customers.iter().map(|source| &source.spec));
    let mut missing = vec![];
    for spec in specs {
        let (Some(source), Origin::Table(table)) = (written.sources.get(&spec.id), &spec.origin)
        else {
            continue;
        };
        let added: Vec<(&String, &String)> = source
            .fields
            .iter()
            .filter(|(name, field)| !field.removed && base.places.field(&spec.id, name).is_none())
            .filter_map(|(name, field)| Some((name, field.column.as_ref()?)))
            .collect();
        if added.is_empty() {
            continue;
        }
        let asked = async {
            match &table.database {
                None => columns(home, &table.name).await,
                Some(address) => {
                    let db = Db::open_foreign(address.expose()).await?;
                    let found = columns(&db, &table.name).await;
                    db.close().await;
                    found
                }
            }
        };
        let Ok(Ok(there)) = tokio::time::timeout(DATABASE_TIMEOUT, asked).await else {
            tracing::warn!(
                source = spec.id,
                "columns of fields could not be looked for"
            );
            continue;
        };
        let there: Vec<&str> = there.iter().map(|column| column.name.as_str()).collect();
        for (name, column) in added {
            if there.iter().any(|one| one.eq_ignore_ascii_case(column)) {
                continue;
            }
            let meant = nearest(column, there.iter().copied());
            let mistake = Diagnostic::unknown_column(None, &spec.id, column, &table.name, meant);
            missing.push((spec.id.clone(), name.clone(), mistake));
        }
    }
    missing
}

impl Directory {
    /// What pages wrote and is not in force here, if there is any.
    pub fn refused_fields(&self) -> Option<RefusedFields> {
        let refused = self.inner.generations.refused.lock();
        refused.map_or(None, |refused| refused.clone())
    }

    /// The number of what pages wrote of fields that is in force here.
    pub fn fields_in_force(&self) -> u64 {
        self.inner.generations.current().written.number
    }

    /// Whether the secrets of a source can't be opened here: the key may come.
    fn has_locked(&self) -> bool {
        let now = self.inner.generations.current();
        now.sources().any(|handle| handle.spec.locked.is_some())
    }

    pub(crate) fn note_refused(&self, refused: Option<RefusedFields>) {
        let Ok(mut known) = self.inner.generations.refused.lock() else {
            return;
        };
        if let Some(refused) = refused.as_ref().filter(|one| known.as_ref() != Some(one)) {
            let mistakes = refused.mistakes.join("; ");
            tracing::error!(
                mistakes,
                "what pages wrote of fields does not check and is not in force"
            );
        }
        *known = refused;
    }

    /// What pages wrote over these settings, checked.
    ///
    /// # Errors
    /// `Invalid` when it does not check.
    pub(crate) async fn checked_layers(&self, file: Settings) -> Result<Layers> {
        let home = &self.inner.home;
        let written = written_fields(home).await.map_err(Error::home)?;
        let (base, settings, mut mistakes) = layered(&file, &written);
        let missing = missing_columns(&base, &written, home).await;
        let mut errors: Vec<FieldError> = vec![];
        for (_, field, mistake) in missing {
            errors.push(FieldError::new(field, FieldProblem::NoColumn));
            mistakes.push(mistake);
        }
        let refused = refused(written.number, &mistakes);
        if refused.is_some() {
            if errors.is_empty() {
                errors.push(FieldError::new("fields", FieldProblem::NotAccepted));
            }
            self.note_refused(refused);
            return Err(Error::Invalid(errors));
        }
        Ok(Layers {
            file,
            base,
            written,
            settings,
        })
    }

    /// Goes by what pages wrote up to now. Whether it is in force then: what does not check is not, and noted.
    ///
    /// # Errors
    /// When the database or an index can't be read or written.
    pub(crate) async fn take_up_written_fields(&self) -> Result<bool> {
        let _making = self.inner.generations.making.lock().await;
        let before = self.inner.generations.current();
        let layers = match self.checked_layers(before.file.clone()).await {
            Ok(layers) => layers,
            Err(Error::Invalid(_)) => return Ok(false),
            Err(error) => return Err(error),
        };
        let number = layers.written.number;
        let reloaded = self.put_in_force(layers, before, vec![]).await?;
        self.note_refused(None);
        if reloaded.is_new {
            let generation = reloaded.generation;
            tracing::info!(generation, number, "fields that pages wrote are in force");
        }
        Ok(true)
    }

    /// Takes up what pages write, here or on other nodes, until the directory is closed.
    pub(crate) async fn follow_written_fields(self) {
        let mut stop = self.inner.stop.subscribe();
        let mut tried: Option<(u64, tokio::time::Instant)> = None;
        loop {
            tokio::select! {
                () = tokio::time::sleep(LOOK) => {}
                () = self.inner.wrote_fields.notified() => {}
                _ = stop.changed() => return,
            }
            if *stop.borrow() {
                return;
            }
            let Ok(now) = written_fields(&self.inner.home).await else {
                // That the database does not answer is said elsewhere.
                continue;
            };
            let is_known = now == self.inner.generations.current().written;
            let was_tried =
                tried.is_some_and(|(number, at)| number == now.number && at.elapsed() < AGAIN);
            let is_whole = self.refused_fields().is_none() && !self.has_locked();
            if is_known && is_whole || was_tried {
                continue;
            }
            let taking = self.take_up_written_fields();
            let taken = tokio::select! {
                taken = taking.instrument(tracing::info_span!("fields")) => taken,
                _ = stop.changed() => return,
            };
            tried = match taken {
                Ok(true) if !self.has_locked() => None,
                Ok(_) => Some((now.number, tokio::time::Instant::now())),
                Err(error) => {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "fields that pages wrote could not be put in force; it is tried again"
                    );
                    Some((now.number, tokio::time::Instant::now()))
                }
            };
        }
    }
}

impl Inside<'_> {
    /// Settings of file and environment with sources that pages wrote, without what they wrote of fields.
    pub fn base_settings(self) -> Settings {
        self.inner.generations.current().base.clone()
    }

    /// Keeps what pages wrote, in the transaction of a save.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn write_fields(
        self,
        tx: &mut kartoteka_store::Tx,
        written: &WrittenFields,
    ) -> Result<()> {
        let text = serde_json::to_string(written).map_err(Error::internal)?;
        state::set_in(tx, STATE, Some(&text))
            .await
            .map_err(Error::home)
    }

    /// Has this node take up at once what was written.
    pub fn fields_were_written(self) {
        self.inner.wrote_fields.notify_one();
    }
}
