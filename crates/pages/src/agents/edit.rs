//! Adding and editing an agent, and giving a new password.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use kartoteka_directory::{
    Action, Error, FieldError, Fields, HistoryEntry, Kind, Object, Role, Version,
};
use kartoteka_login::{Lock, Logins};
use kartoteka_model::{Record, Validity};
use kartoteka_records::{Applied, Records};
use secrecy::{ExposeSecret, SecretString};

use crate::context::{Ctx, Outcome};
use crate::frame::{Flash, Frame};
use crate::input::Form;

const FIELDS: [&str; 5] = [
    "UserLogin",
    "UserFirstname",
    "UserLastname",
    "Role",
    "ValidID",
];

#[derive(Template)]
#[template(path = "agents/form.html")]
struct AgentPage {
    page: Frame,
    /// The login as stored; none while adding.
    login: Option<String>,
    values: Record,
    version: String,
    errors: Vec<FieldError>,
    /// What somebody else saved meanwhile.
    stored: Option<Record>,
    history: Vec<HistoryEntry>,
    /// Where the agent has to wait.
    locks: Vec<Lock>,
    roles: [Role; 3],
    validities: [Validity; 3],
}

#[derive(Template)]
#[template(path = "agents/password.html")]
struct PasswordPage {
    page: Frame,
    login: String,
    password: SecretString,
}

impl AgentPage {
    /// What is stored now, where it is not what was typed.
    fn differs(&self, field: &str) -> Option<String> {
        let stored = self.stored.as_ref()?.get(field);
        (stored != self.values.get(field)).then(|| self.page.value(field, stored))
    }

    /// Whether the validity is the one that is chosen; records may hold its number or its name.
    fn is_valid(&self, validity: &Validity) -> bool {
        Validity::parse(self.values.get("ValidID")) == Some(*validity)
    }
}

fn frame(ctx: &Ctx, title: String) -> Frame {
    ctx.frame(title)
        .group(ctx.t("nav-group-people"))
        .crumb("/agents", ctx.t("agents-title"))
}

fn form_page(ctx: &Ctx, login: Option<String>, values: Record) -> AgentPage {
    let title = match &login {
        Some(login) => {
            let name = format!(
                "{} {}",
                values.get("UserFirstname"),
                values.get("UserLastname")
            );
            if name.trim().is_empty() {
                login.clone()
            } else {
                name
            }
        }
        None => ctx.t("agents-add"),
    };
    AgentPage {
        page: frame(ctx, title),
        login,
        values,
        version: String::new(),
        errors: Vec::new(),
        stored: None,
        history: Vec::new(),
        locks: Vec::new(),
        roles: Role::ALL,
        validities: Validity::ALL,
    }
}

pub(super) async fn blank(ctx: Ctx) -> Outcome {
    ctx.require(Action::Change, Object::Records(Kind::Agent))?;
    let values = Record::from_iter([("Role", Role::Editor.name()), ("ValidID", "1")]);
    ctx.render(&form_page(&ctx, None, values))
}

