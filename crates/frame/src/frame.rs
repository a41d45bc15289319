//! The frame around each page: navigation, title, messages, and the texts and formats that templates use.

use fluent_templates::fluent_bundle::FluentValue;
use kartoteka_directory::{Action, Actor, Kind, Object, Role};
use kartoteka_model::Field;

use crate::assets;
use crate::context::Visit;
use crate::encoding::escape;
use crate::format;
use crate::input::Pairs;
use crate::language::Language;
use crate::navigation::{PlaceGroup, TopSearch, places};
use crate::records::tabs::Tab;
use crate::state::Site;

/// A message that the next page shows, once: a text key and values for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash {
    key: String,
    arguments: Vec<(String, String)>,
}

impl Flash {
    /// A message; the key begins with `flash-`.
    pub fn new(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            arguments: Vec::new(),
        }
    }

    /// The same message with a value: `name`, `count`, `key` or `detail`.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.arguments.push((name.to_owned(), value.into()));
        self
    }

    /// The cookie's value.
    pub fn encode(&self) -> String {
        let argument = |(name, value): &(String, String)| {
            let value: String = value.chars().take(200).collect();
            format!("&{name}={}", escape(&value))
        };
        escape(&format!(
            "{}{}",
            self.key,
            self.arguments.iter().map(argument).collect::<String>()
        ))
    }

    /// Reads a cookie's value; keys of other texts are refused.
    pub fn parse(value: &str) -> Option<Self> {
        let outer = Pairs::parse(format!("v={value}").as_bytes())?;
        let (key, rest) = outer
            .get("v")
            .split_once('&')
            .unwrap_or((outer.get("v"), ""));
        let arguments = Pairs::parse(rest.as_bytes())?;
        let arguments = arguments
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        key.starts_with("flash-").then(|| Self {
            key: key.to_owned(),
            arguments,
        })
    }

    /// The message in a language.
    pub fn text(&self, language: Language) -> String {
        const NAMES: [&str; 4] = ["name", "count", "key", "detail"];
        let argument = |(name, value): &(String, String)| {
            let name = NAMES.into_iter().find(|known| known == name)?;
            let value = match value.parse::<i64>() {
                Ok(number) if name == "count" => FluentValue::from(number),
                _ => FluentValue::from(value.clone()),
            };
            Some((name, value))
        };
        language.text(
            &self.key,
            &self
                .arguments
                .iter()
                .filter_map(argument)
                .collect::<Vec<_>>(),
        )
    }
}

/// A step of the way to the page.
#[derive(Debug, Clone)]
pub struct Crumb {
    pub href: Option<String>,
    pub name: String,
}

/// The page's main link: a verb, with the key that follows it.
#[derive(Debug, Clone)]
pub struct MainLink {
    pub href: String,
    pub name: String,
    pub key: Option<&'static str>,
}

/// What `layout.html` needs, and the functions that templates call. Each page struct has one as `page`.
#[derive(Clone)]
pub struct Frame {
    pub title: String,
    pub language: Language,
    /// `light`, `dark`, or empty for the browser's wish.
    pub theme: &'static str,
    pub keys: bool,
    /// The login of whoever is logged in.
    pub login: Option<String>,
    pub visitor: Option<Actor>,
    pub places: Vec<PlaceGroup>,
    pub crumbs: Vec<Crumb>,
    pub actions: Vec<MainLink>,
    /// The pages about the record that the page is about.
    pub tabs: Vec<Tab>,
    pub flash: Option<Flash>,
    /// The search field at the top.
    pub search: TopSearch,
    pub path: String,
    /// Path and query, for coming back.
    pub here: String,
    /// The page is about a group or service, of which languages speak otherwise than of people.
    pub of_thing: bool,
    /// What the page shows is gone with it, so nothing in the frame offers to load it again.
    pub once: bool,
    pub request_id: String,
    pub site: Site,
}

impl Frame {
    /// The frame of a page with this title.
    pub fn new(visit: &Visit, title: String) -> Self {
        let query = if visit.query.is_empty() {
            String::new()
        } else {
            format!("?{}", visit.query)
        };
        Self {
            title,
            language: visit.language,
            theme: visit.theme.map_or("", crate::context::Theme::name),
            keys: visit.keys,
            login: visit.visitor.as_ref().map(Actor::name),
            visitor: visit.visitor.clone(),
            places: visit
                .visitor
                .as_ref()
                .map(|visitor| places(&visit.site, visitor, &visit.path))
                .unwrap_or_default(),
            crumbs: Vec::new(),
            actions: Vec::new(),
            tabs: Vec::new(),
            flash: visit.flash.clone(),
            search: TopSearch::default(),
            path: visit.path.clone(),
            here: format!("{}{query}", visit.path),
            of_thing: false,
            once: false,
            request_id: visit.request_id.to_string(),
            site: visit.site.clone(),
        }
    }

    /// Adds a step with a link to the way to the page.
    pub fn crumb(mut self, path: &str, name: impl Into<String>) -> Self {
        self.crumbs.push(Crumb {
            href: Some(self.url(path)),
            name: name.into(),
        });
        self
    }

    /// Adds a step without a link, say the group of screens.
    pub fn group(mut self, name: impl Into<String>) -> Self {
        self.crumbs.push(Crumb {
            href: None,
            name: name.into(),
        });
        self
    }

