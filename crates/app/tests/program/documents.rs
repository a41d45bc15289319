//! What the terminal prints for programs is what REST answers.

use serde_json::{Value, json};
use tempfile::tempdir;

use crate::access::{after_latest, world};
use crate::http;
use crate::run::{Server, done, token};

#[tokio::test]
async fn the_terminal_prints_what_rest_answers() {
    let data = tempdir().unwrap();
    let data = data.path();
    world(data);
    done(data, &["service", "add", "Mail"]);
    let group = ["permissions", "give", "Support", "rw"];
    let whom = ["--person", "anna", "--customer", "OTHER"];
    done(data, &[&group[..], &whom].concat());
    let bulk = ["bulk", "--search", "żak", "--give-service", "Mail"];
    done(data, &bulk);
    let at = after_latest(data).await;
    let take = ["permissions", "take", "Support", "rw", "--person", "anna"];
    done(data, &take);
    let today = after_latest(data).await;
    let server = Server::start(data, &["serve"]);
    let token = token(data, "t", "admin");
    let answered = |method: &str, path: &str, body: Option<&Value>| {
        let path = format!("/api/v1/{path}");
        let answer = http::send(&server.address, method, &path, Some(&token), body).unwrap();
        assert!((200..300).contains(&answer.status), "{path}: {answer:?}");
        answer.json()
    };
    let printed = |words: &str| {
        let words: Vec<&str> = words.split(' ').chain(["--json"]).collect();
        done(data, &words).json()
    };
    let (then, both) = (
        format!("--as-of {at}"),
        format!("--as-of {at} --compare {today}"),
    );
    let (of_then, of_both) = (format!("as_of={at}"), format!("as_of={at}&compare={today}"));
    for (terminal, rest) in [
        (
            "who Support ro",
            "groups/Support/permissions?permission=ro".to_owned(),
        ),
        (
            "who Support ro --customers",
            "groups/Support/customers?permission=ro".to_owned(),
        ),
        (
            &format!("who Support rw {then}"),
            format!("groups/Support/permissions?permission=rw&{of_then}"),
        ),
        (
            &format!("who Support rw {both}"),
            format!("groups/Support/permissions?permission=rw&{of_both}"),
        ),
        (
            &format!("who Support rw --customers {then}"),
            format!("groups/Support/customers?permission=rw&{of_then}"),
        ),
        (
            &format!("who Support rw --customers {both}"),
            format!("groups/Support/customers?permission=rw&{of_both}"),
        ),
        (
            &format!("show anna {both}"),
            format!("customer-users/anna/permissions?{of_both}"),
        ),
        (
            &format!("show --customer OTHER {both}"),
            format!("customers/OTHER/permissions?{of_both}"),
        ),
        (
            "explain anna Support rw",
            "customer-users/anna/permissions?group=Support&permission=rw".to_owned(),
        ),
    ] {
        let said = printed(&format!("permissions {terminal}"));
        assert_eq!(said, answered("GET", &rest, None), "{terminal}");
    }
    for (terminal, rest) in [
        ("customer-user list", "customer-users"),
        ("customer-user search anna", "customer-users?search=anna"),
        ("customer list --valid all", "customers?valid=all"),
        ("group list", "groups"),
        ("job list", "jobs"),
        ("job templates", "job-templates"),
    ] {
        assert_eq!(printed(terminal), answered("GET", rest, None), "{terminal}");
    }

    // What stands in headers there stands in the document here; the people of a job in the document of the job.
    let mut anna = printed("customer-user show anna");
    let version = anna.as_object_mut().unwrap().shift_remove("version");
    assert!(version.is_some_and(|version| version.is_string()));
    assert_eq!(anna, answered("GET", "customer-users/anna", None));
    let mut job = printed("job show 1 --state all");
    let people = answered("GET", "jobs/1/items", None);
    for part in ["items", "next"] {
        let said = job.as_object_mut().unwrap().shift_remove(part);
        assert_eq!(said.as_ref(), Some(&people[part]));
    }
    assert_eq!(job, answered("GET", "jobs/1", None));

    // Dry runs.
    let phone = json!({"UserPhone": "1"});
    let planned = answered("PATCH", "customer-users/anna?dry_run=true", Some(&phone));
    let edit = "customer-user edit anna --set UserPhone=1 --dry-run";
    assert_eq!(printed(edit), planned);
    let change = json!({"relation": "person-group", "login": "jan", "group": "Support", "permission": "ro",
        "given": true});
    let wanted = json!({"changes": [change]});
    let planned = answered("POST", "relations?dry_run=true", Some(&wanted));
    let give = "permissions give Support ro --person jan --dry-run";
    assert_eq!(printed(give), planned);
    let change = json!({"relation": "service", "service": "Mail", "given": false});
    let wanted = json!({"select": {"search": "anna"}, "changes": [change]});
    let planned = answered("POST", "jobs?dry_run=true", Some(&wanted));
    let bulk = "bulk --search anna --take-service Mail --dry-run";
    assert_eq!(printed(bulk), planned);
    let wanted = json!({"other_customers": true});
    let planned = answered("PATCH", "settings/access?dry_run=true", Some(&wanted));
    let set = "settings access set other_customers=on --dry-run";
    assert_eq!(printed(set), planned);
}
