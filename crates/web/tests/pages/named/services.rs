//! Services: the tree, and moving a part of it.

use axum::http::StatusCode;
use kartoteka_directory::Kind;

use super::{open, versioned};
use crate::pages::reception::{Reception, fields, part};

async fn with_tree() -> Reception {
    let pages = open().await;
    for (parent, name) in [
        ("", "IT"),
        ("IT", "Sieć"),
        ("IT::Sieć", "WLAN"),
        ("", "Biuro"),
    ] {
        let wanted = fields(&[("Name", name), ("Parent", parent)]);
        pages.create(Kind::Service, None, wanted).await;
    }
    pages
}

#[tokio::test]
async fn an_empty_tree_says_what_to_do() {
    let pages = open().await;
    let empty = pages.get("/services").await;
    assert_eq!(empty.status, StatusCode::OK, "{}", empty.text);
    assert!(
        empty.has("Nie ma jeszcze usług") && empty.has("href=\"/services/new\""),
        "{}",
        empty.text
    );
    let form = pages.get("/services/new").await;
    assert!(form.has("– najwyższy poziom –"), "{}", form.text);
}

#[tokio::test]
async fn the_list_is_a_tree() {
    let pages = with_tree().await;
    let tree = pages.get("/services").await;
    let names: Vec<usize> = ["/services/Biuro", "/services/IT\"", "Sie%C4%87\"", "WLAN\""]
        .iter()
        .map(|name| {
            tree.text
                .find(name)
                .unwrap_or_else(|| panic!("{name}: {}", tree.text))
        })
        .collect();
    assert!(names.is_sorted(), "{names:?}");
    assert_eq!(tree.text.matches("class=\"indent\"").count(), 3);
    assert!(
        tree.has("<span class=\"visually-hidden\">IT::Sieć::</span>WLAN"),
        "{}",
        tree.text
    );
    assert!(tree.has("4 usługi"), "{}", tree.text);
    // What is above is not found: the name says where it is.
    let found = pages.get("/services?search=wlan").await;
    assert!(found.has("IT::Sieć::<mark>WLAN</mark>"), "{}", found.text);
    let shown = pages.get("/services/IT").await;
    assert!(
        shown.has("Usługi podrzędne") && shown.has("href=\"/services/new?Parent=IT\""),
        "{}",
        shown.text
    );
    assert!(
        shown.has("<span class=\"visually-hidden\">IT::</span>Sieć"),
        "{}",
        shown.text
    );
    let form = pages.get("/services/new?Parent=IT").await;
    assert!(form.has("<option value=\"IT\" selected>"), "{}", form.text);
}

#[tokio::test]
async fn a_move_shows_first_what_follows() {
    let pages = with_tree().await;
    let path = format!("/services/{}/edit", part("IT::Sieć"));
    let form = pages.get(&path).await;
    assert!(form.has("<option value=\"IT\" selected>"), "{}", form.text);
    assert!(
        !form.has("<option value=\"IT::Sieć::WLAN\"") && !form.has("<option value=\"IT::Sieć\""),
        "neither itself nor what is below: {}",
        form.text
    );
    let move_to = |parent: &'static str, wish: &'static str| {
        versioned(
            &form,
            &[("Name", "Sieć"), ("Parent", parent), ("_do", wish)],
        )
    };
    let cycle = pages.post(&path, &move_to("IT::Sieć::WLAN", "save")).await;
    assert_eq!(cycle.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(cycle.has("nie może być pod samą sobą"), "{}", cycle.text);
    let preview = pages.post(&path, &move_to("Biuro", "preview")).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
    assert!(
        preview.has("Poniżej: IT::Sieć::WLAN → Biuro::Sieć::WLAN"),
        "{}",
        preview.text
    );
    let saved = pages.post(&path, &move_to("Biuro", "finish")).await;
    assert_eq!(saved.location(), "/services", "{}", saved.text);
    let below = pages
        .get(&format!("/services/{}", part("Biuro::Sieć::WLAN")))
        .await;
    assert_eq!(below.status, StatusCode::OK, "{}", below.text);
    assert!(
        below.has("<del>IT::Sieć</del>"),
        "its history: {}",
        below.text
    );
}
