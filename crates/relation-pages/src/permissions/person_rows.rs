//! One person by groups.

use std::collections::BTreeSet;

use kartoteka_access::Access;
use kartoteka_directory::{Action, Kind, Object};
use kartoteka_model::access::{Context, Group, Why};

use super::base::{Base, BaseRow, Note, View, is_filtered, vanished};
use super::columns::columns;
use super::reasons::reasons;
use super::side::{Side, explain_path};
use crate::context::Ctx;
use crate::failure::Failure;
use crate::records::{CUSTOMER_USERS, GROUPS, title};

pub async fn read(
    ctx: &Ctx,
    login: &str,
    view: &View,
    wanted: &BTreeSet<&str>,
) -> Result<Base, Failure> {
    let directory = &ctx.directory;
    let (found, access, groups, mine) = futures::try_join!(
        directory.find(&ctx.actor, Kind::CustomerUser, login),
        Access::of(directory).permissions_of(&ctx.actor, login),
        Access::of(directory).all_groups(&ctx.actor),
        Access::of(directory).groups_to_give_in(&ctx.actor),
    )?;
    let side = Side::Person(access.login.clone());
    let name = title(&found);
    let page = ctx
        .frame_of("permissions-person-title", &name)
        .crumb("/customer-users", ctx.t("customer-users-title"))
        .crumb(&CUSTOMER_USERS.record(&access.login), name)
        .tabs_of(Kind::CustomerUser, &access.login);
    let row = |group: &Group| {
        let direct = access.person.direct.iter();
        let explicit = direct
            .filter(|grant| grant.group == group.id)
            .map(|grant| (Context::Same, grant.permission.clone()));
        let given = access.effective.group(group.id);
        let other = given.map_or(&[][..], |access| &access.given).iter();
        let other: Vec<_> = other
            .filter(|(_, why)| *why != Why::Direct)
            .cloned()
            .collect();
        let may = mine.as_ref().is_none_or(|mine| mine.contains(&group.id));
        BaseRow {
            key: group.name.clone(),
            label: group.name.clone(),
            href: Some(page.url(&GROUPS.record(&group.name))),
            badge: (!group.valid).then(|| page.t("permissions-group-invalid")),
            explicit: explicit.collect(),
            reasons: reasons(&page, &side, &other),
            inherited: other
                .into_iter()
                .map(|(permission, _)| (Context::Same, permission))
                .collect(),
            always: match group.valid && access.settings.is_always(&group.name) {
                true => vec![Context::Same],
                false => vec![],
            },
            only_taken: !group.valid || !access.person.valid,
            locked: (!may).then(|| page.t("permissions-locked-group")),
            explain: Some(page.url(&explain_path(&access.login, &group.name, None))),
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
    let columns = columns(&access.settings, &[Context::Same], stored);
    let mut notes = vec![];
    if !access.person.valid {
        notes.push(Note {
            text: page.t("permissions-person-invalid"),
            warns: true,
        });
    }
    let own = kartoteka_model::text::same_key(&access.login, ctx.login());
    let locked = if !page.may_edit() {
        Some(page.t("permissions-locked-reader"))
    } else if own && !page.may(Action::Change, Object::AnyAccess) {
        Some(page.problem(&kartoteka_directory::FieldProblem::OwnRights))
    } else {
        None
    };
    Ok(Base {
        side,
        columns,
        rows,
        notes,
        support: access.settings.customer_group_support,
        locked,
        next: None,
        count: None,
        restarted: false,
        page,
    })
}
