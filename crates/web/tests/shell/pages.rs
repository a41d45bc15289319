//! What all pages have in common: landmarks, titles, labels.

use axum::http::StatusCode;

use super::app::TestApp;

const PAGES: [&str; 16] = [
    "/",
    "/agents",
    "/agents/new",
    "/agents/ewa/edit",
    "/journal",
    "/tokens",
    "/account",
    "/help",
    "/groups",
    "/groups/new",
    "/groups/stats/edit",
    "/services",
    "/services/new",
    "/customers",
    "/customer-users",
    "/nowhere",
];

#[tokio::test]
async fn pages_have_landmarks_and_one_heading() {
    let app = TestApp::open().await;
    for path in PAGES {
        let text = app.get(path).await.text;
        assert_eq!(text.matches("<h1").count(), 1, "{path}");
        assert_eq!(text.matches("<main").count(), 1, "{path}");
        assert!(text.contains("class=\"skip\" href=\"#main\""), "{path}");
        assert!(
            text.contains("<title>") && text.contains("· Kartoteka</title>"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn ids_are_unique_and_labels_lead_somewhere() {
    let app = TestApp::open().await;
    for path in PAGES {
        let text = app.get(path).await.text;
        let mut ids: Vec<&str> = attribute(&text, " id=\"").collect();
        ids.sort_unstable();
        let count = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), count, "{path}: {ids:?}");
        for label in attribute(&text, " for=\"") {
            assert!(ids.contains(&label), "{path}: label for {label}");
        }
        for described in attribute(&text, " aria-describedby=\"").flat_map(str::split_whitespace) {
            assert!(ids.contains(&described), "{path}: described by {described}");
        }
    }
}

#[tokio::test]
async fn health_tells_programs() {
    let app = TestApp::open().await;
    assert_eq!(app.get("/health/live").await.text, "live\n");
    assert_eq!(app.get("/health/ready").await.text, "ready\n");
    assert_eq!(app.get("/metrics").await.status, StatusCode::NOT_FOUND);
}

fn attribute<'a>(text: &'a str, begin: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(begin)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
}
