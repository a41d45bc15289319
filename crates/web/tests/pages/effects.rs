//! What saving a record does to permissions, in the preview of its form.

use axum::http::StatusCode;
use kartoteka_access::{Access, Wanted};
use kartoteka_directory::{Actor, Kind, Role};
use kartoteka_model::access::Context;

use crate::pages::reception::{Reception, fields};

#[tokio::test]
async fn previews_say_whose_permissions_grow_or_shrink() {
    let pages = Reception::with(
        |settings| {
            settings.groups.customer_group_support = true;
            settings.groups.always_groups = vec![];
            settings.groups.company_always_groups = vec![];
        },
        Role::Admin,
    )
    .await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    pages.person("zaneta", "Żaneta", "Kowalczyk").await;
    pages.person("jan", "Jan", "Nowak").await;
    let group = fields(&[("Name", "Wsparcie"), ("ValidID", "1")]);
    pages.create(Kind::Group, None, group).await;
    let give = Wanted::CustomerGroup {
        customer: "HUTA".into(),
        group: "Wsparcie".into(),
        permission: "rw".into(),
        context: Context::Same,
        given: true,
    };
    let operator = Actor::operator();
    let plan = Access::of(&pages.directory)
        .plan_relations(&operator, vec![give])
        .await;
    let plan = plan.expect("a plan");
    let done = Access::of(&pages.directory).apply_relations(plan).await;
    done.expect("is done");
    for (record, name, said) in [
        (
            "/customers/HUTA",
            ("CustomerCompanyName", "Huta Łódź S.A."),
            "2 osoby stracą uprawnienia odczyt (ro), edycja (rw) w grupie Wsparcie: ",
        ),
        (
            "/groups/Wsparcie",
            ("Name", "Wsparcie"),
            "2 osoby stracą uprawnienia odczyt (ro), edycja (rw) w grupie Wsparcie: ",
        ),
        (
            "/customer-users/jan",
            ("UserLogin", "jan"),
            "Jedna osoba straci uprawnienia odczyt (ro), edycja (rw) w grupie Wsparcie: jan",
        ),
    ] {
        let path = format!("{record}/edit");
        let form = pages.get(&path).await;
        let version = form.input("_version").expect("a version").to_owned();
        let sent = [
            name,
            ("ValidID", "2"),
            ("_version", version.as_str()),
            ("_do", "preview"),
        ];
        let preview = pages.post(&path, &sent).await;
        assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
        assert!(preview.has(said), "{record}: {}", preview.text);
    }
}
