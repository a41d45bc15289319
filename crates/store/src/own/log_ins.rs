//! Attempts to log in that failed, and the networks from which somebody came before: `kt_login_attempt`,
//! `kt_known_network`.

use crate::args;
use crate::db::{Arg, Db};
use crate::error::StoreError;
use crate::own::principal::{PrincipalKey, PrincipalKind};
use kartoteka_boxed::boxed;

/// An attempt: who, from where, when (seconds since 1970).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// What the login is one of.
    pub kind: PrincipalKind,
    /// In small letters.
    pub login: String,
    pub network: String,
    pub at: i64,
}

/// Which attempts are meant.
#[derive(Debug, Clone, Copy)]
pub enum Of<'a> {
    /// A login's, from one network.
    Both {
        kind: PrincipalKind,
        login: &'a str,
        network: &'a str,
    },
    /// A login's, from wherever.
    Login(PrincipalKind, &'a str),
    /// A network's, at whichever login of whatever kind.
    Network(&'a str),
}

impl Of<'_> {
    fn condition(self) -> (&'static str, Vec<Arg>) {
        match self {
            Self::Both {
                kind,
                login,
                network,
            } => (
                "login = ? AND network = ? AND kind = ?",
                args![login, network, kind.name()].to_vec(),
            ),
            Self::Login(kind, login) => {
                ("login = ? AND kind = ?", args![login, kind.name()].to_vec())
            }
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
#[boxed]
pub async fn add(db: &Db, new: &Attempt) -> Result<(), StoreError> {
    let sql = "INSERT INTO kt_login_attempt (login, network, at, kind) VALUES (?, ?, ?, ?)";
    let args = args![&new.login, &new.network, new.at, new.kind.name()];
    db.execute(sql, &args).await?;
    Ok(())
}

/// Takes back one attempt that is as this one, as if it had not been made.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn take_back(db: &Db, one: &Attempt) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT {} FROM kt_login_attempt WHERE login = ? AND network = ? AND at = ? AND kind = ? LIMIT 1000",
        db.engine().as_text("id")
    );
    let args = args![&one.login, &one.network, one.at, one.kind.name()];
    let alike = db.fetch(&sql, &args).await?;
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
#[boxed]
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
#[boxed]
pub async fn forget(db: &Db, of: Of<'_>) -> Result<u64, StoreError> {
    let (condition, args) = of.condition();
    let sql = format!("DELETE FROM kt_login_attempt WHERE {condition}");
    db.execute(&sql, &args).await
}

/// Networks from which at least so many attempts were made from a time to another, the most first; so many at the most.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn networks(
    db: &Db,
    span: (i64, i64),
    least: u32,
    limit: u32,
) -> Result<Vec<Counted>, StoreError> {
    many(db, "network", ("", &[]), span, (least, limit)).await
}

/// Logins of a kind, or one of them, each with a network from which so many attempts were made at it; as [`networks`].
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn logins(
    db: &Db,
    kind: PrincipalKind,
    only: Option<&str>,
    span: (i64, i64),
    (least, limit): (u32, u32),
) -> Result<Vec<Counted>, StoreError> {
    let (condition, args) = match only {
        Some(login) => Of::Login(kind, login).condition(),
        None => ("kind = ?", args![kind.name()].to_vec()),
    };
    let only = format!("{condition} AND ");
    many(db, "network, login", (&only, &args), span, (least, limit)).await
}

async fn many(
    db: &Db,
    columns: &str,
    (only, args): (&str, &[Arg]),
    (since, until): (i64, i64),
    (least, limit): (u32, u32),
) -> Result<Vec<Counted>, StoreError> {
    let count = db.engine().counted();
    let sql = format!(
        "SELECT {count}, {columns} FROM kt_login_attempt WHERE {only}at >= ? AND at <= ? GROUP BY {columns} \
         HAVING COUNT(*) >= ? ORDER BY COUNT(*) DESC, {columns} LIMIT {limit}"
    );
    let mut args = args.to_vec();
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

/// When somebody last came from a network, if ever.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn came_from(
    db: &Db,
    who: &PrincipalKey,
    network: &str,
) -> Result<Option<i64>, StoreError> {
    let sql = format!(
        "SELECT {} FROM kt_known_network WHERE kind = ? AND owner = ? AND network = ?",
        db.engine().as_text("at")
    );
    let args = args![who.kind.name(), who.key.as_str(), network];
    let rows = db.fetch(&sql, &args).await?;
    rows.first().map(|row| row.int(0)).transpose()
}

/// Notes that somebody came from a network.
///
/// # Errors
/// When the database does not answer.
#[boxed]
pub async fn comes_from(
    db: &Db,
    who: &PrincipalKey,
    network: &str,
    now: i64,
) -> Result<(), StoreError> {
    let args = args![now, who.kind.name(), who.key.as_str(), network];
    let sql = "UPDATE kt_known_network SET at = ? WHERE kind = ? AND owner = ? AND network = ?";
    if db.execute(sql, &args).await? > 0 {
        return Ok(());
    }
    let sql = "INSERT INTO kt_known_network (at, kind, owner, network) VALUES (?, ?, ?, ?)";
    match db.execute(sql, &args).await {
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
#[boxed]
pub async fn tidy(
    db: &Db,
    (since, until): (i64, i64),
    networks_since: i64,
) -> Result<(), StoreError> {
    for table in ["kt_login_attempt", "kt_attempt"] {
        let sql = format!("DELETE FROM {table} WHERE at < ? OR at > ?");
        db.execute(&sql, &args![since, until]).await?;
    }
    let sql = "DELETE FROM kt_known_network WHERE at < ?";
    db.execute(sql, &args![networks_since]).await?;
    Ok(())
}
