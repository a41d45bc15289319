//! How the directory looks: settings, sources with their field maps, and the indexes that follow from them. All of it is one
//! generation, which never changes and is put in place of the one before in one step.

use std::sync::Arc;

use kartoteka_boxed::boxed;
use kartoteka_index::{IndexFiles, IndexLayout};
use kartoteka_settings::{Settings, WrittenFields};
use kartoteka_store::{Db, StoreError};
use sha2::Digest;
use tokio::sync::{Mutex, watch};

use crate::clock::Clock;
use crate::handle::SourceHandle;
use crate::index::sync::IndexSync;
use crate::kind::Kind;
use crate::layers::{Layers, RefusedFields};
use crate::layout::layout;

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
    pub current: watch::Sender<Arc<Generation>>,
    /// Held by whoever makes another.
    pub making: Mutex<()>,
    /// What pages wrote and was not put in force.
    pub refused: std::sync::Mutex<Option<RefusedFields>>,
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
    pub async fn make(
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

    pub fn index_syncs(&self) -> [&Arc<IndexSync>; 2] {
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
    pub async fn close_without(&self, next: Option<&Self>) {
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

/// Indexes of different databases in one data folder are kept apart.
fn index_name(settings: &Settings) -> String {
    let digest = sha2::Sha256::digest(settings.database.url.expose());
    format!("search-{}", &hex::encode(digest)[..12])
}
