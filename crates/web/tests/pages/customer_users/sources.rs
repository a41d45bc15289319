//! Several sources, read-only sources, read-only fields.

use std::time::Duration;

use axum::http::StatusCode;
use kartoteka_directory::{Actor, Kind, Role};
use kartoteka_model::CustomerUserSource;
use kartoteka_model::Field;
use kartoteka_model::source::{Address, CsvFile, Table};
use kartoteka_settings::Settings;

use crate::pages::reception::Reception;

fn second(settings: &mut Settings) {
    let mut source = CustomerUserSource::shipped();
    source.spec.id = "CustomerUser1".into();
    source.spec.name = "Filia".into();
    // Nobody listens there.
    let nowhere = Address::new("postgres://nobody@127.0.0.1:1/none");
    source.spec.origin = Table::at_home("customer_user").of(nowhere).into();
    settings.customer_users.push(source);
}

#[tokio::test]
async fn a_read_only_source_is_explained() {
    let pages = Reception::open().await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    pages.person("zkowalczyk", "Żaneta", "Kowalczyk").await;
    let pages = pages
        .again(|settings| settings.customer_users[0].spec.read_only = true)
        .await;
    let add = pages.get("/customer-users/new").await;
    assert_eq!(add.status, StatusCode::FORBIDDEN, "{}", add.text);
    assert!(add.has("tylko do odczytu"), "{}", add.text);
    assert!(
        !pages
            .get("/customer-users")
            .await
            .has("href=\"/customer-users/new\"")
    );
    let edit = pages.get("/customer-users/zkowalczyk/edit").await;
    assert_eq!(edit.status, StatusCode::OK, "{}", edit.text);
    assert!(
        edit.has("tylko do odczytu") && edit.has("Można zmieniać tylko preferencje"),
        "{}",
        edit.text
    );
    let sent = [
        ("UserPhone", "1"),
        ("_version", edit.input("_version").unwrap_or_default()),
    ];
    let refused = pages.post("/customer-users/zkowalczyk/edit", &sent).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text);
    let shown = pages.get("/customer-users/zkowalczyk").await;
    assert!(
        shown.has("tylko do odczytu") && shown.has("Zmień preferencje"),
        "{}",
        shown.text
    );
    let sent = [
        ("UserPhone", "1"),
        ("UserLanguage", "de"),
        ("_version", edit.input("_version").unwrap_or_default()),
    ];
    let saved = pages.post("/customer-users/zkowalczyk/edit", &sent).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let shown = pages.get("/customer-users/zkowalczyk").await;
    assert!(shown.has("<dd>niemiecki</dd>"), "{}", shown.text);
}

#[tokio::test]
async fn a_read_only_field_stays_and_says_why() {
    let read_only = |settings: &mut Settings| {
        let map = &mut settings.customer_users[0].spec.map.0;
        for field in map.iter_mut().filter(|field| field.name == "UserFax") {
            field.read_only = true;
        }
    };
    let pages = Reception::with(read_only, Role::Editor).await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    pages.person("zkowalczyk", "Żaneta", "Kowalczyk").await;
    let form = pages.get("/customer-users/zkowalczyk/edit").await;
    assert!(form.has("oznaczone jako tylko do odczytu"), "{}", form.text);
    let sent = [
        ("UserFax", "9"),
        ("UserPhone", "8"),
        ("_version", form.input("_version").expect("a version")),
    ];
    assert_eq!(
        pages
            .post("/customer-users/zkowalczyk/edit", &sent)
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    let form = pages.get("/customer-users/zkowalczyk/edit").await;
    assert_eq!(
        (form.input("UserFax"), form.input("UserPhone")),
        (Some(""), Some("8"))
    );
}

#[tokio::test]
async fn with_several_sources_the_form_asks_which() {
    let pages = Reception::open().await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    pages.person("anna", "Anna", "Nowak").await;
    let pages = pages.again(second).await;
    let choice = pages.get("/customer-users/new?UserCustomerID=HUTA").await;
    assert!(
        choice.has("name=\"_source\"") && choice.has("Filia"),
        "{}",
        choice.text
    );
    assert_eq!(choice.input("UserCustomerID"), Some("HUTA"));
    let form = pages
        .get("/customer-users/new?_source=CustomerUser&UserCustomerID=HUTA")
        .await;
    assert_eq!(form.input("_source"), Some("CustomerUser"), "{}", form.text);
    assert_eq!(form.input("UserCustomerID"), Some("HUTA"));
}

/// A source of its own table, which is made.
async fn branch(pages: &Reception, number: usize, name: &str) -> CustomerUserSource {
    let mut source = CustomerUserSource::shipped();
    let table = &mut source.spec;
    table.id = format!("CustomerUser{number}");
    table.name = name.into();
    table.origin = Table::foreign(format!("branch_{number}")).into();
    let columns = "CREATE TABLE branch_NUMBER AS SELECT * FROM customer_user WHERE 1 = 0";
    let statement = columns.replace("NUMBER", &number.to_string());
    pages.sql(&statement).await;
    source
}

/// The form of a new person.
fn anna<'a>(login: &'a str, email: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("UserLogin", login),
        ("UserFirstname", "Anna"),
        ("UserLastname", "Nowak"),
        ("UserEmail", email),
        ("UserCustomerID", "HUTA"),
        ("ValidID", "1"),
    ]
}

/// Which source has a person.
async fn home_of(pages: &Reception, login: &str) -> Option<String> {
    let operator = Actor::operator();
    let found = pages.directory.find(&operator, Kind::CustomerUser, login);
    found.await.ok().map(|found| found.source)
}

