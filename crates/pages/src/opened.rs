//! What was open last, in a cookie of the browser: shown on the home page and when a search begins.

use std::collections::BTreeMap;

use axum::http::{HeaderValue, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use kartoteka_directory::{Criterion, Search, ValidFilter};
use kartoteka_model::text::same_key;

use super::records::{self, CUSTOMER_USERS, CUSTOMERS, GROUPS, Hit, SERVICES, Screen};
use crate::context::Ctx;
use crate::cookies;
use crate::encoding::escape;
use crate::failure::Failure;
use crate::frame::Frame;
use crate::input::Pairs;

/// So many records are remembered, in so many bytes.
const MOST: usize = 8;
const LONGEST: usize = 1500;

const MONTH: u64 = 30 * 24 * 60 * 60;

const SCREENS: [Screen; 4] = [CUSTOMER_USERS, CUSTOMERS, GROUPS, SERVICES];

/// The records that the browser had open, the latest first.
fn read(value: &str) -> Vec<(Screen, String)> {
    let outer = Pairs::parse(format!("v={value}").as_bytes()).unwrap_or_default();
    let pairs = Pairs::parse(outer.get("v").as_bytes()).unwrap_or_default();
    let known = |(word, key): (&str, &str)| {
        let screen = SCREENS.into_iter().find(|screen| screen.word == word)?;
        (!key.is_empty()).then(|| (screen, key.to_owned()))
    };
    pairs.iter().filter_map(known).take(MOST).collect()
}

/// The cookie with a record in front of those before.
fn with(before: &[(Screen, String)], screen: Screen, key: &str) -> String {
    let first = std::iter::once((screen, key));
    let others = before
        .iter()
        .filter(|(other, before)| *other != screen || !same_key(before, key))
        .map(|(other, before)| (*other, before.as_str()));
    let mut text = String::new();
    for (screen, key) in first.chain(others).take(MOST) {
        let more = escape(&format!("{}={}&", screen.word, escape(key)));
        if text.len() + more.len() <= LONGEST {
            text.push_str(&more);
        }
    }
    text
}

/// The page of a record, which is remembered.
pub fn remember(ctx: &Ctx, screen: Screen, key: &str, response: Response) -> Response {
    let value = with(&read(&ctx.opened), screen, key);
    let cookie = cookies::set(cookies::OPENED, &value, Some(MONTH), ctx.secure());
    let cookie = AppendHeaders(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    (cookie, response).into_response()
}

/// The removal of the cookie: whoever uses the browser next sees nothing of it.
pub fn forget(secure: bool) -> Option<HeaderValue> {
    cookies::set(cookies::OPENED, "", Some(0), secure)
}

/// What was open last and is still there, the latest first.
pub async fn hits(ctx: &Ctx, page: &Frame) -> Result<Vec<Hit>, Failure> {
    let opened = read(&ctx.opened);
    let mut found = BTreeMap::new();
    for screen in SCREENS {
        let of_kind = opened.iter().filter(|(other, _)| *other == screen);
        let keys: Vec<String> = of_kind.map(|(_, key)| key.clone()).collect();
        if keys.is_empty() {
            continue;
        }
        let field = match screen {
            CUSTOMER_USERS => "UserLogin",
            CUSTOMERS => "CustomerID",
            _ => "Name",
        };
        let search = Search {
            limit: u32::try_from(keys.len()).unwrap_or(u32::MAX),
            fields: vec![(field.to_owned(), Criterion::OneOf(keys))],
            valid: ValidFilter::All,
            ..Search::default()
        };
        let rows = ctx
            .directory
            .search(&ctx.actor, screen.kind, &search)
            .await?
            .rows;
        for (row, hit) in rows.iter().zip(records::hits(ctx, page, screen, &rows)) {
            found.insert((screen.word, kartoteka_model::text::lower(&row.key)), hit);
        }
    }
    let hit = |(screen, key): (Screen, String)| {
        found.remove(&(screen.word, kartoteka_model::text::lower(&key)))
    };
    Ok(opened.into_iter().filter_map(hit).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_comes_first_and_once() {
        let mut value = String::new();
        for key in ["anna", "a&b=c.%", "ŻÓŁĆ", "Anna"] {
            value = with(&read(&value), CUSTOMER_USERS, key);
        }
        value = with(&read(&value), GROUPS, "anna");
        let keys: Vec<_> = read(&value)
            .into_iter()
            .map(|(screen, key)| format!("{}/{key}", screen.word))
            .collect();
        assert_eq!(
            keys,
            [
                "groups/anna",
                "customer-users/Anna",
                "customer-users/ŻÓŁĆ",
                "customer-users/a&b=c.%"
            ]
        );
    }

    #[test]
    fn the_cookie_stays_small_and_takes_no_rubbish() {
        let mut value = String::new();
        for number in 0..20 {
            value = with(
                &read(&value),
                CUSTOMERS,
                &format!("{number}{}", "ł".repeat(60)),
            );
        }
        assert!(value.len() <= LONGEST, "{}", value.len());
        assert!(read(&value)[0].1.starts_with("19"));
        assert!(read("%FF&&nothing=x&groups=").is_empty());
    }
}
