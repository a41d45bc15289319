//! Selecting people and choosing what they get.

use axum::http::StatusCode;
use kartoteka_directory::Role;

use super::{open, serve, shown};

#[tokio::test]
async fn the_ticked_ones_or_all_that_are_found_are_changed() {
    let pages = open().await;
    let list = pages.get("/customer-users?search=nowak").await;
    assert!(list.has("name=\"login\" value=\"jan\""), "{}", list.text);
    assert!(list.has("jedna znaleziona osoba"));
    assert_eq!(list.input("query"), Some("search=nowak"));
    // Sorting, paging and searching on keeps the boxes.
    let part = pages.fragment("/customer-users", "list").await;
    assert!(part.has("value=\"zaneta\""), "{}", part.text);

    for path in ["/jobs/new", "/jobs/fields/new"] {
        let nobody = [("query", "search=x"), ("whom", "some")];
        let nobody = pages.post(path, &nobody).await;
        assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nobody.has("Nikogo nie zaznaczono"));
        assert!(nobody.has("href=\"/customer-users?search=x\""));
    }

    let ticked = [("query", ""), ("login", "zaneta")];
    let choose = pages.post("/jobs/new", &ticked).await;
    assert_eq!(choose.status, StatusCode::OK, "{}", choose.text);
    assert!(choose.has("Dla jednej osoby:") && choose.has("zaneta"));
    assert!(choose.has("<option value=\"Wsparcie\">") && choose.has("<option value=\"Poczta\">"));

    let all = [("query", ""), ("whom", "all")];
    let choose = pages.post("/jobs/new", &all).await;
    assert!(
        choose.has("Dla wszystkich 2 znalezionych osób."),
        "{}",
        choose.text
    );

    let row = [
        ("query", "search=nowak"),
        ("whom", "all"),
        ("group.0", "Wsparcie"),
        ("group.0.permission", "ro"),
        ("group.0.way", "give"),
        ("_then", "preview"),
    ];
    let made = pages.post("/jobs", &row).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let path = made.location().to_owned();
    let preview = pages.get(&path).await;
    assert!(
        preview.has("<strong>1</strong> osoba zostanie zmieniona"),
        "{}",
        preview.text
    );
    assert!(preview.has("wszystkie osoby znalezione przez „nowak”"));
    assert!(preview.has("jan") || preview.has("ro"));
    serve(&pages);
    let started = pages.post(&format!("{path}/start"), &[]).await;
    assert_eq!(started.location(), path);
    let done = shown(&pages, &path, "data-state=\"done\"").await;
    assert!(done.has("href=\"/customer-users/jan\""), "{}", done.text);
    assert!(!done.has("zaneta"));
}

#[tokio::test]
async fn mistakes_keep_what_was_typed() {
    let pages = open().await;
    let none = [("query", ""), ("whom", "all"), ("_then", "preview")];
    let none = pages.post("/jobs", &none).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        none.has("Wybierz co najmniej jednego klienta"),
        "{}",
        none.text
    );
    let wrong = [
        ("query", ""),
        ("whom", "some"),
        ("login", "jan"),
        ("customer.0", "NIKT"),
        ("customer.0.way", "give"),
        ("group.0", "Wsparcie"),
        ("group.0.permission", "rw"),
        ("group.0.way", "take"),
    ];
    let back = pages.post("/jobs", &wrong).await;
    assert_eq!(
        back.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        back.text
    );
    assert_eq!(back.input("customer.0"), Some("NIKT"));
    assert!(back.has("id=\"customer.0-error\""), "{}", back.text);
    assert!(
        back.has("<option value=\"Wsparcie\" selected>")
            && back.has("<option value=\"rw\" selected>")
    );
    assert_eq!(back.input("login"), Some("jan"));
    let more = [&wrong[..], &[("_then", "more")]].concat();
    let more = pages.post("/jobs", &more).await;
    assert!(
        more.has("id=\"group.3\"") && more.has("id=\"service.2\""),
        "{}",
        more.text
    );
    assert_eq!(more.input("customer.0"), Some("NIKT"));
    assert!(
        pages
            .get("/jobs")
            .await
            .has("Nie ma jeszcze operacji zbiorczych")
    );
}

