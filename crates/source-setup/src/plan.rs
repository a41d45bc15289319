//! What setting up a source would do, worked out and tested before anything is written.

use kartoteka_boxed::boxed;
use kartoteka_directory::inside::written_fields;
use kartoteka_directory::{
    Action, Actor, Change, Error, FieldError, FieldProblem, Kind, Object, Result, Sealed,
};
use kartoteka_settings::{Diagnostic, Document, Settings, WrittenDefinition, WrittenFields};

use crate::SourceSetup;
use crate::changes::changes;
use crate::look::Looked;
use crate::shown::kind_of;
use crate::wanted::{SetupStep, SetupWish, Wanted, apart};

/// A change of a source that was authorised, checked and tested, but not done.
pub type SetupPlan = Sealed<SetupPlanned>;

/// What the plan of a change says.
#[derive(Debug, Clone)]
pub struct SetupPlanned {
    pub id: String,
    /// Whether people are in it, or customers.
    pub kind: Kind,
    /// As it is set up here now, without secrets.
    pub before: Option<Document>,
    /// None when it is removed.
    pub after: Option<Document>,
    /// The keys of secrets that it has then.
    pub secrets: Vec<String>,
    pub changes: Vec<Change>,
    pub errors: Vec<FieldError>,
    /// What does not keep it from being saved, and should be looked at.
    pub warnings: Vec<String>,
    /// What a test found, whom it would bring, and what else is done.
    pub looked: Looked,
    pub(crate) actor: Actor,
    pub(crate) version: Option<u64>,
    pub(crate) wanted: Option<Wanted>,
}

