//! `kartoteka completions`: what shells can complete.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::cli::Cli;
use crate::exit::Exit;
use crate::output::print;

/// For which shell.
#[derive(Debug, Args)]
pub struct Options {
    /// The shell; for bash: kartoteka completions bash > /etc/bash_completion.d/kartoteka
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Prints the script.
///
/// # Errors
/// When standard output can't be written.
pub fn run(options: Options) -> anyhow::Result<Exit> {
    let mut script = vec![];
    clap_complete::generate(options.shell, &mut Cli::command(), "kartoteka", &mut script);
    print(String::from_utf8_lossy(&script).trim_end())?;
    Ok(Exit::Ok)
}
