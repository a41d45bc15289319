//! Groups, and what is given in one of them.

use std::collections::BTreeMap;

use kartoteka_boxed::boxed;
use kartoteka_model::Collation;
use kartoteka_model::access::{Context, Group, RW};

use super::PORTION;
use super::facts::{
    CustomerGrant, PersonGrant, customer_grant, person_grant, select_customer, select_person,
};
use crate::args;
use crate::db::{Arg, Db, TextRow};
use crate::error::StoreError;

/// All groups by name, valid or not.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn groups(db: &Db, collation: &Collation) -> Result<Vec<Group>, StoreError> {
    let engine = db.engine();
    let sql = format!(
        "SELECT {}, name, {} FROM groups_table",
        engine.as_text("id"),
        engine.as_text("valid_id")
    );
    let rows = db.fetch_many(&sql, 3, &[]).await?;
    let group = |row: &TextRow| {
        Ok::<_, StoreError>(Group {
            id: row.int(0)?,
            name: row.text(1).to_owned(),
            valid: row.int(2)? == 1,
        })
    };
    let groups: Result<Vec<Group>, _> = rows.iter().map(group).collect();
    let mut groups = groups?;
    groups.sort_by_cached_key(|group| (collation.key(&group.name), group.id));
    Ok(groups)
}

/// What is given to people in a group, directly.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn group_people_grants(db: &Db, group: i64) -> Result<Vec<PersonGrant>, StoreError> {
    let sql = format!("{} AND group_id = ?", select_person(db.engine()));
    let rows = db.fetch_many(&sql, 3, &args![group]).await?;
    rows.iter().map(person_grant).collect()
}

/// What is given to customers in a group; with permissions, as far as it includes one of them.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn group_customer_grants(
    db: &Db,
    group: i64,
    permissions: &[&str],
) -> Result<Vec<CustomerGrant>, StoreError> {
    let (condition, args) = including(group, permissions);
    let sql = format!("{} AND {condition}", select_customer(db.engine()));
    let rows = db.fetch_many(&sql, 4, &args).await?;
    let asked = |given: &CustomerGrant| {
        let given = &given.grant.permission;
        permissions.is_empty() || permissions.iter().any(|one| given.includes(one))
    };
    let given: Result<Vec<_>, _> = rows.iter().filter_map(customer_grant).collect();
    let mut given = given?;
    given.retain(asked);
    Ok(given)
}

/// The customers to which anything is given in a group, as the rows spell them.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn group_customers(db: &Db, group: i64) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT DISTINCT customer_id FROM group_customer WHERE permission_value = 1 AND group_id = ?";
    let rows = db.fetch_many(sql, 1, &args![group]).await?;
    Ok(rows.iter().map(|row| row.text(0).to_owned()).collect())
}

/// What is given to customers in a context, in any of these groups.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn customer_grants_in(
    db: &Db,
    groups: &[i64],
    context: Context,
) -> Result<Vec<CustomerGrant>, StoreError> {
    let mut found = vec![];
    for groups in groups.chunks(PORTION) {
        let places = vec!["?"; groups.len()].join(", ");
        let sql = format!(
            "{} AND group_id IN ({places}) AND permission_context = ?",
            select_customer(db.engine())
        );
        let mut args: Vec<Arg> = groups.iter().map(|group| Arg::from(*group)).collect();
        args.push(context.stored().into());
        let rows = db.fetch_many(&sql, 4, &args).await?;
        found.extend(
            rows.iter()
                .filter_map(customer_grant)
                .collect::<Result<Vec<_>, _>>()?,
        );
    }
    Ok(found)
}

/// How many times each permission is given to customers in a group, or those that include one, as far as the first so
/// many rows tell.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn given_to_customers(
    db: &Db,
    group: i64,
    permission: Option<&str>,
    most: usize,
) -> Result<BTreeMap<String, usize>, StoreError> {
    let count = db.engine().counted();
    let (condition, args) = including(group, permission.as_slice());
    let sql = format!(
        "SELECT permission_key, {count} FROM (SELECT permission_key FROM group_customer \
         WHERE permission_value = 1 AND {condition} LIMIT {most}) few GROUP BY permission_key"
    );
    let rows = db.fetch(&sql, &args).await?;
    let counted = |row: &TextRow| Ok((row.text(0).to_owned(), row.int(1)? as usize));
    rows.iter().map(counted).collect()
}

/// The condition for rows of a group that give one of these permissions, or any if there are none.
fn including(group: i64, permissions: &[&str]) -> (String, Vec<Arg>) {
    let mut args = vec![Arg::from(group)];
    if permissions.is_empty() {
        return ("group_id = ?".into(), args);
    }
    let asked = permissions.iter().copied().chain([RW]);
    args.extend(asked.map(Arg::from));
    let places = vec!["?"; args.len() - 1].join(", ");
    (
        format!("group_id = ? AND permission_key IN ({places})"),
        args,
    )
}

/// The numbers of the groups in which an agent has `rw`, directly or through a role.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn agent_groups(db: &Db, agent: i64) -> Result<Vec<i64>, StoreError> {
    let number = |column: &str| match db.engine() {
        crate::Engine::MySql => format!("CAST({column} AS CHAR)"),
        _ => format!("CAST({column} AS TEXT)"),
    };
    let sql = format!(
        "SELECT {} FROM group_user WHERE user_id = ? AND permission_key = 'rw' \
         UNION SELECT {} FROM role_user m JOIN roles o ON o.id = m.role_id \
         JOIN group_role r ON r.role_id = m.role_id \
         WHERE m.user_id = ? AND o.valid_id = 1 AND r.permission_value = 1 AND r.permission_key = 'rw'",
        number("group_id"),
        number("r.group_id"),
    );
    let rows = db.fetch(&sql, &args![agent, agent]).await?;
    rows.iter().map(|row| row.int(0)).collect()
}
