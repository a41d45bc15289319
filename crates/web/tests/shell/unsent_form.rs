//! What was typed is still there when a form can't be answered.

#![allow(clippy::unwrap_used, reason = "a test that is surprised fails")]

use axum::http::{Method, StatusCode};
use kartoteka_frame::unsent_form::SECRETS;
use kartoteka_web::WebOptions;

use super::app::{PASSWORD, TestApp};

const CUSTOMER: &str = "CustomerID=acme-lab&CustomerCompanyName=Acme+%26+S%C3%B6hne&CustomerCompanyComment=a%0D%0Ab&ValidID=1&finish=1";

/// Names and values that the page would send again.
fn hidden(text: &str) -> Vec<(String, String)> {
    let value = |input: &str, name: &str| {
        let rest = input.split(&format!(" {name}=\"")).nth(1)?;
        let value = rest.split('"').next()?;
        Some(value.replace("&#38;", "&").replace("&#13;", "\r"))
    };
    let section = text.split("error-card").nth(1).expect("an error's page");
    section
        .split("<input type=\"hidden\"")
        .skip(1)
        .filter_map(|input| Some((value(input, "name")?, value(input, "value")?)))
        .collect()
}

fn encoded(pairs: &[(String, String)]) -> String {
    let one = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte.is_ascii_alphanumeric() {
                true => char::from(byte).to_string(),
                false => format!("%{byte:02X}"),
            })
            .collect()
    };
    let all: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", one(name), one(value)))
        .collect();
    all.join("&")
}

#[tokio::test]
async fn a_session_that_ended_while_somebody_typed_loses_nothing() {
    let base = WebOptions {
        base_path: "/desk".to_owned(),
        ..WebOptions::default()
    };
    let mut app = TestApp::open_with(base).await;
    let logged_in = std::mem::take(&mut app.cookie);
    let page = app.post("/desk/customers/new?from=list", CUSTOMER).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.text.contains("Acme &#38; Söhne</dd>"), "{}", page.text);
    assert!(
        page.text
            .contains("action=\"/desk/customers/new?from=list\""),
        "{}",
        page.text
    );
    assert!(
        page.text.contains("href=\"/desk/login\" target=\"_blank\""),
        "{}",
        page.text
    );

    // Logged in again elsewhere, the same is sent once more.
    app.cookie = logged_in;
    let again = encoded(&hidden(&page.text));
    let saved = app.post("/desk/customers/new?from=list", &again).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let shown = app.get("/desk/customers/acme-lab").await;
    assert!(shown.text.contains("Acme &#38; Söhne"), "{}", shown.text);
}

#[tokio::test]
async fn passwords_are_asked_for_again_and_not_sent_back() {
    let mut app = TestApp::open().await;
    app.cookie.clear();
    let form = format!(
        "UserLogin=ola&UserPassword={}&Role=reader",
        PASSWORD.replace(' ', "+")
    );
    let page = app.post("/agents/new", &form).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(!page.text.contains(PASSWORD), "{}", page.text);
    assert!(
        page.text
            .contains("name=\"UserPassword\" type=\"password\""),
        "{}",
        page.text
    );
    let names: Vec<String> = hidden(&page.text)
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["UserLogin", "Role"]);
}

#[tokio::test]
async fn what_another_site_sends_is_not_shown() {
    let app = TestApp::open().await;
    let page = app
        .send(
            Method::POST,
            "/customers/new",
            &[
                ("sec-fetch-site", "cross-site"),
                ("content-type", "application/x-www-form-urlencoded"),
            ],
            CUSTOMER,
        )
        .await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(!page.text.contains("Acme"), "{}", page.text);
}

#[tokio::test]
async fn forms_without_anything_typed_just_lead_to_the_log_in_page() {
    let mut app = TestApp::open().await;
    app.cookie.clear();
    for form in ["", "note="] {
        let page = app.post("/customers/new", form).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
    }
}

/// Every field for something secret is named in the list of those that no page shows.
#[test]
fn no_secret_field_is_forgotten() {
    let mut found = 0;
    let crates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folders = ["frame", "pages", "relation-pages", "rest"]
        .map(|name| crates.join(name).join("templates"));
    let mut folders = folders.to_vec();
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for input in text.split("<input ").filter(|input| {
                let tag = input.split('>').next().unwrap();
                tag.contains("type=\"password\"")
            }) {
                let name = input.split("name=\"").nth(1).unwrap();
                let name = name.split('"').next().unwrap();
                found += 1;
                assert!(
                    name.starts_with("{{") || SECRETS.contains(&name),
                    "{name} in {}",
                    path.display()
                );
            }
        }
    }
    assert!(found > 8, "{found}");
}
