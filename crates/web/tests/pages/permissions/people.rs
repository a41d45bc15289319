//! One person by groups.

use axum::http::StatusCode;
use kartoteka_directory::Role;

use super::{direct, is_ticked, open, person, relate, tick};

const PATH: &str = "/customer-users/zaneta/permissions";

#[tokio::test]
async fn only_what_was_changed_is_saved() {
    let pages = open(Role::Admin).await;
    relate(&pages, vec![person("zaneta", "stats", "ro", true)]).await;
    let form = pages.get(PATH).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.text);
    assert!(is_ticked(&form, "same/ro/stats") && !is_ticked(&form, "same/ro/Wsparcie"));
    assert_eq!(tick(&form, "same/ro/users"), None, "an always-group");
    assert!(form.has("grupa domyślna użytkowników klientów"));

    // Somebody else gives something meanwhile, which this form knows nothing of.
    relate(&pages, vec![person("zaneta", "admin", "create", true)]).await;
    let sent = [
        ("was", "same/ro/stats"),
        ("now", "same/ro/Wsparcie"),
        ("now", "same/create/Wsparcie"),
        ("_do", "save"),
    ];
    let saved = pages.post(PATH, &sent).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    assert_eq!(saved.location(), PATH);
    let stored = ["Wsparcie create", "Wsparcie ro", "admin create"];
    assert_eq!(direct(&pages, "zaneta").await, stored);

    let finish = [("now", "same/rw/Wsparcie"), ("_do", "finish")];
    let finish = pages.post(PATH, &finish).await;
    assert_eq!(finish.location(), "/customer-users/zaneta");
    let stored = ["Wsparcie rw", "admin create"];
    assert_eq!(direct(&pages, "zaneta").await, stored);
    let form = pages.get(PATH).await;
    let implied = tick(&form, "same/ro/Wsparcie").expect("a box");
    assert!(implied.contains(" disabled"), "part of rw: {implied}");

    let shown = pages.get("/customer-users/zaneta").await;
    assert!(
        shown.has("Efektywne uprawnienia") && shown.has("nadane bezpośrednio"),
        "{}",
        shown.text
    );
    assert!(shown.has("href=\"/customer-users/zaneta/permissions\""));
    assert!(shown.has("Huta Łódź S.A.") && shown.has("główny klient"));
}

#[tokio::test]
async fn a_preview_keeps_the_ticks_and_saves_nothing() {
    let pages = open(Role::Admin).await;
    let sent = [("now", "same/rw/Wsparcie"), ("_do", "preview")];
    let preview = pages.post(PATH, &sent).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
    assert!(
        preview.has("zaneta: edycja (rw) w grupie Wsparcie"),
        "{}",
        preview.text
    );
    assert!(
        preview.has(
            "1 osoba od 1 klienta zyska: odczyt (ro), tworzenie (create), edycja (rw) w grupie Wsparcie"
        ) || preview.has(
            "1 osoba od 1 klienta zyska: tworzenie (create), odczyt (ro), edycja (rw) w grupie Wsparcie"
        ),
        "{}",
        preview.text
    );
    assert!(is_ticked(&preview, "same/rw/Wsparcie"));
    assert_eq!(direct(&pages, "zaneta").await, [""; 0]);
    let nothing = pages.post(PATH, &[("_do", "preview")]).await;
    assert!(nothing.has("Nic się nie zmieni."), "{}", nothing.text);
    // A tick beside always-groups and other ways changes nothing for anybody.
    relate(
        &pages,
        vec![kartoteka_access::Wanted::CustomerGroup {
            customer: "HUTA".into(),
            group: "stats".into(),
            permission: "ro".into(),
            context: kartoteka_model::access::Context::Same,
            given: true,
        }],
    )
    .await;
    let held = pages.get(PATH).await;
    let cell = tick(&held, "same/ro/stats").expect("a box");
    assert!(
        cell.contains("held") && !cell.contains(" checked"),
        "{cell}"
    );
    assert!(
        held.has("przez klienta") && held.has("/customers/HUTA/permissions"),
        "{}",
        held.text
    );
    let sent = [("now", "same/ro/stats"), ("_do", "preview")];
    let preview = pages.post(PATH, &sent).await;
    assert!(preview.has("Nikt przez to nie zyska"), "{}", preview.text);
}

