//! Trigrams as words of the full-text index.
//!
//! A text becomes one word for every three neighbouring characters; at its end the edge is repeated, so that
//! every place of the text begins a word and one or two letters are found as the beginning of words. The
//! full-text tokenizer takes letters, digits and everything beyond ASCII; other ASCII characters are moved
//! beyond it. That two texts may have the same words does no harm: the predicate looks at the text itself.

use super::layout::EDGE;

/// Where ASCII characters that the tokenizer would split at are moved to: where they take two bytes.
const MOVED: u32 = 0x80;

fn moved(c: char) -> char {
    if c.is_ascii_alphanumeric() || !c.is_ascii() {
        return c;
    }
    char::from_u32(MOVED + u32::from(c)).unwrap_or(c)
}

/// All different words of edged texts, separated by blanks.
pub(super) fn words<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let edge = moved(EDGE);
    let mut grams: Vec<[char; 3]> = Vec::with_capacity(192);
    for text in texts {
        let mut chars = text.chars().map(moved).chain([edge; 2]);
        let (Some(mut first), Some(mut second)) = (chars.next(), chars.next()) else {
            continue;
        };
        for third in chars {
            // The padding alone says nothing.
            if first != edge || second != edge {
                grams.push([first, second, third]);
            }
            (first, second) = (second, third);
        }
    }
    grams.sort_unstable();
    grams.dedup();
    let mut words = String::with_capacity(grams.len() * 5);
    for gram in grams {
        words.extend(gram);
        words.push(' ');
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
            let mut grams: Vec<String> = vec![];
            for gram in chars.windows(3) {
                let word = format!("\"{}\"", gram.iter().collect::<String>());
                // What comes again would be looked up again, and leave out one that may be rarer.
                if !grams.contains(&word) {
                    grams.push(word);
                }
            }
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

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn a_query_names_each_word_once_and_few_of_them() {
        let words = |part: &str| query(part).map_or(0, |query| query.matches('"').count() / 2);
        assert_eq!((words(""), words("ko"), words("kow")), (0, 1, 1));
        assert_eq!(words("kowalskowalsk"), 6);
        assert!(query("kowalskowalsk").is_some_and(|query| query.contains("\"sko\"")));
        assert_eq!(words("jjjj"), 1);
        assert_eq!(words("brzeczyszczewskichowa"), 5);
    }
}
