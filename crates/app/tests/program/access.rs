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
    done(data, &["group", "add", "Support"]);
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
    let shown = done(data, &["permissions", "show", "anna"]).out;
    assert!(shown.contains("given to customer \"ACME\""), "{shown}");
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
