//! Expressions, by the precedence of their operators.

use super::number::Number;
use super::parser::{Parsed, Parser, Stop, Why};
use super::syntax::{Expr, Function, Kind, Shape};
use super::token::{QuoteKind, Token};

/// Binary operators that are understood, weaker ones first.
const LEVELS: &[&[&str]] = &[
    &["||", "//"],
    &["&&"],
    &["==", "!=", "eq", "ne"],
    &["<", ">", "<=", ">="],
    &["+", "-", "."],
    &["*", "/", "%", "x"],
    &["**"],
];

const ASSIGNMENTS: &[&str] = &["=", ".=", "||=", "//=", "&&=", "+=", "-=", "*="];

impl Parser<'_, '_> {
    /// One expression, without the commas of a list.
    pub(super) fn assign(&mut self) -> Parsed<Expr> {
        if self.depth >= self.limits.depth {
            return Err(self.stop(Why::TooDeep));
        }
        self.depth += 1;
        let read = self.assign_within();
        self.depth -= 1;
        read
    }

    fn assign_within(&mut self) -> Parsed<Expr> {
        let left = self.choice()?;
        let Token::Sign(sign) = self.token else {
            return Ok(left);
        };
        let Some(sign) = ASSIGNMENTS.iter().find(|known| **known == sign) else {
            return Ok(left);
        };
        self.advance();
        // What is assigned is not known then, but not what was there before either.
        let right = self.item()?;
        Ok(Expr::new(
            left.at,
            Kind::Assign(sign, Box::new([left, right])),
        ))
    }

    fn choice(&mut self) -> Parsed<Expr> {
        let condition = self.binary(0)?;
        if !self.is("?") {
            return Ok(condition);
        }
        self.advance();
        let yes = self.assign()?;
        self.expect(":")?;
        let no = self.assign()?;
        let at = condition.at;
        Ok(Expr::new(at, Kind::Choice(Box::new([condition, yes, no]))))
    }

    pub(super) fn binary(&mut self, level: usize) -> Parsed<Expr> {
        let mut left = self.unary()?;
        let mut length = 0;
        while let Some((found, sign)) = self.operator()
            && found >= level
        {
            self.advance();
            let right = if found + 1 < LEVELS.len() {
                self.binary(found + 1)?
            } else {
                self.unary()?
            };
            let at = left.at;
            left.kind = match (sign, left.kind) {
                (".", Kind::Concat(mut parts)) => {
                    parts.push(right);
                    Kind::Concat(parts)
                }
                (".", kind) => Kind::Concat(vec![Expr::new(at, kind), right]),
                (sign, kind) => {
                    length += 1;
                    if length + self.depth > self.limits.depth {
                        return Err(self.stop(Why::TooDeep));
                    }
                    Kind::Binary(sign, Box::new([Expr::new(at, kind), right]))
                }
            };
        }
        Ok(left)
    }

    fn operator(&self) -> Option<(usize, &'static str)> {
        let (Token::Sign(text) | Token::Word(text)) = self.token else {
            return None;
        };
        LEVELS.iter().enumerate().find_map(|(level, signs)| {
            let sign = signs.iter().find(|sign| **sign == text)?;
            Some((level, *sign))
        })
    }

    pub(super) fn unary(&mut self) -> Parsed<Expr> {
        let at = self.start;
        let Token::Sign(sign @ ("!" | "-" | "+" | "\\")) = self.token else {
            return self.postfix();
        };
        if self.depth >= self.limits.depth {
            return Err(self.stop(Why::TooDeep));
        }
        self.advance();
        self.depth += 1;
        let operand = self.unary();
        self.depth -= 1;
        let operand = operand?;
        let kind = match (sign, operand.kind) {
            ("+", kind) => kind,
            ("!", kind) => Kind::Not(Box::new(Expr::new(operand.at, kind))),
            ("-", Kind::Number(Number::Integer(number))) => {
                Kind::Number(Number::Integer(number.wrapping_neg()))
            }
            ("-", Kind::Text(text)) => Kind::Text(format!("-{text}")),
            ("-", kind) => Kind::Negative(Box::new(Expr::new(operand.at, kind))),
            ("\\", Kind::Collection(shape, name)) => Kind::RefTo(shape, name),
            _ => {
                return Err(Stop {
                    at,
                    why: Why::NotUnderstood,
                });
            }
        };
        Ok(Expr::new(at, kind))
    }

    fn postfix(&mut self) -> Parsed<Expr> {
        let mut value = self.primary()?;
        let mut length = 0;
        loop {
            let chained = matches!(value.kind, Kind::Element(..)) && self.is_adjacent();
            let shape = if self.is("->") {
                self.advance();
                match self.token {
                    Token::Sign(sign @ ("@*" | "%*")) => {
                        self.advance();
                        let shape = if sign == "@*" {
                            Shape::List
                        } else {
                            Shape::Hash
                        };
                        return Ok(Expr::new(value.at, Kind::Deref(shape, Box::new(value))));
                    }
                    Token::Sign("{") => Shape::Hash,
                    Token::Sign("[") => Shape::List,
                    _ => return Err(self.stop(Why::NotUnderstood)),
                }
            } else if chained && self.is("{") {
                Shape::Hash
            } else if chained && self.is("[") {
                Shape::List
            } else {
                return Ok(value);
            };
            length += 1;
            if length + self.depth > self.limits.depth {
                return Err(self.stop(Why::TooDeep));
            }
            value = self.element_of(value, shape)?;
        }
    }

