//! What all kinds of records have in common in REST: lists, single records, writes, history.

use std::collections::BTreeMap;

use axum::Json;
use axum::http::header::ETAG;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use kartoteka_access::Access;
use kartoteka_directory::{
    Actor, Directory, Error, FieldError, FieldProblem, Fields, Kind, Version,
};
use kartoteka_model::FieldKind;
use kartoteka_records::{Applied, Plan, Records};
use kartoteka_wire::records as wire;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::body::Body;
use super::key::address;
use super::messages::Mistake;
use super::problem::{Place, Problem, in_body};
use super::reply::{Fingerprint, Reply, once};
use super::request::Write;
use super::version::{self, Precondition};
use crate::language::Language;
use crate::state::Site;

/// The collection that a kind of record is in, as addresses name it.
pub fn collection(kind: Kind) -> &'static str {
    match kind {
        Kind::CustomerUser => "customer-users",
        Kind::Customer => "customers",
        Kind::Agent => "agents",
        Kind::Group => "groups",
        Kind::Service => "services",
    }
}

/// Answers with one record and its version.
pub async fn show(
    directory: &Directory,
    actor: &Actor,
    kind: Kind,
    key: &str,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let found = directory.find(actor, kind, key).await?;
    let tag = version::tag(&found.version);
    let mut response = match version::known(headers, &found.version)? {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => Json(wire::found(&found)).into_response(),
    };
    if let Some(tag) = tag {
        response.headers_mut().insert(ETAG, tag);
    }
    Ok(response)
}

/// Creates a record, or shows what that would do.
pub async fn create(
    site: &Site,
    actor: &Actor,
    kind: Kind,
    write: Write,
) -> Result<Response, Problem> {
    let Write {
        dry_run,
        mut body,
        fingerprint,
        language,
        ..
    } = write;
    let directory = &site.directory;
    let source = (kind != Kind::Agent).then(|| body.text("Source")).flatten();
    let logs_in = matches!(kind, Kind::CustomerUser | Kind::Agent);
    let generate = logs_in && body.flag("generate_password");
    let (fields, wrong) = take_fields(directory, kind, &mut body);
    let work = |directory: Directory| async move {
        let planned = Records::of(&directory)
            .plan_create(actor, kind, source.as_deref(), fields)
            .await;
        let mut plan = planned.map_err(|error| unknown_source(error, source.is_some()))?;
        if generate {
            plan = Records::of(&directory).generate_password(plan);
        }
        if dry_run {
            return preview(Access::of(&directory).preview(plan).await?, wrong, language);
        }
        let applied = apply(&directory, plan, wrong).await?;
        Ok(saved(StatusCode::CREATED, &applied)
            .location(site.url(&address(collection(kind), &applied.key))))
    };
    answer(directory, actor, dry_run, &fingerprint, work).await
}

/// Changes a record, or shows what that would do.
pub async fn update(
    directory: &Directory,
    actor: &Actor,
    kind: Kind,
    key: &str,
    write: Write,
) -> Result<Response, Problem> {
    let Write {
        dry_run,
        mut body,
        language,
        wanted,
        ..
    } = write;
    let (fields, wrong) = take_fields(directory, kind, &mut body);
    let conditional = wanted != Precondition::Nothing;
    let had = had(directory, actor, kind, key, wanted).await?;
    let plan = Records::of(directory)
        .plan_update(actor, kind, key, fields, had)
        .await?;
    if dry_run {
        let plan = Access::of(directory).preview(plan).await?;
        return Ok(preview(plan, wrong, language)?.into_response());
    }
    let applied = apply(directory, plan, wrong)
        .await
        .map_err(|problem| meanwhile(problem, conditional))?;
    Ok(saved(StatusCode::OK, &applied).into_response())
}

/// Sets a password, or shows what that would do.
pub async fn set_password(
    directory: &Directory,
    actor: &Actor,
    kind: Kind,
    key: &str,
    write: Write,
) -> Result<Response, Problem> {
    let Write {
        dry_run,
        mut body,
        fingerprint,
        language,
        ..
    } = write;
    let password = body.text("password");
    let generate = body.flag("generate_password");
    if password.as_deref() == Some("") {
        body.mistake("password", Mistake::Field(FieldProblem::Required));
    }
    let mut wrong = body.mistakes();
    if wrong.is_empty() && generate == password.is_some() {
        wrong.push((
            Place::Field("password".into()),
            Mistake::EitherOr {
                other: "generate_password",
            },
        ));
    }
    if !wrong.is_empty() {
        return Err(Problem::invalid(wrong));
    }
    let work = |directory: Directory| async move {
        let plan = Records::of(&directory)
            .plan_password(actor, kind, key, password.map(Into::into))
            .await?;
        let errors = in_password_body(plan.errors.clone());
        if dry_run {
            return Ok(shown(&plan, errors, language));
        }
        if !errors.is_empty() {
            return Err(Problem::invalid(in_body(errors)));
        }
        let applied = match Records::of(&directory).apply(plan).await {
            Err(Error::Invalid(errors)) => {
                return Err(Problem::invalid(in_body(in_password_body(errors))));
            }
            applied => applied?,
        };
        let secret = applied
            .password
            .as_ref()
            .map(|password| password.expose_secret());
        let body = json!({"effects": applied.effects});
        Ok(Reply::new(StatusCode::OK, body)
            .etag(version::tag(&applied.version))
            .secret("password", secret))
    };
    answer(directory, actor, dry_run, &fingerprint, work).await
}

