//! Customers, people, agents, journal and migrations at the terminal.

use std::path::Path;

use serde_json::json;
use tempfile::tempdir;

use crate::http;
use crate::run::{Server, done, run, run_with_input};

fn directory(data: &Path) {
    done(
        data,
        &[
            "customer", "add", "acme", "--name", "Acme", "--city", "Görlitz",
        ],
    );
    let person = [
        "customer-user",
        "add",
        "anna",
        "--first-name",
        "Anna",
        "--last-name",
        "Żak",
    ];
    let rest = ["--email", "anna@acme-lab.org", "--customer", "acme"];
    done(data, &[&person[..], &rest[..]].concat());
}

#[test]
fn people_are_added_found_changed_and_renamed() {
    let data = tempdir().unwrap();
    let data = data.path();
    directory(data);
    assert!(
        done(data, &["customer-user", "search", "zak"])
            .out
            .contains("anna@acme-lab.org")
    );
    let plan = done(
        data,
        &[
            "customer-user",
            "edit",
            "anna",
            "--phone",
            "12",
            "--dry-run",
            "--json",
        ],
    )
    .json();
    assert_eq!(plan["changes"][0]["field"], "UserPhone");
    let edit = [
        "customer-user",
        "edit",
        "anna",
        "--phone",
        "12",
        "--rename",
        "ania",
        "--json",
    ];
    let saved = done(data, &edit).json();
    assert_eq!(
        (saved["key"].as_str(), saved["changed"].as_bool()),
        (Some("ania"), Some(true))
    );
    assert_eq!(run(data, &["customer-user", "show", "anna"]).exit, 3);
    assert_eq!(
        done(data, &["customer-user", "show", "ania", "--json"]).json()["UserPhone"],
        "12"
    );
    done(
        data,
        &["customer-user", "edit", "ania", "--validity", "invalid"],
    );
    assert_eq!(
        done(data, &["customer-user", "list", "--json"]).json()["total"],
        0
    );
    assert_eq!(
        done(
            data,
            &["customer-user", "list", "--valid", "invalid", "--json"]
        )
        .json()["total"],
        1
    );
    assert!(
        done(data, &["journal", "list", "--key", "ania"])
            .out
            .contains("rename")
    );
    assert_eq!(
        done(data, &["journal", "verify", "--json"]).json()["fault"],
        serde_json::Value::Null
    );
}

#[test]
fn passwords_come_by_standard_input_and_are_never_repeated() {
    let data = tempdir().unwrap();
    let data = data.path();
    directory(data);
    let secret = "Zażółć gęślą jaźń 7";
    let set = ["customer-user", "set-password", "anna", "--password-stdin"];
    let said = run_with_input(data, &set, &format!("{secret}\nnot this line\n"));
    assert_eq!(said.exit, 0, "{said:?}");
    assert!(
        !said.out.contains(secret) && !said.err.contains(secret),
        "{said:?}"
    );
    assert!(
        !done(data, &["journal", "list", "--json"])
            .out
            .contains(secret)
    );
    assert_eq!(
        run(data, &["customer-user", "set-password", "anna"]).exit,
        2
    );
    assert_eq!(run_with_input(data, &set, "\n").exit, 1);
    let generated = done(
        data,
        &[
            "customer-user",
            "set-password",
            "anna",
            "--generate-password",
            "--json",
        ],
    );
    assert!(generated.json()["password"].as_str().unwrap().len() >= 8);
}

#[test]
fn agents_are_added_listed_and_changed() {
    let data = tempdir().unwrap();
    let data = data.path();
    let add = [
        "agent",
        "add",
        "ewa",
        "--first-name",
        "Ewa",
        "--last-name",
        "Nowak",
        "--role",
        "reader",
        "--json",
    ];
    // The role has to be said.
    let without = [&add[..7], &["--json"]].concat();
    let said = run(data, &without);
    assert_eq!(said.exit, 2, "{said:?}");
    assert!(done(data, &add).json()["password"].is_string());
    done(data, &["agent", "edit", "ewa", "--role", "editor"]);
    let agents = done(data, &["agent", "list", "--json"]).json();
    let ewa = agents["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|agent| agent["UserLogin"] == "ewa")
        .unwrap();
    assert_eq!(ewa["Role"], "editor");
}

#[test]
fn the_last_admin_stays_one() {
    let data = tempdir().unwrap();
    let data = data.path();
    let names = ["--first-name", "Ewa", "--last-name", "Nowak"];
    let add = |login: &'static str| {
        let add = ["agent", "add", login, "--role", "admin"];
        done(data, &[&add[..], &names[..]].concat());
    };
    add("ewa");
    for change in [["--role", "reader"], ["--validity", "invalid"]] {
        let said = run(data, &[&["agent", "edit", "ewa"], &change[..]].concat());
        assert_eq!(said.exit, 1, "{said:?}");
        assert!(
            said.err.contains("nobody else could log in as an admin"),
            "{said:?}"
        );
    }
    add("jan");
    done(data, &["agent", "edit", "ewa", "--role", "reader"]);
}

