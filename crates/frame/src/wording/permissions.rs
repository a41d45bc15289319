//! Permissions and contexts in words.

use fluent_templates::fluent_bundle::FluentValue;
use kartoteka_model::access::{Belonging, Context};

use crate::frame::Frame;

impl Frame {
    /// A permission's name with what it is called in tables: `read (ro)`; one that nobody knows by itself.
    pub fn permission_name(&self, name: &str) -> String {
        self.language
            .find(&format!("permissions-name-{}", name.replace('_', "-")), &[])
            .unwrap_or_else(|| name.to_owned())
    }

    /// What somebody with the permission may do.
    pub fn permission_about(&self, name: &str) -> Option<String> {
        self.language.find(
            &format!("permissions-about-{}", name.replace('_', "-")),
            &[],
        )
    }

    /// How a person belongs to a customer.
    pub fn belonging(&self, belonging: Belonging) -> String {
        self.t(match belonging {
            Belonging::Primary => "permissions-belonging-primary",
            Belonging::Mapped => "permissions-belonging-mapped",
            Belonging::Further => "permissions-belonging-further",
        })
    }

    /// Which tickets a customer's permission speaks of.
    pub fn context_name(&self, context: Context) -> String {
        self.t(&format!("permissions-context-{}", context.name()))
    }

    /// The text with this key and several values.
    pub fn say(&self, key: &str, values: &[(&'static str, &str)]) -> String {
        let values: Vec<_> = values
            .iter()
            .map(|(name, value)| (*name, FluentValue::from((*value).to_owned())))
            .collect();
        self.language.text(key, &values)
    }
}
