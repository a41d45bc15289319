//! What the lexer cuts a text into.

use std::ops::Range;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// `$name`, `@name`, `%name`, `&name`; `#` is `$#name`.
    Variable(u8, &'t str),
    /// A sigil before a reference: `@{ … }`, `%$name`.
    Cast(u8),
    Word(&'t str),
    Number(&'t str),
    Quoted(Quoted),
    Sign(&'static str),
    /// A character that has no place in code.
    Stray,
    /// A text or here-document without an end: the rest is in it.
    Broken(&'static str),
    End,
}

/// A text in quotes, of whatever form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quoted {
    pub(super) kind: QuoteKind,
    /// What stands between the quotes.
    pub(super) body: Range<usize>,
    pub(super) open: u8,
    pub(super) close: u8,
    /// Letters after a pattern.
    pub(super) flags: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum QuoteKind {
    /// `'…'`, `q{…}`.
    Plain,
    /// `"…"`, `qq{…}`.
    Interpolated,
    /// `qw(…)`.
    Words,
    /// `qr/…/`.
    Pattern,
    HereDocument {
        interpolated: bool,
        indented: bool,
    },
    /// What is not a value: `m/…/`, `s/…/…/`, `tr/…/…/`, `` `…` ``, `<…>`.
    Code,
}

impl Token<'_> {
    pub(super) fn is(&self, sign: &str) -> bool {
        matches!(self, Self::Sign(own) if *own == sign)
    }

    /// Whether a value may begin with it.
    pub(super) fn begins_value(&self) -> bool {
        match self {
            Self::Variable(..) | Self::Cast(_) | Self::Number(_) | Self::Quoted(_) => true,
            Self::Word(word) => !INFIX.contains(word) && !MODIFIERS.contains(word),
            Self::Sign(sign) => matches!(*sign, "{" | "["),
            _ => false,
        }
    }
}

/// Words that stand between two values.
pub(super) const INFIX: [&str; 12] = [
    "x", "eq", "ne", "lt", "gt", "le", "ge", "cmp", "and", "or", "xor", "isa",
];

/// Words that make a statement depend on a condition.
pub(super) const MODIFIERS: [&str; 6] = ["if", "unless", "while", "until", "for", "foreach"];
