//! How sources are, what a test of one finds, and keys that several have.

use std::path::Path;

use kartoteka_directory::Kind;
use kartoteka_model::source::CsvFile;
use kartoteka_model::{CustomerUserSource, Field, FieldMap};
use serde_json::json;

use super::desk::{Desk, bearer};

/// People of a file beside the table.
pub fn of_file(file: &Path) -> CustomerUserSource {
    let mut source = CustomerUserSource::shipped();
    source.spec.id = "CustomerUser1".into();
    source.spec.name = "Filia".into();
    source.spec.origin = CsvFile {
        file: file.to_owned(),
    }
    .into();
    source.spec.key = "login".into();
    source.spec.valid = None;
    source.spec.search_fields = vec!["login".into(), "last".into()];
    source.spec.list_fields = vec!["last".into()];
    source.spec.map = FieldMap(
        [
            ("UserLogin", "login"),
            ("UserFirstname", "first"),
            ("UserLastname", "last"),
            ("UserEmail", "mail"),
            ("UserCustomerID", "firm"),
        ]
        .map(|(name, column)| Field::new(name, name, column))
        .to_vec(),
    );
    source.customer_id = "firm".into();
    source.sender_fields = vec!["mail".into()];
    source.name_fields = vec!["first".into(), "last".into()];
    source.email_unique = false;
    source
}

const PEOPLE: &str = "login,first,last,mail,firm\nola,Ola,Lis,ola@lab.example,MUSTER\nEWA,Ewa,Inna,e@lab.example,MUSTER\n";

#[tokio::test]
async fn sources_say_how_they_are_and_what_is_wrong() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("people.csv");
    let (without, _) = PEOPLE.split_once("EWA").expect("two people");
    std::fs::write(&file, without).expect("a file");
    let source = of_file(&file);
    let desk = Desk::with(|settings| settings.customer_users.push(source)).await;
    let made = desk.person("ewa").await;
    assert_eq!(made.status, 201, "{}", made.text);
    desk.directory.wait_for_index().await.expect("an index");
    // Somebody adds a login to the file that the table has.
    std::fs::write(&file, PEOPLE).expect("a file");
    for _ in 0..100 {
        let kind = Kind::CustomerUser;
        let looked = desk.directory.sync_external_changes(kind).await;
        looked.expect("both answer");
        let one = desk.get("/api/v1/sources/CustomerUser1").await;
        if one.json["conflicts"] == 1 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let list = desk.get("/api/v1/sources").await;
    assert_eq!(list.status, 200, "{}", list.text);
    let ids = list.json["items"].as_array().expect("items").iter();
    let ids: Vec<_> = ids.map(|one| one["id"].as_str().expect("an id")).collect();
    assert_eq!(ids, ["CustomerUser", "CustomerUser1", "CustomerCompany"]);
    let [table, csv] = [0, 1].map(|at| &list.json["items"][at]);
    assert_eq!(table["tells_changes"], "journal");
    assert_eq!(
        (&table["writable"], &csv["writable"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(
        (&csv["module"], &csv["answers"]),
        (&json!("CSV"), &json!(true))
    );
    assert_eq!(
        (&table["valid"], &csv["valid"]),
        (&json!(1), &json!(1)),
        "{}",
        list.text
    );
    assert!(csv["latency_ms"].is_u64() && csv["last_error"].is_null());
    // Of the login that both have the first speaks, in whatever case.
    assert_eq!(
        (&table["conflicts"], &csv["conflicts"]),
        (&json!(1), &json!(1))
    );
    let shared = desk.get("/api/v1/sources/CustomerUser1/conflicts").await;
    let is =
        json!({"key": "ewa", "first": "CustomerUser", "later": "CustomerUser1", "unsure": false});
    assert_eq!(
        (&shared.json["items"], &shared.json["total"]),
        (&json!([is]), &json!(1))
    );
    let one = desk.get("/api/v1/sources/CustomerUser1").await;
    assert_eq!(one.json["fields"][0]["column"], "login");
    assert_eq!(desk.get("/api/v1/sources/CustomerUser7").await.status, 404);
    let bad = desk
        .get("/api/v1/sources/CustomerUser1/conflicts?after=x")
        .await;
    assert_eq!(bad.status, 400, "{}", bad.text);

    let tested = desk
        .post("/api/v1/sources/CustomerUser1/test", &json!({}))
        .await;
    assert_eq!(tested.status, 403, "{}", tested.text);
    let authorization = bearer(&desk.admin);
    let headers = [
        ("authorization", authorization.as_str()),
        ("content-type", "application/json"),
    ];
    let order = async |id: &str, what: &str| {
        let path = format!("/api/v1/sources/{id}/{what}");
        desk.send(axum::http::Method::POST, &path, &headers, "")
            .await
    };
    let tested = order("CustomerUser1", "test").await;
    assert_eq!(tested.status, 200, "{}", tested.text);
    assert_eq!(tested.json["outcome"], "passed", "{}", tested.text);
    let tested = order("CustomerUser", "test").await;
    assert_eq!(tested.json["outcome"], "passed", "{}", tested.text);
    assert!(tested.text.contains("SELECT") && !tested.text.contains("UserPassword"));
    let refreshed = order("CustomerUser1", "refresh").await;
    assert_eq!(refreshed.status, 202, "{}", refreshed.text);

    // The conflict is mended where it is kept, and the file goes away.
    std::fs::write(&file, PEOPLE.replace("EWA", "iza")).expect("a file");
    let kind = Kind::CustomerUser;
    let mut shared = desk.get("/api/v1/sources/CustomerUser1/conflicts").await;
    for _ in 0..100 {
        if shared.json["total"] == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        shared = desk.get("/api/v1/sources/CustomerUser1/conflicts").await;
    }
    assert_eq!(shared.json["total"], 0, "{}", shared.text);
    std::fs::remove_file(&file).expect("removed");
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    let looked = desk.directory.sync_external_changes(kind).await;
    looked.expect("the others answer");
    let one = desk.get("/api/v1/sources/CustomerUser1").await;
    assert_eq!(one.json["answers"], false, "{}", one.text);
    assert_eq!(one.json["last_error"]["finding"], "no-file", "{}", one.text);
    let tested = order("CustomerUser1", "test").await;
    assert_eq!(tested.json["outcome"], "failed");
    let step = &tested.json["steps"][0];
    assert_eq!(step["findings"][0]["finding"], "no-file");
    assert!(step["findings"][0]["remedy"].is_string(), "{step}");
    let refused = order("CustomerUser1", "refresh").await;
    assert_eq!(refused.status, 503, "{}", refused.text);
}
