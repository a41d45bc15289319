//! What changed in a tree since a watermark, as far as the server tells: entries that it changed, and those that it removed
//! where it keeps a log of changes ([`content_sync`](super::content_sync)). Sweeps find the others.

use std::sync::atomic::Ordering;

use super::LdapSource;
use super::connection::Servers;
use super::content_sync::{Answer, OFFERED, Synced};
use super::entry::Entry;
use super::error::LdapFailure;
use super::filter;
use super::question::Query;
use super::records::{Mapping, identity_number};
use super::time;
use crate::changes::{Changes, Watermark};

/// Seconds by which the clock of a server that tells no time of its own may be behind.
const CLOCKS: i64 = 60;

/// Seconds after which a server that had no log of changes is asked for it again.
const WITHOUT_LOG: i64 = 600;

/// How far a server is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    /// Active Directory numbers its changes, each controller for itself.
    Number { controller: String, last: u64 },
    /// OpenLDAP, where others copy from it, says when the last change was; others say nothing. And the time of this machine.
    Time { last: String, seconds: i64 },
}

impl State {
    fn text(&self) -> String {
        match self {
            Self::Number { controller, last } => format!("number {last} {controller}"),
            Self::Time { last, seconds } => format!("time {seconds} {last}"),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let mut words = text.splitn(3, ' ');
        match (words.next()?, words.next()?, words.next()?) {
            ("number", last, controller) => Some(Self::Number {
                controller: controller.to_owned(),
                last: last.parse().ok()?,
            }),
            ("time", seconds, last) => Some(Self::Time {
                last: last.to_owned(),
                seconds: seconds.parse().ok()?,
            }),
            _ => None,
        }
    }

    /// Also whether the server offers content synchronisation.
    async fn of(
        servers: &Servers,
        mapping: &Mapping,
        now: i64,
    ) -> Result<(Self, bool), LdapFailure> {
        let attributes = [
            "highestCommittedUSN",
            "dsServiceName",
            "namingContexts",
            "supportedControl",
        ];
        let root = mapping.query_entry("", &attributes);
        let root = one(servers, &root).await?;
        let number = root.first("highestCommittedUSN", false);
        if let Some(last) = number.and_then(|number| number.parse().ok()) {
            let controller = root.first("dsServiceName", false).unwrap_or_default();
            return Ok((Self::Number { controller, last }, false));
        }
        let last = match &suffix(&root, mapping) {
            Some(suffix) => {
                let query = mapping.query_entry(suffix, &["contextCSN"]);
                let entry = one(servers, &query).await?;
                let numbers: Vec<String> = entry.texts("contextCSN", false).collect();
                numbers.join(" ")
            }
            None => String::new(),
        };
        let mut offered = root.texts("supportedControl", false);
        let has_log = !last.is_empty() && offered.any(|control| control == OFFERED);
        Ok((Self::Time { last, seconds: now }, has_log))
    }

    fn watermark(&self) -> Watermark {
        Watermark::kept(self.text())
    }
}

/// The root of the tree that the base is in.
pub(super) fn suffix(root: &Entry, mapping: &Mapping) -> Option<String> {
    let base = mapping.tree.base.to_lowercase();
    let suffixes = root.texts("namingContexts", false);
    let suffixes = suffixes.filter(|suffix| base.ends_with(&suffix.to_lowercase()));
    suffixes.max_by_key(String::len)
}

/// An entry that need not be there to be asked for.
async fn one(servers: &Servers, query: &Query<'_>) -> Result<Entry, LdapFailure> {
    match servers.search(query).await {
        Ok(found) => Ok(found.entries.into_iter().next().unwrap_or_default()),
        Err(LdapFailure::NoEntry(_) | LdapFailure::Refused(_)) => Ok(Entry::default()),
        Err(error) => Err(error),
    }
}

pub(super) async fn watermark(
    servers: &Servers,
    mapping: &Mapping,
    now: i64,
) -> Result<Watermark, LdapFailure> {
    let (state, _) = State::of(servers, mapping, now).await?;
    Ok(state.watermark())
}

/// What changed since a watermark, looked for from so many seconds before it, and less far where there is as much as named.
pub(super) async fn since(
    source: &LdapSource,
    now: i64,
    since: Option<&Watermark>,
    back: &[(i64, u32)],
) -> Result<Changes, LdapFailure> {
    let LdapSource {
        servers, mapping, ..
    } = source;
    let asked = now;
    let (now, has_log) = State::of(servers, mapping, now).await?;
    let until = now.watermark();
    let most = back.iter().map(|(_, most)| *most).max().unwrap_or(0);
    let none = |until| Changes::Of {
        seen: vec![],
        gone: vec![],
        until,
    };
    let before = since.and_then(|since| State::parse(since.as_str()));
    let (seconds, known) = match (&now, before) {
        (
            State::Number { controller, last },
            Some(State::Number {
                controller: known,
                last: before,
            }),
        ) if *controller == known => {
            if before >= *last {
                return Ok(none(until));
            }
            let changed = format!("(uSNChanged>={})", before + 1);
            return Ok(
                match changed_by(servers, mapping, changed, most, 0).await? {
                    Some(seen) => Changes::Of {
                        seen,
                        gone: vec![],
                        until,
                    },
                    None => Changes::TooMany,
                },
            );
        }
        // Another controller counts otherwise: all has to be compared.
        (State::Number { .. }, _) => return Ok(Changes::Somewhere { until }),
        (State::Time { last, .. }, Some(State::Time { last: known, .. }))
            if !last.is_empty() && *last == known =>
        {
            return Ok(none(until));
        }
        (State::Time { .. }, Some(State::Time { seconds, last })) => {
            let knows_log = has_log && !last.is_empty() && mapping.identity_is_uuid();
            if knows_log && asked >= source.log_from.load(Ordering::Relaxed) {
                match logged(servers, mapping, &last, most).await? {
                    Answer::Told(synced) => return Ok(told(mapping, synced, until)),
                    Answer::TooMany => return Ok(Changes::TooMany),
                    Answer::Untold => {
                        let from = asked + WITHOUT_LOG;
                        source.log_from.store(from, Ordering::Relaxed);
                    }
                }
            }
            // By the server's clock, if it tells.
            let told = last.split(' ').filter_map(csn_seconds).max();
            (seconds, told.unwrap_or(seconds - CLOCKS))
        }
        (State::Time { .. }, _) => return Ok(Changes::Somewhere { until }),
    };
    for (earlier, most) in back {
        let from = time::generalized(seconds - earlier);
        let changed = format!("(modifyTimestamp>={from})");
        if let Some(seen) = changed_by(servers, mapping, changed, *most, known).await? {
            return Ok(Changes::Of {
                seen,
                gone: vec![],
                until,
            });
        }
    }
    Ok(Changes::TooMany)
}

/// What the server's log of changes has since `contextCSN` was this. One that does not do what it offers has none.
async fn logged(
    servers: &Servers,
    mapping: &Mapping,
    last: &str,
    most: u32,
) -> Result<Answer, LdapFailure> {
    let query = changed_query(mapping, None, most);
    match servers.synced(&query, last).await {
        Err(LdapFailure::Refused(_) | LdapFailure::Unreadable(_)) => Ok(Answer::Untold),
        answered => answered,
    }
}

fn told(mapping: &Mapping, synced: Synced, until: Watermark) -> Changes {
    let changed = synced.changed.iter();
    let seen = changed.filter_map(|entry| {
        let mut seen = mapping.seen(entry)?;
        // It changed, though it may be dated as before.
        seen.changed.clear();
        Some(seen)
    });
    let gone = synced.gone.iter();
    Changes::Of {
        seen: seen.collect(),
        gone: gone.map(|it| identity_number(it.as_bytes())).collect(),
        until,
    }
}

/// The second of a number such as `20261130081500.123456Z#000000#000#000000`.
fn csn_seconds(number: &str) -> Option<i64> {
    time::seconds(number.split('#').next()?)
}

/// A search for those who changed. Also of who is in the source no more by its filter.
fn changed_query(mapping: &Mapping, changed: Option<String>, most: u32) -> Query<'_> {
    let who = [filter::present(&mapping.spec.key)];
    let filter = filter::all(who.into_iter().chain(changed));
    let mut attributes: Vec<&str> = mapping.marks().collect();
    attributes.push(&mapping.spec.key);
    mapping.query_of(filter, &attributes, most as usize)
}

/// Those who changed, from a second on without when, so that they are read in any case: times tell seconds apart. Also who are in the source no more by that; none if they are too many.
async fn changed_by(
    servers: &Servers,
    mapping: &Mapping,
    changed: String,
    most: u32,
    new: i64,
) -> Result<Option<Vec<crate::Seen>>, LdapFailure> {
    let query = changed_query(mapping, Some(changed), most);
    // Over the connection that said how far the server is: another may lead to another server.
    let found = servers.search(&query).await?;
    let seen = found.entries.iter().filter_map(|entry| {
        let mut seen = mapping.seen(entry)?;
        // What is dated alike may have been read before it was changed once more.
        if mapping.changed_at(entry).is_none_or(|at| at >= new) {
            seen.changed.clear();
        }
        Some(seen)
    });
    Ok((!found.more).then(|| seen.collect()))
}
