//! Reading sources anew when what is indexed of them is older than their `CacheTTL`: rows that somebody deleted or
//! changed by hand have no `change_time` that would tell.

use std::time::Duration;

use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::kind::Kind;

/// Where an index notes when it was made, in seconds since 1970.
pub(crate) const READ_AT: &str = "read_at";

/// Where an index notes how long making it took, in seconds.
const TOOK: &str = "took";

/// So many times as long as reading took it is left alone at least: it must not become a load of its own.
const REST: i64 = 20;

impl Directory {
    /// As [`Maintenance::rebuild_if_stale`](crate::Maintenance::rebuild_if_stale) says.
    pub(crate) async fn rebuild_if_stale(&self, kind: Kind) -> Result<bool> {
        let ttls = self
            .handles(kind)
            .iter()
            .map(|handle| handle.spec.cache_ttl);
        let mut handles = self.handles(kind).iter();
        let is_old = handles.any(|one| one.stale_since().is_some() && !one.is_down());
        let Some(ttl) = ttls.filter(|ttl| *ttl > 0).min().or(is_old.then_some(0)) else {
            return Ok(false);
        };
        let index = self.index_sync(kind).index();
        if !index.is_built().await.map_err(Error::internal)? {
            // It is being made.
            return Ok(false);
        }
        let number = async |name: &str| {
            let number = index.meta_int(name).await.map_err(Error::internal)?;
            Ok::<i64, Error>(number.unwrap_or(0))
        };
        let rest = i64::from(ttl).max(number(TOOK).await? * REST);
        let now = self.inner.clock.now();
        if now < number(READ_AT).await?.saturating_add(rest) {
            return Ok(false);
        }
        for handle in self.handles(kind).iter().filter(|one| one.spec.mirror) {
            // One that can't be opened now would be left out, and what is known of it be lost. Of one that is held that is
            // taken over.
            if !handle.losses.is_silent() {
                handle.source().await?;
            }
        }
        self.rebuild_index(kind).await.map(|()| true)
    }

    /// Notes when the sources of a kind were read, and how long it took.
    pub(crate) async fn note_reading(&self, kind: Kind, at: i64, took: Duration) -> Result<()> {
        let index = self.index_sync(kind).index();
        for (name, value) in [
            (READ_AT, at.to_string()),
            (TOOK, took.as_secs().to_string()),
        ] {
            index
                .set_meta(name, &value)
                .await
                .map_err(Error::internal)?;
        }
        Ok(())
    }
}
