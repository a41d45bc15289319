//! Connections: which server, how it is made safe, who asks, and how long an answer may take.

use std::sync::Arc;
use std::time::{Duration, Instant};

use kartoteka_boxed::boxed;
use kartoteka_model::ldap::{Bind, LdapTree};
use ldap3::{Ldap, LdapConnAsync, LdapConnSettings};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use secrecy::ExposeSecret;
use tokio::sync::Mutex;

use super::content_sync::{self, Answer};
use super::error::LdapFailure;
use super::guard;
use super::question::{Found, Query, ask, chain, told};

/// The servers of a tree, and one connection that all look-ups share.
#[derive(Debug)]
pub(super) struct Servers {
    tree: Arc<LdapTree>,
    tls: Arc<ClientConfig>,
    shared: Mutex<Shared>,
    /// When a server last said that the password is wrong, and how.
    refused: std::sync::Mutex<Option<(Instant, String)>>,
}

/// The longest that somebody waits for a look-up, whatever may be waited for a page of everybody: requests have an end, too.
const LOOK_UP: Duration = Duration::from_secs(10);

/// After so long a password that was wrong is tried again. Directories lock accounts after a few of these.
const REFUSED: Duration = Duration::from_secs(60);

#[derive(Default)]
struct Shared {
    ldap: Option<Ldap>,
    /// When it was last tried in vain, and why: those who waited for it meanwhile need not try as well.
    failed: Option<(Instant, String)>,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let connected = self.ldap.is_some();
        f.debug_struct("Shared")
            .field("connected", &connected)
            .finish_non_exhaustive()
    }
}

impl Servers {
    pub fn new(tree: LdapTree) -> Result<Self, LdapFailure> {
        Ok(Self {
            tls: tls(&tree)?,
            tree: Arc::new(tree),
            shared: Mutex::default(),
            refused: std::sync::Mutex::default(),
        })
    }

    /// How long a page of a reading may take.
    fn timeout(&self) -> Duration {
        Duration::from_secs(self.tree.timeout.max(1).into())
    }

    /// How long a look-up may take.
    pub fn look_up(&self) -> Duration {
        self.timeout().min(LOOK_UP)
    }

    /// A search over the connection that all share, which is made anew once if it broke.
    #[boxed]
    pub async fn search(&self, query: &Query<'_>) -> Result<Found, LdapFailure> {
        let (ldap, is_new) = self.shared().await?;
        match self.ask(&ldap, query, None).await {
            Err(error) if error.is_of_connection() => {
                self.forget().await;
                if is_new || matches!(error, LdapFailure::Slow(_)) {
                    return Err(error);
                }
                let (ldap, _) = self.shared().await?;
                let again = self.ask(&ldap, query, None).await;
                if again.as_ref().is_err_and(LdapFailure::is_of_connection) {
                    self.forget().await;
                }
                again
            }
            answered => answered,
        }
    }

    /// Forgets the connection: the next search makes another.
    #[boxed]
    pub async fn forget(&self) {
        self.shared.lock().await.ldap = None;
    }

    /// The connection that all share.
    #[boxed]
    pub async fn connection(&self) -> Result<Ldap, LdapFailure> {
        Ok(self.shared().await?.0)
    }

    async fn shared(&self) -> Result<(Ldap, bool), LdapFailure> {
        let asked = Instant::now();
        let mut shared = self.shared.lock().await;
        if let Some(ldap) = &mut shared.ldap
            && !ldap.is_closed()
        {
            return Ok((ldap.clone(), false));
        }
        if let Some((at, cause)) = &shared.failed
            && *at >= asked
        {
            return Err(LdapFailure::NoServer(cause.clone()));
        }
        match self.connect().await {
            Ok(ldap) => {
                shared.ldap = Some(ldap.clone());
                shared.failed = None;
                Ok((ldap, true))
            }
            Err(error) => {
                shared.failed = Some((Instant::now(), error.to_string()));
                Err(error)
            }
        }
    }

    /// Connects to the first server that answers. What one refuses, the next is asked for: they may not be alike yet.
    #[boxed]
    pub async fn connect(&self) -> Result<Ldap, LdapFailure> {
        if let Some(cause) = self.refused() {
            return Err(LdapFailure::NoServer(cause));
        }
        let connected = self.connect_as(&self.tree).await;
        if let Err(failed @ LdapFailure::WrongPassword { .. }) = &connected {
            *self.lock_refused() = Some((Instant::now(), failed.to_string()));
        }
        connected
    }

