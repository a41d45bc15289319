//! Ending sessions from the page of the account.

use axum::http::StatusCode;

use super::app::{PASSWORD, TestApp};

/// Another browser of an agent: its cookie.
async fn another(app: &mut TestApp, login: &str) -> String {
    let here = app.cookie.clone();
    app.become_agent(login).await;
    std::mem::replace(&mut app.cookie, here)
}

/// The numbers of the sessions that the account offers to end.
async fn offered(app: &TestApp) -> Vec<String> {
    let text = app.get("/account").await.text;
    let parts = text.split("/account/sessions/").skip(1);
    let ids = parts.filter_map(|part| part.split_once("/end"));
    ids.map(|(id, _)| id.to_owned()).collect()
}

async fn end(app: &TestApp, id: &str) -> StatusCode {
    let path = format!("/account/sessions/{id}/end");
    app.post(&path, "").await.status
}

/// Whether a browser is logged in.
async fn lives(app: &mut TestApp, cookie: &str) -> bool {
    let here = std::mem::replace(&mut app.cookie, cookie.to_owned());
    let status = app.get("/account").await.status;
    app.cookie = here;
    status == StatusCode::OK
}

#[tokio::test]
async fn an_agent_ends_a_session_of_their_own() {
    let mut app = TestApp::open().await;
    assert!(offered(&app).await.is_empty(), "the only one is this one");
    let there = another(&mut app, "ewa").await;
    let third = another(&mut app, "ewa").await;
    let ids = offered(&app).await;
    assert_eq!(ids.len(), 2);
    let page = app
        .post(&format!("/account/sessions/{}/end", ids[0]), "")
        .await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(page.header("location"), "/account");
    let left = [lives(&mut app, &there).await, lives(&mut app, &third).await];
    assert_eq!(left.iter().filter(|lives| **lives).count(), 1, "{left:?}");
    assert_eq!(offered(&app).await, ids[1..], "it is gone from the page");
    assert_eq!(
        app.get("/").await.status,
        StatusCode::OK,
        "this one goes on"
    );
    assert_eq!(end(&app, &ids[0]).await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn sessions_of_others_are_for_admins_to_end() {
    let mut app = TestApp::open().await;
    app.add_agent("rita", "editor").await;
    let admin = app.cookie.clone();
    let second = another(&mut app, "ewa").await;
    let of_ewa = offered(&app).await;
    app.become_agent("rita").await;
    let rita = app.cookie.clone();
    let there = another(&mut app, "rita").await;
    let of_rita = offered(&app).await;
    assert_eq!((of_ewa.len(), of_rita.len()), (1, 1));
    // Not even that it is there is told.
    assert_eq!(end(&app, &of_ewa[0]).await, StatusCode::NOT_FOUND);
    assert_eq!(end(&app, "4711").await, StatusCode::NOT_FOUND);
    assert!(lives(&mut app, &second).await);
    // A stranger is led to the door.
    app.cookie.clear();
    assert_eq!(end(&app, &of_ewa[0]).await, StatusCode::SEE_OTHER);
    assert!(lives(&mut app, &second).await);
    app.cookie = admin;
    assert_eq!(end(&app, &of_rita[0]).await, StatusCode::SEE_OTHER);
    assert!(!lives(&mut app, &there).await);
    assert!(lives(&mut app, &rita).await && lives(&mut app, &second).await);
}

#[tokio::test]
async fn a_new_password_leaves_only_the_browser_that_set_it() {
    let mut app = TestApp::open().await;
    let there = another(&mut app, "ewa").await;
    let form = format!("old={}&new=four+blue+horses+8", PASSWORD.replace(' ', "+"));
    let page = app.post("/account/password", &form).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    assert!(!lives(&mut app, &there).await);
    assert_eq!(app.get("/").await.status, StatusCode::OK);
    // So does one that an admin sets.
    app.add_agent("rita", "reader").await;
    let rita = another(&mut app, "rita").await;
    let page = app
        .post("/agents/rita/password", "UserPassword=four+blue+horses+9")
        .await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    assert!(!lives(&mut app, &rita).await);
    assert_eq!(app.get("/").await.status, StatusCode::OK);
}
