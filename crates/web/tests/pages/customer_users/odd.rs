//! Odd logins and hostile values.

use axum::http::StatusCode;
use kartoteka_directory::Kind;

use crate::pages::reception::{Reception, escaped, fields, part};

#[tokio::test]
async fn any_login_has_its_pages() {
    let pages = Reception::open().await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    for login in [
        "new", "search", "..", "~a", "a/b", "100%", "a?b#c", "a b", "żółć", "<i>", "a+b", "%2F",
        "a&b=c",
    ] {
        pages.person(login, "Anna", login).await;
        let list = pages
            .get(&format!("/customer-users?search=%22{}%22", part(login)))
            .await;
        let before = format!(">{}<", escaped(login));
        assert!(
            list.has("href=\"/customer-users/"),
            "{login}: {}",
            list.text
        );
        let href = list
            .text
            .split("href=\"")
            .filter_map(|rest| rest.split_once('"'))
            .map(|(href, _)| href)
            .find(|href| {
                let of_record = !href.starts_with("/customer-users/views");
                of_record && href.contains("?search=") && href.starts_with("/customer-users/")
            })
            .expect("a link");
        let path = href.split('?').next().unwrap_or_default();
        let shown = pages.get(path).await;
        assert_eq!(
            shown.status,
            StatusCode::OK,
            "{login} at {path}: {}",
            shown.text
        );
        assert!(
            shown.has(&before) || shown.has(&escaped(login)),
            "{login}: {}",
            shown.text
        );
        let form = pages.get(&format!("{path}/edit")).await;
        assert_eq!(
            form.input("UserLogin"),
            Some(escaped(login).as_str()),
            "{login}"
        );
        let sent = [
            ("UserPhone", "1"),
            ("_version", form.input("_version").expect("a version")),
        ];
        let saved = pages.post(&format!("{path}/edit"), &sent).await;
        assert_eq!(saved.location(), format!("{path}/edit"), "{login}");
    }
    for path in [
        "/customer-users/%FF",
        "/customer-users/a%00b",
        "/customer-users?search=%FF",
    ] {
        let refused = pages.get(path).await.status;
        assert!(refused.is_client_error(), "{path}: {refused}");
    }
}

#[tokio::test]
async fn nothing_that_is_stored_runs() {
    let evil = "\"'></textarea><svg/onload=alert(1)>{{7*7}}";
    let pages = Reception::open().await;
    let customer = fields(&[
        ("CustomerID", evil),
        ("CustomerCompanyName", evil),
        ("CustomerCompanyCity", evil),
        ("CustomerCompanyURL", "javascript:alert(1)"),
        ("CustomerCompanyComment", evil),
    ]);
    pages.create(Kind::Customer, None, customer).await;
    let mut person = fields(&[
        ("UserLogin", evil),
        ("UserFirstname", evil),
        ("UserLastname", evil),
        ("UserEmail", "evil@huta.pl"),
        ("UserCustomerID", evil),
    ]);
    for field in [
        "UserTitle",
        "UserPhone",
        "UserFax",
        "UserMobile",
        "UserStreet",
        "UserZip",
        "UserCity",
        "UserCountry",
    ] {
        person.insert(field.into(), evil.into());
    }
    person.insert("UserComment".into(), evil.into());
    pages.create(Kind::CustomerUser, None, person).await;

    let (user, customer) = (
        format!("/customer-users/{}", part(evil)),
        format!("/customers/{}", part(evil)),
    );
    let sent = [
        ("UserPhone", evil),
        ("UserLogin", evil),
        ("UserEmail", evil),
        ("_from", evil),
        ("_was", evil),
    ];
    let mut texts = vec![
        pages.post(&format!("{user}/edit"), &sent).await,
        pages.post("/customer-users/new", &sent).await,
    ];
    let asked = part(evil);
    for path in [
        "/customer-users?valid=all".to_owned(),
        format!("/customer-users?search={asked}&customer={asked}&sort={asked}"),
        format!("/customer-users/search?UserLastname={asked}"),
        "/customers?valid=all".to_owned(),
        user.clone(),
        format!("{user}/edit"),
        format!("{user}/password"),
        customer.clone(),
        format!("{customer}/edit"),
        format!("/customer-users/new?UserFirstname={asked}"),
    ] {
        texts.push(pages.get(&path).await);
    }
    texts.push(
        pages
            .fragment("/customers/suggest?search=svg", "options")
            .await,
    );
    for page in texts {
        assert!(!page.status.is_server_error(), "{}", page.text);
        assert!(
            !page.has("<svg/onload") && !page.has("href=\"javascript"),
            "{}",
            page.text
        );
    }
}
