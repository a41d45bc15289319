//! What is stored after permissions are given and taken (D12).

use std::collections::{BTreeMap, BTreeSet};

use super::permission::{Permission, RW};

/// What giving and taking comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MinimisedGrants {
    /// Exactly these are stored.
    Stored(BTreeSet<Permission>),
    /// A permission was to be taken from somebody who has it through `rw`: `rw` has to be taken first.
    TakeRwFirst(Permission),
}

/// Gives and takes permissions of one holder in one group (and context). Giving `rw` leaves exactly `rw`; giving
/// another to somebody with `rw` stores nothing more; taking another from somebody who keeps `rw` is refused.
pub fn minimise_grants(
    stored: &BTreeSet<Permission>,
    wanted: &BTreeMap<Permission, bool>,
) -> MinimisedGrants {
    let only_rw = || BTreeSet::from([Permission::new(RW)]);
    if wanted.get(RW) == Some(&true) {
        return MinimisedGrants::Stored(only_rw());
    }
    if stored.contains(RW) && !wanted.contains_key(RW) {
        let taken = wanted.iter().find(|(_, given)| !**given);
        return match taken {
            Some((permission, _)) => MinimisedGrants::TakeRwFirst(permission.clone()),
            // Stale rows beside `rw` say nothing and would revive; but nothing is changed where nothing is asked.
            None if wanted.is_empty() => MinimisedGrants::Stored(stored.clone()),
            None => MinimisedGrants::Stored(only_rw()),
        };
    }
    let mut after = stored.clone();
    for (permission, given) in wanted {
        if *given {
            after.insert(permission.clone());
        } else {
            after.remove(permission);
        }
    }
    // Who loses `rw` must not keep what stood beside it unseen.
    if stored.contains(RW) {
        after.retain(|permission| wanted.get(permission) == Some(&true));
    }
    MinimisedGrants::Stored(after)
}
