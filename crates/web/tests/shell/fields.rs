//! Fields, as a browser sees their pages.

use std::time::Duration;

use axum::http::StatusCode;
use kartoteka_directory::{Actor, Kind};
use kartoteka_records::Records;

use super::app::TestApp;

const PATH: &str = "/settings/fields";
const ADD: &str = "/settings/fields/add/CustomerUser";
const ROOM: &str = "/settings/fields/CustomerUser/UserRoom";

async fn taken_up(app: &TestApp, number: u64) {
    for _ in 0..1000 {
        if app.directory.fields_in_force() >= number {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("not taken up");
}

#[tokio::test]
async fn a_field_is_previewed_added_moved_changed_and_taken_out() {
    let app = TestApp::open().await;
    let acme = [("CustomerID", "ACME"), ("CustomerCompanyName", "ACME")];
    let acme = acme.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let (actor, kind) = (Actor::operator(), Kind::Customer);
    let plan = Records::of(&app.directory).plan_create(&actor, kind, None, acme.into());
    Records::of(&app.directory)
        .apply(plan.await.unwrap())
        .await
        .unwrap();
    let shown = app.get(PATH).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.text.contains("UserLogin") && shown.text.contains("CustomerCompanyName"));
    assert_eq!(app.get(ADD).await.status, StatusCode::OK);
    let form = "name=UserRoom&column=room&type=var&size=250&label=Pok%C3%B3j&label_de=Zimmer&shown=always\
                &link=https%3A%2F%2Fwiki.acme-lab.org%2F%5B%25+Data.UserRoom+%7C+uri+%25%5D";
    let preview = app.post(ADD, &format!("{form}&_then=preview")).await;
    assert_eq!(preview.status, StatusCode::OK);
    assert!(preview.text.contains("VARCHAR(250)"), "{}", preview.text);
    assert_eq!(app.get(ROOM).await.status, StatusCode::NOT_FOUND);

    let saved = app.post(ADD, &format!("{form}&_then=save")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    taken_up(&app, 1).await;
    let add = app.get("/customer-users/new").await;
    assert!(add.text.contains("Pokój"), "{}", add.text);
    let edit = app.get(ROOM).await;
    assert!(edit.text.contains("Zimmer") && edit.text.contains("Data.UserRoom"));

    let up = app.post(ROOM, "_then=up").await;
    assert_eq!(up.status, StatusCode::SEE_OTHER, "{}", up.text);
    let form =
        "label=Room&shown=never&required=on&choices=7+%3D+Seven%0D%0A8+%3D+%3Cb%3EEight&_then=save";
    let changed = app.post(ROOM, form).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.text);
    taken_up(&app, 3).await;
    let source = &app.directory.current().settings().customer_users[0]
        .spec
        .clone();
    let room = source.map.find("UserRoom").unwrap();
    assert!(room.required && room.label == "Room" && room.link.is_empty());
    assert!(room.labels.is_empty());
    assert_eq!(source.selections["UserRoom"]["8"], "<b>Eight");
    assert_ne!(source.map.0.last().unwrap().name, "UserRoom");
    assert!(!app.get(ROOM).await.text.contains("<b>Eight"));

    let removed = app.post(ROOM, "_then=remove").await;
    assert_eq!(removed.status, StatusCode::SEE_OTHER, "{}", removed.text);
    taken_up(&app, 4).await;
    assert_eq!(app.get(ROOM).await.status, StatusCode::NOT_FOUND);
    let journal = app.get("/journal").await;
    assert_eq!(journal.status, StatusCode::OK);
    assert!(journal.text.contains("UserRoom"), "{}", journal.text);
}

#[tokio::test]
async fn what_is_wrong_is_said_and_what_was_typed_is_kept() {
    let app = TestApp::open().await;
    let form = "name=UserLogin&column=no+column&size=many&label=%3Cscript%3E&link=javascript%3Ax&shown=never&_then=save";
    let wrong = app.post(ADD, form).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for text in ["no column", "&#60;script&#62;", "javascript:x", "many"] {
        assert!(wrong.text.contains(text), "{text}: {}", wrong.text);
    }
    for id in ["name-error0", "column-error0", "size-error0", "link-error0"] {
        assert!(wrong.text.contains(&format!("id=\"{id}\"")), "{id}");
    }
    let needed = app
        .post("/settings/fields/CustomerUser/UserLogin", "_then=remove")
        .await;
    assert_eq!(needed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        app.get("/settings/fields/add/Nowhere").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn editors_do_not_reach_the_fields() {
    let mut app = TestApp::open().await;
    app.add_agent("ela", "editor").await;
    app.become_agent("ela").await;
    for path in [PATH, ADD, "/settings/fields/CustomerUser/UserCity"] {
        assert_eq!(app.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let refused = app.post(ADD, "name=UserRoom&column=room&_then=save").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}
