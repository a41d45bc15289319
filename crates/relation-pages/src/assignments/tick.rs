//! Showing, previewing and saving ticks.

use std::collections::BTreeSet;

use askama::Template;
use axum::http::StatusCode;
use kartoteka_access::{Access, AssignmentPage, AssignmentRow, AssignmentSide};
use kartoteka_directory::{Action, Error, FieldError, Object};
use kartoteka_frame::assignments;
use kartoteka_model::access::Belonging;

use super::pending::Pending;
use crate::context::{Ctx, Outcome};
use crate::failure::Failure;
use crate::frame::{Flash, Frame};
use crate::input::{Form, Pairs, Query};
use crate::records::address;
use crate::records::key::Key;
use crate::relations::{ChangeLine, FormRecord, Preview, find_form_record, lost};

#[derive(Template)]
#[template(path = "assignments/tick.html")]
struct TickPage {
    page: Frame,
    side: AssignmentSide,
    assignments: AssignmentPage,
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
        self.page
            .t(&format!("{}-{end}", assignments::texts(&self.side)))
    }

    fn action(&self) -> String {
        self.page.url(&assignments::path(&self.side))
    }

    fn finish(&self) -> String {
        self.page.url(&assignments::home(&self.side))
    }

    fn href(&self, row: &AssignmentRow) -> Option<String> {
        row.known
            .then(|| self.page.url(&assignments::row(&self.side, &row.key)))
    }

    /// Rows that the search found and that are not among the ticked ones on the page.
    fn found(&self) -> Vec<&AssignmentRow> {
        let shown =
            |row: &&AssignmentRow| !self.assignments.ticked.iter().any(|one| one.key == row.key);
        self.assignments.found.iter().filter(shown).collect()
    }

    /// Changes on rows that are not in view.
    fn kept(&self) -> Vec<(&String, bool)> {
        let in_view = |key: &String| {
            let mut rows = self
                .assignments
                .ticked
                .iter()
                .chain(&self.assignments.found);
            rows.any(|row| row.key == *key)
        };
        let kept = self.pending.iter().filter(|(key, _)| !in_view(key));
        kept.collect()
    }

    fn note(&self, row: &AssignmentRow) -> Option<String> {
        let of_services = matches!(
            self.side,
            AssignmentSide::ServicesOf(_) | AssignmentSide::DefaultServices
        );
        let key = match row.fixed {
            Some(Belonging::Primary) => "ties-primary",
            Some(_) => "ties-mapped",
            None if !row.known && of_services => "ties-service-unknown",
            None if !row.known => "ties-unknown",
            None if !row.valid && of_services => "ties-service-invalid",
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

async fn page(
    ctx: &Ctx,
    side: AssignmentSide,
    view: View,
    pending: Pending,
) -> Result<TickPage, Failure> {
    // Before anything else is read: what is renamed from now on is found again.
    let seen = ctx.directory.journal_position(&ctx.actor).await?;
    let asked = |search: Option<String>, after: Option<String>| {
        let side = &side;
        async move {
            let (directory, actor) = (&ctx.directory, &ctx.actor);
            let assignments =
                Access::of(directory).assignments(actor, side, search.as_deref(), after.as_deref());
            assignments.await
        }
    };
    let View { search, mut after } = view;
    let mut notes = vec![];
    let mut malformed = None;
    let mut assignments = asked(Some(search.clone()), after.clone()).await;
    if matches!(&assignments, Err(error) if error.is_of_cursor()) {
        notes.push(ctx.t("relations-first-page"));
        after = None;
        assignments = asked(Some(search.clone()), None).await;
    }
    // The search is wrong, not the page: what is ticked is shown all the same.
    if matches!(&assignments, Err(Error::Syntax(_))) {
        malformed = Some(ctx.t("ties-malformed"));
        assignments = asked(None, after.clone()).await;
    }
    let assignments = assignments?;
    if !assignments.valid {
        notes.push(ctx.t("ties-own-invalid"));
    }
    let side = assignments::spelled(side, &assignments.key);
    Ok(TickPage {
        page: assignments::frame(ctx, &side, &assignments),
        may: ctx.actor.may(Action::Change, Object::Access),
        seen,
        side,
        assignments,
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

async fn show(ctx: Ctx, side: AssignmentSide, query: Query) -> Outcome {
    let page = page(&ctx, side, View::read(&query), Pending::default()).await?;
    ctx.render(&page)
}

/// What the button that was pressed asks for. Where the record is gone or has another key by now nothing is done, and
/// what was ticked is shown.
async fn save(ctx: Ctx, side: AssignmentSide, form: Form) -> Outcome {
    ctx.require(Action::Change, Object::Access)?;
    let Some((kind, key)) = assignments::record(&side) else {
        return act(&ctx, side, &form).await;
    };
    let place = find_form_record(&ctx, kind, key, &form).await?;
    if !matches!(place, FormRecord::Here) {
        return elsewhere(&ctx, &side, &form, place).await;
    }
    match act(&ctx, side.clone(), &form).await {
        // It may get another key even between this look and saving.
        Err(failure) if failure.status() == StatusCode::NOT_FOUND => {
            match find_form_record(&ctx, kind, key, &form).await? {
                FormRecord::Here => Err(failure),
                place => elsewhere(&ctx, &side, &form, place).await,
            }
        }
        outcome => outcome,
    }
}

/// The page of the record's new key with all ticks; or what was ticked, if there is no record any more.
async fn elsewhere(ctx: &Ctx, side: &AssignmentSide, form: &Form, place: FormRecord) -> Outcome {
    let pending = Pending::read(form);
    let (_, key) = assignments::record(side).unwrap_or((side.lists(), ""));
    let FormRecord::Moved(now) = place else {
        let line = |(key, given): (&String, bool)| ChangeLine {
            given,
            text: key.clone(),
        };
        let lines = pending.iter().map(line).collect();
        return lost(ctx, &assignments::list_path(side), key, lines);
    };
    let moved = assignments::spelled(side.clone(), &now);
    let mut page = page(ctx, moved, View::read(form), pending).await?;
    let note = page.page.with2("relations-moved", "from", key, "to", &now);
    page.notes.insert(0, note);
    ctx.render_with(StatusCode::CONFLICT, &page)
}

async fn act(ctx: &Ctx, side: AssignmentSide, form: &Form) -> Outcome {
    let pending = Pending::read(form);
    let then = form.get("_then");
    let mut view = View::read(form);
    if matches!(then, "search" | "next" | "first") {
        view.after = form
            .filled("_next")
            .filter(|_| then == "next")
            .map(str::to_owned);
        if pending.len() == 0 {
            return ctx.redirect(&view.address(&assignments::path(&side)));
        }
        return ctx.render(&page(ctx, side, view, pending).await?);
    }
    let keys: Vec<String> = pending.iter().map(|(key, _)| key.clone()).collect();
    let wanted = pending
        .iter()
        .map(|(key, given)| side.wanted(key, given))
        .collect();
    let plan = Access::of(&ctx.directory)
        .plan_relations(&ctx.actor, wanted)
        .await?;
    if !plan.errors.is_empty() {
        return mistakes(ctx, side, view, pending, &keys, plan.errors.clone()).await;
    }
    if then == "preview" {
        let mut page = page(ctx, side, view, pending).await?;
        page.preview = Some(Preview::new(&page.page, &plan));
        return ctx.render(&page);
    }
    match Access::of(&ctx.directory).apply_relations(plan).await {
        Ok(applied) => {
            let flash =
                Flash::new("flash-ties-saved").with("count", applied.changes.len().to_string());
            let path = match then {
                "finish" => assignments::home(&side),
                _ => view.address(&assignments::path(&side)),
            };
            ctx.redirect_with(&path, flash)
        }
        Err(Error::Invalid(errors)) => mistakes(ctx, side, view, pending, &keys, errors).await,
        Err(error) => Err(error.into()),
    }
}

/// The page again with what was ticked, and what is wrong at its row; what is wrong with the picked record is said once.
async fn mistakes(
    ctx: &Ctx,
    side: AssignmentSide,
    view: View,
    pending: Pending,
    keys: &[String],
    errors: Vec<FieldError>,
) -> Outcome {
    let own = assignments::field(&side);
    let mut page = page(ctx, side, view, pending).await?;
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
    show(ctx, AssignmentSide::CustomersOf(login), query).await
}

pub(super) async fn save_customers_of(ctx: Ctx, Key(login): Key, form: Form) -> Outcome {
    save(ctx, AssignmentSide::CustomersOf(login), form).await
}

pub(super) async fn people_of(ctx: Ctx, Key(id): Key, query: Query) -> Outcome {
    show(ctx, AssignmentSide::PeopleOf(id), query).await
}

pub(super) async fn save_people_of(ctx: Ctx, Key(id): Key, form: Form) -> Outcome {
    save(ctx, AssignmentSide::PeopleOf(id), form).await
}

pub(super) async fn services_of(ctx: Ctx, Key(login): Key, query: Query) -> Outcome {
    show(ctx, AssignmentSide::ServicesOf(login), query).await
}

pub(super) async fn save_services_of(ctx: Ctx, Key(login): Key, form: Form) -> Outcome {
    save(ctx, AssignmentSide::ServicesOf(login), form).await
}

pub(super) async fn people_with(ctx: Ctx, Key(name): Key, query: Query) -> Outcome {
    show(ctx, AssignmentSide::PeopleWith(name), query).await
}

pub(super) async fn save_people_with(ctx: Ctx, Key(name): Key, form: Form) -> Outcome {
    save(ctx, AssignmentSide::PeopleWith(name), form).await
}

pub(super) async fn default_services(ctx: Ctx, query: Query) -> Outcome {
    show(ctx, AssignmentSide::DefaultServices, query).await
}

pub(super) async fn save_default_services(ctx: Ctx, form: Form) -> Outcome {
    save(ctx, AssignmentSide::DefaultServices, form).await
}
