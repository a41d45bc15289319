//! Two people save the same record.

use axum::http::StatusCode;
use kartoteka_directory::Role;

use crate::pages::reception::{Reception, unescaped};

#[tokio::test]
async fn a_stale_save_shows_both_versions_and_overwrites_nothing() {
    let pages = Reception::open().await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    pages.person("zkowalczyk", "Żaneta", "Kowalczyk").await;
    let path = "/customer-users/zkowalczyk/edit";
    let form = pages.get(path).await;
    let (version, was) = (
        form.input("_version").expect("a version"),
        unescaped(form.input("_was").expect("values")),
    );

    let colleague = pages.colleague("jan", Role::Editor).await;
    let theirs = [
        ("UserPhone", "111"),
        ("UserCity", "Łódź"),
        ("_version", version),
        ("_was", &was),
    ];
    assert_eq!(
        colleague.post(path, &theirs).await.status,
        StatusCode::SEE_OTHER
    );

    let mine = [
        ("UserPhone", "222"),
        ("UserCity", ""),
        ("UserFax", "333"),
        ("UserFirstname", "Żaneta"),
        ("UserPassword", "Tajne-haslo-12345"),
        ("_version", version),
        ("_was", &was),
    ];
    let conflict = pages.post(path, &mine).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT, "{}", conflict.text);
    assert!(conflict.has("jan"), "who: {}", conflict.text);
    for piece in [
        "name=\"UserPhone\" value=\"222\" checked",
        "name=\"UserPhone\" value=\"111\"",
        "name=\"UserCity\" value=\"Łódź\" checked",
        "name=\"UserFax\" value=\"333\" checked",
    ] {
        assert!(conflict.has(piece), "{piece}: {}", conflict.text);
    }
    assert!(!conflict.has("Tajne-haslo"));
    let stored = pages.get(path).await;
    assert_eq!(stored.input("UserPhone"), Some("111"));

    let version = conflict.input("_version").expect("the new version");
    let chosen = [
        ("UserPhone", "222"),
        ("UserCity", "Łódź"),
        ("UserFax", "333"),
        ("_version", version),
    ];
    let saved = pages.post(path, &chosen).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let stored = pages.get(path).await;
    assert_eq!(stored.input("UserPhone"), Some("222"));
    assert_eq!(stored.input("UserCity"), Some("Łódź"));

    let without = pages.post(path, &[("UserPhone", "444")]).await;
    assert_eq!(
        without.status,
        StatusCode::CONFLICT,
        "a form without a version"
    );
}
