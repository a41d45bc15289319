//! The description of REST: the OpenAPI document, and a page made from it that needs nothing from elsewhere.

use std::sync::LazyLock;

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Html;
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::problem::Problem;
use super::query::NoQuery;
use super::wished::wished;
use crate::assets;
use crate::language::Language;
use crate::state::Site;

/// The document never changes while the program runs.
static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::to_value(super::openapi()).unwrap_or_default());

/// The routes of the description; open to everybody.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(document))
        .routes(routes!(page))
}

/// This document.
#[utoipa::path(
    get, path = "/api/v1/openapi.json", tag = "description", operation_id = "openapi", security(()),
    responses((status = 200, description = "OpenAPI 3.1", body = std::collections::BTreeMap<String, Value>)),
)]
async fn document(State(site): State<Site>, _: NoQuery) -> Json<Value> {
    let mut document = DOCUMENT.clone();
    let base = &site.options().base_path;
    if !base.is_empty() {
        document["servers"] = json!([{"url": base}]);
    }
    Json(document)
}

/// This document as a page.
#[utoipa::path(
    get, path = "/api/v1/docs", tag = "description", operation_id = "docs", security(()),
    responses((status = 200, description = "A page for people", body = String, content_type = "text/html")),
)]
async fn page(
    State(site): State<Site>,
    _: NoQuery,
    headers: HeaderMap,
) -> Result<Html<String>, Problem> {
    let page = DocsPage {
        site,
        language: wished(&headers),
        operations: operations(&DOCUMENT),
        schemas: schemas(&DOCUMENT),
    };
    let failed = |error: askama::Error| kartoteka_directory::Error::Internal(error.into());
    Ok(Html(page.render().map_err(failed)?))
}

#[derive(Template)]
#[template(path = "api/docs.html")]
struct DocsPage {
    site: Site,
    language: Language,
    operations: Vec<Operation>,
    schemas: Vec<Member>,
}

impl DocsPage {
    fn t(&self, key: &str) -> String {
        self.language.text(key, &[])
    }

    fn asset(&self, name: &str) -> String {
        self.site.url(&assets::path(name))
    }

    /// What the whole document says of itself.
    fn about(&self) -> String {
        marked(text(&DOCUMENT["info"]["description"]))
    }
}

/// One operation, as the page shows it.
struct Operation {
    id: String,
    method: String,
    path: String,
    /// HTML, like all descriptions and meanings here.
    summary: String,
    description: String,
    /// The scope that is needed; none for the description itself.
    scope: Option<String>,
    parameters: Vec<Member>,
    /// The name of the body's document, and an example.
    body: Option<(String, String)>,
    answers: Vec<Answer>,
}

/// A parameter, or a document.
struct Member {
    name: String,
    kind: String,
    required: bool,
    meaning: String,
    /// JSON to look at; empty for none.
    example: String,
}

/// One status that an operation answers with.
struct Answer {
    status: String,
    meaning: String,
    document: String,
}

fn operations(document: &Value) -> Vec<Operation> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let each = |(path, item): (&String, &Value)| {
        let methods = item.as_object().into_iter().flatten();
        methods
            .map(|(method, operation)| one(document, method, path, operation))
            .collect::<Vec<_>>()
    };
    paths.flat_map(each).collect()
}

fn one(document: &Value, method: &str, path: &str, operation: &Value) -> Operation {
    let body = &operation["requestBody"]["content"]["application/json"]["schema"];
    let answer = |(status, response): (&String, &Value)| {
        let content = response["content"]
            .as_object()
            .and_then(|content| content.values().next());
        Answer {
            status: status.clone(),
            meaning: marked(text(&response["description"])),
            document: content
                .map(|content| kind(&content["schema"]))
                .unwrap_or_default(),
        }
    };
    Operation {
        id: text(&operation["operationId"]).to_owned(),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: marked(text(&operation["summary"])),
        description: marked(text(&operation["description"])),
        scope: operation["security"][0]["token"][0]
            .as_str()
            .map(str::to_owned),
        parameters: operation["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .map(parameter)
            .collect(),
        body: (!body.is_null()).then(|| (kind(body), example(resolve(document, body)))),
        answers: operation["responses"]
            .as_object()
            .into_iter()
            .flatten()
            .map(answer)
            .collect(),
    }
}

fn parameter(parameter: &Value) -> Member {
    Member {
        name: text(&parameter["name"]).to_owned(),
        kind: format!(
            "{} · {}",
            text(&parameter["in"]),
            kind(&parameter["schema"])
        ),
        required: parameter["required"].as_bool().unwrap_or_default(),
        meaning: marked(text(&parameter["description"])),
        example: String::new(),
    }
}

fn schemas(document: &Value) -> Vec<Member> {
    let schemas = document["components"]["schemas"]
        .as_object()
        .into_iter()
        .flatten();
    schemas
        .map(|(name, schema)| Member {
            name: name.clone(),
            kind: kind(schema),
            required: false,
            meaning: marked(text(&schema["description"])),
            example: pretty(schema),
        })
        .collect()
}

fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let name = schema["$ref"]
        .as_str()
        .and_then(|reference| reference.rsplit('/').next());
    name.map_or(schema, |name| &document["components"]["schemas"][name])
}

/// A schema in a few words: `Problem`, `string`, `array of Token`, `A or B`.
fn kind(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        return reference.rsplit('/').next().unwrap_or_default().to_owned();
    }
    for (several, word) in [("oneOf", " or "), ("anyOf", " or "), ("enum", ", ")] {
        if let Some(items) = schema[several].as_array() {
            let names = items
                .iter()
                .map(|item| item.as_str().map_or_else(|| kind(item), str::to_owned));
            return names.collect::<Vec<_>>().join(word);
        }
    }
    match &schema["type"] {
        Value::String(name) if name == "array" => format!("array of {}", kind(&schema["items"])),
        Value::String(name) => name.clone(),
        Value::Array(names) => names
            .iter()
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join(" or "),
        _ => String::new(),
    }
}

fn example(schema: &Value) -> String {
    let example = if schema["examples"][0].is_null() {
        &schema["example"]
    } else {
        &schema["examples"][0]
    };
    if example.is_null() {
        String::new()
    } else {
        pretty(example)
    }
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// A description as HTML: escaped, and what stands between backticks as code.
fn marked(text: &str) -> String {
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let mut html = String::with_capacity(escaped.len());
    for (at, part) in escaped.split('`').enumerate() {
        match at % 2 {
            1 => html.push_str(&format!("<code>{part}</code>")),
            _ => html.push_str(part),
        }
    }
    html
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
