//! From pieces to the tree. `AND` binds stronger than `OR`.

use super::numbers;
use super::tokens::{Sign, Token};
use super::{Affixes, Blanks, MAX_DEPTH, MAX_WILDCARDS, MAX_WORDS, SyntaxError, SyntaxErrorKind};
use crate::condition::{Condition, Part, Pattern};
use crate::field::is_phone;

struct Parser<'a> {
    tokens: &'a [Token],
    next: usize,
    /// The length of the text: where it ends.
    length: usize,
    blanks: Blanks,
    affixes: &'a Affixes,
    fields: &'a [String],
    /// Those of them that hold phone numbers.
    phones: Vec<String>,
    depth: usize,
    words: usize,
    wildcards: usize,
}

pub(super) fn parse(
    tokens: &[Token],
    length: usize,
    blanks: Blanks,
    affixes: &Affixes,
    fields: &[String],
) -> Result<Condition, SyntaxError> {
    let phones = fields.iter().filter(|field| is_phone(field)).cloned();
    let mut parser = Parser {
        tokens,
        next: 0,
        length,
        blanks,
        affixes,
        fields,
        phones: phones.collect(),
        depth: 0,
        words: 0,
        wildcards: 0,
    };
    let condition = parser.any()?;
    if parser.peek() == Some(&Sign::Close) {
        return Err(parser.error(SyntaxErrorKind::Unopened));
    }
    condition.ok_or(SyntaxError {
        at: 0,
        kind: SyntaxErrorKind::MissingWord,
    })
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Sign> {
        self.tokens.get(self.next).map(|token| &token.sign)
    }

    fn error(&self, kind: SyntaxErrorKind) -> SyntaxError {
        SyntaxError {
            at: self
                .tokens
                .get(self.next)
                .map_or(self.length, |token| token.at),
            kind,
        }
    }

    /// Whether a blank that joins words comes next.
    fn at_joint(&self) -> bool {
        self.blanks == Blanks::Join && self.peek() == Some(&Sign::Blank)
    }

    /// Passes over a run of operators, which must be of one kind.
    fn operators(&mut self) -> Result<Option<Sign>, SyntaxError> {
        if self.at_joint() {
            self.next += 1;
            return Ok(Some(Sign::And));
        }
        let mut found: Option<Sign> = None;
        while let Some(sign) = self
            .peek()
            .filter(|sign| matches!(sign, Sign::And | Sign::Or))
            .cloned()
        {
            if found.as_ref().is_some_and(|found| *found != sign) {
                return Err(self.error(SyntaxErrorKind::OperatorClash));
            }
            found = Some(sign);
            self.next += 1;
        }
        Ok(found)
    }

    /// Alternatives up to the end of the group; none if there is nothing in it.
    fn any(&mut self) -> Result<Option<Condition>, SyntaxError> {
        let mut alternatives: Vec<Condition> = vec![];
        let mut all: Vec<Condition> = vec![];
        // Operators at the beginning and the end of a group join nothing.
        self.operators()?;
        while !matches!(self.peek(), None | Some(Sign::Close)) {
            match self.number()? {
                Some(number) => all.push(number),
                None => all.extend(self.unit()?),
            }
            if self.operators()? == Some(Sign::Or) {
                alternatives.extend(joined(std::mem::take(&mut all), Condition::All));
            }
        }
        alternatives.extend(joined(all, Condition::All));
        Ok(joined(alternatives, Condition::Any))
    }

    /// A word or group, maybe negated.
    fn unit(&mut self) -> Result<Option<Condition>, SyntaxError> {
        let mut negated = false;
        let begins_with_bang = self.peek() == Some(&Sign::Bang);
        while self.peek() == Some(&Sign::Bang) {
            negated = !negated;
            self.next += 1;
        }
        if begins_with_bang && self.at_joint() {
            self.next += 1;
        }
        let condition = if self.peek() == Some(&Sign::Open) {
            self.group()?
        } else if let Some(number) = self.number_of(1)? {
            Some(number)
        } else {
            Some(self.word()?)
        };
        match condition {
            Some(condition) if negated => Ok(Some(condition.negate())),
            None if begins_with_bang => Err(self.error(SyntaxErrorKind::MissingWord)),
            condition => Ok(condition),
        }
    }

    fn group(&mut self) -> Result<Option<Condition>, SyntaxError> {
        let opened = self.error(SyntaxErrorKind::Unclosed);
        if self.depth == MAX_DEPTH {
            return Err(self.error(SyntaxErrorKind::TooDeep));
        }
        self.next += 1;
        self.depth += 1;
        let condition = self.any()?;
        self.depth -= 1;
        if self.peek() != Some(&Sign::Close) {
            return Err(opened);
        }
        self.next += 1;
        Ok(condition)
    }

    /// A run of bare groups of digits, if one comes next: each of them as a word, or all of them as one number.
    fn number(&mut self) -> Result<Option<Condition>, SyntaxError> {
        self.number_of(usize::MAX)
    }

    /// The same of at most so many groups.
    fn number_of(&mut self, most: usize) -> Result<Option<Condition>, SyntaxError> {
        if self.blanks == Blanks::Text || self.phones.is_empty() {
            return Ok(None);
        }
        let Some(number) = numbers::run(&self.tokens[self.next..], most) else {
            return Ok(None);
        };
        let mut words = vec![];
        for word in 0..number.groups {
            if word > 0 {
                self.next += 1;
            }
            words.push(self.word()?);
        }
        let mut pattern = affix(&self.affixes.prefix);
        pattern.push(Part::Text(number.digits));
        pattern.extend(affix(&self.affixes.suffix));
        let digits = Condition::Digits {
            fields: self.phones.clone(),
            pattern: Pattern(pattern).simplified(),
        };
        Ok(joined(words, Condition::All).map(|words| Condition::Any(vec![words, digits])))
    }

    fn word(&mut self) -> Result<Condition, SyntaxError> {
        self.words += 1;
        if self.words > MAX_WORDS {
            return Err(self.error(SyntaxErrorKind::TooManyWords));
        }
        let mut parts = affix(&self.affixes.prefix);
        let begin = self.next;
        while !self.at_joint()
            && let Some(token) = self.tokens.get(self.next)
        {
            parts.push(match &token.sign {
                Sign::Char(c) => Part::Text((*c).into()),
                Sign::Phrase(phrase) => Part::Text(phrase.clone()),
                Sign::Star if self.wildcards == MAX_WILDCARDS => {
                    return Err(self.error(SyntaxErrorKind::TooManyWildcards));
                }
                Sign::Star => {
                    self.wildcards += 1;
                    Part::Any
                }
                Sign::Bang => Part::Text("!".into()),
                Sign::Blank => Part::Text(" ".into()),
                Sign::And | Sign::Or | Sign::Open | Sign::Close => break,
            });
            self.next += 1;
        }
        if self.next == begin {
            return Err(self.error(SyntaxErrorKind::MissingWord));
        }
        parts.extend(affix(&self.affixes.suffix));
        Ok(Condition::Matches {
            fields: self.fields.to_vec(),
            pattern: Pattern(parts).simplified(),
        })
    }
}

fn affix(text: &str) -> Vec<Part> {
    text.chars()
        .map(|c| {
            if matches!(c, '*' | '%') {
                Part::Any
            } else {
                Part::Text(c.into())
            }
        })
        .collect()
}

fn joined(
    mut conditions: Vec<Condition>,
    join: fn(Vec<Condition>) -> Condition,
) -> Option<Condition> {
    if conditions.len() > 1 {
        Some(join(conditions))
    } else {
        conditions.pop()
    }
}
