//! What of a search was perhaps meant otherwise than it is read: signs that were not closed, operators that join
//! nothing. It is found all the same; pages say so at the place.

use super::Grammar;
use super::tokens::{Sign, Token, read};

/// Something to look at, and its place in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remark {
    pub at: usize,
    pub kind: RemarkKind,
}

/// What there is to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemarkKind {
    /// A `"` without its other one: looked for as a character.
    Quote,
    /// A parenthesis without its other one, where parentheses are ordinary text.
    Parenthesis,
    /// An operator at the end, which joins nothing.
    Operator,
    /// `&&` or `||` at the end, where they are ordinary text.
    PlainOperator,
}

impl RemarkKind {
    /// A stable name for translations.
    pub fn code(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Parenthesis => "parenthesis",
            Self::Operator => "operator",
            Self::PlainOperator => "plain-operator",
        }
    }
}

/// What there is to say about a search that was read, in the order of its places.
pub fn remarks(text: &str, grammar: Grammar) -> Vec<Remark> {
    let chars: Vec<char> = text.chars().collect();
    let tokens = read(text, grammar);
    // A character that a backslash or quotes made ordinary is meant so.
    let bare = |token: &&Token, sign: char| {
        token.sign == Sign::Char(sign) && chars.get(token.at) == Some(&sign)
    };
    let mut found: Vec<Remark> = vec![];
    let mut note = |at: usize, kind: RemarkKind| found.push(Remark { at, kind });
    for token in tokens.iter().filter(|token| bare(token, '"')) {
        note(token.at, RemarkKind::Quote);
    }
    let mut open: Vec<usize> = vec![];
    for token in &tokens {
        if bare(&token, '(') {
            open.push(token.at);
        } else if bare(&token, ')') && open.pop().is_none() {
            note(token.at, RemarkKind::Parenthesis);
        }
    }
    open.into_iter()
        .for_each(|at| note(at, RemarkKind::Parenthesis));
    if let [.., before, last] = tokens.as_slice() {
        if matches!(last.sign, Sign::And | Sign::Or) {
            note(last.at, RemarkKind::Operator);
        }
        let doubled = |sign| bare(&before, sign) && bare(&last, sign) && before.at + 1 == last.at;
        if ['&', '|'].into_iter().any(doubled) {
            note(before.at, RemarkKind::PlainOperator);
        }
    }
    found.sort_by_key(|remark| remark.at);
    found
}
