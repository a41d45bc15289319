//! What went wrong, for people and for programs, on standard error.

use kartoteka_directory::{Error, FieldError, FieldProblem};
use kartoteka_texts::language::Language;
use kartoteka_texts::problems;
use serde_json::{Value, json};

use crate::exit::Exit;

/// How a failure is told.
#[derive(Debug, Clone, Copy)]
pub struct Telling {
    /// To a program.
    pub json: bool,
    /// Of a command that was to save something.
    pub saves: bool,
}

/// Reports a failure; the code to end with.
pub fn report(error: &anyhow::Error, telling: Telling) -> Exit {
    let exit = Exit::of(error);
    if telling.json {
        eprintln!("{}", document(error, exit));
    } else {
        eprintln!("{}", text(error, telling.saves));
    }
    exit
}

/// The chain of causes, each on its line; mistakes in fields one by one.
fn text(error: &anyhow::Error, saves: bool) -> String {
    let mut lines: Vec<String> = vec![];
    for cause in error.chain() {
        let line = match cause.downcast_ref::<Error>() {
            Some(Error::Invalid(errors)) => {
                let sentences: Vec<String> = errors.iter().map(sentence).collect();
                match saves {
                    true => format!("nothing was saved:\n  {}", sentences.join("\n  ")),
                    false => sentences.join("\n  "),
                }
            }
            Some(error) => refusal(error),
            None => cause.to_string(),
        };
        // Some libraries repeat their cause in their own text.
        if lines.last().is_none_or(|last| !last.ends_with(&line)) {
            lines.push(line);
        }
    }
    let mut text = String::from("error: ");
    text.push_str(&lines.join("\n  because: "));
    text
}

fn refusal(error: &Error) -> String {
    match error {
        Error::NotFound { kind, key } => format!("there is no {} {key:?}", kind.name()),
        Error::Unknown { what, key } => format!("there is no {what} {key:?}"),
        Error::Conflict(stale) => {
            format!(
                "{} {:?} was changed by somebody else meanwhile; nothing was saved",
                stale.kind.name(),
                stale.key
            )
        }
        Error::ReadOnly { source_id } => format!("source {source_id} is read-only"),
        Error::Unavailable { source_id, .. } => format!("{source_id} does not answer"),
        other => other.to_string(),
    }
}

