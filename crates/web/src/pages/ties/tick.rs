//! Showing, previewing and saving ticks.

use std::collections::BTreeSet;

use askama::Template;
use axum::http::StatusCode;
use kartoteka_directory::{Action, Error, FieldError, Object, Tie, TiePage, TieRow};
use kartoteka_model::access::Belonging;

use super::pending::Pending;
use super::side;
use crate::context::{Ctx, Outcome};
use crate::frame::{Flash, Frame};
use crate::input::{Form, Pairs, Query};
use crate::pages::error::Failure;
use crate::pages::records::address;
use crate::pages::records::key::Key;
use crate::pages::relations::{ChangeLine, Preview, Whereabouts, lost, whereabouts};

#[derive(Template)]
#[template(path = "ties/tick.html")]
struct TickPage {
    page: Frame,
    tie: Tie,
    ties: TiePage,
    pending: Pending,
    search: String,
    after: Option<String>,
    /// A malformed search, with what is wrong.
    malformed: Option<String>,
    may: bool,
    notes: Vec<String>,
    /// What is wrong, with the key of its row.
    errors: Vec<(String, FieldError)>,
    /// What is wrong with the picked record, and so with every tick.
    own_errors: BTreeSet<String>,
    preview: Option<Preview>,
    /// The journal's latest entry when this was read.
    seen: i64,
}

impl TickPage {
    fn text(&self, end: &str) -> String {
        self.page.t(&format!("{}-{end}", side::texts(&self.tie)))
    }

    fn action(&self) -> String {
        self.page.url(&side::path(&self.tie))
    }

    fn finish(&self) -> String {
        self.page.url(&side::home(&self.tie))
    }

    fn href(&self, row: &TieRow) -> Option<String> {
        row.known
            .then(|| self.page.url(&side::row(&self.tie, &row.key)))
    }

    /// Rows that the search found and that are not among the ticked ones on the page.
    fn found(&self) -> Vec<&TieRow> {
        let shown = |row: &&TieRow| !self.ties.ticked.iter().any(|one| one.key == row.key);
        self.ties.found.iter().filter(shown).collect()
    }

    /// Changes on rows that are not in view.
    fn kept(&self) -> Vec<(&String, bool)> {
        let in_view = |key: &String| {
            let mut rows = self.ties.ticked.iter().chain(&self.ties.found);
            rows.any(|row| row.key == *key)
        };
        let kept = self.pending.iter().filter(|(key, _)| !in_view(key));
        kept.collect()
    }

    fn note(&self, row: &TieRow) -> Option<String> {
        let key = match row.fixed {
            Some(Belonging::Primary) => "ties-primary",
            Some(_) => "ties-mapped",
            None if !row.known => "ties-unknown",
            None if !row.valid => "ties-invalid",
            None => return None,
        };
        Some(self.page.t(key))
    }

    fn problem_of(&self, key: &str) -> Option<String> {
        let found = self.errors.iter().find(|(row, _)| row == key);
        found.map(|(_, error)| self.page.problem(&error.problem))
    }
}

/// What of a list is looked at.
#[derive(Debug, Clone, Default)]
struct View {
    search: String,
    /// The cursor of the page before.
    after: Option<String>,
}

impl View {
    fn read(pairs: &Pairs) -> Self {
        Self {
            search: pairs.get("search").trim().to_owned(),
            after: pairs.filled("after").map(str::to_owned),
        }
    }

    /// A path with this view.
    fn address(&self, path: &str) -> String {
        let search = Some(("search", self.search.as_str())).filter(|(_, text)| !text.is_empty());
        let after = self.after.as_deref().map(|after| ("after", after));
        let pairs: Vec<_> = search.into_iter().chain(after).collect();
        match pairs.is_empty() {
            true => path.to_owned(),
            false => format!("{path}?{}", address::query(pairs)),
        }
    }
}

