//! Groups and services: seen by readers, changed by admins, services as a tree.

use axum::http::Method;
use serde_json::{Value, json};

use super::desk::{Desk, Reply, bearer, part};

/// Writes as admin.
async fn write(
    desk: &Desk,
    method: Method,
    path: &str,
    more: &[(&str, &str)],
    body: &Value,
) -> Reply {
    let authorization = bearer(&desk.admin);
    let mut headers = vec![
        ("authorization", authorization.as_str()),
        ("content-type", "application/json"),
    ];
    headers.extend(more);
    desk.send(method, path, &headers, body.to_string()).await
}

async fn post(desk: &Desk, path: &str, body: &Value) -> Reply {
    write(desk, Method::POST, path, &[], body).await
}

async fn patch(desk: &Desk, path: &str, body: &Value) -> Reply {
    write(desk, Method::PATCH, path, &[], body).await
}

fn keys(list: &Reply, field: &str) -> Vec<String> {
    let items = list.json["items"].as_array().into_iter().flatten();
    items
        .map(|item| item[field].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[tokio::test]
async fn a_group_is_added_found_changed_and_renamed() {
    let desk = Desk::open().await;
    let made = post(
        &desk,
        "/api/v1/groups",
        &json!({"Name": "Zespół A/B", "Comment": "Łódź"}),
    )
    .await;
    assert_eq!(made.status, 201, "{}", made.text);
    let path = "/api/v1/groups/Zesp%C3%B3%C5%82%20A%2FB";
    assert_eq!(made.header("location"), path);
    let read = desk.get(path).await;
    assert_eq!(
        (
            read.status.as_u16(),
            &read.json["Comment"],
            &read.json["ValidID"]
        ),
        (200, &json!("Łódź"), &json!("1"))
    );
    assert_eq!(read.header("etag"), made.header("etag"));
    let list = desk.get("/api/v1/groups?search=zespol&valid=all").await;
    assert_eq!(keys(&list, "Name"), ["Zespół A/B"], "{}", list.text);

    let dry = patch(
        &desk,
        &format!("{path}?dry_run=true"),
        &json!({"Name": "Support", "ValidID": 2}),
    )
    .await;
    assert_eq!(
        dry.json["effects"],
        json!([
            {"effect": "renames", "from": "Zespół A/B", "to": "Support"},
            {"effect": "changes-validity", "from": "valid", "to": "invalid"},
        ]),
        "{}",
        dry.text
    );
    assert_eq!(desk.get(path).await.status, 200, "nothing was written");
    let tag = made.header("etag").to_owned();
    let renamed = write(
        &desk,
        Method::PATCH,
        path,
        &[("if-match", &tag)],
        &json!({"Name": "Support"}),
    )
    .await;
    assert_eq!(renamed.status, 200, "{}", renamed.text);
    assert_eq!(desk.get(path).await.status, 404);
    let stale = write(
        &desk,
        Method::PATCH,
        "/api/v1/groups/Support",
        &[("if-match", &tag)],
        &json!({"Comment": "mine"}),
    )
    .await;
    assert_eq!(
        (
            stale.status.as_u16(),
            &stale.json["current"]["Name"],
            &stale.json["wanted"]["Comment"]
        ),
        (412, &json!("Support"), &json!("mine")),
        "{}",
        stale.text
    );
    let history = desk.get("/api/v1/groups/Support/history").await;
    let actions: Vec<&Value> = history.json["items"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|entry| &entry["action"])
        .collect();
    assert_eq!(actions, ["rename", "create"], "{}", history.text);
}

#[tokio::test]
async fn only_admins_write_and_the_groups_of_rights_stay() {
    let desk = Desk::open().await;
    for path in ["/api/v1/groups", "/api/v1/services"] {
        let refused = desk.post(path, &json!({"Name": "x"})).await;
        assert_eq!(
            (refused.status.as_u16(), &refused.json["needed_scope"]),
            (403, &json!("admin"))
        );
        assert_eq!(desk.get(path).await.status, 200);
    }
    let locked = patch(
        &desk,
        "/api/v1/groups/admin",
        &json!({"Name": "root", "ValidID": 2}),
    )
    .await;
    assert_eq!(
        (locked.status.as_u16(), locked.mistakes()),
        (
            422,
            vec![
                "Name carries-rights".into(),
                "ValidID carries-rights".into()
            ]
        )
    );
    let odd =
        json!({"Name": "users", "Parent": "x", "ValidID": "never", "generate_password": true});
    let wrong = post(&desk, "/api/v1/groups", &odd).await;
    assert_eq!(wrong.status, 422, "{}", wrong.text);
    assert_eq!(
        wrong.mistakes(),
        [
            "Name taken",
            "Parent unknown-field",
            "ValidID unknown-validity",
            "generate_password unknown-field",
        ]
    );
    let other = json!({"Name": "x", "Source": "service"});
    let elsewhere = post(&desk, "/api/v1/groups", &other).await;
    assert_eq!(elsewhere.mistakes(), ["Source not-a-choice"]);
}

#[tokio::test]
async fn lists_come_page_by_page() {
    let desk = Desk::open().await;
    for name in ["b", "a", "c", "d"] {
        post(&desk, "/api/v1/services", &json!({"Name": name})).await;
        post(
            &desk,
            "/api/v1/services",
            &json!({"Name": "x", "Parent": name}),
        )
        .await;
    }
    let (mut path, mut found) = ("/api/v1/services?limit=3".to_owned(), vec![]);
    loop {
        let page = desk.get(&path).await;
        assert_eq!(
            (&page.json["total"], &page.json["total_exact"]),
            (&json!(8), &json!(true)),
            "{}",
            page.text
        );
        found.extend(keys(&page, "FullName"));
        let Some(next) = page.json["next"].as_str() else {
            break;
        };
        path = format!("/api/v1/services?limit=3&after={next}");
    }
    assert_eq!(found, ["a", "a::x", "b", "b::x", "c", "c::x", "d", "d::x"]);
    let bad = desk.get("/api/v1/services?after=zz").await;
    assert_eq!(
        (bad.status.as_u16(), bad.mistakes()),
        (400, vec!["after not-a-cursor".into()])
    );
    let bad = desk.get("/api/v1/services?search=a+AND+OR+b").await;
    assert_eq!(
        (bad.status.as_u16(), bad.json["at"].is_u64()),
        (400, true),
        "{}",
        bad.text
    );
    let sorted = desk
        .get("/api/v1/services?sort=-Name,Parent&field.Name=x")
        .await;
    assert_eq!(keys(&sorted, "FullName"), ["a::x", "b::x", "c::x", "d::x"]);
}

#[tokio::test]
async fn a_moved_service_takes_along_what_is_below() {
    let desk = Desk::open().await;
    for (parent, name) in [
        ("", "IT"),
        ("IT", "Netz"),
        ("IT::Netz", "WLAN"),
        ("", "Büro"),
    ] {
        let made = post(
            &desk,
            "/api/v1/services",
            &json!({"Name": name, "Parent": parent}),
        )
        .await;
        assert_eq!(made.status, 201, "{}", made.text);
    }
    let path = format!("/api/v1/services/{}", part("IT::Netz"));
    let cycle = patch(&desk, &path, &json!({"Parent": "IT::Netz::WLAN"})).await;
    assert_eq!(cycle.mistakes(), ["Parent below-itself"]);
    let unknown = patch(&desk, &path, &json!({"Parent": "Nirgends", "Name": "a::b"})).await;
    assert_eq!(
        unknown.mistakes(),
        ["Name separator", "Parent unknown-parent"]
    );
    let moved = patch(&desk, &path, &json!({"Parent": "Büro"})).await;
    assert_eq!(
        (moved.status.as_u16(), &moved.json["FullName"]),
        (200, &json!("Büro::Netz")),
        "{}",
        moved.text
    );
    let list = desk.get("/api/v1/services").await;
    assert_eq!(
        keys(&list, "FullName"),
        ["Büro", "Büro::Netz", "Büro::Netz::WLAN", "IT"]
    );
    let read = desk.get("/api/v1/services/B%C3%BCro::Netz::WLAN").await;
    assert_eq!(
        (&read.json["Name"], &read.json["Parent"]),
        (&json!("WLAN"), &json!("Büro::Netz")),
        "{}",
        read.text
    );
}

#[tokio::test]
async fn a_request_sent_again_adds_nothing_twice() {
    let desk = Desk::open().await;
    let once = |name: &'static str| {
        let desk = &desk;
        async move {
            let key = [("idempotency-key", "k1")];
            write(
                desk,
                Method::POST,
                "/api/v1/groups",
                &key,
                &json!({"Name": name}),
            )
            .await
        }
    };
    assert_eq!(once("one").await.status, 201);
    let again = once("one").await;
    assert_eq!(
        (again.status.as_u16(), again.header("idempotent-replayed")),
        (201, "true")
    );
    assert_eq!(once("two").await.status, 422);
}
