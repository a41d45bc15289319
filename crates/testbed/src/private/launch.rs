use std::{
    fs::{self, File},
    io,
    net::TcpListener,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::{Place, StartError, StopBy};

/// How long a server may take until it answers; generous, as the machine may be busy with compiling.
const START_TIMEOUT: Duration = Duration::from_secs(120);

/// A server about to be started.
#[derive(Debug)]
pub struct Launch {
    pub command: Command,
    pub stop: StopBy,
    /// What it writes goes here.
    pub log: PathBuf,
}

impl Launch {
    /// Starts the server and waits until `ready`; from then on it belongs to the place.
    ///
    /// Fails when the server ends before, or isn't ready after two minutes.
    pub fn start(mut self, place: &mut Place, ready: impl Fn() -> bool) -> Result<(), StartError> {
        let program = name(&self.command);
        send_output_to(&mut self.command, &self.log)?;
        let mut server = self
            .command
            .process_group(0)
            .spawn()
            .map_err(StartError::io("start", &program))?;
        let started = Instant::now();
        let failure = loop {
            if ready() {
                return place.keep(server, self.stop);
            }
            match server.try_wait() {
                Ok(Some(status)) => break format!("ended before it answered ({status})"),
                Ok(None) if started.elapsed() > START_TIMEOUT => {
                    place.keep(server, self.stop)?;
                    break format!("didn't answer within {} s", START_TIMEOUT.as_secs());
                }
                Ok(None) => pause(Duration::from_millis(30)),
                Err(cause) => return Err(StartError::io("wait for", program)(cause)),
            }
        };
        Err(StartError::Failed {
            program,
            reason: failure,
            log: last_lines(&self.log),
        })
    }
}

/// Runs a command that prepares a server, to its end.
pub(super) fn prepare(mut command: Command, log: &Path) -> Result<(), StartError> {
    let program = name(&command);
    send_output_to(&mut command, log)?;
    let status: ExitStatus = command
        .status()
        .map_err(StartError::io("start", &program))?;
    if status.success() {
        return Ok(());
    }
    Err(StartError::Failed {
        program,
        reason: format!("failed ({status})"),
        log: last_lines(log),
    })
}

/// A port of the loopback address that nobody listens on. Another process may take it before the server does, so
/// whoever starts one tries again with another.
pub fn free_port() -> Result<u16, StartError> {
    let port =
        || -> io::Result<u16> { Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port()) };
    port().map_err(StartError::io("find", "a free port"))
}

/// Calls `start` with free ports until the server runs on one, three times at most. The first is the one wished for,
/// unless somebody else listens on it.
pub(super) fn on_free_port(
    wished: Option<u16>,
    mut start: impl FnMut(u16) -> Result<(), StartError>,
) -> Result<u16, StartError> {
    let mut wished = wished.filter(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok());
    let mut tries = 3;
    loop {
        let port = wished.take().map_or_else(free_port, Ok)?;
        tries -= 1;
        match start(port) {
            Ok(()) => return Ok(port),
            Err(StartError::Failed { .. }) if tries > 0 => {}
            Err(error) => return Err(error),
        }
    }
}

fn send_output_to(command: &mut Command, log: &Path) -> Result<(), StartError> {
    let file = File::create(log).map_err(StartError::io("write", log))?;
    let copy = file.try_clone().map_err(StartError::io("write", log))?;
    command.stdin(Stdio::null()).stdout(file).stderr(copy);
    Ok(())
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

fn last_lines(log: &Path) -> String {
    let text = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

#[expect(
    clippy::disallowed_methods,
    reason = "starting a server blocks; there is no runtime in xtask"
)]
pub(super) fn pause(time: Duration) {
    thread::sleep(time);
}