async fn page(ctx: &Ctx, tie: Tie, view: View, pending: Pending) -> Result<TickPage, Failure> {
    // Before anything else is read: what is renamed from now on is found again.
    let seen = ctx.directory.journal_position(&ctx.actor).await?;
    let asked = |search: Option<String>, after: Option<String>| {
        let tie = &tie;
        async move {
            let (directory, actor) = (&ctx.directory, &ctx.actor);
            let ties = directory.ties(actor, tie, search.as_deref(), after.as_deref());
            ties.await
        }
    };
    let View { search, mut after } = view;
    let mut notes = vec![];
    let mut malformed = None;
    let mut ties = asked(Some(search.clone()), after.clone()).await;
    if matches!(&ties, Err(error) if error.is_of_cursor()) {
        notes.push(ctx.t("relations-first-page"));
        after = None;
        ties = asked(Some(search.clone()), None).await;
    }
    // The search is wrong, not the page: what is ticked is shown all the same.
    if matches!(&ties, Err(Error::Syntax(_))) {
        malformed = Some(ctx.t("ties-malformed"));
        ties = asked(None, after.clone()).await;
    }
    let ties = ties?;
    if !ties.valid {
        notes.push(ctx.t("ties-own-invalid"));
    }
    let tie = side::spelled(tie, &ties.key);
    Ok(TickPage {
        page: side::frame(ctx, &tie, &ties),
        may: ctx.actor.may(Action::Change, Object::Access),
        seen,
        tie,
        ties,
        pending,
        search,
        after,
        malformed,
        notes,
        errors: Vec::new(),
        own_errors: BTreeSet::new(),
        preview: None,
    })
}

async fn show(ctx: Ctx, tie: Tie, query: Query) -> Outcome {
    let page = page(&ctx, tie, View::read(&query), Pending::default()).await?;
    ctx.render(&page)
}

/// What the button that was pressed asks for. Where the record is gone or has another key by now nothing is done, and
/// what was ticked is shown.
async fn save(ctx: Ctx, tie: Tie, form: Form) -> Outcome {
    ctx.require(Action::Change, Object::Access)?;
    let Some((kind, key)) = side::record(&tie) else {
        return act(&ctx, tie, &form).await;
    };
    let place = whereabouts(&ctx, kind, key, &form).await?;
    if !matches!(place, Whereabouts::Here) {
        return elsewhere(&ctx, &tie, &form, place).await;
    }
    match act(&ctx, tie.clone(), &form).await {
        // It may get another key even between this look and saving.
        Err(failure) if failure.status() == StatusCode::NOT_FOUND => {
            match whereabouts(&ctx, kind, key, &form).await? {
                Whereabouts::Here => Err(failure),
                place => elsewhere(&ctx, &tie, &form, place).await,
            }
        }
        outcome => outcome,
    }
}

/// The page of the record's new key with all ticks; or what was ticked, if there is no record any more.
async fn elsewhere(ctx: &Ctx, tie: &Tie, form: &Form, place: Whereabouts) -> Outcome {
    let pending = Pending::read(form);
    let (_, key) = side::record(tie).unwrap_or((tie.lists(), ""));
    let Whereabouts::Moved(now) = place else {
        let line = |(key, given): (&String, bool)| ChangeLine {
            given,
            text: key.clone(),
        };
        let lines = pending.iter().map(line).collect();
        return lost(ctx, &side::list_path(tie), key, lines);
    };
    let moved = side::spelled(tie.clone(), &now);
    let mut page = page(ctx, moved, View::read(form), pending).await?;
    let note = page.page.with2("relations-moved", "from", key, "to", &now);
    page.notes.insert(0, note);
    ctx.render_with(StatusCode::CONFLICT, &page)
}

