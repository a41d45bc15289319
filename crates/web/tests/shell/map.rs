//! What the sources' settings and those of lists do on pages.

#![allow(clippy::unwrap_used, reason = "a test that is surprised fails")]

use axum::http::StatusCode;
use kartoteka_directory::{Actor, Fields, Kind};
use kartoteka_model::source::{Address, Table};
use kartoteka_model::{Field, FieldKind};
use kartoteka_records::Records;
use kartoteka_settings::Settings;
use kartoteka_store::Db;
use kartoteka_web::WebOptions;

use super::app::TestApp;

async fn open(change: impl FnOnce(&mut Settings)) -> TestApp {
    let mut app = TestApp::set(WebOptions::default(), change).await;
    app.add_agent("ewa", "admin").await;
    app.become_agent("ewa").await;
    app
}

async fn add(app: &TestApp, kind: Kind, fields: &[(&str, &str)]) {
    let fields: Fields = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let actor = Actor::operator();
    let plan = Records::of(&app.directory)
        .plan_create(&actor, kind, None, fields)
        .await;
    let plan = plan.unwrap();
    assert_eq!(plan.errors, []);
    Records::of(&app.directory).apply(plan).await.unwrap();
}

async fn add_customer(app: &TestApp) {
    let acme = [
        ("CustomerID", "acme"),
        ("CustomerCompanyName", "Acme"),
        ("CustomerCompanyCity", "Łódź"),
        ("ValidID", "1"),
    ];
    add(app, Kind::Customer, &acme).await;
}

async fn add_person(app: &TestApp, login: &str, customer: &str) {
    let email = format!("{login}@acme-lab.org");
    let person = [
        ("UserLogin", login),
        ("UserFirstname", "Anna"),
        ("UserLastname", "Żak"),
        ("UserEmail", &email),
        ("UserCustomerID", customer),
        ("UserPhone", "17"),
        ("ValidID", "1"),
    ];
    add(app, Kind::CustomerUser, &person).await;
}

fn rows(text: &str) -> usize {
    text.matches("href=\"/customer-users/p").count()
}

#[tokio::test]
async fn lists_have_as_many_rows_and_pages_as_the_settings_say() {
    let app = open(|settings| {
        settings.lists.page_size = 4;
        settings.customer_users[0].spec.list_limit = Some(6);
    })
    .await;
    add_customer(&app).await;
    for number in 0..9 {
        add_person(&app, &format!("p{number}"), "acme").await;
    }
    let page = app.get("/customer-users").await;
    assert_eq!(rows(&page.text), 4, "{}", page.text);
    assert!(
        page.text.contains("the first 6 are listed"),
        "{}",
        page.text
    );
    assert!(page.text.contains("?page=2\""), "{}", page.text);
    assert!(!page.text.contains("page=3"), "{}", page.text);
    // Other sizes can be chosen, and the usual one again.
    let page = app.get("/customer-users?limit=25").await;
    assert_eq!(rows(&page.text), 6, "{}", page.text);
    assert!(
        page.text.contains("<a href=\"/customer-users\">4</a>"),
        "{}",
        page.text
    );
}

#[tokio::test]
async fn preferences_stay_out_of_pages_where_the_source_says_so() {
    for shown in [true, false] {
        let app = open(|settings| settings.customer_users[0].set_preferences = shown).await;
        add_customer(&app).await;
        add_person(&app, "pola", "acme").await;
        for path in [
            "/customer-users/pola",
            "/customer-users/pola/edit",
            "/customer-users/new",
        ] {
            let page = app.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            let there = page.text.contains("<h2 id=\"preferences\"");
            assert_eq!(there, shown, "{path}: {}", page.text);
        }
    }
}

#[tokio::test]
async fn links_open_where_the_map_says() {
    let app = open(|settings| {
        for field in &mut settings.customer_users[0].spec.map.0 {
            if field.name == "UserPhone" {
                field.link = "https://phone.example/UserPhone".to_owned();
                field.link_target = "telephone".to_owned();
                field.link_class = "call".to_owned();
            }
        }
        let mut room = Field::new("DynamicField_Room", "Somewhere else", "Room");
        room.kind = FieldKind::DynamicField;
        settings.customer_users[0].spec.map.0.push(room);
    })
    .await;
    add_customer(&app).await;
    add_person(&app, "pola", "acme").await;
    let page = app.get("/customer-users/pola").await;
    assert!(
        page.text
            .contains("class=\"call\" target=\"telephone\" rel=\"noopener noreferrer\">17</a>"),
        "{}",
        page.text
    );
    assert!(!page.text.contains("Somewhere else"), "{}", page.text);
}

#[tokio::test]
async fn a_customer_is_described_by_the_map_of_its_own_source() {
    let elsewhere = tempfile::tempdir().unwrap();
    let address = format!("sqlite://{}", elsewhere.path().join("firms.db").display());
    let db = Db::open(&address).await.unwrap();
    db.execute(
        "CREATE TABLE firms (fid VARCHAR(100) PRIMARY KEY, fname VARCHAR(100), town VARCHAR(100))",
        &[],
    )
    .await
    .unwrap();
    db.execute("INSERT INTO firms VALUES ('beta', 'Beta', 'Gdynia')", &[])
        .await
        .unwrap();
    db.close().await;
    let app = open(|settings| {
        let mut firms = settings.customers[0].clone();
        let table = &mut firms.spec;
        table.id = "CustomerCompany1".to_owned();
        table.name = "Firms".to_owned();
        let elsewhere = Address::new(address.as_str());
        table.origin = Table::foreign("firms").of(elsewhere).into();
        table.key = "fid".to_owned();
        table.valid = None;
        table.read_only = true;
        table.list_fields = vec!["fid".to_owned(), "fname".to_owned()];
        table.search_fields = table.list_fields.clone();
        table.map.0 = vec![
            Field::new("CustomerID", "CustomerID", "fid").required(),
            Field::new("CustomerCompanyName", "Firm", "fname").required(),
            Field::new("CustomerCompanyTown", "Seat of the firm", "town"),
        ];
        settings.customers.push(firms);
    })
    .await;
    add_customer(&app).await;
    add_person(&app, "pola", "acme").await;
    add_person(&app, "pia", "beta").await;
    let page = app.get("/customer-users/pia").await;
    assert!(
        page.text.contains("Seat of the firm") && page.text.contains("Gdynia"),
        "{}",
        page.text
    );
    let page = app.get("/customer-users/pola").await;
    assert!(
        !page.text.contains("Seat of the firm") && page.text.contains("Łódź"),
        "{}",
        page.text
    );
}
