//! What happens while a matrix is open: its record gets another key, vanishes or becomes invalid; others save.

use axum::http::StatusCode;
use kartoteka_directory::{Kind, Role};

use super::{direct, is_ticked, open, open_with, person, relate, tick};
use crate::pages::reception::{Page, Reception, fields};

const PATH: &str = "/customer-users/zaneta/permissions";

/// Sends ticks with what the form remembers of the moment when it was made.
async fn send(pages: &Reception, path: &str, form: &Page, ticks: &[(&str, &str)]) -> Page {
    let seen = form.input("_seen").expect("a moment").to_owned();
    let mut sent = vec![("_seen", seen.as_str())];
    sent.extend(ticks);
    pages.post(path, &sent).await
}

#[tokio::test]
async fn a_person_with_another_login_is_found_again() {
    let pages = open(Role::Admin).await;
    let form = pages.get(PATH).await;
    let renamed = fields(&[("UserLogin", "zaneta.nowa"), ("UserEmail", "nowa@huta.pl")]);
    pages.update(Kind::CustomerUser, "zaneta", renamed).await;
    // Somebody else gets the old login: the ticks were not meant for them.
    pages.person("zaneta", "Inna", "Osoba").await;
    let ticks = [("now", "same/ro/stats"), ("_do", "save")];
    let asked = send(&pages, PATH, &form, &ticks).await;
    assert_eq!(asked.status, StatusCode::CONFLICT, "{}", asked.text);
    let now = "/customer-users/zaneta.nowa/permissions";
    assert!(
        asked.has("„zaneta” zmieniono na „zaneta.nowa”") && asked.has(&format!("action=\"{now}\"")),
        "{}",
        asked.text
    );
    assert!(is_ticked(&asked, "same/ro/stats"));
    for login in ["zaneta", "zaneta.nowa"] {
        assert_eq!(direct(&pages, login).await, [""; 0], "{login}");
    }
    let saved = send(&pages, now, &asked, &ticks).await;
    assert_eq!(saved.location(), now, "{}", saved.text);
    assert_eq!(direct(&pages, "zaneta.nowa").await, ["stats ro"]);
    assert_eq!(direct(&pages, "zaneta").await, [""; 0]);
}

#[tokio::test]
async fn a_form_of_an_earlier_program_finds_its_record_by_the_key_alone() {
    let pages = open(Role::Admin).await;
    let renamed = fields(&[("UserLogin", "zaneta.nowa")]);
    pages.update(Kind::CustomerUser, "zaneta", renamed).await;
    let ticks = [("now", "same/ro/stats"), ("_do", "save")];
    let asked = pages.post(PATH, &ticks).await;
    assert_eq!(asked.status, StatusCode::CONFLICT, "{}", asked.text);
    assert!(is_ticked(&asked, "same/ro/stats"));
}

#[tokio::test]
async fn groups_and_customers_with_other_names_are_found_again() {
    let pages = open(Role::Admin).await;
    let path = "/groups/Wsparcie/permissions";
    let form = pages.get(&format!("{path}?search=zanet")).await;
    let renamed = fields(&[("Name", "Pomoc")]);
    pages.update(Kind::Group, "Wsparcie", renamed).await;
    let ticks = [
        ("now", "same/ro/zaneta"),
        ("_shown", "zanet"),
        ("_do", "finish"),
    ];
    let asked = send(&pages, path, &form, &ticks).await;
    assert_eq!(asked.status, StatusCode::CONFLICT, "{}", asked.text);
    assert!(
        asked.has("„Wsparcie” zmieniono na „Pomoc”") && is_ticked(&asked, "same/ro/zaneta"),
        "{}",
        asked.text
    );
    let path = "/customers/HUTA/permissions";
    let form = pages.get(path).await;
    let renamed = fields(&[("CustomerID", "HL")]);
    pages.update(Kind::Customer, "HUTA", renamed).await;
    let ticks = [("now", "same/ro/Pomoc"), ("_do", "preview")];
    let asked = send(&pages, path, &form, &ticks).await;
    assert_eq!(asked.status, StatusCode::CONFLICT, "{}", asked.text);
    assert!(
        asked.has("action=\"/customers/HL/permissions\"") && is_ticked(&asked, "same/ro/Pomoc"),
        "{}",
        asked.text
    );
    assert_eq!(direct(&pages, "zaneta").await, [""; 0]);
}

