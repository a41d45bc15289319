//! Searches made as trees, written down in the search language, and answered by plain looking: nothing here is shared with
//! what reads searches and answers them.

use kartoteka_model::Record;
use kartoteka_model::search::Grammar;
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

const PIECES: [&str; 22] = [
    "an", "na", "Ko", "wal", "ski", "Łó", "dź", "Mü", "ller", "ue", "ß", "ss", "o'", "%", "_", "*",
    "\\", "-", " ", "0", "Ż", "😀",
];

/// The fields that a search of customer users looks into.
const FIELDS: [&str; 6] = [
    "UserLogin",
    "UserFirstname",
    "UserLastname",
    "UserCustomerID",
    "UserEmail",
    "UserPhone",
];

/// Some of the pieces that texts are made of.
pub fn word(random: &mut StdRng, most: usize) -> String {
    (0..random.random_range(1..=most))
        .filter_map(|_| PIECES.choose(random).copied())
        .collect()
}

/// A text as it is compared, by a table of the letters that the pieces have.
pub fn plain(text: &str) -> String {
    let one = |c: char| match c {
        'Ł' => "l".to_owned(),
        'ó' => "o".to_owned(),
        'ź' | 'Ż' => "z".to_owned(),
        'ü' => "u".to_owned(),
        'ß' => "ss".to_owned(),
        c => c.to_ascii_lowercase().to_string(),
    };
    text.chars().map(one).collect()
}

fn forms(text: &str) -> [String; 2] {
    [plain(text), plain(&text.replace('ü', "ue"))]
}

/// A part of a word.
#[derive(Debug)]
pub enum Piece {
    Text(String),
    Quoted(String),
    Anything,
}

/// What is asked of a person.
#[derive(Debug)]
pub enum Asked {
    Word(Vec<Piece>),
    /// Groups of digits, with blanks between them.
    Number(Vec<String>),
    Not(Box<Asked>),
    All(Vec<Asked>),
    Any(Vec<Asked>),
}

impl Asked {
    /// A question that can be written in this grammar.
    pub fn any(random: &mut StdRng, grammar: Grammar) -> Self {
        Self::nested(random, grammar, 2)
    }

    /// The same, with parentheses nested at most so deep.
    fn nested(random: &mut StdRng, grammar: Grammar, deep: usize) -> Self {
        let all = (0..random.random_range(1..3)).map(|_| {
            let parts = 0..random.random_range(1..4);
            Self::All(parts.map(|_| Self::part(random, grammar, deep)).collect())
        });
        Self::Any(all.collect())
    }

    fn part(random: &mut StdRng, grammar: Grammar, deep: usize) -> Self {
        let deeper = grammar == Grammar::Full && deep > 0;
        match random.random_range(0..8) {
            0 => Self::Not(Box::new(Self::of_pieces(random))),
            1 => {
                let groups = (0..random.random_range(1..4)).map(|_| {
                    let digits = (0..random.random_range(1..4)).map(|_| random.random_range(0..4));
                    digits.map(|digit: u8| digit.to_string()).collect()
                });
                Self::Number(groups.collect())
            }
            2 if deeper => Self::nested(random, grammar, deep - 1),
            3 if deeper => Self::Not(Box::new(Self::nested(random, grammar, deep - 1))),
            _ => Self::of_pieces(random),
        }
    }

    fn of_pieces(random: &mut StdRng) -> Self {
        let mut pieces: Vec<Piece> = vec![];
        for _ in 0..random.random_range(1..3) {
            pieces.push(match random.random_range(0..8) {
                0 => Piece::Anything,
                1 => Piece::Quoted(word(random, 2)),
                _ => Piece::Text(word(random, 1)),
            });
        }
        Self::Word(pieces)
    }

    /// How it is typed.
    pub fn written(&self, grammar: Grammar) -> String {
        match self {
            Self::Word(pieces) => pieces.iter().map(Piece::written).collect(),
            Self::Number(groups) => groups.join(" "),
            Self::Not(asked) => format!("!{}", asked.in_parentheses(grammar)),
            Self::All(all) => {
                let mut text = String::new();
                for (at, asked) in all.iter().enumerate() {
                    text.push_str(match (at, text.len() % 4, grammar) {
                        (0, ..) => "",
                        // Groups of digits side by side are one number, and stars one star.
                        (_, 0, _) if !touch(&all[at - 1], asked) => " ",
                        (_, 1, Grammar::Full) => "&&",
                        (_, 2, _) => "+",
                        _ => " AND ",
                    });
                    text.push_str(&asked.in_parentheses(grammar));
                }
                text
            }
            Self::Any(any) => {
                let any: Vec<String> = any.iter().map(|asked| asked.written(grammar)).collect();
                let or = match (grammar, any[0].len() % 2) {
                    (Grammar::Full, 0) => "||",
                    _ => " OR ",
                };
                any.join(or)
            }
        }
    }

