//! A record in one line, for where records of several kinds stand together: its name, what tells it from others, and
//! its validity where that is not the usual.

use kartoteka_directory::Row;

use super::highlight::Words;
use super::rows::Lines;
use super::screen::{CUSTOMERS, Screen};
use crate::context::Ctx;
use crate::frame::Frame;

/// A record, or a page, that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub href: String,
    pub name: String,
    /// Muted, behind the name.
    pub also: String,
    /// Its validity in words, unless it is valid.
    pub validity: Option<String>,
}

/// The rows as hits.
pub fn hits(ctx: &Ctx, page: &Frame, screen: Screen, rows: &[Row]) -> Vec<Hit> {
    let sources = ctx.directory.sources(screen.kind);
    let page = page.clone().about(screen.kind.name());
    let lines = Lines {
        page: &page,
        screen,
        sources: &sources,
        words: &Words::default(),
        customers: &std::collections::BTreeMap::new(),
        back: "",
        columns: &[],
    };
    let hit = |row: &Row| {
        let validity = super::rows::validity(&page, row.record.get("ValidID"));
        let also = match screen {
            _ if screen.is_people() => [row.key.as_str(), row.record.get("UserCustomerID")]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" · "),
            CUSTOMERS => row.key.clone(),
            _ => row.record.get("Comment").to_owned(),
        };
        Hit {
            href: page.url(&screen.record(&row.key)),
            name: lines.name(row),
            also,
            validity: (validity.name != "valid").then_some(validity.label),
        }
    };
    rows.iter().map(hit).collect()
}
