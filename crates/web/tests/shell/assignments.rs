//! Ticking further customers and services, from both sides.

use axum::http::StatusCode;
use kartoteka_access::Access;
use kartoteka_directory::{Actor, Fields, Kind, Maintenance};
use kartoteka_records::Records;

use super::app::TestApp;

async fn create(directory: &Maintenance, kind: Kind, fields: &[(&str, &str)]) {
    let fields: Fields = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let plan = Records::of(directory)
        .plan_create(&Actor::operator(), kind, None, fields)
        .await
        .expect("a plan");
    assert!(plan.errors.is_empty(), "{:?}", plan.errors);
    Records::of(directory).apply(plan).await.expect("saved");
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
            let services = Access::of(&directory)
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

/// The moment that a form remembers.
fn seen(page: &super::app::Page) -> &str {
    let (_, rest) = page
        .text
        .split_once("name=\"_seen\" value=\"")
        .expect("a moment");
    rest.split_once('"').expect("a value").0
}

async fn update(app: &TestApp, kind: Kind, key: &str, field: &str, value: &str) {
    let fields: Fields = [(field.to_owned(), value.to_owned())].into();
    let operator = Actor::operator();
    let plan = Records::of(&app.directory).plan_update(&operator, kind, key, fields, None);
    let plan = plan.await.expect("a plan");
    assert!(plan.errors.is_empty(), "{:?}", plan.errors);
    Records::of(&app.directory)
        .apply(plan)
        .await
        .expect("saved");
}

#[tokio::test]
async fn who_has_another_name_by_now_is_found_again_with_the_ticks() {
    let app = desk().await;
    for (kind, path, key, field, now, tick) in [
        (
            Kind::CustomerUser,
            "/customer-users/anna/customers",
            "anna",
            "UserLogin",
            "/customer-users/anna2/customers",
            "CHILD",
        ),
        (
            Kind::CustomerUser,
            "/customer-users/berta/services",
            "berta",
            "UserLogin",
            "/customer-users/berta2/services",
            "Mail",
        ),
        (
            Kind::Customer,
            "/customers/CHILD/people",
            "CHILD",
            "CustomerID",
            "/customers/CHILD2/people",
            "anna2",
        ),
        (
            Kind::Service,
            "/services/Network/people",
            "Network",
            "Name",
            "/services/Network2/people",
            "anna2",
        ),
    ] {
        let form = app.get(path).await;
        let moment = seen(&form).to_owned();
        update(&app, kind, key, field, &format!("{key}2")).await;
        let ticks = format!("_seen={moment}&shown={tick}&on={tick}&_then=stay");
        let asked = app.post(path, &ticks).await;
        assert_eq!(asked.status, StatusCode::CONFLICT, "{path}: {}", asked.text);
        assert!(
            asked
                .text
                .contains(&format!("“{key}” was renamed to “{key}2”"))
                && asked.text.contains(&format!("action=\"{now}\"")),
            "{path}: {}",
            asked.text
        );
        assert!(
            asked
                .text
                .contains(&format!("name=\"give\" value=\"{tick}\""))
                || asked
                    .text
                    .contains(&format!("name=\"on\" value=\"{tick}\" checked")),
            "{path}: {}",
            asked.text
        );
        let moment = seen(&asked).to_owned();
        let saved = app
            .post(now, &format!("_seen={moment}&give={tick}&_then=stay"))
            .await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{now}: {}", saved.text);
    }
    assert_eq!(customers_of(&app, "anna2").await, ["ACME", "CHILD2"]);
}

#[tokio::test]
async fn what_is_gone_or_invalid_is_said_once_and_the_ticks_are_shown() {
    let app = desk().await;
    let path = "/customer-users/nobody/customers";
    let lost = app.post(path, "give=CHILD&take=PARENT&_then=finish").await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND, "{}", lost.text);
    for piece in ["“nobody” is no longer there", "CHILD", "PARENT", "take:"] {
        assert!(lost.text.contains(piece), "{piece}: {}", lost.text);
    }
    update(&app, Kind::CustomerUser, "anna", "ValidID", "2").await;
    let path = "/customer-users/anna/customers";
    let form = app.get(path).await;
    assert!(
        form.text.contains("This record is invalid"),
        "{}",
        form.text
    );
    let refused = app.post(path, "give=CHILD&give=PARENT&_then=stay").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = "This customer user is not valid, so";
    assert_eq!(refused.text.matches(said).count(), 1, "{}", refused.text);
    for tick in ["CHILD", "PARENT"] {
        let kept = format!("name=\"give\" value=\"{tick}\"");
        assert!(refused.text.contains(&kept), "{}", refused.text);
    }
    // Services at the other end.
    update(&app, Kind::Service, "Network", "ValidID", "2").await;
    let refused = app
        .post(
            "/customer-users/berta/services",
            "give=Network&give=Gone&shown=Mail&on=Mail&_then=stay",
        )
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for piece in ["Network: ", "Gone: ", "value=\"Mail\" checked"] {
        assert!(refused.text.contains(piece), "{piece}: {}", refused.text);
    }
    let services = Access::of(&app.directory)
        .services_of(&Actor::operator(), "berta")
        .await
        .expect("services");
    assert!(services.own.is_empty());
    assert_eq!(customers_of(&app, "anna").await, ["ACME"]);
}

#[tokio::test]
async fn a_search_and_a_place_in_the_list_are_kept_and_a_place_that_is_gone_is_said() {
    let app = desk().await;
    let path = "/services/Mail/people";
    let searched = app.post(path, "search=berta&_then=search").await;
    assert_eq!(searched.header("location"), format!("{path}?search=berta"));
    let saved = app
        .post(path, "search=berta&shown=berta&on=berta&_then=stay")
        .await;
    assert_eq!(saved.header("location"), format!("{path}?search=berta"));
    let next = app.post(path, "_next=berta&_then=next").await;
    assert_eq!(next.header("location"), format!("{path}?after=berta"));
    let after = app.get(&format!("{path}?after=berta")).await;
    assert!(
        after.text.contains("name=\"after\" value=\"berta\"")
            && after.text.contains("value=\"first\""),
        "{}",
        after.text
    );
    let all = app.get(&format!("{path}?search=berta")).await;
    assert!(all.text.contains("is ticked above already"), "{}", all.text);
    let begun = app.post(path, "give=anna&_next=gone&_then=next").await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.text);
    assert!(
        begun
            .text
            .contains("This place in the list is no longer there")
            && begun.text.contains("name=\"give\" value=\"anna\""),
        "{}",
        begun.text
    );
}
