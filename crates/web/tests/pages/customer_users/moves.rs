//! Moving a person to another source.

use axum::http::StatusCode;
use kartoteka_directory::Role;

use crate::pages::reception::Reception;
use crate::staff::staff;

const MOVE: &str = "/customer-users/anna/move";

#[tokio::test]
async fn an_admin_moves_a_person_with_a_preview_first() {
    let (source, _folder) = staff().await;
    let pages = Reception::with(|settings| settings.customer_users.push(source), Role::Admin).await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    pages.person("anna", "Anna", "Kowalczyk").await;
    assert!(pages.get("/customer-users/anna").await.has(MOVE));
    let asked = pages.get(MOVE).await;
    assert!(asked.has("value=\"CustomerUser1\""), "{}", asked.text);
    assert!(!asked.has("value=\"CustomerUser\""), "{}", asked.text);

    let form = pages.get(&format!("{MOVE}?_to=CustomerUser1")).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.text);
    assert_eq!(form.input("UserLastname"), Some("Kowalczyk"));
    assert!(form.has("Ze źródła"), "{}", form.text);
    let version = form.input("_version").expect("a version").to_owned();
    let sent = |last: &'static str, wish: &'static str| {
        [
            ("_to", "CustomerUser1".to_owned()),
            ("_version", version.clone()),
            ("UserLastname", last.to_owned()),
            ("_do", wish.to_owned()),
        ]
    };
    let post = async |values: [(&str, String); 4]| {
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        pages.post(MOVE, &values).await
    };
    let wrong = post(sent("", "save")).await;
    assert_eq!(
        wrong.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        wrong.text
    );
    let preview = post(sent("Lis", "preview")).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
    assert_eq!(preview.input("UserLastname"), Some("Lis"));
    // A form that is older than the record says so and keeps what was typed.
    let mut stale = sent("Lis", "save");
    stale[1].1 = "0123456789abcdef01234567".into();
    let stale = post(stale).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.text);
    assert_eq!(stale.input("UserLastname"), Some("Lis"));
    let moved = post(sent("Lis", "save")).await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.text);
    let shown = pages.get("/customer-users/anna").await;
    assert!(shown.has("Staff") && shown.has("Lis"), "{}", shown.text);
    assert!(shown.has("przeniesiono do innego źródła"), "{}", shown.text);

    // Editors are not offered it, nor let do it.
    let editor = pages.colleague("adam", Role::Editor).await;
    assert!(!editor.get("/customer-users/anna").await.has(MOVE));
    assert_eq!(editor.get(MOVE).await.status, StatusCode::FORBIDDEN);
}
