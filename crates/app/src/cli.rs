//! The command line as a whole.

use clap::{Parser, Subcommand};

use crate::commands::{
    agent, backup, bulk, check, completions, customer, customer_user, demo, field, group,
    import_config, job, journal, migrate, permissions, restore, review, service, settings, source,
    source_held, source_held_back, token,
};
use crate::place::Place;

const AFTER_HELP: &str = "\
Exit codes: 0 done, 1 refused or invalid, 2 command line not understood, 3 not found,
4 conflict (taken, or changed meanwhile), 5 a database or source does not answer.

Settings come from OTOBO's Config.pm if --otobo-config names it, then from kartoteka.toml, then from
variables such as KARTOTEKA_SERVER__LISTEN, then from these options. `kartoteka config-schema` describes all keys.

A first look:      kartoteka demo
An installation:   kartoteka serve --data /var/lib/kartoteka
Beside OTOBO:      kartoteka serve --database postgres://otobo@localhost/otobo
With its settings: kartoteka serve --otobo-config /opt/otobo/Kernel/Config.pm";

/// Keeps the people and companies that a help desk serves: customers and customer users, on an
/// embedded database or on that of an OTOBO or Znuny.
#[derive(Debug, Parser)]
#[command(name = "kartoteka", version, about, after_help = AFTER_HELP)]
pub struct Cli {
    #[command(flatten)]
    pub place: Place,
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve a made-up directory to try things out; it is gone afterwards unless --data is given
    Demo(demo::Options),
    /// Serve the directory: pages, REST, health and metrics
    Serve,
    /// Create the tables that are missing; nothing else is altered or dropped
    Migrate(migrate::Options),
    /// Explain every mistake in the settings, and which columns the tables lack
    Check(check::Options),
    /// Tokens with which programs use REST
    #[command(subcommand)]
    Token(token::Command),
    /// Agents: the people who work in Kartoteka
    #[command(subcommand)]
    Agent(agent::Command),
    /// Customers: the companies and organisations
    #[command(subcommand)]
    Customer(customer::Command),
    /// Customer users: the people
    #[command(subcommand)]
    CustomerUser(customer_user::Command),
    /// Groups: what permissions are given on
    #[command(subcommand)]
    Group(group::Command),
    /// Services: what customer users may ask for
    #[command(subcommand)]
    Service(service::Command),
    /// Permissions: who may see what, and why
    #[command(subcommand)]
    Permissions(permissions::Command),
    /// Give and take customers, permissions and services for many people at once
    #[command(after_help = bulk::HELP)]
    Bulk(bulk::Options),
    /// Jobs: how far they are, stopping them and taking them back
    #[command(subcommand)]
    Job(job::Command),
    /// Access reviews: confirm or revoke what a group or customer was given, and sign off
    #[command(subcommand)]
    Review(review::Command),
    /// Fields of customer users and customers, added and changed while servers run
    #[command(subcommand)]
    Field(field::Command),
    /// The settings that are kept in the database
    #[command(subcommand)]
    Settings(settings::Command),
    /// Sources: how each is, what is wrong with one, and reading it anew
    #[command(subcommand)]
    Source(source::Command),
    /// The record of every change
    #[command(subcommand)]
    Journal(journal::Command),
    /// Copy the embedded database to a file while the server runs
    Backup(backup::Options),
    /// Bring a backup into an empty data directory
    Restore(restore::Options),
    /// Print the OpenAPI document of REST
    Openapi,
    /// Print the JSON schema of the settings file
    ConfigSchema,
    /// Print the settings file that means the same as Kernel/Config.pm of an OTOBO or Znuny
    ImportConfig(import_config::Options),
    /// Print completions for a shell
    Completions(completions::Options),
}

impl Command {
    /// Whether a program reads the answer, so that failures are JSON too.
    pub fn answers_json(&self) -> bool {
        match self {
            Self::Token(command) => command.json(),
            Self::Agent(command) => command.json(),
            Self::Customer(command) => command.json(),
            Self::CustomerUser(command) => command.json(),
            Self::Group(command) => command.json(),
            Self::Service(command) => command.json(),
            Self::Permissions(command) => command.json(),
            Self::Bulk(options) => options.saving.json,
            Self::Job(command) => command.json(),
            Self::Review(command) => command.json(),
            Self::Field(command) => command.json(),
            Self::Settings(command) => command.json(),
            Self::Source(command) => command.json(),
            Self::Journal(command) => command.json(),
            Self::Migrate(options) => options.json,
            Self::Check(options) => options.json,
            Self::Backup(options) => options.json,
            Self::Restore(options) => options.json,
            _ => false,
        }
    }
}

impl Command {
    /// Whether it only reads: where there is no database, it would make an empty one and tell of nothing.
    pub fn reads_only(&self) -> bool {
        matches!(
            self,
            Self::Token(token::Command::List { .. })
                | Self::Agent(agent::Command::List { .. })
                | Self::Customer(
                    customer::Command::List(_)
                        | customer::Command::Show { .. }
                        | customer::Command::Search { .. }
                )
                | Self::CustomerUser(
                    customer_user::Command::List(_)
                        | customer_user::Command::Show { .. }
                        | customer_user::Command::Search { .. }
                )
                | Self::Group(group::Command::List { .. } | group::Command::Show { .. })
                | Self::Service(
                    service::Command::List { .. }
                        | service::Command::Show { .. }
                        | service::Command::Default { .. }
                )
                | Self::Permissions(
                    permissions::Command::Show { .. }
                        | permissions::Command::Explain { .. }
                        | permissions::Command::Who { .. }
                )
                | Self::Job(
                    job::Command::List { .. }
                        | job::Command::Show { .. }
                        | job::Command::Templates { .. }
                )
                | Self::Review(
                    review::Command::List { .. }
                        | review::Command::Show { .. }
                        | review::Command::Export { .. }
                )
                | Self::Field(field::Command::List { .. })
                | Self::Settings(settings::Command::Access(
                    settings::AccessCommand::Show { .. }
                ))
                | Self::Source(
                    source::Command::List { .. }
                        | source::Command::Show { .. }
                        | source::Command::Conflicts { .. }
                        | source::Command::Held(source_held::Command::Held { .. })
                        | source::Command::HeldBack(source_held_back::Command::HeldBack { .. })
                )
                | Self::Journal(journal::Command::List { .. } | journal::Command::Verify { .. })
                | Self::Backup(_)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_and_option_is_explained() {
        fn explained(command: &clap::Command) {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            for argument in command
                .get_arguments()
                .filter(|argument| !argument.is_hide_set())
            {
                assert!(
                    argument.get_help().is_some(),
                    "{} {}",
                    command.get_name(),
                    argument.get_id()
                );
            }
            command.get_subcommands().for_each(explained);
        }
        explained(&Cli::command());
    }
}
