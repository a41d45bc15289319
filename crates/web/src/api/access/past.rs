//! Past days: the moments that parameters name, and what changed between two of them.

use kartoteka_directory::{AccessDifference, Error, FieldProblem};
use serde_json::{Value, json};

use super::super::messages::Mistake;
use super::super::problem::Problem;
use super::super::query::Query;
use super::super::time;
use crate::state::Site;

/// A moment, and the one to compare it with; in milliseconds since 1970.
#[derive(Debug, Clone, Copy)]
pub struct Past {
    pub as_of: i64,
    pub compare: Option<i64>,
}

impl Past {
    /// The moment as answers name it.
    pub fn as_of(&self) -> String {
        time::moment(self.as_of)
    }
}

/// The moments that `as_of` and `compare` name: days end in the zone in which pages show times. What is wrong with
/// them is noted in the query.
pub async fn asked(site: &Site, query: &mut Query) -> Result<Option<Past>, Problem> {
    let (as_of, compare) = (query.text("as_of"), query.text("compare"));
    if as_of.is_none() && compare.is_some() {
        query.mistake("as_of", Mistake::Field(FieldProblem::Required));
    }
    let as_of = moment(site, query, "as_of", as_of).await?;
    let compare = moment(site, query, "compare", compare).await?;
    Ok(as_of.map(|as_of| Past { as_of, compare }))
}

async fn moment(
    site: &Site,
    query: &mut Query,
    name: &str,
    text: Option<String>,
) -> Result<Option<i64>, Problem> {
    let Some(text) = text else { return Ok(None) };
    let zone = &site.options().time_zone;
    match site.directory.moment(name, &text, zone).await {
        Ok(moment) => Ok(Some(moment)),
        Err(Error::Invalid(errors)) => {
            for error in errors {
                query.mistake(name, Mistake::Field(error.problem));
            }
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Adds what was gained and lost until a moment to a document.
pub fn differences(document: &mut Value, compare: i64, found: &[AccessDifference]) {
    let some = |gained: bool| -> Value {
        let wanted = found.iter().filter(|one| one.gained == gained);
        wanted.map(difference).collect()
    };
    document["compare"] = time::moment(compare).into();
    document["gained"] = some(true);
    document["lost"] = some(false);
}

fn difference(one: &AccessDifference) -> Value {
    let mut document = json!({"group": one.group, "permission": one.permission});
    if let Some(context) = one.context {
        document["context"] = json!(context);
    }
    document
}
