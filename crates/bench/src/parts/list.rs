//! The list without a search: its first page, one in the middle of everybody, and the first one in other orders.

use anyhow::{Context, Result};
use kartoteka_directory::{Actor, Kind, Maintenance};
use serde_json::Value;

use crate::client::Client;
use crate::questions::{Question, Shape};

/// The name of people in the middle of the order: the cursor behind them is far from both ends.
const MIDDLE: &str = "mazur";

/// Pages beyond this one are reached by cursor only.
const LAST_NUMBERED: u32 = 20;

/// The shapes of the list.
pub async fn shapes(directory: &Maintenance) -> Result<Vec<Shape>> {
    let page = directory
        .search(&Actor::operator(), Kind::CustomerUser, &middle().search())
        .await?;
    both(page.next)
}

/// The same, with a cursor from REST.
pub async fn shapes_over_rest(rest: &mut Client) -> Result<Vec<Shape>> {
    let answer = rest.get(&middle().rest()).await?;
    let page: Value = serde_json::from_slice(&answer.body)?;
    both(page["next"].as_str().map(str::to_owned))
}

fn middle() -> Question {
    Question {
        text: MIDDLE.into(),
        limit: Some(1),
        ..Question::default()
    }
}

/// The first page in the order of a field: of one that has an index for that, and of one that has none.
fn sorted(name: &'static str, field: &'static str) -> Shape {
    let question = Question {
        sort: Some(field),
        ..Question::default()
    };
    Shape {
        name,
        questions: vec![question],
    }
}

fn both(cursor: Option<String>) -> Result<Vec<Shape>> {
    let far = Question {
        after: Some(cursor.with_context(|| format!("not enough people named {MIDDLE}"))?),
        page: LAST_NUMBERED,
        ..Question::default()
    };
    Ok(vec![
        Shape {
            name: "list, first page",
            questions: vec![Question::default()],
        },
        Shape {
            name: "list, far page",
            questions: vec![far],
        },
        sorted("list, by e-mail address", "UserEmail"),
        sorted("list, by town", "UserCity"),
    ])
}