#[tokio::test]
async fn of_a_record_that_is_gone_the_ticks_are_listed() {
    let pages = open(Role::Admin).await;
    relate(&pages, vec![person("zaneta", "Wsparcie", "ro", true)]).await;
    let (own, group) = (PATH, "/groups/Wsparcie/permissions");
    let (own_form, group_form) = (pages.get(own).await, pages.get(group).await);
    pages
        .sql("DELETE FROM customer_user WHERE login = 'zaneta'")
        .await;
    let ticks = [
        ("was", "same/ro/Wsparcie"),
        ("now", "same/create/stats"),
        ("_do", "save"),
    ];
    let lost = send(&pages, own, &own_form, &ticks).await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND, "{}", lost.text);
    for piece in [
        "nie ma już rekordu „zaneta”",
        "stats: tworzenie (create)",
        "Wsparcie: odczyt (ro)",
        "odbierz:",
        "href=\"/customer-users\"",
    ] {
        assert!(lost.has(piece), "{piece}: {}", lost.text);
    }
    for statement in [
        "DELETE FROM group_customer_user",
        "DELETE FROM groups_table WHERE name = 'Wsparcie'",
    ] {
        pages.sql(statement).await;
    }
    let ticks = [("now", "same/rw/jan"), ("_do", "finish")];
    let lost = send(&pages, group, &group_form, &ticks).await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
    assert!(
        lost.has("„Wsparcie”") && lost.has("jan: edycja (rw)") && lost.has("href=\"/groups\""),
        "{}",
        lost.text
    );
}

#[tokio::test]
async fn what_became_invalid_is_said_once_and_the_ticks_are_kept() {
    let pages = open(Role::Admin).await;
    let form = pages.get(PATH).await;
    let invalid = || fields(&[("ValidID", "2")]);
    pages.update(Kind::CustomerUser, "zaneta", invalid()).await;
    let ticks = [
        ("now", "same/ro/stats"),
        ("now", "same/create/Wsparcie"),
        ("_do", "save"),
    ];
    let refused = send(&pages, PATH, &form, &ticks).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = "Ten użytkownik klienta jest nieaktywny, więc nie można mu nic nadać";
    assert_eq!(refused.text.matches(text).count(), 1, "{}", refused.text);
    assert!(refused.has("1 błąd"), "{}", refused.text);
    assert!(is_ticked(&refused, "same/ro/stats") && is_ticked(&refused, "same/create/Wsparcie"));
    assert_eq!(direct(&pages, "zaneta").await, [""; 0]);
    // A group of the other end, and the group of the page itself.
    pages.update(Kind::Group, "Wsparcie", invalid()).await;
    let path = "/customer-users/jan/permissions";
    let refused = pages.post(path, &ticks).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.has("Ta grupa jest nieaktywna") && is_ticked(&refused, "same/create/Wsparcie"),
        "{}",
        refused.text
    );
    let path = "/groups/Wsparcie/permissions";
    let ticks = [("now", "same/ro/jan"), ("_shown", "jan"), ("_do", "save")];
    let refused = pages.post(path, &ticks).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.has("Ta grupa jest nieaktywna, więc nie można w niej nic nadać")
            && is_ticked(&refused, "same/ro/jan"),
        "{}",
        refused.text
    );
    assert_eq!(direct(&pages, "jan").await, [""; 0]);
}

#[tokio::test]
async fn customers_that_vanished_or_became_invalid_are_named_at_their_rows() {
    let pages = open(Role::Admin).await;
    pages.customer("STARA", "Stara Huta").await;
    let invalid = fields(&[("ValidID", "2")]);
    pages.update(Kind::Customer, "STARA", invalid).await;
    let path = "/groups/stats/permissions/customers";
    let ticks = [
        ("now", "same/ro/HUTA"),
        ("now", "same/ro/STARA"),
        ("now", "same/ro/NIKT"),
        ("now", "other/ro/HUTA"),
        ("_do", "save"),
    ];
    let refused = pages.post(path, &ticks).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for text in [
        "Nie ma takiego klienta",
        "Ten klient jest nieaktywny",
        "Takiego dostępu nie ma",
        "3 błędy",
    ] {
        assert!(refused.has(text), "{text}: {}", refused.text);
    }
    for cell in ["same/ro/STARA", "same/ro/NIKT", "same/ro/HUTA"] {
        assert!(is_ticked(&refused, cell), "{cell}");
    }
    let given = pages.get(path).await;
    assert_eq!(tick(&given, "same/ro/HUTA"), None, "nothing is half saved");
}

