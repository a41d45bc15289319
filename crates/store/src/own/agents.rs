//! Agents: OTOBO's `users` and their rights through groups and roles.

use crate::args;
use crate::db::{Db, Engine, TextRow, Tx};
use crate::error::StoreError;
use crate::values::first_int;
use kartoteka_boxed::boxed;

/// An agent's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentRow {
    pub id: i64,
    pub login: String,
    pub first_name: String,
    pub last_name: String,
    pub valid_id: i64,
    pub password: Option<String>,
    /// Permission keys in the groups `admin` and `users`, as `admin:rw`, given directly or through a role.
    pub rights: Vec<String>,
}

fn select(engine: Engine) -> String {
    let columns = ["id", "login", "first_name", "last_name", "valid_id", "pw"];
    let columns: Vec<String> = columns
        .iter()
        .map(|column| engine.as_text(column))
        .collect();
    format!("SELECT {} FROM users", columns.join(", "))
}

fn agent(row: &TextRow) -> Result<AgentRow, StoreError> {
    Ok(AgentRow {
        id: row.int(0)?,
        login: row.text(1).to_owned(),
        first_name: row.text(2).to_owned(),
        last_name: row.text(3).to_owned(),
        valid_id: row.int(4)?,
        password: row.0.get(5).cloned().flatten(),
        rights: vec![],
    })
}

fn read(rows: &[TextRow]) -> Result<Vec<AgentRow>, StoreError> {
    rows.iter().map(agent).collect()
}

async fn with_rights(db: &Db, mut agents: Vec<AgentRow>) -> Result<Vec<AgentRow>, StoreError> {
    if agents.is_empty() {
        return Ok(agents);
    }
    let engine = db.engine();
    let user = if engine == Engine::MySql {
        "CAST(m.user_id AS CHAR)"
    } else {
        "CAST(m.user_id AS TEXT)"
    };
    let only = if agents.len() == 1 {
        " AND m.user_id = ?"
    } else {
        ""
    };
    let sql = format!(
        "SELECT {user}, g.name, m.permission_key FROM group_user m JOIN groups_table g ON g.id = m.group_id \
         WHERE g.name IN ('admin', 'users') AND g.valid_id = 1{only} \
         UNION SELECT {user}, g.name, r.permission_key FROM role_user m JOIN roles o ON o.id = m.role_id \
         JOIN group_role r ON r.role_id = m.role_id JOIN groups_table g ON g.id = r.group_id \
         WHERE g.name IN ('admin', 'users') AND g.valid_id = 1 AND o.valid_id = 1 AND r.permission_value = 1{only}"
    );
    let args = match agents.as_slice() {
        [one] => args![one.id, one.id].to_vec(),
        _ => vec![],
    };
    let rows = db.fetch(&sql, &args).await?;
    for agent in &mut agents {
        for row in &rows {
            if row.int(0)? == agent.id {
                let right = format!("{}:{}", row.text(1), row.text(2));
                agent.rights.push(right);
            }
        }
    }
    Ok(agents)
}

/// All agents, in no order.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn all(db: &Db) -> Result<Vec<AgentRow>, StoreError> {
    let rows = db.fetch(&select(db.engine()), &[]).await?;
    with_rights(db, read(&rows)?).await
}

/// What is stored of all agents' passwords.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn passwords(db: &Db) -> Result<Vec<String>, StoreError> {
    let sql = format!("SELECT {} FROM users", db.engine().as_text("pw"));
    let rows = db.fetch(&sql, &[]).await?;
    Ok(rows.iter().map(|row| row.text(0).to_owned()).collect())
}

/// The agent with this login, without regard to case; exactly this spelling is found first.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn find(db: &Db, login: &str) -> Result<Option<AgentRow>, StoreError> {
    let engine = db.engine();
    let lower = kartoteka_model::text::lower(login);
    // MariaDB's collation disregards case itself.
    let mut ways = vec![("login = ?", args![login])];
    if engine != Engine::MySql {
        ways.push(("LOWER(login) = ?", args![&lower]));
    }
    let mut found: Option<AgentRow> = None;
    for (condition, args) in &ways {
        let sql = format!("{} WHERE {condition}", select(engine));
        let rows = db.fetch(&sql, args).await?;
        let same = |agent: &AgentRow| kartoteka_model::text::same_key(&agent.login, login);
        found = read(&rows)?.into_iter().find(same);
        if found.is_some() {
            break;
        }
    }
    if found.is_none() && engine == Engine::Sqlite && !login.is_ascii() {
        // SQLite's LOWER leaves letters beyond ASCII as they are.
        let rows = db.fetch(&select(engine), &[]).await?;
        let same = |agent: &AgentRow| kartoteka_model::text::same_key(&agent.login, login);
        found = read(&rows)?.into_iter().find(same);
    }
    Ok(with_rights(db, found.into_iter().collect()).await?.pop())
}

/// The agent with this number.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn find_by_id(db: &Db, id: i64) -> Result<Option<AgentRow>, StoreError> {
    let rows = db
        .fetch(&format!("{} WHERE id = ?", select(db.engine())), &args![id])
        .await?;
    Ok(with_rights(db, read(&rows)?).await?.pop())
}

