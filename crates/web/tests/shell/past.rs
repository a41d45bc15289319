//! Access on a past day.

use axum::http::StatusCode;
use kartoteka_directory::{Actor, Wanted};

use super::app::TestApp;
use super::ties::desk;

const DAY: i64 = 86_400;

async fn give(app: &TestApp, given: bool) {
    let actor = Actor::operator();
    let wanted = Wanted::PersonGroup {
        login: "anna".into(),
        group: "stats".into(),
        permission: "rw".into(),
        given,
    };
    let plan = app.directory.plan_relations(&actor, vec![wanted]).await;
    let plan = plan.expect("a plan");
    app.directory.apply_relations(plan).await.expect("saved");
}

#[tokio::test]
async fn a_past_day_is_shown_with_what_changed_since() {
    let mut app = desk().await;
    let saved = app
        .post(
            "/settings/access",
            "customer_group_support=on&always_groups=users&_then=stay",
        )
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    give(&app, true).await;
    app.wait(3 * DAY);
    give(&app, false).await;
    app.wait(3 * DAY);
    // The session has ended meanwhile.
    app.become_agent("ewa").await;
    // The clock of the tests begins on 17 March 2030.
    let path = "/customer-users/anna/past";
    let then = app.get(&format!("{path}?day=2030-03-18")).await;
    assert!(
        then.text.contains("<th scope=\"row\">stats</th>"),
        "{}",
        then.text
    );
    assert!(then.text.contains("rw: given to the person"));
    assert!(then.text.contains("lost rw in stats"));
    let later = app.get(&format!("{path}?day=2030-03-22")).await;
    assert!(
        !later.text.contains("<th scope=\"row\">stats</th>"),
        "{}",
        later.text
    );
    assert!(later.text.contains("the permissions are the same"));
    let before = app
        .get(&format!("{path}?day=2029-01-01&until=2030-03-18"))
        .await;
    assert!(
        before.text.contains("was not known on that day"),
        "{}",
        before.text
    );
    assert!(before.text.contains("gained rw in stats"));
    let wrong = app.get(&format!("{path}?day=yesterday")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("This is not a day") && wrong.text.contains("value=\"yesterday\""));
}
