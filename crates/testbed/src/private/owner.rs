use std::{
    fs,
    os::unix::{
        fs::{MetadataExt, chown},
        process::CommandExt,
    },
    path::Path,
    process::Command,
};

use super::StartError;

/// The account that servers run under: our own, or an ordinary one when we are root, as which they refuse to run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owner {
    other: Option<(u32, u32)>,
}

impl Owner {
    /// The owner for a folder that we have just made.
    pub(super) fn of_servers_in(folder: &Path) -> Result<Self, StartError> {
        let ours = fs::metadata(folder)
            .map_err(StartError::io("look at", folder))?
            .uid();
        if ours != 0 {
            return Ok(Self { other: None });
        }
        let accounts = fs::read_to_string("/etc/passwd").unwrap_or_default();
        let other = ["postgres", "nobody"]
            .into_iter()
            .find_map(|name| account(&accounts, name));
        other
            .map(|ids| Self { other: Some(ids) })
            .ok_or(StartError::NoAccount)
    }

    /// Gives a file or folder to the account.
    pub(super) fn take(self, path: &Path) -> Result<(), StartError> {
        let Some((user, group)) = self.other else {
            return Ok(());
        };
        chown(path, Some(user), Some(group)).map_err(StartError::io("change the owner of", path))
    }

    /// Lets the command run under the account, without our further groups.
    pub(super) fn run(self, command: &mut Command) {
        if let Some((user, group)) = self.other {
            command.gid(group).uid(user);
        }
    }
}

/// User and group number of an account in the text of `/etc/passwd`.
fn account(accounts: &str, name: &str) -> Option<(u32, u32)> {
    let line = accounts
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    let mut columns = line.split(':').skip(1);
    Some((columns.next()?.parse().ok()?, columns.next()?.parse().ok()?))
}
