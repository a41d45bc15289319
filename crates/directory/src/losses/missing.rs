//! Who is missing: records that a source had and has no more, as far as comparing all of it says. What was given to them is
//! kept, and gives them nothing until they are back.

use kartoteka_boxed::boxed;
use kartoteka_index::SearchIndex;
use kartoteka_model::Record;
use kartoteka_store::own::missing::{self, MissingRow};

use crate::actor::Actor;
use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::kind::Kind;
use crate::names;
use crate::rights::{Action, Object};

/// Records in one transaction.
const PORTION: usize = 100;

/// As many of a source as are listed.
const LISTED: u32 = 200;

/// A record that its source does not have any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The key, as it was stored.
    pub key: String,
    pub source: String,
    /// What the source is called.
    pub source_name: String,
    /// Seconds since 1970.
    pub since: i64,
    /// How lists named it.
    pub text: String,
    /// What was last known.
    pub record: Record,
}

/// Those of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingList {
    pub source: String,
    pub source_name: String,
    /// How many there are.
    pub count: u64,
    /// The last ones first, a few hundred at most.
    pub records: Vec<Missing>,
}

impl Directory {
    /// What was last known of a record that its source does not have any more; none for one that is there, in whichever
    /// source, and for one that nobody ever knew. Role: reader.
    ///
    /// # Errors
    /// `Unavailable` when a source does not answer that may have it.
    #[boxed]
    pub async fn find_missing(
        &self,
        actor: &Actor,
        kind: Kind,
        key: &str,
    ) -> Result<Option<Missing>> {
        actor.require(Action::See, Object::Records(kind))?;
        let rows = missing::of_key(&self.inner.home, key).await;
        for row in rows.map_err(Error::home)? {
            let handles = self.handles(kind).iter();
            let handle = handles.into_iter().find(|one| one.spec.id == row.source);
            if let Some(handle) = handle {
                return match self.inside().find_row(kind, key).await? {
                    Some(_) => Ok(None),
                    None => of_row(handle, row).map(Some),
                };
            }
        }
        Ok(None)
    }

    /// Who is missing from each source of a kind, as far as anybody is. Role: reader.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn missing(&self, actor: &Actor, kind: Kind) -> Result<Vec<MissingList>> {
        actor.require(Action::See, Object::Records(kind))?;
        let mut lists = vec![];
        for handle in self.handles(kind).iter().filter(|one| one.is_guarded()) {
            let source = handle.spec.id.as_str();
            let home = &self.inner.home;
            let count = missing::count(home, source).await.map_err(Error::home)?;
            if count == 0 {
                continue;
            }
            let rows = missing::last_of(home, source, LISTED).await;
            let rows = rows.map_err(Error::home)?.into_iter();
            lists.push(MissingList {
                source: source.to_owned(),
                source_name: handle.spec.name.clone(),
                count,
                records: rows.map(|row| of_row(handle, row)).collect::<Result<_>>()?,
            });
        }
        Ok(lists)
    }

    /// Notes who is missing from now on, as an index knows them. Who is noted already is missing since then.
    pub(crate) async fn note_missing(
        &self,
        handle: &SourceHandle,
        index: &SearchIndex,
        keys: &[String],
    ) -> Result<()> {
        for keys in keys.chunks(PORTION) {
            let known = index.records(keys).await.map_err(Error::index)?;
            let mut rows = vec![];
            for hit in known {
                // Another source, or another spelling, may speak for the same key.
                if keys.contains(&hit.key) {
                    rows.push(MissingRow {
                        source: handle.spec.id.clone(),
                        key: hit.key,
                        since: handle.now(),
                        record: serde_json::to_string(&hit.record).map_err(Error::internal)?,
                    });
                }
            }
            let inside = self.inside();
            inside
                .save(|| async {
                    let mut tx = inside.begin_locked().await?;
                    missing::add(&mut tx, &rows).await.map_err(Error::home)?;
                    tx.commit().await.map_err(Error::home)
                })
                .await?;
        }
        Ok(())
    }

    /// Forgets that these were missing from a source.
    pub(crate) async fn came_back(&self, handle: &SourceHandle, keys: &[String]) -> Result<()> {
        if keys.is_empty() || !handle.is_guarded() {
            return Ok(());
        }
        let source = handle.spec.id.as_str();
        let back = missing::among(&self.inner.home, source, keys).await;
        let back = back.map_err(Error::home)?;
        let inside = self.inside();
        for keys in back.chunks(PORTION) {
            inside
                .save(|| async {
                    let mut tx = inside.begin_locked().await?;
                    let removed = missing::remove(&mut tx, source, keys).await;
                    removed.map_err(Error::home)?;
                    tx.commit().await.map_err(Error::home)
                })
                .await?;
        }
        Ok(())
    }

    /// Compares who is missing from a source with an index that was made anew: those whom it has are back.
    pub(crate) async fn came_back_into(
        &self,
        handle: &SourceHandle,
        index: &SearchIndex,
    ) -> Result<()> {
        let mut after = String::new();
        loop {
            let source = &handle.spec.id;
            let keys = missing::keys_after(&self.inner.home, source, &after, 400).await;
            let (keys, last) = keys.map_err(Error::home)?;
            if keys.is_empty() {
                return Ok(());
            }
            after = last;
            let there = index.with_keys(&keys).await.map_err(Error::index)?;
            let there: Vec<String> = there.into_iter().map(|member| member.key).collect();
            self.came_back(handle, &there).await?;
        }
    }
}

fn of_row(handle: &SourceHandle, row: MissingRow) -> Result<Missing> {
    let record: Record = serde_json::from_str(&row.record).map_err(Error::internal)?;
    Ok(Missing {
        key: row.key,
        source: row.source,
        source_name: handle.spec.name.clone(),
        since: row.since,
        text: names::display_text(&handle.spec, &record),
        record,
    })
}
