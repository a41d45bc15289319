//! What every request shares: the directory and how it is served.

use std::sync::Arc;

use ipnet::IpNet;
use jiff::tz::TimeZone;
use kartoteka_directory::{Clock, Directory, Kind, SystemClock};

/// Renders the metrics in Prometheus' text format.
pub type RenderMetrics = Arc<dyn Fn() -> String + Send + Sync>;

/// When cookies are marked `Secure`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SecureCookies {
    /// When the request came by https, as a trusted proxy says.
    #[default]
    Auto,
    Always,
    Never,
}

/// How the directory is served.
#[derive(Clone)]
pub struct WebOptions {
    /// The path in front of every address: empty or `/kartoteka`, without a final slash.
    pub base_path: String,
    /// Proxies whose `X-Forwarded-*` headers are believed.
    pub trusted_proxies: Vec<IpNet>,
    pub secure_cookies: SecureCookies,
    /// Host names that may be asked for; one without a port stands for any port. Empty: any.
    pub hosts: Vec<String>,
    /// Renders `/metrics`; without it there is none.
    pub metrics: Option<RenderMetrics>,
    pub clock: Arc<dyn Clock>,
    /// The zone in which times are shown.
    pub time_zone: TimeZone,
}

impl Default for WebOptions {
    fn default() -> Self {
        Self {
            base_path: String::new(),
            trusted_proxies: Vec::new(),
            secure_cookies: SecureCookies::Auto,
            hosts: Vec::new(),
            metrics: None,
            clock: Arc::new(SystemClock),
            time_zone: TimeZone::system(),
        }
    }
}

/// The directory with its options: axum's state. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    pub directory: Directory,
    options: Arc<WebOptions>,
}

impl Site {
    /// Joins a directory with the way it is served.
    pub fn new(directory: Directory, mut options: WebOptions) -> Self {
        let base = options.base_path.trim_matches('/').to_owned();
        options.base_path = if base.is_empty() {
            base
        } else {
            format!("/{base}")
        };
        Self {
            directory,
            options: Arc::new(options),
        }
    }

    /// Another directory, served the same way.
    pub(crate) fn over(&self, directory: Directory) -> Self {
        Self {
            directory,
            options: Arc::clone(&self.options),
        }
    }

    /// How the directory is served.
    pub fn options(&self) -> &WebOptions {
        &self.options
    }

    /// An address with the base path in front.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.options.base_path)
    }

    /// Now, in seconds since 1970.
    pub fn now(&self) -> i64 {
        self.options.clock.now()
    }

    /// The configured label of a field by its name, in whichever source has it first.
    pub fn field_label(&self, name: &str) -> Option<String> {
        let kinds = [Kind::CustomerUser, Kind::Customer, Kind::Service];
        kinds
            .into_iter()
            .find_map(|kind| self.directory.field_label(kind, name))
    }
}
