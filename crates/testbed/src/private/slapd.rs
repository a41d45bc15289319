use std::{
    fmt::Write as _,
    fs,
    net::TcpStream,
    path::{Path, PathBuf},
    process::Command,
};

use base64::{Engine as _, prelude::BASE64_STANDARD as STANDARD};

use super::{
    Launch, Place, Program, StartError, StopBy, find_program,
    launch::{free_port, on_free_port, prepare},
};

/// The top of the tree that a [`Slapd`] has.
pub const SUFFIX: &str = "dc=lab,dc=org";

/// Who may change it, with this password.
pub const ADMIN: (&str, &str) = ("cn=admin,dc=lab,dc=org", "adminpw");

/// An entry: its name, and its attributes with their values.
#[derive(Debug, Clone)]
pub struct Entry {
    pub dn: String,
    pub attributes: Vec<(String, String)>,
}

/// An LDAP server of one test's own, OpenLDAP's, that can go away and come back.
#[derive(Debug)]
pub struct Slapd {
    place: Place,
    /// What its settings say beside the usual, for the whole server and for the database.
    further: [String; 2],
    port: u16,
    secure_port: u16,
}

impl Slapd {
    /// Starts one with these entries, [`SUFFIX`] among them, and with further lines of `slapd.conf` for the whole server
    /// and for its database.
    ///
    /// # Errors
    /// When it can't be started; the message says what to install.
    pub fn start(entries: &[Entry], further: [&str; 2]) -> Result<Self, StartError> {
        let mut slapd = Self {
            place: Place::new_for_again()?,
            further: further.map(str::to_owned),
            port: 0,
            secure_port: 0,
        };
        slapd.prepare(entries)?;
        slapd.launch()?;
        Ok(slapd)
    }

