//! Customers to choose from while one types: for the field that holds a person's customer.

use askama::Template;
use axum::Json;
use axum::response::IntoResponse;
use kartoteka_directory::{Kind, Row, Search, ValidFilter};
use serde::Serialize;

use super::control::Choice;
use crate::context::{Ctx, Outcome};
use crate::failure::Failure;
use crate::input::Query;

/// So many are offered.
const OFFERED: u32 = 20;

/// One customer to choose.
#[derive(Serialize)]
struct Suggestion {
    id: String,
    name: String,
}

#[derive(Template)]
#[template(path = "records/options.html")]
struct Options {
    rows: Vec<Suggestion>,
}

/// `GET /customers/suggest?search=TEXT`: valid customers in which all words occur, as JSON, or as the options of
/// a list (`X-Fragment: options`).
pub async fn show(ctx: Ctx, Query(query): Query) -> Outcome {
    let rows = find(&ctx, query.get("search")).await?;
    let suggestion = |row: Row| Suggestion {
        name: row.record.get("CustomerCompanyName").to_owned(),
        id: row.key,
    };
    let rows: Vec<Suggestion> = rows.into_iter().map(suggestion).collect();
    if ctx.wants("options") {
        ctx.render(&Options { rows })
    } else {
        Ok(Json(rows).into_response())
    }
}

/// The first customers, for those without scripts.
pub async fn first(ctx: &Ctx) -> Result<Vec<Choice>, Failure> {
    let choice = |row: Row| Choice {
        label: row.record.get("CustomerCompanyName").to_owned(),
        value: row.key,
        selected: false,
    };
    Ok(find(ctx, "").await?.into_iter().map(choice).collect())
}

async fn find(ctx: &Ctx, typed: &str) -> Result<Vec<Row>, Failure> {
    let text = all_words(typed);
    let search = Search {
        text: (!text.is_empty()).then_some(text),
        valid: ValidFilter::Valid,
        limit: OFFERED,
        ..Search::default()
    };
    Ok(ctx
        .directory
        .search(&ctx.actor, Kind::Customer, &search)
        .await?
        .rows)
}

/// The words as a search for all of them, in which nothing has a meaning of its own (`R&D`, `(Nord)`).
pub fn all_words(typed: &str) -> String {
    let plain = |word: &str| {
        let mut text = String::new();
        for c in word.chars() {
            if "*+()&|!\"\\".contains(c) {
                text.push('\\');
            }
            text.push(c);
        }
        // A word that would be an operator.
        if ["AND", "OR"].contains(&word) {
            text.to_lowercase()
        } else {
            text
        }
    };
    typed
        .split_whitespace()
        .take(8)
        .map(plain)
        .collect::<Vec<_>>()
        .join("+")
}

#[cfg(test)]
mod tests {
    use super::all_words;

    #[test]
    fn typed_words_are_only_words() {
        assert_eq!(all_words("  huta (Łódź)  "), "huta+\\(Łódź\\)");
        assert_eq!(all_words("R&D OR"), "R\\&D+or");
        assert_eq!(all_words(""), "");
    }
}
