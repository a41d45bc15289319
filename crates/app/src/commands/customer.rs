//! `kartoteka customer`: the companies and organisations.

use clap::{Args, Subcommand};
use kartoteka_directory::{Actor, Fields, Kind, Maintenance};
use kartoteka_records::Records;

use crate::exit::{Ended, Exit};
use crate::fields::{SetOptions, collect, named, valid_unless_said};
use crate::opened;
use crate::password::Wish;
use crate::place::Place;
use crate::records::{ListOptions, Saving, list, save, show};

const SEARCH_HELP: &str = "\
The search language:
  hydro                      in any search field, also inside of words; case and accents do not matter
  hydro&&gmbh                both, each in any search field; also hydro+gmbh, hydro AND gmbh
  (hydro||astra)&&!gmbh      or, and, not
  hydro*                     * stands for anything

Quote the text for the shell. For one field: --field CustomerCompanyCity=War*";

/// What to do with customers.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add a customer
    Add {
        /// The customer ID
        id: String,
        /// The source to put it in, if several can be written
        #[arg(long, value_name = "SOURCE")]
        source: Option<String>,
        #[command(flatten)]
        values: Values,
        #[command(flatten)]
        saving: Saving,
    },
    /// Change a customer
    Edit {
        /// The customer ID
        id: String,
        /// The new customer ID; everything that refers to the customer is carried along
        #[arg(long, value_name = "ID")]
        rename: Option<String>,
        #[command(flatten)]
        values: Values,
        #[command(flatten)]
        saving: Saving,
    },
    /// List customers
    List(ListOptions),
    /// Show a customer
    Show {
        /// The customer ID
        id: String,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Search customers
    #[command(after_help = SEARCH_HELP)]
    Search {
        /// A text in the search language: hydro, hydro+gmbh, "(hydro||astra)&&!gmbh"
        text: String,
        #[command(flatten)]
        options: ListOptions,
    },
}

/// The common fields of customers.
#[derive(Debug, Args)]
pub struct Values {
    /// Name of the company or organisation
    #[arg(long)]
    name: Option<String>,
    /// Street and number
    #[arg(long)]
    street: Option<String>,
    /// Postal code
    #[arg(long)]
    zip: Option<String>,
    /// Town
    #[arg(long)]
    city: Option<String>,
    /// Country
    #[arg(long)]
    country: Option<String>,
    /// Address of its web pages
    #[arg(long)]
    url: Option<String>,
    /// Comment
    #[arg(long)]
    comment: Option<String>,
    #[command(flatten)]
    set: SetOptions,
}

impl Values {
    fn fields(&self, id: Option<String>) -> Result<Fields, Ended> {
        let flags = [
            ("CustomerID", &id),
            ("CustomerCompanyName", &self.name),
            ("CustomerCompanyStreet", &self.street),
            ("CustomerCompanyZIP", &self.zip),
            ("CustomerCompanyCity", &self.city),
            ("CustomerCompanyCountry", &self.country),
            ("CustomerCompanyURL", &self.url),
            ("CustomerCompanyComment", &self.comment),
        ];
        collect(&self.set, flags)
    }
}

impl Command {
    pub fn json(&self) -> bool {
        match self {
            Self::Add { saving, .. } | Self::Edit { saving, .. } => saving.json,
            Self::List(options) | Self::Search { options, .. } => options.json,
            Self::Show { json, .. } => *json,
        }
    }
}

/// Adds, changes, lists, shows and searches customers.
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
    let (operator, kind) = (Actor::operator(), Kind::Customer);
    match command {
        Command::Add {
            id,
            source,
            values,
            saving,
        } => {
            let mut fields = values.fields(Some(id))?;
            valid_unless_said(directory, kind, source.as_deref(), &mut fields);
            let plan = Records::of(directory)
                .plan_create(&operator, kind, source.as_deref(), fields)
                .await?;
            save(directory, plan, saving, &Wish::Nothing).await
        }
        Command::Edit {
            id,
            rename,
            values,
            saving,
        } => {
            let plan = Records::of(directory)
                .plan_update(
                    &operator,
                    kind,
                    &id,
                    named(values.fields(rename)?, "customer")?,
                    None,
                )
                .await?;
            save(directory, plan, saving, &Wish::Nothing).await
        }
        Command::List(options) => list(directory, kind, None, &options).await,
        Command::Show { id, json } => show(directory, kind, &id, json).await,
        Command::Search { text, options } => list(directory, kind, Some(text), &options).await,
    }
}
