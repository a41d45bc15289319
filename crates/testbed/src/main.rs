//! Starts database servers, prints their addresses, and stops them when its input closes.
//!
//!     kartoteka-testbed [--durable] [postgres] [mariadb]
//!
//! Without names both are started. With `--durable` they keep what they acknowledge, for measurements; without it
//! they are as quick as they can, for tests.

use std::{
    env,
    io::{self, Read, Write},
};

use kartoteka_testbed::{Engine, Servers};

fn main() -> anyhow::Result<()> {
    let mut engines = Vec::new();
    let mut durable = false;
    for word in env::args().skip(1) {
        match Engine::parse(&word) {
            Some(engine) => engines.push(engine),
            None if word == "--durable" => durable = true,
            None => anyhow::bail!("neither an engine nor --durable: {word}"),
        }
    }
    if engines.is_empty() {
        engines.extend(Engine::ALL);
    }
    let own;
    let servers = if durable {
        own = Servers::durable();
        &own
    } else {
        Servers::from_env()
    };
    let mut out = io::stdout();
    for engine in engines {
        match engine {
            Engine::Sqlite => {}
            Engine::Postgres => writeln!(out, "{}", servers.postgres()?)?,
            Engine::Mariadb => writeln!(out, "{}", servers.mariadb()?)?,
        }
    }
    out.flush()?;
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
