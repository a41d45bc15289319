//! Which entries a form asks for.

use kartoteka_directory::{DOORS, FieldError, FieldProblem, JournalFilter, Topic, span_of_day};

use crate::context::Ctx;
use crate::encoding::escape;
use crate::input::Pairs;

/// The fields of the form.
const FIELDS: [&str; 6] = ["kind", "key", "who", "door", "since", "until"];

/// What was typed, and what it comes to.
pub struct Asked {
    typed: Vec<(&'static str, String)>,
    pub filter: JournalFilter,
    /// Days that are none.
    pub errors: Vec<FieldError>,
}

impl Asked {
    pub fn read(ctx: &Ctx, query: &Pairs) -> Self {
        let text = |name: &str| query.filled(name).map(str::to_owned);
        let mut errors = vec![];
        let mut day = |field: &str| {
            let text = query.filled(field)?;
            let span = span_of_day(text, &ctx.site.options().time_zone);
            if span.is_none() {
                errors.push(FieldError::new(field, FieldProblem::NotADay));
            }
            span
        };
        let (since, until) = (day("since"), day("until"));
        let typed = FIELDS.into_iter();
        let typed = typed.map(|name| (name, text(name).unwrap_or_default()));
        Self {
            typed: typed.collect(),
            filter: JournalFilter {
                topic: query.filled("kind").and_then(Topic::parse),
                key: text("key"),
                who: text("who"),
                door: text("door").filter(|door| DOORS.contains(&door.as_str())),
                since: since.map(|(begins, _)| begins),
                until: until.map(|(_, ends)| ends),
                before: query.number("before"),
                limit: 0,
            },
            errors,
        }
    }

    /// What was typed into a field.
    pub fn typed(&self, name: &str) -> &str {
        let mut typed = self.typed.iter();
        typed
            .find(|(field, _)| *field == name)
            .map_or("", |(_, text)| text)
    }

    /// The same question as the part of an address behind `?`; nothing where everything is asked for.
    pub fn address(&self) -> String {
        let filled = self.typed.iter().filter(|(_, text)| !text.is_empty());
        let pairs: Vec<String> = filled
            .map(|(name, text)| format!("{name}={}", escape(text)))
            .collect();
        pairs.join("&")
    }
}
