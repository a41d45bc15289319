//! How the directory looks: settings, sources with their field maps, and the indexes that follow from them. All of it is one
//! generation, which never changes and is put in place of the one before in one step.

use std::sync::Arc;
use std::time::Duration;

use kartoteka_index::{Customers, IndexFiles, IndexLayout, IndexedSource};
use kartoteka_model::source::Origin;
use kartoteka_model::{FieldKind, SourceSpec};
use kartoteka_settings::Settings;
use kartoteka_store::{Db, StoreError};
use sha2::Digest;
use tokio::sync::{Mutex, watch};

use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::index::IndexKeeper;
use crate::kind::Kind;
use crate::open::{Clock, Directory};

/// How long whoever began with a generation may ask it after another took its place: longer than any request takes.
const RETIRED_AFTER: Duration = Duration::from_secs(60);

/// How the directory looks.
pub(crate) struct Generation {
    /// Counted from one at the start of the program.
    pub number: u64,
    pub settings: Settings,
    pub people: Vec<Arc<SourceHandle>>,
    pub customers: Vec<Arc<SourceHandle>>,
    pub people_index: Arc<IndexKeeper>,
    pub customers_index: Arc<IndexKeeper>,
}

/// The generation in force.
pub(crate) struct Generations {
    current: watch::Sender<Arc<Generation>>,
    /// Held by whoever makes another.
    making: Mutex<()>,
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
        }
    }

    pub fn current(&self) -> Arc<Generation> {
        Arc::clone(&self.current.borrow())
    }
}

impl Generation {
    /// The one that the program starts with.
    pub async fn first(
        settings: Settings,
        home: &Db,
        clock: &Arc<dyn Clock>,
    ) -> Result<Self, StoreError> {
        Self::make(settings, None, home, clock).await
    }