#[tokio::test]
async fn permissions_by_group_are_switched_off_while_a_form_is_open() {
    let pages = open_with(|_| {}, Role::Admin).await;
    let switch = async |on: bool| {
        let mut form = vec![("always_groups", "users"), ("_then", "stay")];
        form.extend(on.then_some(("customer_group_support", "on")));
        let saved = pages.post("/settings/access", &form).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    };
    switch(true).await;
    for (path, cell, text) in [
        (PATH, "same/ro/stats", "stats: odczyt (ro)"),
        (
            "/groups/stats/permissions",
            "same/rw/jan",
            "jan: edycja (rw)",
        ),
        (
            "/customers/HUTA/permissions",
            "same/ro/stats",
            "stats: odczyt (ro)",
        ),
        (
            "/groups/stats/permissions/customers",
            "same/ro/HUTA",
            "HUTA: odczyt (ro)",
        ),
    ] {
        let form = pages.get(path).await;
        switch(false).await;
        let ticks = [("now", cell), ("_do", "save")];
        let refused = send(&pages, path, &form, &ticks).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{path}");
        assert!(
            refused.has("w międzyczasie wyłączono") && refused.has(text),
            "{path}: {}",
            refused.text
        );
        switch(true).await;
        let saved = send(&pages, path, &form, &ticks).await;
        assert_eq!(
            saved.status,
            StatusCode::SEE_OTHER,
            "{path}: {}",
            saved.text
        );
    }
}

#[tokio::test]
async fn of_two_admins_at_one_matrix_each_keeps_what_the_other_did() {
    let pages = open(Role::Admin).await;
    relate(&pages, vec![person("zaneta", "stats", "ro", true)]).await;
    let other = pages.colleague("jola", Role::Admin).await;
    let form = pages.get(PATH).await;
    // The other one takes what both see ticked, and gives what this one is about to give.
    let ticks = [
        ("was", "same/ro/stats"),
        ("now", "same/create/Wsparcie"),
        ("_do", "save"),
    ];
    let saved = other.post(PATH, &ticks).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let ticks = [
        ("was", "same/ro/stats"),
        ("now", "same/ro/stats"),
        ("now", "same/create/Wsparcie"),
        ("now", "same/ro/Wsparcie"),
        ("_do", "save"),
    ];
    let saved = send(&pages, PATH, &form, &ticks).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let stored = ["Wsparcie create", "Wsparcie ro"];
    assert_eq!(direct(&pages, "zaneta").await, stored);
    let again = send(&pages, PATH, &form, &ticks).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text);
    assert_eq!(direct(&pages, "zaneta").await, stored);
}

#[tokio::test]
async fn a_place_in_a_list_that_is_gone_is_said_and_ticks_are_kept() {
    let pages = open(Role::Admin).await;
    let path = "/groups/stats/permissions";
    let begun = pages.get(&format!("{path}?after=nikt")).await;
    assert_eq!(begun.status, StatusCode::OK);
    assert!(
        begun.has("Tego miejsca na liście już nie ma"),
        "{}",
        begun.text
    );
    let ticks = [("now", "same/ro/jan"), ("_next", "nikt"), ("_do", "next")];
    let kept = pages.post(path, &ticks).await;
    assert!(
        kept.has("Tego miejsca na liście już nie ma")
            && kept.has("name=\"now\" value=\"same/ro/jan\" data-kept")
            && !kept.has("name=\"after\""),
        "{}",
        kept.text
    );
    let who = pages.get(&format!("{path}/who?after=nikt")).await;
    assert_eq!(who.status, StatusCode::OK);
    assert!(who.has("Tego miejsca na liście już nie ma"), "{}", who.text);
}
