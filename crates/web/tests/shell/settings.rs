//! The settings of access and taking changes back, as a browser sees them.

use axum::http::StatusCode;
use kartoteka_access::{Access, Wanted};
use kartoteka_directory::{Actor, Fields, JournalFilter, Kind, SetIn, Topic};
use kartoteka_records::Records;
use kartoteka_web::WebOptions;

use super::app::TestApp;

#[tokio::test]
async fn settings_are_previewed_and_saved() {
    let app = TestApp::open().await;
    let shown = app.get("/settings/access").await;
    assert_eq!(shown.status, StatusCode::OK);
    let form =
        "customer_group_support=on&permissions=create&always_groups=users&always_groups=stats";
    let preview = app
        .post("/settings/access", &format!("{form}&_then=preview"))
        .await;
    assert!(
        preview.text.contains("What saving will do") && preview.text.contains("stats"),
        "{}",
        preview.text
    );
    let actor = Actor::operator();
    let before = Access::of(&app.directory)
        .access_in_force(&actor)
        .await
        .expect("settings");
    assert!(!before.customer_group_support, "a preview saves nothing");
    let saved = app
        .post("/settings/access", &format!("{form}&_then=stay"))
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let after = Access::of(&app.directory)
        .access_in_force(&actor)
        .await
        .expect("settings");
    assert!(after.customer_group_support);
    assert_eq!(after.permissions, ["ro", "rw", "create"]);
    assert_eq!(after.always_groups, ["users", "stats"]);
    assert!(after.company_always_groups.is_empty());
    let wrong = app
        .post("/settings/access", "always_groups=nobody&_then=stay")
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.text.contains("There is no such group") && wrong.text.contains("nobody"),
        "what was chosen is kept"
    );
}

#[tokio::test]
async fn editors_do_not_reach_the_settings() {
    let mut app = TestApp::open().await;
    app.add_agent("ela", "editor").await;
    app.become_agent("ela").await;
    assert_eq!(
        app.get("/settings/access").await.status,
        StatusCode::FORBIDDEN
    );
    let refused = app.post("/settings/access", "_then=stay").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_change_is_taken_back_from_its_place_in_the_history() {
    let app = TestApp::open().await;
    let actor = Actor::operator();
    let on = "customer_group_support=on&_then=stay";
    let saved = app.post("/settings/access", on).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let told = JournalFilter {
        topic: Some(Topic::Settings),
        ..JournalFilter::default()
    };
    let told = app.directory.journal(&actor, &told).await.expect("entries");
    let back = app.get(&format!("/journal/{}/undo", told[0].id)).await;
    assert!(
        back.text.contains("What taking it back will do")
            && back.text.contains("Permissions by group"),
        "{}",
        back.text
    );
    let create = |kind, fields: &[(&str, &str)]| {
        let fields: Fields = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let directory = app.directory.clone();
        async move {
            let plan = Records::of(&directory)
                .plan_create(&Actor::operator(), kind, None, fields)
                .await
                .expect("a plan");
            Records::of(&directory).apply(plan).await.expect("saved");
        }
    };
    create(
        Kind::Customer,
        &[("CustomerID", "ACME"), ("CustomerCompanyName", "ACME")],
    )
    .await;
    create(
        Kind::CustomerUser,
        &[
            ("UserLogin", "anna"),
            ("UserFirstname", "Anna"),
            ("UserLastname", "Nowak"),
            ("UserEmail", "anna@acme-lab.org"),
            ("UserCustomerID", "ACME"),
        ],
    )
    .await;
    let give = Wanted::PersonGroup {
        login: "anna".into(),
        group: "stats".into(),
        permission: "rw".into(),
        given: true,
    };
    let plan = Access::of(&app.directory)
        .plan_relations(&actor, vec![give])
        .await
        .expect("a plan");
    let applied = Access::of(&app.directory)
        .apply_relations(plan)
        .await
        .expect("saved");
    let (entry, _) = applied.journal.expect("an entry");
    let person = app.get("/customer-users/anna").await;
    let link = format!("/journal/{entry}/undo");
    assert!(person.text.contains(&link), "{}", person.text);
    let page = app.get(&link).await;
    for said in [
        "anna: edit (rw) in group stats",
        "1 person of 1 customer loses: read (ro), edit (rw) in group stats",
        "<a href=\"/customer-users/anna\">anna</a>",
    ] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    let done = app.post(&link, "").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    assert_eq!(done.header("location"), "/customer-users/anna");
    let again = app.get(&link).await;
    assert!(
        again.text.contains("nothing left to take back"),
        "{}",
        again.text
    );
    let missing = app.get("/journal/99999/undo").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_stands_elsewhere_says_where() {
    let mut app = TestApp::set(WebOptions::default(), |settings| {
        let named = &mut settings.groups.named;
        named.insert("permissions".into(), SetIn::File);
        let variable = "KARTOTEKA_GROUPS__OTHER_CUSTOMERS".to_owned();
        named.insert("other_customers".into(), SetIn::Variable(variable));
    })
    .await;
    app.add_agent("ewa", "admin").await;
    app.become_agent("ewa").await;
    let page = app.get("/settings/access").await.text;
    for said in [
        "Set in kartoteka.toml.",
        "Set by the variable KARTOTEKA_GROUPS__OTHER_CUSTOMERS.",
    ] {
        assert_eq!(page.matches(said).count(), 1, "{said}: {page}");
    }
}
