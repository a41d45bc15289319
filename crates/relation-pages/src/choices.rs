//! People, customers and services to choose from, where a page about one of them begins.

use kartoteka_directory::{Kind, Search, ValidFilter};

use crate::context::Ctx;
use crate::failure::Failure;
use crate::frame::Frame;
use crate::records::{name_of, suggest};

/// So many are offered.
const OFFERED: u32 = 10;

/// One to choose.
pub struct Choice {
    pub text: String,
    pub key: String,
    pub href: String,
}

/// What a search found of one kind.
pub struct Choices {
    pub list: Vec<Choice>,
    /// There are more than are offered.
    pub more: Option<String>,
}

/// Valid records in which all words occur. `path`: where one of a kind leads.
pub async fn choices(
    ctx: &Ctx,
    page: &Frame,
    kind: Kind,
    typed: &str,
    path: &(dyn Fn(Kind, &str) -> String + Sync),
) -> Result<Choices, Failure> {
    let search = Search {
        text: Some(suggest::all_words(typed)).filter(|text| !text.is_empty()),
        valid: ValidFilter::Valid,
        limit: OFFERED,
        ..Search::default()
    };
    let found = ctx.directory.search(&ctx.actor, kind, &search).await?;
    let more = found.total.count.saturating_sub(found.rows.len() as u64);
    let choice = |row: kartoteka_directory::Row| Choice {
        href: page.url(&path(kind, &row.key)),
        text: name_of(&row.text, &row.key),
        key: row.key,
    };
    Ok(Choices {
        more: (more > 0).then(|| page.count("permissions-start-more", more)),
        list: found.rows.into_iter().map(choice).collect(),
    })
}
