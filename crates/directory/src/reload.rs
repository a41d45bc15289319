//! Other settings while the program runs: what of them can change, and how a generation of them is put in force.

use std::sync::Arc;
use std::time::Duration;

use kartoteka_settings::Settings;

use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::generation::Generation;
use crate::kind::Kind;
use crate::layers::Layers;

/// How long whoever began with a generation may ask it after another took its place: longer than any request takes.
const RETIRED_AFTER: Duration = Duration::from_secs(60);

/// What came of new settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reloaded {
    /// The number of the generation in force, counted from one at the start of the program.
    pub generation: u64,
    /// Whether it is another than before.
    pub is_new: bool,
    /// Sections of the settings that were changed and count from the next start only.
    pub after_restart: Vec<&'static str>,
}

impl Directory {
    /// Settings as they would be in force: what counts from the next start only is as it is, and which sections that are.
    pub fn in_force(&self, settings: Settings) -> (Settings, Vec<&'static str>) {
        changeable(settings, &self.inner.generations.current().settings)
    }

    /// As [`Maintenance::reload`](crate::Maintenance::reload) says.
    pub(crate) async fn reload(&self, settings: Settings) -> Result<Reloaded> {
        let _making = self.inner.generations.making.lock().await;
        let before = self.inner.generations.current();
        let (file, after_restart) = changeable(settings, &before.settings);
        let layers = self.checked_layers(file).await?;
        self.put_in_force(layers, before, after_restart).await
    }

    /// Makes the generation of these layers and puts it in force. Only whoever holds `making` does.
    pub(crate) async fn put_in_force(
        &self,
        layers: Layers,
        before: Arc<Generation>,
        after_restart: Vec<&'static str>,
    ) -> Result<Reloaded> {
        let is_same = layers.file == before.file
            && layers.base == before.base
            && layers.written == before.written;
        if is_same && layers.settings == before.settings {
            return Ok(Reloaded {
                generation: before.number,
                is_new: false,
                after_restart,
            });
        }
        let next = Generation::make(layers, Some(&before), &self.inner.home, &self.inner.clock);
        let next = Self {
            generation: Arc::new(next.await.map_err(Error::index)?),
            ..self.clone()
        };
        next.load_held().await.map_err(Error::home)?;
        let mut others = vec![];
        for kind in [Kind::CustomerUser, Kind::Customer] {
            if Arc::ptr_eq(next.generation.index_sync(kind), before.index_sync(kind)) {
                continue;
            }
            let built = next.index_sync(kind).index().is_built().await;
            if built.map_err(Error::index)? {
                others.push(kind);
            } else {
                let records = kind.name();
                tracing::info!(records, "a search index is made for the new settings");
                next.rebuild_index(kind).await?;
            }
        }
        for kind in &others {
            next.index_sync(*kind).is_to_catch_up();
        }
        let generation = Arc::clone(&next.generation);
        self.inner.generations.current.send_replace(generation);
        // One that was made for the same settings before lacks what others wrote since; searches wait for that.
        for kind in others {
            if let Err(error) = next.sync_external_changes(kind).await {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "changes by others could not be read; they are looked for again"
                );
            }
            next.index_sync(kind).is_caught_up();
        }
        next.retire(before);
        Ok(Reloaded {
            generation: next.generation(),
            is_new: true,
            after_restart,
        })
    }

    /// Closes what the generation before this one had for itself, once nobody asks it any more.
    fn retire(&self, before: Arc<Generation>) {
        let next = Arc::clone(&self.generation);
        let mut stop = self.inner.stop.subscribe();
        tokio::spawn(async move {
            tokio::select! {
                () = tokio::time::sleep(RETIRED_AFTER) => {}
                _ = stop.changed() => {}
            }
            before.close_without(Some(&next)).await;
            for index_sync in next.index_syncs() {
                if let Err(error) = index_sync.tidy() {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "a search index of former settings could not be removed"
                    );
                }
            }
        });
    }
}

/// Settings as far as they can change while the program runs, and what of them cannot.
fn changeable(mut settings: Settings, before: &Settings) -> (Settings, Vec<&'static str>) {
    let mut after_restart = vec![];
    let mut keep = |name, changed: bool| {
        if changed {
            after_restart.push(name);
        }
    };
    keep("data_dir", settings.data_dir != before.data_dir);
    keep("server", settings.server != before.server);
    keep("database", settings.database != before.database);
    keep("log", settings.log != before.log);
    settings.data_dir.clone_from(&before.data_dir);
    settings.server = before.server.clone();
    settings.database = before.database.clone();
    settings.log = before.log.clone();
    (settings, after_restart)
}
