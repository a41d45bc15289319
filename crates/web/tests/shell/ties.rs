//! Ticking further customers and services, from both sides.

use axum::http::StatusCode;
use kartoteka_directory::{Actor, Directory, Fields, Kind};

use super::app::TestApp;

async fn create(directory: &Directory, kind: Kind, fields: &[(&str, &str)]) {
    let fields: Fields = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let plan = directory
        .plan_create(&Actor::operator(), kind, None, fields)
        .await
        .expect("a plan");
    assert!(plan.errors.is_empty(), "{:?}", plan.errors);
    directory.apply(plan).await.expect("saved");
}

pub async fn desk() -> TestApp {
    let app = TestApp::open().await;
    for id in ["ACME", "CHILD", "PARENT"] {
        let fields = [("CustomerID", id), ("CustomerCompanyName", id)];
        create(&app.directory, Kind::Customer, &fields).await;
    }
    for login in ["anna", "berta"] {
        let email = format!("{login}@acme-lab.org");
        let fields = [
            ("UserLogin", login),
            ("UserFirstname", login),
            ("UserLastname", "Nowak"),
            ("UserEmail", email.as_str()),
            ("UserCustomerID", "ACME"),
        ];
        create(&app.directory, Kind::CustomerUser, &fields).await;
    }
    for name in ["Mail", "Network"] {
        create(&app.directory, Kind::Service, &[("Name", name)]).await;
    }
    app
}

async fn customers_of(app: &TestApp, login: &str) -> Vec<String> {
    let actor = Actor::operator();
    let ids = app.directory.customer_ids(&actor, login).await;
    ids.expect("customers")
}

#[tokio::test]
async fn customers_of_a_person_are_ticked_and_what_is_out_of_view_is_kept() {
    let app = desk().await;
    let path = "/customer-users/anna/customers";
    let page = app.get(&format!("{path}?search=child")).await;
    assert!(page.text.contains("primary customer"), "{}", page.text);
    assert!(page.text.contains("name=\"on\" value=\"CHILD\""));
    assert!(
        !page.text.contains("name=\"on\" value=\"ACME\""),
        "the primary customer can't be unticked here"
    );
    // Ticked, then searched for another: the tick is out of view, counted and kept.
    let searched = app
        .post(path, "shown=CHILD&on=CHILD&search=parent&_then=search")
        .await;
    assert!(searched.text.contains("name=\"give\" value=\"CHILD\""));
    assert!(searched.text.contains("One change is out of view and kept"));
    assert_eq!(customers_of(&app, "anna").await, ["ACME"]);
    let preview = app
        .post(path, "give=CHILD&shown=PARENT&on=PARENT&_then=preview")
        .await;
    assert!(
        preview.text.contains("One person comes to belong to CHILD"),
        "{}",
        preview.text
    );
    assert_eq!(customers_of(&app, "anna").await, ["ACME"], "only a preview");
    let saved = app
        .post(path, "give=CHILD&shown=PARENT&on=PARENT&_then=stay")
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    assert_eq!(saved.header("location"), path);
    assert_eq!(
        customers_of(&app, "anna").await,
        ["ACME", "CHILD", "PARENT"]
    );
    // From the other side.
    let people = app.get("/customers/CHILD/people").await;
    assert!(
        people.text.contains("name=\"was\" value=\"anna\""),
        "{}",
        people.text
    );
    let finished = app
        .post(
            "/customers/CHILD/people",
            "shown=anna&was=anna&shown=berta&on=berta&_then=finish",
        )
        .await;
    assert_eq!(finished.header("location"), "/customers/CHILD");
    assert_eq!(customers_of(&app, "anna").await, ["ACME", "PARENT"]);
    assert_eq!(customers_of(&app, "berta").await, ["ACME", "CHILD"]);
}

#[tokio::test]
async fn services_and_default_services_are_ticked() {
    let app = desk().await;
    let actor = Actor::operator();
    let saved = app
        .post(
            "/default-services",
            "shown=Mail&on=Mail&shown=Network&_then=stay",
        )
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let page = app.get("/customer-users/anna/services").await;
    assert!(
        page.text.contains("default services apply"),
        "{}",
        page.text
    );
    let of = |login: &'static str| {
        let (directory, actor) = (app.directory.clone(), actor.clone());
        async move {
            let services = directory
                .services_of(&actor, login)
                .await
                .expect("services");
            let names = services.applied.services.into_iter().map(|(_, name)| name);
            names.collect::<Vec<_>>()
        }
    };
    assert_eq!(of("anna").await, ["Mail"]);
    let preview = app
        .post(
            "/customer-users/anna/services",
            "shown=Network&on=Network&_then=preview",
        )
        .await;
    assert!(preview.text.contains("One person gets the service Network"));
    assert!(preview.text.contains("One person loses the service Mail"));
    app.post("/services/Network/people", "shown=anna&on=anna&_then=stay")
        .await;
    assert_eq!(of("anna").await, ["Network"]);
    assert_eq!(of("berta").await, ["Mail"]);
}

#[tokio::test]
async fn what_vanished_is_named_at_its_row_and_nothing_is_saved() {
    let app = desk().await;
    let path = "/customer-users/anna/customers";
    let refused = app
        .post(path, "shown=CHILD&on=CHILD&give=GONE&_then=stay")
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text.contains("GONE: There is no such customer"),
        "{}",
        refused.text
    );
    assert!(
        refused.text.contains("value=\"CHILD\""),
        "what was ticked is kept"
    );
    assert_eq!(customers_of(&app, "anna").await, ["ACME"]);
    let nobody = app.get("/customer-users/nobody/customers").await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
    let malformed = app.get(&format!("{path}?search=AND")).await;
    assert_eq!(malformed.status, StatusCode::OK);
    assert!(malformed.text.contains("This search can’t be read"));
}

#[tokio::test]
async fn readers_see_and_do_not_tick() {
    let mut app = desk().await;
    app.add_agent("ela", "reader").await;
    app.become_agent("ela").await;
    let path = "/customer-users/anna/customers";
    let page = app.get(path).await;
    assert!(page.status == StatusCode::OK && !page.text.contains("value=\"stay\""));
    let refused = app.post(path, "shown=CHILD&on=CHILD&_then=stay").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}