impl SourceSetup<'_> {
    /// Plans to set up, change or remove a source, and tests it. That takes up to half a minute where a server is slow. Role:
    /// admin.
    ///
    /// # Errors
    /// `Forbidden`; `Unknown` for a source that is to be changed and is not set up here. Mistakes are in
    /// [`SetupPlanned::errors`].
    #[boxed]
    pub async fn plan_setup(self, actor: &Actor, wish: SetupWish) -> Result<SetupPlan> {
        actor.require(Action::Change, Object::Settings)?;
        let written = written_fields(self.directory.home())
            .await
            .map_err(Error::home)?;
        let (mut planned, settings) = self.checked(actor, &wish, &written)?;
        let is_right = planned.errors.is_empty();
        if let Some(settings) = settings.filter(|_| is_right) {
            let looked = self.look(&settings, &planned).await?;
            let may_fail = wish.although_it_fails && !looked.is_at_home;
            if looked.has_failed() && !may_fail {
                planned
                    .errors
                    .push(FieldError::new("test", FieldProblem::TestFailed));
            }
            planned.looked = looked;
        }
        Ok(self.directory.seal(planned))
    }

    /// Plans what a document says, to see what a test of it finds: as a change where its section is set up here. Role:
    /// admin.
    ///
    /// # Errors
    /// As [`plan_setup`](Self::plan_setup).
    #[boxed]
    pub async fn plan_test(
        self,
        actor: &Actor,
        id: String,
        document: Document,
    ) -> Result<SetupPlan> {
        let places = self.places(actor).await?;
        let step = match places.iter().any(|place| place.id == id && place.is_here) {
            true => SetupStep::Change(document),
            false => SetupStep::Add(document),
        };
        let wish = SetupWish {
            although_it_fails: true,
            ..SetupWish::of(id, step)
        };
        self.plan_setup(actor, wish).await
    }

    /// What is wrong with a wish, and the settings as they would be.
    fn checked(
        self,
        actor: &Actor,
        wish: &SetupWish,
        written: &WrittenFields,
    ) -> Result<(SetupPlanned, Option<Settings>)> {
        let id = wish.id.as_str();
        let mut errors = vec![];
        let before = written.definitions.get(id);
        let unknown = || Error::Unknown {
            what: "source",
            key: id.to_owned(),
        };
        let kind = match (kind_of(id), &wish.step) {
            (Some(kind), _) => kind,
            (None, SetupStep::Add(_)) => {
                errors.push(FieldError::new("id", FieldProblem::NotAChoice));
                Kind::CustomerUser
            }
            (None, _) => return Err(unknown()),
        };
        let file = self.directory.file_settings();
        let said = file.says_source(id);
        if let Some(place) = said.clone() {
            let problem = FieldProblem::SourceElsewhere { place };
            errors.push(FieldError::new("id", problem));
        } else if let (SetupStep::Add(_), Some(before)) = (&wish.step, before) {
            let by = match before.document.text("Name") {
                "" => id.to_owned(),
                name => name.to_owned(),
            };
            errors.push(FieldError::new("id", FieldProblem::Taken { by }));
        } else if !matches!(wish.step, SetupStep::Add(_)) && before.is_none() {
            return Err(unknown());
        }
        let version = before.map(|before| before.version);
        if wish.had.is_some() && wish.had != version {
            errors.push(FieldError::new("version", FieldProblem::DocumentChanged));
        }
        let mut warnings = vec![];
        let (settings, wanted) = match &wish.step {
            SetupStep::Add(document) | SetupStep::Change(document) => {
                let document = document.clone();
                let wanted = apart(
                    self.directory,
                    id,
                    (document, &wish.held),
                    before,
                    &mut errors,
                );
                if self.lacks_key(&wanted, id, written) {
                    let keys = wanted.fresh.keys();
                    let lacks = |key| FieldError::new(key, FieldProblem::NoSecretKey);
                    errors.extend(keys.map(lacks));
                }
                let others = without(written, id);
                let mut settings = self.directory.with_written(&others).0;
                if kind_of(id).is_some() && said.is_none() {
                    let found = settings.lay_source(id, &wanted.document, &wanted.open, None);
                    let again = errors.iter().map(|error| error.field.clone());
                    let again: Vec<String> = again.collect();
                    for one in found {
                        match mistaken(id, &one) {
                            // What has to be given once more is missing, too.
                            error
                                if one.is_error()
                                    && again.iter().any(|key| is_about(key, &one)) =>
                            {
                                drop(error);
                            }
                            error if one.is_error() => errors.push(error),
                            _ => warnings.push(told(&one)),
                        }
                    }
                }
                (others.over(&settings).0, Some(wanted))
            }
            SetupStep::Remove => (self.directory.with_written(&without(written, id)).0, None),
        };
        let document = wanted.as_ref().map(|wanted| wanted.document.clone());
        let secrets = wanted.iter().flat_map(|wanted| wanted.open.keys().cloned());
        let planned = SetupPlanned {
            id: id.to_owned(),
            kind,
            before: before.map(|before| before.document.clone()),
            secrets: secrets.collect(),
            changes: changes(before, wanted.as_ref(), &wish.held),
            after: document,
            errors,
            warnings,
            looked: Looked::default(),
            actor: actor.clone(),
            version,
            wanted,
        };
        Ok((planned, Some(settings)))
    }

    /// Whether secrets are to be sealed, others are already, and the key to those is not here: another key would be made, and
    /// no node could open all of them.
    fn lacks_key(self, wanted: &Wanted, id: &str, written: &WrittenFields) -> bool {
        let mut others = written.definitions.iter().filter(|(other, _)| *other != id);
        let are_sealed = others.any(|(_, one): (_, &WrittenDefinition)| !one.sealed.is_empty());
        !wanted.fresh.is_empty() && are_sealed && self.directory.sealing_key().is_none()
    }
}

/// What is written without a source.
pub(crate) fn without(written: &WrittenFields, id: &str) -> WrittenFields {
    let mut others = written.clone();
    others.definitions.remove(id);
    others
}

/// Whether a mistake is about a secret that has a mistake of its own.
fn is_about(key: &str, diagnostic: &Diagnostic) -> bool {
    let last = key.rsplit('.').next();
    let params = diagnostic.params.iter();
    let mut named = params.filter(|(name, _)| *name == "key");
    named.any(|(_, value)| Some(value.as_str()) == last)
}

/// A mistake in a document, with the key that it is about.
fn mistaken(id: &str, diagnostic: &Diagnostic) -> FieldError {
    let place = diagnostic.place.file.as_str();
    let key = place
        .strip_prefix(id)
        .map(str::trim_start)
        .filter(|key| !key.is_empty())
        .unwrap_or("document");
    let text = told(diagnostic);
    FieldError::new(key, FieldProblem::Settings { text })
}

/// A mistake as the settings tell it, without its place.
fn told(diagnostic: &Diagnostic) -> String {
    let mut text = diagnostic.text();
    if let Some(found) = &diagnostic.found {
        text.push_str(&format!("; found: {found}"));
    }
    if let Some(remedy) = diagnostic.what_to_write() {
        text.push_str(&format!("; write instead: {remedy}"));
    }
    text
}
