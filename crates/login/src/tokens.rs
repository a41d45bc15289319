//! Tokens with which programs use REST.

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::{JournalDraft, role_of};
use kartoteka_directory::{
    Action, Actor, Door, Error, FieldProblem, Object, Principal, Result, Role, Topic,
};
use kartoteka_store::own::agents;
use kartoteka_store::own::principal::PrincipalKey;
use kartoteka_store::own::tokens::{self, TokenRow};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use crate::Logins;
use crate::sessions::{digest, secret};

/// A token as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Token {
    pub id: i64,
    pub name: String,
    pub scope: Role,
    /// The first characters, to tell tokens apart.
    pub prefix: String,
    /// Seconds since 1970.
    pub created: i64,
    pub expires: Option<i64>,
    pub last_used: Option<i64>,
    pub revoked: Option<i64>,
    pub created_by: String,
}

/// A token that was just made; the secret is shown once.
#[derive(Debug)]
pub struct NewToken {
    pub token: Token,
    pub secret: SecretString,
}

/// Begins every token, so that a leaked one is recognised.
const TOKEN_PREFIX: &str = "kt_";

impl Logins<'_> {
    /// Makes a token. Role: admin.
    ///
    /// # Errors
    /// `Invalid` for an empty, overlong or taken name, and an expiry in the past.
    #[boxed]
    pub async fn create_token(
        self,
        actor: &Actor,
        name: &str,
        scope: Role,
        expires: Option<i64>,
    ) -> Result<NewToken> {
        self.create_token_of(actor, actor.id(), name, scope, expires)
            .await
    }

    /// Makes a token that stands for another agent: it does no more than that agent may. Role: admin.
    ///
    /// # Errors
    /// As [`Logins::create_token`]; `Invalid` for an agent who may not work here, whose token would open nothing.
    #[boxed]
    pub async fn create_token_of(
        self,
        actor: &Actor,
        agent: i64,
        name: &str,
        scope: Role,
        expires: Option<i64>,
    ) -> Result<NewToken> {
        actor.require(Action::Change, Object::Tokens)?;
        let name = name.trim();
        let now = self.directory.clock().now();
        if name.is_empty() {
            return Err(Error::field("name", FieldProblem::Required));
        }
        if name.chars().count() > 100 {
            return Err(Error::field("name", FieldProblem::TooLong { max: 100 }));
        }
        if name.chars().any(char::is_control) {
            return Err(Error::field("name", FieldProblem::ControlCharacter));
        }
        if expires.is_some_and(|expires| expires <= now) {
            return Err(Error::field("expires", FieldProblem::NotAChoice));
        }
        let stands_for = agents::find_by_id(self.directory.home(), agent)
            .await
            .map_err(Error::home)?;
        if stands_for.as_ref().and_then(working_role).is_none() {
            return Err(Error::field("agent", FieldProblem::NotAChoice));
        }
        self.directory
            .save(|| async {
                let mut tx = self.directory.begin_locked().await?;
                let known = tokens::all(self.directory.home())
                    .await
                    .map_err(Error::home)?;
                if known
                    .iter()
                    .any(|token| token.name == name && token.revoked.is_none())
                {
                    return Err(Error::field(
                        "name",
                        FieldProblem::Taken {
                            by: name.to_owned(),
                        },
                    ));
                }
                let secret =
                    SecretString::from(format!("{TOKEN_PREFIX}{}", secret().expose_secret()));
                let row = TokenRow {
                    id: 0,
                    name: name.to_owned(),
                    scope: scope.name().to_owned(),
                    prefix: secret.expose_secret().chars().take(11).collect(),
                    token_hash: digest(&secret),
                    owner: PrincipalKey::agent(agent),
                    created_by: actor.name(),
                    created: now,
                    expires,
                    last_used: None,
                    revoked: None,
                };
                tokens::insert(&mut tx, &row).await.map_err(Error::home)?;
                self.directory
                    .journal_entry(&mut tx, actor, draft("create", name))
                    .await?;
                tx.commit().await.map_err(Error::home)?;
                let stored = tokens::find(self.directory.home(), &row.token_hash)
                    .await
                    .map_err(Error::home)?;
                Ok(NewToken {
                    token: token(stored.unwrap_or(row))?,
                    secret,
                })
            })
            .await
    }

    /// All tokens, the latest first. Role: admin.
    ///
    /// # Errors
    /// When the database does not answer.
    #[boxed]
    pub async fn tokens(self, actor: &Actor) -> Result<Vec<Token>> {
        actor.require(Action::Change, Object::Tokens)?;
        let rows = tokens::all(self.directory.home())
            .await
            .map_err(Error::home)?;
        rows.into_iter().map(token).collect()
    }

    /// Ends a token. Role: admin.
    ///
    /// # Errors
    /// `Unknown` for one that is not there or ended before.
    #[boxed]
    pub async fn revoke_token(self, actor: &Actor, id: i64) -> Result<()> {
        actor.require(Action::Change, Object::Tokens)?;
        let unknown = || Error::Unknown {
            what: "token",
            key: id.to_string(),
        };
        let rows = tokens::all(self.directory.home())
            .await
            .map_err(Error::home)?;
        let row = rows
            .into_iter()
            .find(|row| row.id == id)
            .ok_or_else(unknown)?;
        self.directory
            .save(|| async {
                let mut tx = self.directory.begin().await?;
                if !tokens::revoke(&mut tx, id, self.directory.clock().now())
                    .await
                    .map_err(Error::home)?
                {
                    return Err(unknown());
                }
                self.directory
                    .journal_entry(&mut tx, actor, draft("revoke", &row.name))
                    .await?;
                tx.commit().await.map_err(Error::home)
            })
            .await
    }

    /// The actor that a token stands for. Its rights never exceed those that its maker has now.
    ///
    /// # Errors
    /// `WrongCredentials` for unknown, expired and revoked tokens, and tokens of agents who may no longer work here.
    #[boxed]
    pub async fn authenticate(self, secret: &SecretString) -> Result<Actor> {
        let home = self.directory.home();
        let now = self.directory.clock().now();
        let row = tokens::find(home, &digest(secret))
            .await
            .map_err(Error::home)?;
        let live = |row: &TokenRow| {
            row.revoked.is_none() && row.expires.is_none_or(|expires| expires > now)
        };
        let row = row.filter(live).ok_or(Error::WrongCredentials)?;
        let scope = Role::parse(&row.scope).ok_or(Error::WrongCredentials)?;
        // Nobody but agents has tokens so far.
        let agent = row.owner.agent_id().ok_or(Error::WrongCredentials)?;
        let maker = agents::find_by_id(home, agent).await.map_err(Error::home)?;
        let maker = maker.as_ref().and_then(working_role);
        let role = scope.min(maker.ok_or(Error::WrongCredentials)?);
        if row.last_used.is_none_or(|used| now - used >= 60) {
            self.note_use(tokens::touch(home, row.id, now)).await;
        }
        Ok(Actor {
            principal: Principal::Token {
                id: row.id,
                name: row.name,
                agent,
                role,
            },
            door: Door::Rest,
        })
    }
}

/// The role of an agent who may work here.
fn working_role(agent: &agents::AgentRow) -> Option<Role> {
    role_of(&agent.rights).filter(|_| agent.valid_id == 1)
}

fn draft<'a>(action: &'a str, name: &'a str) -> JournalDraft<'a> {
    JournalDraft {
        action,
        kind: Topic::Token.name(),
        source: "kt_token",
        key: name,
        key_before: "",
        changes: &[],
        effects: &[],
    }
}

fn token(row: TokenRow) -> Result<Token> {
    Ok(Token {
        id: row.id,
        name: row.name,
        scope: Role::parse(&row.scope).ok_or_else(|| Error::unknown_word(&row.scope))?,
        prefix: row.prefix,
        created: row.created,
        expires: row.expires,
        last_used: row.last_used,
        revoked: row.revoked,
        created_by: row.created_by,
    })
}
