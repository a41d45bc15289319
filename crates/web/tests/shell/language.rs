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
async fn what_is_chosen_before_logging_in_is_a_cookie() {
    let mut app = TestApp::open().await;
    app.cookie.clear();
    let chosen = "language=pl&theme=dark&keys=off&back=%2Flogin";
    let page = app.post("/preferences", chosen).await;
    assert_eq!(
        (page.status, page.header("location")),
        (StatusCode::SEE_OTHER, "/login")
    );
    let cookies: Vec<_> = ["kartoteka-language", "kartoteka-theme", "kartoteka-keys"]
        .map(|name| page.cookie(name).expect("a cookie"))
        .into();
    app.cookie = cookies.join("; ");
    let page = app.get("/login").await.text;
    assert!(
        page.contains("lang=\"pl\" data-theme=\"dark\"") && page.contains("data-keys=\"off\""),
        "{page}"
    );
    let evil = "language=xx%0d%0a&theme=%22&back=%2F%2Fevil";
    let evil = app.post("/preferences", evil).await;
    assert_eq!(evil.header("location"), "/");
    assert!(evil.cookie("kartoteka-language").is_none());
}

#[tokio::test]
async fn what_an_agent_chooses_is_kept_with_the_agent() {
    let mut app = TestApp::open().await;
    let chosen = "language=pl&theme=dark&keys=off&back=%2Fhelp";
    let page = app.post("/preferences", chosen).await;
    assert_eq!(page.header("location"), "/help");
    assert!(page.cookie("kartoteka-language").is_none());
    // In another browser, whatever that one remembers or wishes.
    app.become_agent("ewa").await;
    app.cookie = format!(
        "{}; kartoteka-language=de; kartoteka-theme=light",
        app.cookie
    );
    let page = app.get("/help").await.text;
    assert!(
        page.contains("lang=\"pl\" data-theme=\"dark\"") && page.contains("data-keys=\"off\""),
        "{page}"
    );
    app.post("/preferences", "theme=auto&keys=on").await;
    let page = app.get("/help").await.text;
    assert!(
        page.contains("lang=\"pl\" data-base") && !page.contains("data-keys"),
        "{page}"
    );
    let journal = app.get("/journal").await.text;
    assert!(
        journal.contains("Motyw:") && journal.contains("ciemny"),
        "{journal}"
    );
}
