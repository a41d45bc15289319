//! Finding anything, what was open last, and the columns of lists.

use axum::http::StatusCode;
use kartoteka_directory::{Kind, Role};

use super::reception::{Reception, fields};

async fn office() -> Reception {
    let pages = Reception::with(|_| {}, Role::Admin).await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    pages.customer("RD", "R&D (Nord)").await;
    pages.person("zaneta", "Żaneta", "Kowalczyk").await;
    pages.person("jan", "Jan", "Hutnik").await;
    let group = fields(&[("Name", "Hutnicy"), ("ValidID", "1")]);
    pages.create(Kind::Group, None, group).await;
    pages
}

#[tokio::test]
async fn hits_of_all_kinds_are_listed_and_the_only_one_is_opened() {
    let pages = office().await;
    let found = pages.get("/find?search=HUT").await;
    assert_eq!(found.status, StatusCode::OK, "{}", found.text);
    for hit in [
        "href=\"/customer-users/jan\">Hutnik Jan</a>",
        "href=\"/customers/HUTA\">Huta Łódź S.A.</a>",
        "href=\"/groups/Hutnicy\">Hutnicy</a>",
    ] {
        assert!(found.has(hit), "{hit}: {}", found.text);
    }
    // Words in any order, letters without accents, signs that would mean something in a list's search.
    for (search, place) in [
        ("zaneta+kowal", "/customer-users/zaneta"),
        ("(nord", "/customers/RD"),
        ("r%26d", "/customers/RD"),
        ("dziennik", "/journal"),
    ] {
        let only = pages.get(&format!("/find?search={search}")).await;
        assert_eq!(
            only.status,
            StatusCode::SEE_OTHER,
            "{search}: {}",
            only.text
        );
        assert_eq!(only.location(), place);
    }
    let part = pages.fragment("/find?search=hut", "options").await;
    assert!(
        part.has("role=\"option\" data-href=\"/groups/Hutnicy\"") && !part.has("<html"),
        "{}",
        part.text
    );
    let nothing = pages.get("/find?search=nikogotuniema").await;
    assert!(nothing.has("Brak wyników"), "{}", nothing.text);
    let long = "x".repeat(201);
    let long = pages.get(&format!("/find?search={long}")).await;
    assert!(long.has("najwyżej 200 znaków"), "{}", long.text);
}

#[tokio::test]
async fn nobody_finds_what_they_may_not_see() {
    let pages = office().await;
    let own = pages.get("/find?search=agenci").await;
    assert_eq!(own.location(), "/agents");
    let reader = pages.colleague("ola", Role::Reader).await;
    let found = reader.get("/find?search=ola").await;
    assert!(!found.has("/agents/"), "{}", found.text);
    let pages_of_admins = reader.get("/find?search=agenci").await;
    assert!(
        pages_of_admins.has("Brak wyników"),
        "{}",
        pages_of_admins.text
    );
}

#[tokio::test]
async fn what_was_open_is_remembered_by_the_browser() {
    let pages = office().await;
    let opened = pages.get("/customer-users/jan").await;
    let cookie = opened.header("set-cookie").to_owned();
    let (cookie, _) = cookie.split_once(';').expect("what becomes of it");
    assert!(cookie.starts_with("kartoteka-opened="), "{cookie}");
    let home = pages.get_with(cookie, "/").await;
    assert!(
        home.has("href=\"/customer-users/jan\">Hutnik Jan</a>"),
        "{}",
        home.text
    );
    let part = pages.get_with(cookie, "/find").await;
    assert!(part.has("Ostatnio otwarte"), "{}", part.text);
    // Rubbish in it does no harm.
    let rubbish = pages
        .get_with("kartoteka-opened=%FF%26groups%3D", "/")
        .await;
    assert_eq!(rubbish.status, StatusCode::OK, "{}", rubbish.text);
}

#[tokio::test]
async fn each_agent_chooses_the_columns_of_their_lists() {
    let pages = office().await;
    let choose = pages.get("/customer-users/columns").await;
    assert!(
        choose.has("value=\"UserCity\"") && !choose.has("value=\"UserPassword\""),
        "{}",
        choose.text
    );
    let chosen = [
        ("column", "UserCity"),
        ("column", "UserLogin"),
        ("column", "Nothing"),
        ("_move", "up:UserLogin"),
    ];
    let moved = pages.post("/customer-users/columns", &chosen).await;
    let place = |name: &str| moved.text.find(&format!("value=\"{name}\" checked"));
    assert!(place("UserLogin") < place("UserCity"), "{}", moved.text);
    let saved = [
        ("column", "UserLogin"),
        ("column", "UserCity"),
        ("_move", ""),
    ];
    let saved = pages.post("/customer-users/columns", &saved).await;
    assert_eq!(saved.location(), "/customer-users");
    let list = pages.get("/customer-users").await;
    assert!(
        list.has("data-label=\"Miasto\"") && !list.has("data-label=\"E-mail\""),
        "{}",
        list.text
    );
    // Others have theirs.
    let other = pages.colleague("ola", Role::Reader).await;
    assert!(
        other
            .get("/customer-users")
            .await
            .has("data-label=\"E-mail\"")
    );

    let names: Vec<String> = (0..40)
        .map(|number| format!("UserFieldNumber{number}"))
        .collect();
    let many: Vec<(&str, &str)> = names.iter().map(|name| ("column", name.as_str())).collect();
    let unknown = pages.post("/customer-users/columns", &many).await;
    assert_eq!(
        unknown.status,
        StatusCode::SEE_OTHER,
        "fields that are gone are left out"
    );
}

#[tokio::test]
async fn lists_are_saved_under_a_name_for_oneself_or_for_all() {
    let pages = office().await;
    let form = pages
        .get("/customer-users/views?search=kowal&valid=all&page=3&Nothing=x")
        .await;
    assert_eq!(
        form.input("query"),
        Some("search=kowal&#38;valid=all"),
        "{}",
        form.text
    );
    let nameless = [("query", "search=kowal"), ("name", " ")];
    let nameless = pages.post("/customer-users/views", &nameless).await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(nameless.input("query"), Some("search=kowal"));
    for (name, shared) in [("Kowale", "on"), ("Moje", "")] {
        let wanted = [
            ("query", "search=kowal"),
            ("name", name),
            ("shared", shared),
        ];
        let saved = pages.post("/customer-users/views", &wanted).await;
        assert_eq!(saved.location(), "/customer-users?search=kowal");
    }
    let list = pages.get("/customer-users?search=kowal").await;
    assert!(
        list.has("href=\"/customer-users?search=kowal\" aria-current=\"true\">Moje</a>"),
        "{}",
        list.text
    );
    let reader = pages.colleague("ola", Role::Reader).await;
    let list = reader.get("/customer-users").await;
    assert!(
        list.has(">Kowale ") && !list.has(">Moje</a>"),
        "{}",
        list.text
    );
    // Readers keep views for themselves alone, and take away no others'.
    let wanted = [("query", ""), ("name", "Ola"), ("shared", "on")];
    let refused = reader.post("/customer-users/views", &wanted).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let others = reader
        .post("/customer-users/views", &[("delete", "1")])
        .await;
    assert_eq!(others.status, StatusCode::FORBIDDEN, "{}", others.text);
    let gone = pages
        .post("/customer-users/views", &[("delete", "1")])
        .await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.text);
    assert!(!reader.get("/customer-users").await.has("Kowale"));
    assert!(pages.get("/journal?kind=view").await.has("Kowale"));
}
