use std::{
    env,
    io::{BufRead, BufReader},
    process::{Child, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{cargo::built, pause::pause};

const POSTGRES: &str = "KARTOTEKA_TEST_POSTGRES";
const MARIADB: &str = "KARTOTEKA_TEST_MARIADB";
const MYSQL: &str = "KARTOTEKA_TEST_MYSQL";
const MYSQLD: &str = "KARTOTEKA_TEST_MYSQLD";

/// How long the servers may take to stop.
const STOP_TIMEOUT: Duration = Duration::from_secs(30);

/// A private PostgreSQL, a private MariaDB and, if the environment names its program, a private MySQL; they stop when this is dropped, and also when we are killed, because
/// then the input of the process that keeps them closes.
#[derive(Debug)]
pub struct Servers {
    postgres: String,
    mariadb: String,
    mysql: Option<String>,
    testbed: Option<Child>,
}

impl Servers {
    /// Starts them, unless the environment names PostgreSQL's and MariaDB's addresses already. The package `kartoteka-testbed` has to be built.
    ///
    /// # Errors
    /// When one doesn't start; the reason was written to the standard error.
    pub fn start() -> Result<Self> {
        if let (Ok(postgres), Ok(mariadb)) = (env::var(POSTGRES), env::var(MARIADB)) {
            return Ok(Self {
                postgres,
                mariadb,
                mysql: None,
                testbed: None,
            });
        }
        let mut testbed = Command::new(built("kartoteka-testbed")?)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("can't start the database servers")?;
        let output = testbed.stdout.take();
        // From here on dropping ends the process, also when it has nothing to say.
        let mut servers = Self {
            postgres: String::new(),
            mariadb: String::new(),
            mysql: None,
            testbed: Some(testbed),
        };
        let mut lines = output.map(BufReader::new).context("no output")?;
        servers.postgres = address(&mut lines, "postgres://")?;
        servers.mariadb = address(&mut lines, "mysql://")?;
        if env::var_os(MYSQL).is_some() || env::var_os(MYSQLD).is_some() {
            servers.mysql = Some(address(&mut lines, "mysql://")?);
        }
        Ok(servers)
    }

    /// Tells a command where they are.
    pub fn name_to<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        if let Some(mysql) = &self.mysql {
            command.env(MYSQL, mysql);
        }
        command
            .env(POSTGRES, &self.postgres)
            .env(MARIADB, &self.mariadb)
    }
}

fn address(lines: &mut BufReader<ChildStdout>, scheme: &str) -> Result<String> {
    let mut line = String::new();
    lines.read_line(&mut line)?;
    let line = line.trim();
    if !line.starts_with(scheme) {
        bail!("the database servers didn't start: expected an address {scheme}…, read {line:?}");
    }
    Ok(line.to_owned())
}

impl Drop for Servers {
    fn drop(&mut self) {
        let Some(testbed) = &mut self.testbed else {
            return;
        };
        drop(testbed.stdin.take());
        let asked = Instant::now();
        while matches!(testbed.try_wait(), Ok(None)) {
            if asked.elapsed() > STOP_TIMEOUT {
                eprintln!(
                    "the database servers don't stop: ending process {}",
                    testbed.id()
                );
                let _ = testbed.kill();
                let _ = testbed.wait();
                return;
            }
            pause();
        }
    }
}
