//! The signs and texts of a search.

use super::{Grammar, is_sign};

/// What a piece of the text means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sign {
    /// An ordinary character.
    Char(char),
    /// Text in quotes.
    Phrase(String),
    Star,
    Bang,
    /// White space, a run of it as one.
    Blank,
    And,
    Or,
    Open,
    Close,
}

/// A piece and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub at: usize,
    pub sign: Sign,
}

/// Reads the pieces, and drops blanks that mean nothing.
pub(super) fn read(text: &str, grammar: Grammar) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = vec![];
    let mut at = 0;
    // Where the blank after the last operator word ended: that blank does not bound another word of the same kind.
    let mut used: Option<(usize, Sign)> = None;
    while at < chars.len() {
        let (sign, length) = next(&chars, at, grammar, &tokens, used.as_ref());
        let word = matches!(sign, Sign::And | Sign::Or) && chars[at].is_ascii_uppercase();
        tokens.push(Token {
            at,
            sign: sign.clone(),
        });
        at += length;
        if word {
            let blanks = chars[at..].iter().take_while(|c| c.is_whitespace()).count();
            used = Some((at + blanks, sign));
        }
    }
    negations(without_blanks(stars(tokens)))
}

fn next(
    chars: &[char],
    at: usize,
    grammar: Grammar,
    before: &[Token],
    used: Option<&(usize, Sign)>,
) -> (Sign, usize) {
    let c = chars[at];
    let full = grammar == Grammar::Full;
    let doubled = chars.get(at + 1) == Some(&c);
    match c {
        '\\' => match chars.get(at + 1).filter(|next| is_sign(**next)) {
            Some(next) => (Sign::Char(*next), 2),
            None => (Sign::Char('\\'), 1),
        },
        '"' => match phrase(&chars[at + 1..]) {
            Some((phrase, length)) => (Sign::Phrase(phrase), length + 2),
            None => (Sign::Char('"'), 1),
        },
        '*' => (Sign::Star, 1),
        '!' => (Sign::Bang, 1),
        '+' => (Sign::And, 1),
        '(' if full => (Sign::Open, 1),
        ')' if full => (Sign::Close, 1),
        '&' if full && doubled => (Sign::And, 2),
        '|' if full && doubled => (Sign::Or, 2),
        c if c.is_whitespace() => (
            Sign::Blank,
            chars[at..].iter().take_while(|c| c.is_whitespace()).count(),
        ),
        'A' | 'O' => match operator_word(chars, at, full, before) {
            Some((sign, _)) if used.is_some_and(|(end, last)| *end == at && *last == sign) => {
                (Sign::Char(c), 1)
            }
            Some(found) => found,
            None => (Sign::Char(c), 1),
        },
        c => (Sign::Char(c), 1),
    }
}

/// The content of a quote that is closed and not empty, and how many characters it takes.
fn phrase(chars: &[char]) -> Option<(String, usize)> {
    let mut content = String::new();
    let mut at = 0;
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('"', _) => return (!content.is_empty()).then_some((content, at)),
            ('\\', Some('"')) => {
                content.push('"');
                at += 2;
            }
            (c, _) => {
                content.push(c);
                at += 1;
            }
        }
    }
    None
}

/// `AND` or `OR` between blanks, parentheses or the ends.
fn operator_word(chars: &[char], at: usize, full: bool, before: &[Token]) -> Option<(Sign, usize)> {
    let bounded_before = before
        .last()
        .is_none_or(|token| matches!(token.sign, Sign::Blank | Sign::Open | Sign::Close));
    if !bounded_before {
        return None;
    }
    let (sign, length) = if chars[at..].starts_with(&['A', 'N', 'D']) {
        (Sign::And, 3)
    } else if chars[at..].starts_with(&['O', 'R']) {
        (Sign::Or, 2)
    } else {
        return None;
    };
    let bounds = |c: &char| c.is_whitespace() || (full && matches!(c, '(' | ')'));
    chars
        .get(at + length)
        .is_none_or(bounds)
        .then_some((sign, length))
}

/// Neighbouring stars are one, also with a blank between them.
fn stars(tokens: Vec<Token>) -> Vec<Token> {
    let mut kept: Vec<Token> = vec![];
    for token in tokens {
        if token.sign == Sign::Star {
            if kept.last().is_some_and(|last| last.sign == Sign::Star) {
                continue;
            }
            if let [
                ..,
                Token {
                    sign: Sign::Star, ..
                },
                Token {
                    sign: Sign::Blank, ..
                },
            ] = kept.as_slice()
            {
                kept.pop();
                continue;
            }
        }
        kept.push(token);
    }
    kept
}

/// Blanks at the ends and beside operators and parentheses mean nothing.
fn without_blanks(tokens: Vec<Token>) -> Vec<Token> {
    let joins = |token: Option<&Token>| {
        token.is_none_or(|token| {
            matches!(token.sign, Sign::And | Sign::Or | Sign::Open | Sign::Close)
        })
    };
    let keep = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        tokens[at].sign != Sign::Blank || !(joins(before) || joins(tokens.get(at + 1)))
    };
    let kept: Vec<usize> = (0..tokens.len()).filter(|at| keep(*at)).collect();
    kept.into_iter().map(|at| tokens[at].clone()).collect()
}

/// `*!word` is the negation of `*word`.
fn negations(mut tokens: Vec<Token>) -> Vec<Token> {
    let mut kept = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let is = |at: usize, sign: Sign| tokens.get(at).is_some_and(|token| token.sign == sign);
        if is(at, Sign::Star) && is(at + 1, Sign::Bang) {
            if is(at + 2, Sign::Star) {
                at += 1;
            } else {
                tokens.swap(at, at + 1);
            }
        }
        kept.push(tokens[at].clone());
        at += 1;
    }
    kept
}
