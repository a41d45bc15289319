//! The program that the browser visits.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout};
use tokio::time::timeout;

use crate::driver::WEBDRIVER;

/// `kartoteka serve` on a free port, with a directory of its own; it ends when this is dropped.
pub struct Program {
    child: Child,
    data: TempDir,
    lines: Lines<BufReader<ChildStdout>>,
    /// Without a slash at the end.
    pub url: String,
}

impl Program {
    pub async fn serve() -> Self {
        Self::serve_in(tempfile::tempdir().unwrap()).await
    }

    /// Stops, lets somebody work on the data, and serves it again.
    pub async fn again<F: Future<Output = ()>>(
        mut self,
        meanwhile: impl FnOnce(PathBuf) -> F,
    ) -> Self {
        self.child.kill().await.unwrap();
        meanwhile(self.data.path().to_owned()).await;
        Self::serve_in(self.data).await
    }

    /// A token of REST that may do everything, made at the terminal while the program serves.
    pub async fn token(&self) -> String {
        let said = command(self.data.path())
            .await
            .args(["token", "add", "test", "--scope", "admin", "--json"])
            .output()
            .await
            .unwrap();
        assert!(said.status.success(), "{said:?}");
        let said: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
        said["token"].as_str().unwrap().to_owned()
    }

    /// With the `kartoteka.toml` that the directory may have.
    async fn serve_in(data: TempDir) -> Self {
        let mut child = command(data.path())
            .await
            .args(["serve", "--listen", "127.0.0.1:0", "--log", "warn"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut program = Self {
            child,
            data,
            lines,
            url: String::new(),
        };
        program.url = program.said("listening on ").await;
        program
    }

    /// What follows these words on one of the next lines that it prints.
    pub async fn said(&mut self, words: &str) -> String {
        let patience = Duration::from_secs(60);
        while let Ok(Ok(Some(line))) = timeout(patience, self.lines.next_line()).await {
            if let Some(rest) = line.strip_prefix(words) {
                return rest.to_owned();
            }
        }
        panic!("nothing that the program prints begins with {words:?}")
    }
}

/// The program with a directory of its own, and nothing of what is set around the tests.
async fn command(data: &Path) -> tokio::process::Command {
    let built = tokio::task::spawn_blocking(built).await.unwrap();
    let mut command = tokio::process::Command::new(built);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("KARTOTEKA_") {
            command.env_remove(name);
        }
    }
    command.current_dir(data).env_remove("RUST_LOG");
    command.arg("--data").arg(data);
    command
}

/// The program, built from the sources of today. Cargo names it only to tests of its own package.
fn built() -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let find = || {
        let test = std::env::current_exe().unwrap();
        let folder = test.ancestors().nth(2).unwrap();
        let program = folder.join(format!("kartoteka{}", std::env::consts::EXE_SUFFIX));
        // `cargo xtask test` has built the whole workspace; alone it would be built again, with other features.
        if std::env::var_os(WEBDRIVER).is_none() || !program.exists() {
            build(folder);
        }
        program
    };
    BUILT.get_or_init(find).clone()
}

fn build(folder: &Path) {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    cargo.args(["build", "--quiet", "--package", "kartoteka"]);
    cargo.env("CARGO_TARGET_DIR", folder.parent().unwrap());
    if folder.ends_with("release") {
        cargo.arg("--release");
    }
    assert!(
        cargo.status().unwrap().success(),
        "the program can't be built"
    );
}
