//! Adding people.

use axum::http::StatusCode;
use kartoteka_directory::{Actor, IndexState, JournalFilter, Kind, Role};

use crate::pages::reception::{Reception, unescaped};

#[tokio::test]
async fn without_a_customer_the_way_leads_to_one() {
    let pages = Reception::open().await;
    let list = pages.get("/customer-users").await;
    assert!(list.has("href=\"/customers/new\""), "{}", list.text);
    let refused = pages.get("/customer-users/new").await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
    assert!(refused.has("Najpierw dodaj klienta") && refused.has("href=\"/customers/new\""));
    let posted = pages
        .post("/customer-users/new", &[("UserLogin", "x")])
        .await;
    assert_eq!(posted.status, StatusCode::CONFLICT, "{}", posted.text);
}

#[tokio::test]
async fn customers_are_known_before_they_can_be_searched() {
    let pages = Reception::open().await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    let (pages, lock) = pages.while_customers_are_indexed().await;
    let building = IndexState::Building { done: 0 };
    assert_eq!(pages.directory.index_state(Kind::Customer), building);
    let list = pages.get("/customer-users").await;
    assert!(!list.has("href=\"/customers/new\""), "{}", list.text);
    let form = pages.get("/customer-users/new").await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.text);
    drop(lock);
    pages.directory.wait_for_index().await.expect("is made");
    pages.directory.close().await;
}

#[tokio::test]
async fn all_mistakes_come_at_once_and_nothing_typed_is_lost() {
    let pages = Reception::open().await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    let form = pages.get("/customer-users/new?UserCustomerID=HUTA").await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.text);
    assert_eq!(form.input("UserCustomerID"), Some("HUTA"));
    assert!(
        form.has("<option value=\"HUTA\">Huta Łódź S.A.</option>"),
        "{}",
        form.text
    );

    let typed = [
        ("UserFirstname", "Żaneta"),
        ("UserLogin", ""),
        ("UserEmail", "z.kowalczyk@"),
        ("UserPassword", "Tajne-haslo-12345"),
        ("UserCustomerID", "NIEMA"),
        ("UserPhone", "+48 42 123 45 67"),
        ("UserComment", "pierwszy\r\ndrugi"),
        ("ValidID", "3"),
    ];
    let wrong = pages.post("/customer-users/new", &typed).await;
    assert_eq!(
        wrong.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        wrong.text
    );
    assert_eq!(wrong.input("UserFirstname"), Some("Żaneta"));
    assert_eq!(wrong.input("UserEmail"), Some("z.kowalczyk@"));
    assert_eq!(wrong.input("UserPhone"), Some("+48 42 123 45 67"));
    assert!(wrong.has("pierwszy\ndrugi</textarea>"), "{}", wrong.text);
    assert!(wrong.has("<option value=\"3\" selected>"), "{}", wrong.text);
    assert!(!wrong.has("Tajne-haslo"), "the password comes back");
    for field in ["UserLogin", "UserLastname", "UserEmail", "UserCustomerID"] {
        assert!(
            wrong.has(&format!("href=\"#field-{field}\"")),
            "{field}: {}",
            wrong.text
        );
    }
    assert_eq!(
        wrong.text.matches("aria-invalid=\"true\"").count(),
        4,
        "{}",
        wrong.text
    );
}

#[tokio::test]
async fn a_generated_password_is_shown_once_and_never_written_down() {
    let pages = Reception::open().await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    let typed = [
        ("UserFirstname", "Żaneta"),
        ("UserLastname", "Kowalczyk"),
        ("UserLogin", "zkowalczyk"),
        ("UserEmail", "z.kowalczyk@huta.pl"),
        ("UserPassword", ""),
        ("UserCustomerID", "HUTA"),
        ("ValidID", "1"),
        ("_do", "preview"),
    ];
    let preview = pages.post("/customer-users/new", &typed).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
    assert!(
        preview.has("<ins>Kowalczyk</ins>") && preview.secret().is_none(),
        "{}",
        preview.text
    );
    assert_eq!(
        pages.get("/customer-users/zkowalczyk").await.status,
        StatusCode::NOT_FOUND
    );

    let added = pages.post("/customer-users/new", &typed[..7]).await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.text);
    assert_eq!(added.headers["cache-control"], "no-store");
    assert!(!added.headers.contains_key("set-cookie"));
    let secret = unescaped(added.secret().expect("a password"));
    assert!(secret.len() >= 12, "{secret}");
    for path in [
        "/customer-users/zkowalczyk",
        "/customer-users/zkowalczyk/edit",
        "/customer-users",
    ] {
        let page = pages.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        assert!(!unescaped(&page.text).contains(&secret), "{path}");
    }
    let filter = JournalFilter {
        limit: 10,
        ..JournalFilter::default()
    };
    let journal = pages
        .directory
        .journal(&Actor::operator(), &filter)
        .await
        .expect("a journal");
    assert!(!format!("{journal:?}").contains(&secret));

    let set = pages
        .post(
            "/customer-users/zkowalczyk/password",
            &[("UserPassword", "")],
        )
        .await;
    let again = unescaped(set.secret().expect("a password"));
    assert_ne!(again, secret);
    let typed = pages
        .post(
            "/customer-users/zkowalczyk/password",
            &[("UserPassword", "Inne-haslo-98765")],
        )
        .await;
    assert_eq!(
        typed.location(),
        "/customer-users/zkowalczyk",
        "{}",
        typed.text
    );
}

#[tokio::test]
async fn a_form_does_not_ask_for_logins_that_are_given_out() {
    let pages = Reception::with(
        |settings| settings.customer_users[0].auto_login = Some("auto".into()),
        Role::Editor,
    )
    .await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    let form = pages.get("/customer-users/new").await;
    assert!(form.input("UserLogin").is_none() && form.input("UserEmail").is_some());
    let typed = [
        ("UserFirstname", "Żaneta"),
        ("UserLastname", "Kowalczyk"),
        ("UserEmail", "z.kowalczyk@huta.pl"),
        ("UserCustomerID", "HUTA"),
    ];
    let added = pages.post("/customer-users/new", &typed).await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.text);
    assert!(
        added.has("auto-") && added.secret().is_some(),
        "{}",
        added.text
    );
}
