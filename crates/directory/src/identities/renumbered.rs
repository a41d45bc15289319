//! Tables that are filled again number all of their rows anew: that says nothing of the people in them.

use kartoteka_boxed::boxed;
use kartoteka_store::own::identities::{self, IdentityRow};

use super::found::identities_now;
use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::handle::SourceHandle;
use kartoteka_model::text::same_key;

/// Logins looked up at a time.
const PORTION: u32 = 400;

/// So few logins with other numbers are looked at one by one.
const FEW: usize = 3;

impl Directory {
    /// Whether most of those of whom it was noted have another number in a table now; the numbers of now are noted then.
    #[boxed]
    pub(super) async fn is_renumbered(&self, handle: &SourceHandle, named: &str) -> Result<bool> {
        let (home, source) = (&self.inner.home, handle.spec.id.as_str());
        let mut there = 0;
        let mut others: Vec<IdentityRow> = vec![];
        let mut place = String::new();
        loop {
            let noted = identities::after(home, source, &place, PORTION).await;
            let (noted, last) = noted.map_err(Error::home)?;
            if noted.is_empty() {
                break;
            }
            place = last;
            let logins = noted.iter().map(|row| row.key.clone()).collect();
            let now = identities_now(handle, logins).await?;
            for row in noted {
                let Some((_, id)) = now.iter().find(|(login, _)| same_key(login, &row.key)) else {
                    continue;
                };
                there += 1;
                if *id != row.identity {
                    others.push(IdentityRow {
                        named: named.to_owned(),
                        identity: *id,
                        ..row
                    });
                }
            }
        }
        if others.len() <= FEW || 2 * others.len() <= there {
            return Ok(false);
        }
        tracing::warn!(
            source,
            rows = others.len(),
            "a table has numbered its rows anew: its people are taken for those that they were"
        );
        let inside = self.inside();
        for others in others.chunks(100) {
            inside
                .save(|| async {
                    let mut tx = inside.begin_locked().await?;
                    for row in others {
                        identities::set(&mut tx, row).await.map_err(Error::home)?;
                    }
                    tx.commit().await.map_err(Error::home)
                })
                .await?;
        }
        Ok(true)
    }
}
