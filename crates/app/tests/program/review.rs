//! Access reviews at the terminal.

use tempfile::tempdir;

use crate::access::world;
use crate::run::{done, run};

#[test]
fn a_review_is_started_decided_signed_off_and_exported() {
    let data = tempdir().unwrap();
    let data = data.path();
    world(data);
    for holder in [["--customer", "ACME"], ["--person", "anna"]] {
        let give = ["permissions", "give", "Support", "ro"];
        done(data, &[&give[..], &holder].concat());
    }
    let start = ["review", "start", "--group", "Support"];
    let preview = done(data, &[&start[..], &["--dry-run"]].concat()).out;
    assert!(
        preview.contains("2 grants of group \"Support\""),
        "{preview}"
    );
    let begun = done(data, &[&start[..], &["--note", "2030", "--json"]].concat()).json();
    assert_eq!(
        (&begun["id"], &begun["counts"]["items"]),
        (&1.into(), &2.into())
    );
    assert_eq!(run(data, &start).exit, 1, "it is under way already");
    let shown = done(data, &["review", "show", "1"]).out;
    assert!(shown.contains("0 of 2 decided"), "{shown}");
    assert!(shown.contains("also through \"ACME\""), "{shown}");
    let early = run(data, &["review", "sign-off", "1"]);
    assert!(
        early.exit == 1 && early.err.contains("2 are not decided yet"),
        "{early:?}"
    );
    let revoke = [
        "review",
        "decide",
        "1",
        "revoke",
        "--item",
        "1",
        "--comment",
        "=gone",
    ];
    assert_eq!(
        done(data, &[&revoke[..], &["--json"]].concat()).json()["changed"],
        1
    );
    let wrong = run(data, &["review", "decide", "1", "revoke", "--item", "7"]);
    assert!(wrong.exit == 1 && wrong.err.contains("item 7"), "{wrong:?}");
    let rest = [
        "review",
        "decide",
        "1",
        "confirm",
        "--all",
        "--only",
        "undecided",
    ];
    assert!(
        done(data, &rest)
            .out
            .contains("2 of 2 decided, 1 to revoke")
    );
    let preview = done(data, &["review", "sign-off", "1", "--dry-run"]).out;
    // anna keeps it by herself.
    assert!(
        preview.contains("1 person of 1 customer loses ro"),
        "{preview}"
    );
    let signed = done(
        data,
        &["review", "sign-off", "1", "--note", "done", "--json"],
    )
    .json();
    assert_eq!(signed["state"], "signed-off");
    assert_eq!(signed["result"]["revoked"], 1);
    let who = done(data, &["permissions", "who", "Support", "ro", "--json"]).json();
    assert_eq!(who["total"], 1);
    let csv = done(data, &["review", "export", "1"]).out;
    assert!(
        csv.contains("\"'=gone\"") && csv.contains("\"revoked\""),
        "{csv}"
    );
    let file = data.join("review.json");
    let to = ["review", "export", "1", "--format", "json", "--output"];
    done(data, &[&to[..], &[file.to_str().unwrap()]].concat());
    let kept: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!(kept["items"][1]["outcome"], "kept");
    assert!(done(data, &["journal", "verify"]).out.contains("unbroken"));
    let of_customer = ["review", "start", "--customer", "ACME"];
    done(data, &of_customer);
    done(data, &["review", "cancel", "2"]);
    let listed = done(data, &["review", "list"]).out;
    assert!(
        listed.contains("cancelled") && listed.contains("signed-off"),
        "{listed}"
    );
    for (arguments, exit) in [
        (vec!["review", "show", "9"], 3),
        (vec!["review", "start", "--group", "Nowhere"], 3),
        (vec!["review", "start"], 2),
        (vec!["review", "decide", "1", "confirm"], 2),
        (vec!["review", "decide", "1", "confirm", "--item", "1"], 1),
        (vec!["review", "take-in", "1"], 1),
    ] {
        assert_eq!(run(data, &arguments).exit, exit, "{arguments:?}");
    }
}
