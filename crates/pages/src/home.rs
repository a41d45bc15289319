//! The home page: finding somebody, what was open last, what happened, what waits, and how many records there are; the
//! first steps while there is little.

use askama::Template;
use axum::Router;
use axum::routing::get;
use kartoteka_access::Access;
use kartoteka_directory::{Action, IndexState, Kind, Object};
use kartoteka_jobs::{Job, Jobs};
use kartoteka_model::Validity;
use kartoteka_reviews::{Review, ReviewFilter, ReviewState, Reviews};

use super::journal::{self, Item};
use super::opened;
use super::records::{CUSTOMER_USERS, CUSTOMERS, Hit, Screen};
use crate::context::{Ctx, Outcome};
use crate::failure::Failure;
use crate::frame::Frame;
use crate::state::Site;

/// So many changes, reviews and jobs are shown.
const FEW: usize = 6;

/// Somebody with fewer people is shown the first steps.
const BEGINNING: u64 = 20;

/// `/`.
pub fn routes() -> Router<Site> {
    Router::new().route("/", get(home))
}

/// How many records of a kind there are.
struct Count {
    href: String,
    title: String,
    valid: u64,
    invalid: u64,
    /// The list of those that are not valid.
    others: String,
}

/// Something to do at the beginning.
struct Step {
    /// The key of its text.
    text: &'static str,
    href: String,
    done: bool,
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    page: Frame,
    counts: Vec<Count>,
    /// How many sources lost so much that an admin is asked.
    held: usize,
    /// Logins that are other people's than before, of whom it is asked.
    held_back: u64,
    opened: Vec<Hit>,
    /// The latest changes; none for those who may not see the journal.
    changes: Option<Vec<Item>>,
    reviews: Vec<Review>,
    jobs: Vec<Job>,
    steps: Vec<Step>,
}

impl HomePage {
    /// Something waits for a decision.
    fn waits(&self) -> bool {
        self.held_back > 0 || self.held > 0 || !self.reviews.is_empty() || !self.jobs.is_empty()
    }
}

async fn home(ctx: Ctx) -> Outcome {
    let page = ctx.frame(ctx.t("home-title"));
    let may = |action, object| ctx.actor.may(action, object);
    let changes = match may(Action::See, Object::Journal) {
        true => Some(journal::latest(&ctx.directory, &ctx.actor, FEW).await?),
        false => None,
    };
    let jobs = match may(Action::See, Object::Jobs) {
        true => {
            let few = u32::try_from(FEW).unwrap_or_default();
            Jobs::of(&ctx.directory).jobs(&ctx.actor, None, few).await?
        }
        false => Vec::new(),
    };
    let open = ReviewFilter {
        state: Some(ReviewState::Open),
        before: None,
        limit: u32::try_from(FEW).unwrap_or_default(),
    };
    let reviews = Reviews::of(&ctx.directory).reviews(&ctx.actor, &open);
    let home = HomePage {
        counts: vec![
            count(&ctx, &page, CUSTOMER_USERS).await?,
            count(&ctx, &page, CUSTOMERS).await?,
        ]
        .into_iter()
        .flatten()
        .collect(),
        opened: opened::hits(&ctx, &page).await?,
        changes,
        reviews: reviews.await?.reviews,
        jobs: jobs
            .into_iter()
            .filter(|job| !job.state.is_over())
            .collect(),
        steps: steps(&ctx, &page).await?,
        held_back: match may(Action::Change, Object::AnyAccess) {
            true => ctx.directory.held_back_count().await?,
            false => 0,
        },
        held: match may(Action::Change, Object::Settings) {
            true => ctx.directory.held_count(),
            false => 0,
        },
        page,
    };
    ctx.render(&home)
}

async fn count(ctx: &Ctx, page: &Frame, screen: Screen) -> Result<Option<Count>, Failure> {
    let (valid, invalid) = ctx.directory.count(screen.kind).await?;
    // Half an index would count half of them.
    let counted = ctx.directory.index_state(screen.kind) == IndexState::Current;
    let href = page.url(&screen.list());
    Ok(counted.then(|| Count {
        others: format!("{href}?valid=invalid"),
        href,
        title: ctx.t(&screen.text("title")),
        valid,
        invalid,
    }))
}

/// The first steps, while there are few people and something of it is left to do.
async fn steps(ctx: &Ctx, page: &Frame) -> Result<Vec<Step>, Failure> {
    let may = |kind| ctx.actor.may(Action::Change, Object::Records(kind));
    let (valid, invalid) = ctx.directory.count(Kind::CustomerUser).await?;
    if valid + invalid >= BEGINNING || !may(Kind::CustomerUser) {
        return Ok(Vec::new());
    }
    let (customers, others) = ctx.directory.count(Kind::Customer).await?;
    let step = |text, path: &str, done| Step {
        text,
        href: page.url(path),
        done,
    };
    let mut steps = vec![
        step(
            "home-step-customer",
            &CUSTOMERS.new_record(),
            customers + others > 0,
        ),
        step(
            "home-step-person",
            &CUSTOMER_USERS.new_record(),
            valid + invalid > 0,
        ),
    ];
    if may(Kind::Agent) {
        let agents = ctx.directory.agents(&ctx.actor).await?;
        let at_work = agents
            .iter()
            .filter(|agent| agent.role.is_some() && agent.validity == Validity::Valid);
        steps.push(step("home-step-agent", "/agents/new", at_work.count() > 1));
    }
    if ctx.actor.may(Action::Change, Object::Settings) {
        let access = Access::of(&ctx.directory)
            .access_in_force(&ctx.actor)
            .await?;
        let on = access.customer_group_support;
        steps.push(step("home-step-groups", "/settings/access", on));
        steps.push(step(
            "home-step-sources",
            "/sources",
            ctx.directory.sources(Kind::CustomerUser).len() > 1,
        ));
    }
    match steps.iter().all(|step| step.done) {
        true => Ok(Vec::new()),
        false => Ok(steps),
    }
}