/// Rights as in [`AgentRow::rights`] that an agent has through OTOBO's roles, each with the role's name.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn role_rights(db: &Db, id: i64) -> Result<Vec<(String, String)>, StoreError> {
    let sql = "SELECT o.name, g.name, r.permission_key FROM role_user m JOIN roles o ON o.id = m.role_id \
               JOIN group_role r ON r.role_id = m.role_id JOIN groups_table g ON g.id = r.group_id \
               WHERE g.name IN ('admin', 'users') AND g.valid_id = 1 AND o.valid_id = 1 AND r.permission_value = 1 \
               AND m.user_id = ? ORDER BY o.name";
    let rows = db.fetch(sql, &args![id]).await?;
    let right = |row: &TextRow| format!("{}:{}", row.text(1), row.text(2));
    Ok(rows
        .iter()
        .map(|row| (row.text(0).to_owned(), right(row)))
        .collect())
}

/// What is stored of the passwords of all valid admins but one.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn passwords_of_other_admins(tx: &mut Tx, id: i64) -> Result<Vec<String>, StoreError> {
    let password = tx.engine().as_text("pw");
    let sql = format!(
        "SELECT {password} FROM users WHERE valid_id = 1 AND id <> ? AND (id IN (SELECT m.user_id FROM group_user m \
         JOIN groups_table g ON g.id = m.group_id WHERE g.name = 'admin' AND g.valid_id = 1 AND m.permission_key = 'rw') \
         OR id IN (SELECT m.user_id FROM role_user m JOIN roles o ON o.id = m.role_id \
         JOIN group_role r ON r.role_id = m.role_id JOIN groups_table g ON g.id = r.group_id WHERE g.name = 'admin' \
         AND g.valid_id = 1 AND o.valid_id = 1 AND r.permission_key = 'rw' AND r.permission_value = 1))"
    );
    let rows = tx.fetch(&sql, &args![id]).await?;
    Ok(rows.iter().map(|row| row.text(0).to_owned()).collect())
}

/// What a save sets.
#[derive(Debug)]
pub struct AgentValues<'a> {
    pub login: &'a str,
    pub first_name: &'a str,
    pub last_name: &'a str,
    pub valid_id: i64,
    pub password: Option<&'a str>,
}

/// Adds an agent; its number.
///
/// # Errors
/// `Duplicate` for a taken login.
#[boxed]
pub async fn insert(
    tx: &mut Tx,
    values: &AgentValues<'_>,
    actor: i64,
    now: &str,
) -> Result<i64, StoreError> {
    let time = tx.engine().time_placeholder();
    let sql = format!(
        "INSERT INTO users (login, first_name, last_name, valid_id, pw, create_time, create_by, change_time, \
         change_by) VALUES (?, ?, ?, ?, ?, {time}, ?, {time}, ?)"
    );
    let args = args![
        values.login,
        values.first_name,
        values.last_name,
        values.valid_id,
        values.password.unwrap_or(""),
        now,
        actor,
        now,
        actor,
    ];
    tx.execute(&sql, &args).await?;
    let sql = format!(
        "SELECT {} FROM users WHERE login = ?",
        tx.engine().as_text("id")
    );
    let rows = tx.fetch(&sql, &args![values.login]).await?;
    first_int(&rows)?.ok_or_else(|| StoreError::Unreadable("users.id".into()))
}

/// Changes an agent.
///
/// # Errors
/// `Duplicate` for a taken login.
#[boxed]
pub async fn update(
    tx: &mut Tx,
    id: i64,
    values: &AgentValues<'_>,
    actor: i64,
    now: &str,
) -> Result<(), StoreError> {
    let time = tx.engine().time_placeholder();
    let password = if values.password.is_some() {
        ", pw = ?"
    } else {
        ""
    };
    let sql = format!(
        "UPDATE users SET login = ?, first_name = ?, last_name = ?, valid_id = ?, change_time = {time}, \
         change_by = ?{password} WHERE id = ?"
    );
    let mut args = args![
        values.login,
        values.first_name,
        values.last_name,
        values.valid_id,
        now,
        actor
    ]
    .to_vec();
    args.extend(values.password.map(Into::into));
    args.push(id.into());
    tx.execute(&sql, &args).await?;
    Ok(())
}

/// Sets an agent's password, by their own hand, and nothing else.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn set_password(
    tx: &mut Tx,
    id: i64,
    password: &str,
    now: &str,
) -> Result<(), StoreError> {
    let time = tx.engine().time_placeholder();
    let sql = format!("UPDATE users SET pw = ?, change_time = {time}, change_by = ? WHERE id = ?");
    tx.execute(&sql, &args![password, now, id, id]).await?;
    Ok(())
}

/// Gives an agent exactly these permissions (`("users", "rw")`) in the groups `admin` and `users`, directly.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn set_rights(
    tx: &mut Tx,
    id: i64,
    rights: &[(&str, &str)],
    actor: i64,
    now: &str,
) -> Result<(), StoreError> {
    let time = tx.engine().time_placeholder();
    tx.execute(
        "DELETE FROM group_user WHERE user_id = ? AND group_id IN (SELECT id FROM groups_table WHERE name IN \
         ('admin', 'users'))",
        &args![id],
    )
    .await?;
    for (group, permission) in rights {
        // A bare parameter in a select list has no type of its own on PostgreSQL.
        let (number, text) = match tx.engine() {
            Engine::Postgres => ("CAST(? AS integer)", "CAST(? AS text)"),
            Engine::Sqlite | Engine::MySql => ("?", "?"),
        };
        let sql = format!(
            "INSERT INTO group_user (user_id, group_id, permission_key, create_time, create_by, change_time, \
             change_by) SELECT {number}, id, {text}, {time}, {number}, {time}, {number} FROM groups_table \
             WHERE name = ?"
        );
        tx.execute(
            &sql,
            &args![id, *permission, now, actor, now, actor, *group],
        )
        .await?;
    }
    Ok(())
}
