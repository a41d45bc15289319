//! The rows of the form that says what is given and taken: a few of each kind, and blank ones at the end.

use kartoteka_directory::{FieldError, JobChange, JobRelation};

use crate::input::Pairs;

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    Customer,
    Group,
    Service,
}

impl RowKind {
    /// All kinds, in the order of the form.
    pub const ALL: [RowKind; 3] = [Self::Customer, Self::Group, Self::Service];

    /// The beginning of the names of its inputs and of its texts.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Group => "group",
            Self::Service => "service",
        }
    }
}

/// A row as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub kind: RowKind,
    /// Its place among the rows of its kind.
    pub at: usize,
    pub given: bool,
    /// The customer ID, or the name of the group or service.
    pub what: String,
    pub permission: String,
    /// What is wrong with it.
    pub errors: Vec<FieldError>,
}

impl Row {
    fn blank(kind: RowKind, at: usize) -> Self {
        Self {
            kind,
            at,
            given: true,
            what: String::new(),
            permission: "ro".into(),
            errors: Vec::new(),
        }
    }

    /// Nothing was chosen in it.
    fn is_blank(&self) -> bool {
        self.what.is_empty()
    }

    /// The name of its first input; those of the others begin with it.
    pub fn id(&self) -> String {
        format!("{}.{}", self.kind.name(), self.at)
    }

    /// Whether a permission is chosen in it.
    pub fn has_permission(&self) -> bool {
        self.kind == RowKind::Group
    }

    /// Whether this was chosen.
    pub fn is(&self, name: &str) -> bool {
        self.what == name
    }

    /// Whether something was chosen that is not on offer: a template may name what somebody else renamed since.
    pub fn is_beside(&self, choices: &[(String, bool)]) -> bool {
        !self.what.is_empty() && !choices.iter().any(|(name, _)| self.is(name))
    }

    /// Whether this permission was chosen.
    pub fn is_permission(&self, name: &str) -> bool {
        self.permission == name
    }

    fn change(&self) -> JobChange {
        let what = self.what.clone();
        let relation = match self.kind {
            RowKind::Customer => JobRelation::Customer { customer: what },
            RowKind::Group => JobRelation::PersonGroup {
                group: what,
                permission: self.permission.clone(),
            },
            RowKind::Service => JobRelation::Service { service: what },
        };
        JobChange {
            relation,
            given: self.given,
        }
    }
}

/// All rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows(pub Vec<Row>);

/// The most rows of a kind.
const MOST: usize = 30;

impl Rows {
    /// One blank row of each kind.
    pub fn blank() -> Self {
        Self(RowKind::ALL.map(|kind| Row::blank(kind, 0)).into())
    }

    /// Rows for changes that are there.
    pub fn of_changes(changes: &[JobChange]) -> Self {
        let mut rows = Self(Vec::new());
        for change in changes {
            rows.add(change);
        }
        rows
    }

    /// Adds a change, unless it is there.
    pub fn add(&mut self, change: &JobChange) {
        let (kind, what, permission) = match &change.relation {
            JobRelation::Customer { customer } => (RowKind::Customer, customer, None),
            JobRelation::PersonGroup { group, permission } => {
                (RowKind::Group, group, Some(permission))
            }
            JobRelation::Service { service } => (RowKind::Service, service, None),
        };
        let mut row = Row::blank(kind, self.of(&kind).count());
        row.given = change.given;
        row.what.clone_from(what);
        if let Some(permission) = permission {
            row.permission.clone_from(permission);
        }
        let there = self.0.iter().any(|one| one.change() == *change);
        if !there && row.at < MOST {
            self.0.push(row);
        }
    }

    /// Reads a form: `group.0`, `group.0.way`, `group.0.permission`, ….
    pub fn read(form: &Pairs) -> Self {
        let mut rows = Vec::new();
        for kind in RowKind::ALL {
            let name = kind.name();
            let typed = (0..MOST).map(|at| {
                let part = |end: &str| form.get(&format!("{name}.{at}{end}")).trim().to_owned();
                Row {
                    given: part(".way") != "take",
                    what: part(""),
                    permission: part(".permission"),
                    ..Row::blank(kind, at)
                }
            });
            let mut filled: Vec<Row> = typed.filter(|row| !row.is_blank()).collect();
            for (at, row) in filled.iter_mut().enumerate() {
                row.at = at;
            }
            rows.extend(filled);
        }
        Self(rows)
    }

    /// The changes of the rows that are filled.
    pub fn changes(&self) -> Vec<JobChange> {
        let filled = self.0.iter().filter(|row| !row.is_blank());
        filled.map(Row::change).collect()
    }

    /// The same with what is wrong at each row; `0.Group` is the first change's. What belongs to none is left over.
    pub fn with_errors(mut self, errors: Vec<FieldError>) -> (Self, Vec<FieldError>) {
        let mut left = Vec::new();
        for error in errors {
            let at = error.field.split('.').next().and_then(|at| at.parse().ok());
            let row = at.and_then(|at: usize| self.0.get_mut(at));
            match row {
                Some(row) => row.errors.push(error),
                None => left.push(error),
            }
        }
        (self, left)
    }

    /// The same with blank rows to fill, so many of each kind.
    pub fn with_blank(mut self, more: usize) -> Self {
        for kind in RowKind::ALL {
            let begin = self.of(&kind).count();
            let blank = (begin..MOST.min(begin + more)).map(|at| Row::blank(kind, at));
            let blank: Vec<Row> = blank.collect();
            self.0.extend(blank);
        }
        self
    }

    /// The rows of a kind.
    pub fn of(&self, kind: &RowKind) -> impl Iterator<Item = &Row> {
        let kind = *kind;
        self.0.iter().filter(move |row| row.kind == kind)
    }
}

#[cfg(test)]
mod tests {
    use kartoteka_directory::FieldProblem;

    use super::*;

    #[test]
    fn filled_rows_are_changes_and_mistakes_find_them() {
        let form =
            "group.1=support&group.1.way=take&group.1.permission=rw&customer.0=+ACME+&service.0=";
        let rows = Rows::read(&Pairs::parse(form.as_bytes()).unwrap());
        let changes = rows.changes();
        assert_eq!(changes.len(), 2);
        assert_eq!(
            changes[0].relation,
            JobRelation::Customer {
                customer: "ACME".into()
            }
        );
        assert!(changes[0].given && !changes[1].given);
        let errors = vec![
            FieldError::new("1.Group", FieldProblem::NotYourGroup),
            FieldError::new("changes", FieldProblem::Required),
        ];
        let (rows, left) = rows.with_errors(errors);
        assert_eq!(left.len(), 1);
        let rows = rows.with_blank(1);
        let groups: Vec<&Row> = rows.of(&RowKind::Group).collect();
        assert_eq!((groups.len(), groups[0].errors.len()), (2, 1));
        assert_eq!((groups[0].at, groups[1].at), (0, 1));
        assert_eq!(rows.of(&RowKind::Service).count(), 1);
    }
}
