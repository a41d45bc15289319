//! Which installation is meant.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

/// Which installation is meant: the same options for all commands.
#[derive(Debug, Clone, Args)]
pub struct Place {
    /// Whether there has to be a database already, since nothing is written to it.
    #[arg(skip)]
    pub reads_only: bool,
    /// Settings file [default: kartoteka.toml in the working directory, if there is one]
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "KARTOTEKA_CONFIG",
        help_heading = "Installation"
    )]
    pub config: Option<PathBuf>,
    /// Kernel/Config.pm of an OTOBO or Znuny: what it says of customers, below the settings file
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "KARTOTEKA_OTOBO_CONFIG",
        help_heading = "Installation"
    )]
    pub otobo_config: Option<PathBuf>,
    /// Data directory: the embedded database and search indexes [default: data]
    #[arg(long, global = true, value_name = "DIR", help_heading = "Installation")]
    pub data: Option<PathBuf>,
    /// Database: sqlite://, postgres:// or mysql:// (also MariaDB) [default: kartoteka.db in the data directory]
    ///
    /// Better not with a password in it: others on the machine see the command line. Use the settings file,
    /// or KARTOTEKA_DATABASE__URL_FILE.
    #[arg(long, global = true, value_name = "URL", help_heading = "Installation")]
    pub database: Option<String>,
    /// Address to listen on; port 0 takes a free one [default: 127.0.0.1:8080]
    #[arg(
        long,
        global = true,
        value_name = "ADDR",
        value_parser = listened,
        help_heading = "Installation"
    )]
    pub listen: Option<SocketAddr>,
    /// What to log to standard error: error, warn, info, debug, trace, or by part: info,sqlx=debug
    #[arg(
        long,
        global = true,
        value_name = "FILTER",
        help_heading = "Installation"
    )]
    pub log: Option<String>,
}

/// An address that can be listened on.
pub const LISTEN_EXAMPLE: &str = "127.0.0.1:8099";

/// Reads an address to listen on: names are not looked up, as they may stand for several addresses.
fn listened(text: &str) -> Result<SocketAddr, String> {
    text.parse()
        .map_err(|_| format!("write an IP address and a port, such as {LISTEN_EXAMPLE}"))
}
