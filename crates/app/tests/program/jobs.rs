//! Many people at once at the terminal: previewed, done with what is refused named, and taken back.

use tempfile::tempdir;

use crate::access::{person, world};
use crate::run::{done, run, run_with_input};

#[test]
fn many_people_are_changed_and_changed_back() {
    let data = tempdir().unwrap();
    let data = data.path();
    world(data);
    person(data, "ola");
    done(data, &["service", "add", "Mail"]);
    let bulk = [
        "bulk",
        "--search",
        "żak",
        "--give-group",
        "Support:ro",
        "--give-service",
        "Mail",
    ];
    let preview = done(data, &[&bulk[..], &["--dry-run"]].concat()).out;
    assert!(preview.contains("of 3 people: 3 would change"), "{preview}");
    assert!(
        preview.contains("3 people get ro in group \"Support\""),
        "{preview}"
    );
    assert!(done(data, &["job", "list"]).out.contains("no jobs yet"));
    let job = done(data, &[&bulk[..], &["--json"]].concat()).json();
    assert_eq!(
        (&job["state"], &job["changed"]),
        (&"done".into(), &3.into())
    );
    let who = ["permissions", "who", "Support", "ro", "--json"];
    assert_eq!(done(data, &who).json()["total"], 3);

    // A list of logins, one of them unknown: the exit code says so, and who it was.
    let logins = [
        "bulk",
        "--logins",
        "-",
        "--take-group",
        "Support:ro",
        "--give-customer",
        "ACME",
    ];
    let said = run_with_input(data, &logins, "anna\n\nnobody\n");
    assert_eq!(said.exit, 1, "{said:?}");
    assert!(
        said.out.contains("1 changed, 0 so already, 1 refused"),
        "{said:?}"
    );
    let shown = done(data, &["job", "show", "2"]).out;
    assert!(
        shown.contains("nobody") && shown.contains("no such customer user"),
        "{shown}"
    );
    assert_eq!(done(data, &who).json()["total"], 2);
    let undone = done(data, &["job", "undo", "2"]).out;
    assert!(undone.contains("1 changed"), "{undone}");
    assert_eq!(done(data, &who).json()["total"], 3);
    let none = done(data, &["job", "templates"]).out;
    assert!(none.contains("no templates"), "{none}");
    let list = done(data, &["job", "list", "--json"]).json();
    assert_eq!(list["items"][0]["undoes"], 2);
    assert_eq!(list["items"].as_array().unwrap().len(), 3);
    let over = done(data, &["job", "stop", "1", "--json"]).json();
    assert_eq!(over["state"], "done", "what is over stays as it is");
    for (arguments, exit) in [
        (vec!["bulk", "--search", ""], 2),
        (vec!["bulk", "--give-service", "Mail"], 2),
        (vec!["bulk", "--search", "", "--give-group", "Support"], 2),
        (vec!["bulk", "--search", "", "--give-service", "Nothing"], 1),
        (vec!["bulk", "--search", "", "--template", "Nothing"], 3),
        (vec!["job", "show", "99"], 3),
        (vec!["job", "undo", "99"], 3),
    ] {
        assert_eq!(run(data, &arguments).exit, exit, "{arguments:?}");
    }
}

#[test]
fn fields_of_many_people_are_set_and_replaced_and_lists_are_files() {
    let data = tempdir().unwrap();
    let data = data.path();
    world(data);
    person(data, "ola");
    let set = [
        "bulk",
        "--search",
        "",
        "--set",
        "UserCity=Łódź",
        "--replace",
        "UserLastname",
        "Żak",
        "Rak",
    ];
    let preview = done(data, &[&set[..], &["--dry-run"]].concat()).out;
    assert!(preview.contains("3 would change"), "{preview}");
    let said = done(data, &set).out;
    assert!(said.contains("3 changed"), "{said}");
    let csv = done(data, &["customer-user", "list", "--csv"]).out;
    let mut lines = csv.lines();
    let head = lines.next().unwrap();
    assert!(
        head.starts_with('"') && head.contains("\"UserCity\"") && head.ends_with("\"Source\""),
        "{head}"
    );
    assert!(!head.contains("UserPassword"), "{head}");
    let rows: Vec<&str> = lines.collect();
    assert_eq!(rows.len(), 3, "{csv}");
    assert!(
        rows.iter()
            .all(|row| row.contains("\"Łódź\"") && row.contains("\"Rak\"")),
        "{csv}"
    );
    let all = done(data, &["customer-user", "list", "--all"]).out;
    assert!(all.contains("3 found"), "{all}");
    let told = done(data, &["job", "list"]).out;
    assert!(told.contains("set UserCity to \"Łódź\""), "{told}");
    let undone = done(data, &["job", "undo", "1"]).out;
    assert!(undone.contains("3 changed"), "{undone}");
    let back = done(data, &["customer-user", "list", "--csv"]).out;
    assert!(!back.contains("Łódź") && back.contains("\"Żak\""), "{back}");
    for wrong in [
        vec![
            "bulk",
            "--search",
            "",
            "--set",
            "UserCity=x",
            "--give-service",
            "Mail",
        ],
        vec!["bulk", "--search", "", "--replace", "UserCity", "x"],
        vec!["customer-user", "list", "--csv", "--json"],
        vec!["customer-user", "list", "--all", "--limit", "2"],
    ] {
        assert_eq!(run(data, &wrong).exit, 2, "{wrong:?}");
    }
    let unknown = ["bulk", "--search", "", "--set", "UserLogin=x"];
    assert_eq!(run(data, &unknown).exit, 1);
}
