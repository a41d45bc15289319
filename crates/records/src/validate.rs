//! What a record has to be like before it is saved (D09): all mistakes at once, each at its field.

use futures::future::BoxFuture;
use kartoteka_directory::inside::{SourceHandle, is_valid};
use kartoteka_directory::{Error, FieldError, FieldProblem, Fields, IndexState, Kind, Result};
use kartoteka_index::{Partition, Query, Sort};
use kartoteka_model::condition::SOURCE;
use kartoteka_model::email::{self, EmailError};
use kartoteka_model::text::{composed, fold, is_invisible, same_key, trim};
use kartoteka_model::{Condition, Field, FieldKind, Record, Validity};
use kartoteka_store::access::DEFAULT_LOGIN;
use kartoteka_store::source::TableStore;

use crate::Records;
use crate::column_values::{misfit, refused_by_database};

/// What is to be validated.
pub(crate) struct RecordDraft<'a> {
    pub kind: Kind,
    pub handle: &'a SourceHandle,
    /// The record before; none when it is created.
    pub before: Option<&'a Record>,
    /// The fields that were passed, trimmed.
    pub fields: &'a Fields,
    /// The record that would be stored.
    pub after: &'a Record,
    /// Whether the key is no question: it will be generated, or is the person's already.
    pub key_is_settled: bool,
}

/// The number of the validity that a record is to have.
///
/// # Errors
/// For what is no number: nothing is taken in its place.
pub(crate) fn valid_id(record: &Record) -> Result<i64> {
    let number = record.get("ValidID").parse();
    number.map_err(|_| Error::field("ValidID", FieldProblem::UnknownValidity))
}

/// Text as it is stored: without outer blanks, keys in their composed form (D30), international domains as mail servers
/// take them.
pub(crate) fn trimmed(handle: &SourceHandle, field: Option<&Field>, value: &str) -> String {
    match field {
        Some(field) if field.is_secret() => value.to_owned(),
        Some(field) if is_key(handle, field) => composed(trim(value)),
        Some(field) if field.name == "UserEmail" => email::for_servers(trim(value)),
        _ => trim(value).to_owned(),
    }
}

/// Whether a field holds a key: the record's own, or its customer's.
fn is_key(handle: &SourceHandle, field: &Field) -> bool {
    let customer = handle.people.as_ref().map(|people| &people.customer_id);
    field.name == handle.spec.key_field() || customer == Some(&field.column)
}

