//! Questions to the list of people, which can be put at each door.

use kartoteka_directory::{Criterion, Direction, Order, Search, ValidFilter};

use crate::client::pairs;

/// Rows on a page, as the list shows them.
const PAGE: u32 = 50;

/// A question to the list.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// In the search language.
    pub text: String,
    /// Detail search: one value may hold `*`, one of several has to be there exactly.
    pub fields: Vec<(&'static str, Vec<String>)>,
    /// Also those who are not valid.
    pub all: bool,
    /// The field by which the list is ordered, if it is not the default order.
    pub sort: Option<&'static str>,
    /// Rows on the page, for use cases and REST; without it as many as the list shows.
    pub limit: Option<u32>,
    /// Where the page begins, for use cases and REST.
    pub after: Option<String>,
    /// The same for pages, which have numbers.
    pub page: u32,
}

/// Questions of one kind; a measurement puts them in turn.
#[derive(Debug, Clone)]
pub struct Shape {
    pub name: &'static str,
    pub questions: Vec<Question>,
}

fn order(field: &&str) -> Order {
    Order {
        field: (*field).to_owned(),
        direction: Direction::Up,
    }
}

impl Shape {
    /// Searches for texts.
    pub fn texts(name: &'static str, texts: &[&str]) -> Self {
        let question = |text: &&str| Question {
            text: (*text).to_owned(),
            ..Question::default()
        };
        Self {
            name,
            questions: texts.iter().map(question).collect(),
        }
    }

    /// The question for each run.
    pub fn question(&self, run: usize) -> &Question {
        &self.questions[run % self.questions.len()]
    }
}

impl Question {
    /// A detail search.
    pub fn fields(fields: &[(&'static str, &[&str])]) -> Self {
        let field = |(name, values): &(&'static str, &[&str])| {
            (
                *name,
                values.iter().map(|value| (*value).to_owned()).collect(),
            )
        };
        Self {
            fields: fields.iter().map(field).collect(),
            ..Self::default()
        }
    }

    /// As the use case takes it.
    pub fn search(&self) -> Search {
        let criterion = |(name, values): &(&'static str, Vec<String>)| {
            let criterion = match values.as_slice() {
                [text] => Criterion::Like(text.clone()),
                values => Criterion::OneOf(values.to_vec()),
            };
            ((*name).to_owned(), criterion)
        };
        Search {
            text: (!self.text.is_empty()).then(|| self.text.clone()),
            fields: self.fields.iter().map(criterion).collect(),
            valid: if self.all {
                ValidFilter::All
            } else {
                ValidFilter::Valid
            },
            limit: self.limit.unwrap_or(PAGE),
            after: self.after.clone(),
            order: self.sort.iter().map(order).collect(),
            ..Search::default()
        }
    }

    /// As REST takes it.
    pub fn rest(&self) -> String {
        let limit = self.limit.unwrap_or(PAGE).to_string();
        let fields = self.values();
        let mut asked = vec![("limit", limit.as_str())];
        asked.extend(self.words());
        asked.extend(fields.iter().map(|(name, value)| (name.as_str(), *value)));
        asked.extend(self.after.iter().map(|after| ("after", after.as_str())));
        asked.extend(self.sort.iter().map(|field| ("sort", *field)));
        format!("/api/v1/customer-users?{}", pairs(asked))
    }

    /// As the page takes it.
    pub fn page(&self) -> String {
        let path = if self.fields.is_empty() {
            "/customer-users"
        } else {
            "/customer-users/search"
        };
        let number = self.page.to_string();
        // There a text is looked for inside of values unless quotes or a wildcard say otherwise.
        let said = |value: &str| match value.contains('*') {
            true => value.to_owned(),
            false => format!("\"{value}\""),
        };
        let mut fields = vec![];
        for (name, values) in &self.fields {
            fields.extend(match values.as_slice() {
                [value] => vec![(*name, said(value))],
                values => values.iter().map(|value| (*name, value.clone())).collect(),
            });
        }
        let mut asked = self.words();
        asked.extend(fields.iter().map(|(name, value)| (*name, value.as_str())));
        if self.page > 1 {
            asked.push(("page", &number));
        }
        asked.extend(self.sort.iter().map(|field| ("sort", *field)));
        format!("{path}?{}", pairs(asked))
    }

    fn words(&self) -> Vec<(&'static str, &str)> {
        let mut words = vec![];
        if !self.text.is_empty() {
            words.push(("search", self.text.as_str()));
        }
        if self.all {
            words.push(("valid", "all"));
        }
        words
    }

    fn values(&self) -> Vec<(String, &str)> {
        let mut written = vec![];
        for (name, values) in &self.fields {
            for value in values {
                written.push((format!("field.{name}"), value.as_str()));
            }
        }
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_door_is_asked_the_same() {
        let exact = Question::fields(&[("UserCity", &["Łódź"])]);
        assert_eq!(
            exact.page(),
            "/customer-users/search?UserCity=%22%C5%81%C3%B3d%C5%BA%22"
        );
        let mut question = Question::fields(&[("UserCity", &["Łó*"]), ("ValidID", &["2", "3"])]);
        question.text = "a+b".into();
        question.all = true;
        question.page = 3;
        assert_eq!(
            question.page(),
            "/customer-users/search?search=a%2Bb&valid=all&UserCity=%C5%81%C3%B3%2A&ValidID=2&ValidID=3&page=3"
        );
        assert_eq!(
            question.rest(),
            "/api/v1/customer-users?limit=50&search=a%2Bb&valid=all&field.UserCity=%C5%81%C3%B3%2A&field.ValidID=2&field.ValidID=3"
        );
        let search = question.search();
        assert_eq!(search.fields[0].1, Criterion::Like("Łó*".into()));
        assert_eq!(
            search.fields[1].1,
            Criterion::OneOf(vec!["2".into(), "3".into()])
        );
        assert_eq!(search.valid, ValidFilter::All);
    }
}
