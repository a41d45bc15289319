//! The subcommands, one file each.

pub mod agent;
pub mod backup;
pub mod bulk;
pub mod check;
pub mod completions;
pub mod config_schema;
pub mod customer;
pub mod customer_user;
pub mod demo;
pub mod field;
pub mod group;
pub mod import_config;
pub mod job;
pub mod journal;
pub mod migrate;
pub mod openapi;
pub mod permissions;
pub mod restore;
pub mod review;
pub mod serve;
pub mod service;
pub mod settings;
pub mod source;
pub mod source_held;
pub mod source_held_back;
pub mod source_setup;
pub mod token;

use crate::cli::{Cli, Command};
use crate::exit::Exit;

/// Does what the command line asks for.
///
/// # Errors
/// What the command reports; see [`Exit::of`].
pub async fn run(cli: Cli) -> anyhow::Result<Exit> {
    let mut place = cli.place;
    place.reads_only = cli.command.reads_only();
    match cli.command {
        Command::Demo(options) => demo::run(place, options).await,
        Command::Serve => serve::run(place).await,
        Command::Migrate(options) => migrate::run(place, options).await,
        Command::Check(options) => check::run(place, options).await,
        Command::Token(command) => token::run(place, command).await,
        Command::Agent(command) => agent::run(place, command).await,
        Command::Customer(command) => customer::run(place, command).await,
        Command::CustomerUser(command) => customer_user::run(place, command).await,
        Command::Group(command) => group::run(place, command).await,
        Command::Service(command) => service::run(place, command).await,
        Command::Permissions(command) => permissions::run(place, command).await,
        Command::Bulk(options) => bulk::run(place, options).await,
        Command::Job(command) => job::run(place, command).await,
        Command::Review(command) => review::run(place, command).await,
        Command::Field(command) => field::run(place, command).await,
        Command::Settings(command) => settings::run(place, command).await,
        Command::Source(command) => source::run(place, command).await,
        Command::Journal(command) => journal::run(place, command).await,
        Command::Backup(options) => backup::run(place, options).await,
        Command::Restore(options) => restore::run(place, options).await,
        Command::Openapi => openapi::run(),
        Command::ConfigSchema => config_schema::run(),
        Command::ImportConfig(options) => import_config::run(&options),
        Command::Completions(options) => completions::run(options),
    }
}