impl Records<'_> {
    /// All mistakes of a record.
    ///
    /// # Errors
    /// When what it refers to can't be looked up.
    pub(crate) fn mistakes<'a>(
        self,
        wanted: &'a RecordDraft<'_>,
    ) -> BoxFuture<'a, Result<Vec<FieldError>>>
    where
        Self: 'a,
    {
        Box::pin(async move {
            let mut errors = self.shape_mistakes(wanted).await?;
            let wrong = |errors: &[FieldError], field: &str| {
                errors.iter().any(|error| error.field == field)
            };
            if wanted.kind == Kind::CustomerUser && !wrong(&errors, "UserCustomerID") {
                errors.extend(self.customer_mistake(wanted).await?);
            }
            let key_field = wanted.handle.spec.key_field();
            if !wrong(&errors, key_field) && !wanted.key_is_settled {
                errors.extend(self.key_taken(wanted).await?);
            }
            errors.extend(self.other_taken(wanted, &errors).await?);
            Ok(errors)
        })
    }

    async fn shape_mistakes(self, wanted: &RecordDraft<'_>) -> Result<Vec<FieldError>> {
        let table = wanted.handle.table().await?;
        let spec = &wanted.handle.spec;
        let mut errors = vec![];
        for name in wanted.fields.keys() {
            let known = spec
                .map
                .find(name)
                .is_some_and(|field| field.kind != FieldKind::DynamicField);
            if !known {
                errors.push(FieldError::new(name, FieldProblem::UnknownField));
            }
        }
        for field in spec
            .map
            .visible()
            .filter(|field| field.kind != FieldKind::DynamicField)
        {
            let value = wanted.after.get(&field.name);
            let passed = wanted.before.is_none() || wanted.fields.contains_key(&field.name);
            let settled = wanted.key_is_settled && field.name == spec.key_field();
            let mandatory =
                field.required || field.name == spec.key_field() || table.needs_value(field);
            if value.is_empty() {
                if mandatory && !settled && (passed || wanted.before.is_some()) {
                    errors.push(FieldError::new(&field.name, FieldProblem::Required));
                }
                continue;
            }
            if !passed || (field.read_only && wanted.before.is_some()) {
                continue;
            }
            let mut problem = self.value_mistake(wanted, table, field, value);
            if problem.is_none() {
                let refused = refused_by_database(table, field, value).await;
                problem = refused.map_err(|error| wanted.handle.failed(error))?;
            }
            errors.extend(problem.map(|problem| FieldError::new(&field.name, problem)));
        }
        Ok(errors)
    }

    /// Brings a record that comes with many others into the form in which it is stored, and says what is wrong with it by
    /// itself. Whether its key is free, the database's unique key tells; whether its customer is there, who brings it.
    pub(crate) fn mistakes_alone(
        self,
        kind: Kind,
        handle: &SourceHandle,
        table: &TableStore,
        record: &mut Record,
    ) -> Vec<FieldError> {
        let fields: Vec<&Field> = handle.spec.map.visible().collect();
        for field in &fields {
            if let Some(value) = record.0.get_mut(&field.name) {
                *value = trimmed(handle, Some(field), value);
            }
        }
        let wanted = RecordDraft {
            kind,
            handle,
            before: None,
            fields: &Fields::new(),
            after: record,
            key_is_settled: false,
        };
        let mistake = |field: &&Field| {
            let problem = match wanted.after.get(&field.name) {
                "" if field.name == handle.spec.key_field() => Some(FieldProblem::Required),
                "" => None,
                value => self.value_mistake(&wanted, table, field, value),
            };
            problem.map(|problem| FieldError::new(&field.name, problem))
        };
        fields.iter().filter_map(mistake).collect()
    }

    fn value_mistake(
        self,
        wanted: &RecordDraft<'_>,
        table: &TableStore,
        field: &Field,
        value: &str,
    ) -> Option<FieldProblem> {
        let column = table.column(&field.column);
        let unchanged = wanted
            .before
            .is_some_and(|before| before.get(&field.name) == value);
        let multiline = field.name.ends_with("Comment");
        if value
            .chars()
            .any(|c| c.is_control() && !(multiline && matches!(c, '\n' | '\r' | '\t')))
        {
            return Some(FieldProblem::ControlCharacter);
        }
        if is_key(wanted.handle, field) && !unchanged {
            if value.chars().any(is_invisible) {
                return Some(FieldProblem::InvisibleCharacter);
            }
            let is_login =
                wanted.kind == Kind::CustomerUser && field.name == wanted.handle.spec.key_field();
            if is_login && fold(value) == fold(DEFAULT_LOGIN) {
                return Some(FieldProblem::Reserved);
            }
        }
        if wanted.handle.spec.valid.as_deref() == Some(field.column.as_str()) {
            let Some(validity) = Validity::parse(value) else {
                return Some(FieldProblem::UnknownValidity);
            };
            let by_yes_or_no = column.is_some_and(|column| table.is_validity(column));
            let is_beyond = by_yes_or_no && validity == Validity::InvalidTemporarily;
            return is_beyond.then(|| FieldProblem::NotOneOf {
                choices: [Validity::Valid, Validity::Invalid]
                    .map(Validity::name)
                    .join(", "),
            });
        }
        if let Some(misfit) = misfit(&table.kind(field), value).filter(|_| !unchanged) {
            return Some(misfit);
        }
        let max = column.and_then(|column| column.max_length);
        if let Some(max) = max.filter(|max| value.chars().count() > *max) {
            return Some(FieldProblem::TooLong { max });
        }
        if let Some(choices) = wanted.handle.spec.selections.get(&field.name) {
            return (!choices.contains_key(value) && !unchanged)
                .then_some(FieldProblem::NotAChoice);
        }
        let checks = &self.directory.settings().checks;
        if field.name != "UserEmail" || !checks.email {
            return None;
        }
        match checks.email_rules.check(value) {
            Ok(()) => None,
            Err(EmailError::Syntax) => Some(FieldProblem::Email),
            Err(EmailError::Character(character)) => Some(FieldProblem::EmailCharacter {
                character: character.to_string(),
            }),
            Err(EmailError::LocalPart) => Some(FieldProblem::EmailLocalPart {
                max: email::LONGEST_LOCAL,
            }),
            Err(EmailError::Refused) => Some(FieldProblem::EmailRefused),
        }
    }

    /// Whether a person's customer is one that can be theirs.
    pub(crate) async fn customer_mistake(
        self,
        wanted: &RecordDraft<'_>,
    ) -> Result<Option<FieldError>> {
        let Some(people) = wanted
            .handle
            .people
            .as_ref()
            .filter(|people| people.customer_support)
        else {
            return Ok(None);
        };
        let Some(field) = people.spec.map.find_column(&people.customer_id) else {
            return Ok(None);
        };
        let id = wanted.after.get(&field.name);
        let unchanged = wanted
            .before
            .is_some_and(|before| before.get(&field.name) == id);
        if id.is_empty() || unchanged {
            return Ok(None);
        }
        let problem = match self.directory.find_row(Kind::Customer, id).await? {
            None => {
                // An index that is still being made knows none yet, though there may be some. Asked before counting: it
                // may be complete just after.
                let counted = self.directory.index_state(Kind::Customer) == IndexState::Current;
                let (valid, _) = self.directory.count(Kind::Customer).await?;
                if valid == 0 && counted {
                    FieldProblem::NoCustomerYet
                } else {
                    FieldProblem::UnknownCustomer
                }
            }
            Some((handle, stored)) if !is_valid(handle, &stored.record) => {
                FieldProblem::InvalidCustomer
            }
            Some(_) => return Ok(None),
        };
        Ok(Some(FieldError::new(&field.name, problem)))
    }

    /// Whether the key is another record's, in any source (D07, D14).
    pub(crate) async fn key_taken(self, wanted: &RecordDraft<'_>) -> Result<Option<FieldError>> {
        let field = wanted.handle.spec.key_field();
        let key = wanted.after.get(field);
        let before = wanted.before.map(|before| before.get(field));
        if key.is_empty() || before.is_some_and(|before| same_key(before, key)) {
            return Ok(None);
        }
        let taken = self.directory.find_row(wanted.kind, key).await?;
        Ok(taken.map(|(handle, stored)| {
            let by = stored.record.get(handle.spec.key_field()).to_owned();
            FieldError::new(field, FieldProblem::Taken { by })
        }))
    }

    /// Whether a value that has to be the record's own is another's: a person's e-mail address, a customer's name.
    pub(crate) async fn other_taken(
        self,
        wanted: &RecordDraft<'_>,
        errors: &[FieldError],
    ) -> Result<Vec<FieldError>> {
        let mut taken = vec![];
        let (fields, of): (Vec<String>, &str) = match &wanted.handle.people {
            Some(people) if people.email_unique => (
                people
                    .spec
                    .field_names(&people.sender_fields)
                    .map(str::to_owned)
                    .collect(),
                "UserEmail",
            ),
            Some(_) => return Ok(taken),
            None => (vec!["CustomerCompanyName".into()], "CustomerCompanyName"),
        };
        let value = wanted.after.get(of);
        let unchanged = wanted
            .before
            .is_some_and(|before| same_key(before.get(of), value));
        if value.is_empty() || unchanged || errors.iter().any(|error| error.field == of) {
            return Ok(taken);
        }
        let all = self.directory.sync_index_is_complete(wanted.kind).await?;
        let key_field = wanted.handle.spec.key_field();
        let own = wanted.before.map(|before| before.get(key_field));
        let index = self.directory.index(wanted.kind);
        let other = if all {
            let one_of = |field: String| Condition::OneOf {
                field,
                values: [value.to_owned()].into(),
            };
            let here = Condition::OneOf {
                field: SOURCE.into(),
                values: [wanted.handle.spec.id.clone()].into(),
            };
            let query = Query {
                condition: here.and(Condition::Any(fields.into_iter().map(one_of).collect())),
                partition: Partition::All,
                sort: Sort::Natural,
                limit: 2,
                offset: 0,
                after: None,
                count_to: 1,
            };
            let found = index.search(&query).await.map_err(Error::index)?;
            let mut keys = found.hits.into_iter().map(|hit| hit.key);
            keys.find(|key| Some(key.as_str()) != own)
        } else {
            // An index that is being made does not know everybody; the table does, only slower.
            let spec = &wanted.handle.spec;
            let columns = fields.iter().filter_map(|field| spec.map.find(field));
            let columns: Vec<String> = columns.map(|field| field.column.clone()).collect();
            let table = wanted.handle.table().await?;
            let found = table.find_value(&columns, value, own).await;
            let found = found.map_err(|error| wanted.handle.failed(error))?;
            found.map(|stored| stored.record.get(key_field).to_owned())
        };
        taken.extend(other.map(|by| FieldError::new(of, FieldProblem::Taken { by })));
        Ok(taken)
    }
}