    /// One of these settings. What is as it was is taken from the one before: a source keeps its connections, and an
    /// index that fits goes on.
    async fn make(
        settings: Settings,
        before: Option<&Self>,
        home: &Db,
        clock: &Arc<dyn Clock>,
    ) -> Result<Self, StoreError> {
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
            async |kind: &str, layout: IndexLayout, before: Option<&Arc<IndexKeeper>>| match before
                .filter(|before| *before.index().layout() == layout)
            {
                Some(same) => Ok::<_, StoreError>(Arc::clone(same)),
                None => {
                    let files =
                        IndexFiles::new(&settings.data_dir, &format!("{name}-{kind}"), layout);
                    IndexKeeper::open(files).await.map(Arc::new)
                }
            };
        let of_people = layout(Kind::CustomerUser, &people);
        let of_customers = layout(Kind::Customer, &customers);
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
            settings,
            people,
            customers,
            people_index,
            customers_index,
        })
    }

    pub fn keeper(&self, kind: Kind) -> &Arc<IndexKeeper> {
        match kind {
            Kind::Customer => &self.customers_index,
            _ => &self.people_index,
        }
    }

    fn keepers(&self) -> [&Arc<IndexKeeper>; 2] {
        [&self.people_index, &self.customers_index]
    }

    fn sources(&self) -> impl Iterator<Item = &Arc<SourceHandle>> {
        self.people.iter().chain(&self.customers)
    }

    /// Closes its indexes and sources.
    pub async fn close(&self) {
        self.close_without(None).await;
    }

    /// The same, save for what the one after it has, too.
    async fn close_without(&self, next: Option<&Self>) {
        for keeper in self.keepers() {
            let mut kept = next.iter().flat_map(|next| next.keepers());
            if !kept.any(|one| Arc::ptr_eq(one, keeper)) {
                keeper.close().await;
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

    pub(crate) fn keeper(&self, kind: Kind) -> &IndexKeeper {
        self.generation.keeper(kind)
    }

    /// Waits until another generation asks another index of a kind than this one.
    pub(crate) async fn index_replaced(&self, kind: Kind) {
        let mut current = self.inner.generations.current.subscribe();
        let own = self.generation.keeper(kind);
        let replaced = |now: &Arc<Generation>| !Arc::ptr_eq(now.keeper(kind), own);
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
        let (settings, after_restart) = changeable(settings, &before.settings);
        if settings == before.settings {
            return Ok(Reloaded {
                generation: before.number,
                is_new: false,
                after_restart,
            });
        }
        let next = Generation::make(settings, Some(&before), &self.inner.home, &self.inner.clock);
        let next = Self {
            generation: Arc::new(next.await.map_err(Error::index)?),
            ..self.clone()
        };
        let mut others = vec![];
        for kind in [Kind::CustomerUser, Kind::Customer] {
            if Arc::ptr_eq(next.generation.keeper(kind), before.keeper(kind)) {
                continue;
            }
            let built = next.keeper(kind).index().is_built().await;
            if built.map_err(Error::index)? {
                others.push(kind);
            } else {
                let records = kind.name();
                tracing::info!(records, "a search index is made for the new settings");
                next.rebuild_index(kind).await?;
            }
        }
        for kind in &others {
            next.keeper(*kind).is_to_catch_up();
        }
        let generation = Arc::clone(&next.generation);
        self.inner.generations.current.send_replace(generation);
        // One that was made for the same settings before lacks what others wrote since; searches wait for that.
        for kind in others {
            if let Err(error) = next.take_in_changes(kind).await {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "changes by others could not be read; they are looked for again"
                );
            }
            next.keeper(kind).is_caught_up();
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
            for keeper in next.keepers() {
                if let Err(error) = keeper.tidy() {
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

/// What an index of the records of these sources has.
fn layout(kind: Kind, handles: &[Arc<SourceHandle>]) -> IndexLayout {
    let mut fields: Vec<String> = vec![];
    let mut free: Vec<String> = vec![];
    let mut sources = vec![];
    for handle in handles {
        let spec = &handle.spec;
        for field in spec
            .map
            .visible()
            .filter(|field| field.kind != FieldKind::DynamicField)
        {
            if !fields.contains(&field.name) {
                fields.push(field.name.clone());
            }
        }
        for name in spec.field_names(&spec.search_fields) {
            if !free.iter().any(|known| known == name) {
                free.push(name.to_owned());
            }
        }
        let customers = handle.people.as_ref().map(|people| Customers {
            primary: spec
                .map
                .find_column(&people.customer_id)
                .filter(|_| !people.exclude_primary_customer)
                .map(|field| field.name.clone()),
            several: spec.map.find("UserCustomerIDs").map(|f| f.name.clone()),
        });
        sources.push(IndexedSource {
            customers: customers.unwrap_or_default(),
            id: spec.id.clone(),
            origin: origin(spec),
            mode: spec.text,
            valid_field: spec.valid_entry().map(str::to_owned),
        });
    }
    let order: &[&str] = match kind {
        Kind::Customer => &["CustomerCompanyName"],
        _ => &["UserLastname", "UserFirstname"],
    };
    IndexLayout {
        sources,
        fields,
        free,
        key: kind.key_field().into(),
        order: order.iter().map(|field| (*field).to_owned()).collect(),
    }
}

/// What the records of a source are read from: with another table, or another column for a field, an index of it is of no
/// use. A password that changed makes no difference.
fn origin(spec: &SourceSpec) -> String {
    let place = match &spec.origin {
        Origin::Table(table) => {
            let database = table.database.as_ref().map(|address| address.masked());
            (database, table.name.clone())
        }
        Origin::Csv(csv) => (None, format!("file {}", csv.file.display())),
    };
    let columns: Vec<(&String, &String)> = spec
        .map
        .0
        .iter()
        .map(|field| (&field.name, &field.column))
        .collect();
    let read = format!("{:?}", (place.0, place.1, &spec.key, columns));
    hex::encode(&sha2::Sha256::digest(read)[..8])
}
