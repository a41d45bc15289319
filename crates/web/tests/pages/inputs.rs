//! Bad input at every form and search, one field at a time: it is taken whole, or refused with a message while what
//! was typed is still there; nothing breaks, nothing is half-saved, nothing gets out unescaped.

use axum::http::StatusCode;
use kartoteka_directory::{Kind, Role};

use super::reception::{Reception, escaped, part};

/// What a form is sent, field by field.
type Form = (&'static str, Kind, &'static [(&'static str, &'static str)]);

const FORMS: [Form; 4] = [
    (
        "/customer-users/new",
        Kind::CustomerUser,
        &[
            ("UserTitle", "Dr"),
            ("UserFirstname", "Ala"),
            ("UserLastname", "Nowak"),
            ("UserLogin", "LOGIN"),
            ("UserPassword", ""),
            ("UserEmail", "LOGIN@huta.pl"),
            ("UserCustomerID", "HUTA"),
            ("UserPhone", "1"),
            ("UserFax", "2"),
            ("UserMobile", "3"),
            ("UserStreet", "Długa 1"),
            ("UserZip", "90-001"),
            ("UserCity", "Łódź"),
            ("UserCountry", "Polska"),
            ("UserComment", "x"),
            ("ValidID", "1"),
        ],
    ),
    (
        "/customers/new",
        Kind::Customer,
        &[
            ("CustomerID", "LOGIN"),
            ("CustomerCompanyName", "Firma LOGIN"),
            ("CustomerCompanyStreet", "Długa 1"),
            ("CustomerCompanyZIP", "90-001"),
            ("CustomerCompanyCity", "Łódź"),
            ("CustomerCompanyCountry", "Polska"),
            ("CustomerCompanyURL", "https://firma.test"),
            ("CustomerCompanyComment", "x"),
            ("ValidID", "1"),
        ],
    ),
    (
        "/groups/new",
        Kind::Group,
        &[("Name", "LOGIN"), ("Comment", "x"), ("ValidID", "1")],
    ),
    (
        "/services/new",
        Kind::Service,
        &[
            ("Name", "LOGIN"),
            ("Parent", ""),
            ("Comment", "x"),
            ("ValidID", "1"),
        ],
    ),
];

/// Bad or merely odd texts.
fn odd() -> Vec<String> {
    vec![
        "x".repeat(20_000),
        "ż".repeat(201),
        "a\u{0}b".into(),
        "'; DROP TABLE customer_user; --".into(),
        "\"><script>alert(1)</script>".into(),
        "\u{202e}txet\u{200b}".into(),
        "👩‍🏭 🙂".into(),
        "\u{1f}\u{7f}".into(),
        "../../etc/passwd".into(),
        "{{7*7}}${7*7}%s%n".into(),
        "=HYPERLINK(\"http://x\")".into(),
        "a\r\nSet-Cookie: x=y".into(),
        "1e999".into(),
        "-1".into(),
        String::new(),
        "   ".into(),
    ]
}

async fn count(pages: &Reception, kind: Kind) -> u64 {
    let (valid, others) = pages.directory.count(kind).await.expect("a count");
    valid + others
}

