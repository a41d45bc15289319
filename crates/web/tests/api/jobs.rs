//! Jobs in REST: what a dry run says, the job does; it is followed, stopped and taken back.

use axum::http::Method;
use kartoteka_jobs::Worker;
use serde_json::{Value, json};

use super::access::{admin, all, world};
use super::desk::{Desk, Reply, bearer};

const JOBS: &str = "/api/v1/jobs";

/// Works on jobs as a server does.
fn serve(desk: &Desk) {
    let directory = desk.directory.clone();
    tokio::spawn(async move { Worker::of(&directory).work_on_jobs().await });
}

async fn look(desk: &Desk, path: &str) -> Reply {
    let authorization = bearer(&desk.editor);
    let headers = [("authorization", authorization.as_str())];
    desk.send(Method::GET, path, &headers, "").await
}

/// The job once it is over.
async fn over(desk: &Desk, path: &str) -> Value {
    loop {
        let job = look(desk, path).await;
        assert_eq!(job.status, 200, "{}", job.text);
        if ["done", "stopped", "failed"].contains(&job.json["state"].as_str().unwrap_or_default()) {
            return job.json;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

fn group(group: &str, permission: &str, given: bool) -> Value {
    json!({"relation": "person-group", "group": group, "permission": permission, "given": given})
}

#[tokio::test]
async fn a_job_is_previewed_ordered_followed_and_taken_back() {
    let desk = world().await;
    let body = json!({
        "select": {"search": "nowak", "customer": "MUSTER", "fields": {"UserFirstname": "An*"}},
        "changes": [
            group("support", "ro", true),
            {"relation": "customer", "customer": "ANDERE", "given": true},
            {"relation": "service", "service": "IT", "given": true},
        ],
    });
    let dry = admin(&desk, "/api/v1/jobs?dry_run=true", &body).await;
    assert_eq!(dry.status, 200, "{}", dry.text);
    let counts =
        |json: &Value| ["total", "changed", "already", "refused"].map(|one| json[one].as_u64());
    assert_eq!(counts(&dry.json), [Some(2), Some(2), Some(0), Some(0)]);
    let effects = dry.json["effects"].as_array().expect("effects");
    let ro = json!({"effect": "permission", "group": "support", "permission": "ro", "gained": true, "people": 2});
    assert!(effects.contains(&ro), "{}", dry.text);
    let listed = look(&desk, JOBS).await;
    assert_eq!(
        listed.json,
        json!({"items": [], "next": null}),
        "nothing was written"
    );

    let ordered = admin(&desk, JOBS, &body).await;
    assert_eq!(ordered.status, 202, "{}", ordered.text);
    let path = ordered.header("location").to_owned();
    assert_eq!(path, format!("/api/v1/jobs/{}", ordered.json["id"]));
    assert_eq!(ordered.json["select"]["customer"], "MUSTER");
    assert_eq!(ordered.json["changes"], body["changes"]);
    serve(&desk);
    let done = over(&desk, &path).await;
    assert_eq!(
        (&done["state"], &done["who"]),
        (&json!("done"), &json!("token:admin"))
    );
    assert_eq!(counts(&done), counts(&dry.json));
    let items = look(&desk, &format!("{path}/items?state=changed&limit=1")).await;
    assert_eq!(all(&items, "UserLogin"), ["anna"]);
    assert!(items.json["items"][0]["journal"].is_i64(), "{}", items.text);
    let next = format!("{path}/items?state=changed&after={}", items.json["next"]);
    assert_eq!(all(&look(&desk, &next).await, "UserLogin"), ["berta"]);
    let has = desk.get("/api/v1/customer-users/anna/permissions").await;
    assert_eq!(has.json["groups"][0]["group"], "support");
    let history = desk.get("/api/v1/customer-users/anna/history").await;
    let entries = history.json["items"].as_array().expect("entries");
    let jobs: Vec<&Value> = entries.iter().map(|entry| &entry["job"]).collect();
    assert_eq!(jobs[0], &done["id"], "{}", history.text);
    assert!(jobs.contains(&&Value::Null), "{}", history.text);

    let undo = format!("{path}/undo");
    let authorization = bearer(&desk.admin);
    let headers = [
        ("authorization", authorization.as_str()),
        ("idempotency-key", "undo-1"),
    ];
    let dry = format!("{undo}?dry_run=true");
    let dry = desk.send(Method::POST, &dry, &headers, "").await;
    assert_eq!(counts(&dry.json), [Some(2), Some(2), Some(0), Some(0)]);
    let first = desk.send(Method::POST, &undo, &headers, "").await;
    assert_eq!(first.status, 202, "{}", first.text);
    let again = desk.send(Method::POST, &undo, &headers, "").await;
    assert_eq!(
        again.json["id"], first.json["id"],
        "under its key it is done once"
    );
    let undone = over(&desk, first.header("location")).await;
    assert_eq!(
        (&undone["undoes"], &undone["changed"]),
        (&done["id"], &json!(2))
    );
    let has = desk.get("/api/v1/customer-users/anna/permissions").await;
    assert_eq!(has.json["groups"], json!([]));
    let listed = look(&desk, "/api/v1/jobs?limit=1").await;
    assert_eq!(listed.json["items"][0]["id"], undone["id"]);
    let before = format!("/api/v1/jobs?before={}", listed.json["next"]);
    assert_eq!(
        look(&desk, &before).await.json["items"][0]["id"],
        done["id"]
    );
}

#[tokio::test]
async fn refused_people_are_told_with_the_reason() {
    let desk = world().await;
    serve(&desk);
    let body = json!({
        "select": {"logins": ["nobody", "anna", "ANNA"]},
        "changes": [group("support", "ro", true)],
    });
    let ordered = admin(&desk, JOBS, &body).await;
    let done = over(&desk, ordered.header("location")).await;
    assert_eq!((&done["changed"], &done["refused"]), (&json!(1), &json!(1)));
    let path = format!("{}/items?state=refused", ordered.header("location"));
    let refused = look(&desk, &path).await;
    let item = &refused.json["items"][0];
    assert_eq!(item["UserLogin"], "nobody");
    assert_eq!(
        (&item["errors"][0]["field"], &item["errors"][0]["code"]),
        (&json!("login"), &json!("unknown-person")),
        "{}",
        refused.text
    );
}

#[tokio::test]
async fn fields_are_set_and_replaced_for_many() {
    let desk = world().await;
    let body = json!({
        "select": {"search": "nowak", "customer": "MUSTER"},
        "fields": [
            {"field": "UserCity", "value": "Łódź"},
            {"field": "UserLastname", "replace": "nowak", "by": "Kowal"},
        ],
    });
    let dry = admin(&desk, "/api/v1/jobs?dry_run=true", &body).await;
    assert_eq!(dry.status, 200, "{}", dry.text);
    let changed = dry.json["changed"].as_u64().unwrap();
    assert!(changed > 0 && dry.json["refused"] == 0, "{}", dry.text);
    let ordered = admin(&desk, JOBS, &body).await;
    assert_eq!(ordered.status, 202, "{}", ordered.text);
    assert_eq!(ordered.json["fields"], body["fields"]);
    serve(&desk);
    let path = ordered.header("location").to_owned();
    let done = over(&desk, &path).await;
    assert_eq!(done["changed"], changed);
    let found = look(&desk, "/api/v1/customer-users?search=kowal").await;
    assert_eq!(found.json["total"], changed, "{}", found.text);
    assert_eq!(found.json["items"][0]["UserCity"], "Łódź");
    let undo = admin(&desk, &format!("{path}/undo"), &json!({})).await;
    let undone = over(&desk, undo.header("location")).await;
    assert_eq!(undone["changed"], changed);
    let back = look(&desk, "/api/v1/customer-users?search=kowal").await;
    assert_eq!(back.json["total"], 0, "{}", back.text);
}

#[tokio::test]
async fn mistakes_have_places_and_others_jobs_are_theirs() {
    let desk = world().await;
    let everybody = json!({"search": ""});
    for (body, expected) in [
        (
            json!({"select": {}, "changes": []}),
            vec!["/select/logins either-or"],
        ),
        (
            json!({"select": everybody, "changes": []}),
            vec!["/changes required"],
        ),
        (
            json!({"select": everybody, "changes": [group("support", "ro", true), group("x", "ro", true)]}),
            vec!["/changes/1/group unknown-group"],
        ),
        (
            json!({"select": {"search": "", "fields": {"Nothing": "x"}}, "changes": [group("support", "ro", true)]}),
            vec!["/select/fields/Nothing unknown-field"],
        ),
        (
            json!({"select": {"search": "", "source": "x"}, "changes": [group("support", "ro", true)]}),
            vec!["/select/source not-a-choice"],
        ),
        (
            json!({"select": everybody, "changes": [], "fields": [{"field": "UserCity", "value": "x"}]}),
            vec!["/fields either-or"],
        ),
        (
            json!({"select": everybody, "fields": [{"field": "UserCity"}, {"field": "UserLogin", "value": "x"}]}),
            vec!["/fields/0/value required"],
        ),
        (
            json!({"select": everybody, "fields": [
                {"field": "UserCity", "replace": "", "by": "x"}, {"field": "UserLogin", "value": "x"},
            ]}),
            vec![
                "/fields/0/replace required",
                "/fields/1/field unknown-field",
            ],
        ),
        (
            json!({"select": everybody, "fields": []}),
            vec!["/fields required"],
        ),
    ] {
        for path in [JOBS, "/api/v1/jobs?dry_run=true"] {
            let refused = admin(&desk, path, &body).await;
            assert_eq!(refused.status, 422, "{}", refused.text);
            let errors = refused.json["errors"].as_array().expect("errors").iter();
            let told = errors.map(|error| {
                let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
                format!("{} {}", text("pointer"), text("code"))
            });
            assert_eq!(told.collect::<Vec<_>>(), expected, "{}", refused.text);
        }
    }
    let malformed =
        json!({"select": {"search": "a AND OR b"}, "changes": [group("support", "ro", true)]});
    assert_eq!(admin(&desk, JOBS, &malformed).await.status, 400);
    // What an editor's token may not give by hand, it may not give to many; readers see no jobs.
    let body = json!({"select": everybody, "changes": [group("support", "ro", true)]});
    let refused = desk.post(JOBS, &body).await;
    assert_eq!(refused.mistakes(), ["group not-your-group"]);
    assert_eq!(desk.get(JOBS).await.status, 403);
    let ordered = admin(&desk, JOBS, &body).await;
    let path = ordered.header("location").to_owned();
    let stop = desk.post(&format!("{path}/stop"), &json!({})).await;
    assert_eq!(stop.status, 403);
    let early = desk.post(&format!("{path}/undo"), &json!({})).await;
    assert_eq!(early.mistakes(), ["job not-now"]);
    let stop = admin(&desk, &format!("{path}/stop"), &json!({})).await;
    assert_eq!(
        (stop.status.as_u16(), &stop.json["state"]),
        (200, &json!("stopped"))
    );
    for path in ["/api/v1/jobs/99", "/api/v1/jobs/x", "/api/v1/jobs/99/items"] {
        assert_eq!(look(&desk, path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn templates_are_kept_and_used() {
    let desk = world().await;
    const TEMPLATES: &str = "/api/v1/job-templates";
    let body = json!({"name": "New", "changes": [group("support", "ro", true)]});
    let made = admin(&desk, TEMPLATES, &body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let path = made.header("location").to_owned();
    assert_eq!(made.json["changes"], body["changes"]);
    assert_eq!(
        admin(&desk, TEMPLATES, &body).await.mistakes(),
        ["name taken"]
    );
    let wrong = json!({"name": "X", "changes": [group("nothing", "ro", true)]});
    assert_eq!(
        admin(&desk, TEMPLATES, &wrong).await.mistakes(),
        ["group unknown-group"]
    );
    let authorization = bearer(&desk.admin);
    let headers = [
        ("authorization", authorization.as_str()),
        ("content-type", "application/json"),
    ];
    let changes = json!({"changes": [group("sales", "ro", true)]}).to_string();
    let patched = desk.send(Method::PATCH, &path, &headers, changes).await;
    assert_eq!(
        (patched.status.as_u16(), &patched.json["name"]),
        (200, &json!("New")),
        "{}",
        patched.text
    );
    let listed = look(&desk, TEMPLATES).await;
    assert_eq!(listed.json["items"][0]["changes"][0]["group"], "sales");
    let body = json!({"select": {"logins": ["anna"]}, "template": "New"});
    let dry = admin(&desk, "/api/v1/jobs?dry_run=true", &body).await;
    assert_eq!(dry.json["effects"][0]["group"], "sales", "{}", dry.text);
    // An editor's token may not give what the template does.
    let refused = desk.post(JOBS, &body).await;
    assert_eq!(refused.mistakes(), ["template not-your-group"]);
    let unknown = json!({"select": {"logins": ["anna"]}, "template": "Old"});
    assert_eq!(
        admin(&desk, JOBS, &unknown).await.mistakes(),
        ["template not-a-choice"]
    );
    let gone = desk.send(Method::DELETE, &path, &headers, "").await;
    assert_eq!(gone.status, 204);
    assert_eq!(
        desk.send(Method::DELETE, &path, &headers, "").await.status,
        404
    );
}
