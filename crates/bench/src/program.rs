//! The real program, serving.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::client::Client;
use crate::machine;
use crate::measure::milliseconds;
use crate::place::Place;

/// How long the program may take to start or to stop.
const START_TIMEOUT: Duration = Duration::from_secs(60);

/// `kartoteka serve` on a free port; killed when dropped.
pub struct Program {
    child: Child,
    /// `127.0.0.1:PORT`.
    pub address: String,
    /// Milliseconds from starting the process until it answered that it is ready.
    pub start: f64,
}

impl Program {
    /// Serves the directory, and waits until it is ready.
    ///
    /// # Errors
    /// When the program is not built or does not start.
    pub async fn serve(place: &Place) -> Result<Self> {
        let program = built()?;
        let mut command = Command::new(program);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("KARTOTEKA_") {
                command.env_remove(name);
            }
        }
        let data = place.data();
        command
            .current_dir(&data)
            .env_remove("RUST_LOG")
            .env("KARTOTEKA_LISTS__COLLATION", place.collation())
            .arg("--data")
            .arg(&data)
            .args(["serve", "--listen", "127.0.0.1:0", "--log", "warn"])
            .args(["--database", place.database().expose()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true);
        let began = Instant::now();
        let mut child = command.spawn().context("can't start kartoteka")?;
        let output = child.stdout.take().context("no output")?;
        let mut lines = BufReader::new(output).lines();
        let first = timeout(START_TIMEOUT, lines.next_line()).await??;
        let first = first.context("kartoteka ended at once")?;
        let address = first.strip_prefix("listening on http://");
        let address = address.with_context(|| format!("not an address: {first}"))?;
        let mut client = Client::connect(address, &[]).await?;
        client.get("/health/ready").await?;
        Ok(Self {
            start: milliseconds(began),
            address: address.to_owned(),
            child,
        })
    }

    /// The number of its process; 0, which no process has, once it has ended.
    pub fn process(&self) -> u32 {
        self.child.id().unwrap_or_default()
    }

    /// The memory that it holds now, in megabytes.
    pub fn resident(&self) -> Option<u64> {
        machine::resident(self.child.id()?)
    }

    /// Asks it to stop, as systemd does, and waits for that.
    ///
    /// # Errors
    /// When it does not stop.
    pub async fn stop(mut self) -> Result<()> {
        let process = self.child.id().context("kartoteka is gone")?.to_string();
        let asked = Command::new("kill")
            .args(["-TERM", &process])
            .status()
            .await?;
        ensure!(asked.success(), "can't stop kartoteka");
        let status = timeout(START_TIMEOUT, self.child.wait()).await??;
        ensure!(status.success(), "kartoteka ended with {status}");
        Ok(())
    }
}

/// The program beside ourselves, from the same build.
fn built() -> Result<PathBuf> {
    let own = std::env::current_exe().context("where are we?")?;
    let program = own.with_file_name(format!("kartoteka{}", std::env::consts::EXE_SUFFIX));
    ensure!(
        program.exists(),
        "{} is not built; `cargo xtask bench` builds it",
        program.display()
    );
    Ok(program)
}
