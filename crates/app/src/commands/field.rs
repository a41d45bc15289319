//! `kartoteka field`: the fields of sources, added and changed while servers run.

use std::collections::BTreeMap;

use clap::{Args, Subcommand, ValueEnum};
use kartoteka_directory::{Actor, Change, Error, Kind, Maintenance};
use kartoteka_fields::{
    FieldEffect, FieldMaps, FieldOrigin, FieldRow, FieldStep, FieldWish, FieldsShown,
};
use kartoteka_model::{FieldKind, Shown};
use serde_json::{Value, json};

use crate::exit::{Ended, Exit};
use crate::opened;
use crate::output::{Table, print, print_json};
use crate::place::Place;
use crate::problems::{field_errors, sentence};
use crate::records::Saving;

const ADD_HELP: &str = "\
The column is added to the table if it is not there, and taken as it is if it is. Servers that run take the field up
within two seconds. What kartoteka.toml or the environment says of a field wins.

Examples:
  kartoteka field add UserRoom --label Pokój --column room --type var --size 250 --dry-run
  kartoteka field add UserShift --column shift --choice day=Tag --choice night=Nacht --label-in de=Schicht
  kartoteka field add CustomerCompanyVAT --of customers --column vat --size 20
  kartoteka field add UserWiki --column wiki --link 'https://wiki.example.org/[% Data.UserWiki | uri %]'";

/// What to do with fields.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the fields of all sources, with where each is set
    List {
        #[command(flatten)]
        of: Of,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Add a field, and its column if it is not there
    #[command(after_help = ADD_HELP)]
    Add {
        /// The name that programs see, such as UserRoom
        name: String,
        /// The column of the table, or the attribute or column that is read
        #[arg(long, value_name = "COLUMN")]
        column: Option<String>,
        /// What it holds: text or whole numbers
        #[arg(long = "type", value_enum, default_value_t = TypeOption::Var)]
        kind: TypeOption,
        /// How many characters the column takes that is added [default: 250]
        #[arg(long, value_name = "N")]
        size: Option<u32>,
        #[command(flatten)]
        wish: WishOptions,
        #[command(flatten)]
        of: Of,
        #[command(flatten)]
        saving: Saving,
    },
    /// Change a field; what is not named stays
    Change {
        /// The field's name
        name: String,
        #[command(flatten)]
        wish: WishOptions,
        #[command(flatten)]
        of: Of,
        #[command(flatten)]
        saving: Saving,
    },
    /// Take a field out of the map; its column and data stay
    Remove {
        /// The field's name
        name: String,
        #[command(flatten)]
        of: Of,
        #[command(flatten)]
        saving: Saving,
    },
}

/// Of which source.
#[derive(Debug, Clone, Args)]
pub struct Of {
    /// Whose fields
    #[arg(long, value_enum, default_value_t = Whose::CustomerUsers)]
    pub of: Whose,
    /// The source, such as CustomerUser1 [default: the first one]
    #[arg(long, value_name = "SOURCE")]
    pub source: Option<String>,
}

/// Whose fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Whose {
    CustomerUsers,
    Customers,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TypeOption {
    Var,
    Int,
}

/// Where a field is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ShownOption {
    Never,
    Always,
    AlsoLite,
}

/// What a field is to be.
#[derive(Debug, Clone, Args)]
pub struct WishOptions {
    /// Its label; where a translation is known, people see that
    #[arg(long, value_name = "TEXT")]
    label: Option<String>,
    /// Its label in one language; may be given more than once
    #[arg(long = "label-in", value_name = "LANGUAGE=TEXT", value_parser = pair)]
    labels: Vec<(String, String)>,
    /// Whether information blocks show it
    #[arg(long, value_enum)]
    shown: Option<ShownOption>,
    /// Whether it has to be filled in
    #[arg(long, value_name = "YES", num_args = 0..=1, default_missing_value = "true")]
    required: Option<bool>,
    /// Whether it is shown but never changed
    #[arg(long, value_name = "YES", num_args = 0..=1, default_missing_value = "true")]
    read_only: Option<bool>,
    /// Where its value leads, such as https://wiki.example.org/[% Data.UserRoom | uri %]; empty for nowhere
    #[arg(long, value_name = "TEMPLATE")]
    link: Option<String>,
    /// A value to choose from, with its label; may be given more than once
    #[arg(long = "choice", value_name = "VALUE=LABEL", value_parser = pair)]
    choices: Vec<(String, String)>,
    /// Where it stands among the fields, from 1
    #[arg(long, value_name = "N")]
    position: Option<usize>,
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) => Ok((key.trim().to_owned(), value.trim().to_owned())),
        None => Err("write it with =, such as pl=Pokój".into()),
    }
}

