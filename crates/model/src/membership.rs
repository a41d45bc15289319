//! Which customers a person's own record names (OTOBO's `CustomerIDs`, without further customers).

use crate::text::same_key;

/// The IDs in a column that may hold several, separated by `;`, `,` or `|`: parts are trimmed, empty and repeated ones
/// dropped, their order stays (D23).
pub fn split_customer_ids(several: &str) -> Vec<String> {
    let separator = [';', ',', '|']
        .into_iter()
        .find(|separator| several.contains(*separator));
    let parts: Vec<&str> = match separator {
        Some(separator) => several.split(separator).collect(),
        None => vec![several],
    };
    let mut ids: Vec<String> = vec![];
    for part in parts.into_iter().map(str::trim) {
        push_new(&mut ids, part);
    }
    ids
}

/// Adds an ID unless it is empty or there already, in whatever case.
pub fn push_new(ids: &mut Vec<String>, id: &str) {
    if !id.is_empty() && !ids.iter().any(|known| same_key(known, id)) {
        ids.push(id.to_owned());
    }
}
