use std::{
    env, fs,
    hash::{BuildHasher, Hasher, RandomState},
    io::{self, Write},
    os::unix::{
        fs::{DirBuilderExt, PermissionsExt},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    time::{Duration, Instant},
};

use super::{StartError, launch::pause, owner::Owner};

/// Stops what was told to it and removes the folder, unless it is to be kept, as soon as its input ends. That happens
/// when we say so, and also when we are killed, so nothing is left over in any case.
const WATCHDOG: &str = r#"
trap '' INT TERM HUP
pids=
while read -r signal pid; do
    pids="$pids $pid"
    eval "signal_of_$pid=$signal"
done
for pid in $pids; do
    eval "signal=\$signal_of_$pid"
    [ "$signal" = GONE ] || kill -s "$signal" "$pid"
done
for pid in $pids; do
    eval "signal=\$signal_of_$pid"
    [ "$signal" = GONE ] && continue
    tries=$2
    while kill -s 0 "$pid" && [ $tries -gt 0 ]; do
        sleep 0.1
        tries=$((tries - 1))
    done
    [ $tries -gt 0 ] || kill -s KILL "$pid"
done
[ "$3" = keep ] || rm -rf -- "$1"
"#;

/// How long it is waited for that a server stands still.
const STANDS_WITHIN: Duration = Duration::from_secs(5);

/// How a server is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopBy {
    /// SIGKILL: for what keeps nothing outside the folder.
    Kill,
    /// SIGQUIT: PostgreSQL's immediate shutdown, which also ends its children.
    Quit,
    /// SIGINT: PostgreSQL's fast shutdown, which leaves nothing to recover.
    Interrupt,
    /// SIGTERM: MariaDB's orderly shutdown.
    Terminate,
}

impl StopBy {
    const fn signal(self) -> &'static str {
        match self {
            Self::Kill => "KILL",
            Self::Quit => "QUIT",
            Self::Interrupt => "INT",
            Self::Terminate => "TERM",
        }
    }
}

/// A folder for private servers, and the process that clears it away.
#[derive(Debug)]
pub struct Place {
    folder: PathBuf,
    kept: bool,
    /// Servers are ended and started again with what they keep, though the folder goes in the end.
    again: bool,
    owner: Owner,
    orders: Option<ChildStdin>,
    watchdog: Child,
    servers: Vec<Child>,
}

impl Place {
    /// Makes an empty folder below the system's folder for temporary files.
    pub fn new() -> Result<Self, StartError> {
        let folder = parent().join(format!(
            "kartoteka-{}-{}",
            std::process::id(),
            random_name()
        ));
        fs::DirBuilder::new()
            .mode(0o711)
            .create(&folder)
            .map_err(StartError::io("make", &folder))?;
        Self::watched(folder, false)
    }

