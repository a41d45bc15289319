//! What bad input gets at the terminal: the mistake at its place, the right exit code, and nothing changed.

use std::os::unix::ffi::OsStrExt;
use std::process::Stdio;

use tempfile::tempdir;

use crate::run::{Said, done, program, run, run_with_input};

const ANNA: [&str; 9] = [
    "customer-user",
    "add",
    "anna",
    "--first-name",
    "Anna",
    "--last-name",
    "Żak",
    "--email",
    "anna@acme-lab.org",
];

fn journal_length(data: &std::path::Path) -> u64 {
    let verdict = done(data, &["journal", "verify", "--json"]).json();
    verdict["entries"].as_u64().unwrap()
}

fn is_refused(said: &Said, exit: i32, words: &[&str]) {
    assert_eq!(said.exit, exit, "{said:?}");
    assert_eq!(said.out, "", "{said:?}");
    for word in words {
        assert!(said.err.contains(word), "{word}: {said:?}");
    }
}

#[test]
fn mistakes_are_named_and_nothing_is_changed() {
    let data = tempdir().unwrap();
    let data = data.path();
    done(data, &["customer", "add", "acme", "--name", "Acme"]);
    done(data, &[&ANNA[..], &["--customer", "acme"]].concat());
    let before = journal_length(data);
    let long = "x".repeat(300);
    let person = |rest: &[&'static str]| {
        let mut all = ANNA.to_vec();
        all[2] = "ola";
        all[8] = "ola@acme-lab.org";
        all.extend(rest);
        all
    };
    let room = format!("UserCity={long}");
    for (arguments, exit, words) in [
        (
            person(&["--customer", "acme", "--set", "Nope=1"]),
            1,
            vec!["Nope", "nothing was saved"],
        ),
        (
            person(&["--customer", "nobody"]),
            1,
            vec!["UserCustomerID", "customer list"],
        ),
        (person(&["--set", "noequals"]), 2, vec!["noequals"]),
        (
            vec!["customer-user", "edit", "anna", "--set", &room],
            1,
            vec!["UserCity", "200"],
        ),
        (
            vec!["customer-user", "edit", "anna", "--email", "nonsense"],
            1,
            vec!["UserEmail"],
        ),
        (
            vec!["customer-user", "edit", "anna", "--first-name", "a\u{7}b"],
            1,
            vec!["UserFirstname"],
        ),
        (
            vec!["customer-user", "edit", "nobody", "--first-name", "A"],
            3,
            vec!["nobody"],
        ),
        (
            vec!["customer", "edit", "nobody", "--name", "A"],
            3,
            vec!["nobody"],
        ),
        (
            vec!["customer", "search", "(a&&"],
            1,
            vec!["malformed search", "at character 0"],
        ),
        (
            vec!["customer-user", "list", "--source", "Nowhere"],
            1,
            vec!["source is none of the values"],
        ),
        (
            vec!["customer-user", "search", "nowak", "--after", "zzz"],
            1,
            vec!["--after: this is no place in the list"],
        ),
        (
            vec!["customer-user", "edit", "anna"],
            2,
            vec!["nothing to change was named"],
        ),
        (
            vec!["serve", "--listen", "localhost:8099"],
            2,
            vec!["such as 127.0.0.1:8099"],
        ),
    ] {
        let said = run(data, &arguments);
        is_refused(&said, exit, &words);
        // What only looks has nothing to save.
        let looks = ["list", "search"].contains(&arguments[1]);
        assert!(!looks || !said.err.contains("saved"), "{said:?}");
    }
    assert_eq!(journal_length(data), before);
}