#[tokio::test]
async fn fields_are_changed_after_each_value_was_shown() {
    let pages = open().await;
    let asked = [("query", ""), ("whom", "all")];
    let form = pages.post("/jobs/fields/new", &asked).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.text);
    assert!(form.has("<option value=\"UserEmail\">") && !form.has("<option value=\"UserLogin\">"));

    let none = pages.post("/jobs/fields", &asked).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.has("Wybierz co najmniej jedno pole"), "{}", none.text);

    let wanted = [
        ("query", ""),
        ("whom", "all"),
        ("set.0", "UserCity"),
        ("set.0.value", "Łódź"),
        ("replace.0", "UserEmail"),
        ("replace.0.text", "@HUTA.pl"),
        ("replace.0.by", "@huta.net"),
    ];
    let wrong = [&wanted[..], &[("set.1", "Nothing"), ("set.1.value", "x")]].concat();
    let wrong = pages.post("/jobs/fields", &wrong).await;
    assert_eq!(
        wrong.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        wrong.text
    );
    assert!(wrong.has("id=\"set.1-error\""), "{}", wrong.text);
    assert_eq!(wrong.input("replace.0.text"), Some("@HUTA.pl"));
    assert_eq!(wrong.input("set.0.value"), Some("Łódź"));

    let made = pages.post("/jobs/fields", &wanted).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let path = made.location().to_owned();
    let preview = pages.get(&path).await;
    assert!(
        preview.has("<strong>2</strong> osoby zostaną zmienione"),
        "{}",
        preview.text
    );
    assert!(preview.has("<ins>Łódź</ins>"), "{}", preview.text);
    assert!(preview.has("@huta.net</ins>"), "{}", preview.text);
    serve(&pages);
    pages.post(&format!("{path}/start"), &[]).await;
    let done = shown(&pages, &path, "data-state=\"done\"").await;
    assert!(done.has("zmieniono 2 osoby"), "{}", done.text);
    let jan = pages.get("/customer-users/jan").await;
    assert!(jan.has("Łódź") && jan.has("@huta.net"), "{}", jan.text);
}

#[tokio::test]
async fn whoever_is_ticked_is_deactivated_with_one_more_click() {
    let pages = open().await;
    let ticked = [("query", ""), ("login", "jan"), ("preset", "deactivate")];
    let made = pages.post("/jobs/fields/new", &ticked).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let path = made.location().to_owned();
    let preview = pages.get(&path).await;
    assert!(preview.has("<ins>nieaktywny</ins>"), "{}", preview.text);
    serve(&pages);
    pages.post(&format!("{path}/start"), &[]).await;
    shown(&pages, &path, "data-state=\"done\"").await;
    let jan = pages.get("/customer-users/jan").await;
    assert!(jan.has("nieaktywny"), "{}", jan.text);
}

#[tokio::test]
async fn readers_neither_select_nor_see_jobs() {
    let pages = open().await;
    let reader = pages.colleague("ola", Role::Reader).await;
    let list = reader.get("/customer-users").await;
    assert!(
        !list.has("name=\"login\"") && !list.has("href=\"/jobs\""),
        "{}",
        list.text
    );
    for path in ["/jobs", "/jobs/new", "/jobs/1", "/jobs/1/result.csv"] {
        assert_eq!(
            reader.get(path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    let form = [("query", ""), ("whom", "all"), ("service.0", "Poczta")];
    assert_eq!(
        reader.post("/jobs", &form).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(pages.get("/jobs/7").await.status, StatusCode::NOT_FOUND);
    assert_eq!(pages.get("/jobs/x").await.status, StatusCode::NOT_FOUND);
}
