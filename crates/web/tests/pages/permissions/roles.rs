//! Who may look, and who may change.

use axum::http::StatusCode;
use kartoteka_directory::Role;

use super::{direct, open, tick};

const PATH: &str = "/customer-users/zaneta/permissions";

#[tokio::test]
async fn readers_look_and_change_nothing() {
    let pages = open(Role::Reader).await;
    for path in [
        PATH,
        "/customers/HUTA/permissions",
        "/groups/stats/permissions?search=kowalczyk",
        "/groups/stats/permissions/customers?search=huta",
    ] {
        let shown = pages.get(path).await;
        assert_eq!(shown.status, StatusCode::OK, "{path}: {}", shown.text);
        assert!(
            shown.has("obejrzeć uprawnienia, ale nie możesz") && !shown.has("type=\"checkbox\""),
            "{path}: {}",
            shown.text
        );
    }
    let forged = [("now", "same/rw/stats"), ("_do", "save")];
    let refused = pages.post(PATH, &forged).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(direct(&pages, "zaneta").await, [""; 0]);
}

#[tokio::test]
async fn editors_give_in_their_groups_only_and_never_to_themselves() {
    let pages = open(Role::Editor).await;
    pages.person("ewa", "Ewa", "Lis").await;
    let shown = pages.get(PATH).await;
    assert!(
        shown.has("Nie masz prawa nadawać uprawnień w tej grupie")
            && tick(&shown, "same/ro/stats").is_none(),
        "{}",
        shown.text
    );
    let forged = [("now", "same/rw/stats"), ("_do", "save")];
    let refused = pages.post(PATH, &forged).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.has("Uprawnienia możesz nadawać tylko w grupach"),
        "{}",
        refused.text
    );
    let group = pages.get("/groups/stats/permissions?search=lis").await;
    assert!(!group.has("type=\"checkbox\""), "{}", group.text);
    for path in [
        "/groups/stats/permissions",
        "/groups/stats/permissions/customers",
    ] {
        let forged = [
            ("now", "same/rw/zaneta"),
            ("now", "same/rw/HUTA"),
            ("_do", "save"),
        ];
        let refused = pages.post(path, &forged).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        let said = "Uprawnienia możesz nadawać tylko w grupach";
        assert_eq!(refused.text.matches(said).count(), 2, "{}", refused.text);
    }
    let own = pages.get("/customer-users/ewa/permissions").await;
    assert!(
        own.has("może zmieniać tylko administrator") && !own.has("type=\"checkbox\""),
        "{}",
        own.text
    );
    let forged = pages.post("/customer-users/ewa/permissions", &forged).await;
    assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(direct(&pages, "ewa").await, [""; 0]);
}
