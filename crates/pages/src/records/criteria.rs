//! What a list is asked for, as its address says it.

use kartoteka_directory::{Criterion, Direction, Lookup, Order, Search, SourceInfo, ValidFilter};

use super::address;
use super::fields;
use super::screen::Screen;
use crate::input::Pairs;

/// The page sizes to choose from.
const PAGE_SIZES: [u32; 4] = [25, 50, 100, 250];

/// The page size of those who did not choose.
const PAGE_SIZE: u32 = 50;

/// The search, filters, order and page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criteria {
    /// A text in the search language.
    pub text: String,
    pub valid: ValidFilter,
    /// Only people of the customer with this ID.
    pub customer: String,
    /// Only records of the source with this ID.
    pub source: String,
    pub sort: Option<Order>,
    /// From 1.
    pub page: u32,
    pub size: u32,
    /// Rows of a page where the address says nothing: `page_size` of the settings.
    pub usual_size: u32,
    /// Detail search: field and values; one value of a text field may hold `*`.
    pub fields: Vec<(String, Vec<String>)>,
}

impl Default for Criteria {
    fn default() -> Self {
        Self {
            text: String::new(),
            valid: ValidFilter::default(),
            customer: String::new(),
            source: String::new(),
            sort: None,
            page: 1,
            size: PAGE_SIZE,
            usual_size: PAGE_SIZE,
            fields: Vec::new(),
        }
    }
}

impl Criteria {
    /// Reads what the address of a list says. `searchable` are the fields of a detail search; what is neither a
    /// word of the list nor one of them is passed over, and what can't be read stands for its default.
    pub fn parse(pairs: &Pairs, searchable: &[String], usual_size: u32) -> Self {
        let mut criteria = Self {
            size: usual_size,
            usual_size,
            ..Self::default()
        };
        for (name, value) in pairs.iter() {
            match name {
                "search" => value.trim().clone_into(&mut criteria.text),
                "valid" => criteria.valid = valid_filter(value).unwrap_or_default(),
                "customer" => value.trim().clone_into(&mut criteria.customer),
                "source" => value.trim().clone_into(&mut criteria.source),
                "sort" => criteria.sort = order(value, searchable),
                "page" => criteria.page = value.parse().unwrap_or(1).max(1),
                "limit" => {
                    criteria.size = value
                        .parse()
                        .ok()
                        .filter(|size| PAGE_SIZES.contains(size))
                        .unwrap_or(usual_size);
                }
                field
                    if !value.trim().is_empty() && searchable.iter().any(|name| name == field) =>
                {
                    criteria.add(field, value.trim());
                }
                _ => {}
            }
        }
        criteria
    }

    fn add(&mut self, field: &str, value: &str) {
        match self.fields.iter_mut().find(|(name, _)| name == field) {
            Some((_, values)) => values.push(value.to_owned()),
            None => self.fields.push((field.to_owned(), vec![value.to_owned()])),
        }
    }

    /// The values that the detail search asks of a field.
    pub fn values(&self, field: &str) -> &[String] {
        self.fields
            .iter()
            .find(|(name, _)| name == field)
            .map_or(&[], |(_, values)| values)
    }

    /// Whether a detail search says itself which validities it asks for; then the filter does not count.
    pub fn asks_validity(&self) -> bool {
        self.fields
            .iter()
            .any(|(name, _)| fields::is_validity(name))
    }

    /// The sizes of pages to choose from, with the usual one.
    pub fn sizes(&self) -> Vec<u32> {
        let mut sizes = PAGE_SIZES.to_vec();
        sizes.push(self.usual_size);
        sizes.sort_unstable();
        sizes.dedup();
        sizes
    }

    /// Whether anything narrows the list beyond the usual.
    pub fn narrows(&self) -> bool {
        [&self.text, &self.customer, &self.source]
            .iter()
            .any(|text| !text.is_empty())
            || !self.fields.is_empty()
    }

