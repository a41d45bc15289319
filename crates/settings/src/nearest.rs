//! The nearest known name, for "did you mean".

/// Longer names are not compared: nobody mistypes them.
const LONGEST: usize = 64;

/// The candidate that was most likely meant: the same but for case, else within a third of its length
/// in edits, else one that contains the name (`Key` means `CustomerKey`).
///
/// ```
/// assert_eq!(kartoteka_settings::nearest("rom", ["room", "city"]), Some("room"));
/// assert_eq!(kartoteka_settings::nearest("xyz", ["room", "city"]), None);
/// ```
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name: Vec<char> = name
        .trim()
        .chars()
        .take(LONGEST + 1)
        .flat_map(char::to_lowercase)
        .collect();
    if name.is_empty() || name.len() > LONGEST {
        return None;
    }
    let text: String = name.iter().collect();
    let mut best: Option<(usize, &str)> = None;
    let mut containing: Option<&str> = None;
    for candidate in candidates {
        let lower = candidate.to_lowercase();
        let other: Vec<char> = lower.chars().collect();
        if other.len() > LONGEST {
            continue;
        }
        let edits = distance(&name, &other);
        let allowed = (name.len().max(other.len()) / 3).max(1);
        if edits <= allowed && edits < other.len() && best.is_none_or(|(least, _)| edits < least) {
            best = Some((edits, candidate));
        }
        if name.len() >= 3 && lower.contains(&text) && containing.is_none() {
            containing = Some(candidate);
        }
    }
    best.map(|(_, candidate)| candidate).or(containing)
}

/// Insertions, deletions, substitutions and swaps of neighbours that lead from one to the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            let mut edits = (last[j] + usize::from(x != y))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                edits = edits.min(before[j - 1] + 1);
            }
            row[j + 1] = edits;
        }
        before = last;
        last = row;
    }
    last[b.len()]
}
