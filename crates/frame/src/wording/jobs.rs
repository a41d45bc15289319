//! Jobs in words.

use fluent_templates::fluent_bundle::FluentValue;
use kartoteka_directory::{JobChange, JobRelation};
use kartoteka_jobs::{
    EffectCount, EffectOf, FieldChange, FieldEdit, Job, JobState, RowProblem, Selected,
};

use crate::frame::Frame;

impl Frame {
    /// A text of jobs that there is one of for each name.
    pub fn job_text(&self, part: &str, name: &str) -> String {
        self.t(&format!("jobs-{part}-{name}"))
    }

    /// How far a job is. One that was never started was not stopped either.
    pub fn job_state(&self, job: &Job) -> String {
        match (job.state, job.started) {
            (JobState::Stopped, None) => self.t("jobs-state-discarded"),
            (state, _) => self.job_text("state", state.name()),
        }
    }

    /// What is given or taken.
    pub fn job_change(&self, change: &JobChange) -> String {
        let way = if change.given { "given" } else { "taken" };
        match &change.relation {
            JobRelation::Customer { customer } => {
                self.with(&format!("jobs-customer-{way}"), "customer", customer)
            }
            JobRelation::PersonGroup { group, permission } => self.with2(
                &format!("jobs-group-{way}"),
                "group",
                group,
                "permission",
                self.permission_name(permission),
            ),
            JobRelation::Service { service } => {
                self.with(&format!("jobs-service-{way}"), "service", service)
            }
        }
    }

    /// Everything that a job does, in a line.
    pub fn job_what(&self, job: &Job) -> String {
        if let Some(undone) = job.undoes {
            return self.with("jobs-undoes", "number", undone);
        }
        self.job_changes(job).join(" · ")
    }

    /// What a job gives, takes and changes, each for itself.
    pub fn job_changes(&self, job: &Job) -> Vec<String> {
        let relations = job.changes.iter().map(|change| self.job_change(change));
        let fields = job.fields.iter().map(|change| self.job_field(change));
        relations.chain(fields).collect()
    }

    fn job_field(&self, change: &FieldChange) -> String {
        let field = self.field_name(&change.field);
        match &change.edit {
            FieldEdit::Set { value } if value.is_empty() => {
                self.with("jobs-field-cleared", "field", field)
            }
            FieldEdit::Set { value } => {
                let value = self.value(&change.field, value);
                self.with2("jobs-field-set", "field", field, "value", value)
            }
            FieldEdit::Replace { replace, by } => {
                let values = [
                    ("field", FluentValue::from(field)),
                    ("text", FluentValue::from(replace.as_str())),
                    ("by", FluentValue::from(by.as_str())),
                ];
                self.language.text("jobs-field-replaced", &values)
            }
        }
    }

    /// Whom a job is for.
    pub fn job_whom(&self, job: &Job) -> String {
        match &job.selected {
            Selected::Logins => self.t("jobs-whom-logins"),
            Selected::Undo => self.t("jobs-whom-undo"),
            Selected::Search { search } => match &search.text {
                Some(text) => self.with("jobs-whom-search", "text", text),
                None if search.fields.is_empty()
                    && search.lookup.is_none()
                    && search.source.is_none() =>
                {
                    self.t("jobs-whom-everybody")
                }
                None => self.t("jobs-whom-filter"),
            },
        }
    }

    /// What is wrong with somebody in a job.
    pub fn job_problem(&self, problem: &RowProblem) -> String {
        let text = self.problem(&problem.problem);
        match problem.what.as_str() {
            // What is wrong with a value, and not with the person.
            "" if problem.field != "UserLogin" => {
                format!("{}: {text}", self.field_name(&problem.field))
            }
            "" => text,
            what => format!("{what}: {text}"),
        }
    }

    /// How many people gain or lose something.
    pub fn job_effect(&self, effect: &EffectCount) -> String {
        let way = if effect.gained { "gained" } else { "lost" };
        let mut arguments = vec![("count", FluentValue::from(effect.people))];
        let name = match &effect.of {
            EffectOf::Permission { group, permission } => {
                arguments.push(("group", group.as_str().into()));
                arguments.push(("permission", self.permission_name(permission).into()));
                "permission"
            }
            EffectOf::Customer { customer } => {
                arguments.push(("customer", customer.as_str().into()));
                "customer"
            }
            EffectOf::Service { service } => {
                arguments.push(("service", service.as_str().into()));
                "service"
            }
        };
        self.language
            .text(&format!("effect-{name}-{way}"), &arguments)
    }
}
