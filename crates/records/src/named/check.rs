//! What a group or service has to be like before it is saved, and what saving it carries along.

use kartoteka_directory::inside::named::{COMMENT_LENGTH, NAME_LENGTH, fields, full_name};
use kartoteka_directory::{Effect, FieldError, FieldProblem, Fields};
use kartoteka_model::text::{composed, is_invisible, same_key};
use kartoteka_model::{Record, Validity, service};
use kartoteka_store::own::named::{NamedRow, NamedTable};

/// The groups that agents' rights come from: without them nobody could work here any more.
const RIGHTS: [&str; 2] = ["admin", "users"];

/// A record that is to be saved, among all rows of its table.
pub(super) struct NamedDraft<'a> {
    pub table: NamedTable,
    pub rows: &'a [NamedRow],
    /// The row that is changed; none for a new one.
    pub row: Option<&'a NamedRow>,
    pub before: Option<&'a Record>,
    /// What was passed.
    pub fields: &'a Fields,
    pub after: &'a Record,
}

/// A service that follows the one above it: its row, and the full name that it gets.
pub(super) struct Follower<'a> {
    pub row: &'a NamedRow,
    pub name: String,
}

impl NamedDraft<'_> {
    /// All mistakes at once.
    pub fn mistakes(&self) -> Vec<FieldError> {
        let mut errors: Vec<FieldError> = self
            .fields
            .keys()
            .filter(|name| !fields(self.table).contains(&name.as_str()))
            .map(|name| FieldError::new(name, FieldProblem::UnknownField))
            .collect();
        let (name, parent) = (self.name_mistake(), self.parent_mistake());
        let names_are_right = name.is_none() && parent.is_none();
        let checks = [
            ("Name", name),
            ("Parent", parent),
            ("Comment", self.comment_mistake()),
            ("ValidID", self.validity_mistake()),
        ];
        let mistake = |(field, problem): (&str, Option<FieldProblem>)| {
            problem.map(|problem| FieldError::new(field, problem))
        };
        errors.extend(checks.into_iter().filter_map(mistake));
        if names_are_right {
            errors.extend(self.full_name_mistake());
        }
        errors
    }

    /// Whether a field gets a value that was not there before; what stays is not asked about.
    fn changes(&self, field: &str) -> bool {
        self.before
            .is_none_or(|before| before.get(field) != self.after.get(field))
    }

    fn is_renamed(&self) -> bool {
        self.row
            .is_none_or(|row| row.name != full_name(self.table, self.after))
    }

    fn name_mistake(&self) -> Option<FieldProblem> {
        let name = self.after.get("Name");
        if name.is_empty() {
            return Some(FieldProblem::Required);
        }
        if !self.changes("Name") {
            return None;
        }
        if self.carries_rights() {
            Some(FieldProblem::CarriesRights)
        } else if name.chars().any(char::is_control) {
            Some(FieldProblem::ControlCharacter)
        } else if name.chars().any(is_invisible) {
            Some(FieldProblem::InvisibleCharacter)
        } else if self.table == NamedTable::Services && !service::is_part(name) {
            Some(FieldProblem::Separator)
        } else {
            None
        }
    }

    /// Whether agents' rights hang on the group as it is now.
    fn carries_rights(&self) -> bool {
        let is = |row: &NamedRow| {
            RIGHTS
                .iter()
                .any(|right| row.name.eq_ignore_ascii_case(right))
        };
        self.table == NamedTable::Groups && self.row.is_some_and(is)
    }

    fn parent_mistake(&self) -> Option<FieldProblem> {
        let parent = self.after.get("Parent");
        if self.table != NamedTable::Services || parent.is_empty() || !self.changes("Parent") {
            return None;
        }
        let own = self.row.map(|row| row.name.as_str());
        if own.is_some_and(|own| parent == own || service::is_below(parent, own)) {
            return Some(FieldProblem::BelowItself);
        }
        let known = self
            .rows
            .iter()
            .any(|row| composed(&row.name) == composed(parent));
        (!known).then_some(FieldProblem::UnknownParent)
    }

    fn comment_mistake(&self) -> Option<FieldProblem> {
        let comment = self.after.get("Comment");
        if !self.changes("Comment") {
            return None;
        }
        let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        if comment.chars().any(odd) {
            Some(FieldProblem::ControlCharacter)
        } else if comment.chars().count() > COMMENT_LENGTH {
            Some(FieldProblem::TooLong {
                max: COMMENT_LENGTH,
            })
        } else {
            None
        }
    }

    fn validity_mistake(&self) -> Option<FieldProblem> {
        let id = self.after.get("ValidID");
        let Some(validity) = Validity::parse(id) else {
            return self
                .changes("ValidID")
                .then_some(FieldProblem::UnknownValidity);
        };
        let takes = validity != Validity::Valid && self.changes("ValidID");
        (takes && self.carries_rights()).then_some(FieldProblem::CarriesRights)
    }

    /// What is wrong with the name as a whole, and with the names of the services that follow it.
    fn full_name_mistake(&self) -> Option<FieldError> {
        if !self.is_renamed() {
            return None;
        }
        let name = full_name(self.table, self.after);
        let followers = self.followers();
        let names = || followers.iter().map(|one| &one.name).chain([&name]);
        let longest = names().map(|name| name.chars().count()).max().unwrap_or(0);
        if longest > NAME_LENGTH {
            // Where only the place changes, the place is what does not fit.
            let field = if self.changes("Name") {
                "Name"
            } else {
                "Parent"
            };
            let own = self.after.get(field).chars().count();
            let max = (own + NAME_LENGTH).saturating_sub(longest);
            return Some(FieldError::new(field, FieldProblem::TooLong { max }));
        }
        let others = self.rows.iter().filter(|row| {
            let own = self.row.is_some_and(|own| own.id == row.id);
            !own && !followers.iter().any(|one| one.row.id == row.id)
        });
        let others: Vec<&NamedRow> = others.collect();
        let taken = names().find_map(|name| {
            others
                .iter()
                .find(|row| same_key(&row.name, name))
                .map(|row| row.name.clone())
        });
        taken.map(|by| FieldError::new("Name", FieldProblem::Taken { by }))
    }

    /// The services below a renamed or moved one, those higher up first.
    pub fn followers(&self) -> Vec<Follower<'_>> {
        let Some(own) = self.row.filter(|_| self.table == NamedTable::Services) else {
            return vec![];
        };
        let name = full_name(self.table, self.after);
        if own.name == name {
            return vec![];
        }
        let below = self.rows.iter().filter(|row| row.id != own.id);
        let mut followers: Vec<Follower<'_>> = below
            .filter_map(|row| {
                Some(Follower {
                    name: service::moved(&row.name, &own.name, &name)?,
                    row,
                })
            })
            .collect();
        // A name that one of them leaves may be the one that another gets.
        followers.sort_by_cached_key(|one| (one.row.name.len(), one.row.name.clone()));
        followers
    }

    /// What saving does beside the record itself.
    pub fn effects(&self) -> Vec<Effect> {
        let (Some(row), Some(before)) = (self.row, self.before) else {
            return vec![];
        };
        let mut effects = vec![];
        let name = full_name(self.table, self.after);
        if row.name != name {
            effects.push(Effect::Renames {
                from: row.name.clone(),
                to: name,
            });
        }
        effects.extend(
            self.followers()
                .into_iter()
                .map(|one| Effect::RenamesBelow {
                    from: one.row.name.clone(),
                    to: one.name,
                }),
        );
        if before.get("ValidID") != self.after.get("ValidID") {
            effects.push(Effect::ChangesValidity {
                from: validity_name(before),
                to: validity_name(self.after),
            });
        }
        effects
    }
}

fn validity_name(record: &Record) -> String {
    let id = record.get("ValidID");
    Validity::parse(id).map_or_else(|| id.to_owned(), |validity| validity.name().to_owned())
}
