//! What is given and taken as such, whoever it is given to or taken from.

use kartoteka_boxed::boxed;
use kartoteka_directory::{Action, Actor, FieldError, Object, Result};

use crate::Access;
use crate::plan::Wanted;
use crate::plan::resolve::ResolvedRelation;
use crate::plan::rights::Rights;

/// The field that names the person.
const PERSON: &str = "UserLogin";

impl Access<'_> {
    /// What is wrong with relations but for the people that they name: customers, groups, services and permissions that
    /// are not there or not valid, and groups in which the actor may give nothing.
    ///
    /// # Errors
    /// `Forbidden`; when a source does not answer.
    #[boxed]
    pub async fn wrong_with(self, actor: &Actor, wanted: &[Wanted]) -> Result<Vec<FieldError>> {
        actor.require(Action::Change, Object::Access)?;
        self.directory.sync_indexes().await?;
        let settings = self.grants().access_settings().await?;
        let resolved = self.resolve(wanted).await?;
        let rights = Rights::of_groups(self.groups_of_agent(actor).await?);
        let mut errors = vec![];
        for (at, one) in wanted.iter().enumerate() {
            let found = resolved.name(one, true, &settings).errors;
            // Who is asked for does not matter here, so that the rest is named whether they are known or not.
            let named = resolved.name(one, false, &settings).named;
            let refused = rights.refuse(one, named.as_ref().and_then(ResolvedRelation::group));
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
