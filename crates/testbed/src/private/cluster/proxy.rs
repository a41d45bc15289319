use std::{fs, net::TcpStream, os::unix::fs::PermissionsExt, path::PathBuf, process::Command};

use crate::private::{
    Launch, Place, Program, StartError, StopBy, find_program, launch::on_free_port,
};

/// A program between Kartoteka and database servers; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct Proxy {
    _place: Place,
    pub port: u16,
}

/// A proxy about to be started, with a folder for what it reads.
pub(super) struct Prepared {
    place: Place,
    program: PathBuf,
    name: &'static str,
    pub folder: PathBuf,
}

impl Prepared {
    pub fn new(program: Program) -> Result<Self, StartError> {
        let place = Place::new()?;
        let name = program.name();
        let program = find_program(program)?;
        let (folder, _) = place.folder_for_server(name, "settings")?;
        // The servers' account, under which it runs, has to reach what we write there.
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755))
            .map_err(StartError::io("open", &folder))?;
        Ok(Self {
            place,
            program,
            name,
            folder,
        })
    }

    /// Starts it on a free port, with these arguments before the name of a file with the settings for that port.
    pub fn start(
        mut self,
        arguments: &[&str],
        settings: impl Fn(u16) -> String,
    ) -> Result<Proxy, StartError> {
        let log = self.place.folder().join(self.name).with_extension("log");
        let file = self.folder.join("settings");
        let port = on_free_port(None, |port| {
            fs::write(&file, settings(port)).map_err(StartError::io("write", &file))?;
            let mut command = Command::new(&self.program);
            command.args(arguments).arg(&file).current_dir(&self.folder);
            self.place.run_as_server(&mut command);
            let launch = Launch {
                command,
                stop: StopBy::Kill,
                log: log.clone(),
            };
            launch.start(&mut self.place, || {
                TcpStream::connect(("127.0.0.1", port)).is_ok()
            })
        })?;
        Ok(Proxy {
            _place: self.place,
            port,
        })
    }
}
