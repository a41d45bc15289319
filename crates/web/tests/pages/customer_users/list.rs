//! The list and the searches.

use axum::http::StatusCode;
use kartoteka_directory::{Actor, Kind, Role};
use kartoteka_model::Record;
use kartoteka_records::Records;

use crate::pages::reception::Reception;

async fn people() -> Reception {
    let pages = Reception::open().await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    for (login, first, last) in [
        ("zkowalczyk", "Żaneta", "Kowalczyk"),
        ("akowalska", "Anna", "Kowalska"),
        ("rsliwa", "Róża", "Śliwa"),
    ] {
        pages.person(login, first, last).await;
    }
    pages
}

#[tokio::test]
async fn people_are_listed_found_sorted_and_paged() {
    let pages = people().await;
    let list = pages.get("/customer-users").await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.text);
    assert!(
        list.has("1–3 z 3") && list.has("aria-sort=\"ascending\""),
        "{}",
        list.text
    );
    assert!(
        list.has("href=\"/customers/HUTA\"") && list.has("Huta Łódź S.A."),
        "{}",
        list.text
    );

    let found = pages.get("/customer-users?search=kowal").await;
    assert!(found.has("<mark>Kowal</mark>czyk Żaneta"), "{}", found.text);
    assert!(!found.has("rsliwa"), "{}", found.text);
    assert!(
        found.has("href=\"/customer-users/zkowalczyk?search=kowal\""),
        "{}",
        found.text
    );

    let part = pages.fragment("/customer-users?search=sliwa", "list").await;
    assert!(
        part.has("<mark>Śliwa</mark>") && !part.has("<html"),
        "{}",
        part.text
    );

    let down = pages.get("/customer-users?sort=-UserLogin").await;
    assert!(down.has("aria-sort=\"descending\""), "{}", down.text);
    let place = |login: &str| down.text.find(&format!(">{login}</td>")).expect("a row");
    assert!(place("zkowalczyk") < place("akowalska"));

    let beyond = pages.get("/customer-users?page=9").await;
    assert_eq!(beyond.status, StatusCode::OK);
    assert!(beyond.has("Nie ma tylu stron"), "{}", beyond.text);
    let none = pages.get("/customer-users?search=zzz").await;
    assert!(none.has("Brak wyników"), "{}", none.text);
}

#[tokio::test]
async fn as_many_as_are_set_can_be_paged_through_and_more_are_said() {
    let pages = Reception::with(|settings| settings.lists.first = 55, Role::Editor).await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    let people = (0..70).map(|number| {
        Record::from_iter([
            ("UserLogin", format!("p{number}")),
            ("UserFirstname", "Anna".into()),
            ("UserLastname", "Nowak".into()),
            ("UserEmail", format!("p{number}@huta.pl")),
            ("UserCustomerID", "HUTA".into()),
            ("ValidID", "1".into()),
        ])
    });
    let actor = Actor::operator();
    let made =
        Records::of(&pages.directory).bulk_create(&actor, Kind::CustomerUser, people, |_| {});
    made.await.expect("people");
    pages.directory.wait_for_index().await.expect("an index");
    for (path, count) in [
        ("/customer-users", "1–50 z 70 · na liście pierwsze 55"),
        (
            "/customer-users?search=nowak",
            "1–50 z ponad 55 · na liście pierwsze 55",
        ),
    ] {
        let list = pages.get(path).await;
        assert!(list.has(count), "{path}: {}", list.text);
        assert!(list.has("page=2\"") && !list.has("page=3\""), "{path}");
    }
    // The last page ends where the list says that it does, and there is none behind it.
    let last = pages.get("/customer-users?page=2").await;
    assert!(last.has("51–55 z 70"), "{}", last.text);
    for page in 3..5 {
        let beyond = pages.get(&format!("/customer-users?page={page}")).await;
        assert!(beyond.has("Nie ma tylu stron"), "{}", beyond.text);
    }
}

