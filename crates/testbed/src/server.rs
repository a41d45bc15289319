//! A server process that ends with us, however we end.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

/// A running server.
#[derive(Debug)]
pub struct Server {
    /// Its address, without a database.
    pub address: String,
    watchdog: Child,
    _folder: TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        // Closing the pipe tells the watchdog to end the server.
        drop(self.watchdog.stdin.take());
        let _ = self.watchdog.wait();
    }
}

/// A folder that a server of this user may write to.
pub(crate) fn folder(user: Option<&str>) -> Result<TempDir> {
    let folder = tempfile::Builder::new().prefix("kartoteka-server-").tempdir()?;
    if let Some(user) = user {
        let given = Command::new("chown").arg(user).arg(folder.path()).status()?;
        anyhow::ensure!(given.success(), "the folder could not be given to {user}");
    }
    Ok(folder)
}

/// A port that nobody listens on.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// The user that a server has to run as: none when we are not root.
pub(crate) fn unprivileged(wanted: &str) -> Option<String> {
    let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    let known = |name: &str| passwd.lines().any(|line| line.starts_with(&format!("{name}:")));
    root.then(|| if known(wanted) { wanted.to_owned() } else { "nobody".to_owned() })
}

/// A command, as that user.
pub(crate) fn command(program: &Path, user: Option<&str>) -> Command {
    match user {
        Some(user) => {
            let mut command = Command::new("runuser");
            command.arg("-u").arg(user).arg("--").arg(program);
            command
        }
        None => Command::new(program),
    }
}

/// The first of these programs that is there.
pub(crate) fn find(names: &[&str], folders: &[PathBuf]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all: Vec<PathBuf> = folders.iter().cloned().chain(std::env::split_paths(&path)).collect();
    names.iter().flat_map(|name| all.iter().map(move |folder| folder.join(name))).find(|path| path.is_file())
}

/// Starts a server under a watchdog and waits until it listens.
pub(crate) fn start(mut server: Command, port: u16, address: String, folder: TempDir, log: &Path) -> Result<Server> {
    // The shell starts the server, and ends it by its id when our pipe closes.
    let mut line = vec![server.get_program().to_os_string()];
    line.extend(server.get_args().map(ToOwned::to_owned));
    server = Command::new("sh");
    server.arg("-c").arg("\"$@\" </dev/null & pid=$!; read -r _; kill $pid; wait $pid").arg("sh").args(line);
    let output = fs::File::create(log)?;
    server.stdin(Stdio::piped()).stdout(output.try_clone()?).stderr(output);
    let mut watchdog = server.spawn().context("the server could not be started")?;
    let began = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if began.elapsed() > Duration::from_secs(60) {
            drop(watchdog.stdin.take());
            bail!("the server does not listen; it said: {}", fs::read_to_string(log).unwrap_or_default());
        }
        #[expect(clippy::disallowed_methods, reason = "no runtime here to block")]
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(Server { address, watchdog, _folder: folder })
}