pub(super) async fn create(ctx: Ctx, form: Form) -> Outcome {
    let mut fields = form.fields(|name| FIELDS.contains(&name));
    let password = form.get("UserPassword").to_owned();
    let generate = password.is_empty();
    if !generate {
        fields.insert("UserPassword".into(), password);
    }
    let mut plan = Records::of(&ctx.directory)
        .plan_create(&ctx.actor, Kind::Agent, None, fields.clone())
        .await?;
    if generate {
        plan = Records::of(&ctx.directory).generate_password(plan);
    }
    if !plan.errors.is_empty() {
        return mistakes(&ctx, None, fields, None, plan.errors.clone()).await;
    }
    match Records::of(&ctx.directory).apply(plan).await {
        Ok(applied) => saved(&ctx, applied, "flash-agent-added", "/agents"),
        Err(Error::Invalid(errors)) => mistakes(&ctx, None, fields, None, errors).await,
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn show(ctx: Ctx, Path(login): Path<String>) -> Outcome {
    ctx.require(Action::Change, Object::Records(Kind::Agent))?;
    let found = ctx.directory.find(&ctx.actor, Kind::Agent, &login).await?;
    let mut page = form_page(&ctx, Some(found.key.clone()), found.record);
    page.version = found.version.0;
    page.history = ctx
        .directory
        .history(&ctx.actor, Kind::Agent, &found.key, 20)
        .await?;
    page.locks = Logins::of(&ctx.directory)
        .locks_of_login(&ctx.actor, &found.key)
        .await?;
    ctx.render(&page)
}

pub(super) async fn update(ctx: Ctx, Path(login): Path<String>, form: Form) -> Outcome {
    let fields = form.fields(|name| FIELDS.contains(&name));
    let had = form
        .filled("_version")
        .map(|version| Version(version.to_owned()));
    let plan = match Records::of(&ctx.directory)
        .plan_update(&ctx.actor, Kind::Agent, &login, fields.clone(), had.clone())
        .await
    {
        Ok(plan) => plan,
        Err(Error::Conflict(stale)) => return conflict(&ctx, &login, fields, *stale).await,
        Err(error) => return Err(error.into()),
    };
    if !plan.errors.is_empty() {
        return mistakes(&ctx, Some(&login), fields, had, plan.errors.clone()).await;
    }
    let stay = form.get("_then") != "finish";
    match Records::of(&ctx.directory).apply(plan).await {
        Ok(applied) => {
            let path = if stay {
                format!("/agents/{}/edit", crate::encoding::escape(&applied.key))
            } else {
                "/agents".into()
            };
            saved(&ctx, applied, "flash-agent-saved", &path)
        }
        Err(Error::Invalid(errors)) => mistakes(&ctx, Some(&login), fields, had, errors).await,
        Err(Error::Conflict(stale)) => conflict(&ctx, &login, fields, *stale).await,
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn set_password(ctx: Ctx, Path(login): Path<String>, form: Form) -> Outcome {
    let password = Some(form.get("UserPassword")).filter(|password| !password.is_empty());
    let password = password.map(|password| SecretString::from(password.to_owned()));
    let plan = Records::of(&ctx.directory)
        .plan_password(&ctx.actor, Kind::Agent, &login, password)
        .await?;
    if !plan.errors.is_empty() {
        let found = ctx.directory.find(&ctx.actor, Kind::Agent, &login).await?;
        let version = Some(found.version);
        let fields = found
            .record
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        return mistakes(&ctx, Some(&login), fields, version, plan.errors.clone()).await;
    }
    let applied = Records::of(&ctx.directory).apply(plan).await?;
    let path = format!("/agents/{}/edit", crate::encoding::escape(&applied.key));
    saved(&ctx, applied, "flash-agent-password", &path)
}

/// A generated password is shown at once and never again; otherwise on to the next page.
fn saved(ctx: &Ctx, applied: Applied, flash: &str, path: &str) -> Outcome {
    let flash = Flash::new(flash).with("name", &applied.key);
    match applied.password {
        Some(password) => {
            let page = frame(ctx, ctx.t("agent-password-title"))
                .saying(flash)
                .showing_once();
            ctx.render(&PasswordPage {
                page,
                login: applied.key,
                password,
            })
        }
        None => ctx.redirect_with(path, flash),
    }
}

async fn mistakes(
    ctx: &Ctx,
    login: Option<&str>,
    fields: Fields,
    had: Option<Version>,
    errors: Vec<FieldError>,
) -> Outcome {
    let mut page = form_page(ctx, login.map(str::to_owned), Record::from_iter(fields));
    page.version = had.map(|version| version.0).unwrap_or_default();
    page.errors = errors;
    ctx.render_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// Both versions: what was typed in the fields, what is stored beside them. Saving again overwrites knowingly.
async fn conflict(
    ctx: &Ctx,
    login: &str,
    fields: Fields,
    stale: kartoteka_directory::Stale,
) -> Outcome {
    let mut page = form_page(ctx, Some(login.to_owned()), Record::from_iter(fields));
    page.version = stale.current.version.0;
    page.stored = Some(stale.current.record);
    ctx.render_with(StatusCode::CONFLICT, &page)
}
