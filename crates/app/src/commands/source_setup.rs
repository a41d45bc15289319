//! `kartoteka source add`, `change`, `remove`: sources that are set up while servers run.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use kartoteka_directory::{Actor, FieldProblem, Maintenance};
use kartoteka_model::text::same_key;
use kartoteka_settings::{Document, LARGEST_FILE};
use kartoteka_source_setup::{
    Looked, SetupEffect, SetupPlanned, SetupStep, SetupWish, SourceSetup,
};
use kartoteka_texts::language::Language;
use kartoteka_wire::source_setup as wire;

use super::source;
use crate::exit::{Ended, Exit};
use crate::opened;
use crate::output::{Table, print, print_json};
use crate::problems::sentence;
use crate::records::Saving;

const ADD_HELP: &str = "\
FILE is what the section of a source in kartoteka.toml would say, as TOML: with its name, [CustomerUser3], or without. It is
tested first. Passwords in it are sealed and never shown again; keep the file to yourself, or remove it. Servers that run
take the source up within seconds, when their index is made. What kartoteka.toml or the environment says of a source wins.

Examples:
  kartoteka source add branch.toml --dry-run
  kartoteka source add branch.toml --source CustomerUser3";

/// Setting up sources.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Set up a source, after a test of it
    #[command(after_help = ADD_HELP)]
    Add {
        /// What its section says
        file: PathBuf,
        /// The section [default: the one that the file names, or the next free one]
        #[arg(long, value_name = "SECTION")]
        source: Option<String>,
        /// Save it even if the test fails
        #[arg(long)]
        although_it_fails: bool,
        #[command(flatten)]
        saving: Saving,
    },
    /// Replace what a source is set up as; passwords that the file does not name stay
    Change {
        /// The section, or the name
        name: String,
        /// What its section says
        file: PathBuf,
        /// Save it even if the test fails
        #[arg(long)]
        although_it_fails: bool,
        #[command(flatten)]
        saving: Saving,
    },
    /// Remove a source that is set up here; its people are not found any more, and what they were given stays
    Remove {
        /// The section, or the name
        name: String,
        #[command(flatten)]
        saving: Saving,
    },
}

impl Command {
    pub fn json(&self) -> bool {
        match self {
            Self::Add { saving, .. }
            | Self::Change { saving, .. }
            | Self::Remove { saving, .. } => saving.json,
        }
    }
}

/// Sets up, changes and removes sources.
///
/// # Errors
/// As the use cases.
pub async fn answer(directory: &Maintenance, command: Command) -> anyhow::Result<Exit> {
    let (wish, saving) = match command {
        Command::Add {
            file,
            source,
            although_it_fails,
            saving,
        } => {
            let (named, document) = read(&file)?;
            let id = section(directory, source.or(named)).await?;
            let wish = SetupWish {
                although_it_fails,
                ..SetupWish::of(id, SetupStep::Add(document))
            };
            (wish, saving)
        }
        Command::Change {
            name,
            file,
            although_it_fails,
            saving,
        } => {
            let (_, document) = read(&file)?;
            let id = here(directory, &name).await?;
            let wish = SetupWish {
                although_it_fails,
                ..SetupWish::of(id, SetupStep::Change(document))
            };
            (wish, saving)
        }
        Command::Remove { name, saving } => {
            let id = here(directory, &name).await?;
            (SetupWish::of(id, SetupStep::Remove), saving)
        }
    };
    save(directory, wish, &saving).await
}

async fn save(directory: &Maintenance, wish: SetupWish, how: &Saving) -> anyhow::Result<Exit> {
    // So that it is known who is where; a source that does not answer must not keep it from being mended.
    let _ = opened::wait_for_index(directory).await;
    let setup = SourceSetup::of(directory);
    let plan = setup.plan_setup(&Actor::operator(), wish).await?;
    if how.dry_run || !plan.errors.is_empty() {
        let exit = match plan.errors.is_empty() {
            true => Exit::Ok,
            false => Exit::Refused,
        };
        if how.json {
            let mut document = wire::preview(&plan, Language::En);
            document["dry_run"] = how.dry_run.into();
            print_json(&document)?;
        } else {
            let mut text = told(&plan);
            for error in &plan.errors {
                text.push_str(&format!("\nerror: {}", sentence(error)));
            }
            print(text.trim_start())?;
        }
        return Ok(exit);
    }
    let text = told(&plan);
    let applied = setup.apply_setup(plan).await?;
    if how.json {
        print_json(&wire::done(&applied))?;
    } else {
        print(&text)?;
    }
    Ok(Exit::Ok)
}

