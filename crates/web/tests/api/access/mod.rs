//! Access in REST: who may see what, and why; giving and taking.

mod asked;
mod between;
mod changed;
mod past;
mod records;
mod refused;
mod settings;
mod undo;

use axum::http::Method;
use serde_json::{Value, json};

use super::desk::{Desk, Reply, bearer};

pub const RELATIONS: &str = "/api/v1/relations";

/// A desk with permissions by group: customers `MUSTER` and `ANDERE`, people `anna` and `berta` of the first and
/// `carla` of the second, groups `support` and `sales`, services `IT` and `IT::Netz`.
pub async fn world() -> Desk {
    let desk = Desk::with(|settings| {
        settings.groups.customer_group_support = true;
        settings.groups.other_customers = true;
        settings.groups.always_groups = vec![];
        settings.groups.company_always_groups = vec![];
        settings.groups.permissions = ["ro", "create", "rw"].map(String::from).to_vec();
    })
    .await;
    let other = json!({"CustomerID": "ANDERE", "CustomerCompanyName": "Andere AG"});
    assert_eq!(desk.post("/api/v1/customers", &other).await.status, 201);
    for login in ["anna", "berta"] {
        desk.person(login).await;
    }
    let mut carla = super::desk::person("carla");
    carla["UserCustomerID"] = json!("ANDERE");
    let made = desk.post("/api/v1/customer-users", &carla).await;
    assert_eq!(made.status, 201, "{}", made.text);
    for (path, body) in [
        ("/api/v1/groups", json!({"Name": "support"})),
        ("/api/v1/groups", json!({"Name": "sales"})),
        ("/api/v1/services", json!({"Name": "IT"})),
        ("/api/v1/services", json!({"Name": "Netz", "Parent": "IT"})),
    ] {
        let made = admin(&desk, path, &body).await;
        assert_eq!(made.status, 201, "{}", made.text);
    }
    desk
}

/// Posts as admin.
pub async fn admin(desk: &Desk, path: &str, body: &Value) -> Reply {
    as_admin(desk, Method::POST, path, body).await
}

/// Sends as admin.
pub async fn as_admin(desk: &Desk, method: Method, path: &str, body: &Value) -> Reply {
    let authorization = bearer(&desk.admin);
    let headers = [
        ("authorization", authorization.as_str()),
        ("content-type", "application/json"),
    ];
    desk.send(method, path, &headers, body.to_string()).await
}

/// Changes relations as admin; they have to be taken.
pub async fn relate(desk: &Desk, changes: Value) -> Reply {
    let reply = admin(desk, RELATIONS, &json!({"changes": changes})).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply
}

pub fn to_person(login: &str, group: &str, permission: &str, given: bool) -> Value {
    json!({"relation": "person-group", "login": login, "group": group, "permission": permission, "given": given})
}

pub fn to_customer(customer: &str, group: &str, permission: &str, given: bool) -> Value {
    json!({
        "relation": "customer-group", "customer": customer, "group": group, "permission": permission, "given": given,
    })
}

pub fn belong(login: &str, customer: &str, given: bool) -> Value {
    json!({"relation": "customer", "login": login, "customer": customer, "given": given})
}

pub fn serve(login: &str, service: &str, given: bool) -> Value {
    json!({"relation": "service", "login": login, "service": service, "given": given})
}

/// One member of all items of a list.
pub fn all<'a>(reply: &'a Reply, member: &str) -> Vec<&'a str> {
    let items = reply.json["items"].as_array().into_iter().flatten();
    items
        .map(|item| item[member].as_str().unwrap_or_default())
        .collect()
}
