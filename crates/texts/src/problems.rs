//! What is wrong with a field, in words: the same on pages and in REST.

use fluent_templates::fluent_bundle::FluentValue;
use kartoteka_directory::{FieldProblem, Violation};

use crate::language::Language;

/// What is wrong with a field and what to do: the same wherever it was typed.
pub fn problem(problem: &FieldProblem, language: Language) -> String {
    let key = format!("problem-{}", problem.code());
    match problem {
        FieldProblem::TooLong { max }
        | FieldProblem::TooManyWildcards { max }
        | FieldProblem::TooMany { max }
        | FieldProblem::EmailLocalPart { max } => {
            language.text(&key, &[("count", FluentValue::from(*max))])
        }
        FieldProblem::Taken { by } | FieldProblem::ChangedSince { by } => {
            language.text(&key, &[("by", by.as_str().into())])
        }
        FieldProblem::SpeaksFirst { source } => {
            language.text(&key, &[("source", source.as_str().into())])
        }
        FieldProblem::EmailCharacter { character } => {
            language.text(&key, &[("character", character.as_str().into())])
        }
        FieldProblem::TooManyGrants { max: count } | FieldProblem::Undecided { count } => {
            language.text(&key, &[("count", FluentValue::from(*count))])
        }
        FieldProblem::NotADecimal { places } => {
            let places = places.map_or(FluentValue::from("any"), FluentValue::from);
            language.text(&key, &[("places", places)])
        }
        FieldProblem::OutOfRange { least, most } => language.text(
            &key,
            &[
                ("least", least.as_str().into()),
                ("most", most.as_str().into()),
            ],
        ),
        FieldProblem::NotOneOf { choices } => {
            language.text(&key, &[("choices", choices.as_str().into())])
        }
        FieldProblem::UnstorableCharacter { characters } => {
            language.text(&key, &[("characters", characters.as_str().into())])
        }
        FieldProblem::ReviewOpen { review } => {
            language.text(&key, &[("number", review.to_string().into())])
        }
        FieldProblem::BeforeJournal { begins } => {
            language.text(&key, &[("day", begins.as_str().into())])
        }
        FieldProblem::NoLongerKept { days } => {
            language.text(&key, &[("count", FluentValue::from(*days))])
        }
        FieldProblem::FixedByVariable { variable } => {
            language.text(&key, &[("variable", variable.as_str().into())])
        }
        FieldProblem::ColumnShown { by } => language.text(&key, &[("by", by.as_str().into())]),
        FieldProblem::ColumnOther { holds } => {
            language.text(&key, &[("holds", holds.as_str().into())])
        }
        FieldProblem::Settings { text } => language.text(&key, &[("text", text.as_str().into())]),
        FieldProblem::SourceElsewhere { place } => {
            language.text(&key, &[("place", place.as_str().into())])
        }
        FieldProblem::NotALink { reason } => {
            language.text(&key, &[("reason", reason.as_str().into())])
        }
        FieldProblem::RightsThroughRoles { roles } => {
            language.text(&key, &[("roles", roles.as_str().into())])
        }
        FieldProblem::TakeRwFirst { permission } => {
            language.text(&key, &[("permission", permission.as_str().into())])
        }
        FieldProblem::Password { violations } => violations
            .iter()
            .map(|broken| violation(*broken, language))
            .collect::<Vec<_>>()
            .join(" "),
        _ => language.text(&key, &[]),
    }
}

/// A rule of the password policy.
pub fn violation(violation: Violation, language: Language) -> String {
    let key = format!("violation-{}", violation.code());
    match violation.number() {
        Some(count) => language.text(&key, &[("count", FluentValue::from(count))]),
        None => language.text(&key, &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_of_the_policy_has_words_in_every_language() {
        let violations = vec![
            Violation::TooShort { min: 8 },
            Violation::TooLong { max_bytes: 1024 },
            Violation::Not2Lower2Upper,
            Violation::NoDigit,
            Violation::Not2Characters,
            Violation::Not3Of4,
            Violation::NoMatch,
            Violation::Common,
            Violation::ControlCharacter,
            Violation::LikeName,
            Violation::UsedBefore { count: 3 },
        ];
        for language in Language::ALL {
            let texts: std::collections::BTreeSet<String> = violations
                .iter()
                .map(|broken| violation(*broken, language))
                .collect();
            assert_eq!(texts.len(), violations.len());
            assert!(texts.iter().all(|text| !text.contains("violation-")));
        }
        let problem = FieldProblem::Password { violations };
        let text = self::problem(&problem, Language::En);
        assert!(text.starts_with("At least 8 characters."), "{text}");
        assert!(text.contains("3 before it"), "{text}");
    }
}
