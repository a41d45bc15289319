//! How values are entered, and what can be chosen.

/// How a value is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Control {
    /// One line; the text is the input's `type`.
    Line(&'static str),
    /// Never filled in.
    Password,
    /// Several lines.
    Long,
    /// One of these.
    Choice(Vec<Choice>),
    /// A customer's ID, with search as one types; without scripts a line with these to choose from.
    Customer(Vec<Choice>),
}

/// A value to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub selected: bool,
}