fn given(pairs: Vec<(String, String)>) -> Option<BTreeMap<String, String>> {
    (!pairs.is_empty()).then(|| pairs.into_iter().collect())
}

impl From<WishOptions> for FieldWish {
    fn from(options: WishOptions) -> Self {
        Self {
            label: options.label,
            labels: given(options.labels),
            shown: options.shown.map(|shown| match shown {
                ShownOption::Never => Shown::Never,
                ShownOption::Always => Shown::Always,
                ShownOption::AlsoLite => Shown::AlsoLite,
            }),
            required: options.required,
            read_only: options.read_only,
            link: options.link,
            choices: given(options.choices),
            position: options.position,
            ..Self::default()
        }
    }
}

impl Command {
    pub fn json(&self) -> bool {
        match self {
            Self::List { json, .. } => *json,
            Self::Add { saving, .. }
            | Self::Change { saving, .. }
            | Self::Remove { saving, .. } => saving.json,
        }
    }
}

/// Lists and changes fields.
///
/// # Errors
/// As the use cases.
pub async fn run(place: Place, command: Command) -> anyhow::Result<Exit> {
    let directory = opened::directory(&place).await?;
    let outcome = match command {
        Command::List { of, json } => list(&directory, &of, json).await,
        Command::Add {
            name,
            column,
            kind,
            size,
            wish,
            of,
            saving,
        } => {
            let wish = FieldWish {
                column,
                size,
                kind: Some(match kind {
                    TypeOption::Var => FieldKind::Var,
                    TypeOption::Int => FieldKind::Int,
                }),
                ..wish.into()
            };
            save(&directory, &name, &of, FieldStep::Add(wish), saving).await
        }
        Command::Change {
            name,
            wish,
            of,
            saving,
        } => {
            let wish = FieldWish::from(wish);
            match wish == FieldWish::default() {
                true => Err(Ended::usage(
                    "nothing to change was named; `kartoteka field change --help` lists what can be",
                )
                .into()),
                false => save(&directory, &name, &of, FieldStep::Change(wish), saving).await,
            }
        }
        Command::Remove { name, of, saving } => {
            save(&directory, &name, &of, FieldStep::Remove, saving).await
        }
    };
    directory.close().await;
    outcome
}

async fn list(directory: &Maintenance, of: &Of, as_json: bool) -> anyhow::Result<Exit> {
    let mut shown = FieldMaps::of(directory)
        .fields_shown(&Actor::operator())
        .await?;
    let kind = kind(of.of);
    shown.sources.retain(|source| match &of.source {
        Some(id) => source.id == *id,
        None => source.of == kind,
    });
    if let Some(id) = of.source.as_ref().filter(|_| shown.sources.is_empty()) {
        return Err(unknown(id).into());
    }
    if as_json {
        print_json(&serde_json::to_value(&shown)?)?;
        return Ok(Exit::Ok);
    }
    print(&listed(&shown))?;
    Ok(Exit::Ok)
}

