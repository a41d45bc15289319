//! Past days: the moments that parameters name.

use kartoteka_access::Access;
use kartoteka_directory::{Error, FieldProblem};

use super::super::messages::Mistake;
use super::super::problem::Problem;
use super::super::query::Query;
use crate::state::Site;

/// A moment, and the one to compare it with; in milliseconds since 1970.
#[derive(Debug, Clone, Copy)]
pub struct Past {
    pub as_of: i64,
    pub compare: Option<i64>,
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
    match Access::of(&site.directory).moment(name, &text, zone).await {
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
