//! Which tickets a person may see: the rule, for those who hold the tickets.

use kartoteka_boxed::boxed;
use kartoteka_directory::{Action, Actor, Error, Object, Result};
use kartoteka_model::access::{TicketFacts, ticket_access};
use kartoteka_store::access;

use crate::Access;

/// What of a ticket decides who may see it; its group is that of its queue, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    pub customer_id: String,
    pub login: String,
    pub group: String,
}

impl Access<'_> {
    /// For each ticket, whether a person has a permission for it (D20). Unknown people see none. Role: reader.
    ///
    /// # Errors
    /// When a source or the database does not answer.
    #[boxed]
    pub async fn ticket_access(
        self,
        actor: &Actor,
        login: &str,
        permission: &str,
        tickets: &[Ticket],
    ) -> Result<Vec<bool>> {
        actor.require(Action::See, Object::Access)?;
        let person = match self.person_facts(login).await {
            Ok(person) => person,
            Err(Error::NotFound { .. }) => return Ok(vec![false; tickets.len()]),
            Err(error) => return Err(error),
        };
        let groups = access::groups(self.directory.home(), self.directory.collation())
            .await
            .map_err(Error::home)?;
        let settings = self.grants().access_settings().await?;
        let granted = |ticket: &Ticket| {
            let group = groups.iter().find(|group| group.name == ticket.group);
            group.is_some_and(|group| {
                let facts = TicketFacts {
                    customer_id: &ticket.customer_id,
                    login: &ticket.login,
                    group: group.id,
                };
                ticket_access(&person, facts, permission, &groups, &settings)
            })
        };
        Ok(tickets.iter().map(granted).collect())
    }
}
