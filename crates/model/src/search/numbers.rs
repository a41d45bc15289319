//! Phone numbers in a search: groups of digits that are found whatever stands between them (D27).

use super::tokens::{Sign, Token};
use crate::text::digits;

/// Fewer digits than this are only words: too many numbers have them somewhere.
const FEWEST: usize = 5;

/// A run of groups of digits.
pub(super) struct Run {
    /// Groups, with a blank between one and the next.
    pub groups: usize,
    pub digits: String,
}

/// What a group of a phone number is written with.
fn is_number_sign(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | '(' | ')' | '\u{2010}'..='\u{2015}')
}

/// The longest run that these pieces begin with, of at most so many groups; none where it has few digits.
pub(super) fn run(tokens: &[Token], most: usize) -> Option<Run> {
    let mut found = Run {
        groups: 0,
        digits: String::new(),
    };
    let mut at = 0;
    while found.groups < most {
        let mut group = String::new();
        while let Some(Sign::Char(c)) = tokens.get(at).map(|token| &token.sign) {
            group.push(*c);
            at += 1;
        }
        let ends = matches!(
            tokens.get(at).map(|token| &token.sign),
            None | Some(Sign::Blank | Sign::And | Sign::Or | Sign::Close)
        );
        let group_digits = digits(&group);
        if !ends || group_digits.is_empty() || !group.chars().all(is_number_sign) {
            break;
        }
        found.groups += 1;
        found.digits.push_str(&group_digits);
        if tokens.get(at).map(|token| &token.sign) != Some(&Sign::Blank) {
            break;
        }
        at += 1;
    }
    (found.digits.len() >= FEWEST).then_some(found)
}

/// Whether a text is a number as people write it, or a part of one: digits, and what stands between them.
pub fn is_number(text: &str) -> bool {
    let sign = |c: char| is_number_sign(c) || c.is_whitespace() || c == '+';
    text.chars().all(sign) && digits(text).len() >= 3
}
