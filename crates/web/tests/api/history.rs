//! The journal, for admins, and the history of single records.

use axum::http::Method;
use serde_json::json;

use super::desk::{Desk, Reply, bearer};

async fn journal(desk: &Desk, rest: &str) -> Reply {
    let path = format!("/api/v1/journal{rest}");
    desk.send(
        Method::GET,
        &path,
        &[("authorization", &bearer(&desk.admin))],
        "",
    )
    .await
}

#[tokio::test]
async fn what_happened_is_told_the_latest_first() {
    let desk = Desk::open().await;
    desk.person("anna").await;
    desk.patch("/api/v1/customer-users/anna", &json!({"UserLogin": "ania"}))
        .await;
    let history = desk.get("/api/v1/customer-users/ania/history").await;
    let items = history.json["items"].as_array().expect("items");
    assert_eq!(items.len(), 2, "{}", history.text);
    assert_eq!(
        (&items[0]["who"], &items[0]["door"]),
        (&json!("token:editor"), &json!("rest"))
    );
    assert!(items[0]["changes"].as_array().is_some_and(|changes| {
        changes.contains(&json!({"field": "UserLogin", "before": "anna", "after": "ania"}))
    }));
    assert!(items[0]["at"].as_str().is_some_and(|at| at.ends_with('Z')));
    assert_eq!(
        desk.get("/api/v1/customer-users/ania/history?limit=1")
            .await
            .json["items"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    assert_eq!(
        desk.get("/api/v1/customer-users/nobody/history")
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn the_journal_is_paged_and_whole() {
    let desk = Desk::open().await;
    for login in ["anna", "bolek"] {
        desk.person(login).await;
    }
    let all = journal(&desk, "?limit=1000").await;
    assert_eq!(all.status, 200, "{}", all.text);
    let whole = all.json["items"].as_array().expect("items").len();
    assert!(whole >= 3);
    let mut found = 0;
    let mut rest = "?limit=1".to_owned();
    loop {
        let page = journal(&desk, &rest).await;
        found += page.json["items"].as_array().map_or(0, Vec::len);
        let Some(next) = page.json["next"].as_i64() else {
            break;
        };
        rest = format!("?limit=1&before={next}");
    }
    assert_eq!(found, whole);
    let one = journal(&desk, "?kind=customer-user&key=anna").await;
    assert_eq!(
        one.json["items"].as_array().map(Vec::len),
        Some(1),
        "{}",
        one.text
    );
    let verdict = journal(&desk, "/verify").await;
    assert_eq!(
        verdict.json,
        json!({"entries": whole, "intact": true, "fault": null})
    );
}

#[tokio::test]
async fn entries_are_asked_for_by_who_way_and_day() {
    let desk = Desk::open().await;
    desk.person("anna").await;
    let count = async |rest: &str| {
        let page = journal(&desk, rest).await;
        assert_eq!(page.status, 200, "{rest} {}", page.text);
        page.json["items"].as_array().map_or(0, Vec::len)
    };
    let all = count("?limit=1000").await;
    let by_token = count("?who=token:editor").await;
    assert!(by_token > 0 && by_token < all, "{by_token} of {all}");
    assert_eq!(count("?door=rest").await, by_token);
    assert_eq!(count("?who=token:editor&door=terminal").await, 0);
    // The clock of these tests stands on a day of 2030.
    assert_eq!(
        count("?since=2030-03-17&until=2030-03-17T23:00:00Z").await,
        all
    );
    assert_eq!(count("?until=2030-03-15").await, 0);
    for wrong in [
        "?since=yesterday",
        "?until=17.03.2030",
        "?door=window",
        "?door=page&door=rest",
    ] {
        let refused = journal(&desk, wrong).await;
        assert_eq!(refused.status, 400, "{wrong} {}", refused.text);
    }
}
