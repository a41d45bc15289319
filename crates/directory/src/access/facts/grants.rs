//! What is given and taken as such, whoever it is given to or taken from.

use crate::access::plan::Wanted;
use crate::access::plan::resolve::Named;
use crate::access::plan::rights::Rights;
use crate::actor::Actor;
use crate::error::{FieldError, Result};
use crate::open::Directory;
use crate::rights::{Action, Object};

/// The field that names the person.
const PERSON: &str = "UserLogin";

impl Directory {
    /// What is wrong with relations but for the people that they name: customers, groups, services and permissions that
    /// are not there or not valid, and groups in which the actor may give nothing.
    ///
    /// # Errors
    /// `Forbidden`; when a source does not answer.
    pub(crate) async fn wrong_with(
        &self,
        actor: &Actor,
        wanted: &[Wanted],
    ) -> Result<Vec<FieldError>> {
        actor.require(Action::Change, Object::Access)?;
        self.follow_both().await?;
        let settings = self.access_settings().await?;
        let resolved = self.resolve(wanted).await?;
        let rights = Rights::of_groups(self.groups_of_agent(actor).await?);
        let mut errors = vec![];
        for (at, one) in wanted.iter().enumerate() {
            let found = resolved.name(one, true, &settings).errors;
            // Who is asked for does not matter here, so that the rest is named whether they are known or not.
            let named = resolved.name(one, false, &settings).named;
            let refused = rights.refuse(one, named.as_ref().and_then(Named::group));
            let wrong = found.into_iter().chain(refused);
            errors.extend(
                wrong
                    .filter(|error| error.field != PERSON)
                    .map(|error| FieldError {
                        field: format!("{at}.{}", error.field),
                        problem: error.problem,
                    }),
            );
        }
        Ok(errors)
    }
}
