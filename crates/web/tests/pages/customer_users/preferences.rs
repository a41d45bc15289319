//! Preferences in the form, the detail view and the history.

use axum::http::StatusCode;

use crate::pages::reception::Reception;

async fn one() -> Reception {
    let pages = Reception::open().await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    pages.person("zkowalczyk", "Żaneta", "Kowalczyk").await;
    pages
}

#[tokio::test]
async fn preferences_are_chosen_in_the_form_and_shown() {
    let pages = one().await;
    let shown = pages.get("/customer-users/zkowalczyk").await;
    assert!(shown.has("domyślnie: 25"), "{}", shown.text);
    let form = pages.get("/customer-users/zkowalczyk/edit").await;
    for piece in [
        "<label for=\"field-UserLanguage\">Język",
        "<option value=\"pl\">polski</option>",
        "<option value=\"Europe/Warsaw\">",
        "<option value=\"5\">co 5 minut</option>",
    ] {
        assert!(form.has(piece), "{piece}: {}", form.text);
    }
    let mut sent = vec![
        ("UserLanguage", "pl"),
        ("UserRefreshTime", "2"),
        ("UserSkin", " brick <b> "),
        ("_version", form.input("_version").expect("a version")),
        ("_do", "preview"),
    ];
    let preview = pages.post("/customer-users/zkowalczyk/edit", &sent).await;
    assert!(
        preview.has("co 2 minuty") && preview.has("Język:"),
        "{}",
        preview.text
    );
    assert!(
        preview.has("<option value=\"pl\" selected>"),
        "{}",
        preview.text
    );
    sent.pop();
    let saved = pages.post("/customer-users/zkowalczyk/edit", &sent).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let shown = pages.get("/customer-users/zkowalczyk").await;
    for piece in [
        "<dd>polski</dd>",
        "<dd>co 2 minuty</dd>",
        "brick &#60;b&#62;",
        "Odświeżanie listy:",
    ] {
        assert!(shown.has(piece), "{piece}: {}", shown.text);
    }
    // The second of two editors sees both.
    let late = [
        ("UserLanguage", "de"),
        ("_version", form.input("_version").expect("a version")),
    ];
    let late = pages.post("/customer-users/zkowalczyk/edit", &late).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.text);
    assert!(late.has("niemiecki") && late.has("polski"), "{}", late.text);
}

#[tokio::test]
async fn a_new_person_begins_with_preferences() {
    let pages = one().await;
    let sent = [
        ("UserFirstname", "Jan"),
        ("UserLastname", "Lis"),
        ("UserLogin", "jlis"),
        ("UserEmail", "jlis@huta-lodz.org"),
        ("UserCustomerID", "HUTA"),
        ("UserTimeZone", "Europe/Warsaw"),
        ("UserShowTickets", "31"),
    ];
    let refused = pages.post("/customer-users/new", &sent).await;
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        refused.text
    );
    assert!(
        refused.has("href=\"#field-UserShowTickets\""),
        "{}",
        refused.text
    );
    let saved = pages.post("/customer-users/new", &sent[..6]).await;
    assert!(saved.secret().is_some(), "{}", saved.text);
    let shown = pages.get("/customer-users/jlis").await;
    assert!(shown.has("<dd>Europe/Warsaw</dd>"), "{}", shown.text);
}

#[tokio::test]
async fn what_follows_a_new_name_is_told_in_words() {
    let pages = one().await;
    let form = pages.get("/customers/HUTA/edit").await;
    let sent = [
        ("CustomerID", "HUTA2"),
        ("_version", form.input("_version").expect("a version")),
        ("_do", "preview"),
    ];
    let preview = pages.post("/customers/HUTA/edit", &sent).await;
    assert!(
        preview.has("Przejmują nową nazwę: 1 osoba"),
        "{}",
        preview.text
    );
    assert!(!preview.has("customer_user"), "{}", preview.text);
}
