//! Sources that answer with a half, with nothing, and with everything again: nobody is dropped without asking.

mod file;
mod identity;
mod tree;

use kartoteka_directory::{Actor, HeldRefresh, Kind, Search, ValidFilter};

use crate::Desk;

const KIND: Kind = Kind::CustomerUser;

/// Everybody who is found, valid or not, and how many are valid.
async fn everybody(desk: &Desk) -> (Vec<String>, usize) {
    let actor = Actor::operator();
    let mut found = vec![];
    for valid in [ValidFilter::All, ValidFilter::Valid] {
        let search = Search {
            valid,
            limit: 500,
            ..Search::default()
        };
        let page = desk.directory.search(&actor, KIND, &search).await.unwrap();
        assert_eq!(page.total.count, page.rows.len() as u64);
        let mut keys: Vec<String> = page.rows.into_iter().map(|row| row.key).collect();
        keys.sort_unstable();
        found.push(keys);
    }
    let valid = found.pop().unwrap().len();
    (found.pop().unwrap(), valid)
}

async fn held(desk: &Desk) -> Vec<HeldRefresh> {
    let held = desk.directory.held_refreshes(&Actor::operator()).await;
    held.unwrap()
}

/// Looks for changes twice, as one may only find that there is something to compare.
async fn look(desk: &Desk) {
    for _ in 0..2 {
        desk.directory.sync_external_changes(KIND).await.unwrap();
        desk.directory.wait_for_index().await.unwrap();
    }
}

/// Compares everything, as is done in the background.
async fn sweep(desk: &Desk) {
    while !desk.directory.sweep(KIND).await.unwrap() {}
    look(desk).await;
}
