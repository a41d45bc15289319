//! The columns of a matrix: permissions, in each enabled context for customers.

use std::collections::BTreeSet;

use kartoteka_model::access::{AccessSettings, Context};

/// One permission in one context.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Column {
    pub context: Context,
    pub permission: String,
    /// One of the permissions that can be given; others that are stored can be taken only.
    pub offered: bool,
}

/// The permissions that are offered, and those that are stored besides.
pub fn columns<'a>(
    settings: &AccessSettings,
    contexts: &[Context],
    stored: impl Iterator<Item = (Context, &'a str)>,
) -> Vec<Column> {
    let stored: BTreeSet<(Context, &str)> = stored.collect();
    let mut columns = vec![];
    for context in contexts {
        let column = |permission: &str, offered| Column {
            context: *context,
            permission: permission.to_owned(),
            offered,
        };
        columns.extend(settings.permissions.iter().map(|name| column(name, true)));
        let others = stored.iter().filter(|(of, name)| {
            of == context && !settings.permissions.iter().any(|known| known == name)
        });
        columns.extend(others.map(|(_, name)| column(name, false)));
    }
    columns
}
