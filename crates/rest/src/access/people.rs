//! What a person has: permissions, customers, services, reach.

use axum::Json;
use axum::extract::State;
use kartoteka_access::Access;
use kartoteka_directory::{Actor, Directory, FieldProblem, Kind};
use kartoteka_model::access::Belonging;
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::caller::Reader;
use super::super::key::Key;
use super::super::messages::Mistake;
use super::super::problem::Problem;
use super::super::query::{NoQuery, Query};
use super::super::schema::{
    CustomersOfPerson, ExplainParameters, LoginPath, PageParameters, PastParameters,
    PermissionsOfPerson, PermissionsOrExplanation, ReachOfPerson, ServicesOfPerson,
};
use super::paging::{known_permission, paging};
use super::past::{self, Past};
use crate::state::Site;

/// The routes below a customer user.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(permissions))
        .routes(routes!(reach))
        .routes(routes!(customers))
        .routes(routes!(services))
}

/// Shows what a customer user may in every group, and why.
///
/// With `group` and `permission` it explains one permission instead: what gives it, or else what stands in the way
/// and each smallest set of changes that would give it. With `as_of` it shows what was held on a past day, rebuilt
/// from the journal, and with `compare` also what was gained and lost until another day.
#[utoipa::path(
    get, path = "/api/v1/customer-users/{login}/permissions", tag = "access", operation_id = "permissions_of_customer_user",
    params(LoginPath, ExplainParameters, PastParameters), security(("token" = ["reader"])),
    responses((status = 200, description = "Every group with what is held and why; or the explanation",
        body = inline(PermissionsOrExplanation))),
)]
async fn permissions(
    State(site): State<Site>,
    Reader(actor): Reader,
    Key(login): Key,
    mut query: Query,
) -> Result<Json<PermissionsOrExplanation>, Problem> {
    let (group, permission) = (query.text("group"), query.text("permission"));
    match (&group, &permission) {
        (Some(_), None) => query.mistake("permission", Mistake::Field(FieldProblem::Required)),
        (None, Some(_)) => query.mistake("group", Mistake::Field(FieldProblem::Required)),
        _ => {}
    }
    let past = past::asked(&site, &mut query).await?;
    if past.is_some() && group.is_some() {
        query.mistake("as_of", Mistake::EitherOr { other: "group" });
    }
    query.finish()?;
    let directory = &site.directory;
    if let Some(past) = past {
        let then = then(directory, &actor, &login, past).await?;
        return Ok(Json(PermissionsOrExplanation::Permissions(then)));
    }
    let (Some(group), Some(permission)) = (group, permission) else {
        let access = Access::of(directory).permissions_of(&actor, &login).await?;
        let now = PermissionsOfPerson::now(&access);
        return Ok(Json(PermissionsOrExplanation::Permissions(now)));
    };
    known_permission(directory, &actor, &permission).await?;
    let explained = Access::of(directory)
        .explain(&actor, &login, &group, &permission)
        .await?;
    let explained = (&explained).into();
    Ok(Json(PermissionsOrExplanation::Explanation(explained)))
}

/// What a customer user had at a moment, and what was gained and lost until another.
async fn then(
    directory: &Directory,
    actor: &Actor,
    login: &str,
    past: Past,
) -> Result<PermissionsOfPerson, Problem> {
    let access = Access::of(directory)
        .permissions_as_of(actor, login, past.as_of)
        .await?;
    let then = PermissionsOfPerson::then(&access, past.as_of);
    let Some(compare) = past.compare else {
        return Ok(then);
    };
    let between = Access::of(directory)
        .access_between(actor, login, past.as_of, compare)
        .await?;
    Ok(then.compared(compare, &between))
}

/// Lists the customers whose tickets a customer user reaches: their own first, then others, each with the groups
/// through which it is reached.
#[utoipa::path(
    get, path = "/api/v1/customer-users/{login}/reach", tag = "access", operation_id = "reach_of_customer_user",
    params(LoginPath, PageParameters), security(("token" = ["reader"])),
    responses((status = 200, description = "A page of customers", body = ReachOfPerson)),
)]
async fn reach(
    State(site): State<Site>,
    Reader(actor): Reader,
    Key(login): Key,
    mut query: Query,
) -> Result<Json<Value>, Problem> {
    let wanted = paging(&mut query);
    query.finish()?;
    let after = wanted.after.as_deref();
    let reach = Access::of(&site.directory)
        .reach_after(&actor, &login, after, wanted.limit as usize)
        .await?;
    let item = |customer: &kartoteka_access::ReachedCustomer| {
        let through = customer.through.iter().map(|group| &group.name);
        json!({
            "CustomerID": customer.id,
            "text": customer.text,
            "own": customer.through.is_empty(),
            "through": through.collect::<Vec<_>>(),
        })
    };
    let next = reach.customers.last().filter(|_| reach.more);
    Ok(Json(json!({
        "UserLogin": reach.login,
        "items": reach.customers.iter().map(item).collect::<Vec<_>>(),
        "total": reach.total,
        "next": next.map(|customer| &customer.id),
    })))
}

/// Lists the customers of a customer user: the primary one, those that the record names, and further ones.
#[utoipa::path(
    get, path = "/api/v1/customer-users/{login}/customers", tag = "access", operation_id = "customers_of_customer_user",
    params(LoginPath), security(("token" = ["reader"])),
    responses((status = 200, description = "The customers", body = CustomersOfPerson)),
)]
async fn customers(
    State(site): State<Site>,
    Reader(actor): Reader,
    Key(login): Key,
    _: NoQuery,
) -> Result<Json<Value>, Problem> {
    let access = Access::of(&site.directory)
        .permissions_of(&actor, &login)
        .await?;
    let item = |customer: &kartoteka_model::access::CustomerFacts| {
        json!({
            "CustomerID": customer.id,
            "belonging": customer.belonging,
            "further": customer.belonging == Belonging::Further,
            "known": customer.known,
            "valid": customer.valid,
        })
    };
    let customers = &access.person.customers;
    Ok(Json(json!({
        "items": customers.iter().map(item).collect::<Vec<_>>(),
    })))
}

/// Shows the services of a customer user: those given, and those that apply.
///
/// Who has none of their own that is valid gets the default services.
#[utoipa::path(
    get, path = "/api/v1/customer-users/{login}/services", tag = "access", operation_id = "services_of_customer_user",
    params(LoginPath), security(("token" = ["reader"])),
    responses((status = 200, description = "The services", body = ServicesOfPerson)),
)]
async fn services(
    State(site): State<Site>,
    Reader(actor): Reader,
    Key(login): Key,
    _: NoQuery,
) -> Result<Json<Value>, Problem> {
    Ok(Json(of_known(&site.directory, &actor, &login).await?))
}

/// Only of somebody whom a source knows: another login is no customer user.
async fn of_known(directory: &Directory, actor: &Actor, login: &str) -> Result<Value, Problem> {
    let login = directory.find(actor, Kind::CustomerUser, login).await?.key;
    let services = Access::of(directory).services_of(actor, &login).await?;
    let names = |services: &[(i64, String)]| -> Value {
        services.iter().map(|(_, name)| name.as_str()).collect()
    };
    Ok(json!({
        "UserLogin": services.login,
        "own": names(&services.own),
        "invalid": names(&services.invalid),
        "why": services.applied.source,
        "applied": names(&services.applied.services),
    }))
}
