//! Where people and customers come from: how each source is, what a test of one finds, and keys that several have.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use kartoteka_directory::doctor::{Finding, Outcome as Worst, Step, What};
use kartoteka_directory::{Action, Conflicts, Kind, Object, RefusedFields, SourceState, Telling};
use kartoteka_model::Field;
use kartoteka_source_setup::{SetupPlace, SourceSetup};
use kartoteka_texts::findings;

use crate::context::{Ctx, Outcome};
use crate::encoding::escape_key;
use crate::frame::{Flash, Frame};
use crate::input::Query;
use crate::language::Language;
use crate::source_setup::settings_of;
use crate::state::Site;

pub(crate) const PATH: &str = "/sources";

/// Conflicts on a page.
const CONFLICTS: u32 = 50;

/// `/sources`.
pub fn routes() -> Router<Site> {
    Router::new()
        .route(PATH, get(list))
        .route("/sources/{id}", get(show))
        .route("/sources/{id}/test", post(test).get(back))
        .route("/sources/{id}/refresh", post(refresh))
}

#[derive(Template)]
#[template(path = "sources/list.html")]
struct ListPage {
    page: Frame,
    /// Text keys of the kinds, with their sources.
    groups: [(&'static str, Vec<SourceState>); 2],
    may_test: bool,
    /// What was set up here and is not in force, for admins.
    refused: Option<RefusedFields>,
    language: Language,
}

#[derive(Template)]
#[template(path = "sources/show.html")]
struct ShowPage {
    page: Frame,
    state: SourceState,
    conflicts: Conflicts,
    names: Vec<(String, String)>,
    may_test: bool,
    /// The section, for admins.
    place: Option<SetupPlace>,
    language: Language,
}

#[derive(Template)]
#[template(path = "sources/test.html")]
struct TestPage {
    page: Frame,
    id: String,
    steps: Vec<Step>,
    language: Language,
}

/// The address of a source's page.
fn address(id: &str) -> String {
    format!("{PATH}/{}", escape_key(id))
}

impl ListPage {
    /// That passwords of a source can't be opened on this node, and what to do about it.
    fn sealed(&self, state: &SourceState) -> Option<String> {
        let finding = &state.last_error.as_ref()?.finding;
        let is_sealed = matches!(finding.what, What::NoSecretKey | What::OtherSecretKey);
        let text = is_sealed.then(|| findings::text(finding, self.language))?;
        let remedy = findings::remedy(finding, self.language).unwrap_or_default();
        Some(format!("{text} {remedy}"))
    }

    fn address(&self, state: &SourceState) -> String {
        self.page.url(&address(&state.status.id))
    }
}

impl ShowPage {
    /// The page on which it is set up, if it is here.
    fn settings(&self) -> Option<String> {
        let place = self.place.as_ref().filter(|place| place.is_here)?;
        Some(self.page.url(&settings_of(&place.id)))
    }

    /// Where else it is set up.
    fn said(&self) -> Option<String> {
        let said = self.place.as_ref()?.said.as_ref()?;
        Some(self.page.with("sources-said", "place", said))
    }

    fn address(&self) -> String {
        self.page.url(&address(&self.state.status.id))
    }

    fn tells(&self) -> &'static str {
        match self.state.tells_changes {
            Telling::Journal => "sources-tells-journal",
            Telling::ChangeTime => "sources-tells-change-time",
            Telling::Server => "sources-tells-server",
            Telling::WholeFile => "sources-tells-whole-file",
            Telling::Nothing => "sources-tells-nothing",
        }
    }

    fn text(&self, finding: &Finding) -> String {
        findings::text(finding, self.language)
    }

    fn remedy(&self, finding: &Finding) -> String {
        findings::remedy(finding, self.language).unwrap_or_default()
    }

    fn label(&self, field: &Field) -> String {
        self.page.label(&field.label)
    }

    /// The name of a source by its section.
    fn name(&self, id: &str) -> String {
        let known = self.names.iter().find(|(known, _)| known == id);
        known.map_or_else(|| id.to_owned(), |(_, name)| name.clone())
    }

    /// The page of the record that has this key.
    fn record(&self, key: &str) -> String {
        let records = match self.state.kind {
            Kind::Customer => "/customers",
            _ => "/customer-users",
        };
        self.page.url(&format!("{records}/{}", escape_key(key)))
    }
}

impl TestPage {
    fn address(&self) -> String {
        self.page.url(&address(&self.id))
    }

