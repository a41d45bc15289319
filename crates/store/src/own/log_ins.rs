//! Attempts to log in that failed, and the networks from which agents came before: `kt_login_attempt`,
//! `kt_login_network`.

use crate::args;
use crate::db::{Arg, Db};
use crate::error::StoreError;

/// An attempt: who, from where, when (seconds since 1970).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// In small letters.
    pub login: String,
    pub network: String,
    pub at: i64,
}

/// Which attempts are meant.
#[derive(Debug, Clone, Copy)]
pub enum Of<'a> {
    /// A login's, from one network.
    Both { login: &'a str, network: &'a str },
    /// A login's, from wherever.
    Login(&'a str),
    /// A network's, at whichever login.
    Network(&'a str),
}

impl Of<'_> {
    fn condition(self) -> (&'static str, Vec<Arg>) {
        match self {
            Self::Both { login, network } => {
                ("login = ? AND network = ?", args![login, network].to_vec())
            }
            Self::Login(login) => ("login = ?", args![login].to_vec()),
            Self::Network(network) => ("network = ?", args![network].to_vec()),
        }
    }
}

/// So many attempts in a span of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// None where those of a network are counted.
    pub login: Option<String>,
    pub network: String,
    pub count: i64,
}

/// Notes an attempt before its password is looked at, so that those made at the same time count each other.
///
/// # Errors
/// When the database does not answer.
pub async fn add(db: &Db, new: &Attempt) -> Result<(), StoreError> {
    let sql = "INSERT INTO kt_login_attempt (login, network, at) VALUES (?, ?, ?)";
    db.execute(sql, &args![&new.login, &new.network, new.at])
        .await?;
    Ok(())
}

/// Takes back one attempt that is as this one, as if it had not been made.
///
/// # Errors
/// When the database does not answer.
pub async fn take_back(db: &Db, one: &Attempt) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT {} FROM kt_login_attempt WHERE login = ? AND network = ? AND at = ? LIMIT 1000",
        db.engine().as_text("id")
    );
    let alike = db
        .fetch(&sql, &args![&one.login, &one.network, one.at])
        .await?;
    // Any of them will do. What somebody else takes back at the same time is gone already: the next one then.
    for row in &alike {
        let sql = "DELETE FROM kt_login_attempt WHERE id = ?";
        if db.execute(sql, &args![row.int(0)?]).await? > 0 {
            break;
        }
    }
    Ok(())
}

/// When the latest attempts were made, from a time to another, the latest first; so many at the most.
///
/// # Errors
/// When the database does not answer.
pub async fn latest(
    db: &Db,
    of: Of<'_>,
    (since, until): (i64, i64),
    limit: u32,
) -> Result<Vec<i64>, StoreError> {
    let (condition, mut args) = of.condition();
    let sql = format!(
        "SELECT {} FROM kt_login_attempt WHERE {condition} AND at >= ? AND at <= ? ORDER BY at DESC LIMIT {limit}",
        db.engine().as_text("at")
    );
    args.extend(args![since, until]);
    let rows = db.fetch(&sql, &args).await?;
    rows.iter().map(|row| row.int(0)).collect()
}

/// Forgets attempts; how many there were.
///
/// # Errors
/// When the database does not answer.
pub async fn forget(db: &Db, of: Of<'_>) -> Result<u64, StoreError> {
    let (condition, args) = of.condition();
    let sql = format!("DELETE FROM kt_login_attempt WHERE {condition}");
    db.execute(&sql, &args).await
}

/// Networks from which at least so many attempts were made from a time to another, the most first; so many at the most.
///
/// # Errors
/// When the database does not answer.
pub async fn networks(
    db: &Db,
    span: (i64, i64),
    least: u32,
    limit: u32,
) -> Result<Vec<Counted>, StoreError> {
    many(db, "network", None, span, (least, limit)).await
}

/// Logins, or one of them, each with a network from which so many attempts were made at it; as [`networks`].
///
/// # Errors
/// When the database does not answer.
pub async fn logins(
    db: &Db,
    only: Option<&str>,
    span: (i64, i64),
    least: u32,
    limit: u32,
) -> Result<Vec<Counted>, StoreError> {
    many(db, "network, login", only, span, (least, limit)).await
}

async fn many(
    db: &Db,
    columns: &str,
    login: Option<&str>,
    (since, until): (i64, i64),
    (least, limit): (u32, u32),
) -> Result<Vec<Counted>, StoreError> {
    let count = db.engine().counted();
    let only = login.map_or("", |_| "login = ? AND ");
    let sql = format!(
        "SELECT {count}, {columns} FROM kt_login_attempt WHERE {only}at >= ? AND at <= ? GROUP BY {columns} \
         HAVING COUNT(*) >= ? ORDER BY COUNT(*) DESC, {columns} LIMIT {limit}"
    );
    let mut args: Vec<Arg> = login.map(Into::into).into_iter().collect();
    args.extend(args![since, until, i64::from(least)]);
    let rows = db.fetch(&sql, &args).await?;
    let counted = rows.iter().map(|row| {
        Ok(Counted {
            count: row.int(0)?,
            network: row.text(1).to_owned(),
            login: row.0.get(2).cloned().flatten(),
        })
    });
    counted.collect()
}

/// When an agent last came from a network, if ever.
///
/// # Errors
/// When the database does not answer.
pub async fn came_from(db: &Db, agent: i64, network: &str) -> Result<Option<i64>, StoreError> {
    let sql = format!(
        "SELECT {} FROM kt_login_network WHERE agent_id = ? AND network = ?",
        db.engine().as_text("at")
    );
    let rows = db.fetch(&sql, &args![agent, network]).await?;
    rows.first().map(|row| row.int(0)).transpose()
}

/// Notes that an agent came from a network.
///
/// # Errors
/// When the database does not answer.
pub async fn comes_from(db: &Db, agent: i64, network: &str, now: i64) -> Result<(), StoreError> {
    let sql = "UPDATE kt_login_network SET at = ? WHERE agent_id = ? AND network = ?";
    if db.execute(sql, &args![now, agent, network]).await? > 0 {
        return Ok(());
    }
    let sql = "INSERT INTO kt_login_network (agent_id, network, at) VALUES (?, ?, ?)";
    match db.execute(sql, &args![agent, network, now]).await {
        // Somebody else noted it at the same time.
        Ok(_) | Err(StoreError::Duplicate(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Removes attempts that are older than a time, or of a future that a clock set back left, and networks that nobody came
/// from since another.
///
/// # Errors
/// When the database does not answer.
pub async fn tidy(
    db: &Db,
    (since, until): (i64, i64),
    networks_since: i64,
) -> Result<(), StoreError> {
    for table in ["kt_login_attempt", "kt_attempt"] {
        let sql = format!("DELETE FROM {table} WHERE at < ? OR at > ?");
        db.execute(&sql, &args![since, until]).await?;
    }
    let sql = "DELETE FROM kt_login_network WHERE at < ?";
    db.execute(sql, &args![networks_since]).await?;
    Ok(())
}
