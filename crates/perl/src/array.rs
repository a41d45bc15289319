//! Lists: the items between brackets, each read for itself.

use super::parser::{Parsed, Parser, Stop, Why};
use super::syntax::{Expr, Kind};
use super::token::Token;

impl Parser<'_, '_> {
    /// The items from an opening bracket, which is the token, to its end.
    pub(super) fn list(&mut self, close: &'static str) -> Parsed<Vec<Expr>> {
        let open = (self.start, &self.token);
        let bracket = match open.1 {
            Token::Sign(sign) => sign.as_bytes()[0],
            _ => return Err(self.stop(Why::NotUnderstood)),
        };
        let at = open.0;
        self.advance();
        let items = self.items(Some(close))?;
        if !self.is(close) {
            return Err(Stop {
                at,
                why: Why::Unclosed(bracket),
            });
        }
        self.advance();
        Ok(items)
    }

    /// Items and commas, up to a closing bracket or the end of the statement.
    pub(super) fn items(&mut self, close: Option<&str>) -> Parsed<Vec<Expr>> {
        let mut items: Vec<Expr> = Vec::new();
        // Whether the one before ended without a comma.
        let mut joined = false;
        loop {
            match &self.token {
                Token::Sign("," | "=>") => {
                    joined = false;
                    self.advance();
                    continue;
                }
                Token::Sign(")" | "]" | "}" | ";") | Token::End => return Ok(items),
                Token::Word(word) if close.is_none() && super::token::MODIFIERS.contains(word) => {
                    return Ok(items);
                }
                _ => {}
            }
            if joined {
                let kind = super::note::NoteKind::MissingComma;
                self.note(self.start, kind);
            }
            items.push(self.item()?);
            joined = true;
        }
    }

    /// One item. What is not understood is told, and passed over up to the next comma. A bracket without its end stops
    /// the statement.
    pub(super) fn item(&mut self) -> Parsed<Expr> {
        let at = self.start;
        let open = self.brackets.len();
        let stop = match self.assign() {
            Ok(item) if self.ends_item() || self.token.begins_value() => return Ok(item),
            Ok(_) => self.stop(Why::NotUnderstood),
            Err(stop) => stop,
        };
        if matches!(stop.why, Why::Unclosed(_) | Why::TooMany) {
            return Err(stop);
        }
        self.tell(&stop);
        self.skip_item(open);
        let kind = match stop.why {
            Why::Elided => Kind::Elided,
            _ => Kind::Unknown,
        };
        Ok(Expr::new(at, kind))
    }

    fn ends_item(&self) -> bool {
        match &self.token {
            Token::Sign("," | "=>" | ")" | "]" | "}" | ";") | Token::End => true,
            Token::Word(word) => super::token::MODIFIERS.contains(word),
            _ => false,
        }
    }
}
