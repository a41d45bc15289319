//! Structured logs on standard error.

use std::io::IsTerminal;

use kartoteka_settings::{Log, LogFormat};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::SubscriberInitExt;

use crate::exit::Ended;

/// Starts logging: `--log`, else `RUST_LOG`, else the settings.
///
/// # Errors
/// For a filter that can't be read.
pub fn start(log: &Log, option: Option<&str>) -> Result<(), Ended> {
    let given = option.map(str::to_owned).or_else(|| {
        std::env::var("RUST_LOG")
            .ok()
            .filter(|text| !text.is_empty())
    });
    let text = given.as_deref().unwrap_or(&log.level);
    let filter = EnvFilter::try_new(text)
        .map_err(|error| Ended::usage(format!("the log filter {text:?} can't be read: {error}")))?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A second start, as in tests, leaves the first as it is.
    let _ = match log.format {
        LogFormat::Json => builder.json().finish().try_init(),
        LogFormat::Text => builder
            .with_ansi(std::io::stderr().is_terminal())
            .finish()
            .try_init(),
    };
    Ok(())
}
