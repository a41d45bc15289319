//! Content synchronisation (RFC 4533): a server that keeps a log of changes tells which entries changed and which are gone.
//!
//! Only OpenLDAP's is asked, whose cookies are the numbers that `contextCSN` has. One whose log does not go back far enough
//! names all entries that are there in place of those that are gone; that is not heard to its end.

use std::panic::catch_unwind;

use ldap3::controls::{
    Control, ControlType, EntryState, MakeCritical, RawControl, SyncInfo, SyncRequest, SyncState,
    parse_syncinfo,
};
use ldap3::{Ldap, ResultEntry};

use super::entry::Entry;
use super::error::LdapFailure;
use super::question::{Query, broken, scope, told};

/// The control by which it is asked for.
pub(super) const OFFERED: &str = "1.3.6.1.4.1.4203.1.9.1.1";

/// `e-syncRefreshRequired`: the cookie is too old.
const TOO_OLD: u32 = 4096;

/// What changed.
#[derive(Debug, Default)]
pub(super) struct Synced {
    pub changed: Vec<Entry>,
    /// The `entryUUID`s of those that are gone, or do not meet the filter any more.
    pub gone: Vec<String>,
}

/// What came of asking.
#[derive(Debug)]
pub(super) enum Answer {
    Told(Synced),
    /// More than the query has a use for.
    TooMany,
    /// The server does not know any more.
    Untold,
}

/// What is told in a message beside an entry.
enum Told {
    Changed(Entry),
    Gone(Vec<Vec<u8>>),
    /// Something that says nothing new.
    Nothing,
    /// Entries are named that are there still: nothing is said of those that are gone.
    Present,
}

/// Asks over a connection what changed since the numbers of `contextCSN` were these, with spaces between them.
pub(super) async fn ask(
    mut ldap: Ldap,
    query: &Query<'_>,
    since: &str,
) -> Result<Answer, LdapFailure> {
    let numbers = since.split(' ').collect::<Vec<_>>().join(";");
    let request = SyncRequest {
        cookie: Some(format!("rid=000,csn={numbers}").into_bytes()),
        ..SyncRequest::default()
    };
    ldap.with_controls(RawControl::from(request.critical()));
    let attributes = query.attributes.clone();
    let scope = scope(query.scope);
    let searching = ldap.streaming_search(query.base, scope, &query.filter, attributes);
    let mut stream = searching.await.map_err(|error| broken(error, query))?;
    let mut synced = Synced::default();
    while let Some(sent) = stream.next().await.map_err(|error| broken(error, query))? {
        let given_up = match read(sent)? {
            Told::Changed(entry) => {
                synced.changed.push(entry);
                None
            }
            Told::Gone(identities) => {
                synced
                    .gone
                    .extend(identities.iter().filter_map(|it| uuid(it)));
                None
            }
            Told::Nothing => None,
            Told::Present => Some(Answer::Untold),
        };
        let too_many = synced.changed.len() + synced.gone.len() > query.most;
        if let Some(answer) = given_up.or(too_many.then_some(Answer::TooMany)) {
            let number = stream.ldap_handle().last_id();
            // A connection that broke meanwhile is found so by the next question.
            let _ = ldap.abandon(number).await;
            return Ok(answer);
        }
    }
    let result = stream.finish().await;
    match result.rc {
        0 => Ok(Answer::Told(synced)),
        TOO_OLD => Ok(Answer::Untold),
        32 => Err(LdapFailure::NoEntry(query.base.to_owned())),
        _ => Err(LdapFailure::Refused(told(&result))),
    }
}

/// Reads a message. The reader of the library takes for granted that servers send what they should.
fn read(sent: ResultEntry) -> Result<Told, LdapFailure> {
    let unreadable = |_| LdapFailure::Unreadable("what the server says of changes");
    if sent.is_ref() {
        return Ok(Told::Nothing);
    }
    if sent.is_intermediate() {
        return Ok(
            match catch_unwind(|| parse_syncinfo(sent)).map_err(unreadable)? {
                SyncInfo::SyncIdSet {
                    refresh_deletes: true,
                    sync_uuids,
                    ..
                } => Told::Gone(sync_uuids.into_iter().collect()),
                SyncInfo::SyncIdSet { .. } | SyncInfo::RefreshPresent { .. } => Told::Present,
                SyncInfo::NewCookie(_) | SyncInfo::RefreshDelete { .. } => Told::Nothing,
            },
        );
    }
    let state = sent.1.iter().find_map(|control| match control {
        Control(Some(ControlType::SyncState), raw) => Some(raw.clone()),
        _ => None,
    });
    let Some(raw) = state else {
        return Err(LdapFailure::Unreadable("a change that says nothing of it"));
    };
    let state = catch_unwind(|| raw.parse::<SyncState>()).map_err(unreadable)?;
    Ok(match state.state {
        EntryState::Add | EntryState::Modify => Told::Changed(Entry::read(sent)?),
        EntryState::Delete => Told::Gone(vec![state.entry_uuid]),
        EntryState::Present => Told::Present,
    })
}

/// An `entryUUID` as it stands in entries (RFC 4530).
fn uuid(bytes: &[u8]) -> Option<String> {
    let bytes: [u8; 16] = bytes.try_into().ok()?;
    let digits = format!("{:032x}", u128::from_be_bytes(bytes));
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32];
    Some(parts.map(|part| &digits[part]).join("-"))
}

#[cfg(test)]
mod tests {
    use super::uuid;

    #[test]
    fn identities_stand_as_in_entries() {
        let bytes: Vec<u8> = (0x00..0x10).map(|byte| byte * 0x11).collect();
        let text = "00112233-4455-6677-8899-aabbccddeeff";
        assert_eq!(uuid(&bytes).as_deref(), Some(text));
        assert_eq!(uuid(&bytes[1..]), None);
    }
}
