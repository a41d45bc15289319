//! What permissions depend on: permissions by group or not, groups that everybody has, contexts.

use std::collections::BTreeMap;

use askama::Template;
use axum::http::StatusCode;
use kartoteka_access::{Access, SettingsPlan, SettingsWanted};
use kartoteka_directory::{Action, Error, FieldError, Object, SetIn};
use kartoteka_model::access::{AccessSettings, STANDARD};
use serde_json::json;

use crate::context::{Ctx, Outcome};
use crate::frame::{Flash, Frame};
use crate::input::Form;
use crate::wording::settings::{LISTS, SWITCHES};

const PATH: &str = "/settings/access";

#[derive(Template)]
#[template(path = "settings/access.html")]
struct AccessPage {
    page: Frame,
    /// What the form shows: what is in force, or what was chosen.
    shown: AccessSettings,
    /// Keys that the file or the environment names.
    fixed: BTreeMap<String, SetIn>,
    /// Names of groups to choose from, the valid ones and those that are in a list already.
    groups: Vec<String>,
    permissions: Vec<String>,
    errors: Vec<FieldError>,
    preview: Option<SettingsPlan>,
}

impl AccessPage {
    fn is_fixed(&self, key: &str) -> bool {
        self.fixed.contains_key(key)
    }

    /// Where a setting stands that can't be changed here.
    fn stands(&self, key: &str) -> Option<String> {
        Some(match self.fixed.get(key)? {
            SetIn::File => self.page.t("access-in-file"),
            SetIn::Otobo => self.page.t("access-in-otobo"),
            SetIn::Variable(variable) => self.page.with("access-in-variable", "variable", variable),
        })
    }

    fn is_on(&self, key: &str) -> bool {
        match key {
            "customer_group_support" => self.shown.customer_group_support,
            "other_customers" => self.shown.other_customers,
            _ => self.shown.disable_company_tickets,
        }
    }

    fn has(&self, key: &str, name: &str) -> bool {
        let list = match key {
            "permissions" => &self.shown.permissions,
            "always_groups" => &self.shown.always_groups,
            _ => &self.shown.company_always_groups,
        };
        list.iter().any(|one| one == name)
    }

    /// `rw` and `ro` are always among the permissions.
    fn must(&self, key: &str, name: &str) -> bool {
        key == "permissions" && ["ro", "rw"].contains(&name)
    }

    fn choices(&self, key: &str) -> &[String] {
        match key {
            "permissions" => &self.permissions,
            _ => &self.groups,
        }
    }

    fn label(&self, key: &str) -> String {
        self.page
            .setting_name(key)
            .unwrap_or_else(|| key.to_owned())
    }

    fn hint(&self, key: &str) -> String {
        self.page
            .t(&format!("access-{}-hint", key.replace('_', "-")))
    }

    /// One change in words.
    fn change(&self, change: &kartoteka_directory::Change) -> (String, String, String) {
        let value = |text: &str| {
            let said = self.page.setting_value(&change.field, text);
            said.unwrap_or_else(|| text.to_owned())
        };
        (
            self.label(&change.field),
            value(&change.before),
            value(&change.after),
        )
    }

    fn switches(&self) -> [&'static str; 3] {
        SWITCHES
    }

    fn lists(&self) -> [&'static str; 3] {
        LISTS
    }
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    ctx.require(Action::Change, Object::Settings)?;
    let shown = Access::of(&ctx.directory)
        .access_in_force(&ctx.actor)
        .await?;
    let page = page(&ctx, shown).await?;
    ctx.render(&page)
}

pub(super) async fn save(ctx: Ctx, form: Form) -> Outcome {
    ctx.require(Action::Change, Object::Settings)?;
    let now = Access::of(&ctx.directory)
        .access_in_force(&ctx.actor)
        .await?;
    let wanted = wanted(&ctx, &form, &now);
    let plan = Access::of(&ctx.directory)
        .plan_access_settings(&ctx.actor, wanted.clone())
        .await?;
    if !plan.errors.is_empty() {
        return mistakes(&ctx, &now, &wanted, plan.errors.clone()).await;
    }
    if form.get("_then") == "preview" {
        let mut page = page(&ctx, plan.after.clone()).await?;
        page.preview = Some(plan);
        return ctx.render(&page);
    }
    match Access::of(&ctx.directory).apply_access_settings(plan).await {
        Ok(_) => {
            let path = match form.get("_then") {
                "finish" => "/",
                _ => PATH,
            };
            ctx.redirect_with(path, Flash::new("flash-access-saved"))
        }
        Err(Error::Invalid(errors)) => mistakes(&ctx, &now, &wanted, errors).await,
        Err(error) => Err(error.into()),
    }
}

/// What the form asks for; keys that stand elsewhere are not in it.
fn wanted(ctx: &Ctx, form: &Form, now: &AccessSettings) -> SettingsWanted {
    let fixed = Access::of(&ctx.directory).fixed_access_settings();
    let mut wanted = SettingsWanted::new();
    let free = |key: &&&str| !fixed.contains_key(**key);
    for key in SWITCHES.iter().filter(free) {
        wanted.insert((*key).to_owned(), json!(form.get(key) == "on"));
    }
    for key in LISTS.iter().filter(free) {
        let mut chosen: Vec<&str> = form.all(key).collect();
        if *key == "permissions" {
            for must in ["ro", "rw"] {
                if !chosen.contains(&must) {
                    chosen.push(must);
                }
            }
            // The configured order is kept; what is new comes after it.
            let place = |name: &str| now.permissions.iter().position(|one| one == name);
            chosen.sort_by_key(|name| place(name).unwrap_or(usize::MAX));
        }
        wanted.insert((*key).to_owned(), json!(chosen));
    }
    wanted
}

async fn mistakes(
    ctx: &Ctx,
    now: &AccessSettings,
    wanted: &SettingsWanted,
    errors: Vec<FieldError>,
) -> Outcome {
    let mut shown = serde_json::to_value(now).unwrap_or_default();
    for (key, value) in wanted {
        shown[key] = value.clone();
    }
    let shown = serde_json::from_value(shown).unwrap_or_else(|_| now.clone());
    let mut page = page(ctx, shown).await?;
    page.errors = errors;
    ctx.render_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn page(ctx: &Ctx, shown: AccessSettings) -> Result<AccessPage, crate::failure::Failure> {
    let groups = Access::of(&ctx.directory).all_groups(&ctx.actor).await?;
    let mut names: Vec<String> = groups
        .into_iter()
        .filter(|group| group.valid)
        .map(|group| group.name)
        .collect();
    let listed = shown
        .always_groups
        .iter()
        .chain(&shown.company_always_groups);
    for name in listed {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    let mut permissions: Vec<String> = STANDARD.map(str::to_owned).to_vec();
    for name in &shown.permissions {
        if !permissions.contains(name) {
            permissions.push(name.clone());
        }
    }
    Ok(AccessPage {
        page: ctx
            .frame(ctx.t("access-settings-title"))
            .group(ctx.t("nav-group-system")),
        fixed: Access::of(&ctx.directory).fixed_access_settings().clone(),
        shown,
        groups: names,
        permissions,
        errors: Vec::new(),
        preview: None,
    })
}
