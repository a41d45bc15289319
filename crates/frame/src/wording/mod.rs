//! How pages put what the directory says into words: mistakes, roles, validities, history.

mod effects;
mod jobs;
mod moves;
mod permissions;
pub mod settings;

use fluent_templates::fluent_bundle::FluentValue;
use kartoteka_directory::{
    Action, Effect, FieldError, FieldProblem, HistoryEntry, Kind, Object, Preference, Relation,
    RelationChange, Role,
};
use kartoteka_model::Validity;

use crate::frame::Frame;
use crate::problems;
use crate::records::{CUSTOMER_USERS, CUSTOMERS, GROUPS, SERVICES, preferences};

impl Frame {
    /// What is wrong with a field and what to do.
    pub fn problem(&self, problem: &FieldProblem) -> String {
        problems::problem(problem, self.language)
    }

    /// What a new password has to be like.
    pub fn password_hint(&self) -> String {
        let policy = self.site.directory.password_policy();
        let rules = policy.rules();
        let mut texts: Vec<String> = rules
            .iter()
            .map(|rule| problems::violation(*rule, self.language))
            .collect();
        texts.push(self.t("password-hint"));
        texts.join(" ")
    }

    /// All that is wrong with the field of this name.
    pub fn problems(&self, errors: &[FieldError], field: &str) -> Vec<String> {
        errors
            .iter()
            .filter(|error| error.field == field)
            .map(|error| self.problem(&error.problem))
            .collect()
    }

    /// Whether anything is wrong with the field of this name.
    pub fn has_problem(&self, errors: &[FieldError], field: &str) -> bool {
        errors.iter().any(|error| error.field == field)
    }

    /// A role's name.
    pub fn role_name(&self, role: &Role) -> String {
        self.t(&format!("role-{}", role.name()))
    }

    /// A validity's name, by OTOBO's name (`invalid-temporarily`), as one says it of what the page is about.
    pub fn validity(&self, name: &str) -> String {
        let key = match self.of_thing {
            true => format!("validity-things-{name}"),
            false => format!("validity-{name}"),
        };
        self.language
            .find(&key, &[])
            .unwrap_or_else(|| name.to_owned())
    }

    /// The label of a field by its name, as the field map has it.
    pub fn field_name(&self, name: &str) -> String {
        match (self.site.field_label(name), Preference::parse(name)) {
            (Some(label), _) => self.label(&label),
            (None, Some(one)) => preferences::label(self, one),
            (None, None) => self
                .setting_name(name)
                .unwrap_or_else(|| self.field_name_of_agent(name)),
        }
    }

    /// The label of an agent's field, or of what the journal says of a review, by its name.
    pub fn field_name_of_agent(&self, field: &str) -> String {
        let name = field.to_ascii_lowercase();
        let of_review = || self.language.find(&format!("review-field-{name}"), &[]);
        self.language
            .find(&format!("agent-field-{name}"), &[])
            .or_else(of_review)
            .unwrap_or_else(|| field.to_owned())
    }

    /// A field's value as one says it of a record of this kind.
    pub fn value_of(&self, kind: &str, field: &str, value: &str) -> String {
        match field {
            "ValidID" => self.clone().about(kind).value(field, value),
            _ => self.value(field, value),
        }
    }

    /// A field's value as people read it: validities, roles and choices by their names.
    pub fn value(&self, field: &str, value: &str) -> String {
        let preference =
            Preference::parse(field).filter(|_| self.site.field_label(field).is_none());
        if let Some(one) = preference.filter(|_| !value.is_empty()) {
            return preferences::value(self, one, value);
        }
        if let Some(said) = self.setting_value(field, value) {
            return said;
        }
        match field {
            "KartotekaTheme" | "KartotekaKeys" => self
                .language
                .find(&format!("chosen-{value}"), &[])
                .unwrap_or_else(|| value.to_owned()),
            "ValidID" => Validity::parse(value)
                .map_or_else(|| value.to_owned(), |valid| self.validity(valid.name())),
            "Reason" => self
                .language
                .find(&format!("log-in-reason-{value}"), &[])
                .unwrap_or_else(|| value.to_owned()),
            "Role" => {
                Role::parse(value).map_or_else(|| value.to_owned(), |role| self.role_name(&role))
            }
            _ => value.to_owned(),
        }
    }

    /// What happened, as a verb: `created`, `changed`.
    pub fn action_name(&self, action: &str) -> String {
        self.language
            .find(&format!("action-{action}"), &[])
            .unwrap_or_else(|| action.to_owned())
    }

    /// The way by which a change came in.
    pub fn door_name(&self, door: &str) -> String {
        self.language
            .find(&format!("door-{door}"), &[])
            .unwrap_or_else(|| door.to_owned())
    }

    /// A kind of record, by its name.
    pub fn kind_name(&self, kind: &str) -> String {
        self.language
            .find(&format!("kind-{kind}"), &[])
            .unwrap_or_else(|| kind.to_owned())
    }

    /// Who did what an entry speaks of. Of a log-in that failed nobody knows it.
    pub fn who(&self, entry: &HistoryEntry) -> String {
        match (entry.kind.as_str(), entry.action.as_str()) {
            ("log-in", "log-in-failed" | "lock") => self.t("journal-nobody"),
            _ => entry.who.clone(),
        }
    }

