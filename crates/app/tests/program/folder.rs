//! The data directory: who makes it, and who may look into it.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use tempfile::tempdir;

use crate::run::{Server, bare, done, run_with_input};

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

fn open_to_all(path: &Path, mode: u32) {
    std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
}

/// Commands that only read, and some that write.
const READING: [&[&str]; 12] = [
    &["customer-user", "list"],
    &["customer-user", "show", "anna"],
    &["customer", "search", "acme"],
    &["agent", "list"],
    &["token", "list"],
    &["group", "list"],
    &["service", "default"],
    &["permissions", "who", "users"],
    &["job", "list"],
    &["review", "list"],
    &["journal", "verify"],
    &["backup", "copy.db"],
];
const WRITING: [&[&str]; 2] = [
    &["customer", "add", "acme", "--name", "Acme"],
    &["token", "add", "import", "--scope", "reader"],
];

#[test]
fn a_directory_that_is_not_there_is_not_made_by_the_way() {
    let above = tempdir().unwrap();
    let missing = above.path().join("mistyped");
    let said = |command: &[&str]| {
        let mut program = bare();
        program.current_dir(above.path());
        program.arg("--data").arg(&missing).args(command);
        let output = program.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), said)
    };
    for command in READING.iter().chain(&WRITING) {
        let (exit, said) = said(command);
        assert_eq!(exit, Some(1), "{command:?}: {said}");
        assert!(said.contains("no data directory"), "{command:?}: {said}");
        assert!(!missing.exists(), "{command:?}");
    }
    said(&["check"]);
    assert!(!missing.exists());
    // One that is there may be a wrong one, too.
    std::fs::create_dir(&missing).unwrap();
    for command in READING {
        let (exit, said) = said(command);
        assert_eq!(exit, Some(1), "{command:?}: {said}");
        assert!(said.contains("no database"), "{command:?}: {said}");
        assert_eq!(missing.read_dir().unwrap().count(), 0, "{command:?}");
    }
    for command in WRITING {
        done(&missing, command);
    }
    done(&missing, READING[0]);
}

#[test]
fn nobody_else_may_look_into_it() {
    let above = tempdir().unwrap();
    let data = above.path().join("data");
    std::fs::create_dir(&data).unwrap();
    open_to_all(&data, 0o755);
    done(&data, &["customer", "add", "acme", "--name", "Acme"]);
    let files = || {
        let entries = data.read_dir().unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.is_file()).collect::<Vec<_>>()
    };
    assert!(files().len() >= 3);
    assert_eq!(mode(&data), 0o700);
    assert!(
        files().iter().all(|file| mode(file) == 0o600),
        "{:?}",
        files()
    );
    // What an earlier version left open.
    open_to_all(&data, 0o755);
    for file in files() {
        open_to_all(&file, 0o644);
    }
    let server = Server::start(&data, &["serve"]);
    assert_eq!(mode(&data), 0o700);
    assert!(
        files().iter().all(|file| mode(file) == 0o600),
        "{:?}",
        files()
    );
    drop(server);
    open_to_all(&data, 0o755);
    open_to_all(&data.join("kartoteka.db"), 0o644);
    let said = done(&data, &["customer", "list"]);
    assert!(said.err.contains("others could read"), "{said:?}");
    let said = done(&data, &["customer", "list"]);
    assert!(!said.err.contains("others"), "{said:?}");
}

#[test]
fn a_byte_order_mark_is_no_part_of_a_password_or_login() {
    let data = tempdir().unwrap();
    let settings = "\u{feff}[lists]\npage_size = 7\n";
    std::fs::write(data.path().join("kartoteka.toml"), settings).unwrap();
    done(data.path(), &["customer", "add", "acme", "--name", "Acme"]);
    let add = [
        "customer-user",
        "add",
        "anna",
        "--set",
        "UserFirstname=Anna",
        "--set",
        "UserLastname=Nowak",
        "--set",
        "UserEmail=anna@acme-lab.org",
        "--set",
        "UserCustomerID=acme",
        "--password-stdin",
    ];
    let marked = "\u{feff}four blue horses 7\n";
    let said = run_with_input(data.path(), &add, marked);
    assert_eq!(said.exit, 0, "{said:?}");
    let logins = data.path().join("logins.txt");
    std::fs::write(&logins, "\u{feff}anna\n").unwrap();
    let give = [
        "bulk",
        "--logins",
        logins.to_str().unwrap(),
        "--give-customer",
        "acme",
        "--dry-run",
    ];
    done(data.path(), &give);
    let add = ["customer-user", "set-password", "anna", "--password-stdin"];
    let wide: String = "f\0o\0u\0r\0 \0b\0l\0u\0e\0 \0\u{37}\0\n\0".into();
    let said = run_with_input(data.path(), &add, &wide);
    assert!(said.exit != 0 && said.err.contains("UTF-16"), "{said:?}");
}
