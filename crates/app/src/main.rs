//! The program `kartoteka`: command line, wiring, start and stop.
//!
//! One file per subcommand in [`commands`]; [`serving`] is what `demo` and `serve` share.

// A use case's future holds those of what it asks, and the optimiser looks through them.
#![recursion_limit = "256"]

mod cli;
mod columns;
mod commands;
mod effects;
mod exit;
mod fields;
mod heads;
mod jobs;
mod listener;
mod lists;
mod logging;
mod opened;
mod output;
mod password;
mod place;
mod problems;
mod progress;
mod records;
mod relations;
mod reload;
mod serving;
mod soundness;
mod stop;
mod text;
mod tree;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::Cli;
use crate::exit::Exit;
use crate::problems::Telling;

fn main() -> ExitCode {
    // Whatever is made, the database, indexes, copies of them, is for nobody else.
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
    let cli = Cli::parse();
    let telling = Telling {
        json: cli.command.answers_json(),
        saves: !cli.command.reads_only(),
    };
    let exit = match tokio::runtime::Runtime::new() {
        Ok(runtime) => {
            let outcome = runtime.block_on(commands::run(cli));
            // What still waits for a lock or a slow server is not waited for.
            runtime.shutdown_timeout(std::time::Duration::from_secs(1));
            outcome.unwrap_or_else(|error| problems::report(&error, telling))
        }
        Err(error) => problems::report(&error.into(), telling),
    };
    exit.into()
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}
