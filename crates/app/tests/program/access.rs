//! Permissions, customers and services at the terminal.

use std::path::Path;

use tempfile::tempdir;

use crate::run::{done, run};

pub fn world(data: &Path) {
    std::fs::write(
        data.join("kartoteka.toml"),
        "[groups]\ncustomer_group_support = true\ncompany_always_groups = []\nalways_groups = []\n",
    )
    .unwrap();
    for (id, name) in [("ACME", "Acme"), ("OTHER", "Other")] {
        done(data, &["customer", "add", id, "--name", name]);
    }
    for login in ["anna", "jan"] {
        person(data, login);
    }
    done(data, &["group", "add", "Support"]);
}

/// Adds a person of customer `ACME`.
pub fn person(data: &Path, login: &str) {
    let email = format!("{login}@acme-lab.org");
    let person = [
        "customer-user",
        "add",
        login,
        "--first-name",
        login,
        "--last-name",
        "Żak",
        "--email",
        &email,
        "--customer",
        "ACME",
    ];
    done(data, &person);
}

#[test]
fn permissions_are_previewed_given_explained_and_taken() {
    let data = tempdir().unwrap();
    let data = data.path();
    world(data);
    let give = ["permissions", "give", "Support", "rw", "--customer", "ACME"];
    let preview = done(data, &[&give[..], &["--dry-run"]].concat()).out;
    assert!(
        preview.contains("2 people of 1 customer get rw in group \"Support\""),
        "{preview}"
    );
    let who = ["permissions", "who", "Support", "ro", "--json"];
    assert_eq!(done(data, &who).json()["total"], 0);
    let explain = ["permissions", "explain", "anna", "Support", "ro"];
    let lacking = done(data, &explain).out;
    assert!(lacking.contains("give ro to the person"), "{lacking}");
    let given = done(data, &[&give[..], &["--json"]].concat()).json();
    assert_eq!(given["changes"][0]["given"], true);
    assert_eq!(done(data, &who).json()["total"], 2);
    let customers = done(data, &[&who[..], &["--customers"]].concat()).json();
    assert_eq!(
        (&customers["total"], &customers["items"][0]["CustomerID"]),
        (&1.into(), &"ACME".into()),
        "{customers}"
    );
    assert_eq!(
        run(data, &[&who[..], &["--context", "same"]].concat()).exit,
        2
    );
    let shown = done(data, &["permissions", "show", "anna"]).out;
    assert!(shown.contains("given to customer \"ACME\""), "{shown}");
    // As REST says it: what is held by itself or through `rw`.
    let anna = done(data, &["permissions", "show", "anna", "--json"]).json();
    let held = anna["groups"][0]["permissions"].as_array();
    assert!(
        held.is_some_and(|held| held.contains(&"ro".into())),
        "{anna}"
    );
    let customer = ["permissions", "show", "--customer", "ACME", "--json"];
    assert_eq!(
        done(data, &customer).json()["contexts"][0]["groups"][0]["group"],
        "Support"
    );
    let group = ["permissions", "show", "--group", "Support", "--json"];
    assert_eq!(done(data, &group).json()["permissions"][0]["people"], 2);
    done(
        data,
        &["permissions", "take", "Support", "rw", "--customer", "ACME"],
    );
    assert_eq!(done(data, &who).json()["total"], 0);
    for (arguments, exit) in [
        (
            vec!["permissions", "give", "Nowhere", "ro", "--person", "anna"],
            1,
        ),
        (
            vec!["permissions", "give", "Support", "king", "--person", "anna"],
            1,
        ),
        (vec!["permissions", "give", "Support", "ro"], 2),
        (vec!["permissions", "show"], 2),
        (vec!["permissions", "show", "nobody"], 3),
        (vec!["permissions", "who", "Nowhere"], 3),
        (vec!["permissions", "who", "Support", "king"], 1),
    ] {
        assert_eq!(run(data, &arguments).exit, exit, "{arguments:?}");
    }
}

#[test]
fn further_customers_and_services_come_and_go() {
    let data = tempdir().unwrap();
    let data = data.path();
    world(data);
    let customers = ["customer-user", "customers", "anna"];
    let add = [&customers[..], &["--add", "OTHER"]].concat();
    let preview = done(data, &[&add[..], &["--dry-run"]].concat()).out;
    assert!(
        preview.contains("1 person comes to belong to customer \"OTHER\""),
        "{preview}"
    );
    done(data, &add);
    let listed = done(data, &[&customers[..], &["--json"]].concat()).json();
    assert_eq!(
        (
            &listed["items"][0]["belonging"],
            &listed["items"][1]["belonging"]
        ),
        (&"primary".into(), &"further".into())
    );
    done(data, &[&customers[..], &["--remove", "OTHER"]].concat());
    let listed = done(data, &[&customers[..], &["--json"]].concat()).json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    assert_eq!(
        run(
            data,
            &["customer-user", "customers", "anna", "--add", "NONE"]
        )
        .exit,
        1
    );

    done(data, &["service", "add", "IT"]);
    let said = done(data, &["service", "give", "IT", "anna", "--default"]).out;
    assert!(said.contains("1 person gets service \"IT\""), "{said}");
    let defaults = done(data, &["service", "default", "--json"]).json();
    assert_eq!(defaults["items"][0]["service"], "IT");
    done(data, &["service", "take", "IT", "--default"]);
    let defaults = done(data, &["service", "default", "--json"]).json();
    assert_eq!(defaults["items"].as_array().unwrap().len(), 0);
    assert_eq!(run(data, &["service", "give", "IT"]).exit, 2);
}

