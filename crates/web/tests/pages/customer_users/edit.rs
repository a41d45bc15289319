//! Changing people.

use axum::http::StatusCode;
use kartoteka_directory::{Actor, Kind};
use kartoteka_records::Records;

use crate::pages::reception::{Reception, unescaped};

async fn one() -> Reception {
    let pages = Reception::open().await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    pages.person("zkowalczyk", "Żaneta", "Kowalczyk").await;
    pages
}

#[tokio::test]
async fn saving_stays_or_goes_to_the_list_it_came_from() {
    let pages = one().await;
    let path = "/customer-users/zkowalczyk/edit";
    let form = pages.get(&format!("{path}?search=kowal&valid=all")).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.text);
    let from = unescaped(form.input("_from").expect("the list"));
    assert_eq!(from, "search=kowal&valid=all");
    assert!(form.has("Huta Łódź S.A."), "{}", form.text);
    let version = form.input("_version").expect("a version");

    let phone = [
        ("UserPhone", "42 123"),
        ("_version", version),
        ("_from", &from),
        ("_do", "save"),
    ];
    let saved = pages.post(path, &phone).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    assert_eq!(
        saved.location(),
        "/customer-users/zkowalczyk/edit?search=kowal&valid=all"
    );

    let form = pages.get(path).await;
    assert_eq!(form.input("UserPhone"), Some("42 123"));
    assert_eq!(
        form.input("UserFirstname"),
        Some("Żaneta"),
        "fields not sent stay"
    );
    let version = form.input("_version").expect("a version");
    let phone = [
        ("UserPhone", "42 123 45 67"),
        ("_version", version),
        ("_from", &from),
        ("_do", "finish"),
    ];
    let finished = pages.post(path, &phone).await;
    assert_eq!(
        finished.location(),
        "/customer-users?search=kowal&valid=all"
    );

    let shown = pages.get("/customer-users/zkowalczyk?search=kowal").await;
    assert!(
        shown.has("<del>42 123</del>") && shown.has("<ins>42 123 45 67</ins>"),
        "{}",
        shown.text
    );
    assert!(shown.has("href=\"tel:421234567\""), "{}", shown.text);
    assert!(
        shown.has("href=\"mailto:xzkowalczyk@huta.pl\""),
        "{}",
        shown.text
    );
}

#[tokio::test]
async fn a_way_back_leads_nowhere_else() {
    let pages = one().await;
    let version = pages.get("/customer-users/zkowalczyk/edit").await;
    let version = version.input("_version").expect("a version");
    for from in [
        "https://evil.example/",
        "search=x#y\r\nSet-Cookie: a=b",
        "//evil",
    ] {
        let sent = [
            ("UserFax", from),
            ("_version", version),
            ("_from", from),
            ("_do", "finish"),
        ];
        let preview = pages.post("/customer-users/zkowalczyk/edit", &sent).await;
        let location = preview.location();
        assert!(
            location.is_empty() || location.starts_with("/customer-users"),
            "{location}"
        );
        assert!(
            !location.contains("evil") && !location.contains("Set-Cookie: "),
            "{location}"
        );
    }
}

/// What refers to the person: preferences, a further customer, permissions, services, a search that was kept.
async fn carries(pages: &Reception) {
    let time = "'2026-01-01 00:00:00'";
    let audit = format!("{time}, 1, {time}, 1");
    let audited = "create_time, create_by, change_time, change_by";
    pages.customer("STAL", "Stal S.A.").await;
    pages
        .sql(&format!(
            "INSERT INTO customer_user_customer (user_id, customer_id, {audited}) VALUES ('zkowalczyk', 'STAL', {audit})"
        ))
        .await;
    for (key, value) in [("UserLanguage", "de"), ("UserShowTickets", "30")] {
        pages
            .sql(&format!(
                "INSERT INTO customer_preferences VALUES ('zkowalczyk', '{key}', '{value}')"
            ))
            .await;
    }
    for permission in ["ro", "move_into", "create", "note", "owner"] {
        pages
            .sql(&format!(
                "INSERT INTO group_customer_user (user_id, group_id, permission_key, permission_value, {audited}) \
                 VALUES ('zkowalczyk', 1, '{permission}', 1, {audit})"
            ))
            .await;
    }
    for number in 1..=22 {
        pages
            .sql(&format!(
                "INSERT INTO service (name, valid_id, {audited}) VALUES ('s{number}', 1, {audit})"
            ))
            .await;
    }
    pages
        .sql(&format!(
            "INSERT INTO service_customer_user (customer_user_login, service_id, create_time, create_by) \
             SELECT 'zkowalczyk', id, {time}, 1 FROM service"
        ))
        .await;
    pages
        .sql(
            "INSERT INTO search_profile (login, profile_name, profile_type, profile_key) \
             VALUES ('CustomerTicketSearch::zkowalczyk', 'mine', 'SCALAR', 'Title')",
        )
        .await;
}

