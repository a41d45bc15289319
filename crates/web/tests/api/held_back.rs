//! What logins had that are other people's now, by REST.

use axum::http::Method;
use serde_json::{Value, json};

use super::access::{as_admin, relate};
use super::desk::{Desk, bearer};
use crate::staff;

const LIST: &str = "/api/v1/sources/held-back";
const SOURCE: &str = "/api/v1/sources/CustomerUser1/held-back";

fn further(login: &str) -> Value {
    json!({"relation": "customer", "login": login, "customer": "ANDERE", "given": true})
}

#[tokio::test]
async fn what_is_held_back_is_listed_given_and_removed() {
    let (source, rows, _folder) = staff::numbered().await;
    let desk = Desk::with(|settings| settings.customer_users.push(source)).await;
    let other = json!({"CustomerID": "ANDERE", "CustomerCompanyName": "Andere AG"});
    assert_eq!(desk.post("/api/v1/customers", &other).await.status, 201);
    staff::compare(&desk.directory).await;
    relate(&desk, json!([further("u3"), further("u4")])).await;
    staff::compare(&desk.directory).await;
    staff::make_anew(&rows, "u3").await;
    staff::compare(&desk.directory).await;

    let listed = as_admin(&desk, Method::GET, LIST, &Value::Null).await;
    assert_eq!(listed.json["count"], 1, "{}", listed.text);
    let one = &listed.json["items"][0];
    assert_eq!(
        (&one["UserLogin"], &one["source_name"]),
        (&json!("u3"), &json!("Staff"))
    );
    assert_eq!(
        one["given"],
        json!([{"kind": "customer", "name": "ANDERE"}]),
        "{}",
        listed.text
    );
    assert_ne!(one["identity"], one["identity_now"]);

    // Who may not, and what is not there.
    let editor = bearer(&desk.editor);
    let headers = [("authorization", editor.as_str())];
    let path = format!("{SOURCE}/give?login=u3");
    let refused = desk.send(Method::POST, &path, &headers, "").await;
    assert_eq!(refused.status, 403, "{}", refused.text);
    let unknown = as_admin(
        &desk,
        Method::POST,
        &format!("{SOURCE}/give?login=u4"),
        &json!({}),
    )
    .await;
    assert_eq!(unknown.status, 404, "{}", unknown.text);
    let misspelled = as_admin(
        &desk,
        Method::POST,
        &format!("{SOURCE}/give?logni=u3"),
        &json!({}),
    )
    .await;
    assert_eq!(misspelled.status, 400, "{}", misspelled.text);

    let given = as_admin(&desk, Method::POST, &path, &json!({})).await;
    assert_eq!(given.json, json!({"decided": 1}), "{}", given.text);
    let customers = "/api/v1/customer-users/u3/customers";
    let theirs = as_admin(&desk, Method::GET, customers, &Value::Null).await;
    assert!(theirs.text.contains("ANDERE"), "{}", theirs.text);

    staff::make_anew(&rows, "u4").await;
    staff::compare(&desk.directory).await;
    let path = format!("{SOURCE}/remove?login=u4");
    let removed = as_admin(&desk, Method::POST, &path, &json!({})).await;
    assert_eq!(removed.json, json!({"decided": 1}), "{}", removed.text);
    let customers = "/api/v1/customer-users/u4/customers";
    let theirs = as_admin(&desk, Method::GET, customers, &Value::Null).await;
    assert!(!theirs.text.contains("ANDERE"), "{}", theirs.text);
    let listed = as_admin(&desk, Method::GET, LIST, &Value::Null).await;
    assert_eq!(listed.json, json!({"count": 0, "items": []}));
}
