//! One group by people.

use axum::http::StatusCode;
use kartoteka_directory::{Kind, Role};
use kartoteka_records::Records;

use super::{direct, is_ticked, open, person, relate, tick};
use crate::pages::reception::fields;

const PATH: &str = "/groups/Wsparcie/permissions";

#[tokio::test]
async fn people_are_found_added_and_kept_over_searches() {
    let pages = open(Role::Admin).await;
    let empty = pages.get(PATH).await;
    assert!(empty.has("Nic tu jeszcze nie nadano"), "{}", empty.text);
    relate(&pages, vec![person("jan", "Wsparcie", "ro", true)]).await;
    let given = pages.get(PATH).await;
    assert!(is_ticked(&given, "same/ro/jan"));
    assert_eq!(tick(&given, "same/ro/zaneta"), None);

    let found = pages.get(&format!("{PATH}?search=zanet")).await;
    assert!(found.has("znaleziono 1") && tick(&found, "same/ro/jan").is_none());
    assert!(!is_ticked(&found, "same/ro/zaneta"));
    // Another search keeps the tick, and counts it.
    let sent = [
        ("now", "same/create/zaneta"),
        ("_shown", "zanet"),
        ("search", "nowak"),
        ("_do", "search"),
    ];
    let kept = pages.post(PATH, &sent).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.text);
    assert!(
        kept.has("name=\"now\" value=\"same/create/zaneta\" data-kept")
            && kept.has("niewidoczne tutaj: 1")
            && is_ticked(&kept, "same/ro/jan"),
        "{}",
        kept.text
    );
    let sent = [
        ("now", "same/create/zaneta"),
        ("was", "same/ro/jan"),
        ("_shown", "nowak"),
        ("_do", "preview"),
    ];
    let preview = pages.post(PATH, &sent).await;
    assert!(
        preview.has("1 osoba od 1 klienta zyska: tworzenie (create) w grupie Wsparcie")
            && preview.has("1 osoba od 1 klienta straci: odczyt (ro) w grupie Wsparcie"),
        "{}",
        preview.text
    );
    let mut save = sent;
    save[3] = ("_do", "save");
    let saved = pages.post(PATH, &save).await;
    assert_eq!(saved.location(), format!("{PATH}?search=nowak"));
    assert_eq!(direct(&pages, "zaneta").await, ["Wsparcie create"]);
    assert_eq!(direct(&pages, "jan").await, [""; 0]);
    let record = pages.get("/groups/Wsparcie").await;
    assert!(
        record.has("Kowalczyk") && record.has("1 osoba") && record.has("nadane bezpośrednio"),
        "{}",
        record.text
    );
    let who = pages
        .get("/groups/Wsparcie/permissions/who?permission=create")
        .await;
    assert!(
        who.has("Kowalczyk") && who.has("1 osoba") && !who.has("Nowak"),
        "{}",
        who.text
    );
    let nobody = pages
        .get("/groups/Wsparcie/permissions/who?permission=ro&of=customers")
        .await;
    assert!(
        nobody.has("Nikt nie ma tego uprawnienia"),
        "{}",
        nobody.text
    );
    let unknown = pages.get("/groups/Nic/permissions/who").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_vanished_or_became_invalid_is_shown_with_the_tick_kept() {
    let pages = open(Role::Admin).await;
    relate(&pages, vec![person("jan", "Wsparcie", "ro", true)]).await;
    let operator = kartoteka_directory::Actor::operator();
    let found = pages.directory.find(&operator, Kind::CustomerUser, "jan");
    let found = found.await.expect("jan");
    let plan = Records::of(&pages.directory).plan_update(
        &operator,
        Kind::CustomerUser,
        "jan",
        fields(&[("ValidID", "2")]),
        Some(found.version),
    );
    let plan = plan.await.expect("a plan");
    Records::of(&pages.directory)
        .apply(plan)
        .await
        .expect("is saved");
    // He stands there still, so that what he had can be taken.
    let given = pages.get(PATH).await;
    assert!(
        is_ticked(&given, "same/ro/jan") && tick(&given, "same/create/jan").is_none(),
        "{}",
        given.text
    );
    let sent = [
        ("now", "same/rw/zaneta"),
        ("now", "same/create/jan"),
        ("now", "same/ro/nikt"),
        ("_do", "save"),
    ];
    let refused = pages.post(PATH, &sent).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for text in [
        "Nie ma takiego użytkownika klienta",
        "jest nieaktywny",
        "2 błędy",
    ] {
        assert!(refused.has(text), "{text}: {}", refused.text);
    }
    for cell in ["same/create/jan", "same/ro/nikt"] {
        assert!(is_ticked(&refused, cell), "{cell}");
    }
    assert!(refused.has("value=\"same/rw/zaneta\" data-kept"));
    assert_eq!(direct(&pages, "zaneta").await, [""; 0]);
    let taken = [("was", "same/ro/jan"), ("_do", "finish")];
    let taken = pages.post(PATH, &taken).await;
    assert_eq!(taken.location(), "/groups/Wsparcie", "{}", taken.text);
    assert_eq!(direct(&pages, "jan").await, [""; 0]);
}

#[tokio::test]
async fn a_long_list_has_pages_and_ticks_go_along() {
    let pages = open(Role::Admin).await;
    let mut wanted = vec![];
    for number in 0..55 {
        let login = format!("p{number:02}");
        pages
            .person(&login, "Ala", &format!("Test{number:02}"))
            .await;
        wanted.push(person(&login, "Wsparcie", "ro", true));
    }
    relate(&pages, wanted).await;
    let first = pages.get(PATH).await;
    let next = first.input("_next").expect("a next page").to_owned();
    let sent = [("was", "same/ro/p00"), ("_next", &next), ("_do", "next")];
    let second = pages.post(PATH, &sent).await;
    assert!(
        is_ticked(&second, "same/ro/p54") && tick(&second, "same/ro/p00").is_none(),
        "{}",
        second.text
    );
    assert!(second.has("name=\"was\" value=\"same/ro/p00\" data-kept"));
    let linked = pages.post(PATH, &[("_next", &next), ("_do", "next")]).await;
    assert_eq!(linked.location(), format!("{PATH}?after={next}"));
    let who = pages.get("/groups/Wsparcie/permissions/who").await;
    assert!(
        who.has("Policz wszystkie osoby") && who.has("rel=\"next\""),
        "{}",
        who.text
    );
    let counted = pages
        .get("/groups/Wsparcie/permissions/who?permission=ro&count=all")
        .await;
    assert!(counted.has("55 osób"), "{}", counted.text);
}