fn listed(shown: &FieldsShown) -> String {
    let mut parts = vec![];
    for source in &shown.sources {
        let mut table = Table::new(&["Field", "Label", "Column", "Type", "Shown", "", "From"]);
        for field in &source.fields {
            let marks = [(field.required, "required"), (field.read_only, "read-only")];
            let marks = marks.into_iter().filter(|(is, _)| *is);
            let marks: Vec<&str> = marks.map(|(_, mark)| mark).collect();
            let row = [
                field.name.clone(),
                field.label.clone(),
                field.column.clone(),
                word(field.kind),
                word(field.shown),
                marks.join(", "),
                origin(field),
            ];
            table.row(row);
        }
        let mut part = format!("{} ({}, {})\n{table}", source.id, source.name, source.table);
        if !source.removed.is_empty() {
            part.push_str(&format!("taken out: {}\n", source.removed.join(", ")));
        }
        parts.push(part.trim_end().to_owned());
    }
    if let Some(refused) = &shown.refused {
        parts.push(format!(
            "not in force, since it does not check:\n{}",
            refused.mistakes.join("\n")
        ));
    }
    parts.join("\n\n")
}

/// A word as REST writes it.
fn word(value: impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

fn origin(field: &FieldRow) -> String {
    match (field.origin, &field.variable) {
        (FieldOrigin::Environment, Some(variable)) => variable.clone(),
        (FieldOrigin::File | FieldOrigin::Environment, _) => "kartoteka.toml".into(),
        (FieldOrigin::Below, _) => "OTOBO or default".into(),
        (FieldOrigin::Changed, _) => "changed here".into(),
        (FieldOrigin::Added, _) => "added here".into(),
    }
}

fn kind(whose: Whose) -> Kind {
    match whose {
        Whose::CustomerUsers => Kind::CustomerUser,
        Whose::Customers => Kind::Customer,
    }
}

fn unknown(source: &str) -> Error {
    Error::Unknown {
        what: "source",
        key: source.to_owned(),
    }
}

async fn save(
    directory: &Maintenance,
    name: &str,
    of: &Of,
    step: FieldStep,
    how: Saving,
) -> anyhow::Result<Exit> {
    let sources = directory.sources(kind(of.of));
    let first = sources.first().map(|source| source.id.clone());
    let source = of.source.clone().or(first).unwrap_or_default();
    let maps = FieldMaps::of(directory);
    let plan = maps
        .plan_field(&Actor::operator(), &source, name, step)
        .await?;
    if how.dry_run {
        let exit = match plan.errors.is_empty() {
            true => Exit::Ok,
            false => Exit::Refused,
        };
        if how.json {
            let mut document = document(&plan.source, name, &plan.changes, &plan.effects);
            document["dry_run"] = true.into();
            document["errors"] = field_errors(&plan.errors);
            print_json(&document)?;
        } else {
            let mut text = told(&plan.changes, &plan.effects);
            for error in &plan.errors {
                text.push_str(&format!("\nerror: {}", sentence(error)));
            }
            print(text.trim_start())?;
        }
        return Ok(exit);
    }
    let applied = maps.apply_field(plan).await?;
    if how.json {
        let mut document = document(&applied.source, name, &applied.changes, &applied.effects);
        document["journal"] = json!(applied.journal);
        print_json(&document)?;
    } else {
        print(&told(&applied.changes, &applied.effects))?;
    }
    Ok(Exit::Ok)
}

fn document(source: &str, name: &str, changes: &[Change], effects: &[FieldEffect]) -> Value {
    json!({"source": source, "name": name, "changes": changes, "effects": effects})
}

fn told(changes: &[Change], effects: &[FieldEffect]) -> String {
    if changes.is_empty() && effects.is_empty() {
        return "everything is as wanted already".into();
    }
    let change =
        |change: &Change| format!("{}: {:?} → {:?}", change.field, change.before, change.after);
    let effect = |effect: &FieldEffect| match effect {
        FieldEffect::AddsColumn { sql, .. } => format!("- {sql}"),
        FieldEffect::TakesColumn { table, column } => {
            format!("- the column {column} of {table} is there and taken as it is")
        }
        FieldEffect::KeepsData { table, column } => {
            format!("- what {column} of {table} holds stays there")
        }
        FieldEffect::MakesIndex => {
            "- servers make another search index beside the one that answers until then".into()
        }
    };
    let mut lines: Vec<String> = changes.iter().map(change).collect();
    lines.extend(effects.iter().map(effect));
    lines.join("\n")
}
