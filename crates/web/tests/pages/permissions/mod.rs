//! Pages of permissions: matrices in both directions, what somebody has and why.

mod between;
mod customers;
mod explain;
mod forms;
mod groups;
mod headings;
mod meanwhile;
mod people;
mod roles;

use kartoteka_access::{Access, Wanted};
use kartoteka_directory::{Actor, Kind, Role};
use kartoteka_settings::Settings;

use crate::pages::reception::{Page, Reception, fields};

/// Permissions by group are on, with the three that customers have use of.
fn support(settings: &mut Settings) {
    settings.groups.customer_group_support = true;
    settings.groups.permissions = ["ro", "create", "rw"].map(str::to_owned).to_vec();
}

/// Customer HUTA with Żaneta and Jan, group *Wsparcie*.
async fn open(role: Role) -> Reception {
    open_with(support, role).await
}

async fn open_with(change: impl FnOnce(&mut Settings), role: Role) -> Reception {
    let pages = Reception::with(change, role).await;
    pages.customer("HUTA", "Huta Łódź S.A.").await;
    pages.person("zaneta", "Żaneta", "Kowalczyk").await;
    pages.person("jan", "Jan", "Nowak").await;
    let group = fields(&[("Name", "Wsparcie"), ("ValidID", "1")]);
    pages.create(Kind::Group, None, group).await;
    pages
}

/// Gives or takes behind the pages' back.
async fn relate(pages: &Reception, wanted: Vec<Wanted>) {
    let operator = Actor::operator();
    let plan = Access::of(&pages.directory)
        .plan_relations(&operator, wanted)
        .await;
    let plan = plan.expect("a plan");
    assert_eq!(plan.errors, []);
    Access::of(&pages.directory)
        .apply_relations(plan)
        .await
        .expect("is done");
}

fn person(login: &str, group: &str, permission: &str, given: bool) -> Wanted {
    Wanted::PersonGroup {
        login: login.into(),
        group: group.into(),
        permission: permission.into(),
        given,
    }
}

/// What is stored for a person directly, as `group permission`.
async fn direct(pages: &Reception, login: &str) -> Vec<String> {
    let operator = Actor::operator();
    let groups = Access::of(&pages.directory)
        .all_groups(&operator)
        .await
        .expect("groups");
    let access = Access::of(&pages.directory)
        .permissions_of(&operator, login)
        .await;
    let grants = access.expect("a person").person.direct;
    let mut named: Vec<String> = grants
        .iter()
        .map(|grant| {
            let group = groups.iter().find(|group| group.id == grant.group);
            format!("{} {}", group.expect("a group").name, grant.permission)
        })
        .collect();
    named.sort();
    named
}

/// The tag of the box of a cell; none if the cell has none.
fn tick<'a>(page: &'a Page, cell: &str) -> Option<&'a str> {
    let tags = page.text.split("<input type=\"checkbox\"").skip(1);
    tags.map(|tag| tag.split_once('>').map_or(tag, |(tag, _)| tag))
        .find(|tag| tag.contains(&format!("value=\"{cell}\"")))
}

/// Whether a cell's box is ticked.
fn is_ticked(page: &Page, cell: &str) -> bool {
    tick(page, cell)
        .unwrap_or_else(|| panic!("no box {cell}: {}", page.text))
        .contains(" checked")
}
