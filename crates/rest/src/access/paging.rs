//! Pages of access, and the permission that is asked about.

use kartoteka_access::Access;
use kartoteka_directory::{Actor, Directory, Error, FieldProblem};

use super::super::listing::LARGEST_PAGE;
use super::super::messages::Mistake;
use super::super::problem::Problem;
use super::super::query::Query;

/// How many without a `limit`.
const USUAL: i64 = 50;

/// Which page.
pub struct Paging {
    pub after: Option<String>,
    pub limit: u32,
}

impl Paging {
    /// After which cursor, and how many.
    pub fn page(&self) -> (Option<&str>, u32) {
        (self.after.as_deref(), self.limit)
    }
}

/// The page that parameters ask for; its cursor is the key of the last one before.
pub fn paging(query: &mut Query) -> Paging {
    Paging {
        after: query.text("after").filter(|cursor| !cursor.is_empty()),
        limit: query.number("limit", 1, LARGEST_PAGE).unwrap_or(USUAL) as u32,
    }
}

/// A cursor that a list can't go on from is a wrong parameter.
pub fn of_page(error: Error) -> Problem {
    match error.is_of_cursor() {
        true => Problem::parameters(
            "Query parameters are wrong: after.",
            vec![("after".into(), Mistake::Cursor)],
        ),
        false => error.into(),
    }
}

/// Refuses a permission that there is not.
pub async fn known_permission(
    directory: &Directory,
    actor: &Actor,
    permission: &str,
) -> Result<(), Problem> {
    let settings = Access::of(directory).access_in_force(actor).await?;
    if settings.knows(permission) {
        return Ok(());
    }
    let mistake = Mistake::Field(FieldProblem::UnknownPermission);
    let detail = format!("There is no permission “{permission}”.");
    Err(Problem::parameters(
        detail,
        vec![("permission".into(), mistake)],
    ))
}
