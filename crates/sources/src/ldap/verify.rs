//! Whether a password is somebody's: the server is asked to let them in by it.

use kartoteka_model::ldap::Bind;
use kartoteka_model::text::same_key;
use secrecy::{ExposeSecret, SecretString};

use super::error::LdapFailure;
use super::{FOUND, LdapSource, filter};
use crate::error::SourceError;
use crate::source::Verified;

impl LdapSource {
    pub(crate) async fn verify(
        &self,
        key: &str,
        password: &SecretString,
    ) -> Result<Verified, SourceError> {
        // A server lets everybody in whose password is empty, as nobody (RFC 4513, 5.1.2).
        if password.expose_secret().is_empty() {
            return Ok(Verified::Wrong);
        }
        self.within(self.verified(key, password)).await
    }

    async fn verified(&self, key: &str, password: &SecretString) -> Result<Verified, LdapFailure> {
        let mapping = &self.mapping;
        let attribute = mapping.spec.key.as_str();
        let filter = mapping.who(filter::equals(attribute, key));
        let query = mapping.query_of(filter, &[attribute], FOUND);
        let found = self.servers.search(&query).await?.all()?;
        let exactly = found
            .iter()
            .find(|entry| mapping.key(entry).as_deref() == Some(key));
        let alike = || {
            let is_alike = |found: String| same_key(&found, key);
            let mut alike = found.iter();
            alike.find(|entry| mapping.key(entry).is_some_and(is_alike))
        };
        let Some(entry) = exactly.or_else(alike).filter(|entry| !entry.dn.is_empty()) else {
            return Ok(Verified::Nobody);
        };
        let who = Bind {
            name: entry.dn.clone(),
            password: password.clone(),
        };
        Ok(match self.servers.lets_in(who).await? {
            true => Verified::Right,
            false => Verified::Wrong,
        })
    }
}
