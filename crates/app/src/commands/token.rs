//! `kartoteka token`: tokens with which programs use REST.

use clap::{Subcommand, ValueEnum};
use kartoteka_directory::{Actor, Clock, Directory, Role, SystemClock};
use kartoteka_login::{Logins, Token};
use kartoteka_model::Validity;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::exit::{Ended, Exit};
use crate::opened;
use crate::output::{Table, instant, print, print_json, time};
use crate::place::Place;

const DAY: i64 = 86_400;

/// What to do with tokens.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a token; its secret is shown this once
    Add {
        /// A name to know it by
        name: String,
        /// What it may do: read; also change customers and customer users; everything
        #[arg(long, value_enum, default_value_t = RoleOption::Reader)]
        scope: RoleOption,
        /// Let it end after so many days
        #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=36_500))]
        expires: Option<u32>,
        /// The login of the agent for whom it stands: it never may more than that agent
        #[arg(long, value_name = "LOGIN")]
        agent: Option<String>,
        /// Answer as JSON: {"token": …}
        #[arg(long)]
        json: bool,
    },
    /// List all tokens, without their secrets
    List {
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
    /// End a token: requests with it are refused from now on
    Revoke {
        /// Its name or number
        token: String,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
}

/// A role by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RoleOption {
    Reader,
    Editor,
    Admin,
}

impl RoleOption {
    pub fn role(self) -> Role {
        match self {
            Self::Reader => Role::Reader,
            Self::Editor => Role::Editor,
            Self::Admin => Role::Admin,
        }
    }
}

impl Command {
    pub fn json(&self) -> bool {
        let (Self::Add { json, .. } | Self::List { json } | Self::Revoke { json, .. }) = self;
        *json
    }
}

/// Makes, lists and revokes tokens.
///
/// # Errors
/// For a name that is taken or empty, an unknown token, and a database that does not answer.
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
            name,
            scope,
            expires,
            agent,
            json,
        } => {
            let agent = stands_for(directory, agent.as_deref()).await?;
            let expires = expires.map(|days| SystemClock.now() + i64::from(days) * DAY);
            let made = Logins::of(directory)
                .create_token_of(&operator, agent, &name, scope.role(), expires)
                .await?;
            let secret = made.secret.expose_secret();
            if json {
                let mut answer = document(&made.token);
                answer["token"] = json!(secret);
                print_json(&answer)?;
            } else {
                let header = format!("Authorization: Bearer {secret}");
                print(&format!(
                    "token: {secret}\nIt is shown this once. Send it as\n  {header}"
                ))?;
            }
        }
        Command::List { json } => {
            let tokens = Logins::of(directory).tokens(&operator).await?;
            if json {
                print_json(&json!({"items": tokens.iter().map(document).collect::<Vec<_>>()}))?;
            } else {
                print(&table(&tokens))?;
            }
        }
        Command::Revoke { token, json } => {
            let tokens = Logins::of(directory).tokens(&operator).await?;
            let live = |found: &&Token| found.revoked.is_none();
            let named = tokens.iter().filter(live).find(|found| found.name == token);
            let found = named.or_else(|| tokens.iter().find(|found| found.id.to_string() == token));
            let Some(found) = found else {
                let message = format!("there is no token {token:?}; see `kartoteka token list`");
                return Err(Ended {
                    exit: Exit::NotFound,
                    message,
                }
                .into());
            };
            Logins::of(directory)
                .revoke_token(&operator, found.id)
                .await?;
            if json {
                print_json(&json!({"id": found.id, "name": found.name, "revoked": true}))?;
            } else {
                print(&format!("token {:?} is revoked", found.name))?;
            }
        }
    }
    Ok(Exit::Ok)
}

/// The number of the agent for whom a token stands: one who works here, else nothing would open with it.
async fn stands_for(directory: &Directory, login: Option<&str>) -> anyhow::Result<i64> {
    let operator = Actor::operator();
    let agents = directory.agents(&operator).await?;
    let found = agents.into_iter().find(|agent| match login {
        Some(login) => agent.login == login,
        None => agent.id == operator.id(),
    });
    let Some(agent) = found else {
        let message = format!(
            "there is no agent {:?}; see `kartoteka agent list`",
            login.unwrap_or_default()
        );
        let exit = Exit::NotFound;
        return Err(Ended { exit, message }.into());
    };
    if agent.validity != Validity::Valid || agent.role.is_none() {
        let message = format!(
            "agent {:?} may not work here, so nothing would open with the token; name another with --agent",
            agent.login
        );
        return Err(Ended::refused(message).into());
    }
    Ok(agent.id)
}

fn document(token: &Token) -> Value {
    json!({
        "id": token.id, "name": token.name, "scope": token.scope.name(), "prefix": token.prefix,
        "created": instant(token.created), "created_by": token.created_by,
        "expires": token.expires.map(instant), "last_used": token.last_used.map(instant),
        "revoked": token.revoked.map(instant),
    })
}

fn table(tokens: &[Token]) -> String {
    let mut table = Table::new(&[
        "No.",
        "Name",
        "Scope",
        "Begins with",
        "Made",
        "By",
        "Ends",
        "Last used",
        "Revoked",
    ]);
    let optional = |seconds: Option<i64>| seconds.map(time).unwrap_or_default();
    for token in tokens {
        table.row([
            token.id.to_string(),
            token.name.clone(),
            token.scope.name().into(),
            token.prefix.clone(),
            time(token.created),
            token.created_by.clone(),
            optional(token.expires),
            optional(token.last_used),
            optional(token.revoked),
        ]);
    }
    if tokens.is_empty() {
        return "there are no tokens; `kartoteka token add NAME` makes one".into();
    }
    table.to_string()
}
