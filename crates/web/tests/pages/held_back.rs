//! The page of what logins had that are other people's now.

use kartoteka_access::Access;
use kartoteka_directory::{Actor, Kind, Role};

use super::reception::{Reception, fields};
use crate::staff;

const PAGE: &str = "/sources/held";

#[tokio::test]
async fn an_admin_says_whose_it_is_what_a_login_had() {
    let (source, rows, _folder) = staff::numbered().await;
    let desk = Reception::with(|settings| settings.customer_users.push(source), Role::Admin).await;
    let operator = Actor::operator();
    let other = [
        ("CustomerID", "ANDERE"),
        ("CustomerCompanyName", "Andere <AG>"),
    ];
    desk.create(Kind::Customer, None, fields(&other)).await;
    staff::compare(&desk.directory).await;
    let access = Access::of(&desk.directory);
    for login in ["u3", "u4"] {
        let given = access.relate_customer(&operator, login, "ANDERE", true);
        given.await.expect("a relation");
    }
    staff::compare(&desk.directory).await;
    for login in ["u3", "u4"] {
        staff::make_anew(&rows, login).await;
    }
    staff::compare(&desk.directory).await;

    let page = desk.get(PAGE).await;
    assert_eq!(page.status, 200, "{}", page.text);
    for piece in [
        "/customer-users/u3",
        "/customer-users/u4",
        "ANDERE",
        "value=\"another\"",
    ] {
        assert!(page.has(piece), "{piece} {}", page.text);
    }
    let home = desk.get("/").await;
    assert!(home.has(PAGE), "{}", home.text);
    let reader = desk.colleague("jan", Role::Reader).await;
    let shown = reader.get(PAGE).await;
    assert!(
        shown.has("/customer-users/u3") && !shown.has("value=\"another\""),
        "{}",
        shown.text
    );
    let path = "/sources/CustomerUser1/held-back";
    let refused = reader
        .post(path, &[("login", "u3"), ("whose", "same")])
        .await;
    assert_eq!(refused.status, 403);

    let given = desk.post(path, &[("login", "u3"), ("whose", "same")]).await;
    assert_eq!(given.location(), PAGE, "{}", given.text);
    let removed = desk
        .post(path, &[("login", "u4"), ("whose", "another")])
        .await;
    assert_eq!(removed.location(), PAGE, "{}", removed.text);
    // What was decided already is told, and does no harm.
    let again = desk
        .post(path, &[("login", "u4"), ("whose", "another")])
        .await;
    assert_eq!(again.status, 404, "{}", again.text);
    let page = desk.get(PAGE).await;
    assert!(
        !page.has("/customer-users/u3") && !page.has("/customer-users/u4"),
        "{}",
        page.text
    );
    for (login, has) in [("u3", true), ("u4", false)] {
        let of = access
            .permissions_of(&operator, login)
            .await
            .expect("a person")
            .person;
        let found = of.customers.iter().any(|one| one.id == "ANDERE");
        assert_eq!(found, has, "{login}");
    }
}
