//! Keys that several sources have: the first source speaks for each (D19), and these lists say where that is so.

use kartoteka_boxed::boxed;
use kartoteka_index::{MOST_SHADOWED, Shadowed};
use kartoteka_model::text::lower;

use crate::actor::Actor;
use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use crate::kind::Kind;
use crate::rights::{Action, Object};
use crate::search::cursor_key;

/// Conflicts on a page at most.
const MOST: u32 = 200;

/// A key that two sources have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    pub key: String,
    /// The source that speaks for it, by its id.
    pub first: String,
    /// The one that has it, too.
    pub later: String,
    /// The later source did not answer: it had the key when it was last looked at.
    pub unsure: bool,
}

/// Some of them, in the order of the keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflicts {
    pub items: Vec<Conflict>,
    /// How many are known.
    pub total: u64,
    /// There are more than that.
    pub more: bool,
    /// The `after` of the next page.
    pub next: Option<String>,
}

impl Directory {
    /// The keys of a kind that several sources have, or one and others, as far as they are known: what is listed is there in the later source
    /// at that moment, or known from before where that does not answer. Role: reader.
    ///
    /// # Errors
    /// `Invalid` for a cursor that is none; when the index can't be read.
    #[boxed]
    pub async fn source_conflicts(
        &self,
        actor: &Actor,
        kind: Kind,
        source: Option<&str>,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Conflicts> {
        actor.require(Action::See, Object::Records(kind))?;
        let limit = limit.clamp(1, MOST);
        let after = after.map(cursor_key).transpose()?.unwrap_or_default();
        let index = self.index_sync(kind).index();
        let inside = self.inside();
        let number = source
            .map(|id| inside.source_number(kind, id))
            .transpose()?;
        let known = index.shadowed(number, &after, limit + 1).await;
        let mut known = known.map_err(Error::index)?;
        let mut next = None;
        if known.len() > limit as usize {
            // Those of a key stand together on the next page, if the page has others.
            let cut = known.pop().map(|one| one.lkey).unwrap_or_default();
            if known.iter().any(|one| one.lkey != cut) {
                known.retain(|one| one.lkey != cut);
            }
            next = known.last().map(|last| hex::encode(&last.lkey));
        }
        let mut gone: Vec<Shadowed> = vec![];
        let mut items = vec![];
        let handles = self.handles(kind);
        for (number, handle) in handles.iter().enumerate() {
            let of: Vec<&Shadowed> = known.iter().filter(|one| one.later == number).collect();
            if of.is_empty() {
                continue;
            }
            let keys: Vec<String> = of.iter().map(|one| one.key.clone()).collect();
            let there = present(handle, &keys).await?;
            for one in of {
                if there
                    .as_ref()
                    .is_some_and(|there| !there.contains(&one.lkey))
                {
                    gone.push(one.clone());
                    continue;
                }
                let name = |number: usize| {
                    let handle = handles.get(number);
                    handle
                        .map(|handle| handle.spec.id.clone())
                        .unwrap_or_default()
                };
                items.push(Conflict {
                    key: one.key.clone(),
                    first: name(one.first),
                    later: name(one.later),
                    unsure: there.is_none(),
                });
            }
        }
        items.sort_by_cached_key(|one| lower(&one.key));
        index.forget_shadowed(&gone).await.map_err(Error::index)?;
        let total = index.count_shadowed(number).await.map_err(Error::index)?;
        Ok(Conflicts {
            items,
            total,
            more: total >= MOST_SHADOWED,
            next,
        })
    }
}

/// Which of these keys a source has, in lower case; none where it does not answer.
async fn present(handle: &SourceHandle, keys: &[String]) -> Result<Option<Vec<String>>> {
    let asking = async {
        let source = handle.source().await?;
        let found = source.find_many_ignoring_case(keys).await;
        found.map_err(|error| handle.failed(error))
    };
    match asking.await {
        Ok(rows) => {
            let keys = rows.iter().map(|row| lower(handle.key_of(&row.record)));
            Ok(Some(keys.collect()))
        }
        Err(Error::Unavailable { .. }) if !handle.at_home() => Ok(None),
        Err(error) => Err(error),
    }
}
