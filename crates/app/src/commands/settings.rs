//! `kartoteka settings`: the settings that are kept in the database.

use clap::Subcommand;
use kartoteka_access::{Access, GroupEffect, SettingOrigin, SettingsPlan, SettingsWanted};
use kartoteka_directory::{Actor, Change, Error, Maintenance};
use kartoteka_texts::language::Language;
use kartoteka_wire::access_settings;
use serde_json::{Value, json};

use crate::exit::{Ended, Exit};
use crate::opened;
use crate::output::{Table, print, print_json};
use crate::place::Place;
use crate::problems::sentence;
use crate::records::Saving;

const SET_HELP: &str = "\
Switches are on or off, lists have commas between their names; an empty text is an empty list. What is not named
stays. What kartoteka.toml or the environment names is changed there.

Examples:
  kartoteka settings access set customer_group_support=on --dry-run
  kartoteka settings access set always_groups=users,stats company_always_groups=
  kartoteka settings access set 'always_groups=[\"first, second\"]'";

/// Which settings.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// What permissions depend on: permissions by group or not, groups that everybody has, contexts
    #[command(subcommand)]
    Access(AccessCommand),
}

/// What to do with the settings that permissions depend on.
#[derive(Debug, Subcommand)]
pub enum AccessCommand {
    /// Show each setting, and where its value comes from
    Show {
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Change settings
    #[command(after_help = SET_HELP)]
    Set {
        /// A setting with its new value
        #[arg(required = true, value_name = "KEY=VALUE", value_parser = pair)]
        settings: Vec<(String, String)>,
        #[command(flatten)]
        saving: Saving,
    },
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => {
            Ok((key.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("write KEY=VALUE, such as always_groups=users,stats".into()),
    }
}

impl Command {
    pub fn json(&self) -> bool {
        let Self::Access(command) = self;
        match command {
            AccessCommand::Show { json } => *json,
            AccessCommand::Set { saving, .. } => saving.json,
        }
    }
}

/// Shows and changes settings.
///
/// # Errors
/// As the use cases.
pub async fn run(place: Place, command: Command) -> anyhow::Result<Exit> {
    let directory = opened::directory(&place).await?;
    let Command::Access(command) = command;
    let outcome = match command {
        AccessCommand::Show { json } => show(&directory, json).await,
        AccessCommand::Set { settings, saving } => set(&directory, settings, saving).await,
    };
    directory.close().await;
    outcome
}

async fn show(directory: &Maintenance, as_json: bool) -> anyhow::Result<Exit> {
    let settings = Access::of(directory)
        .access_settings_shown(&Actor::operator())
        .await?;
    if as_json {
        let item = |setting: &kartoteka_access::AccessSetting| {
            let mut item = json!({
                "key": setting.key, "value": setting.value, "origin": setting.origin,
                "changeable": setting.is_changeable(),
            });
            if let Some(variable) = &setting.variable {
                item["variable"] = json!(variable);
            }
            item
        };
        print_json(&json!({"items": settings.iter().map(item).collect::<Vec<_>>()}))?;
        return Ok(Exit::Ok);
    }
    let mut table = Table::new(&["Setting", "Value", "From"]);
    for setting in &settings {
        let origin = match (setting.origin, &setting.variable) {
            (SettingOrigin::Environment, Some(variable)) => variable.as_str(),
            (SettingOrigin::Environment, None) => "environment",
            (SettingOrigin::File, _) => "kartoteka.toml",
            (SettingOrigin::Otobo, _) => "OTOBO",
            (SettingOrigin::Database, _) => "saved",
            (SettingOrigin::Default, _) => "default",
        };
        table.row([setting.key.as_str(), &value_text(&setting.value), origin]);
    }
    print(&table.to_string())?;
    Ok(Exit::Ok)
}

async fn set(
    directory: &Maintenance,
    settings: Vec<(String, String)>,
    how: Saving,
) -> anyhow::Result<Exit> {
    opened::wait_for_index(directory).await?;
    let known = Access::of(directory)
        .access_settings_shown(&Actor::operator())
        .await?;
    let mut wanted = SettingsWanted::new();
    for (key, text) in settings {
        let now = known.iter().find(|setting| setting.key == key);
        let value = value(&text, now.map_or(&Value::Null, |setting| &setting.value));
        if wanted.insert(key.clone(), value).is_some() {
            return Err(Ended::usage(format!("{key} was given more than once")).into());
        }
    }
    let plan = Access::of(directory)
        .plan_access_settings(&Actor::operator(), wanted)
        .await?;
    finish(directory, plan, how).await
}

/// A value as the setting has it now: a switch, or a list. What is neither stays a text, which the plan refuses.
fn value(text: &str, now: &Value) -> Value {
    match now {
        Value::Bool(_) => match text {
            "on" | "yes" | "true" | "1" => true.into(),
            "off" | "no" | "false" | "0" => false.into(),
            _ => text.into(),
        },
        Value::Array(_) if text.starts_with('[') => {
            serde_json::from_str(text).unwrap_or_else(|_| text.into())
        }
        Value::Array(_) => text
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .collect(),
        _ => text.into(),
    }
}

/// Does what a plan says, or shows it.
///
/// # Errors
/// `Invalid` when the plan has mistakes.
pub async fn finish(
    directory: &Maintenance,
    plan: SettingsPlan,
    how: Saving,
) -> anyhow::Result<Exit> {
    if how.dry_run {
        let exit = match plan.errors.is_empty() {
            true => Exit::Ok,
            false => Exit::Refused,
        };
        if how.json {
            print_json(&access_settings::preview(&plan, Language::En))?;
        } else {
            let mut text = render(&plan.changes, &plan.effects, plan.more);
            for error in &plan.errors {
                text.push_str(&format!("\nerror: {}", sentence(error)));
            }
            print(&text)?;
        }
        return Ok(exit);
    }
    if !plan.errors.is_empty() {
        return Err(Error::Invalid(plan.errors.clone()).into());
    }
    let applied = Access::of(directory).apply_access_settings(plan).await?;
    if how.json {
        print_json(&access_settings::done(&applied))?;
    } else {
        print(&render(&applied.changes, &applied.effects, applied.more))?;
    }
    Ok(Exit::Ok)
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or(Value::Null)
}

fn render(changes: &[Change], effects: &[GroupEffect], more: bool) -> String {
    if changes.is_empty() {
        return "everything is as wanted already".into();
    }
    let change = |change: &Change| {
        let (before, after) = (parsed(&change.before), parsed(&change.after));
        format!(
            "{}: {} → {}",
            change.field,
            value_text(&before),
            value_text(&after)
        )
    };
    let effect = |effect: &GroupEffect| {
        format!(
            "- {} in group {:?}: {} → {} people",
            effect.permission, effect.group, effect.before, effect.after
        )
    };
    let mut lines: Vec<String> = changes.iter().map(change).collect();
    lines.extend(effects.iter().map(effect));
    if more {
        lines.push("- and in more groups".into());
    }
    lines.join("\n")
}

fn value_text(value: &Value) -> String {
    match value {
        Value::Bool(true) => "on".into(),
        Value::Bool(false) => "off".into(),
        Value::Array(names) if names.is_empty() => "none".into(),
        Value::Array(names) => {
            let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
            names.join(", ")
        }
        other => other.to_string(),
    }
}
