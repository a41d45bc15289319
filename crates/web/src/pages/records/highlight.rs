//! Marking what a search hit, in the spelling that the record has.

use kartoteka_model::text::fold;

/// A piece of a text; `hit` pieces are marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub hit: bool,
}

/// The words of a search that can be marked: what stands between operators, wildcards and quotes; not what is
/// excluded by `!`. Only for the eye: what is found is decided by the directory.
pub fn words(search: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut phrases = search.split('"');
    let mut quoted = false;
    while let Some(part) = phrases.next() {
        if quoted {
            words.push(fold(part.trim()));
        } else {
            words.extend(loose_words(part));
        }
        quoted = !quoted;
    }
    words.retain(|word| !word.is_empty());
    words
}

fn loose_words(part: &str) -> Vec<String> {
    let separated = part.replace(" AND ", "+").replace(" OR ", "+").replace("&&", "+").replace("||", "+");
    separated
        .split('+')
        .map(str::trim)
        .filter(|word| !word.starts_with('!'))
        .flat_map(|word| word.split(['*', '(', ')', '\\']))
        .map(|word| fold(word.trim()))
        .collect()
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
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, c) in text.char_indices() {
        match pieces.last_mut() {
            Some(last) if last.hit == marked[at] => last.text.push(c),
            _ => pieces.push(Piece { text: c.into(), hit: marked[at] }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, search: &str) -> String {
        let mark = |piece: &Piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text.clone() };
        pieces(text, &words(search)).iter().map(mark).collect()
    }

    #[test]
    fn hits_are_marked_in_the_stored_spelling() {
        assert_eq!(shown("Łódź Fabryczna", "lodz"), "[Łódź] Fabryczna");
        assert_eq!(shown("Straße", "strasse"), "[Straße]");
        assert_eq!(shown("Kowalski", "kowal+!ski"), "[Kowal]ski");
        assert_eq!(shown("Jan Kowal", "\"jan kowal\""), "[Jan Kowal]");
        assert_eq!(shown("Anna", "jan OR ann*"), "[Ann]a");
        assert_eq!(shown("Anna", ""), "Anna");
    }
}