#[test]
fn what_is_not_utf_8_is_refused() {
    let data = tempdir().unwrap();
    let data = data.path();
    done(data, &["customer", "add", "acme", "--name", "Acme"]);
    done(data, &[&ANNA[..], &["--customer", "acme"]].concat());
    let mut command = program(data);
    command
        .args(["customer-user", "edit", "anna", "--first-name"])
        .arg(std::ffi::OsStr::from_bytes(b"A\xff"));
    let said = command.output().unwrap();
    assert_eq!(said.status.code(), Some(2));

    let mut command = program(data);
    command
        .args(["customer-user", "set-password", "anna", "--password-stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"abc\xff\xfedef\n").unwrap();
    let said = child.wait_with_output().unwrap();
    assert_eq!(said.status.code(), Some(1), "{said:?}");
    let shown = done(data, &["customer-user", "show", "anna", "--json"]).json();
    assert_eq!(shown["UserFirstname"], "Anna");
}

#[test]
fn people_of_a_read_only_source_stay_as_they_are() {
    let data = tempdir().unwrap();
    let data = data.path();
    done(data, &["customer", "add", "acme", "--name", "Acme"]);
    done(data, &[&ANNA[..], &["--customer", "acme"]].concat());
    std::fs::write(
        data.join("kartoteka.toml"),
        "[CustomerUser]\nReadOnly = true\n",
    )
    .unwrap();
    for arguments in [
        vec!["customer-user", "edit", "anna", "--first-name", "Ola"],
        vec!["customer-user", "set-password", "anna", "--password-stdin"],
        [&ANNA[..], &["--customer", "acme"]].concat(),
    ] {
        let said = run_with_input(data, &arguments, "geheim-genug-7\n");
        assert!([1, 4].contains(&said.exit), "{said:?}");
        assert!(
            said.err.contains("read-only") || said.err.contains("can only be read"),
            "{said:?}"
        );
    }
}

#[test]
fn customers_are_edited_and_found_and_tokens_listed() {
    let data = tempdir().unwrap();
    let data = data.path();
    done(data, &["customer", "add", "acme", "--name", "Acme"]);
    done(data, &["customer", "add", "beta", "--name", "Beta"]);
    done(
        data,
        &[
            "customer",
            "edit",
            "acme",
            "--name",
            "Łucznik",
            "--set",
            "CustomerCompanyCity=Radom",
        ],
    );
    let found = done(data, &["customer", "search", "ŁUCZ*", "--json"]).json();
    assert_eq!(found["total"], 1, "{found}");
    assert_eq!(found["items"][0]["CustomerID"], "acme");
    assert_eq!(found["items"][0]["CustomerCompanyCity"], "Radom");
    let table = done(data, &["customer", "search", "beta"]).out;
    assert!(
        table.contains("Beta") && !table.contains("Łucznik"),
        "{table}"
    );

    done(
        data,
        &["token", "add", "one", "--scope", "reader", "--expires", "2"],
    );
    let listed = done(data, &["token", "list", "--json"]).json();
    assert_eq!(listed["items"][0]["name"], "one");
    assert_eq!(listed["items"][0]["scope"], "reader");
    assert!(listed["items"][0]["expires"].is_string(), "{listed}");
    assert!(listed["items"][0].get("token").is_none(), "{listed}");
    assert!(done(data, &["token", "list"]).out.contains("one"));
}

#[test]
fn a_token_stands_for_an_agent_who_works_here() {
    let data = tempdir().unwrap();
    let data = data.path();
    let ewa = [
        "agent",
        "add",
        "ewa",
        "--first-name",
        "Ewa",
        "--last-name",
        "Lis",
        "--role",
        "reader",
    ];
    done(data, &ewa);
    done(
        data,
        &["agent", "edit", "root@localhost", "--validity", "invalid"],
    );
    let add = ["token", "add", "import", "--scope", "admin"];
    is_refused(&run(data, &add), 1, &["root@localhost", "--agent"]);
    is_refused(
        &run(data, &[&add[..], &["--agent", "nobody"]].concat()),
        3,
        &["nobody"],
    );
    let made = done(data, &[&add[..], &["--agent", "ewa", "--json"]].concat()).json();
    let token = made["token"].as_str().unwrap();
    let server = crate::run::Server::start(data, &["serve"]);
    assert_eq!(server.get("/api/v1/customers", Some(token)).status, 200);
    // No more than ewa may.
    assert_eq!(server.get("/api/v1/tokens", Some(token)).status, 403);
}
