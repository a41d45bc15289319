//! The parser: one token ahead, and which brackets are open.

use super::excerpt::excerpt;
use super::file::At;
use super::lexer::Lexer;
use super::note::{NoteKind, Notes};
use super::reader::{Dialect, Limits};
use super::token::Token;

pub(super) struct Parser<'t, 'n> {
    pub(super) lexer: Lexer<'t>,
    pub(super) token: Token<'t>,
    /// Where the token begins.
    pub(super) start: usize,
    /// Where the one before ended.
    pub(super) before: usize,
    /// The brackets that are open, by their sign and place.
    pub(super) brackets: Vec<(u8, u32)>,
    /// How deep expressions are in each other.
    pub(super) depth: usize,
    /// How many more values are read.
    pub(super) left: &'n mut usize,
    pub(super) notes: &'n mut Notes,
    pub(super) dialect: &'n Dialect,
    pub(super) limits: &'n Limits,
    pub(super) file: u8,
    /// The blocks whose statements are read.
    pub(super) blocks: Vec<Block>,
    /// Whether a bracket was missing somewhere: then those that are one too many tell nothing.
    pub(super) unbalanced: bool,
    /// Whether the rest of the file is in a text that does not end.
    pub(super) broken: bool,
}

/// A block whose statements are read as data.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) returned: bool,
    pub(super) told: bool,
}

/// Why an expression could not be read, and where.
#[derive(Debug)]
pub(super) struct Stop {
    pub(super) at: usize,
    pub(super) why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    NotUnderstood,
    Elided,
    TooDeep,
    TooMany,
    Unclosed(u8),
}

pub(super) type Parsed<T> = Result<T, Stop>;

impl<'t, 'n> Parser<'t, 'n> {
    pub(super) fn new(
        text: &'t str,
        file: u8,
        dialect: &'n Dialect,
        limits: &'n Limits,
        left: &'n mut usize,
        notes: &'n mut Notes,
    ) -> Self {
        let mut parser = Self {
            lexer: Lexer::new(text, 0, text.len()),
            token: Token::End,
            start: 0,
            before: 0,
            brackets: Vec::new(),
            depth: 0,
            left,
            notes,
            dialect,
            limits,
            file,
            blocks: vec![Block::default()],
            unbalanced: false,
            broken: false,
        };
        parser.fetch();
        parser
    }

    /// Goes to the next token.
    pub(super) fn advance(&mut self) {
        if let Token::Sign(sign) = self.token {
            match sign.as_bytes()[0] {
                open @ (b'(' | b'[' | b'{') => {
                    let start = u32::try_from(self.start).unwrap_or(u32::MAX);
                    self.brackets.push((open, start));
                }
                b')' => self.close(b'('),
                b']' => self.close(b'['),
                b'}' => self.close(b'{'),
                _ => {}
            }
        }
        self.before = self.lexer.at;
        self.fetch();
    }

    /// Closes the last bracket of this kind, and what was opened in it. One that was never opened closes nothing.
    fn close(&mut self, bracket: u8) {
        const FAR: usize = 64;
        let found = self
            .brackets
            .iter()
            .rev()
            .take(FAR)
            .position(|(open, _)| *open == bracket);
        if let Some(found) = found {
            self.brackets.truncate(self.brackets.len() - found - 1);
        }
    }

    fn fetch(&mut self) {
        (self.token, self.start) = self.lexer.next();
        if let Token::Broken(what) = self.token {
            let kind = NoteKind::Unterminated { what };
            self.note(self.start, kind);
            self.token = Token::End;
            self.unbalanced = true;
            self.broken = true;
        }
    }

    /// Whether the token is this sign.
    pub(super) fn is(&self, sign: &str) -> bool {
        self.token.is(sign)
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(self.token, Token::Word(own) if own == word)
    }

    /// Whether nothing stands between this token and the one before.
    pub(super) fn is_adjacent(&self) -> bool {
        self.start == self.before
    }

    /// Takes this sign, or stops.
    pub(super) fn expect(&mut self, sign: &str) -> Parsed<()> {
        if !self.is(sign) {
            return Err(self.stop(Why::NotUnderstood));
        }
        self.advance();
        Ok(())
    }

    pub(super) fn stop(&self, why: Why) -> Stop {
        Stop {
            at: self.start,
            why,
        }
    }

    /// Counts one more value.
    pub(super) fn count(&mut self) -> Parsed<()> {
        if *self.left == 0 {
            return Err(self.stop(Why::TooMany));
        }
        *self.left -= 1;
        Ok(())
    }

    pub(super) fn place(&self, byte: usize) -> At {
        At {
            file: self.file,
            byte: u32::try_from(byte).unwrap_or(u32::MAX),
        }
    }

    pub(super) fn note(&mut self, byte: usize, kind: NoteKind) {
        if self.notes.is_full(kind.is_error()) {
            return;
        }
        let place = self.place(byte);
        self.notes.push(place, kind, excerpt(self.lexer.text, byte));
    }

    /// Tells why something was not read.
    pub(super) fn tell(&mut self, stop: &Stop) {
        if self.broken {
            return;
        }
        let kind = match stop.why {
            Why::NotUnderstood => NoteKind::NotUnderstood,
            Why::Elided => NoteKind::Elided,
            Why::TooDeep => NoteKind::TooDeep {
                limit: self.limits.depth,
            },
            Why::TooMany => NoteKind::TooMany {
                limit: self.limits.values,
            },
            Why::Unclosed(bracket) => NoteKind::Unclosed {
                bracket: char::from(bracket),
            },
        };
        self.note(stop.at, kind);
        match stop.why {
            // What follows is of no use, and could be endless.
            Why::TooMany => {
                self.lexer.at = self.lexer.end;
                self.token = Token::End;
                self.start = self.lexer.end;
                self.unbalanced = true;
            }
            Why::Unclosed(_) => self.unbalanced = true,
            _ => {}
        }
    }
}