    fn in_parentheses(&self, grammar: Grammar) -> String {
        let text = self.written(grammar);
        match self {
            Self::All(_) | Self::Any(_) => format!("({text})"),
            _ => text,
        }
    }

    /// Whether a person is what was asked for.
    pub fn is_met(&self, person: &Seen) -> bool {
        match self {
            Self::Word(pieces) => person.has(pieces),
            Self::Number(groups) => {
                let each = |group: &String| person.has(&[Piece::Text(group.clone())]);
                let number = groups.concat();
                let mut phones = person.phones.iter();
                groups.iter().all(each)
                    || number.len() >= 5 && phones.any(|phone| phone.contains(&number))
            }
            Self::Not(asked) => !asked.is_met(person),
            Self::All(all) => all.iter().all(|asked| asked.is_met(person)),
            Self::Any(any) => any.iter().any(|asked| asked.is_met(person)),
        }
    }
}

/// What a search sees of a person.
pub struct Seen {
    values: Vec<String>,
    phones: Vec<String>,
}

impl Seen {
    pub fn of(person: &Record) -> Self {
        let mut values: Vec<String> = FIELDS
            .iter()
            .flat_map(|field| forms(person.get(field)))
            .collect();
        values.dedup();
        let phones = person.get("UserPhone").split(',').map(|phone| {
            let digits = phone.chars().filter(char::is_ascii_digit);
            digits.collect()
        });
        Self {
            values,
            phones: phones.collect(),
        }
    }

    /// Whether a value has these pieces in it, one right after the other.
    fn has(&self, pieces: &[Piece]) -> bool {
        [0, 1].iter().any(|form| {
            let texts: Vec<Option<String>> = pieces
                .iter()
                .map(|piece| piece.text().map(|text| forms(&text)[*form].clone()))
                .collect();
            self.values
                .iter()
                .any(|value| places(value).any(|left| begins(left, &texts)))
        })
    }
}

/// Whether two words would be read as one with nothing but a blank between them.
fn touch(before: &Asked, after: &Asked) -> bool {
    let digits = |asked: &Asked| match asked {
        Asked::Word(pieces) => pieces.iter().all(|piece| match piece {
            Piece::Text(text) => text == "0" || text == "-",
            Piece::Quoted(_) | Piece::Anything => false,
        }),
        Asked::Number(_) => true,
        _ => false,
    };
    let star = |asked: &Asked| match asked {
        Asked::Word(pieces) => pieces.iter().any(|piece| matches!(piece, Piece::Anything)),
        _ => false,
    };
    digits(before) && digits(after) || star(before) && star(after)
}

impl Piece {
    fn written(&self) -> String {
        match self {
            Self::Text(text) => text
                .chars()
                .flat_map(|c| {
                    "*+()&|!\"\\ "
                        .contains(c)
                        .then_some('\\')
                        .into_iter()
                        .chain([c])
                })
                .collect(),
            // A backslash at the end would be one before the quote.
            Self::Quoted(text) => format!("\"{}\"", text.trim_end_matches('\\').to_owned() + "a"),
            Self::Anything => "*".to_owned(),
        }
    }

    /// The text of it, where it is not any.
    fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Quoted(text) => Some(text.trim_end_matches('\\').to_owned() + "a"),
            Self::Anything => None,
        }
    }
}

/// What is left of a value from each of its places on.
fn places(value: &str) -> impl Iterator<Item = &str> {
    let places = value.char_indices().map(|(at, _)| at).chain([value.len()]);
    places.map(|at| &value[at..])
}

fn begins(value: &str, texts: &[Option<String>]) -> bool {
    match texts.split_first() {
        None => true,
        Some((Some(text), rest)) => value
            .strip_prefix(text.as_str())
            .is_some_and(|left| begins(left, rest)),
        Some((None, rest)) => places(value).any(|left| begins(left, rest)),
    }
}
