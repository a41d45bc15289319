//! `kartoteka agent`: the people who work in Kartoteka.

use clap::{Args, Subcommand};
use kartoteka_directory::{Actor, Agent, Kind, Maintenance};
use kartoteka_login::Logins;
use kartoteka_records::Records;
use serde_json::{Value, json};

use super::token::RoleOption;
use crate::exit::{Ended, Exit};
use crate::fields::{SetOptions, ValidityOption, collect, named};
use crate::opened;
use crate::output::{Table, print, print_json};
use crate::password::{PasswordOptions, Wish};
use crate::place::Place;
use crate::records::{Saving, save, with_password};

/// What to do with agents.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add an agent; a password is generated unless one comes by standard input
    Add {
        /// The login
        login: String,
        /// What the agent may do
        #[arg(long, value_enum)]
        role: RoleOption,
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
        /// What the agent may do
        #[arg(long, value_enum)]
        role: Option<RoleOption>,
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
    /// List the logins and networks that have to wait after too many wrong passwords
    Locks {
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// Let a login, or a network, try again at once
    #[command(group = clap::ArgGroup::new("which").required(true))]
    Unlock {
        /// The login
        #[arg(group = "which")]
        login: Option<String>,
        /// The network instead, as `agent locks` shows it
        #[arg(long, value_name = "NETWORK", group = "which")]
        network: Option<String>,
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
    /// Whether the agent may log in
    #[arg(long, value_enum)]
    validity: Option<ValidityOption>,
}

impl Command {
    pub fn json(&self) -> bool {
        match self {
            Self::List { json } | Self::Locks { json } => *json,
            Self::Unlock { .. } => false,
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

async fn answer(directory: &Maintenance, command: Command) -> anyhow::Result<Exit> {
    let operator = Actor::operator();
    match command {
        Command::Add {
            login,
            role,
            values,
            password,
            saving,
        } => {
            let wish = match password.read()? {
                Wish::Nothing => Wish::Generated,
                wish => wish,
            };
            let fields = with_password(values.fields(Some(login), Some(role))?, &wish);
            let plan = Records::of(directory)
                .plan_create(&operator, Kind::Agent, None, fields)
                .await?;
            save(directory, plan, saving, &wish).await
        }
        Command::Edit {
            login,
            rename,
            role,
            values,
            saving,
        } => {
            let fields = named(values.fields(rename, role)?, "agent")?;
            let plan = Records::of(directory)
                .plan_update(&operator, Kind::Agent, &login, fields, None)
                .await?;
            save(directory, plan, saving, &Wish::Nothing).await
        }
        Command::List { json } => list(directory, json).await,
        Command::Locks { json } => locks(directory, json).await,
        Command::Unlock { login, network } => {
            let key = login.as_deref().or(network.as_deref()).unwrap_or_default();
            let unlocked = match &login {
                Some(login) => Logins::of(directory).unlock_login(&operator, login).await?,
                None => Logins::of(directory).unlock_network(&operator, key).await?,
            };
            if !unlocked {
                return Err(Ended::refused(format!("{key} does not have to wait")).into());
            }
            print(&format!("{key} can try again"))?;
            Ok(Exit::Ok)
        }
        Command::SetPassword {
            login,
            password,
            saving,
        } => {
            let given = match password.read_or_ask()? {
                Wish::Given(password) => Some(password),
                Wish::Generated | Wish::Nothing => None,
            };
            let plan = Records::of(directory)
                .plan_password(&operator, Kind::Agent, &login, given)
                .await?;
            save(directory, plan, saving, &Wish::Nothing).await
        }
    }
}

impl Values {
    fn fields(
        &self,
        login: Option<String>,
        role: Option<RoleOption>,
    ) -> anyhow::Result<kartoteka_directory::Fields> {
        let role = role.map(|role| role.role().name().to_owned());
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

async fn list(directory: &Maintenance, as_json: bool) -> anyhow::Result<Exit> {
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

async fn locks(directory: &Maintenance, as_json: bool) -> anyhow::Result<Exit> {
    let locks = Logins::of(directory).locks(&Actor::operator()).await?;
    if as_json {
        let items: Vec<Value> = locks
            .iter()
            .map(|lock| {
                json!({
                    "UserLogin": lock.login, "network": lock.network, "attempts": lock.attempts,
                    "until": crate::output::instant(lock.until),
                })
            })
            .collect();
        print_json(&json!({"items": items}))?;
        return Ok(Exit::Ok);
    }
    let mut table = Table::new(&["Login", "Network", "Failed attempts", "Until"]);
    for lock in &locks {
        let until = crate::output::time(lock.until);
        let login = lock.login.as_deref().unwrap_or("*");
        table.row([login, &lock.network, &lock.attempts.to_string(), &until]);
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
