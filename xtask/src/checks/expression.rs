use std::{iter::Peekable, vec::IntoIter};

/// A licence as packages state it: an expression of SPDX (specification 2.3, annex D), or the older form with `/`,
/// which means OR.
#[derive(Debug, PartialEq, Eq)]
pub enum Expression {
    /// One licence, together with its exception if any: `Apache-2.0 WITH LLVM-exception`.
    Licence(String),
    All(Vec<Expression>),
    Any(Vec<Expression>),
}

type Words = Peekable<IntoIter<String>>;

impl Expression {
    /// Reads an expression. `OR` binds least, then `AND`, then `WITH`.
    ///
    /// # Errors
    /// When it isn't one: says where.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut spaced = text.to_owned();
        for (sign, word) in [("(", " ( "), (")", " ) "), ("/", " OR ")] {
            spaced = spaced.replace(sign, word);
        }
        let words: Vec<String> = spaced.split_whitespace().map(str::to_owned).collect();
        let mut words = words.into_iter().peekable();
        let whole = any(&mut words)?;
        match words.next() {
            None => Ok(whole),
            Some(word) => Err(format!("{word} is not expected there")),
        }
    }

    /// Whether it can be kept when only these licences may be used.
    pub fn holds(&self, allowed: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Self::Licence(name) => allowed(name),
            Self::All(parts) => parts.iter().all(|part| part.holds(allowed)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(allowed)),
        }
    }
}

fn any(words: &mut Words) -> Result<Expression, String> {
    let mut parts = vec![all(words)?];
    while words.next_if(|word| word == "OR").is_some() {
        parts.push(all(words)?);
    }
    Ok(Expression::Any(parts))
}

fn all(words: &mut Words) -> Result<Expression, String> {
    let mut parts = vec![one(words)?];
    while words.next_if(|word| word == "AND").is_some() {
        parts.push(one(words)?);
    }
    Ok(Expression::All(parts))
}

fn one(words: &mut Words) -> Result<Expression, String> {
    if words.next_if(|word| word == "(").is_some() {
        let inner = any(words)?;
        return match words.next_if(|word| word == ")") {
            Some(_) => Ok(inner),
            None => Err("a bracket isn't closed".to_owned()),
        };
    }
    let mut name = licence(words)?;
    if words.next_if(|word| word == "WITH").is_some() {
        name = format!("{name} WITH {}", licence(words)?);
    }
    Ok(Expression::Licence(name))
}

fn licence(words: &mut Words) -> Result<String, String> {
    let word = words.next().ok_or("ends too early")?;
    if matches!(word.as_str(), "OR" | "AND" | "WITH" | "(" | ")") {
        return Err(format!("{word} where a licence should be"));
    }
    Ok(word)
}
