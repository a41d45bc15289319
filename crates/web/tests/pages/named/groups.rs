//! Groups: list, form, preview, conflict, history.

use axum::http::StatusCode;
use kartoteka_directory::Role;

use super::{open, versioned};
use crate::pages::reception::Reception;

#[tokio::test]
async fn a_group_is_added_found_and_renamed() {
    let pages = open().await;
    let list = pages.get("/groups").await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.text);
    assert!(
        list.has("3 grupy") && list.has("href=\"/groups/new\""),
        "{}",
        list.text
    );

    let mistakes = pages
        .post("/groups/new", &[("Name", "users"), ("ValidID", "1")])
        .await;
    assert_eq!(mistakes.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        mistakes.has("Już używane przez: users"),
        "{}",
        mistakes.text
    );
    let fields = [
        ("Name", "Łącza & sieć"),
        ("Comment", "pierwsza\r\nlinia"),
        ("ValidID", "1"),
        ("_do", "save"),
    ];
    let added = pages.post("/groups/new", &fields).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text);
    let form_path = added.location().to_owned();
    assert_eq!(form_path, "/groups/%C5%81%C4%85cza%20%26%20sie%C4%87/edit");

    let found = pages.get("/groups?search=siec").await;
    assert!(
        found.has("<mark>sieć</mark>") && found.has("1 grupa"),
        "{}",
        found.text
    );
    let malformed = pages.get("/groups?search=a+AND+OR+b").await;
    assert_eq!(malformed.status, StatusCode::UNPROCESSABLE_ENTITY);
    let nothing = pages.fragment("/groups?search=nikt", "list").await;
    assert!(
        nothing.has("Brak wyników") && !nothing.has("<html"),
        "{}",
        nothing.text
    );

    let form = pages.get(&form_path).await;
    let preview = versioned(
        &form,
        &[("Name", "Sieć"), ("ValidID", "2"), ("_do", "preview")],
    );
    let preview = pages.post(&form_path, &preview).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
    assert!(
        preview.has("<ins>Sieć</ins>") && preview.has("<ins>nieaktywna</ins>"),
        "{}",
        preview.text
    );
    assert!(preview.has("Zmiana nazwy z Łącza"), "{}", preview.text);
    let finish = versioned(&form, &[("Name", "Sieć"), ("_do", "finish")]);
    let finish = pages.post(&form_path, &finish).await;
    assert_eq!(finish.location(), "/groups", "{}", finish.text);
    let shown = pages.get("/groups/Sie%C4%87").await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text);
    assert!(
        shown.has("zmieniono nazwę") && shown.has("<del>Łącza &#38; sieć</del>"),
        "{}",
        shown.text
    );
    assert_eq!(pages.get(&form_path).await.status, StatusCode::NOT_FOUND);
    let gone = pages.post(&form_path, &[("Name", "Inna")]).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert!(gone.has("Inna"), "what was typed is kept: {}", gone.text);
    let journal = pages.get("/journal?kind=group").await;
    assert!(
        journal.has("href=\"/groups/Sie%C4%87\""),
        "{}",
        journal.text
    );
}

#[tokio::test]
async fn what_became_of_a_group_is_said_once_and_in_its_gender() {
    let pages = open().await;
    let form = pages.get("/groups/stats/edit").await;
    assert!(form.has("tymczasowo nieaktywna</option>"), "{}", form.text);
    let invalid = [("Name", "stats"), ("ValidID", "2"), ("_do", "finish")];
    let saved = versioned(&form, &invalid);
    let saved = pages.post("/groups/stats/edit", &saved).await;
    assert_eq!(saved.location(), "/groups", "{}", saved.text);
    let shown = pages.get("/groups/stats").await;
    assert!(shown.has("</span> nieaktywna</span>"), "{}", shown.text);
    let (_, undo) = shown.text.split_once("href=\"/journal/").expect("a way");
    let (undo, _) = undo.split_once('"').expect("an end");
    let undo = pages.get(&format!("/journal/{undo}")).await;
    assert!(undo.has("zmieniono · grupa stats"), "{}", undo.text);
    // As a change, and as what taking it back undoes.
    assert_eq!(undo.text.matches("nieaktywna").count(), 2, "{}", undo.text);
    assert!(!undo.has("aktywny"), "{}", undo.text);
    let back = "<a class=\"button\" href=\"/groups/stats\">Anuluj</a>";
    assert!(undo.has(back), "{}", undo.text);
    let customer = pages.get("/customers/new").await;
    assert!(customer.has("nieaktywny</option>"), "{}", customer.text);
}

#[tokio::test]
async fn the_group_of_the_admins_is_guarded() {
    let pages = open().await;
    let form = pages.get("/groups/admin/edit").await;
    let fields = versioned(
        &form,
        &[("Name", "admin"), ("ValidID", "2"), ("_do", "save")],
    );
    let refused = pages.post("/groups/admin/edit", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.has("Z tej grupy pochodzą uprawnienia"),
        "{}",
        refused.text
    );
    assert_eq!(pages.get("/groups").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_stale_form_of_a_group_overwrites_nothing() {
    let pages = open().await;
    let form = pages.get("/groups/stats/edit").await;
    let colleague = pages.colleague("jan", Role::Admin).await;
    let theirs = versioned(&form, &[("Comment", "ich")]);
    let saved = colleague.post("/groups/stats/edit", &theirs).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let mine = versioned(&form, &[("Name", "stats"), ("Comment", "mój")]);
    let conflict = pages.post("/groups/stats/edit", &mine).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT, "{}", conflict.text);
    assert!(
        conflict.has("name=\"Comment\" value=\"mój\"")
            && conflict.has("name=\"Comment\" value=\"ich\"")
            && conflict.has("jan"),
        "{}",
        conflict.text
    );
    let chosen = versioned(&conflict, &[("Comment", "mój"), ("_do", "finish")]);
    let saved = pages.post("/groups/stats/edit", &chosen).await;
    assert_eq!(saved.location(), "/groups", "{}", saved.text);
}

#[tokio::test]
async fn others_see_groups_and_change_none() {
    for role in [Role::Reader, Role::Editor] {
        let pages = Reception::with(|_| {}, role).await;
        let home = pages.get("/").await;
        assert!(
            home.has("href=\"/groups\"") && home.has("href=\"/services\""),
            "{}",
            home.text
        );
        let list = pages.get("/groups").await;
        assert!(
            list.has("stats") && !list.has("/groups/new"),
            "{}",
            list.text
        );
        let shown = pages.get("/groups/stats").await;
        assert!(!shown.has("/groups/stats/edit"), "{}", shown.text);
        for path in ["/groups/new", "/groups/stats/edit", "/services/new"] {
            assert_eq!(
                pages.get(path).await.status,
                StatusCode::FORBIDDEN,
                "{path}"
            );
            let sent = pages.post(path, &[("Name", "x")]).await;
            assert_eq!(sent.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
}
