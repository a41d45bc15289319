//! `kartoteka service`: what customer users may ask for, a tree.

use clap::{Args, Subcommand};
use kartoteka_access::{Access, Wanted};
use kartoteka_directory::{Actor, Fields, Kind, Maintenance};
use kartoteka_model::service;
use kartoteka_records::Records;
use serde_json::json;

use crate::exit::{Ended, Exit};
use crate::fields::{SetOptions, ValidityOption, collect, named};
use crate::opened;
use crate::output::{Table, print, print_json};
use crate::password::Wish;
use crate::place::Place;
use crate::records::{ListOptions, Saving, list, save, show};
use crate::relations::relate;

/// What to do with services.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add a service
    Add {
        /// The full name: IT::Network is Network below IT
        name: String,
        #[command(flatten)]
        values: Values,
        #[command(flatten)]
        saving: Saving,
    },
    /// Change a service
    Edit {
        /// The full name
        name: String,
        /// The new last part of the name; services below follow
        #[arg(long, value_name = "NAME")]
        rename: Option<String>,
        /// The full name of the service to move it below, "" for the top; services below follow
        #[arg(long, value_name = "SERVICE")]
        parent: Option<String>,
        #[command(flatten)]
        values: Values,
        #[command(flatten)]
        saving: Saving,
    },
    /// List services as a tree
    List {
        /// Only those whose full names hold this: network, net*work, "first line", !old
        #[arg(long, value_name = "TEXT")]
        search: Option<String>,
        #[command(flatten)]
        options: ListOptions,
    },
    /// Give a service to people, or to everybody without services of their own
    Give(Giving),
    /// Take a service from people, or from everybody without services of their own
    Take(Giving),
    /// List the default services: for everybody without services of their own
    Default {
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Show a service
    Show {
        /// The full name
        name: String,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
}

/// A service, and who gets or loses it.
#[derive(Debug, Args)]
pub struct Giving {
    /// The full name
    name: String,
    /// The logins of people
    #[arg(required_unless_present = "default")]
    people: Vec<String>,
    /// Also as a default service: for everybody without services of their own
    #[arg(long)]
    default: bool,
    #[command(flatten)]
    saving: Saving,
}

impl Giving {
    fn wanted(&self, given: bool) -> Vec<Wanted> {
        let everybody = self.default.then_some("<DEFAULT>");
        let people = self.people.iter().map(String::as_str).chain(everybody);
        people
            .map(|login| Wanted::Service {
                login: login.into(),
                service: self.name.clone(),
                given,
            })
            .collect()
    }
}

/// The fields of services beside the name.
#[derive(Debug, Args)]
pub struct Values {
    /// Comment
    #[arg(long)]
    comment: Option<String>,
    /// Whether the service takes part
    #[arg(long, value_enum)]
    validity: Option<ValidityOption>,
}

impl Values {
    fn fields(&self, name: Option<String>, parent: Option<String>) -> Result<Fields, Ended> {
        let options = SetOptions {
            set: vec![],
            validity: self.validity,
        };
        let flags = [
            ("Name", &name),
            ("Parent", &parent),
            ("Comment", &self.comment),
        ];
        collect(&options, flags)
    }
}

impl Command {
    pub fn json(&self) -> bool {
        match self {
            Self::Add { saving, .. } | Self::Edit { saving, .. } => saving.json,
            Self::List { options, .. } => options.json,
            Self::Give(giving) | Self::Take(giving) => giving.saving.json,
            Self::Show { json, .. } | Self::Default { json } => *json,
        }
    }
}

/// Adds, changes, lists and shows services.
///
/// # Errors
/// As the use cases.
pub async fn run(place: Place, command: Command) -> anyhow::Result<Exit> {
    let directory = opened::directory(&place).await?;
    let outcome = answer(&directory, command).await;
    directory.close().await;
    outcome
}

async fn answer(directory: &Maintenance, command: Command) -> anyhow::Result<Exit> {
    let (operator, kind) = (Actor::operator(), Kind::Service);
    match command {
        Command::Add {
            name,
            values,
            saving,
        } => {
            let (parent, name) = service::split(&name);
            let fields = values.fields(Some(name.into()), Some(parent.into()))?;
            let plan = Records::of(directory)
                .plan_create(&operator, kind, None, fields)
                .await?;
            save(directory, plan, saving, &Wish::Nothing).await
        }
        Command::Edit {
            name,
            rename,
            parent,
            values,
            saving,
        } => {
            let fields = named(values.fields(rename, parent)?, "service")?;
            let plan = Records::of(directory)
                .plan_update(&operator, kind, &name, fields, None)
                .await?;
            save(directory, plan, saving, &Wish::Nothing).await
        }
        Command::List { search, options } => list(directory, kind, search, &options).await,
        Command::Give(giving) => {
            directory.wait_for_index().await?;
            relate(directory, giving.wanted(true), giving.saving).await
        }
        Command::Take(giving) => {
            directory.wait_for_index().await?;
            relate(directory, giving.wanted(false), giving.saving).await
        }
        Command::Default { json } => defaults(directory, json).await,
        Command::Show { name, json } => show(directory, kind, &name, json).await,
    }
}

async fn defaults(directory: &Maintenance, as_json: bool) -> anyhow::Result<Exit> {
    let services = Access::of(directory)
        .default_services(&Actor::operator())
        .await?;
    if as_json {
        let items = services
            .iter()
            .map(|service| json!({"service": service.name, "valid": service.valid}));
        print_json(&json!({"items": items.collect::<Vec<_>>()}))?;
        return Ok(Exit::Ok);
    }
    let mut table = Table::new(&["Service", ""]);
    for service in &services {
        let note = if service.valid { "" } else { "not valid" };
        table.row([service.name.as_str(), note]);
    }
    print(&table.to_string())?;
    Ok(Exit::Ok)
}
