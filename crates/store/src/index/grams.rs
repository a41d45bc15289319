//! Trigrams as words of the full-text index.
//!
//! A text becomes one word for every three neighbouring characters; at its end the edge is repeated, so that
//! every place of the text begins a word and one or two letters are found as the beginning of words. The
//! full-text tokenizer takes letters, digits and everything beyond ASCII; other ASCII characters are moved
//! beyond it.

use super::layout::EDGE;

/// Where ASCII characters that the tokenizer would split at are moved to: a block of private use.
const MOVED: u32 = 0xE000;

fn moved(c: char) -> char {
    if c.is_ascii_alphanumeric() || !c.is_ascii() {
        return c;
    }
    char::from_u32(MOVED + u32::from(c)).unwrap_or(c)
}

/// All words of edged texts, separated by blanks.
pub(super) fn words<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut words = String::new();
    let mut window: Vec<char> = vec![];
    for text in texts {
        window.clear();
        window.extend(text.chars().map(moved));
        window.extend([moved(EDGE); 2]);
        for gram in window.windows(3) {
            // The padding alone says nothing.
            if gram[0] == moved(EDGE) && gram[1] == moved(EDGE) {
                continue;
            }
            words.extend(gram);
            words.push(' ');
        }
    }
    words
}

/// The full-text query that every text containing this part satisfies; none for an empty part.
pub(super) fn query(part: &str) -> Option<String> {
    let chars: Vec<char> = part.chars().map(moved).collect();
    match chars.len() {
        0 => None,
        1 | 2 => Some(format!("\"{}\"*", chars.iter().collect::<String>())),
        _ => {
            let mut grams: Vec<String> = chars
                .windows(3)
                .map(|gram| format!("\"{}\"", gram.iter().collect::<String>()))
                .collect();
            grams.dedup();
            // A few of a long word are enough: the predicate looks at the text itself.
            let step = grams.len().div_ceil(6).max(1);
            let some: Vec<String> = grams.into_iter().step_by(step).collect();
            Some(if some.len() == 1 {
                some.concat()
            } else {
                format!("({})", some.join(" AND "))
            })
        }
    }
}