    /// The text key of how all of it ended, and its class.
    fn worst(&self) -> (&'static str, &'static str) {
        match self.steps.iter().map(Step::outcome).max() {
            None | Some(Worst::Passed) => ("sources-test-passed", "success"),
            Some(Worst::Warned) => ("sources-test-warned", "warn"),
            Some(Worst::Failed) => ("sources-test-failed", "danger"),
        }
    }
}

/// A page that shows what a test found.
pub(crate) trait StepsOnPage {
    fn page(&self) -> &Frame;

    fn language(&self) -> Language;

    /// The text key of how a step ended, and its class.
    fn outcome(&self, step: &Step) -> (&'static str, &'static str) {
        match step.outcome() {
            Worst::Passed => ("sources-passed", "success"),
            Worst::Warned => ("sources-warned", "warn"),
            Worst::Failed => ("sources-failed", "danger"),
        }
    }

    fn text(&self, finding: &Finding) -> String {
        findings::text(finding, self.language())
    }

    fn remedy(&self, finding: &Finding) -> Option<String> {
        findings::remedy(finding, self.language())
    }

    fn took(&self, step: &Step) -> String {
        let ms = self.page().number(step.took.as_millis());
        self.page().with("sources-milliseconds", "ms", ms)
    }
}

impl StepsOnPage for TestPage {
    fn page(&self) -> &Frame {
        &self.page
    }

    fn language(&self) -> Language {
        self.language
    }
}

fn may_test(ctx: &Ctx) -> bool {
    ctx.actor.may(Action::Change, Object::Settings)
}

async fn list(ctx: Ctx) -> Outcome {
    let states = ctx.directory.source_states(&ctx.actor).await?;
    let (people, customers) = states
        .into_iter()
        .partition(|state| state.kind == Kind::CustomerUser);
    let frame = ctx.frame(ctx.t("sources-title"));
    let page = ListPage {
        page: frame.group(ctx.t("nav-group-system")),
        groups: [
            ("sources-of-people", people),
            ("sources-of-customers", customers),
        ],
        refused: ctx.directory.refused_fields().filter(|_| may_test(&ctx)),
        may_test: may_test(&ctx),
        language: ctx.language,
    };
    ctx.render(&page)
}

async fn show(ctx: Ctx, Path(id): Path<String>, query: Query) -> Outcome {
    let state = ctx.directory.source_state(&ctx.actor, &id).await?;
    let after = Some(query.get("after")).filter(|after| !after.is_empty());
    let directory = &ctx.directory;
    let conflicts = directory.source_conflicts(&ctx.actor, state.kind, Some(&id), after, CONFLICTS);
    let sources = directory.sources(state.kind).into_iter();
    let place = match may_test(&ctx) {
        true => SourceSetup::of(directory).places(&ctx.actor).await?,
        false => vec![],
    };
    let page = ShowPage {
        page: ctx
            .frame(state.status.name.clone())
            .group(ctx.t("nav-group-system"))
            .crumb(PATH, ctx.t("sources-title")),
        conflicts: conflicts.await?,
        names: sources.map(|source| (source.id, source.name)).collect(),
        may_test: may_test(&ctx),
        place: place.into_iter().find(|place| place.id == id),
        language: ctx.language,
        state,
    };
    ctx.render(&page)
}

async fn test(ctx: Ctx, Path(id): Path<String>) -> Outcome {
    let state = ctx.directory.source_state(&ctx.actor, &id).await?;
    let steps = Box::pin(ctx.directory.test_source(&ctx.actor, &id)).await?;
    let title = ctx.t_args(
        "sources-test-title",
        &[("name", state.status.name.as_str().into())],
    );
    let page = TestPage {
        page: ctx
            .frame(title)
            .group(ctx.t("nav-group-system"))
            .crumb(PATH, ctx.t("sources-title"))
            .crumb(&address(&id), state.status.name),
        id,
        steps,
        language: ctx.language,
    };
    ctx.render(&page)
}

/// Whoever reloads the address of a test is led to its source: a test is ordered, not visited.
async fn back(ctx: Ctx, Path(id): Path<String>) -> Outcome {
    ctx.redirect(&address(&id))
}

async fn refresh(ctx: Ctx, Path(id): Path<String>) -> Outcome {
    let state = ctx.directory.refresh_source(&ctx.actor, &id).await?;
    let flash = Flash::new("flash-source-refreshed").with("name", state.status.name);
    ctx.redirect_with(&address(&id), flash)
}