async fn act(ctx: &Ctx, tie: Tie, form: &Form) -> Outcome {
    let pending = Pending::read(form);
    let then = form.get("_then");
    let mut view = View::read(form);
    if matches!(then, "search" | "next" | "first") {
        view.after = form
            .filled("_next")
            .filter(|_| then == "next")
            .map(str::to_owned);
        if pending.len() == 0 {
            return ctx.redirect(&view.address(&side::path(&tie)));
        }
        return ctx.render(&page(ctx, tie, view, pending).await?);
    }
    let keys: Vec<String> = pending.iter().map(|(key, _)| key.clone()).collect();
    let wanted = pending
        .iter()
        .map(|(key, given)| tie.wanted(key, given))
        .collect();
    let plan = ctx.directory.plan_relations(&ctx.actor, wanted).await?;
    if !plan.errors.is_empty() {
        return mistakes(ctx, tie, view, pending, &keys, plan.errors.clone()).await;
    }
    if then == "preview" {
        let mut page = page(ctx, tie, view, pending).await?;
        page.preview = Some(Preview::new(&page.page, &plan));
        return ctx.render(&page);
    }
    match ctx.directory.apply_relations(plan).await {
        Ok(applied) => {
            let flash =
                Flash::new("flash-ties-saved").with("count", applied.changes.len().to_string());
            let path = match then {
                "finish" => side::home(&tie),
                _ => view.address(&side::path(&tie)),
            };
            ctx.redirect_with(&path, flash)
        }
        Err(Error::Invalid(errors)) => mistakes(ctx, tie, view, pending, &keys, errors).await,
        Err(error) => Err(error.into()),
    }
}

/// The page again with what was ticked, and what is wrong at its row; what is wrong with the picked record is said once.
async fn mistakes(
    ctx: &Ctx,
    tie: Tie,
    view: View,
    pending: Pending,
    keys: &[String],
    errors: Vec<FieldError>,
) -> Outcome {
    let own = side::field(&tie);
    let mut page = page(ctx, tie, view, pending).await?;
    for error in errors {
        let (at, field) = error.field.split_once('.').unwrap_or_default();
        if field == own {
            page.own_errors.insert(page.page.problem(&error.problem));
            continue;
        }
        let key = at.parse().ok().and_then(|at: usize| keys.get(at));
        page.errors.push((key.cloned().unwrap_or_default(), error));
    }
    ctx.render_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

pub(super) async fn customers_of(ctx: Ctx, Key(login): Key, query: Query) -> Outcome {
    show(ctx, Tie::CustomersOf(login), query).await
}

pub(super) async fn save_customers_of(ctx: Ctx, Key(login): Key, form: Form) -> Outcome {
    save(ctx, Tie::CustomersOf(login), form).await
}

pub(super) async fn people_of(ctx: Ctx, Key(id): Key, query: Query) -> Outcome {
    show(ctx, Tie::PeopleOf(id), query).await
}

pub(super) async fn save_people_of(ctx: Ctx, Key(id): Key, form: Form) -> Outcome {
    save(ctx, Tie::PeopleOf(id), form).await
}

pub(super) async fn services_of(ctx: Ctx, Key(login): Key, query: Query) -> Outcome {
    show(ctx, Tie::ServicesOf(login), query).await
}

pub(super) async fn save_services_of(ctx: Ctx, Key(login): Key, form: Form) -> Outcome {
    save(ctx, Tie::ServicesOf(login), form).await
}

pub(super) async fn people_with(ctx: Ctx, Key(name): Key, query: Query) -> Outcome {
    show(ctx, Tie::PeopleWith(name), query).await
}

pub(super) async fn save_people_with(ctx: Ctx, Key(name): Key, form: Form) -> Outcome {
    save(ctx, Tie::PeopleWith(name), form).await
}

pub(super) async fn default_services(ctx: Ctx, query: Query) -> Outcome {
    show(ctx, Tie::DefaultServices, query).await
}

pub(super) async fn save_default_services(ctx: Ctx, form: Form) -> Outcome {
    save(ctx, Tie::DefaultServices, form).await
}
