//! REST against its own document: the real program with a demo directory, asked by schemathesis.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use crate::cargo::{built, root, run};

/// People of the demo directory.
const PEOPLE: &str = "200";

/// Examples of each operation, fewer than the script takes by itself: the seed is fixed, so more of them would find
/// the same each time. `xtask/schemathesis.sh` runs as long as one likes.
const EXAMPLES: &str = "6";

/// A program that serves; dropping it ends it.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs all checks of schemathesis on every operation. The program has to be built.
///
/// # Errors
/// When the program does not start, or schemathesis can't be installed.
pub fn check() -> Result<bool> {
    let data = root().join("target/tmp/schemathesis");
    let _ = fs::remove_dir_all(&data);
    fs::create_dir_all(&data).with_context(|| data.display().to_string())?;
    let program = built("kartoteka")?;
    let (_serving, address) = serve(&program, &data)?;
    let token = token(&program, &data)?;
    let mut script = Command::new(root().join("xtask/schemathesis.sh"));
    script
        .args([
            &address,
            &token,
            "--max-examples",
            EXAMPLES,
            "--phases",
            "examples,coverage,fuzzing",
        ])
        .stdin(Stdio::null())
        // What it tells isn't our output.
        .stdout(std::io::stderr());
    Ok(run(&mut script)?.success())
}

fn serve(program: &Path, data: &Path) -> Result<(Serving, String)> {
    let child = Command::new(program)
        .args([
            "demo",
            "--people",
            PEOPLE,
            "--listen",
            "127.0.0.1:0",
            "--data",
        ])
        .arg(data)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| program.display().to_string())?;
    let mut serving = Serving(child);
    let output = serving.0.stdout.take().context("no output")?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    let address = line.trim().strip_prefix("listening on ");
    let address = address.with_context(|| format!("the program began with {line:?}"))?;
    Ok((serving, address.to_owned()))
}

fn token(program: &Path, data: &Path) -> Result<String> {
    let made = Command::new(program)
        .arg("--data")
        .arg(data)
        .args(["token", "add", "schemathesis", "--scope", "admin", "--json"])
        .output()
        .context("token add")?;
    let text = String::from_utf8(made.stdout)?;
    ensure!(made.status.success(), "no token: {text}");
    let value = text
        .split("\"token\"")
        .nth(1)
        .and_then(|rest| rest.split('"').nth(1));
    Ok(value.context("no token")?.to_owned())
}
