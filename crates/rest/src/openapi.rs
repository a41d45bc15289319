//! The OpenAPI document: what the endpoints say of themselves, and the refusals that all of them share.

use axum::http::StatusCode;
use utoipa::openapi::path::{Operation, ParameterIn, PathItem};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    ContentBuilder, HeaderBuilder, InfoBuilder, Object, OpenApi, OpenApiBuilder, Ref, RefOr,
    Response, ResponseBuilder, Type,
};
use utoipa::{PartialSchema, ToSchema};

use super::problem::MEDIA_TYPE;
use super::schema;

const DESCRIPTION: &str = "The directory of a help desk: customers, customer users, and what happened to them. \
Send a token as `Authorization: Bearer …`; tokens have the scope `reader`, `editor` or `admin`, each with all \
that the ones before may do. Fields have the names of the field map (`/api/v1/fields`), and their values are \
texts. Every refusal is an `application/problem+json` document.";

/// The document without paths, which the routers add.
pub fn beginning() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Kartoteka")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(DESCRIPTION))
        .license(Some(
            utoipa::openapi::LicenseBuilder::new()
                .name(env!("CARGO_PKG_LICENSE"))
                .build(),
        ));
    OpenApiBuilder::new().info(info.build()).build()
}

/// Adds what all endpoints share: the security scheme, the problem document, and the refusals.
pub fn complete(mut document: OpenApi) -> OpenApi {
    let mut components = document.components.take().unwrap_or_default();
    let mut found = vec![(
        schema::Problem::name().into_owned(),
        schema::Problem::schema(),
    )];
    schema::Problem::schemas(&mut found);
    components.schemas.extend(found);
    let description = "A token, made by an admin. Its scope is `reader`, `editor` or `admin`.";
    let token = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some(description))
        .build();
    components.add_security_scheme("token", SecurityScheme::Http(token));
    document.components = Some(components);
    for item in document.paths.paths.values_mut() {
        for (method, operation) in operations(item) {
            refusals(method, operation);
        }
    }
    document
}

fn operations(item: &mut PathItem) -> Vec<(&'static str, &mut Operation)> {
    let methods = [
        ("get", item.get.as_mut()),
        ("post", item.post.as_mut()),
        ("put", item.put.as_mut()),
        ("patch", item.patch.as_mut()),
        ("delete", item.delete.as_mut()),
    ];
    methods
        .into_iter()
        .filter_map(|(method, operation)| Some((method, operation?)))
        .collect()
}

/// Adds the refusals that an operation can meet, by what it takes.
fn refusals(method: &str, operation: &mut Operation) {
    let guarded = operation
        .security
        .as_ref()
        .is_some_and(|security| !security.is_empty());
    let keyed = operation.parameters.iter().flatten().any(|parameter| {
        matches!(parameter, RefOr::T(parameter) if matches!(parameter.parameter_in, ParameterIn::Path))
    });
    let mut add = |status: StatusCode, description: &str| {
        operation
            .responses
            .responses
            .entry(status.as_str().into())
            .or_insert_with(|| refusal(status, description).into());
    };
    add(
        StatusCode::BAD_REQUEST,
        "The request is malformed: parameters, headers, search or JSON",
    );
    add(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Something went wrong here; nothing was changed",
    );
    if guarded {
        add(
            StatusCode::UNAUTHORIZED,
            "No token, or one that is unknown, expired or revoked",
        );
        add(
            StatusCode::FORBIDDEN,
            "The token lacks the scope that `needed_scope` names",
        );
        add(
            StatusCode::SERVICE_UNAVAILABLE,
            "A source or the database does not answer; retry",
        );
    }
    if keyed {
        add(StatusCode::NOT_FOUND, "There is no such record");
    }
    if matches!(method, "post" | "put" | "patch") {
        add(
            StatusCode::CONFLICT,
            "The source is read-only, the record was changed meanwhile, or the same request under its Idempotency-Key \
             is being worked on (`in-progress`) or lost its answer (`answer-lost`)",
        );
        add(
            StatusCode::PAYLOAD_TOO_LARGE,
            "The body has more than 1 MiB",
        );
        add(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "The body is not application/json",
        );
        add(
            StatusCode::UNPROCESSABLE_ENTITY,
            "Fields can't be taken as they are; `errors` names all of them",
        );
    }
    if method == "patch" {
        add(
            StatusCode::PRECONDITION_FAILED,
            "The record has another version than `If-Match`; both are in the problem",
        );
    }
}

fn refusal(status: StatusCode, description: &str) -> Response {
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name("Problem")))
        .build();
    let mut response = ResponseBuilder::new()
        .description(description)
        .content(MEDIA_TYPE, content);
    let header = match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            Some(("WWW-Authenticate", Type::String))
        }
        StatusCode::SERVICE_UNAVAILABLE => Some(("Retry-After", Type::Integer)),
        _ => None,
    };
    if let Some((name, kind)) = header {
        response = response.header(
            name,
            HeaderBuilder::new()
                .schema(Some(Object::with_type(kind)))
                .build(),
        );
    }
    response.build()
}