#[tokio::test]
async fn a_malformed_search_is_pointed_at() {
    let pages = people().await;
    let wrong = pages.get("/customer-users?search=kowal+AND+OR+nowak").await;
    assert_eq!(
        wrong.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        wrong.text
    );
    assert_eq!(wrong.input("search"), Some("kowal AND OR nowak"));
    assert!(
        wrong.has("syntax-place") && wrong.has("\n          ^"),
        "{}",
        wrong.text
    );
    let typing = pages.fragment("/customer-users?search=%21", "list").await;
    assert_eq!(typing.status, StatusCode::OK, "{}", typing.text);
}

#[tokio::test]
async fn what_was_not_closed_is_said_at_its_place() {
    let pages = people().await;
    for (typed, found, caret, said) in [
        ("kowal+(", false, "\n      ^", "nawias"),
        ("%22kowal", false, "\n^", "cudzysłów"),
        ("kowal+%26%26", false, "\n      ^", "tekst"),
        ("kowal+OR", true, "\n      ^", "operatorze"),
    ] {
        let list = pages.get(&format!("/customer-users?search={typed}")).await;
        assert_eq!(list.status, StatusCode::OK);
        assert!(list.has(caret) && list.has(said), "{typed}: {}", list.text);
        assert_eq!(list.has("akowalska"), found, "{typed}: {}", list.text);
    }
    let list = pages.get("/customer-users?search=kowal").await;
    assert!(!list.has("syntax-place"), "{}", list.text);
}

#[tokio::test]
async fn what_is_searched_and_what_was_hit_is_said() {
    let pages = people().await;
    let change = [("UserPhone", "+48 22 123-45-67")];
    let plan = Records::of(&pages.directory)
        .plan_update(
            &Actor::operator(),
            Kind::CustomerUser,
            "rsliwa",
            change
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            None,
        )
        .await
        .expect("a plan");
    Records::of(&pages.directory)
        .apply(plan)
        .await
        .expect("a save");
    let list = pages.get("/customer-users?search=123+45+67").await;
    assert!(
        list.has("rsliwa") && list.has("+48 22 <mark>123-45-67</mark>"),
        "{}",
        list.text
    );
    assert!(list.has("Przeszukiwane pola: "), "{}", list.text);
    let list = pages.get("/customer-users?search=anna+kowal").await;
    assert!(
        list.has("<mark>Kowal</mark>ska <mark>Anna</mark>"),
        "{}",
        list.text
    );
    // The detail search asks for a part.
    let list = pages.get("/customer-users/search?UserPhone=123+45").await;
    assert!(list.has("rsliwa"), "{}", list.text);
    let list = pages.get("/customer-users/search?UserLastname=owal").await;
    assert!(list.has("akowalska"), "{}", list.text);
    let whole = "/customer-users/search?UserLastname=%22owal%22";
    assert!(!pages.get(whole).await.has("akowalska"));
}

#[tokio::test]
async fn the_detail_search_has_an_address() {
    let pages = people().await;
    let form = pages.get("/customer-users/search").await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.text);
    assert!(
        form.has("name=\"UserCity\"") && form.has("name=\"ValidID\""),
        "{}",
        form.text
    );
    assert!(!form.has("name=\"UserPassword\""));
    let found = pages
        .get("/customer-users/search?UserLastname=Kowal*&UserFirstname=&ValidID=1&ValidID=3")
        .await;
    assert_eq!(found.status, StatusCode::OK, "{}", found.text);
    assert!(
        found.has("1–2 z 2") && found.has("value=\"Kowal*\""),
        "{}",
        found.text
    );
    assert!(found.has("value=\"3\" checked"), "{}", found.text);
    assert!(
        found.has("/customer-users/search?UserLastname=Kowal%2A"),
        "{}",
        found.text
    );
}

#[tokio::test]
async fn readers_see_and_change_nothing() {
    let pages = people().await;
    let reader = pages.colleague("ola", Role::Reader).await;
    let shown = reader.get("/customer-users/rsliwa").await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text);
    assert!(
        shown.has("Róża") && !shown.has("/customer-users/rsliwa/edit"),
        "{}",
        shown.text
    );
    for path in [
        "/customer-users/rsliwa/edit",
        "/customer-users/new",
        "/customer-users/rsliwa/password",
    ] {
        assert_eq!(
            reader.get(path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
        assert_eq!(
            reader.post(path, &[]).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
}
