//! Fields that are added and changed by REST.

use axum::http::Method;
use serde_json::{Value, json};

use super::access::as_admin;
use super::desk::Desk;

const PATH: &str = "/api/v1/fields";
const ROOM: &str = "/api/v1/fields/CustomerUser/UserRoom";

#[tokio::test]
async fn a_field_is_added_as_a_dry_run_said_changed_and_taken_out() {
    let desk = Desk::with(|_| {}).await;
    let body = json!({
        "source": "CustomerUser", "name": "UserRoom", "column": "room", "size": 250, "label": "Pokój",
        "labels": {"de": "Zimmer"}, "shown": "also-lite",
    });
    let dry = as_admin(&desk, Method::POST, &format!("{PATH}?dry_run=true"), &body).await;
    assert_eq!(dry.status, 200, "{}", dry.text);
    assert_eq!(dry.json["errors"], json!([]));
    let sql = dry.json["effects"][0]["sql"].as_str().unwrap();
    assert!(sql.contains("VARCHAR(250)"), "{sql}");
    let added = as_admin(&desk, Method::POST, PATH, &body).await;
    assert_eq!(added.status, 201, "{}", added.text);
    assert_eq!(added.json["field"]["origin"], "added");
    assert_eq!(added.json["changes"], dry.json["changes"]);
    let again = as_admin(&desk, Method::POST, PATH, &body).await;
    assert_eq!(again.status, 422, "{}", again.text);
    assert_eq!(
        again.json["errors"][0]["code"], "field-there",
        "{}",
        again.text
    );

    let body = json!({"position": 1, "required": true});
    let changed = as_admin(&desk, Method::PATCH, ROOM, &body).await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    assert_eq!(changed.json["field"]["position"], 1);
    let shown = as_admin(
        &desk,
        Method::GET,
        &format!("{PATH}/CustomerUser"),
        &Value::Null,
    )
    .await;
    assert_eq!(
        shown.json["fields"][0]["name"], "UserRoom",
        "{}",
        shown.text
    );
    assert_eq!(shown.json["number"], 2);
    let removed = as_admin(&desk, Method::DELETE, ROOM, &json!({})).await;
    assert_eq!(removed.status, 200, "{}", removed.text);
    assert_eq!(removed.json["effects"][0]["effect"], "keeps-data");
    let gone = as_admin(&desk, Method::DELETE, ROOM, &json!({})).await;
    assert_eq!(gone.status, 404, "{}", gone.text);
}

#[tokio::test]
async fn members_that_are_wrong_are_named() {
    let desk = Desk::with(|_| {}).await;
    let body = json!({"name": 7, "colour": "red", "shown": "sometimes", "required": "yes"});
    let wrong = as_admin(&desk, Method::POST, PATH, &body).await;
    assert_eq!(wrong.status, 422, "{}", wrong.text);
    for member in ["source", "name", "colour", "shown", "required"] {
        assert!(
            wrong.text.contains(&format!("/{member}\"")),
            "{member} {}",
            wrong.text
        );
    }
    let body = json!({"label": "x"});
    let path = "/api/v1/fields/Nowhere/UserRoom";
    let nowhere = as_admin(&desk, Method::PATCH, path, &body).await;
    assert_eq!(nowhere.status, 404, "{}", nowhere.text);
}
