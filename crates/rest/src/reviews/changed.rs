//! Starting, signing off and cancelling reviews.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use kartoteka_directory::{Directory, Error, FieldError, FieldProblem};
use kartoteka_reviews::{Reviews, Subject};
use serde_json::json;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::caller::Editor;
use super::super::key::Key;
use super::super::messages::Mistake;
use super::super::problem::{Place, Problem, mistakes};
use super::super::records::answer;
use super::super::reply::Reply;
use super::super::request::Write;
use super::super::schema::{
    PostHeaders, ReviewEnd, ReviewOrOutlook, ReviewOrSignOff, ReviewPath, ReviewStart,
    ReviewTakeIn, ReviewTakenIn, SignOff, WriteParameters,
};
use super::{documents, number, refused};
use crate::state::Site;

/// The routes that begin and end reviews.
pub fn routes() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(start))
        .routes(routes!(take_in))
        .routes(routes!(sign_off))
        .routes(routes!(cancel))
}

/// Begins a review of a group or of a customer: takes in everything that is given now.
///
/// Of a group these are the permissions given to customers and customer users; of a customer those given to it, and who
/// has it as a further customer. With `dry_run` the answer says how many grants there are. A group needs `rw` in it or
/// the scope `admin`.
#[utoipa::path(
    post, path = "/api/v1/reviews", tag = "reviews", operation_id = "start_review",
    params(WriteParameters, PostHeaders), request_body = ReviewStart, security(("token" = ["editor"])),
    responses(
        (status = 200, description = "What the review would go through, for `dry_run`", body = inline(ReviewOrOutlook)),
        (status = 201, description = "The review", body = super::super::schema::Review),
    ),
)]
async fn start(
    State(site): State<Site>,
    Editor(actor): Editor,
    write: Write,
) -> Result<Response, Problem> {
    let Write {
        dry_run,
        mut body,
        fingerprint,
        language,
        ..
    } = write;
    let (group, customer) = (body.text("group"), body.text("customer"));
    let note = body.nullable("note").unwrap_or_default();
    let subject = match (group, customer) {
        (Some(group), None) => Some(Subject::Group(group)),
        (None, Some(customer)) => Some(Subject::Customer(customer)),
        _ => {
            body.mistake("group", Mistake::EitherOr { other: "customer" });
            None
        }
    };
    body.finish()?;
    let Some(subject) = subject else {
        return Err(Problem::invalid(vec![]));
    };
    let acting = &actor;
    let work = |directory: Directory| async move {
        let plan = Reviews::of(&directory).plan_review(acting, subject).await;
        let plan = plan.map_err(in_body)?;
        if dry_run {
            let document = json!({
                "kind": plan.subject.kind().name(),
                "key": plan.subject.key(),
                "text": plan.text,
                "grants": plan.grants,
                "beside": plan.beside,
                "open": plan.open,
                "errors": mistakes(&members(plan.errors.clone()), language),
            });
            return Ok(Reply::new(StatusCode::OK, document));
        }
        let review = Reviews::of(&directory)
            .start_review(plan, &note)
            .await
            .map_err(in_body)?;
        let address = format!("/api/v1/reviews/{}", review.id);
        let reply = Reply::new(StatusCode::CREATED, documents::review(&review));
        Ok(reply.location(address))
    };
    answer(&site.directory, &actor, dry_run, &fingerprint, work).await
}

/// Takes what was given since an open review began into it.
#[utoipa::path(
    post, path = "/api/v1/reviews/{id}/take-in", tag = "reviews", operation_id = "take_into_review",
    params(ReviewPath, PostHeaders), request_body = ReviewTakeIn, security(("token" = ["editor"])),
    responses((status = 200, description = "How many grants were taken in", body = ReviewTakenIn)),
)]
async fn take_in(
    State(site): State<Site>,
    Editor(actor): Editor,
    Key(id): Key,
    mut write: Write,
) -> Result<Response, Problem> {
    only_real(&write)?;
    write.body.finish()?;
    let (id, acting) = (number(&id)?, &actor);
    let work = |directory: Directory| async move {
        let added = Reviews::of(&directory)
            .take_in_added(acting, id)
            .await
            .map_err(refused)?;
        Ok(Reply::new(StatusCode::OK, json!({"added": added})))
    };
    answer(&site.directory, &actor, false, &write.fingerprint, work).await
}