/// What is wrong with a field, as a sentence.
pub fn sentence(error: &FieldError) -> String {
    let field = &error.field;
    match &error.problem {
        FieldProblem::Required => format!("{field} is required"),
        FieldProblem::TooLong { max } => format!("{field} has more than {max} characters"),
        FieldProblem::TooManyWildcards { max } => format!("{field} has more than {max} signs *"),
        FieldProblem::TooMany { max } => {
            format!("{field} has more than {max} values to compare with")
        }
        FieldProblem::ControlCharacter => format!("{field} holds control characters"),
        FieldProblem::InvisibleCharacter => format!("{field} holds characters that are not seen"),
        FieldProblem::Reserved => format!("{field} is reserved: it stands for everybody"),
        FieldProblem::EmailCharacter { character } => {
            format!("{field}: an e-mail address can't have {character:?} there")
        }
        FieldProblem::EmailLocalPart { max } => {
            format!("{field} has more than {max} characters before the @")
        }
        FieldProblem::Email => format!("{field} is not a complete e-mail address"),
        FieldProblem::EmailRefused => format!(
            "{field} is an e-mail address that is refused; see email_invalid_address in docs/configuration.md"
        ),
        FieldProblem::NotANumber => format!("{field} is not a whole number"),
        FieldProblem::NotADecimal { places: None } => format!("{field} is not a number"),
        FieldProblem::NotADecimal {
            places: Some(places),
        } => format!("{field} is not a number with at most {places} decimal places"),
        FieldProblem::OutOfRange { least, most } => {
            format!("{field} has to be from {least} to {most}")
        }
        FieldProblem::NotADate => format!("{field} is not a date such as 2026-03-01"),
        FieldProblem::NotATime => {
            format!("{field} is not a date with a time such as \"2026-03-01 12:30:00\"")
        }
        FieldProblem::NotAUuid => format!("{field} is not a UUID"),
        FieldProblem::NotOneOf { choices } => format!("{field} is none of {choices}"),
        FieldProblem::UnstorableCharacter { characters } => {
            format!("{field}: the table can't hold these characters: {characters}")
        }
        FieldProblem::NotAccepted if field.is_empty() => {
            "the database does not take this value".to_owned()
        }
        FieldProblem::NotAccepted => format!("{field}: the database does not take this value"),
        FieldProblem::NotAChoice if field == "after" => {
            "--after: this is no place in the list, or not any more; begin without it".to_owned()
        }
        FieldProblem::NotAChoice => format!("{field} is none of the values to choose from"),
        FieldProblem::UnknownValidity => {
            format!("{field} is none of valid, invalid, invalid-temporarily")
        }
        FieldProblem::UnknownCustomer => {
            format!("{field}: there is no such customer; see `kartoteka customer list`")
        }
        FieldProblem::InvalidCustomer => format!("{field}: that customer is not valid"),
        FieldProblem::Taken { by } => format!("{field} is taken by {by:?}"),
        FieldProblem::UnknownField => format!("{field} is not a field of this source"),
        FieldProblem::SpeaksFirst { source } => format!(
            "{field}: source {source:?} stands before it, can't be written and has this login, so it would go on \
             speaking for it; take the login out of it first, put the other source before it in the settings, or put \
             the record there ahead of that with --ahead"
        ),
        FieldProblem::NotThere => format!(
            "{field}: this source can't be written and does not have the login; make it there first"
        ),
        FieldProblem::AlreadyThere => {
            format!(
                "{field}: the person is in this source already, and in no other that can be written"
            )
        }
        FieldProblem::Password { violations } => {
            let rules: Vec<String> = violations.iter().map(ToString::to_string).collect();
            format!(
                "{field} breaks the password policy; it asks for {}",
                rules.join("; ")
            )
        }
        FieldProblem::NoCustomerYet => {
            format!(
                "{field}: there is no valid customer yet; add one with `kartoteka customer add`"
            )
        }
        FieldProblem::UnknownRole => format!("{field} is none of reader, editor, admin"),
        FieldProblem::LastAdmin => format!(
            "{field}: nobody else could log in as an admin any more; make somebody else one first"
        ),
        FieldProblem::RightsThroughRoles { roles } => format!(
            "{field}: the agent keeps a higher one through OTOBO's role {roles}; take the agent out of it there"
        ),
        FieldProblem::UnknownParent => {
            format!("{field}: there is no such service; see `kartoteka service list`")
        }
        FieldProblem::BelowItself => format!("{field}: a service can't be below itself"),
        FieldProblem::Separator => format!(
            "{field} can't hold ::, nor begin or end with a colon: name the service above with --parent"
        ),
        FieldProblem::CarriesRights => format!(
            "{field}: agents' rights come from this group, so it keeps its name and stays valid"
        ),
        FieldProblem::UnknownPerson => {
            format!("{field}: there is no such customer user; see `kartoteka customer-user search`")
        }
        FieldProblem::InvalidPerson => format!("{field}: that customer user is not valid"),
        FieldProblem::UnknownGroup => format!("{field}: there is no such group"),
        FieldProblem::InvalidGroup => format!("{field}: that group is not valid"),
        FieldProblem::UnknownService => format!("{field}: there is no such service"),
        FieldProblem::InvalidService => format!("{field}: that service is not valid"),
        FieldProblem::UnknownPermission => {
            format!("{field} is none of the permissions that can be given")
        }
        FieldProblem::UnknownContext => {
            format!("{field} is none of the contexts that are enabled")
        }
        FieldProblem::TakeRwFirst { permission } => {
            format!("{field}: {permission} is part of rw; take rw first")
        }
        FieldProblem::NotYourGroup => {
            format!("{field}: giving permissions in this group needs rw in it, or the role admin")
        }
        FieldProblem::FixedByOtobo => format!("{field} is set in OTOBO's pages; change it there"),
        FieldProblem::FixedByFile => format!("{field} is set in kartoteka.toml; change it there"),
        FieldProblem::FixedByVariable { variable } => {
            format!("{field} is set by the variable {variable}; change it there")
        }
        FieldProblem::CannotUndo => format!("{field}: this can't be taken back"),
        FieldProblem::ChangedSince { by } => {
            format!("{field}: {by:?} changed it since, so it stays as it is")
        }
        FieldProblem::ReadOnlySource => {
            "their source can't be written: change them where they are kept".to_owned()
        }
        FieldProblem::NotNow => format!("{field} is not over yet"),
        FieldProblem::NoLongerKept { days } => format!(
            "{field}: what it did for each person was kept for {days} days; it can't be taken back any more"
        ),
        FieldProblem::OwnRights => format!("{field}: only admins change what they have themselves"),
        FieldProblem::ReviewClosed => {
            format!("{field}: it was signed off or cancelled; nothing in it changes any more")
        }
        FieldProblem::ReviewOpen { review } => {
            format!("{field} is being reviewed already, in review {review}")
        }
        FieldProblem::TooManyGrants { max } => {
            format!("{field} has more than {max} grants, which is more than one review takes")
        }
        FieldProblem::Undecided { count: 1 } => format!("{field}: one is not decided yet"),
        FieldProblem::Undecided { count } => format!("{field}: {count} are not decided yet"),
        FieldProblem::ReviewChanged => {
            format!("{field}: something was decided, given or taken since; look again")
        }
        FieldProblem::NotADay => {
            format!(
                "{field} is not a day; write it as 2026-03-01, or a time as 2026-03-01T12:00:00Z"
            )
        }
        FieldProblem::InTheFuture => format!("{field} is still to come"),
        FieldProblem::BeforeJournal { begins } => {
            format!("{field}: the journal begins on {begins}; nothing is known of the time before")
        }
        FieldProblem::NotAName => format!(
            "{field} has to be letters without accents, digits and _, begin with a letter, and be at most 63 long"
        ),
        FieldProblem::FieldThere => format!("{field}: the source has a field of this name"),
        FieldProblem::ColumnShown { by } => format!("{field} is used already: {by}"),
        FieldProblem::ColumnOther { holds } => {
            format!("{field} is there and holds something else: {holds}")
        }
        FieldProblem::NoColumn => format!("{field} is not there, and can't be added"),
        FieldProblem::SecretField => format!("{field}: passwords and the like are never shown"),
        FieldProblem::NeededField => format!("{field}: the source can't do without this field"),
        FieldProblem::NotALink { reason } => format!("{field} gives no link: {reason}"),
        FieldProblem::OnlyWhenAdded => format!(
            "{field} is said when the field is added; remove the field and add it anew, its data stays"
        ),
        problem @ (FieldProblem::Settings { .. }
        | FieldProblem::SourceElsewhere { .. }
        | FieldProblem::SecretAgain
        | FieldProblem::NoSecretKey
        | FieldProblem::OtherSecretKey
        | FieldProblem::TestFailed
        | FieldProblem::DocumentChanged) => {
            format!("{field}: {}", problems::problem(problem, Language::En))
        }
        FieldProblem::TableBusy => format!(
            "{field} could not be added: somebody keeps the table locked; nothing was changed, try again"
        ),
    }
}

/// Mistakes in fields, for programs.
pub fn field_errors(errors: &[FieldError]) -> Value {
    let one = |error: &FieldError| {
        let mut document =
            json!({"field": error.field, "code": error.problem.code(), "detail": sentence(error)});
        if let FieldProblem::Password { violations } = &error.problem {
            document["violations"] = violations.iter().map(|broken| broken.code()).collect();
        }
        document
    };
    errors.iter().map(one).collect()
}

fn document(error: &anyhow::Error, exit: Exit) -> Value {
    let errors = error
        .chain()
        .find_map(|cause| match cause.downcast_ref::<Error>() {
            Some(Error::Invalid(errors)) => Some(field_errors(errors)),
            _ => None,
        });
    let chain: Vec<String> = error.chain().map(ToString::to_string).collect();
    json!({"error": chain.join(": "), "exit": exit as u8, "errors": errors.unwrap_or(json!([]))})
}
