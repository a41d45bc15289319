//! Which part of a list is shown, and the links to the others.

use kartoteka_directory::Total;

use super::criteria::Criteria;
use crate::language::Language;

/// The most numbered links.
const LINKS: u32 = 7;

/// The line below a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    /// `1–50 of 186`.
    pub count: String,
    pub previous: Option<String>,
    pub next: Option<String>,
    pub pages: Vec<Link>,
    pub sizes: Vec<Link>,
}

/// A link to a page or page size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub label: String,
    pub href: String,
    pub current: bool,
}

impl Paging {
    /// The line for a page with so many rows, after which there may be more; `limit` is the most that can be paged
    /// through.
    pub fn new(
        language: Language,
        path: &str,
        criteria: &Criteria,
        total: Total,
        (rows, more): (usize, bool),
        limit: u64,
    ) -> Self {
        let size = criteria.size;
        // A count that is not exact may end before the hits do.
        let shown = u64::from(criteria.page) * u64::from(size);
        let known = match !total.exact && more {
            true => total.count.max(shown + 1),
            false => total.count,
        };
        let reachable = known.min(limit);
        let last = u32::try_from(reachable.div_ceil(u64::from(size)))
            .unwrap_or(u32::MAX)
            .max(1);
        let to = |page: u32| {
            Criteria {
                page,
                ..criteria.clone()
            }
            .address(path)
        };
        let page = criteria.page;
        let first = page
            .saturating_sub(LINKS / 2)
            .min(last.saturating_sub(LINKS - 1))
            .max(1);
        let pages = (first..=last.min(first + LINKS - 1)).map(|number| Link {
            label: number.to_string(),
            href: to(number),
            current: number == page,
        });
        let sizes = criteria.sizes().into_iter().map(|size| Link {
            label: size.to_string(),
            href: Criteria {
                page: 1,
                size,
                ..criteria.clone()
            }
            .address(path),
            current: size == criteria.size,
        });
        Self {
            count: count(language, criteria, total, rows, limit),
            previous: (page > 1).then(|| to((page - 1).min(last))),
            next: (page < last).then(|| to(page + 1)),
            pages: if last > 1 {
                pages.collect()
            } else {
                Vec::new()
            },
            sizes: sizes.collect(),
        }
    }
}

fn count(language: Language, criteria: &Criteria, total: Total, rows: usize, limit: u64) -> String {
    let first = u64::from(criteria.page - 1) * u64::from(criteria.size) + 1;
    let range = [
        ("first", first.into()),
        ("last", (first + (rows as u64).saturating_sub(1)).into()),
        ("total", total.count.into()),
    ];
    let key = if total.exact {
        "records-count"
    } else {
        "records-count-more"
    };
    let counted = language.text(key, &range);
    if total.count > limit || !total.exact {
        let limited = language.text("records-count-limit", &[("limit", limit.into())]);
        return format!("{counted} · {limited}");
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_stop_at_the_limit() {
        let total = Total {
            count: 12_431,
            exact: true,
        };
        let criteria = Criteria {
            page: 19,
            ..Criteria::default()
        };
        let paging = Paging::new(
            Language::Pl,
            "/customer-users",
            &criteria,
            total,
            (50, true),
            1000,
        );
        let labels: Vec<_> = paging
            .pages
            .iter()
            .map(|link| link.label.as_str())
            .collect();
        assert_eq!(labels, ["14", "15", "16", "17", "18", "19", "20"]);
        assert_eq!(paging.next.as_deref(), Some("/customer-users?page=20"));
        let beyond = Criteria {
            page: 500,
            ..Criteria::default()
        };
        let paging = Paging::new(
            Language::Pl,
            "/customer-users",
            &beyond,
            total,
            (0, false),
            1000,
        );
        assert_eq!(paging.previous.as_deref(), Some("/customer-users?page=20"));
        assert_eq!(paging.next, None);
    }

    #[test]
    fn a_count_that_is_not_exact_keeps_nobody_from_the_next_page() {
        let paging = |page, count, more| {
            let criteria = Criteria {
                page,
                ..Criteria::default()
            };
            let total = Total {
                count,
                exact: false,
            };
            Paging::new(
                Language::En,
                "/customer-users",
                &criteria,
                total,
                (50, more),
                1000,
            )
        };
        let seventh = Some("/customer-users?page=7");
        assert_eq!(paging(6, 300, true).next.as_deref(), seventh);
        assert_eq!(paging(6, 300, false).next, None);
        assert_eq!(paging(20, 1000, true).next, None);
    }
}
