//! How the directory looks: settings, sources with their field maps, and the indexes that follow from them. All of it is one
//! generation, which never changes and is put in place of the one before in one step.

use std::sync::Arc;
use std::time::Duration;

use kartoteka_boxed::boxed;
use kartoteka_index::{IndexFiles, IndexLayout};
use kartoteka_model::Collation;
use kartoteka_settings::{Settings, WrittenFields};
use kartoteka_store::{Db, StoreError};
use sha2::Digest;
use tokio::sync::{Mutex, watch};

use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::index::IndexSync;
use crate::kind::Kind;
use crate::layout::layout;
use crate::open::{Clock, Directory};
use crate::written::{Layers, RefusedFields};

/// How long whoever began with a generation may ask it after another took its place: longer than any request takes.
const RETIRED_AFTER: Duration = Duration::from_secs(60);

/// How the directory looks.
pub(crate) struct Generation {
    /// Counted from one at the start of the program.
    pub number: u64,
    /// As file and environment say, without what pages wrote.
    pub file: Settings,
    /// The same with sources that pages wrote, and their fields as they were set up.
    pub base: Settings,
    /// What pages wrote.
    pub written: WrittenFields,
    /// All together.
    pub settings: Settings,
    pub people: Vec<Arc<SourceHandle>>,
    pub customers: Vec<Arc<SourceHandle>>,
    pub people_index: Arc<IndexSync>,
    pub customers_index: Arc<IndexSync>,
}

/// The generation in force.
pub(crate) struct Generations {
    current: watch::Sender<Arc<Generation>>,
    /// Held by whoever makes another.
    pub making: Mutex<()>,
    /// What pages wrote and was not put in force.
    pub refused: std::sync::Mutex<Option<RefusedFields>>,
}

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

impl Generations {
    pub fn new(first: &Arc<Generation>) -> Self {
        Self {
            current: watch::Sender::new(Arc::clone(first)),
            making: Mutex::new(()),
            refused: std::sync::Mutex::default(),
        }
    }

    pub fn current(&self) -> Arc<Generation> {
        Arc::clone(&self.current.borrow())
    }
}

impl Generation {
    /// The one that the program starts with.
    #[boxed]
    pub async fn first(
        layers: Layers,
        home: &Db,
        clock: &Arc<dyn Clock>,
    ) -> Result<Self, StoreError> {
        Self::make(layers, None, home, clock).await
    }

    /// One of these settings. What is as it was is taken from the one before: a source keeps its connections, and an
    /// index that fits goes on.
    async fn make(
        layers: Layers,
        before: Option<&Self>,
        home: &Db,
        clock: &Arc<dyn Clock>,
    ) -> Result<Self, StoreError> {
        let settings = layers.settings;
        let kept = |made: SourceHandle, before: Option<&Vec<Arc<SourceHandle>>>| {
            let mut known = before.into_iter().flatten();
            let same = known.find(|known| known.is_as(&made));
            same.map_or_else(|| Arc::new(made), Arc::clone)
        };
        let people: Vec<_> = settings
            .customer_users
            .iter()
            .map(|source| SourceHandle::people(source.clone(), home, clock))
            .map(|made| kept(made, before.map(|before| &before.people)))
            .collect();
        let customers: Vec<_> = settings
            .customers
            .iter()
            .map(|source| SourceHandle::customers(source.clone(), home, clock))
            .map(|made| kept(made, before.map(|before| &before.customers)))
            .collect();
        let name = index_name(&settings);
        let index =
            async |kind: &str, layout: IndexLayout, before: Option<&Arc<IndexSync>>| match before
                .filter(|before| *before.index().layout() == layout)
            {
                Some(same) => Ok::<_, StoreError>(Arc::clone(same)),
                None => {
                    let files =
                        IndexFiles::new(&settings.data_dir, &format!("{name}-{kind}"), layout);
                    IndexSync::open(files).await.map(Arc::new)
                }
            };
        let of_people = layout(Kind::CustomerUser, &people, &settings.lists.collation);
        let of_customers = layout(Kind::Customer, &customers, &settings.lists.collation);
        let people_index = index(
            "people",
            of_people,
            before.map(|before| &before.people_index),
        )
        .await?;
        let customers_index = index(
            "customers",
            of_customers,
            before.map(|before| &before.customers_index),
        )
        .await?;
        Ok(Self {
            number: before.map_or(1, |before| before.number + 1),
            file: layers.file,
            base: layers.base,
            written: layers.written,
            settings,
            people,
            customers,
            people_index,
            customers_index,
        })
    }

    pub fn index_sync(&self, kind: Kind) -> &Arc<IndexSync> {
        match kind {
            Kind::Customer => &self.customers_index,
            _ => &self.people_index,
        }
    }

    fn index_syncs(&self) -> [&Arc<IndexSync>; 2] {
        [&self.people_index, &self.customers_index]
    }

    pub(crate) fn sources(&self) -> impl Iterator<Item = &Arc<SourceHandle>> {
        self.people.iter().chain(&self.customers)
    }

    /// Closes its indexes and sources.
    #[boxed]
    pub async fn close(&self) {
        self.close_without(None).await;
    }

    /// The same, save for what the one after it has, too.
    async fn close_without(&self, next: Option<&Self>) {
        for index_sync in self.index_syncs() {
            let mut kept = next.iter().flat_map(|next| next.index_syncs());
            if !kept.any(|one| Arc::ptr_eq(one, index_sync)) {
                index_sync.close().await;
            }
        }
        for source in self.sources() {
            let mut kept = next.iter().flat_map(|next| next.sources());
            if !kept.any(|one| Arc::ptr_eq(one, source)) {
                source.close().await;
            }
        }
    }
}

impl Directory {
    /// The directory as it looks now.
    pub fn current(&self) -> Self {
        Self {
            generation: self.inner.generations.current(),
            ..self.clone()
        }
    }

    /// Whether it looks as it looks now.
    pub(crate) fn is_current(&self) -> bool {
        Arc::ptr_eq(&self.generation, &self.inner.generations.current())
    }

    /// The number of the generation that this one asks, counted from one at the start of the program.
    pub fn generation(&self) -> u64 {
        self.generation.number
    }

    /// In which order texts stand in its lists.
    pub fn collation(&self) -> &Collation {
        &self.generation.settings.lists.collation
    }

    /// The settings that it goes by.
    pub fn settings(&self) -> &Settings {
        &self.generation.settings
    }

    pub(crate) fn handles(&self, kind: Kind) -> &[Arc<SourceHandle>] {
        match kind {
            Kind::CustomerUser => &self.generation.people,
            Kind::Customer => &self.generation.customers,
            Kind::Agent | Kind::Group | Kind::Service => &[],
        }
    }

    pub(crate) fn index_sync(&self, kind: Kind) -> &IndexSync {
        self.generation.index_sync(kind)
    }

    /// Waits until another generation asks another index of a kind than this one.
    pub(crate) async fn index_replaced(&self, kind: Kind) {
        let mut current = self.inner.generations.current.subscribe();
        let own = self.generation.index_sync(kind);
        let replaced = |now: &Arc<Generation>| !Arc::ptr_eq(now.index_sync(kind), own);
        // Nobody sends any more when the directory is gone, and this one with it.
        let _ = current.wait_for(replaced).await;
    }

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

/// Indexes of different databases in one data folder are kept apart.
fn index_name(settings: &Settings) -> String {
    let digest = sha2::Sha256::digest(settings.database.url.expose());
    format!("search-{}", &hex::encode(digest)[..12])
}