#[tokio::test]
async fn people_are_added_to_the_source_that_was_chosen_and_only_where_that_can_be() {
    let pages = Reception::open().await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    let branches = [
        branch(&pages, 1, "Filia").await,
        branch(&pages, 2, "Magazyn").await,
    ];
    let all = branches.clone();
    let pages = pages
        .again(|settings| {
            settings.customer_users[0].spec.read_only = true;
            settings.customer_users.extend(all);
        })
        .await;
    let choice = pages.get("/customer-users/new").await;
    let offered = choice.text.split("<option value=\"CustomerUser").skip(1);
    let offered: Vec<&str> = offered.filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(offered, ["1", "2"], "{}", choice.text);

    let mut sent = anna("anna", "anna@huta.pl").to_vec();
    sent.push(("_source", "CustomerUser2"));
    let added = pages.post("/customer-users/new", &sent).await;
    assert!(added.secret().is_some(), "{}", added.text);
    assert_eq!(
        home_of(&pages, "anna").await.as_deref(),
        Some("CustomerUser2")
    );
    // One that is only read, and one that nobody knows, are asked about again.
    for source in ["CustomerUser", "CustomerUser9"] {
        let mut sent = anna("berta", "berta@huta.pl").to_vec();
        sent.push(("_source", source));
        let asked = pages.post("/customer-users/new", &sent).await;
        assert!(
            asked.has("<select id=\"source\""),
            "{source}: {}",
            asked.text
        );
        assert_eq!(
            asked.input("UserLogin"),
            Some("berta"),
            "what was typed is kept"
        );
        assert_eq!(home_of(&pages, "berta").await, None, "{source}");
    }
    // Where nobody is asked, the first that can be written is meant (D19).
    let celina = crate::pages::reception::fields(&anna("celina", "celina@huta.pl")[..5]);
    pages.create(Kind::CustomerUser, None, celina).await;
    assert_eq!(
        home_of(&pages, "celina").await.as_deref(),
        Some("CustomerUser1")
    );

    // With one that can be written there is nothing to choose.
    let [filia, _] = branches;
    let pages = pages
        .again(|settings| {
            settings.customer_users.truncate(1);
            settings.customer_users[0].spec.read_only = true;
            settings.customer_users.push(filia);
        })
        .await;
    let form = pages.get("/customer-users/new").await;
    assert_eq!(
        form.input("_source"),
        Some("CustomerUser1"),
        "{}",
        form.text
    );
    let sent = anna("dorota", "dorota@huta.pl");
    let added = pages.post("/customer-users/new", &sent).await;
    assert!(added.secret().is_some(), "{}", added.text);
    assert_eq!(
        home_of(&pages, "dorota").await.as_deref(),
        Some("CustomerUser1")
    );
}

#[tokio::test]
async fn a_source_that_does_not_answer_is_named_and_the_others_are_shown() {
    let pages = Reception::open().await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    pages.person("anna", "Anna", "Nowak").await;
    let pages = pages.again(second).await;
    let mut list = pages.get("/customer-users").await;
    for _ in 0..100 {
        if list.has("niedostępne od") && list.has("Nowak Anna") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        list = pages.get("/customer-users").await;
    }
    assert!(
        list.has("niedostępne od") && list.has("Nowak Anna"),
        "{}",
        list.text
    );
    let none = pages.get("/customer-users?search=zzz").await;
    assert!(
        none.has("Nie wszystkie źródła odpowiadają"),
        "{}",
        none.text
    );
}

#[tokio::test]
async fn a_file_is_told_apart_and_called_by_its_name_when_it_is_gone() {
    let pages = Reception::open().await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    let file = pages.file("people.csv");
    let rows =
        "login,first_name,last_name,email,customer_id\nkasia,Katarzyna,Żak,kasia@rada.pl,HUTA\n";
    std::fs::write(&file, rows).expect("written");
    let of = file.clone();
    let pages = pages
        .again(|settings| {
            let mut source = CustomerUserSource::shipped();
            let spec = &mut source.spec;
            (spec.id, spec.name) = ("CustomerUser3".into(), "Rada Miasta".into());
            let columns = rows.lines().next().unwrap_or_default();
            let is_there = |field: &Field| columns.split(',').any(|one| one == field.column);
            spec.map.0.retain(is_there);
            spec.valid = None;
            spec.origin = CsvFile { file: of }.into();
            source.name_fields = vec!["last_name".into()];
            settings.customer_users.push(source);
        })
        .await;
    let list = pages.get("/customer-users").await;
    assert!(list.has("CSV3") && list.has("Rada Miasta"), "{}", list.text);
    std::fs::remove_file(&file).expect("removed");
    let mut person = pages.get("/customer-users/kasia").await;
    // What was last known of her, and that it is that.
    for _ in 0..100 {
        if person.has("Źródło nie odpowiada od") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        person = pages.get("/customer-users/kasia").await;
    }
    assert_eq!(person.status, 200, "{}", person.text);
    assert!(
        person.has("Źródło nie odpowiada od") && person.has("Żak"),
        "{}",
        person.text
    );
    let unknown = pages.get("/customer-users/nobody").await;
    assert_eq!(unknown.status, 503, "{}", unknown.text);
    assert!(
        unknown.has("„Rada Miasta” jest teraz nieosiągalne"),
        "{}",
        unknown.text
    );
    let list = pages.get("/customer-users").await;
    assert!(
        list.has("Rada Miasta") && list.has("niedostępne od"),
        "{}",
        list.text
    );
    assert!(list.has("kasia"), "{}", list.text);
}