/// Signs a review off: takes away everything that is to be revoked and closes the review, all of it or nothing.
///
/// Refused while items are undecided that are still given. With `dry_run` nothing is written: the answer says who loses
/// what, and `errors` what a sign-off would be refused for. With the `seen` of such an answer the sign-off is refused if
/// anything changed since.
#[utoipa::path(
    post, path = "/api/v1/reviews/{id}/sign-off", tag = "reviews", operation_id = "sign_off_review",
    params(ReviewPath, WriteParameters, PostHeaders), request_body = SignOff, security(("token" = ["editor"])),
    responses((status = 200, description = "The review, or what signing off would come to",
        body = inline(ReviewOrSignOff))),
)]
async fn sign_off(
    State(site): State<Site>,
    Editor(actor): Editor,
    Key(id): Key,
    write: Write,
) -> Result<Response, Problem> {
    let Write {
        dry_run,
        mut body,
        fingerprint,
        language,
        ..
    } = write;
    let note = body.nullable("note").unwrap_or_default();
    let seen = body.nullable("seen");
    body.finish()?;
    let (id, acting) = (number(&id)?, &actor);
    let work = |directory: Directory| async move {
        let plan = Reviews::of(&directory)
            .plan_sign_off(acting, id)
            .await
            .map_err(refused)?;
        if dry_run {
            let document = documents::sign_off(&plan, language);
            return Ok(Reply::new(StatusCode::OK, document));
        }
        let signed = Reviews::of(&directory)
            .sign_off(plan, seen.as_deref(), &note)
            .await;
        let signed = signed.map_err(refused)?;
        Ok(Reply::new(StatusCode::OK, documents::review(&signed)))
    };
    answer(&site.directory, &actor, dry_run, &fingerprint, work).await
}

/// Cancels a review: it is kept as it is, and nothing is taken away.
#[utoipa::path(
    post, path = "/api/v1/reviews/{id}/cancel", tag = "reviews", operation_id = "cancel_review",
    params(ReviewPath, PostHeaders), request_body = ReviewEnd, security(("token" = ["editor"])),
    responses((status = 200, description = "The review", body = super::super::schema::Review)),
)]
async fn cancel(
    State(site): State<Site>,
    Editor(actor): Editor,
    Key(id): Key,
    mut write: Write,
) -> Result<Response, Problem> {
    only_real(&write)?;
    let note = write.body.nullable("note").unwrap_or_default();
    write.body.finish()?;
    let (id, acting) = (number(&id)?, &actor);
    let work = |directory: Directory| async move {
        let cancelled = Reviews::of(&directory)
            .cancel_review(acting, id, &note)
            .await;
        let cancelled = cancelled.map_err(refused)?;
        Ok(Reply::new(StatusCode::OK, documents::review(&cancelled)))
    };
    answer(&site.directory, &actor, false, &write.fingerprint, work).await
}

/// Mistakes in what is to be reviewed, as members of the body.
fn members(errors: Vec<FieldError>) -> Vec<(Place, Mistake)> {
    let one = |error: FieldError| {
        let member = match error.field.as_str() {
            "Name" | "Group" => "group",
            "CustomerID" => "customer",
            other => other,
        };
        (Place::Field(member.into()), Mistake::Field(error.problem))
    };
    errors.into_iter().map(one).collect()
}

/// A refusal to begin: what the body names may not be there either.
fn in_body(error: Error) -> Problem {
    let missing = |member: &str, problem| {
        let place = Place::Field(member.to_owned());
        Problem::invalid(vec![(place, Mistake::Field(problem))])
    };
    match error {
        Error::Unknown { what: "group", .. } => missing("group", FieldProblem::UnknownGroup),
        Error::NotFound { .. } => missing("customer", FieldProblem::UnknownCustomer),
        Error::Invalid(errors) => Problem::invalid(members(errors)),
        error => error.into(),
    }
}

/// Refuses `dry_run` where there is nothing to preview.
pub(super) fn only_real(write: &Write) -> Result<(), Problem> {
    match write.dry_run {
        false => Ok(()),
        true => Err(Problem::parameters(
            "There is no dry_run of this.",
            vec![("dry_run".into(), Mistake::Unknown)],
        )),
    }
}
