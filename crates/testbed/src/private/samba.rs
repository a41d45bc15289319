use std::{
    fs,
    net::{Ipv4Addr, TcpListener, TcpStream},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    Launch, Place, Program, StartError, StopBy, find_program, launch::prepare, random_name,
    slapd::certificates,
};

/// Who may change it, with this password.
pub const ADMINISTRATOR: (&str, &str) = ("Administrator@kt.test", "Passw0rd-kt!");

/// The top of its tree.
pub const DOMAIN: &str = "DC=kt,DC=test";

/// A controller of Active Directory of one test's own, Samba's. Its ports can't be chosen, so it has an address of its own
/// in the loopback net, and needs root.
#[derive(Debug)]
pub struct ActiveDirectory {
    place: Place,
    address: Ipv4Addr,
}

impl ActiveDirectory {
    /// Starts one with nobody in it but those who always are.
    ///
    /// # Errors
    /// When it can't be started; the message says what to install, and that it has to be root.
    pub fn start() -> Result<Self, StartError> {
        let program = find_program(Program::Samba)?;
        find_program(Program::SambaTool)?;
        if !fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0) {
            return Err(StartError::NotRoot);
        }
        let mut place = Place::new()?;
        let address = free_address()?;
        let folder = place.folder().join("samba");
        fs::create_dir(&folder).map_err(StartError::io("make", &folder))?;
        provision(&folder, address, &place.folder().join("provision.log"))?;
        let names = format!("DNS:localhost,IP:{address}");
        for mut make in certificates(&folder, &names) {
            make.current_dir(&folder);
            prepare(make, &place.folder().join("certificates.log"))?;
        }
        // Samba refuses a key that others may read.
        let key = folder.join("server.key");
        fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o600))
            .map_err(StartError::io("close", &key))?;
        let mut command = Command::new(&program);
        command.args(["-i", "-M", "single"]);
        command.arg(format!(
            "--configfile={}",
            folder.join("etc/smb.conf").display()
        ));
        let tls =
            |name: &str, file: &str| format!("--option=tls {name}={}", folder.join(file).display());
        command.args([
            "--option=server services=ldap".to_owned(),
            format!("--option=interfaces={address}/8"),
            tls("certfile", "server.pem"),
            tls("keyfile", "server.key"),
            tls("cafile", "ca.pem"),
        ]);
        let launch = Launch {
            command,
            stop: StopBy::Kill,
            log: place.folder().join("samba.log"),
        };
        launch.start(&mut place, || TcpStream::connect((address, 636)).is_ok())?;
        Ok(Self { place, address })
    }

    /// Where it is asked in the clear, and by StartTLS.
    pub fn address(&self) -> String {
        format!("ldap://{}", self.address)
    }

    /// Where it is asked in TLS.
    pub fn secure_address(&self) -> String {
        format!("ldaps://{}", self.address)
    }

    /// The authority of its certificate.
    pub fn ca_file(&self) -> PathBuf {
        self.place.folder().join("samba").join("ca.pem")
    }
}

fn provision(folder: &Path, address: Ipv4Addr, log: &Path) -> Result<(), StartError> {
    let mut command = Command::new(find_program(Program::SambaTool)?);
    command.args(["domain", "provision", "--server-role=dc", "--use-rfc2307"]);
    command.args([
        "--realm=KT.TEST",
        "--domain=KT",
        "--dns-backend=NONE",
        "--host-name=dc1",
    ]);
    let file = folder.join("private/eadb.tdb");
    command.args([
        format!("--adminpass={}", ADMINISTRATOR.1),
        format!("--targetdir={}", folder.display()),
        format!("--host-ip={address}"),
        format!("--option=interfaces={address}/8"),
        format!("--option=posix:eadb={}", file.display()),
        "--option=bind interfaces only=yes".to_owned(),
        "--option=vfs objects=dfs_samba4 acl_xattr xattr_tdb".to_owned(),
    ]);
    prepare(command, log)
}

/// An address of the loopback net at which nobody listens for LDAP.
fn free_address() -> Result<Ipv4Addr, StartError> {
    let mut failed = None;
    for _ in 0..16 {
        let number = u32::from_str_radix(&random_name()[..4], 16).unwrap_or(0x4d);
        let [_, _, third, fourth] = number.to_be_bytes();
        let address = Ipv4Addr::new(127, 77, third, fourth.clamp(1, 254));
        match TcpListener::bind((address, 389)) {
            Ok(_) => return Ok(address),
            Err(cause) => failed = Some(cause),
        }
    }
    let cause = failed.unwrap_or_else(|| std::io::ErrorKind::AddrInUse.into());
    Err(StartError::io("find", "a free address")(cause))
}
