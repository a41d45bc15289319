//! Who has a permission in a group, and why.

use kartoteka_access::Access;
use kartoteka_directory::{Actor, Directory};
use kartoteka_wire::holders::{CustomersOfGroup, HoldersOfGroup};

use super::HolderQuery;
use super::explain::reasons_text;
use crate::exit::Exit;
use crate::output::{Table, print, print_json};

/// Lists who has a permission in a group: people, or customers.
///
/// # Errors
/// As the use cases.
pub async fn who(
    directory: &Directory,
    asked: &HolderQuery,
    as_json: bool,
) -> anyhow::Result<Exit> {
    match asked.customers {
        true => customers(directory, asked, as_json).await,
        false => people(directory, asked, as_json).await,
    }
}

async fn people(directory: &Directory, asked: &HolderQuery, as_json: bool) -> anyhow::Result<Exit> {
    let operator = Actor::operator();
    let (group, permission) = (asked.group.as_str(), asked.permission.as_str());
    let (after, limit) = asked.page();
    let page = Access::of(directory)
        .holders(&operator, group, permission, after, limit)
        .await?;
    let total = Access::of(directory)
        .count_holders(&operator, group, permission)
        .await?;
    if as_json {
        print_json(&HoldersOfGroup::of(&page, total))?;
        return Ok(Exit::Ok);
    }
    let mut table = Table::new(&["UserLogin", "Name", "Why"]);
    for holder in &page.holders {
        table.row([&holder.login, &holder.text, &reasons_text(&holder.reasons)]);
    }
    listed(&table, page.holders.len(), total, page.next.as_deref())
}

async fn customers(
    directory: &Directory,
    asked: &HolderQuery,
    as_json: bool,
) -> anyhow::Result<Exit> {
    let (group, permission) = (asked.group.as_str(), asked.permission.as_str());
    let (after, limit) = asked.page();
    let page = Access::of(directory)
        .customer_holders(
            &Actor::operator(),
            group,
            permission,
            asked.context(),
            after,
            limit,
        )
        .await?;
    if as_json {
        print_json(&CustomersOfGroup::from(&page))?;
        return Ok(Exit::Ok);
    }
    let mut table = Table::new(&["CustomerID", "Name", "Why"]);
    for holder in &page.holders {
        table.row([
            &holder.customer,
            &holder.text,
            &reasons_text(&holder.reasons),
        ]);
    }
    listed(&table, page.holders.len(), page.total, page.next.as_deref())
}

/// Prints a page.
///
/// # Errors
/// When standard output can't be written.
pub fn listed(table: &Table, shown: usize, total: u64, next: Option<&str>) -> anyhow::Result<Exit> {
    let mut text = format!("{table}\n\n{shown} of {total}");
    if let Some(next) = next {
        text.push_str(&format!("; more with --after {next}"));
    }
    print(&text)?;
    Ok(Exit::Ok)
}