    /// Whether a server lets somebody in by this password.
    #[boxed]
    pub async fn lets_in(&self, who: Bind) -> Result<bool, LdapFailure> {
        let tree = LdapTree {
            bind: Some(who),
            ..(*self.tree).clone()
        };
        match self.connect_as(&Arc::new(tree)).await {
            Ok(_) => Ok(true),
            Err(LdapFailure::WrongPassword { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Connects as a tree says to the first server that answers.
    async fn connect_as(&self, tree: &Arc<LdapTree>) -> Result<Ldap, LdapFailure> {
        let hosts = &tree.hosts;
        let each = self.look_up() / u32::try_from(hosts.len()).unwrap_or(1).max(1);
        let each = each.max(Duration::from_secs(1));
        let mut failed = LdapFailure::NoHost;
        for host in hosts {
            let (tree, tls) = (Arc::clone(tree), Arc::clone(&self.tls));
            let connecting = tokio::time::timeout(each, connect_to(tree, tls, host.clone()));
            let cannot = |cause: String| LdapFailure::Connect {
                host: host.clone(),
                cause,
            };
            // In a task of its own: the library takes for granted that servers send what they should.
            failed = match tokio::spawn(connecting).await {
                Ok(Ok(Ok(ldap))) => return Ok(ldap),
                Ok(Ok(Err(error))) => error,
                Ok(Err(_)) => cannot(format!("no answer within {} s", each.as_secs())),
                Err(_) => cannot("what it answered can't be read".to_owned()),
            };
            if let LdapFailure::WrongPassword { .. } = &failed {
                break;
            }
            if hosts.len() > 1 {
                tracing::debug!(
                    host,
                    error = &failed as &dyn std::error::Error,
                    "an LDAP server is passed over"
                );
            }
        }
        Err(failed)
    }

    fn lock_refused(&self) -> std::sync::MutexGuard<'_, Option<(Instant, String)>> {
        let refused = self.refused.lock();
        refused.unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// What was said of the password, if that was a short while ago.
    fn refused(&self) -> Option<String> {
        let refused = self.lock_refused();
        let (at, cause) = refused.as_ref()?;
        (at.elapsed() < REFUSED).then(|| cause.clone())
    }

    /// Asks over the connection that all share what changed since `contextCSN` was this.
    #[boxed]
    pub async fn synced(&self, query: &Query<'_>, since: &str) -> Result<Answer, LdapFailure> {
        let limit = self.look_up();
        let ldap = self.connection().await?;
        let asking = content_sync::ask(ldap, query, since);
        let answered = tokio::time::timeout(limit, asking).await;
        let answered = answered.map_err(|_| LdapFailure::Slow(limit))?;
        if answered.as_ref().is_err_and(LdapFailure::is_of_connection) {
            self.forget().await;
        }
        answered
    }

    /// Asks over a connection; with a cookie for the page that begins there.
    #[boxed]
    pub async fn ask(
        &self,
        ldap: &Ldap,
        query: &Query<'_>,
        page: Option<&[u8]>,
    ) -> Result<Found, LdapFailure> {
        let limit = match page {
            Some(_) => self.timeout(),
            None => self.look_up(),
        };
        let asking = ask(ldap.clone(), query, page);
        let answered = tokio::time::timeout(limit, asking).await;
        answered.map_err(|_| LdapFailure::Slow(limit))?
    }
}

async fn connect_to(
    tree: Arc<LdapTree>,
    tls: Arc<ClientConfig>,
    host: String,
) -> Result<Ldap, LdapFailure> {
    let cannot = |error: &dyn std::error::Error| LdapFailure::Connect {
        host: host.clone(),
        cause: chain(error),
    };
    let guarded = guard::connect(&host, tree.security.start_tls, &tls).await;
    let stream = guarded.map_err(|error| cannot(&error))?;
    let settings = LdapConnSettings::new().set_std_stream(stream);
    let connected = LdapConnAsync::with_settings(settings, "ldapi:///").await;
    let (connection, mut ldap) = connected.map_err(|error| cannot(&error))?;
    tokio::spawn(async move {
        if let Err(error) = connection.drive().await {
            tracing::debug!(error = chain(&error), "an LDAP connection ended");
        }
    });
    let Some(bind) = &tree.bind else {
        return Ok(ldap);
    };
    let name = bind.name.clone();
    let bound = ldap.simple_bind(&name, bind.password.expose_secret()).await;
    let result = match bound {
        Ok(result) => result,
        Err(error) => {
            let cause = chain(&error);
            return Err(LdapFailure::Bind { host, name, cause });
        }
    };
    let cause = told(&result);
    match result.rc {
        0 => Ok(ldap),
        // invalidCredentials
        49 => Err(LdapFailure::WrongPassword { host, name, cause }),
        _ => Err(LdapFailure::Bind { host, name, cause }),
    }
}

/// What certificates are believed.
pub(super) fn tls(tree: &LdapTree) -> Result<Arc<ClientConfig>, LdapFailure> {
    let mut roots = RootCertStore::empty();
    let uses_tls =
        tree.security.start_tls || tree.hosts.iter().any(|host| host.starts_with("ldaps://"));
    if uses_tls && tree.security.verify {
        // What can't be read of the system's is left out, as by other programs.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    }
    if let Some(file) = &tree.security.ca_file {
        let failed = |cause: String| LdapFailure::CaFile {
            file: file.clone(),
            cause,
        };
        let read = CertificateDer::pem_file_iter(file);
        let mut count = 0;
        for certificate in read.map_err(|error| failed(error.to_string()))? {
            let certificate = certificate.map_err(|error| failed(error.to_string()))?;
            let added = roots.add(certificate);
            added.map_err(|error| failed(error.to_string()))?;
            count += 1;
        }
        if count == 0 {
            return Err(failed("no certificate is in it".into()));
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| LdapFailure::Tls(error.to_string()))?;
    let config = match tree.security.verify {
        true => builder.with_root_certificates(roots),
        false => builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Unverified(provider))),
    };
    Ok(Arc::new(config.with_no_client_auth()))
}

/// Believes any certificate, as `VerifyTLS` says when it is off.
#[derive(Debug)]
struct Unverified(Arc<CryptoProvider>);

impl ServerCertVerifier for Unverified {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signed, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signed, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
