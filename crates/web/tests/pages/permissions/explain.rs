//! Why, why not, and what would help.

use axum::http::StatusCode;
use kartoteka_directory::Role;

use super::{open, person, relate};

#[tokio::test]
async fn each_obstacle_and_each_way_leads_to_its_place() {
    let pages = open(Role::Admin).await;
    let path = "/customer-users/zaneta/permissions/explain";
    let choose = pages.get(path).await;
    assert!(choose.has("Wybierz grupę i uprawnienie"), "{}", choose.text);
    let lacks = pages
        .get(&format!("{path}?group=Wsparcie&permission=create"))
        .await;
    for piece in [
        "Kowalczyk nie ma uprawnienia tworzenie (create) w grupie Wsparcie",
        "Nie nadano go ani osobie",
        "href=\"/customer-users/zaneta/permissions?search=Wsparcie\"",
        "href=\"/customers/HUTA/permissions?search=Wsparcie\"",
        "href=\"/settings/access\"",
    ] {
        assert!(lacks.has(piece), "{piece}: {}", lacks.text);
    }
    relate(&pages, vec![person("zaneta", "Wsparcie", "ro", true)]).await;
    let only = pages
        .get(&format!("{path}?group=Wsparcie&permission=create"))
        .await;
    assert!(only.has("odczyt (ro)"), "{}", only.text);
    let has = pages.get(&format!("{path}?group=Wsparcie")).await;
    assert!(
        has.has("Kowalczyk ma uprawnienie odczyt (ro) w grupie Wsparcie")
            && has.has("nadane bezpośrednio"),
        "{}",
        has.text
    );
    let unknown = pages.get(&format!("{path}?group=Nic")).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let nobody = "/customer-users/nikt/permissions/explain?group=stats";
    assert_eq!(pages.get(nobody).await.status, StatusCode::NOT_FOUND);
}
