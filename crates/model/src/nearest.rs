//! The nearest known name, for "did you mean".

/// Longer names are not compared: nobody mistypes them.
const LONGEST: usize = 64;

/// What an insertion, a deletion or a swap costs. A forgotten word is likelier than another word.
const STEP: usize = 2;
const SUBSTITUTION: usize = 3;

/// The candidate that was most likely meant: the same but for case, else one that a third of its length
/// in edits leads to, else one that contains the name (`Key` means `CustomerKey`).
///
/// ```
/// assert_eq!(kartoteka_model::nearest("rom", ["room", "city"]), Some("room"));
/// assert_eq!(kartoteka_model::nearest("xyz", ["room", "city"]), None);
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
        let allowed = (name.len().max(other.len()) * STEP / 3).max(SUBSTITUTION);
        let bound = best.map_or(allowed, |(least, _)| least.min(allowed));
        let edits = distance(&name, &other, bound);
        if edits <= allowed
            && edits < other.len() * STEP
            && best.is_none_or(|(least, _)| edits < least)
        {
            best = Some((edits, candidate));
        }
        if name.len() >= 3 && lower.contains(&text) && containing.is_none() {
            containing = Some(candidate);
        }
    }
    best.map(|(_, candidate)| candidate).or(containing)
}

/// What the insertions, deletions, substitutions and swaps of neighbours cost that lead from one to the
/// other; anything beyond the bound, if it is certain to be beyond.
fn distance(a: &[char], b: &[char], bound: usize) -> usize {
    if a.len().abs_diff(b.len()) * STEP > bound {
        return usize::MAX;
    }
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).map(|steps| steps * STEP).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![(i + 1) * STEP; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            let substituted = if x == y { 0 } else { SUBSTITUTION };
            let mut cost = (last[j] + substituted)
                .min(last[j + 1] + STEP)
                .min(row[j] + STEP);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                cost = cost.min(before[j - 1] + STEP);
            }
            row[j + 1] = cost;
        }
        // A swap reaches back two rows.
        if row.iter().chain(&last).all(|cost| *cost > bound) {
            return usize::MAX;
        }
        before = last;
        last = row;
    }
    last[b.len()]
}
