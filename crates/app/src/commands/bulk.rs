//! `kartoteka bulk`: giving, taking and changing fields for many people at once.

use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use kartoteka_directory::{
    Actor, Criterion, Error, JobChange, JobRelation, Lookup, Maintenance, Search, ValidFilter,
};
use kartoteka_jobs::{FieldChange, FieldEdit, JobPreview, Jobs, Selection};

use crate::exit::{Ended, Exit};
use crate::jobs::{follow, show_preview};
use crate::place::Place;
use crate::records::{Saving, Which, criterion};
use crate::relations::plain;
use crate::{opened, progress, stop, text};

/// Follows the help.
pub const HELP: &str = "\
Everybody is done by the rules of a change by hand; whoever is refused is named, and the others change all the same.
The exit code is 1 when anybody was refused. Ctrl-C stops after the portion in work; `kartoteka job undo` takes a job
back.

Examples:
  kartoteka bulk --search nowak --give-group support:ro --dry-run
  kartoteka bulk --search '' --of-customer MUSTER --give-service Mail --take-service Fax
  kartoteka bulk --logins people.txt --give-customer MUSTER
  kartoteka bulk --search '' --of-customer MUSTER --set ValidID=2 --yes
  kartoteka bulk --search '' --replace UserEmail @old.example @new.example --dry-run";

/// Whoever changes more people than these at a terminal is asked first.
const MANY: u64 = 20;

/// Whom it is for, and what is given and taken.
#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    pub whom: Whom,
    /// What a template gives and takes; `kartoteka job templates` lists them
    #[arg(long, value_name = "NAME")]
    pub template: Option<String>,
    #[command(flatten)]
    pub changes: Changes,
    #[command(flatten)]
    pub fields: FieldOptions,
    /// Change many without being asked
    #[arg(long)]
    pub yes: bool,
    #[command(flatten)]
    pub saving: Saving,
}

/// Which fields change. Each may be there more than once.
#[derive(Debug, Args)]
pub struct FieldOptions {
    /// Give a field this value, such as UserCity=Łódź; an empty one clears it
    #[arg(long, value_name = "FIELD=VALUE", value_parser = criterion)]
    pub set: Vec<(String, String)>,
    /// Replace a part of a field's text by another
    #[arg(long, num_args = 3, value_names = ["FIELD", "OLD", "NEW"])]
    pub replace: Vec<String>,
}

impl FieldOptions {
    fn changes(&self) -> Vec<FieldChange> {
        let set = self.set.iter().map(|(field, value)| FieldChange {
            field: field.clone(),
            edit: FieldEdit::Set {
                value: value.clone(),
            },
        });
        let replaced = self.replace.chunks(3).filter_map(|three| match three {
            [field, replace, by] => Some(FieldChange {
                field: field.clone(),
                edit: FieldEdit::Replace {
                    replace: replace.clone(),
                    by: by.clone(),
                },
            }),
            _ => None,
        });
        set.chain(replaced).collect()
    }
}

/// Whom it is for.
#[derive(Debug, Args)]
pub struct Whom {
    /// Everybody whom a search finds, in the search language; an empty text finds everybody
    #[arg(long, value_name = "TEXT", required_unless_present = "logins")]
    pub search: Option<String>,
    /// The people in a file, one login in a line; - reads standard input
    #[arg(long, value_name = "FILE", conflicts_with = "search")]
    pub logins: Option<PathBuf>,
    /// With --search: which validities
    #[arg(long, value_enum, default_value_t = Which::Valid)]
    pub valid: Which,
    /// With --search: only people whose primary customer has this ID
    #[arg(long, value_name = "ID", conflicts_with = "logins")]
    pub of_customer: Option<String>,
    /// With --search: only people of the source with this ID
    #[arg(long, value_name = "ID", conflicts_with = "logins")]
    pub source: Option<String>,
    /// With --search: one field with * as wildcard, such as UserCity=War*; may be given more than once
    #[arg(long = "field", value_name = "FIELD=TEXT", value_parser = criterion, conflicts_with = "logins")]
    pub fields: Vec<(String, String)>,
}

/// What is given and taken. Each may be there more than once.
#[derive(Debug, Args)]
pub struct Changes {
    /// Give a further customer
    #[arg(long, value_name = "ID")]
    pub give_customer: Vec<String>,
    /// Take a further customer
    #[arg(long, value_name = "ID")]
    pub take_customer: Vec<String>,
    /// Give a permission in a group, as support:ro
    #[arg(long, value_name = "GROUP:PERMISSION")]
    pub give_group: Vec<String>,
    /// Take a permission in a group, as support:ro
    #[arg(long, value_name = "GROUP:PERMISSION")]
    pub take_group: Vec<String>,
    /// Give a service
    #[arg(long, value_name = "NAME")]
    pub give_service: Vec<String>,
    /// Take a service
    #[arg(long, value_name = "NAME")]
    pub take_service: Vec<String>,
}

impl Changes {
    /// What is taken comes first, so that the same permission can be given anew.
    fn changes(&self) -> Result<Vec<JobChange>, Ended> {
        let mut changes = vec![];
        let both = [
            (
                false,
                &self.take_customer,
                &self.take_group,
                &self.take_service,
            ),
            (
                true,
                &self.give_customer,
                &self.give_group,
                &self.give_service,
            ),
        ];
        for (given, customers, groups, services) in both {
            let change = |relation| JobChange { relation, given };
            changes.extend(customers.iter().map(|customer| {
                change(JobRelation::Customer {
                    customer: customer.clone(),
                })
            }));
            for group in groups {
                // Names of groups may hold colons, permissions do not.
                let (group, permission) = group.rsplit_once(':').ok_or_else(|| {
                    Ended::usage(format!("{group:?} names no permission: support:ro"))
                })?;
                changes.push(change(JobRelation::PersonGroup {
                    group: group.into(),
                    permission: permission.into(),
                }));
            }
            changes.extend(services.iter().map(|service| {
                change(JobRelation::Service {
                    service: service.clone(),
                })
            }));
        }
        Ok(changes)
    }
}

