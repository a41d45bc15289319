//! Every page in each language, by the browser's wish and by choice.

use axum::http::{Method, StatusCode};

use super::app::TestApp;

const PAGES: [(&str, [&str; 3]); 9] = [
    ("/", ["Strona główna", "Home", "Startseite"]),
    ("/agents", ["Agenci", "Agents", "Agenten"]),
    (
        "/agents/new",
        ["Dodaj agenta", "Add agent", "Agent anlegen"],
    ),
    (
        "/agents/ewa/edit",
        ["Nowe hasło", "New password", "Neues Passwort"],
    ),
    ("/journal", ["Dziennik zmian", "Journal", "Journal prüfen"]),
    ("/tokens", ["Utwórz token", "Make token", "Token erstellen"]),
    ("/account", ["Moje konto", "My account", "Mein Konto"]),
    ("/help", ["Pomoc", "Help", "Hilfe"]),
    (
        "/nowhere",
        [
            "Nie ma takiej strony",
            "There is no such page",
            "Diese Seite gibt es nicht",
        ],
    ),
];

#[tokio::test]
async fn pages_speak_three_languages() {
    let mut app = TestApp::open().await;
    let session = app.cookie.clone();
    for (path, texts) in PAGES {
        for (code, text) in ["pl", "en", "de"].into_iter().zip(texts) {
            app.cookie = session.clone();
            let wish = app
                .send(
                    Method::GET,
                    path,
                    &[("accept-language", &format!("{code}-XX, fr;q=0.5"))],
                    "",
                )
                .await;
            assert!(
                wish.text.contains(&format!("<html lang=\"{code}\"")),
                "{path} {code}"
            );
            assert!(wish.text.contains(text), "{path} {code}: {}", wish.text);
            app.cookie = format!("{session}; kartoteka-language={code}");
            let chosen = app
                .send(Method::GET, path, &[("accept-language", "fr")], "")
                .await;
            assert!(
                chosen.text.contains(&format!("<html lang=\"{code}\"")),
                "{path} {code}"
            );
        }
    }
}

#[tokio::test]
async fn language_theme_and_keys_can_be_chosen() {
    let mut app = TestApp::open().await;
    let page = app
        .post(
            "/preferences",
            "language=pl&theme=dark&keys=off&back=%2Fhelp",
        )
        .await;
    assert_eq!(
        (page.status, page.header("location")),
        (StatusCode::SEE_OTHER, "/help")
    );
    let cookies: Vec<_> = ["kartoteka-language", "kartoteka-theme", "kartoteka-keys"]
        .map(|name| page.cookie(name).expect("a cookie"))
        .into();
    app.cookie = format!("{}; {}", app.cookie, cookies.join("; "));
    let page = app.get("/help").await.text;
    assert!(
        page.contains("lang=\"pl\" data-theme=\"dark\"") && page.contains("data-keys=\"off\""),
        "{page}"
    );
    let evil = app
        .post(
            "/preferences",
            "language=xx%0d%0a&theme=%22&back=%2F%2Fevil",
        )
        .await;
    assert_eq!(evil.header("location"), "/");
    assert!(evil.cookie("kartoteka-language").is_none());
}
