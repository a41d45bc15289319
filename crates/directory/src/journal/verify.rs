//! Whether the journal is still as it was written.

use std::collections::{BTreeMap, BTreeSet};

use kartoteka_boxed::boxed;
use kartoteka_store::StoreError;
use kartoteka_store::own::journal::{self, End, Entry};
use kartoteka_store::own::journal_sets;

use crate::actor::Actor;
use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::journal::history::{JournalFault, JournalVerdict, body};
use crate::journal::sign_off::is_sign_off;
use crate::rights::{Action, Object};

/// Entries that are read at once.
const PORTION: u32 = 1000;

/// What one entry concerns beside its own record: kinds and keys.
type Links = BTreeSet<(String, String)>;

impl Directory {
    /// Checks the whole chain, what is noted beside it, and the reviews that were signed off. Role: admin.
    ///
    /// # Errors
    /// When the journal can't be read.
    #[boxed]
    pub async fn verify_journal(&self, actor: &Actor) -> Result<JournalVerdict> {
        actor.require(Action::See, Object::Journal)?;
        let mut chain = Chain {
            previous: "0".repeat(64),
            last: 0,
            signed: vec![],
            verdict: JournalVerdict {
                entries: 0,
                fault: None,
                last: None,
            },
        };
        let home = &self.inner.home;
        // The chain begins with entry 1: what stands before it belongs to none.
        let before = journal::before_first(home).await.map_err(Error::home)?;
        if let Some(id) = before {
            chain.verdict.fault = Some((id, JournalFault::Reordered));
            return Ok(chain.verdict);
        }
        let mut kept = journal::kept_end(home).await.map_err(Error::home)?;
        let mut portion = PORTION;
        loop {
            let from = chain.last;
            let entries = match journal::after(home, from, portion).await {
                // One of them has no number where it needs one: which, is found one by one.
                Err(StoreError::Unreadable(_)) if portion > 1 => {
                    portion = 1;
                    continue;
                }
                Err(StoreError::Unreadable(_)) => {
                    chain.verdict.fault = Some((from + 1, JournalFault::Tampered));
                    return Ok(chain.verdict);
                }
                entries => entries.map_err(Error::home)?,
            };
            if entries.is_empty() {
                let before = kept;
                kept = journal::kept_end(home).await.map_err(Error::home)?;
                let end = kept.as_ref().map_or(0, |end| end.id);
                // The end is kept with the first entry, so one that has gone was taken away.
                if end <= from && (kept.is_some() || from == 0) {
                    break;
                }
                if kept == before {
                    chain.verdict.fault = Some((from + 1, JournalFault::EndMissing));
                    return Ok(chain.verdict);
                }
                // Written while the journal was read: entry and end together.
                continue;
            }
            let expected = entries.iter().map(|entry| (entry.id, links(entry)));
            let expected: BTreeMap<i64, Option<Links>> = expected.collect();
            if chain.follow(entries, kept.as_ref()) {
                self.check_links(&mut chain, from, expected).await?;
            }
            if chain.verdict.fault.is_some() {
                return Ok(chain.verdict);
            }
        }
        for entry in &chain.signed {
            if !self.inside().fits(entry).await? {
                chain.verdict.fault = Some((entry.id, JournalFault::ReviewAltered));
                break;
            }
        }
        Ok(chain.verdict)
    }

    /// Compares what is noted beside the entries after one, up to the last that was read, with what they say.
    async fn check_links(
        &self,
        chain: &mut Chain,
        after: i64,
        expected: BTreeMap<i64, Option<Links>>,
    ) -> Result<()> {
        // What claims to belong to an entry before the first is looked for with the first.
        let after = if after == 0 { i64::MIN } else { after };
        let home = &self.inner.home;
        let noted = journal_sets::links_between(home, after, chain.last).await;
        let mut found: BTreeMap<i64, Links> = BTreeMap::new();
        for (kind, key, entry) in noted.map_err(Error::home)? {
            found.entry(entry).or_default().insert((kind, key));
        }
        let stray = found.keys().find(|id| !expected.contains_key(id));
        let mut wrong = stray.copied();
        for (id, links) in expected {
            let noted = found.remove(&id).unwrap_or_default();
            if links != Some(noted) {
                wrong = Some(wrong.map_or(id, |stray| stray.min(id)));
                break;
            }
        }
        chain.verdict.fault = wrong.map(|id| (id, JournalFault::LinksAltered));
        Ok(())
    }
}

/// What an entry concerns beside its own record; none where its body can't be read.
fn links(entry: &Entry) -> Option<Links> {
    let mut links = Links::new();
    if entry.action == "relate" {
        let others = body(entry).ok()?.relations;
        let others = others.iter().map(|change| change.relation.other());
        links.extend(others.map(|(kind, key)| (kind.to_owned(), key)));
    }
    if !entry.key_before.is_empty() {
        links.insert((format!("renamed-{}", entry.kind), entry.key_before.clone()));
    }
    Some(links)
}

/// The chain as far as it was followed.
struct Chain {
    previous: String,
    last: i64,
    signed: Vec<Entry>,
    verdict: JournalVerdict,
}

impl Chain {
    /// Follows it over these entries; whether it holds.
    fn follow(&mut self, entries: Vec<Entry>, kept: Option<&End>) -> bool {
        for entry in entries {
            let ends_otherwise =
                kept.is_some_and(|end| end.id == entry.id && end.hash != entry.hash);
            let fault = if entry.id != self.last + 1 {
                Some((self.last + 1, JournalFault::Missing))
            } else if entry.digest() != entry.hash || ends_otherwise {
                Some((entry.id, JournalFault::Tampered))
            } else if entry.previous != self.previous {
                Some((entry.id, JournalFault::Reordered))
            } else {
                None
            };
            if fault.is_some() {
                self.verdict.fault = fault;
                return false;
            }
            self.verdict.entries += 1;
            self.last = entry.id;
            if is_sign_off(&entry) {
                self.signed.push(entry.clone());
            }
            self.verdict.last = Some((entry.id, entry.hash.clone()));
            self.previous = entry.hash;
        }
        true
    }
}