/// A moment after the latest entry, once it is past: entries tell seconds.
pub async fn after_latest(data: &Path) -> String {
    let listed = done(data, &["journal", "list", "--json"]).json();
    let at = listed["items"][0]["at"].as_i64().unwrap() + 1;
    tokio::time::sleep(std::time::Duration::from_millis(1200)).await;
    jiff::Timestamp::from_second(at).unwrap().to_string()
}

#[tokio::test]
async fn past_days_are_shown_and_changes_taken_back() {
    let data = tempdir().unwrap();
    let data = data.path();
    world(data);
    let give = [
        "permissions",
        "give",
        "Support",
        "rw",
        "--person",
        "anna",
        "--json",
    ];
    let entry = done(data, &give).json()["journal"]["first"].to_string();
    let show = ["permissions", "show", "anna"];
    let now = [&show[..], &["--as-of", "2100-01-01"]].concat();
    let future = run(data, &now);
    assert_eq!(future.exit, 1, "{future:?}");
    assert!(
        future.err.contains("--as-of is still to come"),
        "{future:?}"
    );
    for (day, said) in [
        ("1999-01-01", "the journal begins on"),
        ("yesterday", "is not a day"),
    ] {
        let refused = run(data, &[&show[..], &["--as-of", day]].concat());
        assert_eq!(refused.exit, 1, "{refused:?}");
        assert!(refused.err.contains(said), "{refused:?}");
    }
    assert_eq!(
        run(data, &[&show[..], &["--compare", "2026-01-01"]].concat()).exit,
        2
    );
    let at = after_latest(data).await;
    let undo = ["journal", "undo", &entry];
    let preview = done(data, &[&undo[..], &["--dry-run"]].concat()).out;
    assert!(
        preview.contains("would be taken: rw in group \"Support\" of \"anna\"")
            && preview.contains("1 person of 1 customer loses rw"),
        "{preview}"
    );
    done(data, &undo);
    assert!(
        done(data, &undo)
            .out
            .contains("everything is as wanted already")
    );
    assert_eq!(run(data, &["journal", "undo", "99999"]).exit, 3);
    let today = after_latest(data).await;
    let compared = done(
        data,
        &[&show[..], &["--as-of", &at, "--compare", &today, "--json"]].concat(),
    )
    .json();
    assert_eq!(compared["groups"][0]["group"], "Support", "{compared}");
    assert_eq!(compared["lost"][1]["permission"], "rw", "{compared}");
    let text = done(
        data,
        &[&show[..], &["--as-of", &at, "--compare", &today]].concat(),
    )
    .out;
    assert!(text.contains("- lost rw in group \"Support\""), "{text}");
    let who = ["permissions", "who", "Support", "rw"];
    let then = done(data, &[&who[..], &["--as-of", &at, "--json"]].concat()).json();
    assert_eq!(
        (&then["total"], &then["items"][0]["login_then"]),
        (&1.into(), &"anna".into()),
        "{then}"
    );
    let between = done(
        data,
        &[&who[..], &["--as-of", &at, "--compare", &today]].concat(),
    )
    .out;
    assert!(
        between.contains("lost") && between.contains("1 of 1"),
        "{between}"
    );
    let customer = ["permissions", "show", "--customer", "ACME", "--as-of", &at];
    assert!(done(data, &customer).out.contains("had nothing"));
    let group = ["permissions", "show", "--group", "Support", "--as-of", &at];
    assert_eq!(run(data, &group).exit, 2);
}

#[test]
fn settings_are_shown_previewed_and_set() {
    let data = tempdir().unwrap();
    let data = data.path();
    world(data);
    let shown = done(data, &["settings", "access", "show", "--json"]).json();
    assert_eq!(
        (&shown["items"][0]["origin"], &shown["items"][3]["origin"]),
        (&"file".into(), &"default".into()),
        "{shown}"
    );
    let set = ["settings", "access", "set"];
    let wanted = ["permissions=ro,create,rw", "other_customers=on"];
    let preview = done(data, &[&set[..], &wanted, &["--dry-run"]].concat()).out;
    assert!(
        preview.contains("permissions: ro, rw → ro, create, rw")
            && preview.contains("other_customers: off → on"),
        "{preview}"
    );
    let applied = done(data, &[&set[..], &wanted, &["--json"]].concat()).json();
    assert_eq!(applied["changes"].as_array().unwrap().len(), 2, "{applied}");
    let text = done(data, &["settings", "access", "show"]).out;
    assert!(text.contains("ro, create, rw"), "{text}");
    let undo = ["journal", "undo", &applied["journal"]["first"].to_string()];
    assert!(done(data, &undo).out.contains("other_customers: on → off"));
    for (arguments, exit) in [
        (vec!["customer_group_support=off"], 1),
        (vec!["always_groups=Nowhere"], 1),
        (vec!["other_customers=perhaps"], 1),
        (vec!["nothing=1"], 1),
        (vec!["nothing"], 2),
        (vec![], 2),
    ] {
        let said = run(data, &[&set[..], &arguments[..]].concat());
        assert_eq!(said.exit, exit, "{said:?}");
    }
}
