//! Starts both servers, prints their addresses, and stops when its input closes.

use std::io::{Read, Write};

use anyhow::Result;

fn main() -> Result<()> {
    let postgres = kartoteka_testbed::start_postgres()?;
    let mariadb = kartoteka_testbed::start_mariadb()?;
    let mut out = std::io::stdout();
    writeln!(out, "{}\n{}", postgres.address, mariadb.address)?;
    out.flush()?;
    std::io::stdin().read_to_end(&mut vec![])?;
    Ok(())
}