#[tokio::test]
async fn mistakes_stand_at_their_cells_and_nothing_is_saved() {
    let pages = open(Role::Admin).await;
    relate(&pages, vec![person("zaneta", "stats", "ro", true)]).await;
    // Meanwhile somebody gave rw, and the group of another tick vanished.
    relate(&pages, vec![person("zaneta", "stats", "rw", true)]).await;
    let sent = [
        ("was", "same/ro/stats"),
        ("now", "same/ro/Dawna"),
        ("now", "same/fly/Wsparcie"),
        ("now", "other/ro/Wsparcie"),
        ("now", "same/create/Wsparcie"),
        ("_do", "save"),
    ];
    let refused = pages.post(PATH, &sent).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for text in [
        "Nie ma takiej grupy",
        "Najpierw odbierz rw",
        "To uprawnienie nie należy do tych",
        "Dawna",
    ] {
        assert!(refused.has(text), "{text}: {}", refused.text);
    }
    assert!(is_ticked(&refused, "same/ro/Dawna"));
    assert!(is_ticked(&refused, "same/fly/Wsparcie"));
    assert!(is_ticked(&refused, "same/create/Wsparcie"));
    assert_eq!(direct(&pages, "zaneta").await, ["stats rw"]);
}

#[tokio::test]
async fn filters_rows_and_columns_work_without_scripts_and_keep_ticks() {
    let pages = open(Role::Admin).await;
    let filtered = pages.get(&format!("{PATH}?search=wsp")).await;
    assert!(
        filtered.has("<tr hidden data-name=\"stats\"")
            && filtered.has("<tr data-name=\"Wsparcie\""),
        "{}",
        filtered.text
    );
    let browsed = [("search", "wsp"), ("_do", "search")];
    let browsed = pages.post(PATH, &browsed).await;
    assert_eq!(browsed.location(), format!("{PATH}?search=wsp"));
    let kept = [
        ("now", "same/ro/stats"),
        ("search", "wsp"),
        ("_do", "search"),
    ];
    let kept = pages.post(PATH, &kept).await;
    assert!(is_ticked(&kept, "same/ro/stats"), "{}", kept.text);
    assert_eq!(direct(&pages, "zaneta").await, [""; 0]);

    let column = pages.post(PATH, &[("_do", "column same/create")]).await;
    for group in ["admin", "stats", "Wsparcie"] {
        assert!(is_ticked(&column, &format!("same/create/{group}")));
        assert!(!is_ticked(&column, &format!("same/ro/{group}")));
    }
    let again = [
        ("now", "same/create/admin"),
        ("now", "same/create/stats"),
        ("now", "same/create/Wsparcie"),
        ("_do", "column same/create"),
    ];
    let again = pages.post(PATH, &again).await;
    assert!(!is_ticked(&again, "same/create/stats"));
    let row = pages.post(PATH, &[("_do", "row stats")]).await;
    assert!(is_ticked(&row, "same/rw/stats") && !is_ticked(&row, "same/rw/admin"));
    let row = [("now", "same/rw/stats"), ("_do", "row stats")];
    let row = pages.post(PATH, &row).await;
    assert!(!is_ticked(&row, "same/rw/stats"));
}

#[tokio::test]
async fn switched_off_there_is_nothing_to_tick() {
    let pages = super::open_with(|_| {}, Role::Admin).await;
    let shown = pages.get(PATH).await;
    assert!(
        shown.has("Uprawnienia grupowe są wyłączone")
            && shown.has("href=\"/settings/access\"")
            && !shown.has("type=\"checkbox\""),
        "{}",
        shown.text
    );
    let meanwhile = [("now", "same/ro/stats"), ("_do", "save")];
    let meanwhile = pages.post(PATH, &meanwhile).await;
    assert_eq!(meanwhile.status, StatusCode::CONFLICT);
    assert!(
        meanwhile.has("Nic nie zapisano") && meanwhile.has("stats: odczyt (ro)"),
        "{}",
        meanwhile.text
    );
    assert_eq!(direct(&pages, "zaneta").await, [""; 0]);
    let record = pages.get("/customer-users/zaneta").await;
    assert!(
        record.has("uprawnienia grupowe są wyłączone"),
        "{}",
        record.text
    );
}
