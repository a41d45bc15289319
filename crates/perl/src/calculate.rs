//! Operators: what texts and numbers make together.

use std::rc::Rc;

use super::evaluate::Evaluator;
use super::heap::{Item, Scalar};
use super::number::Number;
use super::syntax::Expr;

impl Evaluator<'_> {
    pub(super) fn concat(&mut self, at: usize, parts: &[Expr]) -> Scalar {
        let mut text = String::new();
        for part in parts {
            let Some(part) = self.scalar(part).text() else {
                return Scalar::Unknown;
            };
            if !self.take(at, 0, part.len()) {
                return Scalar::Unknown;
            }
            text.push_str(&part);
        }
        Scalar::Text(text.into())
    }

    pub(super) fn number(&mut self, expr: &Expr) -> Option<Number> {
        let item = self.scalar(expr);
        number_of(&item)
    }

    pub(super) fn binary(&mut self, at: usize, sign: &str, operands: &[Expr; 2]) -> Item {
        let [left, right] = operands;
        let place = self.place(at);
        let unknown = Item::new(place, Scalar::Unknown);
        let first = match sign {
            "||" | "//" => self.quietly(left),
            _ => self.scalar(left),
        };
        match (sign, first.is_true()) {
            ("||", Some(true)) | ("&&", Some(false)) => return first,
            ("||", Some(false)) | ("&&", Some(true)) => return self.scalar(right),
            ("//", Some(_)) => {
                return match first.scalar {
                    Scalar::Undefined => self.scalar(right),
                    _ => first,
                };
            }
            ("||" | "&&" | "//", None) => return unknown,
            _ => {}
        }
        let second = self.scalar(right);
        if first.is_unknown() || second.is_unknown() {
            return unknown;
        }
        let scalar = match sign {
            "x" => self.repeated(at, &first, &second),
            "eq" | "ne" => match (first.text(), second.text()) {
                (Some(a), Some(b)) => boolean((a == b) == (sign == "eq")),
                _ => Scalar::Unknown,
            },
            _ => match (number_of(&first), number_of(&second)) {
                (Some(a), Some(b)) => calculate(sign, a.decimal(), b.decimal()),
                _ => Scalar::Unknown,
            },
        };
        Item::new(place, scalar)
    }

    fn repeated(&mut self, at: usize, text: &Item, times: &Item) -> Scalar {
        let (Some(text), Some(times)) = (text.text(), number_of(times)) else {
            return Scalar::Unknown;
        };
        let times = times.decimal().clamp(0.0, 1e9);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "in range"
        )]
        let times = times as usize;
        if !self.take(at, 0, text.len().saturating_mul(times)) {
            return Scalar::Unknown;
        }
        Scalar::Text(text.repeat(times).into())
    }

    pub(super) fn joined(&mut self, at: usize, arguments: &[Expr]) -> Scalar {
        let items = self.list(arguments);
        let texts: Option<Vec<Rc<str>>> = items.iter().map(Item::text).collect();
        let Some((by, texts)) = texts.as_deref().and_then(<[_]>::split_first) else {
            return Scalar::Unknown;
        };
        let bytes: usize = texts.iter().map(|text| text.len() + by.len()).sum();
        if !self.take(at, 0, bytes) {
            return Scalar::Unknown;
        }
        Scalar::Text(texts.join(&**by).into())
    }
}

pub(super) fn boolean(truth: bool) -> Scalar {
    if truth {
        Scalar::Integer(1)
    } else {
        Scalar::Text("".into())
    }
}

pub(super) fn of_number(number: Number) -> Scalar {
    match number {
        Number::Integer(number) => Scalar::Integer(number),
        Number::Decimal(number) => Scalar::Decimal(number),
    }
}

pub(super) fn number_of(item: &Item) -> Option<Number> {
    match &item.scalar {
        Scalar::Undefined => Some(Number::Integer(0)),
        Scalar::Integer(number) => Some(Number::Integer(*number)),
        Scalar::Decimal(number) => Some(Number::Decimal(*number)),
        Scalar::Text(text) => Some(Number::of_text(text)),
        Scalar::Ref(_) | Scalar::Unknown | Scalar::Elided => None,
    }
}

/// The position that an index means in a list of this length: negative ones count from its end.
pub(super) fn position(index: &Item, length: usize) -> Option<usize> {
    let Number::Integer(index) = number_of(index)? else {
        return None;
    };
    match usize::try_from(index) {
        Ok(index) => Some(index),
        Err(_) => length.checked_sub(usize::try_from(index.unsigned_abs()).ok()?),
    }
}

pub(super) fn calculate(sign: &str, a: f64, b: f64) -> Scalar {
    let number = match sign {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "/" if b != 0.0 => a / b,
        "%" if b >= 1.0 => a.trunc().rem_euclid(b.trunc()),
        "**" => a.powf(b),
        "==" => return boolean(a == b),
        "!=" => return boolean(a != b),
        "<" => return boolean(a < b),
        ">" => return boolean(a > b),
        "<=" => return boolean(a <= b),
        ">=" => return boolean(a >= b),
        _ => return Scalar::Unknown,
    };
    of_number(Number::of(number))
}
