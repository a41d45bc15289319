//! Starts both servers, prints their addresses, and stops when its input closes.

use std::io::{self, Read, Write};

use kartoteka_testbed::Servers;

fn main() -> anyhow::Result<()> {
    let servers = Servers::from_env();
    let mut out = io::stdout();
    writeln!(out, "{}\n{}", servers.postgres()?, servers.mariadb()?)?;
    out.flush()?;
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