#[test]
fn who_has_to_wait_is_listed_and_let_in_again() {
    let data = tempdir().unwrap();
    let data = data.path();
    let server = Server::start(data, &["serve"]);
    let locks = || done(data, &["agent", "locks", "--json"]).json()["items"].clone();
    assert_eq!(locks(), json!([]));
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    let knock = || {
        let body = "login=%1b%5b31mewa&password=wrong";
        let page = http::request(&server.address, "POST", "/login", &headers, body);
        page.unwrap().status
    };
    let statuses: Vec<u16> = (0..6).map(|_| knock()).collect();
    assert_eq!(statuses, [422, 422, 422, 422, 422, 429]);
    let waiting = locks();
    let login = "\u{1b}[31mewa";
    assert_eq!(waiting[0]["UserLogin"], login, "{waiting}");
    assert_eq!(waiting[0]["network"], "127.0.0.1", "{waiting}");
    assert_eq!(waiting[0]["attempts"], 5, "{waiting}");
    assert!(waiting[0]["until"].is_string(), "{waiting}");
    let table = done(data, &["agent", "locks"]).out;
    assert!(
        table.contains("ewa") && table.contains("127.0.0.1") && !table.contains('\u{1b}'),
        "{table}"
    );
    done(data, &["agent", "unlock", login]);
    assert_eq!(locks(), json!([]));
    assert_eq!(knock(), 422);
    done(data, &["agent", "unlock", "--network", "127.0.0.1"]);
    let nothing = run(data, &["agent", "unlock", "--network", "127.0.0.1"]);
    assert_ne!(nothing.exit, 0, "{nothing:?}");
    for wrong in [
        &["agent", "unlock"][..],
        &["agent", "unlock", "a", "--network", "b"],
    ] {
        assert_eq!(run(data, wrong).exit, 2, "{wrong:?}");
    }
    let journal = done(data, &["journal", "list", "--kind", "log-in", "--json"]).json();
    let unlocked: Vec<_> = journal["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["action"] == "unlock" && entry["who"] == "operator")
        .collect();
    assert_eq!(unlocked.len(), 2, "{journal}");
}

#[test]
fn migrations_are_shown_first_and_run_once() {
    let data = tempdir().unwrap();
    let data = data.path();
    let shown = done(data, &["migrate", "--dry-run"]).out;
    assert!(shown.contains("CREATE TABLE") && shown.contains("customer_user"));
    assert_eq!(
        data.read_dir().unwrap().count(),
        0,
        "a dry run leaves nothing"
    );
    assert!(
        done(data, &["migrate"])
            .out
            .contains("done: create customer_user")
    );
    assert!(
        done(data, &["migrate", "--dry-run"])
            .out
            .contains("up to date")
    );
}

#[test]
fn several_processes_that_make_the_index_at_once_do_not_mix() {
    let data = tempdir().unwrap();
    let data = data.path();
    drop(Server::start(data, &["demo", "--people", "1500"]));
    for entry in data.read_dir().unwrap().map(Result::unwrap) {
        if entry.file_name().to_string_lossy().starts_with("search-") {
            std::fs::remove_file(entry.path()).unwrap();
        }
    }
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let list = ["customer-user", "list", "--valid", "all", "--json"];
                // With those of the story.
                assert_eq!(done(data, &list).json()["total"], 1515);
            });
        }
    });
}

#[test]
fn groups_are_added_listed_changed_and_guarded() {
    let data = tempdir().unwrap();
    let data = data.path();
    done(data, &["group", "add", "Łącza", "--comment", "sieć"]);
    let plan = done(
        data,
        &[
            "group",
            "edit",
            "Łącza",
            "--rename",
            "Sieć",
            "--dry-run",
            "--json",
        ],
    )
    .json();
    assert_eq!(plan["effects"][0]["effect"], "renames");
    done(data, &["group", "edit", "Łącza", "--rename", "Sieć"]);
    let list = done(data, &["group", "list", "--search", "siec", "--json"]).json();
    assert_eq!(list["items"][0]["Name"], "Sieć");
    assert!(done(data, &["group", "list"]).out.contains("users"));
    assert_eq!(run(data, &["group", "show", "Łącza"]).exit, 3);
    assert_eq!(run(data, &["group", "add", "SIEĆ"]).exit, 4);
    let locked = run(data, &["group", "edit", "admin", "--validity", "invalid"]);
    assert_eq!(locked.exit, 1);
    assert!(locked.err.contains("agents' rights"), "{locked:?}");
    let history = done(data, &["journal", "list", "--kind", "group"]).out;
    assert!(history.contains("rename"), "{history}");
}

#[test]
fn services_are_shown_as_a_tree_and_move_with_what_is_below() {
    let data = tempdir().unwrap();
    let data = data.path();
    for name in ["IT", "IT::Sieć", "IT::Sieć::WLAN", "Biuro"] {
        done(data, &["service", "add", name]);
    }
    let tree = done(data, &["service", "list"]).out;
    for line in ["\nIT ", "\n  Sieć ", "\n    WLAN "] {
        assert!(tree.contains(line), "{tree}");
    }
    assert_eq!(run(data, &["service", "add", "Nigdzie::X"]).exit, 1);
    let cycle = ["service", "edit", "IT", "--parent", "IT::Sieć"];
    assert_eq!(run(data, &cycle).exit, 1);
    let moved = ["service", "edit", "IT::Sieć", "--parent", "Biuro", "--json"];
    assert_eq!(done(data, &moved).json()["key"], "Biuro::Sieć");
    let shown = done(data, &["service", "show", "Biuro::Sieć::WLAN", "--json"]).json();
    assert_eq!(shown["Parent"], "Biuro::Sieć");
    done(data, &["service", "edit", "Biuro::Sieć", "--parent", ""]);
    assert_eq!(run(data, &["service", "show", "Sieć::WLAN"]).exit, 0);
}