/// Does a write under its `Idempotency-Key`; a preview needs none.
pub async fn answer<F>(
    directory: &Directory,
    actor: &Actor,
    dry_run: bool,
    fingerprint: &Fingerprint,
    work: impl FnOnce(Directory) -> F,
) -> Result<Response, Problem>
where
    F: Future<Output = Result<Reply, Problem>>,
{
    let reply = match dry_run {
        true => work(directory.clone()).await?,
        false => once(directory, actor, fingerprint, work).await?,
    };
    Ok(reply.into_response())
}

pub async fn apply(
    directory: &Directory,
    plan: Plan,
    wrong: Vec<(Place, Mistake)>,
) -> Result<Applied, Problem> {
    let plan = refused(typed(plan, wrong)?)?;
    Ok(Records::of(directory).apply(plan).await?)
}

/// The plan, unless something is wrong with it.
fn refused(plan: Plan) -> Result<Plan, Problem> {
    match plan.errors.is_empty() {
        true => Ok(plan),
        false => Err(Problem::invalid(in_body(plan.errors.clone()))),
    }
}

/// A body that only sets a password calls it `password`, and so do the mistakes in it.
fn in_password_body(mut errors: Vec<FieldError>) -> Vec<FieldError> {
    for error in &mut errors {
        if error.field == "UserPassword" {
            error.field = "password".into();
        }
    }
    errors
}

/// Refuses values of wrong types, together with all that is wrong otherwise: what such a request would do can't
/// even be shown.
fn typed(plan: Plan, mut wrong: Vec<(Place, Mistake)>) -> Result<Plan, Problem> {
    if wrong.is_empty() {
        return Ok(plan);
    }
    for (place, mistake) in in_body(plan.errors.clone()) {
        // A field whose value could not be read is missing only because of that.
        if wrong.iter().all(|(known, _)| *known != place) {
            wrong.push((place, mistake));
        }
    }
    Err(Problem::invalid(wrong))
}

pub fn saved(status: StatusCode, applied: &Applied) -> Reply {
    let secret = applied
        .password
        .as_ref()
        .map(|password| password.expose_secret());
    let document = wire::full_document(&applied.source, &applied.record, &applied.preferences);
    Reply::new(status, document)
        .etag(version::tag(&applied.version))
        .secret("password", secret)
}

pub fn preview(
    plan: Plan,
    wrong: Vec<(Place, Mistake)>,
    language: Language,
) -> Result<Reply, Problem> {
    let plan = typed(plan, wrong)?;
    Ok(shown(&plan, plan.errors.clone(), language))
}

fn shown(plan: &Plan, errors: Vec<FieldError>, language: Language) -> Reply {
    let body = wire::plan(plan, &in_body(errors), language);
    Reply::new(StatusCode::OK, body).etag(plan.version.as_ref().and_then(version::tag))
}

/// The version that the caller had, out of the ones that `If-Match` names.
pub async fn had(
    directory: &Directory,
    actor: &Actor,
    kind: Kind,
    key: &str,
    wanted: Precondition,
) -> Result<Option<Version>, Problem> {
    let Precondition::OneOf(tags) = wanted else {
        return Ok(None);
    };
    if let [tag] = tags.as_slice()
        && !tag.weak
    {
        return Ok(Some(Version(tag.version.clone())));
    }
    let current = directory.find(actor, kind, key).await?.version;
    let matches = tags.iter().any(|tag| !tag.weak && tag.version == current.0);
    // A weak tag never matches, so it becomes a version that no record has.
    let other = || {
        Version(
            tags.first()
                .map_or_else(String::new, |tag| format!("W/{}", tag.version)),
        )
    };
    Ok(Some(if matches { current } else { other() }))
}

/// Without `If-Match`, a change between plan and save is no failed precondition.
pub fn meanwhile(mut problem: Problem, conditional: bool) -> Problem {
    if problem.status == StatusCode::PRECONDITION_FAILED && !conditional {
        problem.status = StatusCode::CONFLICT;
    }
    problem
}

/// A source that there is not.
pub const NO_SUCH_SOURCE: Mistake = Mistake::Choice {
    of: "the sources of /api/v1/fields",
};

/// A source that the body names is a mistake in the body.
pub fn unknown_source(error: Error, named: bool) -> Problem {
    match error {
        Error::Unknown { what: "source", .. } if named => {
            Problem::invalid(vec![(Place::Field("Source".into()), NO_SUCH_SOURCE)])
        }
        other => other.into(),
    }
}

/// The fields that a body has, as texts, and what is wrong with their types. Numbers are taken for fields that
/// hold numbers; whether a field is known and its text makes sense is the directory's to say.
pub fn take_fields(
    directory: &Directory,
    kind: Kind,
    body: &mut Body,
) -> (Fields, Vec<(Place, Mistake)>) {
    let mut known = BTreeMap::new();
    for source in directory.sources(kind) {
        for one in source.preferences {
            known.insert(one.key().to_owned(), one.default_value().is_some());
        }
        for shape in source.fields {
            let number = shape.field.kind == FieldKind::Int || shape.field.name == "ValidID";
            *known.entry(shape.field.name).or_insert(false) |= number;
        }
    }
    let mut fields = Fields::new();
    let given = body.rest();
    for (name, value) in given {
        match (value, known.get(&name)) {
            (Value::String(text), _) if text.contains('\0') => {
                body.mistake(&name, Mistake::Field(FieldProblem::ControlCharacter));
            }
            (Value::String(text), _) => {
                fields.insert(name, text);
            }
            (Value::Number(number), Some(true)) if number.is_i64() => {
                fields.insert(name, number.to_string());
            }
            (_, Some(true)) => body.mistake(
                &name,
                Mistake::Type {
                    expected: "string or integer",
                },
            ),
            (_, Some(false)) => body.mistake(&name, Mistake::Type { expected: "string" }),
            (_, None) => body.mistake(&name, Mistake::Field(FieldProblem::UnknownField)),
        }
    }
    (fields, body.mistakes())
}
