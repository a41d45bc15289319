//! The data folder is for nobody else: it holds names, addresses and password hashes.

use std::io::Result;
use std::path::Path;

/// What else may stand in a data folder that is nothing but one.
const LOST_AND_FOUND: &str = "lost+found";

/// Makes a folder that only its owner can look into.
///
/// # Errors
/// When it can't be made.
pub fn make_private_folder(folder: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Takes from others what they may do in a data folder and with the files in it; what could not be closed, or had been
/// open before, is said in the log. A folder that holds other things, too, stays as it is: `--data /etc` is a mistake
/// that must not lock anybody out. So do the files that are not Kartoteka's. Those named besides are, as the database and
/// the search indexes; `known` ones are not, but may be there.
pub fn close(folder: &Path, besides: &str, known: &[&str]) {
    let Ok(entries) = folder.read_dir() else {
        return;
    };
    let (mut alone, mut read) = (true, false);
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let ours =
            name.starts_with("kartoteka.db") || name.starts_with("search-") || name == besides;
        alone &= ours || name.starts_with('.') || name == LOST_AND_FOUND || known.contains(&&*name);
        if ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            read |= narrow(&entry.path(), 0o600, true);
        }
    }
    if alone {
        // Where no file was open, nobody read anything.
        narrow(folder, 0o700, read);
    }
}

/// As [`close`], for an embedded database elsewhere than in the data folder.
pub fn close_file(file: &Path) {
    for ending in ["", "-wal", "-shm"] {
        narrow(format!("{}{ending}", file.display()).as_ref(), 0o600, true);
    }
}

/// Whether it was open.
#[cfg(unix)]
fn narrow(path: &Path, mode: u32, told: bool) -> bool {
    use std::os::unix::fs::PermissionsExt;
    /// Others may put files into such a folder, but not touch ours: it belongs to all, as `/tmp` does.
    const STICKY: u32 = 0o1000;
    let Ok(now) = path.metadata().map(|found| found.permissions().mode()) else {
        return false;
    };
    if now & 0o077 == 0 || now & STICKY != 0 {
        return false;
    }
    let file = path;
    let (path, now) = (path.display(), format!("{:o}", now & 0o777));
    match std::fs::set_permissions(file, PermissionsExt::from_mode(mode)) {
        Ok(()) if told => {
            tracing::warn!(%path, now, "others could read the data; their permissions were taken away");
        }
        Ok(()) => {}
        Err(error) => tracing::warn!(%path, now, %error, "others can read the data"),
    }
    true
}

#[cfg(not(unix))]
fn narrow(_: &Path, _: u32, _: bool) -> bool {
    false
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn mode(path: &Path) -> u32 {
        path.metadata().unwrap().permissions().mode() & 0o7777
    }

    fn set(path: &Path, mode: u32) {
        std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_data_folder_is_closed_to_others() {
        let above = tempfile::tempdir().unwrap();
        let folder = above.path().join("a").join("b");
        make_private_folder(&folder).unwrap();
        assert_eq!(mode(&folder), 0o700);
        let names = [
            "kartoteka.db",
            "kartoteka.db-wal",
            "search-1-people.index",
            "kartoteka.toml",
        ];
        let files = names.map(|name| folder.join(name));
        for file in &files {
            std::fs::write(file, "").unwrap();
            set(file, 0o644);
        }
        set(&folder, 0o755);
        close(&folder, "kartoteka.key", &["kartoteka.toml"]);
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(
            files.each_ref().map(|file| mode(file)),
            [0o600, 0o600, 0o600, 0o644]
        );
    }

    #[test]
    fn a_folder_of_other_things_stays_open_and_its_database_does_not() {
        let above = tempfile::tempdir().unwrap();
        let folder = above.path().join("shared");
        std::fs::create_dir(&folder).unwrap();
        let files = ["kartoteka.db", "notes"].map(|name| folder.join(name));
        for file in &files {
            std::fs::write(file, "").unwrap();
            set(file, 0o644);
        }
        set(&folder, 0o755);
        close(&folder, "kartoteka.key", &["kartoteka.toml"]);
        assert_eq!(mode(&folder), 0o755);
        assert_eq!(files.each_ref().map(|file| mode(file)), [0o600, 0o644]);
    }

    #[test]
    fn a_folder_that_belongs_to_all_stays_so() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("kartoteka.db");
        std::fs::write(&file, "").unwrap();
        set(&file, 0o644);
        set(folder.path(), 0o1777);
        close(folder.path(), "kartoteka.key", &[]);
        assert_eq!((mode(folder.path()), mode(&file)), (0o1777, 0o600));
    }
}
