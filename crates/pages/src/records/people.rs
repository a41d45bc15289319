//! The people of customers, and where the first is added.

use kartoteka_directory::{Found, Kind, Lookup, Row, Search, ValidFilter};

use super::criteria::Criteria;
use super::highlight::Words;
use super::rows::{Line, Lines, validity};
use super::screen::CUSTOMER_USERS;
use crate::context::Ctx;
use crate::failure::Failure;
use crate::frame::Frame;

/// So many people of a customer are shown.
const PEOPLE: u32 = 10;

/// The people of a customer.
pub struct PeopleCard {
    pub lines: Vec<Line>,
    pub count: u64,
    pub exact: bool,
    /// The list of all of them.
    pub href: String,
    /// Where one is added; none when nobody can be added here.
    pub add: Option<String>,
}

/// The people of a customer, the first of them.
pub async fn people_card(ctx: &Ctx, page: &Frame, customer: &str) -> Result<PeopleCard, Failure> {
    let sources = ctx.directory.sources(Kind::CustomerUser);
    let search = Search {
        lookup: Some(Lookup::CustomerExactly(customer.to_owned())),
        valid: ValidFilter::All,
        limit: PEOPLE,
        ..Search::default()
    };
    let found = ctx
        .directory
        .search(&ctx.actor, Kind::CustomerUser, &search)
        .await?;
    let customers = std::collections::BTreeMap::new();
    let lines = Lines {
        page,
        screen: CUSTOMER_USERS,
        sources: &sources,
        words: &Words::default(),
        customers: &customers,
        back: "",
        columns: &[],
    };
    let all = Criteria {
        customer: customer.to_owned(),
        valid: ValidFilter::All,
        ..Criteria::default()
    };
    Ok(PeopleCard {
        lines: found.rows.iter().map(|row| lines.line(row)).collect(),
        count: found.total.count,
        exact: found.total.exact,
        href: page.url(&all.address(&CUSTOMER_USERS.list())),
        add: add_person(ctx, page, Some(customer)),
    })
}

/// Where somebody is added, with the customer filled in; none when nobody can be added here.
fn add_person(ctx: &Ctx, page: &Frame, customer: Option<&str>) -> Option<String> {
    let sources = ctx.directory.sources(Kind::CustomerUser);
    let can_add = page.may_edit() && sources.iter().any(|source| source.writable);
    let path = CUSTOMER_USERS.new_record();
    let path = match customer {
        Some(customer) => {
            let query = super::address::query([("UserCustomerID", customer)]);
            format!("{path}?{query}")
        }
        None => path,
    };
    can_add.then(|| page.url(&path))
}

/// Where the first person of all is added; none when there is somebody, or nobody can be added here. A customer that is
/// the only one is filled in.
pub async fn first_person_of_all(
    ctx: &Ctx,
    page: &Frame,
    customers: &[Row],
) -> Result<Option<String>, Failure> {
    let is_valid = |row: &Row| validity(page, row.record.get("ValidID")).name == "valid";
    let only = match customers {
        [only] => Some(only.key.as_str()),
        _ => None,
    };
    let add = add_person(ctx, page, only);
    if add.is_none() || !customers.iter().any(is_valid) {
        return Ok(None);
    }
    let any = ctx
        .directory
        .has_any(&ctx.actor, Kind::CustomerUser, ValidFilter::All)
        .await?;
    Ok(add.filter(|_| !any))
}

/// Where the first person of a customer is added; none when there are some, or nobody can be added here.
pub async fn first_person(
    ctx: &Ctx,
    page: &Frame,
    customer: &Found,
) -> Result<Option<String>, Failure> {
    if validity(page, customer.record.get("ValidID")).name != "valid" {
        return Ok(None);
    }
    let people = people_card(ctx, page, &customer.key).await?;
    Ok(people.add.filter(|_| people.lines.is_empty()))
}
