//! Expressions, as the parser gives them and the evaluator takes them.

use super::number::Number;

#[derive(Debug)]
pub(super) struct Expr {
    /// Where it begins.
    pub(super) at: usize,
    pub(super) kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    Undefined,
    Text(String),
    Number(Number),
    /// Parts put together to a text.
    Concat(Vec<Expr>),
    /// `[ … ]`.
    Array(Vec<Expr>),
    /// `{ … }`.
    Hash(Vec<Expr>),
    /// `( … )`, `qw( … )`.
    List(Vec<Expr>),
    /// `$name`.
    Scalar(String),
    /// `@name` or `%name`.
    Collection(Shape, String),
    /// `@{ … }` or `%{ … }`.
    Deref(Shape, Box<Expr>),
    /// `\@name`, and what `$name[0]` is an element of.
    RefTo(Shape, String),
    /// One element of what a reference leads to.
    Element(Shape, Box<[Expr; 2]>),
    /// `$ENV{…}`.
    Environment(Box<Expr>),
    Call(Function, Vec<Expr>),
    Not(Box<Expr>),
    Negative(Box<Expr>),
    Binary(&'static str, Box<[Expr; 2]>),
    Choice(Box<[Expr; 3]>),
    Assign(&'static str, Box<[Expr; 2]>),
    /// What only running it would tell.
    Unknown,
    Elided,
}

/// What kind of collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Shape {
    List,
    Hash,
}

/// Functions that are understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    /// Gives its argument: for translations, and the like.
    Same,
    Join,
    Lower,
    Upper,
    Defined,
    Exists,
    Push,
    Unshift,
    Delete,
    Undefine,
    /// The arguments of the procedure, of which nothing is known.
    Shift,
}

impl Expr {
    pub(super) fn new(at: usize, kind: Kind) -> Self {
        Self { at, kind }
    }
}

impl Function {
    pub(super) fn find(name: &str) -> Option<Self> {
        Some(match name {
            "join" => Self::Join,
            "lc" => Self::Lower,
            "uc" => Self::Upper,
            "defined" => Self::Defined,
            "exists" => Self::Exists,
            "push" => Self::Push,
            "unshift" => Self::Unshift,
            "delete" => Self::Delete,
            "undef" => Self::Undefine,
            "shift" => Self::Shift,
            _ => return None,
        })
    }

    /// Whether it takes all that follows, up to the end of the list.
    pub(super) fn takes_list(self) -> bool {
        matches!(self, Self::Join | Self::Push | Self::Unshift)
    }
}