#[tokio::test]
async fn renaming_says_what_is_carried() {
    let pages = one().await;
    carries(&pages).await;
    let form = pages.get("/customer-users/zkowalczyk/edit").await;
    let version = form.input("_version").expect("a version");
    let sent = [
        ("UserLogin", "zaneta"),
        ("_version", version),
        ("_do", "preview"),
    ];
    let preview = pages.post("/customer-users/zkowalczyk/edit", &sent).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
    assert!(
        preview.has("<del>zkowalczyk</del>") && preview.has("<ins>zaneta</ins>"),
        "{}",
        preview.text
    );
    let carried = "Przejmują nową nazwę: 2 preferencje, 1 powiązanie z dalszym klientem, 5 uprawnień do grup, 22 usługi, \
                   1 zapisane wyszukiwanie";
    assert!(preview.has(carried), "{}", preview.text);
    assert_eq!(preview.input("UserLogin"), Some("zaneta"));
    let sent = [
        ("UserLogin", "zaneta"),
        ("_version", version),
        ("_do", "save"),
    ];
    let renamed = pages.post("/customer-users/zkowalczyk/edit", &sent).await;
    assert_eq!(
        renamed.location(),
        "/customer-users/zaneta/edit",
        "{}",
        renamed.text
    );
    assert_eq!(
        pages.get("/customer-users/zkowalczyk").await.status,
        StatusCode::NOT_FOUND
    );
    // So it was, and the history says it in the same words.
    let shown = pages.get("/customer-users/zaneta").await;
    assert!(
        shown.has(carried) && shown.has("<dd>niemiecki</dd>"),
        "{}",
        shown.text
    );
    let late = [("UserPhone", "42 7"), ("_version", version)];
    let late = pages.post("/customer-users/zkowalczyk/edit", &late).await;
    assert_eq!(late.status, StatusCode::NOT_FOUND);
    assert!(late.has("42 7"), "what was typed is kept: {}", late.text);
}

#[tokio::test]
async fn whoever_is_set_invalid_leaves_the_list() {
    let pages = one().await;
    let form = pages.get("/customer-users/zkowalczyk/edit").await;
    let version = form.input("_version").expect("a version");
    let sent = [("ValidID", "2"), ("_version", version), ("_do", "finish")];
    assert_eq!(
        pages
            .post("/customer-users/zkowalczyk/edit", &sent)
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    assert!(!pages.get("/customer-users").await.has("zkowalczyk"));
    let invalid = pages.get("/customer-users?valid=invalid").await;
    assert!(
        invalid.has("zkowalczyk") && invalid.has("badge danger"),
        "{}",
        invalid.text
    );
}

#[tokio::test]
async fn a_field_of_the_map_appears_everywhere() {
    let pages = one().await.with_room().await;
    let form = pages.get("/customer-users/zkowalczyk/edit").await;
    assert!(form.has("Pokój"), "{}", form.text);
    let version = form.input("_version").expect("a version");
    let sent = [
        ("UserRoom", "B-214"),
        ("_version", version),
        ("_do", "save"),
    ];
    assert_eq!(
        pages
            .post("/customer-users/zkowalczyk/edit", &sent)
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    let shown = pages.get("/customer-users/zkowalczyk").await;
    assert!(shown.has("Pokój") && shown.has("B-214"), "{}", shown.text);
    assert!(
        pages
            .get("/customer-users?search=b-214")
            .await
            .has("zkowalczyk")
    );
    let detail = pages.get("/customer-users/search?UserRoom=B-2*").await;
    assert!(detail.has("/customer-users/zkowalczyk"), "{}", detail.text);
}

#[tokio::test]
async fn a_field_with_selections_offers_these_and_keeps_what_is_no_longer_offered() {
    let pages = Reception::open().await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    pages.person("ala", "Ala", "Nowak").await;
    let city = |city: &str| [("UserCity".to_owned(), city.to_owned())].into();
    let directory = &pages.directory;
    let actor = Actor::operator();
    let plan =
        Records::of(directory).plan_update(&actor, Kind::CustomerUser, "ala", city("Łódź"), None);
    Records::of(directory)
        .apply(plan.await.expect("a plan"))
        .await
        .expect("saves");
    let pages = pages
        .again(|settings| {
            let offered = [("", ""), ("Kraków", "Kraków"), ("Gdańsk", "Trójmiasto")];
            let offered = offered.map(|(stored, label)| (stored.to_owned(), label.to_owned()));
            let selections = &mut settings.customer_users[0].spec.selections;
            selections.insert("UserCity".into(), offered.into());
        })
        .await;
    let form = pages.get("/customer-users/ala/edit").await;
    assert!(
        form.has("<option value=\"Gdańsk\">Trójmiasto</option>"),
        "{}",
        form.text
    );
    assert!(
        form.has("<option value=\"Łódź\" selected>Łódź</option>"),
        "{}",
        form.text
    );
    let version = form.input("_version").expect("a version");
    let sent = |city| [("UserCity", city), ("_version", version)];
    let path = "/customer-users/ala/edit";
    let forged = pages.post(path, &sent("Radom")).await;
    assert_eq!(
        forged.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        forged.text
    );
    assert!(forged.has("href=\"#field-UserCity\""), "{}", forged.text);
    let chosen = pages.post(path, &sent("Gdańsk")).await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.text);
    let shown = pages.get("/customer-users/ala").await;
    assert!(shown.has("Trójmiasto"), "{}", shown.text);
}
