//! Moving a person to another source: which one, what it is to hold, what that does, and doing it.

use askama::Template;
use axum::http::StatusCode;
use kartoteka_access::Access;
use kartoteka_directory::{Action, Error, FieldError, Fields, Object, SourceInfo, Version};
use kartoteka_records::{MoveWanted, Plan, Records};

use super::edit::{NAME, Preview, Subject, preview};
use super::form::{Blank, Control, Input, Mistake, Purpose, summary};
use super::key::Key;
use super::rows::{Badge, Mark, badge, validity};
use super::screen::Screen;
use super::typed::{Typed, Wish};
use super::{suggest, title};
use crate::context::{Ctx, Outcome};
use crate::failure::Failure;
use crate::frame::{Flash, Frame};
use crate::input::{Form, Pairs, Query};

/// The sources that a person can go to from where they are: what can't be written takes back whom it has.
pub fn others(sources: &[SourceInfo], present: &str) -> Vec<SourceInfo> {
    let others = sources.iter().filter(|source| source.id != present);
    others.cloned().collect()
}

/// Whether a person's page offers it: not where nothing at all can be written.
pub fn is_offered(page: &Frame, sources: &[SourceInfo], present: &str) -> bool {
    page.may(Action::Change, Object::Moves)
        && sources.iter().any(|source| source.id != present)
        && sources.iter().any(|source| source.writable)
}

#[derive(Template)]
#[template(path = "records/moving.html")]
struct MovePage {
    page: Frame,
    action: String,
    cancel: String,
    about: String,
    sources: Vec<SourceInfo>,
    mark: Mark,
    badge: Badge,
    /// Where the person is to go, once that was said.
    target: Option<Target>,
}

/// What is said of the source that was chosen.
struct Target {
    id: String,
    /// The heading over what it is to hold.
    heading: String,
    inputs: Vec<Input>,
    mistakes: Vec<Mistake>,
    version: String,
    ahead: bool,
    preview: Preview,
    /// The record changed since the form was opened.
    stale: bool,
    password_again: bool,
    /// Nothing stands in the way.
    can_move: bool,
}

/// `GET /customer-users/{login}/move`.
pub async fn show(ctx: Ctx, Key(key): Key, Query(query): Query, screen: Screen) -> Outcome {
    ctx.require(Action::Change, Object::Moves)?;
    let subject = Subject::find(&ctx, screen, &key).await?;
    let page = match chosen(&ctx, screen, &query)? {
        None => blank(&ctx, screen, &subject, None),
        Some(source) => {
            let form = Asked::of(&query, &source, &subject);
            let plan = form.plan(&ctx, &key, &source, None).await?;
            let target = target(&ctx, screen, &source, &form, &plan, &plan.errors).await?;
            blank(&ctx, screen, &subject, Some(target))
        }
    };
    ctx.render(&page)
}

/// `POST /customer-users/{login}/move`.
pub async fn submit(ctx: Ctx, Key(key): Key, Form(form): Form, screen: Screen) -> Outcome {
    ctx.require(Action::Change, Object::Moves)?;
    let subject = Subject::find(&ctx, screen, &key).await?;
    let Some(source) = chosen(&ctx, screen, &form)? else {
        return ctx.render(&blank(&ctx, screen, &subject, None));
    };
    let mut asked = Asked::of(&form, &source, &subject);
    let had = asked.version.clone();
    let plan = match asked.plan(&ctx, &key, &source, Some(had)).await {
        Err(Error::Conflict(_)) => {
            return again(&ctx, screen, &key, &source, &mut asked).await;
        }
        plan => plan?,
    };
    let refused = async |errors: &[FieldError]| {
        let plan = asked.plan(&ctx, &key, &source, None).await?;
        let target = target(&ctx, screen, &source, &asked, &plan, errors).await?;
        let page = blank(&ctx, screen, &subject, Some(target));
        ctx.render_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
    };
    if !plan.errors.is_empty() {
        return refused(&plan.errors).await;
    }
    if asked.wish == Wish::Preview {
        let plan = Access::of(&ctx.directory).preview(plan).await?;
        let target = target(&ctx, screen, &source, &asked, &plan, &[]).await?;
        return ctx.render(&blank(&ctx, screen, &subject, Some(target)));
    }
    match Records::of(&ctx.directory).apply(plan).await {
        Ok(applied) => {
            let flash = Flash::new("flash-record-moved").with(NAME, applied.key.as_str());
            ctx.redirect_with(&screen.record(&applied.key), flash)
        }
        Err(Error::Invalid(errors)) => refused(&errors).await,
        Err(Error::Conflict(_)) => again(&ctx, screen, &key, &source, &mut asked).await,
        Err(error) => Err(error.into()),
    }
}