    /// `{key}` or `[index]` of what a reference leads to; the bracket is the token.
    pub(super) fn element_of(&mut self, of: Expr, shape: Shape) -> Parsed<Expr> {
        self.count()?;
        self.advance();
        let index = self.assign()?;
        self.expect(if shape == Shape::Hash { "}" } else { "]" })?;
        let at = of.at;
        Ok(Expr::new(at, Kind::Element(shape, Box::new([of, index]))))
    }

    fn primary(&mut self) -> Parsed<Expr> {
        self.count()?;
        let at = self.start;
        match self.token.clone() {
            Token::Variable(sigil, name) => self.variable(sigil, name),
            Token::Cast(sigil) => self.cast(sigil),
            Token::Number(text) => {
                self.advance();
                Ok(Expr::new(at, Kind::Number(Number::literal(text))))
            }
            Token::Quoted(quoted) if quoted.kind != QuoteKind::Code => {
                let kind = self.quoted(&quoted)?;
                self.advance();
                Ok(Expr::new(at, kind))
            }
            Token::Word(word) => self.word(word),
            Token::Sign("[") => Ok(Expr::new(at, Kind::Array(self.list("]")?))),
            Token::Sign("{") => Ok(Expr::new(at, Kind::Hash(self.list("}")?))),
            Token::Sign("(") => {
                let list = self.list(")")?;
                if self.is("[") {
                    return Err(self.stop(Why::NotUnderstood));
                }
                Ok(Expr::new(at, Kind::List(list)))
            }
            Token::Sign("...") => Err(self.stop(Why::Elided)),
            _ => Err(self.stop(Why::NotUnderstood)),
        }
    }

    fn variable(&mut self, sigil: u8, name: &str) -> Parsed<Expr> {
        let at = self.start;
        self.advance();
        let subscript = match self.token {
            Token::Sign("{") if self.is_adjacent() => Some(Shape::Hash),
            Token::Sign("[") if self.is_adjacent() => Some(Shape::List),
            _ => None,
        };
        match (sigil, subscript) {
            (b'$', None) => Ok(Expr::new(at, Kind::Scalar(name.to_owned()))),
            (b'$', Some(Shape::Hash)) if name == "ENV" => {
                self.advance();
                let key = self.assign()?;
                self.expect("}")?;
                Ok(Expr::new(at, Kind::Environment(Box::new(key))))
            }
            (b'$', Some(shape)) => {
                let of = Expr::new(at, Kind::RefTo(shape, name.to_owned()));
                self.element_of(of, shape)
            }
            (b'@', None) => Ok(Expr::new(
                at,
                Kind::Collection(Shape::List, name.to_owned()),
            )),
            (b'%', None) => Ok(Expr::new(
                at,
                Kind::Collection(Shape::Hash, name.to_owned()),
            )),
            _ => Err(Stop {
                at,
                why: Why::NotUnderstood,
            }),
        }
    }

    /// `@{ … }`, `%$name`, `$$name{key}`, `${ … }[0]`.
    fn cast(&mut self, sigil: u8) -> Parsed<Expr> {
        let at = self.start;
        if self.depth >= self.limits.depth {
            return Err(self.stop(Why::TooDeep));
        }
        self.advance();
        let of = match self.token {
            Token::Sign("{") => {
                self.advance();
                let of = self.assign()?;
                self.expect("}")?;
                of
            }
            Token::Variable(b'$', name) => {
                let of = Expr::new(self.start, Kind::Scalar(name.to_owned()));
                self.advance();
                of
            }
            _ => return Err(self.stop(Why::NotUnderstood)),
        };
        let subscript = self.is_adjacent() && matches!(self.token, Token::Sign("{" | "["));
        match sigil {
            b'$' if subscript => {
                let shape = if self.is("{") {
                    Shape::Hash
                } else {
                    Shape::List
                };
                self.element_of(of, shape)
            }
            b'@' if !subscript => Ok(Expr::new(at, Kind::Deref(Shape::List, Box::new(of)))),
            b'%' if !subscript => Ok(Expr::new(at, Kind::Deref(Shape::Hash, Box::new(of)))),
            _ => Err(Stop {
                at,
                why: Why::NotUnderstood,
            }),
        }
    }

    fn word(&mut self, word: &str) -> Parsed<Expr> {
        let at = self.start;
        if matches!(word, "my" | "our" | "local" | "state") {
            self.advance();
            return match self.token {
                Token::Variable(sigil, name) => self.variable(sigil, name),
                Token::Sign("(") => Ok(Expr::new(at, Kind::List(self.list(")")?))),
                _ => Err(self.stop(Why::NotUnderstood)),
            };
        }
        let known = self.dialect.same.contains(&word).then_some(Function::Same);
        let function = known.or(Function::find(word));
        let stop = self.stop(Why::NotUnderstood);
        self.advance();
        // A word before `=>`, or alone in braces, is a text.
        let alone = self.is("}") && self.brackets.last().is_some_and(|(open, _)| *open == b'{');
        if self.is("=>") || (alone && function.is_none()) {
            return Ok(Expr::new(at, Kind::Text(word.to_owned())));
        }
        let Some(function) = function else {
            return Err(stop);
        };
        let arguments = if self.is("(") {
            self.list(")")?
        } else if function.takes_list() {
            self.items(None)?
        } else if self.token.begins_value() {
            vec![self.unary()?]
        } else {
            Vec::new()
        };
        let kind = match function {
            Function::Undefine if arguments.is_empty() => Kind::Undefined,
            function => Kind::Call(function, arguments),
        };
        Ok(Expr::new(at, kind))
    }
}
