//! Passing over what is not understood, to where the next thing begins.

use super::note::NoteKind;
use super::parser::Parser;
use super::token::{MODIFIERS, Token};

impl Parser<'_, '_> {
    /// To the comma or bracket that ends an item which began with so many open brackets.
    pub(super) fn skip_item(&mut self, open: usize) {
        loop {
            let inside = self.brackets.len() > open;
            match &self.token {
                Token::End => return,
                Token::Sign(";" | "," | "=>" | ")" | "]" | "}") if !inside => return,
                Token::Word(word) if !inside && MODIFIERS.contains(word) => return,
                _ => self.advance(),
            }
        }
    }

    /// Behind the semicolon that ends a statement, or to the bracket that ends its block.
    pub(super) fn skip_statement(&mut self, open: usize) {
        loop {
            let inside = self.brackets.len() > open;
            match &self.token {
                Token::End => break,
                Token::Sign(";") if !inside => {
                    self.advance();
                    break;
                }
                Token::Sign("}") if !inside => break,
                _ => self.advance(),
            }
        }
    }

    /// Behind a statement whose brackets are not in order: its first semicolon ends it.
    pub(super) fn skip_unclosed(&mut self, open: usize) {
        while !matches!(self.token, Token::Sign(";") | Token::End) {
            self.advance();
        }
        self.brackets.truncate(open);
        if self.is(";") {
            self.advance();
        }
    }

    /// Behind the block of a condition, loop or procedure, and of those that go on with it.
    pub(super) fn skip_blocks(&mut self, open: usize, further: &[&str]) {
        loop {
            // To the block.
            loop {
                let inside = self.brackets.len() > open;
                match &self.token {
                    Token::End => return,
                    Token::Sign("}") if !inside => return,
                    Token::Sign(";") if !inside => {
                        self.advance();
                        return;
                    }
                    Token::Sign("{") if !inside => break,
                    _ => self.advance(),
                }
            }
            // To its end.
            self.advance();
            while self.brackets.len() > open && self.token != Token::End {
                self.advance();
            }
            match self.token {
                Token::Word(word) if further.contains(&word) => self.advance(),
                _ => return,
            }
        }
    }

    /// Tells of code that was passed over, from this byte to where the reader is.
    pub(super) fn passed_over(&mut self, from: usize, what: &str) {
        if self.notes.is_full(false) {
            return;
        }
        let kind = NoteKind::PassedOver {
            what: what.to_owned(),
            names: self.names(from, self.before.max(from)),
        };
        self.note(from, kind);
    }

    /// The keys of the object that code names: `$Self->{Name}`, `$Self->{'Name'}`.
    fn names(&self, from: usize, to: usize) -> Vec<String> {
        const MOST: usize = 20;
        let code = self.lexer.text.get(from..to).unwrap_or_default();
        let object = format!("${}", self.dialect.object);
        let mut names: Vec<String> = Vec::new();
        for (at, _) in code.match_indices(&object) {
            let rest = code[at + object.len()..].trim_start();
            let rest = rest.strip_prefix("->").unwrap_or(rest).trim_start();
            let Some(rest) = rest.strip_prefix('{') else {
                continue;
            };
            let rest = rest.trim_start().trim_start_matches(['\'', '"']);
            let end = rest
                .find(|c: char| !(c.is_ascii_alphanumeric() || "_:#-".contains(c)))
                .unwrap_or(rest.len());
            let name = rest[..end].to_owned();
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
            if names.len() == MOST {
                break;
            }
        }
        names
    }
}