    /// What kind of record an entry speaks of. Settings say which, as their key is no name for people.
    pub fn subject(&self, entry: &HistoryEntry) -> String {
        match entry.kind.as_str() {
            "settings" => self.kind_name(&format!("settings-{}", entry.key)),
            kind => self.kind_name(kind),
        }
    }

    /// The key that stands after [`Self::subject`]; none where the subject says it.
    pub fn key_of<'a>(&self, entry: &'a HistoryEntry) -> &'a str {
        match entry.kind.as_str() {
            "settings" => "",
            _ => &entry.key,
        }
    }

    /// The page of the record that an entry speaks of; none if it has none (an import's key is a count).
    pub fn record_path(&self, entry: &HistoryEntry) -> Option<String> {
        let path = match entry.kind.as_str() {
            "customer-user" => CUSTOMER_USERS.record(&entry.key),
            "customer" => CUSTOMERS.record(&entry.key),
            "agent" => format!("/agents/{}/edit", self.part(&entry.key)),
            "group" => GROUPS.record(&entry.key),
            "service" => SERVICES.record(&entry.key),
            "review" => format!("/reviews/{}", self.part(&entry.key)),
            "job" => format!("/jobs/{}", self.part(&entry.key)),
            _ => return None,
        };
        (!entry.key.is_empty() && entry.action != "import").then(|| self.url(&path))
    }

    /// A relation that was given or taken, in words.
    pub fn relation_of(&self, change: &RelationChange) -> String {
        let given = if change.given { "given" } else { "taken" };
        let key = |name: &str| format!("relation-{name}-{given}");
        match &change.relation {
            Relation::Customer { customer, login } => {
                self.with2(&key("customer"), "customer", customer, "login", login)
            }
            Relation::PersonGroup {
                group,
                permission,
                login,
                ..
            } => {
                let what = self.permission_name(permission.name());
                let text = self.with2(&key("permission"), "permission", what, "group", group);
                format!("{login}: {text}")
            }
            Relation::CustomerGroup {
                group,
                permission,
                context,
                customer,
                ..
            } => {
                let context = self.context_name(*context);
                let what = self.permission_name(permission.name());
                let text = self.with2(&key("permission"), "permission", what, "group", group);
                format!("{customer}: {text} ({context})")
            }
            Relation::Service { service, login, .. } => {
                let login = match login.as_str() {
                    "<DEFAULT>" => self.t("services-everybody"),
                    login => login.to_owned(),
                };
                let text = self.with(&key("service"), "service", service);
                format!("{login}: {text}")
            }
        }
    }

    /// Whether what an entry changed is told in a few lines.
    pub fn is_short(&self, entry: &HistoryEntry) -> bool {
        let lines = entry.changes.len() + entry.relations.len();
        lines <= 3 && entry.action != "create"
    }

    /// Whether the visitor may try to take an entry back.
    pub fn can_undo(&self, entry: &HistoryEntry) -> bool {
        let fits = match entry.kind.as_str() {
            "customer-user" | "customer" => self.may_edit(),
            "group" | "service" => self.may(Action::Change, Object::Records(Kind::Group)),
            "settings" => self.may(Action::Change, Object::Settings),
            // What was taken away by it.
            "review" => self.may_edit() && entry.batch.is_some(),
            _ => false,
        };
        let actions = ["create", "update", "rename", "relate", "sign-off-review"];
        match entry.action.as_str() {
            "move" => self.may(Action::Change, Object::Moves),
            action => fits && actions.contains(&action),
        }
    }

    /// What a write did beside the record itself.
    pub fn effect(&self, effect: &Effect) -> String {
        let pair = |key: &str, from: &str, to: &str| self.with2(key, "from", from, "to", to);
        match effect {
            Effect::Renames { from, to } => pair("effect-renames", from, to),
            Effect::Carries { .. } => self.updated_references(&[effect]),
            Effect::LeavesBehind { source, rows } => {
                let values = [
                    ("count", FluentValue::from(*rows)),
                    ("source", FluentValue::from(source.as_str())),
                ];
                self.language.text("effect-leaves-behind", &values)
            }
            Effect::SetsPassword { generated: true } => self.t("effect-generates-password"),
            Effect::SetsPassword { generated: false } => self.t("effect-sets-password"),
            Effect::EndsSessions { count } => self.count("effect-ends-sessions", *count),
            Effect::ChangesValidity { from, to } => pair(
                "effect-changes-validity",
                &self.value("ValidID", from),
                &self.value("ValidID", to),
            ),
            Effect::RenamesBelow { from, to } => pair("effect-renames-below", from, to),
            Effect::Moves { .. }
            | Effect::RemovesRow { .. }
            | Effect::Overwrites { .. }
            | Effect::NoPlace { .. }
            | Effect::LosesColumns { .. }
            | Effect::CarriesPassword
            | Effect::LosesPassword
            | Effect::HasNoPassword
            | Effect::Shadows { .. }
            | Effect::SpeaksLater { .. } => self.move_effect(effect),
            Effect::ChangesPermission { .. } => self.changed_permissions(&[effect]).join(" "),
            Effect::ChangesRole { from, to } => pair(
                "effect-changes-role",
                &self.value("Role", from),
                &self.value("Role", to),
            ),
        }
    }
}
