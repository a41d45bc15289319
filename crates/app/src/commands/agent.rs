//! `kartoteka agent`: the people who work in Kartoteka.

use clap::{Args, Subcommand};
use kartoteka_directory::{Actor, Agent, Directory, Kind};
use serde_json::{Value, json};

use super::token::RoleOption;
use crate::cli::Place;
use crate::exit::Exit;
use crate::fields::{SetOptions, ValidityOption, collect};
use crate::opened;
use crate::output::{Table, print, print_json};
use crate::password::{PasswordOptions, Wish};
use crate::records::{Saving, save, with_password};

/// What to do with agents.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add an agent; a password is generated unless one comes by standard input
    Add {
        /// The login
        login: String,
        #[command(flatten)]
        values: Values,
        #[command(flatten)]
        password: PasswordOptions,
        #[command(flatten)]
        saving: Saving,
    },
    /// Change an agent
    Edit {
        /// The login
        login: String,
        /// The new login
        #[arg(long, value_name = "LOGIN")]
        rename: Option<String>,
        #[command(flatten)]
        values: Values,
        #[command(flatten)]
        saving: Saving,
    },
    /// List all agents
    List {
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Set an agent's password: asked for, from standard input, or generated; sessions end
    SetPassword {
        /// The login
        login: String,
        #[command(flatten)]
        password: PasswordOptions,
        #[command(flatten)]
        saving: Saving,
    },
}

/// The fields of agents.
#[derive(Debug, Args)]
pub struct Values {
    /// First name
    #[arg(long)]
    first_name: Option<String>,
    /// Last name
    #[arg(long)]
    last_name: Option<String>,
    /// What the agent may do; admin for a new one
    #[arg(long, value_enum)]
    role: Option<RoleOption>,
    /// Whether the agent may log in
    #[arg(long, value_enum)]
    validity: Option<ValidityOption>,
}

impl Command {
    pub fn json(&self) -> bool {
        match self {
            Self::List { json } => *json,
            Self::Add { saving, .. }
            | Self::Edit { saving, .. }
            | Self::SetPassword { saving, .. } => saving.json,
        }
    }
}

/// Adds, changes and lists agents.
///
/// # Errors
/// As the use cases.
pub async fn run(place: Place, command: Command) -> anyhow::Result<Exit> {
    let directory = opened::directory(&place).await?;
    let outcome = answer(&directory, command).await;
    directory.close().await;
    outcome
}

async fn answer(directory: &Directory, command: Command) -> anyhow::Result<Exit> {
    let operator = Actor::operator();
    match command {
        Command::Add {
            login,
            mut values,
            password,
            saving,
        } => {
            let wish = match password.read()? {
                Wish::Nothing => Wish::Generated,
                wish => wish,
            };
            values.role.get_or_insert(RoleOption::Admin);
            let fields = with_password(values.fields(Some(login))?, &wish);
            let plan = directory
                .plan_create(&operator, Kind::Agent, None, fields)
                .await?;
            save(directory, plan, saving, &wish).await
        }
        Command::Edit {
            login,
            rename,
            values,
            saving,
        } => {
            let plan = directory
                .plan_update(&operator, Kind::Agent, &login, values.fields(rename)?, None)
                .await?;
            save(directory, plan, saving, &Wish::Nothing).await
        }
        Command::List { json } => list(directory, json).await,
        Command::SetPassword {
            login,
            password,
            saving,
        } => {
            let given = match password.read_or_ask()? {
                Wish::Given(password) => Some(password),
                Wish::Generated | Wish::Nothing => None,
            };
            let plan = directory
                .plan_password(&operator, Kind::Agent, &login, given)
                .await?;
            save(directory, plan, saving, &Wish::Nothing).await
        }
    }
}

impl Values {
    fn fields(&self, login: Option<String>) -> anyhow::Result<kartoteka_directory::Fields> {
        let role = self.role.map(|role| role.role().name().to_owned());
        let options = SetOptions {
            set: vec![],
            validity: self.validity,
        };
        let flags = [
            ("UserLogin", &login),
            ("UserFirstname", &self.first_name),
            ("UserLastname", &self.last_name),
            ("Role", &role),
        ];
        Ok(collect(&options, flags)?)
    }
}

async fn list(directory: &Directory, as_json: bool) -> anyhow::Result<Exit> {
    let agents = directory.agents(&Actor::operator()).await?;
    if as_json {
        print_json(&json!({"items": agents.iter().map(document).collect::<Vec<_>>()}))?;
        return Ok(Exit::Ok);
    }
    let mut table = Table::new(&["Login", "First name", "Last name", "Role", "Validity"]);
    for agent in &agents {
        let role = agent.role.map_or("-", |role| role.name());
        table.row([
            &agent.login,
            &agent.first_name,
            &agent.last_name,
            role,
            agent.validity.name(),
        ]);
    }
    print(&table.to_string())?;
    Ok(Exit::Ok)
}

fn document(agent: &Agent) -> Value {
    json!({
        "UserLogin": agent.login, "UserFirstname": agent.first_name, "UserLastname": agent.last_name,
        "Role": agent.role.map(|role| role.name()), "ValidID": agent.validity.id().to_string(),
        "validity": agent.validity.name(),
    })
}