    /// A place in a folder that stays, with what its servers keep in it. The folder has to be one that the servers'
    /// account can reach.
    pub fn kept(folder: &Path) -> Result<Self, StartError> {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o711)
            .create(folder)
            .map_err(StartError::io("make", folder))?;
        let whole = folder
            .canonicalize()
            .map_err(StartError::io("find", folder))?;
        Self::watched(whole, true)
    }

    /// An empty folder whose servers can be ended and started again.
    pub(super) fn new_for_again() -> Result<Self, StartError> {
        let mut place = Self::new()?;
        place.again = true;
        Ok(place)
    }

    fn watched(folder: PathBuf, kept: bool) -> Result<Self, StartError> {
        let owner = Owner::of_servers_in(&folder)?;
        // Tenths of a second until a server is killed: one whose data stay may have much to write.
        let (patience, end) = if kept {
            ("600", "keep")
        } else {
            ("50", "remove")
        };
        let mut watchdog = Command::new("sh")
            .args(["-c", WATCHDOG, "kartoteka-watchdog"])
            .arg(&folder)
            .args([patience, end])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .current_dir("/")
            .process_group(0)
            .spawn()
            .map_err(StartError::io("start", "sh"))?;
        let orders = watchdog.stdin.take();
        Ok(Self {
            folder,
            kept,
            again: false,
            owner,
            orders,
            watchdog,
            servers: Vec::new(),
        })
    }

    /// The folder: gone when the place is dropped, or the process ends.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether the folder stays when the place is dropped.
    pub(super) fn is_kept(&self) -> bool {
        self.kept
    }

    /// The port that a server of this name had when the place was last in use. Addresses that name it stay true.
    pub(super) fn former_port(&self, server: &str) -> Option<u16> {
        let text = fs::read_to_string(self.port_file(server)).ok()?;
        text.trim().parse().ok()
    }

    /// Remembers a server's port, if it may be started again.
    pub(super) fn remember_port(&self, server: &str, port: u16) -> Result<(), StartError> {
        if !self.kept && !self.again {
            return Ok(());
        }
        let file = self.port_file(server);
        fs::write(&file, port.to_string()).map_err(StartError::io("write", &file))
    }

    fn port_file(&self, server: &str) -> PathBuf {
        self.folder.join(server).with_extension("port")
    }

    /// A folder within, which belongs to the account that servers run under and is closed to others. It is new, unless
    /// its server may be started again and `mark` is in it already: then its server has been prepared.
    pub(super) fn folder_for_server(
        &self,
        name: &str,
        mark: &str,
    ) -> Result<(PathBuf, bool), StartError> {
        let folder = self.folder.join(name);
        if (self.kept || self.again) && folder.join(mark).exists() {
            return Ok((folder, true));
        }
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(StartError::io("remove", &folder))?;
        }
        fs::create_dir(&folder).map_err(StartError::io("make", &folder))?;
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700))
            .map_err(StartError::io("close", &folder))?;
        self.owner.take(&folder)?;
        Ok((folder, false))
    }

    /// Lets the command run under the servers' account.
    pub(super) fn run_as_server(&self, command: &mut Command) {
        self.owner.run(command);
    }

    /// Takes over a running server: it is stopped with the place.
    pub(super) fn keep(&mut self, server: Child, stop: StopBy) -> Result<(), StartError> {
        let order = format!("{} {}\n", stop.signal(), server.id());
        self.servers.push(server);
        self.order(&order)
    }

    fn order(&mut self, order: &str) -> Result<(), StartError> {
        let sent = match &mut self.orders {
            Some(orders) => orders.write_all(order.as_bytes()),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        };
        sent.map_err(StartError::io("give orders to", "sh"))
    }

    /// Stops the server that was started last, with the processes that it has, and waits until all of it stands still:
    /// a signal is on its way for a moment, in which one could still answer.
    pub(super) fn freeze(&mut self) -> Result<(), StartError> {
        let ids = self.processes()?;
        send("STOP", &ids)?;
        let began = Instant::now();
        while began.elapsed() < STANDS_WITHIN && !ids.iter().all(|id| stands_still(id)) {
            pause(Duration::from_millis(1));
        }
        Ok(())
    }

    /// Lets it go on.
    pub(super) fn thaw(&mut self) -> Result<(), StartError> {
        send("CONT", &self.processes()?)
    }

    /// The server that was started last, and the processes that it has.
    fn processes(&self) -> Result<Vec<String>, StartError> {
        let Some(server) = self.servers.last() else {
            return Ok(vec![]);
        };
        let id = server.id();
        let file = format!("/proc/{id}/task/{id}/children");
        let text = fs::read_to_string(&file).map_err(StartError::io("read", file))?;
        let children = text.split_whitespace().map(str::to_owned);
        Ok([id.to_string()].into_iter().chain(children).collect())
    }

    /// Ends the server that was started last, as if the power had gone; its data stays.
    pub(super) fn end(&mut self, stop: StopBy) -> Result<(), StartError> {
        let Some(mut server) = self.servers.pop() else {
            return Ok(());
        };
        let id = server.id();
        send(stop.signal(), &[id.to_string()])?;
        server
            .wait()
            .map_err(StartError::io("wait for", "the server"))?;
        // Its number may be somebody else's by the end.
        self.order(&format!("GONE {id}\n"))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        drop(self.orders.take());
        for server in &mut self.servers {
            // One that is gone already is what is wanted.
            let _ = server.wait();
        }
        let _ = self.watchdog.wait();
    }
}

fn send(signal: &str, ids: &[String]) -> Result<(), StartError> {
    let sent = Command::new("kill").args(["-s", signal]).args(ids).status();
    sent.map(|_| ()).map_err(StartError::io("start", "kill"))
}

/// Whether all threads of a process are stopped, or it is gone.
fn stands_still(id: &str) -> bool {
    let Ok(threads) = fs::read_dir(format!("/proc/{id}/task")) else {
        return true;
    };
    threads.flatten().all(|thread| {
        let stat = fs::read_to_string(thread.path().join("stat")).unwrap_or_default();
        // The state follows the name, which may have parentheses itself.
        stat.rsplit_once(") ")
            .is_none_or(|(_, state)| state.starts_with('T'))
    })
}

/// The folder for temporary files. `/tmp` for root, whose own may be closed to the servers' account.
fn parent() -> PathBuf {
    let parent = env::temp_dir();
    let open =
        fs::metadata(&parent).is_ok_and(|metadata| metadata.permissions().mode() & 0o001 != 0);
    if open { parent } else { PathBuf::from("/tmp") }
}

/// Sixteen characters that nobody has used.
pub fn random_name() -> String {
    format!("{:016x}", RandomState::new().build_hasher().finish())
}
