//! One customer by groups, in each enabled context.

use std::collections::BTreeSet;

use kartoteka_access::Access;
use kartoteka_directory::Kind;
use kartoteka_model::access::{Context, Group, Why};

use super::base::{Base, BaseRow, Note, View, is_filtered, vanished};
use super::columns::columns;
use super::reasons::reasons;
use super::side::Side;
use crate::context::Ctx;
use crate::failure::Failure;
use crate::records::{CUSTOMERS, GROUPS, title};

pub async fn read(
    ctx: &Ctx,
    id: &str,
    view: &View,
    wanted: &BTreeSet<&str>,
) -> Result<Base, Failure> {
    let directory = &ctx.directory;
    let (found, access, groups, mine) = futures::try_join!(
        directory.find(&ctx.actor, Kind::Customer, id),
        Access::of(directory).customer_permissions_of(&ctx.actor, id),
        Access::of(directory).all_groups(&ctx.actor),
        Access::of(directory).groups_to_give_in(&ctx.actor),
    )?;
    let side = Side::Customer(access.customer.clone());
    let name = title(&found);
    let page = ctx
        .frame_of("permissions-customer-title", &name)
        .crumb("/customers", ctx.t("customers-title"))
        .crumb(&CUSTOMERS.record(&access.customer), name)
        .tabs_of(Kind::Customer, &access.customer);
    let row = |group: &Group| {
        let grants = access.facts.grants.iter();
        let explicit = grants
            .filter(|(_, grant)| grant.group == group.id)
            .map(|(context, grant)| (*context, grant.permission.clone()));
        let mut other = vec![];
        for (context, effective) in &access.effective {
            let given = effective.group(group.id);
            let given = given.map_or(&[][..], |access| &access.given).iter();
            let by_rule = given.filter(|(_, why)| !matches!(why, Why::ViaCustomer { .. }));
            other.extend(by_rule.map(|given| (*context, given.clone())));
        }
        let may = mine.as_ref().is_none_or(|mine| mine.contains(&group.id));
        BaseRow {
            key: group.name.clone(),
            label: group.name.clone(),
            href: Some(page.url(&GROUPS.record(&group.name))),
            badge: (!group.valid).then(|| page.t("permissions-group-invalid")),
            explicit: explicit.collect(),
            reasons: reasons(&page, &side, other.iter().map(|(_, given)| given)),
            inherited: other
                .into_iter()
                .map(|(context, (permission, _))| (context, permission))
                .collect(),
            always: match group.valid && access.settings.is_company_always(&group.name) {
                true => vec![Context::Same],
                false => vec![],
            },
            only_taken: !group.valid || !access.facts.valid,
            locked: (!may).then(|| page.t("permissions-locked-group")),
            explain: None,
            hidden: !wanted.contains(group.name.as_str()) && is_filtered(&view.search, &group.name),
        }
    };
    let mut rows: Vec<BaseRow> = groups
        .iter()
        .map(row)
        .filter(|row| {
            row.badge.is_none() || !row.explicit.is_empty() || wanted.contains(row.key.as_str())
        })
        .collect();
    for key in wanted {
        if !groups.iter().any(|group| group.name == *key) {
            rows.push(vanished(&page, key));
        }
    }
    let stored = rows.iter().flat_map(|row| row.explicit.iter());
    let stored = stored.map(|(context, permission)| (*context, permission.name()));
    let columns = columns(&access.settings, access.settings.contexts(), stored);
    let mut notes = vec![];
    if !access.facts.valid {
        notes.push(Note {
            text: page.t("permissions-customer-invalid"),
            warns: true,
        });
    }
    Ok(Base {
        side,
        columns,
        rows,
        notes,
        support: access.settings.customer_group_support,
        locked: (!page.may_edit()).then(|| page.t("permissions-locked-reader")),
        next: None,
        count: None,
        restarted: false,
        page,
    })
}