    /// Where it is asked in the clear, and by StartTLS: `ldap://127.0.0.1:PORT`.
    pub fn address(&self) -> String {
        format!("ldap://127.0.0.1:{}", self.port)
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Where it is asked in TLS: `ldaps://localhost:PORT`. Its certificate is for `localhost`.
    pub fn secure_address(&self) -> String {
        format!("ldaps://localhost:{}", self.secure_port)
    }

    /// The authority of its certificate.
    pub fn ca_file(&self) -> PathBuf {
        self.place.folder().join("slapd").join("ca.pem")
    }

    /// Ends it in the middle of whatever it does.
    ///
    /// # Errors
    /// When it can't be ended.
    pub fn stop(&mut self) -> Result<(), StartError> {
        self.place.end(StopBy::Kill)
    }

    /// Starts it again, with what it had.
    ///
    /// # Errors
    /// When it can't be started.
    pub fn start_again(&mut self) -> Result<(), StartError> {
        self.launch()
    }

    /// Holds it up: connections stay, and nothing is answered.
    ///
    /// # Errors
    /// When it can't be held up.
    pub fn freeze(&mut self) -> Result<(), StartError> {
        self.place.freeze()
    }

    /// Lets it go on.
    ///
    /// # Errors
    /// When it can't go on.
    pub fn thaw(&mut self) -> Result<(), StartError> {
        self.place.thaw()
    }

    fn folder(&self) -> PathBuf {
        self.place.folder().join("slapd")
    }

    fn prepare(&mut self, entries: &[Entry]) -> Result<(), StartError> {
        let (folder, _) = self.place.folder_for_server("slapd", "data.mdb")?;
        let write = |name: &str, text: &str| {
            let file = folder.join(name);
            fs::write(&file, text).map_err(StartError::io("write", &file))
        };
        let log = self.place.folder().join("prepare.log");
        for mut make in certificates(&folder, "DNS:localhost") {
            make.current_dir(&folder);
            self.place.run_as_server(&mut make);
            prepare(make, &log)?;
        }
        write("slapd.conf", &self.configuration())?;
        write("entries.ldif", &ldif(entries))?;
        let mut load = Command::new(find_program(Program::Slapadd)?);
        load.current_dir(&folder)
            .args(["-q", "-f", "slapd.conf", "-l", "entries.ldif"]);
        self.place.run_as_server(&mut load);
        prepare(load, &log)
    }

    fn launch(&mut self) -> Result<(), StartError> {
        let program = find_program(Program::Slapd)?;
        let folder = self.folder();
        let wished = Some(self.port).filter(|port| *port > 0);
        let secure_port = match self.secure_port {
            0 => free_port()?,
            port => port,
        };
        let place = &mut self.place;
        self.port = on_free_port(wished, |port| {
            let mut command = Command::new(&program);
            command.current_dir(&folder);
            command.args(["-f", "slapd.conf", "-d", "0", "-h"]);
            command.arg(format!(
                "ldap://127.0.0.1:{port} ldaps://127.0.0.1:{secure_port}"
            ));
            place.run_as_server(&mut command);
            let launch = Launch {
                command,
                stop: StopBy::Kill,
                log: folder.with_extension("log"),
            };
            launch.start(place, || TcpStream::connect(("127.0.0.1", port)).is_ok())
        })?;
        self.secure_port = secure_port;
        Ok(())
    }

    fn configuration(&self) -> String {
        let (admin, password) = ADMIN;
        let [of_server, of_database] = &self.further;
        let modules = [
            "/usr/lib/ldap",
            "/usr/lib64/openldap",
            "/usr/libexec/openldap",
        ];
        let modules = modules.iter().find(|path| fs::metadata(path).is_ok());
        let modules = modules.map_or_else(String::new, |path| {
            format!("modulepath {path}\nmoduleload back_mdb\nmoduleload syncprov\n")
        });
        let schemas = ["/etc/ldap/schema", "/etc/openldap/schema"];
        let schemas = schemas.iter().find(|path| fs::metadata(path).is_ok());
        let mut text = String::new();
        for schema in ["core", "cosine", "inetorgperson", "nis"] {
            let folder = schemas.unwrap_or(&"/etc/ldap/schema");
            // Writing to a text can't fail.
            let _ = writeln!(text, "include {folder}/{schema}.schema");
        }
        text + &format!(
            "{modules}TLSCACertificateFile ca.pem\nTLSCertificateFile server.pem\n\
             TLSCertificateKeyFile server.key\nsizelimit unlimited\n{of_server}\n\
             database mdb\nsuffix \"{SUFFIX}\"\nrootdn \"{admin}\"\nrootpw {password}\ndirectory .\n\
             maxsize 2147483648\nenvflags nosync writemap\nindex objectClass,uid,mail,o,entryUUID,entryCSN eq\n\
             index modifyTimestamp eq\nindex memberUid eq\noverlay syncprov\nsyncprov-sessionlog 1000\n\
             access to attrs=userPassword by anonymous auth by * none\naccess to * by * read\n{of_database}\n"
        )
    }
}

/// Commands that make an authority and a certificate by it for these names.
pub(super) fn certificates(folder: &Path, names: &str) -> [Command; 3] {
    let commands = [
        "req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=Kartoteka-test-CA -keyout ca.key -out ca.pem",
        "req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout server.key -out server.csr",
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -out server.pem -extfile names",
    ];
    // What can't be written is missed by the last of them.
    let _ = fs::write(folder.join("names"), format!("subjectAltName={names}\n"));
    commands.map(|arguments| {
        let mut command = Command::new("openssl");
        command.args(arguments.split(' '));
        command
    })
}

/// Entries as LDIF (RFC 2849), every value in base 64.
fn ldif(entries: &[Entry]) -> String {
    let mut text = String::new();
    for entry in entries {
        let _ = writeln!(text, "dn:: {}", STANDARD.encode(&entry.dn));
        for (attribute, value) in &entry.attributes {
            let _ = writeln!(text, "{attribute}:: {}", STANDARD.encode(value));
        }
        text.push('\n');
    }
    text
}

impl Entry {
    /// An entry of these object classes.
    pub fn new(dn: impl Into<String>, classes: &[&str], attributes: &[(&str, &str)]) -> Self {
        let classes = classes.iter().map(|class| ("objectClass", *class));
        let attributes = classes.chain(attributes.iter().copied());
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        Self {
            dn: dn.into(),
            attributes: attributes.map(owned).collect(),
        }
    }

    /// The top of the tree, and a place below it for people and one for groups.
    pub fn tree() -> Vec<Self> {
        let unit = |name: &str| {
            let dn = format!("ou={name},{SUFFIX}");
            Self::new(dn, &["organizationalUnit"], &[("ou", name)])
        };
        let top = [("o", "lab"), ("dc", "lab")];
        let top = Self::new(SUFFIX, &["organization", "dcObject"], &top);
        vec![top, unit("people"), unit("groups")]
    }

    /// A person below `ou=people` with these attributes, `uid`, `cn` and `sn` among them.
    pub fn person(login: &str, attributes: &[(&str, &str)]) -> Self {
        let dn = format!("uid={},ou=people,{SUFFIX}", escaped(login));
        let mut entry = Self::new(dn, &["inetOrgPerson"], &[("uid", login)]);
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        entry.attributes.extend(attributes.iter().map(owned));
        for needed in ["cn", "sn"] {
            let has = |(name, _): &(String, String)| name == needed;
            if !entry.attributes.iter().any(has) {
                entry.attributes.push((needed.to_owned(), login.to_owned()));
            }
        }
        entry
    }
}

/// A value within a name in the tree (RFC 4514).
fn escaped(value: &str) -> String {
    let mut escaped = String::new();
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => escaped.push(byte.into()),
            byte => {
                let _ = write!(escaped, "\\{byte:02x}");
            }
        }
    }
    escaped
}
