//! Starts database servers, prints their addresses, and stops them when its input closes.
//!
//!     kartoteka-testbed [postgres] [mariadb] [mysql]
//!
//! Without names the first two are started, and MySQL if the environment names its program.

use std::{
    env,
    io::{self, Read, Write},
};

use anyhow::Context;
use kartoteka_testbed::{Engine, Servers};

fn main() -> anyhow::Result<()> {
    let mut engines = Vec::new();
    for word in env::args().skip(1) {
        engines.push(Engine::parse(&word).with_context(|| format!("no engine: {word}"))?);
    }
    if engines.is_empty() {
        engines.extend(Engine::all());
    }
    let servers = Servers::from_env();
    let mut out = io::stdout();
    for engine in engines {
        match engine {
            Engine::Sqlite => {}
            Engine::Postgres => writeln!(out, "{}", servers.postgres()?)?,
            Engine::Mariadb => writeln!(out, "{}", servers.mariadb()?)?,
            Engine::Mysql => writeln!(out, "{}", servers.mysql()?)?,
        }
    }
    out.flush()?;
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
