//! Marking what a search hit, in the spelling that the record has.

use kartoteka_model::search::{Affixes, Blanks, Grammar, parse};
use kartoteka_model::text::fold;
use kartoteka_model::{Condition, Part};

/// A piece of a text; `hit` pieces are marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub hit: bool,
}

impl Piece {
    /// The parts of an address between which a line may end: `anna.`, `nowak@`, `acme-`, `lab.`, `org`.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.text.split_inclusive(ENDS)
    }

    /// Whether a line may end after it.
    pub fn ends_part(&self) -> bool {
        self.text.ends_with(ENDS)
    }
}

/// Characters that a part of an address ends with.
const ENDS: [char; 4] = ['.', '@', '-', '_'];

/// What a search asks for; not what it excludes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// Texts, folded.
    pub texts: Vec<String>,
    /// The digits of phone numbers.
    pub numbers: Vec<String>,
}

/// What a search asks for.
pub fn words(search: &str, grammar: Grammar, blanks: Blanks) -> Words {
    let affixes = Affixes {
        prefix: String::new(),
        suffix: String::new(),
    };
    let mut words = Words::default();
    let fields = ["Any".to_owned(), "AnyPhone".to_owned()];
    // What is found is decided by the directory; this is only for the eye.
    if let Ok(condition) = parse(search, grammar, blanks, &affixes, &fields) {
        collect(&condition, &mut words);
    }
    words
}

fn collect(condition: &Condition, words: &mut Words) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|part| collect(part, words))
        }
        Condition::Matches { pattern, .. } => {
            let text = |part: &Part| match part {
                Part::Text(text) => Some(fold(text)).filter(|text| !text.is_empty()),
                Part::Any => None,
            };
            words.texts.extend(pattern.0.iter().filter_map(text));
        }
        Condition::Digits { pattern, .. } => {
            let text = |part: &Part| match part {
                Part::Text(text) => Some(text.clone()),
                Part::Any => None,
            };
            words.numbers.extend(pattern.0.iter().filter_map(text));
        }
        _ => {}
    }
}

/// The text in pieces, with every occurrence of a folded word marked.
pub fn pieces(text: &str, words: &[String]) -> Vec<Piece> {
    let mut folded = String::new();
    // For each byte of the folded text: where its character begins and ends in the text.
    let mut origin = Vec::new();
    for (at, c) in text.char_indices() {
        let form = fold(c.encode_utf8(&mut [0; 4]));
        origin.extend(std::iter::repeat_n((at, at + c.len_utf8()), form.len()));
        folded.push_str(&form);
    }
    let mut marked = vec![false; text.len()];
    for word in words.iter().filter(|word| !word.is_empty()) {
        for (at, _) in folded.match_indices(word.as_str()) {
            for (from, to) in &origin[at..at + word.len()] {
                marked[*from..*to].fill(true);
            }
        }
    }
    parted(text, &marked)
}

/// A phone number in pieces, with every occurrence of these digits marked, whatever stands between them.
pub fn number_pieces(text: &str, numbers: &[String]) -> Vec<Piece> {
    let places: Vec<usize> = text
        .char_indices()
        .filter(|(_, c)| c.is_ascii_digit())
        .map(|(at, _)| at)
        .collect();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let mut marked = vec![false; text.len()];
    for number in numbers.iter().filter(|number| !number.is_empty()) {
        for (at, _) in digits.match_indices(number.as_str()) {
            marked[places[at]..=places[at + number.len() - 1]].fill(true);
        }
    }
    parted(text, &marked)
}

fn parted(text: &str, marked: &[bool]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, c) in text.char_indices() {
        match pieces.last_mut() {
            Some(last) if last.hit == marked[at] => last.text.push(c),
            _ => pieces.push(Piece {
                text: c.into(),
                hit: marked[at],
            }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, search: &str) -> String {
        let mark = |piece: &Piece| {
            if piece.hit {
                format!("[{}]", piece.text)
            } else {
                piece.text.clone()
            }
        };
        pieces(text, &words(search, Grammar::Words, Blanks::Join).texts)
            .iter()
            .map(mark)
            .collect()
    }

    #[test]
    fn hits_are_marked_in_the_stored_spelling() {
        assert_eq!(shown("Łódź Fabryczna", "lodz"), "[Łódź] Fabryczna");
        assert_eq!(shown("Straße", "strasse"), "[Straße]");
        assert_eq!(shown("Kowalski", "kowal+!ski"), "[Kowal]ski");
        assert_eq!(shown("Jan Kowal", "\"jan kowal\""), "[Jan Kowal]");
        assert_eq!(shown("Kowal Jan", "jan kowal"), "[Kowal] [Jan]");
        assert_eq!(shown("Anna", "jan OR ann*"), "[Ann]a");
        assert_eq!(shown("Anna", ""), "Anna");
    }

    #[test]
    fn addresses_have_places_to_break_at() {
        let pieces = pieces("anna.nowak@acme-lab.org", &["nowak@".to_owned()]);
        let parts: Vec<Vec<&str>> = pieces.iter().map(|piece| piece.parts().collect()).collect();
        assert_eq!(
            parts,
            [vec!["anna."], vec!["nowak@"], vec!["acme-", "lab.", "org"]]
        );
        let ends: Vec<bool> = pieces.iter().map(Piece::ends_part).collect();
        assert_eq!(ends, [true, true, false]);
    }

    #[test]
    fn digits_are_marked_across_what_stands_between_them() {
        let words = words("123 45 67", Grammar::Words, Blanks::Join);
        let pieces = number_pieces("+48 22 123-45-67 w. 1", &words.numbers);
        let hits: Vec<&str> = pieces
            .iter()
            .filter(|piece| piece.hit)
            .map(|piece| piece.text.as_str())
            .collect();
        assert_eq!(hits, ["123-45-67"]);
    }
}
