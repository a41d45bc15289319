//! `kartoteka import-config`: settings out of those of an OTOBO.

use std::path::PathBuf;

use clap::Args;
use kartoteka_settings::{Diagnostic, Layer, read_text_over};

use crate::exit::Exit;
use crate::opened;
use crate::output::print;

/// Which configuration.
#[derive(Debug, Args)]
pub struct Options {
    /// Kernel/Config.pm
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Prints the settings file that means the same, and what there is to say about it to standard error. What can't be read
/// as Perl is not printed; 1 for that and for other mistakes.
///
/// # Errors
/// When standard output can't be written.
pub fn run(options: &Options) -> anyhow::Result<Exit> {
    let layer = Layer::read(&options.file, &opened::variables());
    let readable = !layer.diagnostics().iter().any(Diagnostic::is_error);
    let printed = layer.to_toml();
    let outcome = read_text_over(layer, "kartoteka.toml", "", []);
    for diagnostic in &outcome.diagnostics {
        eprintln!("{diagnostic}");
    }
    if readable {
        print(printed.trim_end())?;
    }
    Ok(match outcome.settings {
        Some(_) => Exit::Ok,
        None => Exit::Refused,
    })
}