    /// The validity filter as an address names it; none for the default.
    pub fn chosen_validity(&self) -> Option<&'static str> {
        (self.valid != ValidFilter::default()).then(|| valid_name(self.valid))
    }

    /// The pairs of the address: only what differs from the default, so that addresses are short.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        let mut put = |name: &str, value: String| pairs.push((name.to_owned(), value));
        if !self.text.is_empty() {
            put("search", self.text.clone());
        }
        for (field, values) in &self.fields {
            for value in values {
                put(field, value.clone());
            }
        }
        if let Some(valid) = self.chosen_validity() {
            put("valid", valid.to_owned());
        }
        if !self.customer.is_empty() {
            put("customer", self.customer.clone());
        }
        if !self.source.is_empty() {
            put("source", self.source.clone());
        }
        if let Some(sort) = &self.sort {
            let sign = if sort.direction == Direction::Down {
                "-"
            } else {
                ""
            };
            put("sort", format!("{sign}{}", sort.field));
        }
        if self.size != self.usual_size {
            put("limit", self.size.to_string());
        }
        if self.page > 1 {
            put("page", self.page.to_string());
        }
        pairs
    }

    /// The query string of the address, without the question mark.
    pub fn query(&self) -> String {
        let pairs = self.pairs();
        address::query(
            pairs
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        )
    }

    /// A path with these criteria.
    pub fn address(&self, path: &str) -> String {
        let query = self.query();
        if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{query}")
        }
    }

    /// What the directory is asked.
    pub fn search(&self, sources: &[SourceInfo]) -> Search {
        let criterion = |(name, values): &(String, Vec<String>)| {
            let criterion = match values.as_slice() {
                [text] if !fields::is_choice(sources, name) => Criterion::Contains(text.clone()),
                values => Criterion::OneOf(values.to_vec()),
            };
            (name.clone(), criterion)
        };
        Search {
            text: (!self.text.is_empty()).then(|| self.text.clone()),
            fields: self.fields.iter().map(criterion).collect(),
            lookup: (!self.customer.is_empty())
                .then(|| Lookup::CustomerExactly(self.customer.clone())),
            valid: if self.asks_validity() {
                ValidFilter::All
            } else {
                self.valid
            },
            // A source that is configured no longer filters nothing.
            source: sources
                .iter()
                .map(|source| &source.id)
                .find(|id| **id == self.source)
                .cloned(),
            order: self.sort.iter().cloned().collect(),
            limit: self.size,
            offset: (self.page - 1).saturating_mul(self.size),
            ..Search::default()
        }
    }
}

fn order(text: &str, searchable: &[String]) -> Option<Order> {
    let (field, direction) = match text.strip_prefix('-') {
        Some(field) => (field, Direction::Down),
        None => (text, Direction::Up),
    };
    searchable.iter().any(|name| name == field).then(|| Order {
        field: field.to_owned(),
        direction,
    })
}

fn valid_filter(text: &str) -> Option<ValidFilter> {
    [ValidFilter::Valid, ValidFilter::Invalid, ValidFilter::All]
        .into_iter()
        .find(|valid| valid_name(*valid) == text)
}

/// The text key of a validity filter: languages speak otherwise of people than of things.
pub fn filter_key(screen: Screen, valid: ValidFilter) -> String {
    let of = if screen.is_named() { "things-" } else { "" };
    format!("records-filter-{of}{}", valid_name(valid))
}

/// The word for a validity filter in addresses and text keys.
fn valid_name(valid: ValidFilter) -> &'static str {
    match valid {
        ValidFilter::Valid => "valid",
        ValidFilter::Invalid => "invalid",
        ValidFilter::All => "all",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_everything() {
        let searchable = ["UserCity".to_owned(), "ValidID".to_owned()];
        let query = "search=a%2Bb&UserCity=%C5%81%2A&ValidID=1&ValidID=3&valid=all&customer=K%261&source=CustomerUser1&sort=-UserCity&limit=100&page=3";
        let read = Criteria::parse(
            &Pairs::parse(query.as_bytes()).unwrap(),
            &searchable,
            PAGE_SIZE,
        );
        assert_eq!(read.query(), query);
        assert_eq!(read.values("ValidID"), ["1", "3"]);
    }

    #[test]
    fn nonsense_stands_for_the_default() {
        let query = b"valid=x&limit=7&page=-1&sort=Unknown&Unknown=1&page=0";
        assert_eq!(
            Criteria::parse(&Pairs::parse(query).unwrap(), &[], PAGE_SIZE),
            Criteria::default()
        );
        let huge = Criteria::parse(
            &Pairs::parse(b"page=4294967295&limit=250").unwrap(),
            &[],
            PAGE_SIZE,
        );
        assert_eq!(huge.search(&[]).offset, u32::MAX);
    }
}