impl Whom {
    fn selection(&self) -> anyhow::Result<Selection> {
        if let Some(file) = &self.logins {
            let text = read(file)?;
            let logins = text.lines().map(str::trim).filter(|line| !line.is_empty());
            return Ok(Selection::Logins(logins.map(str::to_owned).collect()));
        }
        let text = self.search.clone().unwrap_or_default();
        Ok(Selection::Search(Box::new(Search {
            text: Some(text).filter(|text| !text.trim().is_empty()),
            valid: match self.valid {
                Which::Valid => ValidFilter::Valid,
                Which::Invalid => ValidFilter::Invalid,
                Which::All => ValidFilter::All,
            },
            lookup: self.of_customer.clone().map(Lookup::CustomerExactly),
            source: self.source.clone(),
            fields: self
                .fields
                .iter()
                .map(|(field, text)| (field.clone(), Criterion::Like(text.clone())))
                .collect(),
            ..Search::default()
        })))
    }
}

fn read(file: &Path) -> anyhow::Result<String> {
    let name = if file == Path::new("-") {
        "standard input".to_owned()
    } else {
        file.display().to_string()
    };
    let refused =
        |reason: &dyn std::fmt::Display| Ended::refused(format!("{name} can't be read: {reason}"));
    let mut bytes = vec![];
    let read = if file == Path::new("-") {
        std::io::stdin().read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    read.map_err(|error| refused(&error))?;
    Ok(text::read(bytes).map_err(|error| refused(&error))?)
}

/// Does it, or shows what it would come to.
///
/// # Errors
/// `Invalid` for what can't be given or taken at all; as the use cases.
pub async fn run(place: Place, options: Options) -> anyhow::Result<Exit> {
    let directory = opened::directory(&place).await?;
    let outcome = work(&directory, options).await;
    directory.close().await;
    outcome
}

async fn work(directory: &Maintenance, options: Options) -> anyhow::Result<Exit> {
    let stop = stop::on_signal()?;
    opened::wait_for_index(directory).await?;
    let selection = options.whom.selection()?;
    let operator = Actor::operator();
    let mut changes = vec![];
    if let Some(name) = &options.template {
        let all = Jobs::of(directory).templates(&operator).await?;
        let found = all.into_iter().find(|one| one.name == *name);
        changes = found
            .ok_or_else(|| Ended {
                exit: Exit::NotFound,
                message: format!("there is no template {name:?}"),
            })?
            .changes;
    }
    changes.extend(options.changes.changes()?);
    let fields = options.fields.changes();
    match (changes.is_empty(), fields.is_empty()) {
        (true, true) => {
            let text =
                "name something to give or take, a --template, or a field to --set or --replace";
            return Err(Ended::usage(text).into());
        }
        (false, false) => {
            let text = "give and take in one command, and change fields in another";
            return Err(Ended::usage(text).into());
        }
        _ => {}
    }
    let jobs = Jobs::of(directory);
    let asks = !options.yes && std::io::stdin().is_terminal() && !options.saving.json;
    if options.saving.dry_run || asks {
        let spinner = progress::spinner("working out what would change");
        let (selection, changes, fields) = (selection.clone(), changes.clone(), fields.clone());
        let preview = match fields.is_empty() {
            true => jobs.preview_job(&operator, selection, changes).await,
            false => jobs.preview_field_job(&operator, selection, fields).await,
        };
        spinner.finish_and_clear();
        let preview = preview.map_err(without_numbers)?;
        if options.saving.dry_run {
            return show_preview(&preview, options.saving.json);
        }
        if preview.changed + (preview.total - preview.looked) > MANY && !agreed(&preview)? {
            return Err(Ended::refused("nothing was changed").into());
        }
    }
    let job = match fields.is_empty() {
        true => jobs.order_job(&operator, selection, changes).await,
        false => {
            jobs.make_field_job(&operator, selection, fields, true)
                .await
        }
    };
    let job = job.map_err(without_numbers)?;
    follow(directory, job.id, &stop, options.saving.json).await
}

/// Shows what would change and asks whether it shall.
fn agreed(preview: &JobPreview) -> anyhow::Result<bool> {
    show_preview(preview, false)?;
    eprint!("Change them? [y/N] ");
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(["y", "yes"].contains(&answer.trim().to_lowercase().as_str()))
}

/// The command line does not number its changes.
fn without_numbers(error: Error) -> Error {
    match error {
        Error::Invalid(errors) => Error::Invalid(plain(errors)),
        error => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_may_hold_colons() {
        let changes = Changes {
            give_customer: vec![],
            take_customer: vec!["ACME".into()],
            give_group: vec!["IT: second line:rw".into()],
            take_group: vec![],
            give_service: vec![],
            take_service: vec![],
        };
        let found = changes.changes().unwrap();
        assert_eq!(found.len(), 2);
        assert!(!found[0].given);
        assert_eq!(
            found[1].relation,
            JobRelation::PersonGroup {
                group: "IT: second line".into(),
                permission: "rw".into()
            }
        );
        let nothing = Changes {
            give_group: vec!["support".into()],
            ..changes
        };
        assert_eq!(nothing.changes().unwrap_err().exit, Exit::Usage);
    }
}
