//! Cutting a page out of what was read: one more row than the page holds tells whether there is another page.

use kartoteka_directory::{Error, Result};

/// The rows of a page, and the cursor of the next one: the key of the last row.
pub(crate) fn cut<T>(
    mut rows: Vec<T>,
    limit: usize,
    key: impl Fn(&T) -> &str,
) -> (Vec<T>, Option<String>) {
    let more = rows.len() > limit;
    rows.truncate(limit);
    let last = rows.last().filter(|_| more);
    let next = last.map(|row| key(row).to_owned());
    (rows, next)
}

/// The same out of all rows, those after a cursor.
///
/// # Errors
/// `Invalid` for a cursor that is the key of none.
pub(crate) fn cut_after<T>(
    mut rows: Vec<T>,
    after: Option<&str>,
    limit: usize,
    key: impl Fn(&T) -> &str,
) -> Result<(Vec<T>, Option<String>)> {
    if let Some(after) = after {
        let place = rows.iter().position(|row| key(row) == after);
        let place = place.ok_or_else(Error::no_place)?;
        rows.drain(..=place);
    }
    rows.truncate(limit + 1);
    Ok(cut(rows, limit, key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(after: Option<&str>, limit: usize) -> Result<(Vec<&'static str>, Option<String>)> {
        cut_after(vec!["a", "b", "c"], after, limit, |row| row)
    }

    #[test]
    fn pages_follow_each_other_and_an_unknown_cursor_is_refused() {
        assert_eq!(page(None, 2).unwrap(), (vec!["a", "b"], Some("b".into())));
        assert_eq!(page(Some("b"), 2).unwrap(), (vec!["c"], None));
        assert_eq!(page(Some("c"), 2).unwrap(), (vec![], None));
        assert_eq!(page(None, 3).unwrap(), (vec!["a", "b", "c"], None));
        assert!(page(Some("x"), 2).unwrap_err().is_of_cursor());
    }
}