/// Shows what is there now, with what was typed.
async fn again(
    ctx: &Ctx,
    screen: Screen,
    key: &str,
    source: &SourceInfo,
    asked: &mut Asked,
) -> Outcome {
    let subject = Subject::find(ctx, screen, key).await?;
    asked.version = subject.found.version.clone();
    let plan = asked.plan(ctx, key, source, None).await?;
    let mut target = target(ctx, screen, source, asked, &plan, &plan.errors).await?;
    target.stale = true;
    let page = blank(ctx, screen, &subject, Some(target));
    ctx.render_with(StatusCode::CONFLICT, &page)
}

/// The source that was chosen.
fn chosen(ctx: &Ctx, screen: Screen, sent: &Pairs) -> Result<Option<SourceInfo>, Failure> {
    let Some(id) = sent.filled("_to") else {
        return Ok(None);
    };
    let mut sources = ctx.directory.sources(screen.kind).into_iter();
    let known = sources.find(|source| source.id == id);
    let unknown = || Error::Unknown {
        what: "source",
        key: id.to_owned(),
    };
    Ok(Some(known.ok_or_else(unknown)?))
}

/// What the form asks for.
struct Asked {
    wish: Wish,
    values: Fields,
    wanted: Fields,
    version: Version,
    ahead: bool,
    has_password: bool,
}

impl Asked {
    fn of(sent: &Pairs, source: &SourceInfo, subject: &Subject) -> Self {
        let typed = Typed::read(sent, source);
        let is_field = |name: &String| source.fields.iter().any(|one| one.field.name == *name);
        let mut values = typed.values.clone();
        values.retain(|name, _| is_field(name) && name != "UserLogin");
        let mut wanted = typed.wanted();
        wanted.retain(|name, _| is_field(name) && name != "UserLogin");
        let version = typed.version.clone();
        Self {
            wish: typed.wish,
            values,
            wanted,
            version: version.unwrap_or_else(|| subject.found.version.clone()),
            ahead: sent.filled("_ahead").is_some(),
            has_password: typed.has_password(),
        }
    }

    async fn plan(
        &self,
        ctx: &Ctx,
        key: &str,
        source: &SourceInfo,
        had: Option<Version>,
    ) -> Result<Plan, Error> {
        let wanted = MoveWanted {
            to: source.id.clone(),
            fields: self.wanted.clone(),
            ahead: self.ahead,
        };
        Records::of(&ctx.directory)
            .plan_move(&ctx.actor, key, wanted, had)
            .await
    }
}

async fn target(
    ctx: &Ctx,
    screen: Screen,
    source: &SourceInfo,
    asked: &Asked,
    plan: &Plan,
    errors: &[FieldError],
) -> Result<Target, Failure> {
    let page = frame(ctx, screen, &plan.key, plan.key.clone());
    let customers = match source.customer_support && source.writable {
        true => suggest::first(ctx).await?,
        false => vec![],
    };
    let mut values: Fields = plan
        .after
        .iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    values.extend(asked.values.clone());
    let blank = Blank {
        page: &page,
        screen,
        purpose: Purpose::Edit,
        source,
        values: &values,
        errors,
        customers: &customers,
        parents: &[],
    };
    let mut inputs = blank.inputs();
    // The login is what all the rest hangs on.
    inputs.retain(|input| source.writable && input.name != "UserLogin");
    let mut mistakes = summary(&page, &inputs, &[], errors);
    let of_source = |mistake: &mut Mistake| {
        if mistake.label == "Source" {
            mistake.label = source.name.clone();
        }
    };
    mistakes.iter_mut().for_each(of_source);
    Ok(Target {
        id: source.id.clone(),
        heading: page.with("move-values", "source", &source.name),
        inputs,
        mistakes,
        version: asked.version.0.clone(),
        ahead: asked.ahead,
        preview: preview(ctx, screen, &page, plan),
        stale: false,
        password_again: asked.has_password,
        can_move: errors.is_empty(),
    })
}

fn frame(ctx: &Ctx, screen: Screen, key: &str, name: String) -> Frame {
    ctx.frame(ctx.t("move-title"))
        .about(screen.kind.name())
        .crumb(&screen.list(), ctx.t(&screen.text("title")))
        .crumb(&screen.record(key), name)
        .tabs_of(screen.kind, key)
}

fn blank(ctx: &Ctx, screen: Screen, subject: &Subject, target: Option<Target>) -> MovePage {
    let Subject { found, source } = subject;
    let sources = ctx.directory.sources(screen.kind);
    let page = frame(ctx, screen, &found.key, title(found));
    MovePage {
        action: page.url(&screen.moving(&found.key)),
        cancel: page.url(&screen.record(&found.key)),
        about: page.with2("move-about", "name", title(found), "source", &source.name),
        mark: validity(&page, found.record.get("ValidID")),
        badge: badge(&sources, &found.source),
        sources: others(&sources, &found.source),
        target,
        page,
    }
}
