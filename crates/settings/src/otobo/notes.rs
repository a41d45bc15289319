//! What the reader of Perl noted, in words.

use super::{known, later, place};
use crate::diagnostic::Diagnostic;
use crate::mistake::Mistake;
use kartoteka_perl::{Note, NoteKind, Reader};

pub(super) fn diagnostics(reader: &Reader<'_>) -> Vec<Diagnostic> {
    let notes = reader.notes();
    notes.iter().map(|note| diagnostic(reader, note)).collect()
}

fn diagnostic(reader: &Reader<'_>, note: &Note) -> Diagnostic {
    let place = place(reader.place(note.at));
    let with = |mistake| {
        let diagnostic = if note.kind.is_error() {
            Diagnostic::error(place.clone(), mistake)
        } else {
            Diagnostic::warning(place.clone(), mistake)
        };
        let excerpt = (!note.excerpt.is_empty()).then(|| note.excerpt.clone());
        diagnostic.found(excerpt)
    };
    let syntax = |reason: String| with(Mistake::OtoboSyntax).param("reason", reason);
    let limit = |reason: String| with(Mistake::OtoboLimit).param("reason", reason);
    match &note.kind {
        NoteKind::Latin1 => with(Mistake::OtoboLatin1),
        NoteKind::TooLarge { limit: most } => limit(format!("{} MiB of a file", most >> 20)),
        NoteKind::TooDeep { limit: most } => limit(format!("{most} brackets in each other")),
        NoteKind::TooMany { limit: most } => limit(format!("{most} values")),
        NoteKind::Unterminated { what } => syntax(format!("this {what} has no end")),
        NoteKind::Unclosed { bracket } => syntax(format!("this {bracket} is not closed")),
        NoteKind::NotOpened { bracket } => with(Mistake::OtoboSyntax)
            .param("reason", format!("this {bracket} closes nothing"))
            .remedy("one bracket less".to_owned()),
        NoteKind::MissingComma => {
            syntax("a comma is missing before this".into()).remedy(",".to_owned())
        }
        NoteKind::MissingSemicolon => {
            syntax("a semicolon is missing here".into()).remedy(";".to_owned())
        }
        NoteKind::PassedOver { what, names } => with(Mistake::OtoboCode)
            .param("what", what.as_str())
            .param("meaning", meaning(names)),
        NoteKind::NotUnderstood => with(Mistake::OtoboNotUnderstood),
        NoteKind::Elided => with(Mistake::OtoboElided),
        NoteKind::Unreached => with(Mistake::OtoboUnreached),
        NoteKind::Unset { name } => with(Mistake::OtoboUnset).param("name", name.as_str()),
        NoteKind::NoCollection => with(Mistake::OtoboNoCollection),
        NoteKind::OddHash => with(Mistake::OtoboOddHash),
        NoteKind::Cycle => with(Mistake::OtoboCycle),
    }
}

/// What it may mean that code is not run.
fn meaning(names: &[String]) -> String {
    let used: Vec<String> = names
        .iter()
        .filter(|name| known::is_known(name) || later::is_known(name))
        .map(|name| format!("`{name}`"))
        .collect();
    if names.is_empty() {
        "what it does to settings, if anything, is not known here".into()
    } else if used.is_empty() {
        "it names no setting that is read here".into()
    } else {
        format!("OTOBO may have something else for {}", used.join(", "))
    }
}