    /// Adds the page's main link, with the key that follows it.
    pub fn action(
        mut self,
        path: &str,
        name: impl Into<String>,
        key: Option<&'static str>,
    ) -> Self {
        self.actions.push(MainLink {
            href: self.url(path),
            name: name.into(),
            key,
        });
        self
    }

    /// The same frame with this search field at the top.
    pub fn searching(mut self, search: TopSearch) -> Self {
        self.search = search;
        self
    }

    /// The same frame with a message at the top.
    pub fn saying(mut self, flash: Flash) -> Self {
        self.flash = Some(flash);
        self
    }

    /// The same frame around something of a kind.
    pub fn about(mut self, kind: &str) -> Self {
        self.of_thing = matches!(kind, "group" | "service");
        self
    }

    /// The same frame around something that is shown this once.
    pub fn showing_once(mut self) -> Self {
        self.once = true;
        self
    }

    /// Whether the visitor may do something.
    pub fn may(&self, action: Action, object: Object) -> bool {
        let mut visitor = self.visitor.iter();
        visitor.any(|visitor| visitor.may(action, object))
    }

    /// The visitor's role.
    pub fn role(&self) -> Option<Role> {
        self.visitor.as_ref()?.principal.role()
    }

    /// Whether the visitor may add and change records of a kind.
    pub fn may_change(&self, kind: Kind) -> bool {
        self.may(Action::Change, Object::Records(kind))
    }

    /// Whether the visitor may change customers and customer users.
    pub fn may_edit(&self) -> bool {
        self.may_change(Kind::CustomerUser)
    }

    /// An address with the base path in front.
    pub fn url(&self, path: &str) -> String {
        self.site.url(path)
    }

    /// A value as a part of an address.
    pub fn part(&self, value: &str) -> String {
        escape(value)
    }

    /// The address of a style, script or picture.
    pub fn asset(&self, name: &str) -> String {
        self.site.url(&assets::path(name))
    }

    /// The message at the top.
    pub fn flash_text(&self) -> String {
        self.flash
            .as_ref()
            .map(|flash| flash.text(self.language))
            .unwrap_or_default()
    }

    /// The text with this key.
    pub fn t(&self, key: &str) -> String {
        self.language.text(key, &[])
    }

    /// The text with this key and one value.
    pub fn with(&self, key: &str, name: &'static str, value: impl ToString) -> String {
        self.language
            .text(key, &[(name, FluentValue::from(value.to_string()))])
    }

    /// The text with this key and two values.
    pub fn with2(
        &self,
        key: &str,
        first: &'static str,
        one: impl ToString,
        second: &'static str,
        two: impl ToString,
    ) -> String {
        let (one, two) = (
            FluentValue::from(one.to_string()),
            FluentValue::from(two.to_string()),
        );
        self.language.text(key, &[(first, one), (second, two)])
    }

    /// The text with this key for a whole number (`count`), in the right plural.
    pub fn count(&self, key: &str, count: impl ToString) -> String {
        self.language
            .text(key, &[("count", FluentValue::from(whole(count)))])
    }

    /// A configured label, translated if a translation is known.
    pub fn label(&self, label: &str) -> String {
        self.language.label(label)
    }

    /// The label of a field: that of the language, else the one for all of them, as [`Frame::label`] has it.
    pub fn field_label(&self, field: &Field) -> String {
        let own = field.labels.get(self.language.code());
        own.cloned().unwrap_or_else(|| self.label(&field.label))
    }

    /// A whole number as the language writes it.
    pub fn number(&self, value: impl ToString) -> String {
        format::number(self.language, whole(value))
    }

    /// A moment in seconds since 1970: `today, 09:12`, `yesterday, 16:20`, `3 Nov 2026, 14:05`.
    pub fn when(&self, seconds: &i64) -> String {
        let zone = &self.site.options().time_zone;
        let day = match format::days_ago(zone, self.site.now(), *seconds) {
            Some(0) => self.t("today"),
            Some(1) => self.t("yesterday"),
            _ => return format::date_time(self.language, zone, *seconds),
        };
        format!("{day}, {}", format::clock(zone, *seconds))
    }

    /// A moment with its date, always.
    pub fn date_time(&self, seconds: &i64) -> String {
        format::date_time(self.language, &self.site.options().time_zone, *seconds)
    }

    /// A moment's date alone.
    pub fn date(&self, seconds: &i64) -> String {
        format::date(self.language, &self.site.options().time_zone, *seconds)
    }

    /// A moment as `<time datetime>` wants it.
    pub fn iso(&self, seconds: &i64) -> String {
        format::iso(*seconds)
    }

    /// All languages, for the menu.
    pub fn languages(&self) -> [Language; 3] {
        Language::ALL
    }

    /// The whole title of the window.
    pub fn window_title(&self) -> String {
        format!("{} · Kartoteka", self.title)
    }
}

/// Templates pass numbers of every type, by value and by reference: their text is what they have in common.
fn whole(value: impl ToString) -> i64 {
    value.to_string().parse().unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_survive_the_cookie() {
        let flash = Flash::new("flash-saved").with("name", "Łucja & \"Co\" 100%+");
        assert_eq!(Flash::parse(&flash.encode()), Some(flash));
        assert_eq!(Flash::parse("nav-home"), None);
    }
}
