//! Statements: assignments are handed on, code is passed over.

use super::note::NoteKind;
use super::parser::{Block, Parser, Why};
use super::syntax::Expr;
use super::token::{MODIFIERS, Token};

impl Parser<'_, '_> {
    /// The next expression to evaluate; none at the end of the file.
    pub(super) fn statement(&mut self) -> Option<Expr> {
        loop {
            match self.token.clone() {
                Token::End => {
                    self.end();
                    return None;
                }
                Token::Sign(";") => self.advance(),
                Token::Sign("}") => self.leave(),
                Token::Sign("{") => self.enter(),
                Token::Sign("...") => {
                    self.note(self.start, NoteKind::Elided);
                    self.advance();
                }
                Token::Word(word) if self.keyword(word) => {}
                _ => {
                    if let Some(expression) = self.expression()
                        && self.is_reached(expression.at)
                    {
                        return Some(expression);
                    }
                }
            }
        }
    }

    fn end(&mut self) {
        if self.blocks.len() > 1
            && !self.unbalanced
            && let Some((bracket, at)) = self.brackets.first().copied()
        {
            let bracket = char::from(bracket);
            self.note(at as usize, NoteKind::Unclosed { bracket });
        }
        self.blocks.truncate(1);
    }

    fn enter(&mut self) {
        if self.blocks.len() >= self.limits.depth {
            let at = self.start;
            let limit = self.limits.depth;
            self.note(at, NoteKind::TooDeep { limit });
            self.skip_blocks(self.brackets.len(), &[]);
            return;
        }
        self.advance();
        self.blocks.push(Block::default());
    }

    fn leave(&mut self) {
        if self.blocks.len() > 1 {
            self.blocks.pop();
        } else if !self.unbalanced {
            self.note(self.start, NoteKind::NotOpened { bracket: '}' });
        }
        self.advance();
    }

    /// Whether a statement here would be run; one that is not is told of once.
    fn is_reached(&mut self, at: usize) -> bool {
        let Some(block) = self.blocks.iter_mut().find(|block| block.returned) else {
            return true;
        };
        if !std::mem::replace(&mut block.told, true) {
            self.note(at, NoteKind::Unreached);
        }
        false
    }

    /// Reads a statement that begins with a word of Perl; false if the word is none of them.
    fn keyword(&mut self, word: &str) -> bool {
        let from = self.start;
        let open = self.brackets.len();
        match word {
            "use" | "no" => self.skip_statement(open),
            "package" => {
                while !matches!(self.token, Token::Sign(";" | "{" | "}") | Token::End) {
                    self.advance();
                }
            }
            "sub" => self.procedure(),
            "return" => {
                let conditional = self.skip_return(open);
                if let (false, Some(block)) = (conditional, self.blocks.last_mut()) {
                    block.returned = true;
                }
            }
            "if" | "unless" => {
                self.skip_blocks(open, &["elsif", "else"]);
                self.passed_over_reached(from, word);
            }
            "while" | "until" | "for" | "foreach" | "given" | "when" | "try" => {
                self.skip_blocks(open, &["continue", "catch", "finally"]);
                self.passed_over_reached(from, word);
            }
            "BEGIN" | "END" | "INIT" | "CHECK" | "UNITCHECK" => {
                self.skip_blocks(open, &[]);
                self.passed_over_reached(from, word);
            }
            "eval" | "do" | "require" | "print" | "die" | "warn" => {
                self.skip_statement(open);
                self.passed_over_reached(from, word);
            }
            _ => return false,
        }
        true
    }

    fn passed_over_reached(&mut self, from: usize, what: &str) {
        if self.is_reached(from) {
            self.passed_over(from, what);
        }
    }

    /// True if whether it returns depends on a condition.
    fn skip_return(&mut self, open: usize) -> bool {
        let mut conditional = false;
        while self.brackets.len() > open
            || !matches!(self.token, Token::Sign(";" | "}") | Token::End)
        {
            if self.token == Token::End {
                break;
            }
            if matches!(self.token, Token::Word(word) if MODIFIERS.contains(&word)) {
                conditional = true;
            }
            self.advance();
        }
        conditional
    }

    /// `sub Load { … }` is read; other procedures do nothing by being there.
    fn procedure(&mut self) {
        let open = self.brackets.len();
        self.advance();
        if self.is_word(self.dialect.entry) {
            while !matches!(self.token, Token::Sign("{" | ";" | "}") | Token::End) {
                self.advance();
            }
            if self.is("{") {
                self.enter();
            }
        } else {
            self.skip_blocks(open, &[]);
        }
    }

    fn expression(&mut self) -> Option<Expr> {
        let from = self.start;
        let open = self.brackets.len();
        let read = self.assign();
        match read {
            Ok(expression) => match self.token {
                Token::Sign(";") => {
                    self.advance();
                    Some(expression)
                }
                Token::Sign("}") | Token::End => Some(expression),
                Token::Word(word) if MODIFIERS.contains(&word) => {
                    self.skip_statement(open);
                    self.passed_over_reached(from, word);
                    None
                }
                Token::Variable(..)
                | Token::Word("push" | "delete" | "my" | "return" | "sub" | "package") => {
                    self.note(self.before, NoteKind::MissingSemicolon);
                    Some(expression)
                }
                _ => {
                    self.skip_statement(open);
                    self.passed_over_reached(from, "code");
                    None
                }
            },
            Err(stop) => {
                match stop.why {
                    // Told already.
                    Why::NotUnderstood if self.broken => {}
                    Why::NotUnderstood if self.is_reached(from) => {
                        self.skip_statement(open);
                        self.passed_over(from, "code");
                    }
                    Why::NotUnderstood => self.skip_statement(open),
                    Why::Unclosed(_) => {
                        self.tell(&stop);
                        self.skip_unclosed(open);
                    }
                    _ => {
                        self.tell(&stop);
                        self.skip_statement(open);
                    }
                }
                // Something that is no statement at all must not be met again.
                if self.start == from && self.token != Token::End && !self.is("}") {
                    self.advance();
                }
                None
            }
        }
    }
}
