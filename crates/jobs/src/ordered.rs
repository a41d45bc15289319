//! Who ordered a job, and what they may do now.

use kartoteka_directory::inside::role_of;
use kartoteka_directory::{Action, Actor, Door, Error, Object, Principal, Result, Role};
use kartoteka_store::own::jobs::JobRow;
use kartoteka_store::own::{agents, tokens};
use serde::{Deserialize, Serialize};

use crate::Jobs;

/// Who ordered a job, without what they might do then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ordered {
    #[serde(flatten)]
    by: By,
    pub door: Door,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
enum By {
    Agent {
        id: i64,
    },
    Token {
        id: i64,
    },
    Operator,
    /// Somebody who may order none.
    Nobody,
}

fn by(actor: &Actor) -> By {
    match actor.principal {
        Principal::Agent { id, .. } => By::Agent { id },
        Principal::Token { id, .. } => By::Token { id },
        Principal::CustomerUser { .. } => By::Nobody,
        Principal::Operator | Principal::Program => By::Operator,
    }
}

impl Ordered {
    pub fn by(actor: &Actor) -> Self {
        Self {
            by: by(actor),
            door: actor.door,
        }
    }

    pub fn of(row: &JobRow) -> Result<Self> {
        serde_json::from_str(&row.actor).map_err(Error::internal)
    }

    /// Whether it is this one, through whichever door.
    pub fn is_by(&self, actor: &Actor) -> bool {
        self.by == by(actor)
    }
}

impl Jobs<'_> {
    /// Whoever ordered a job with what they may do now; none if that is not enough for any.
    pub(super) async fn actor_now(self, ordered: &Ordered) -> Result<Option<Actor>> {
        let home = self.directory.home();
        let actor = match ordered.by {
            By::Operator => Some(Actor::operator()),
            By::Nobody => None,
            By::Agent { id } => self.agent_now(id).await?.map(|(login, role)| Actor {
                principal: Principal::Agent { id, login, role },
                door: ordered.door,
            }),
            By::Token { id } => {
                let now = self.directory.clock().now();
                let row = tokens::find_by_id(home, id).await.map_err(Error::home)?;
                let live = row.filter(|row| {
                    row.revoked.is_none() && row.expires.is_none_or(|expires| expires > now)
                });
                let Some(row) = live else { return Ok(None) };
                let Some(agent) = row.owner.agent_id() else {
                    return Ok(None);
                };
                let maker = self.agent_now(agent).await?;
                maker
                    .zip(Role::parse(&row.scope))
                    .map(|((_, role), scope)| Actor {
                        principal: Principal::Token {
                            id,
                            name: row.name,
                            agent,
                            role: role.min(scope),
                        },
                        door: ordered.door,
                    })
            }
        };
        Ok(actor.filter(|actor| actor.may(Action::Change, Object::Jobs)))
    }

    /// The login and role of an agent who may work here now.
    async fn agent_now(self, id: i64) -> Result<Option<(String, Role)>> {
        let agent = agents::find_by_id(self.directory.home(), id)
            .await
            .map_err(Error::home)?;
        let valid = agent.filter(|agent| agent.valid_id == 1);
        Ok(valid.and_then(|agent| Some((agent.login, role_of(&agent.rights)?))))
    }
}
