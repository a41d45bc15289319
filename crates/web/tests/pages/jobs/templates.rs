//! Templates: added, changed, chosen for a job and for one person.

use axum::http::StatusCode;
use kartoteka_directory::Role;

use super::open;

const FORM: [(&str, &str); 5] = [
    ("name", "Nowa osoba"),
    ("group.0", "Wsparcie"),
    ("group.0.permission", "rw"),
    ("customer.0", "LODZ"),
    ("_then", "save"),
];

#[tokio::test]
async fn a_template_fills_the_form_of_a_job() {
    let pages = open().await;
    let empty = pages.get("/jobs/templates").await;
    assert!(empty.has("Nie ma jeszcze szablonów"), "{}", empty.text);
    let nothing = pages
        .post("/jobs/templates/new", &[("name", "Nowa osoba")])
        .await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(nothing.input("name"), Some("Nowa osoba"));
    assert!(nothing.has("Wybierz co najmniej"));
    let saved = pages.post("/jobs/templates/new", &FORM).await;
    assert_eq!(saved.location(), "/jobs/templates", "{}", saved.text);
    let taken = pages.post("/jobs/templates/new", &FORM).await;
    assert!(taken.has("id=\"name-error\""), "{}", taken.text);
    let list = pages.get("/jobs/templates").await;
    assert!(list.has("Dodanie dalszego klienta LODZ"), "{}", list.text);
    assert!(list.has("href=\"/jobs/templates/1\""));

    // On the page of one person.
    let person = pages.get("/customer-users/jan").await;
    assert!(person.has("href=\"/jobs/new?login=jan\""));
    let choose = pages.get("/jobs/new?login=jan").await;
    assert!(
        choose.has("<option value=\"1\">Nowa osoba</option>"),
        "{}",
        choose.text
    );
    assert!(choose.has("href=\"/customer-users/jan\""));
    let fill = [
        ("query", ""),
        ("whom", "some"),
        ("login", "jan"),
        ("service.0", "Poczta"),
        ("template", "1"),
        ("_then", "template"),
    ];
    let filled = pages.post("/jobs", &fill).await;
    assert_eq!(filled.status, StatusCode::OK);
    assert_eq!(filled.input("customer.0"), Some("LODZ"), "{}", filled.text);
    for chosen in ["Wsparcie", "rw", "Poczta"] {
        assert!(
            filled.has(&format!("<option value=\"{chosen}\" selected>")),
            "{chosen}"
        );
    }

    // Renamed by somebody who does not know of templates: it is said, and nothing is left out in silence.
    let statement = "UPDATE groups_table SET name = 'Pomoc' WHERE name = 'Wsparcie'";
    pages.sql(statement).await;
    let filled = pages.post("/jobs", &fill).await;
    assert!(
        filled.has("<option value=\"Wsparcie\" selected>Wsparcie (już nie istnieje)</option>"),
        "{}",
        filled.text
    );
    let edit = pages.get("/jobs/templates/1").await;
    assert!(edit.has("Wsparcie (już nie istnieje)"), "{}", edit.text);
}

#[tokio::test]
async fn a_template_is_not_overwritten_unseen() {
    let pages = open().await;
    pages.post("/jobs/templates/new", &FORM).await;
    let form = pages.get("/jobs/templates/1").await;
    let version = form.input("_version").expect("a version").to_owned();
    assert_eq!(form.input("name"), Some("Nowa osoba"));
    assert!(form.has("<option value=\"Wsparcie\" selected>"));
    let service = [
        ("name", "Poczta dla wszystkich"),
        ("service.0", "Poczta"),
        ("_version", version.as_str()),
    ];
    let saved = pages.post("/jobs/templates/1", &service).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let stale = pages.post("/jobs/templates/1", &service).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stale.has("Zmieniono to później (ewa)"), "{}", stale.text);
    let reader = pages.colleague("ola", Role::Reader).await;
    for path in [
        "/jobs/templates",
        "/jobs/templates/new",
        "/jobs/templates/1",
    ] {
        assert_eq!(
            reader.get(path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    let gone = pages.post("/jobs/templates/1/delete", &[]).await;
    assert_eq!(gone.location(), "/jobs/templates");
    assert_eq!(
        pages.get("/jobs/templates/1").await.status,
        StatusCode::NOT_FOUND
    );
}