/// Goes through a source as a file says it, which nobody has set up yet.
///
/// # Errors
/// As the use case.
pub async fn test(directory: &Maintenance, file: &Path, as_json: bool) -> anyhow::Result<Exit> {
    let (named, document) = read(file)?;
    let id = section(directory, named).await?;
    let setup = SourceSetup::of(directory);
    let plan = setup.plan_test(&Actor::operator(), id, document).await?;
    if plan.looked.steps.is_empty() {
        let message: Vec<String> = plan.errors.iter().map(sentence).collect();
        return Err(Ended::refused(message.join("\n")).into());
    }
    source::tested(&plan.id, &plan.looked.steps, as_json)
}

/// Prints a source as it is set up here, without its secrets.
///
/// # Errors
/// When it is not set up here.
pub async fn show(directory: &Maintenance, name: &str, as_json: bool) -> anyhow::Result<Exit> {
    let id = here(directory, name).await?;
    let shown = SourceSetup::of(directory)
        .shown(&Actor::operator(), &id)
        .await?;
    if as_json {
        print_json(&wire::shown(&shown))?;
        return Ok(Exit::Ok);
    }
    let mut text = shown.document.to_toml(&id);
    for key in &shown.secrets {
        text.push_str(&format!("# {key} is sealed\n"));
    }
    print(text.trim_end())?;
    Ok(Exit::Ok)
}

/// What a file says, and of which section.
fn read(file: &Path) -> Result<(Option<String>, Document), Ended> {
    let name = file.display().to_string();
    let refused = |reason: String| Ended::refused(format!("{name} can't be read: {reason}"));
    let size = std::fs::metadata(file).map_err(|error| refused(error.to_string()))?;
    if size.len() > LARGEST_FILE {
        return Err(refused("it is too large".into()));
    }
    let text = std::fs::read_to_string(file).map_err(|error| refused(error.to_string()))?;
    Document::from_toml(&name, &text).map_err(|mistakes| {
        let mistakes: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        Ended::refused(mistakes.join("\n"))
    })
}

async fn section(directory: &Maintenance, named: Option<String>) -> anyhow::Result<String> {
    let operator = Actor::operator();
    let section = SourceSetup::of(directory).section(&operator, named);
    let none = || Ended::refused("there is no free section: eleven sources are the most");
    Ok(section.await?.ok_or_else(none)?)
}

/// The section of a source that is set up here, in force or not, or else of any other.
async fn here(directory: &Maintenance, name: &str) -> anyhow::Result<String> {
    let places = SourceSetup::of(directory)
        .places(&Actor::operator())
        .await?;
    let mut known = places.into_iter();
    match known.find(|place| place.is_here && same_key(&place.id, name)) {
        Some(place) => Ok(place.id),
        None => Ok(source::id_of(directory.settings(), name)?),
    }
}

fn told(plan: &SetupPlanned) -> String {
    let mut lines = vec![];
    for change in &plan.changes {
        lines.push(format!(
            "{}: {:?} → {:?}",
            change.field, change.before, change.after
        ));
    }
    if plan.changes.is_empty() && plan.errors.is_empty() {
        lines.push("everything is as wanted already".into());
    }
    lines.extend(plan.warnings.iter().map(|one| format!("warning: {one}")));
    looked(&plan.looked, &mut lines);
    let failed = FieldProblem::TestFailed;
    if plan.errors.iter().any(|error| error.problem == failed) {
        lines.push("--although-it-fails saves it all the same".into());
    }
    lines.join("\n")
}

fn looked(looked: &Looked, lines: &mut Vec<String>) {
    let steps = looked.steps.iter();
    lines.extend(steps.map(source::rendered));
    if !looked.first.is_empty() {
        let mut table = Table::new(&["Key", "Name", "Customer", "Valid"]);
        for one in &looked.first {
            let customer = one.customer.clone().unwrap_or_default();
            let valid = if one.valid { "yes" } else { "no" };
            table.row([
                one.key.clone(),
                one.name.clone(),
                customer,
                valid.to_owned(),
            ]);
        }
        lines.push(table.to_string());
    }
    for one in &looked.known {
        let speaks = match one.speaks {
            true => "which speaks for it",
            false => "for which this one would speak",
        };
        lines.push(format!("{} is in {}, too, {speaks}", one.key, one.source));
    }
    for effect in &looked.effects {
        lines.push(match effect {
            SetupEffect::MakesIndex => {
                "- servers make another search index beside the one that answers until then".into()
            }
            SetupEffect::KeepsIndex => {
                "- the search index goes on, and takes in what differs".into()
            }
            SetupEffect::Loses { records } => {
                format!("- {records} records are not found any more; what they were given stays")
            }
        });
    }
}
