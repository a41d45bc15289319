//! Numbers as Perl writes and prints them.

use super::lexer::Lexer;
use super::token::Token;

/// A number, whole if it can be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Number {
    Integer(i64),
    Decimal(f64),
}

/// The largest whole number that a decimal one holds exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Number {
    /// A literal: `10`, `1_000`, `0x1f`, `0b1`, `017`, `1.5`, `1e3`.
    pub(super) fn literal(text: &str) -> Self {
        let plain = text.replace('_', "").to_ascii_lowercase();
        let radix = |digits: &str, radix| {
            i64::from_str_radix(digits, radix).map_or(Self::Decimal(f64::NAN), Self::Integer)
        };
        if let Some(digits) = plain.strip_prefix("0x") {
            return radix(digits, 16);
        }
        if let Some(digits) = plain.strip_prefix("0b") {
            return radix(digits, 2);
        }
        if plain.len() > 1 && plain.starts_with('0') && plain.bytes().all(|b| b.is_ascii_digit()) {
            return radix(&plain, 8);
        }
        plain.parse().map_or_else(
            |_| Self::of(plain.parse().unwrap_or(f64::NAN)),
            Self::Integer,
        )
    }

    /// What Perl takes a text for: the number that it begins with.
    pub(super) fn of_text(text: &str) -> Self {
        let text = text.trim_start();
        let mut end = 0;
        let mut seen_point = false;
        for (at, c) in text.char_indices().take(64) {
            match c {
                '-' | '+' if at == 0 => {}
                '.' if !seen_point => seen_point = true,
                _ if c.is_ascii_digit() => {}
                _ => break,
            }
            end = at + 1;
        }
        Self::of(text[..end].parse().unwrap_or(0.0))
    }

    /// A decimal number, whole if it is.
    pub(super) fn of(number: f64) -> Self {
        if number.fract() == 0.0 && number.abs() <= EXACT {
            #[allow(clippy::cast_possible_truncation, reason = "whole and in range")]
            return Self::Integer(number as i64);
        }
        Self::Decimal(number)
    }

    pub(super) fn decimal(self) -> f64 {
        match self {
            #[allow(
                clippy::cast_precision_loss,
                reason = "as Perl does beyond its integers"
            )]
            Self::Integer(number) => number as f64,
            Self::Decimal(number) => number,
        }
    }
}

/// A number in the text, up to where it ends.
pub(super) fn literal<'t>(lexer: &mut Lexer<'t>) -> Token<'t> {
    let start = lexer.at;
    let digits = |lexer: &mut Lexer<'t>, good: fn(&u8) -> bool| {
        while good(&lexer.byte(lexer.at)) || lexer.byte(lexer.at) == b'_' {
            lexer.at += 1;
        }
    };
    if lexer.byte(start) == b'0' && matches!(lexer.byte(start + 1), b'x' | b'X' | b'b' | b'B') {
        lexer.at += 2;
        digits(lexer, u8::is_ascii_hexdigit);
        return Token::Number(&lexer.text[start..lexer.at]);
    }
    digits(lexer, u8::is_ascii_digit);
    if lexer.byte(lexer.at) == b'.' && lexer.byte(lexer.at + 1) != b'.' {
        lexer.at += 1;
        digits(lexer, u8::is_ascii_digit);
    }
    if matches!(lexer.byte(lexer.at), b'e' | b'E') {
        let sign = usize::from(matches!(lexer.byte(lexer.at + 1), b'+' | b'-'));
        if lexer.byte(lexer.at + 1 + sign).is_ascii_digit() {
            lexer.at += 1 + sign;
            digits(lexer, u8::is_ascii_digit);
        }
    }
    Token::Number(&lexer.text[start..lexer.at])
}

/// A decimal number as Perl prints it: fifteen digits, without zeros at the end.
pub(super) fn text(number: f64) -> String {
    if !number.is_finite() {
        return number.to_string();
    }
    let short = format!("{number:.14e}");
    let rounded: f64 = short.parse().unwrap_or(number);
    if rounded != 0.0 && (rounded.abs() >= 1e15 || rounded.abs() < 1e-4) {
        let (digits, power) = short.split_once('e').unwrap_or((&short, "0"));
        let digits = digits.trim_end_matches('0').trim_end_matches('.');
        let power: i32 = power.parse().unwrap_or(0);
        let sign = if power < 0 { '-' } else { '+' };
        return format!("{digits}e{sign}{:02}", power.abs());
    }
    rounded.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_perl() {
        let integer = |text| Number::literal(text);
        assert_eq!(integer("1_000"), Number::Integer(1000));
        assert_eq!(integer("0x1F"), Number::Integer(31));
        assert_eq!(integer("017"), Number::Integer(15));
        assert_eq!(integer("0b101"), Number::Integer(5));
        assert_eq!(integer("1e3"), Number::Integer(1000));
        assert_eq!(integer("1.5"), Number::Decimal(1.5));
        assert_eq!(Number::of_text(" 12abc"), Number::Integer(12));
        assert_eq!(Number::of_text("-0.5x"), Number::Decimal(-0.5));
        assert_eq!(Number::of_text("abc"), Number::Integer(0));
        assert_eq!(text(0.1 + 0.2), "0.3");
        assert_eq!(text(1e20), "1e+20");
        assert_eq!(text(0.000_012_5), "1.25e-05");
    }
}
