//! The settings of Kartoteka: `kartoteka.toml` and the environment, read into typed values.
//!
//! [`read`] gives an [`Outcome`]: the [`Settings`], unless there is an error, and every mistake as a
//! [`Diagnostic`] with file, line, column and what to write instead. Defaults of sources stand in
//! `kartoteka_model::source`; defaults of the other sections in the `Default` of each.

mod checks;
mod column;
mod database;
mod definition;
mod diagnostic;
mod document;
mod environment;
mod findings;
mod groups;
mod jobs;
mod key;
mod lists;
mod log;
mod login_limits;
mod mistake;
mod otobo;
mod passwords;
mod places;
mod read;
mod reference;
mod schema;
mod secrets;
mod section;
mod server;
mod sessions;
mod set_in;
mod source;
mod written;

use std::path::PathBuf;

use kartoteka_model::source::{CustomerSource, CustomerUserSource};

pub use checks::Checks;
pub use column::is_plain_identifier;
pub use database::{Database, embedded_file};
pub use definition::{Document, FOLDER, WrittenDefinition, kind_of_source, source_ids};
pub use diagnostic::{Diagnostic, Severity};
pub use groups::Groups;
pub use jobs::Jobs;
pub use kartoteka_model::nearest;
pub use lists::Lists;
pub use log::{Log, LogFormat};
pub use login_limits::LoginLimits;
pub use mistake::Mistake;
pub use otobo::{Layer, Modified, TABLE as OTOBO_SETTINGS, names as otobo_settings};
pub use passwords::{Passwords, WriteFormat};
pub use places::{Place, Places};
pub use read::{LARGEST_FILE, Outcome, read, read_over, read_text, read_text_over};
pub use reference::{example, reference};
pub use schema::json_schema;
pub use secrets::Secrets;
pub use server::Server;
pub use sessions::Sessions;
pub use set_in::SetIn;
pub use source::dsn;
pub use written::{WrittenField, WrittenFields, WrittenSource, place_fields};

/// Everything that can be configured. Sections that count from the next start only are those that the directory's
/// `reload` leaves out: data directory, server, database, log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where Kartoteka keeps its own files.
    pub data_dir: PathBuf,
    pub server: Server,
    pub database: Database,
    pub log: Log,
    pub sessions: Sessions,
    pub login_limits: LoginLimits,
    pub passwords: Passwords,
    pub checks: Checks,
    pub lists: Lists,
    pub groups: Groups,
    pub jobs: Jobs,
    pub secrets: Secrets,
    /// Sources of customer users, in order: `CustomerUser`, `CustomerUser1` … `CustomerUser10`.
    pub customer_users: Vec<CustomerUserSource>,
    /// Sources of customers, in order: `CustomerCompany`, `CustomerCompany1` … `CustomerCompany10`.
    pub customers: Vec<CustomerSource>,
    /// Where in the file things are named, for checks that need the database.
    pub places: Places,
}

impl Default for Settings {
    fn default() -> Self {
        let data_dir = PathBuf::from(read::DATA_DIR);
        Self {
            server: Server::default(),
            database: Database::in_dir(&data_dir),
            log: Log::default(),
            sessions: Sessions::default(),
            login_limits: LoginLimits::default(),
            passwords: Passwords::default(),
            checks: Checks::default(),
            lists: Lists::default(),
            groups: Groups::default(),
            jobs: Jobs::default(),
            secrets: Secrets::default(),
            customer_users: vec![CustomerUserSource::preset()],
            customers: vec![CustomerSource::preset()],
            places: Places::default(),
            data_dir,
        }
    }
}