#[tokio::test]
async fn odd_texts_in_any_field_are_taken_whole_or_refused_with_everything_kept() {
    let pages = Reception::with(|_| {}, Role::Admin).await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    let mut number = 0;
    for (path, kind, form) in FORMS {
        for (field, _) in form {
            for text in odd() {
                number += 1;
                let login = format!("n{number}");
                let values: Vec<(&str, String)> = form
                    .iter()
                    .map(|(name, value)| (*name, value.replace("LOGIN", &login)))
                    .map(|(name, value)| {
                        if name == *field {
                            (name, text.clone())
                        } else {
                            (name, value)
                        }
                    })
                    .collect();
                let sent: Vec<(&str, &str)> = values
                    .iter()
                    .map(|(name, value)| (*name, value.as_str()))
                    .collect();
                let before = count(&pages, kind).await;
                let page = pages.post(path, &sent).await;
                let what = format!(
                    "{path} {field} {:?}: {}",
                    text.chars().take(30).collect::<String>(),
                    page.status
                );
                let added = count(&pages, kind).await - before;
                assert!(!page.has("<script>alert(1)"), "{what}: unescaped");
                assert!(
                    !page.headers.contains_key("x")
                        && page.headers.get("set-cookie").is_none_or(|cookie| {
                            !cookie.to_str().unwrap_or_default().contains("x=y")
                        }),
                    "{what}: a header got in"
                );
                match page.status {
                    // A new person's page shows the password once, so it comes without a redirect.
                    StatusCode::OK | StatusCode::SEE_OTHER => assert_eq!(added, 1, "{what}"),
                    StatusCode::UNPROCESSABLE_ENTITY => {
                        assert_eq!(added, 0, "{what}");
                        let (kept, value) = values
                            .iter()
                            .find(|(name, value)| {
                                *name != *field && name.ends_with("omment") && !value.is_empty()
                            })
                            .or_else(|| values.iter().find(|(name, _)| *name != *field))
                            .unwrap();
                        let shown = page.has(&format!("{}</textarea>", escaped(value)))
                            || page.input(kept) == Some(escaped(value).as_str())
                            || page.has(&format!("value=\"{}\" selected", escaped(value)));
                        assert!(shown, "{what}: {kept} is lost\n{}", page.text);
                    }
                    // No browser sends a NUL.
                    StatusCode::BAD_REQUEST if text.contains('\0') => {
                        assert_eq!(added, 0, "{what}")
                    }
                    _ => panic!("{what}\n{}", page.text),
                }
            }
        }
    }
}

#[tokio::test]
async fn odd_texts_in_searches_get_an_answer() {
    let pages = Reception::with(|_| {}, Role::Admin).await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    pages.person("ala", "Ala", "Nowak").await;
    let asked = [
        "/customer-users?search=",
        "/customer-users?customer=",
        "/customer-users?sort=",
        "/customer-users?page=",
        "/customer-users?valid=",
        "/customer-users?source=",
        "/customer-users/search?UserCity=",
        "/customers?search=",
        "/customers/suggest?search=",
        "/groups?search=",
        "/services?search=",
        "/journal?before=",
        "/customer-users/",
        "/customers/",
        "/groups/",
        "/services/",
    ];
    for path in asked {
        for text in odd() {
            let text: String = text.chars().take(2_000).collect();
            let page = pages.get(&format!("{path}{}", part(&text))).await;
            let status = page.status.as_u16();
            let what = format!(
                "{path}{:?}: {status}",
                text.chars().take(30).collect::<String>()
            );
            assert!(
                matches!(status, 200 | 303 | 308 | 400 | 404 | 422),
                "{what}\n{}",
                page.text
            );
            assert!(!page.has("<script>alert(1)"), "{what}: unescaped");
        }
        // Bytes that are no UTF-8.
        let page = pages.get(&format!("{path}%ff%fe")).await;
        assert!(page.status.as_u16() < 500, "{path}: {}", page.status);
    }
}

#[tokio::test]
async fn forms_that_no_browser_sends_are_refused() {
    let pages = Reception::with(|_| {}, Role::Admin).await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    for (path, kind, form) in FORMS {
        let before = count(&pages, kind).await;
        let large = "x".repeat(3 << 20);
        let (name, _) = form[0];
        let page = pages.post(path, &[(name, &large)]).await;
        assert!(page.status.is_client_error(), "{path}: {}", page.status);
        for body in ["%ff%fe=%ff", "=", "&&&", "a", "Name=%", "\u{0}"] {
            let page = pages.raw(path, body.as_bytes()).await;
            assert!(
                page.status.is_client_error(),
                "{path} {body:?}: {}",
                page.status
            );
        }
        let page = pages.raw(path, &[b'a', 0xff, b'=', 0xfe]).await;
        assert!(page.status.is_client_error(), "{path}: {}", page.status);
        assert_eq!(count(&pages, kind).await, before, "{path}");
    }
}
