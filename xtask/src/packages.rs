use std::{
    env, fs,
    io::Write,
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};

/// A program, or a command that says whether something is there, and the Debian packages that bring it.
type Needed = (&'static str, &'static str);

/// What database servers on their own need.
pub const SERVERS: &[Needed] = &[
    ("initdb", "postgresql"),
    ("postgres", "postgresql"),
    ("mariadb-install-db", "mariadb-server"),
    ("mariadbd", "mariadb-server"),
];

/// What LDAP servers need, with certificates for them.
pub const LDAP: &[Needed] = &[("slapd", "slapd"), ("openssl", "openssl")];

/// What a controller of Active Directory needs.
pub const ACTIVE_DIRECTORY: &[Needed] = &[
    ("samba", SAMBA),
    ("samba-tool", SAMBA),
    ("test -e /usr/share/samba/setup/provision.ldif", SAMBA),
];
const SAMBA: &str = "samba samba-ad-dc samba-ad-provision samba-dsdb-modules winbind python3-samba";

/// What tests of replicated databases need besides.
pub const CLUSTER: &[Needed] = &[
    ("haproxy", "haproxy"),
    ("pgbouncer", "pgbouncer"),
    ("rsync", "rsync"),
    ("lsof", "lsof"),
    ("test -e /usr/lib/galera/libgalera_smm.so", "galera-4"),
];

/// What tests of pages need besides.
pub const BROWSER: &[Needed] = &[
    ("chromium", "chromium"),
    ("chromedriver", "chromium-driver"),
    ("node", "nodejs"),
    ("npm", "npm"),
];

/// What says whether the unit for systemd is sound; elsewhere there is neither.
pub const SYSTEMD: &[Needed] = if cfg!(target_os = "linux") {
    &[("systemd-analyze", "systemd")]
} else {
    &[]
};

/// What schemathesis runs in: `ensurepip` makes its folder, and comes in a package of its own.
pub const PYTHON: &[Needed] = &[
    ("python3", "python3"),
    ("python3 -m ensurepip --version", "python3-venv"),
];

/// Debian asks this program before it starts a service that was just installed.
const POLICY: &str = "/usr/sbin/policy-rc.d";

/// Installs the packages of those programs that are missing.
///
/// # Errors
/// When some are missing and we aren't root on Debian: names them. When installing fails.
pub fn install_missing(needed: &[&[Needed]]) -> Result<()> {
    let missing = missing(needed);
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if !is_root() || !Path::new("/usr/bin/apt-get").is_file() {
        bail!("tests need more programs; on Debian: sudo apt-get install {list}");
    }
    eprintln!("installing {list}");
    let _policy = NoServices::forbid()?;
    apt_get(&["update", "-qq"])?;
    let mut install = vec!["install", "-y", "-qq", "--no-install-recommends"];
    install.extend(&missing);
    apt_get(&install)?;
    let still = self::missing(needed);
    ensure!(
        still.is_empty(),
        "installed, but programs are still missing of {}",
        still.join(" ")
    );
    Ok(())
}

fn missing(needed: &[&[Needed]]) -> Vec<&'static str> {
    let folders = folders();
    let mut packages: Vec<&str> = needed
        .iter()
        .copied()
        .flatten()
        .filter(|(program, _)| match program.split_once(' ') {
            Some((program, arguments)) => !succeeds(program, arguments),
            None => !folders.iter().any(|folder| folder.join(program).is_file()),
        })
        .flat_map(|(_, packages)| packages.split(' '))
        .collect();
    packages.dedup();
    packages
}

fn succeeds(program: &str, arguments: &str) -> bool {
    let mut command = Command::new(program);
    command
        .args(arguments.split(' '))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// The `PATH`, and where Debian puts servers, which often is not on it.
fn folders() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let versions = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    env::split_paths(&path)
        .chain(["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from))
        .chain(versions.map(|version| version.path().join("bin")))
        .collect()
}

/// Whether we may install: `/proc/self` belongs to the user we run as.
fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

fn apt_get(arguments: &[&str]) -> Result<()> {
    let status = Command::new("apt-get")
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        // What it tells isn't our output.
        .stdout(std::io::stderr())
        .status()
        .context("can't run apt-get")?;
    ensure!(status.success(), "apt-get {} failed", arguments.join(" "));
    Ok(())
}

/// Keeps services from being started while packages are installed: tests start their own, private ones.
struct NoServices {
    ours: bool,
}

impl NoServices {
    /// Writes the policy, unless the machine has one of its own.
    fn forbid() -> Result<Self> {
        let file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o755)
            .open(POLICY);
        match file {
            Ok(mut file) => {
                let policy = Self { ours: true };
                file.write_all(b"#!/bin/sh\nexit 101\n").context(POLICY)?;
                Ok(policy)
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                Ok(Self { ours: false })
            }
            Err(error) => Err(error).context(POLICY),
        }
    }
}

impl Drop for NoServices {
    fn drop(&mut self) {
        if self.ours {
            let _ = fs::remove_file(POLICY);
        }
    }
}
