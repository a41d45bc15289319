//! What every page handler takes: who asks, in which language, and how to answer.

use std::ops::Deref;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, Html, IntoResponse, Redirect, Response};
use kartoteka_directory::{Action, Actor, Directory, Error, Object, Principal};
use kartoteka_login::{Logins, UiPreference, UiPreferences};
use kartoteka_model::search::Blanks;
use secrecy::SecretString;

use crate::cookies;
use crate::encoding::escape;
use crate::failure::Failure;
use crate::frame::{Flash, Frame};
use crate::language::{Argument, Language};
use crate::network::Origin;
use crate::observe::RequestId;
use crate::state::{SecureCookies, Site};

/// The result of every page handler.
pub type Outcome = Result<Response, Failure>;

/// The look that was chosen; without one the browser's wish counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

impl Theme {
    /// The value of the cookie and of `data-theme`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Light, Self::Dark]
            .into_iter()
            .find(|theme| theme.name() == name)
    }
}

/// A request for a page, whoever asks.
#[derive(Clone)]
pub struct Visit {
    pub site: Site,
    pub directory: Directory,
    pub language: Language,
    pub theme: Option<Theme>,
    /// Single keys do something.
    pub keys: bool,
    /// The path that was asked for, without base path and query.
    pub path: String,
    /// The query as sent; empty if there is none.
    pub query: String,
    pub request_id: RequestId,
    pub origin: Origin,
    /// The browser's `User-Agent`, for the list of sessions.
    pub user_agent: String,
    /// The session's secret that the cookie carries, valid or not.
    pub token: Option<SecretString>,
    /// Which part of the page a script asks for (`X-Fragment`).
    pub fragment: Option<String>,
    /// What the page before left to say.
    pub flash: Option<Flash>,
    /// The records that the browser had open, as its cookie has them.
    pub opened: String,
    /// What the agent chose.
    pub preferences: UiPreferences,
    /// Who is logged in; only pages that everybody sees look at it.
    pub visitor: Option<Actor>,
    /// Somebody is logged in who has to choose a new password first.
    pub password_due: bool,
}

/// A request for a page by an agent who is logged in.
#[derive(Clone)]
pub struct Ctx {
    pub actor: Actor,
    visit: Visit,
}

impl Deref for Ctx {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl Ctx {
    /// The agent's login.
    pub fn login(&self) -> &str {
        match &self.actor.principal {
            Principal::Agent { login, .. } | Principal::CustomerUser { login } => login,
            Principal::Token { name, .. } => name,
            Principal::Operator | Principal::Program => "operator",
        }
    }

    /// Rows of a page of a list, where its address says nothing.
    pub fn page_size(&self) -> u32 {
        self.directory.settings().lists.page_size
    }

    /// What a blank in a search means.
    pub fn blanks(&self) -> Blanks {
        self.directory.settings().lists.blanks
    }

    /// Refuses agents who may not.
    pub fn require(&self, action: Action, object: Object) -> Result<(), Failure> {
        Ok(self.actor.require(action, object)?)
    }
}

impl Visit {
    /// Reads a request, without asking who it is from.
    pub fn of(parts: &Parts, site: &Site) -> Self {
        let headers = &parts.headers;
        let text =
            |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let base = site.options().base_path.as_str();
        let origin = parts
            .extensions
            .get::<Origin>()
            .cloned()
            .unwrap_or_else(|| Origin::of(parts, site.options()));
        let secure = secure(&origin, site);
        let uri = &origin.uri;
        let token =
            cookies::find(headers, cookies::session_name(secure)).filter(|token| !token.is_empty());
        Self {
            directory: site.directory.clone(),
            language: language(headers),
            theme: cookies::find(headers, cookies::THEME).and_then(Theme::parse),
            keys: cookies::find(headers, cookies::KEYS) != Some("off"),
            path: uri
                .path()
                .strip_prefix(base)
                .unwrap_or(uri.path())
                .to_owned(),
            query: uri.query().unwrap_or_default().to_owned(),
            request_id: parts
                .extensions
                .get::<RequestId>()
                .cloned()
                .unwrap_or_default(),
            user_agent: text(header::USER_AGENT)
                .unwrap_or_default()
                .chars()
                .take(300)
                .collect(),
            token: token.map(|token| SecretString::from(token.to_owned())),
            fragment: headers
                .get("x-fragment")
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned),
            flash: cookies::find(headers, cookies::FLASH).and_then(Flash::parse),
            opened: cookies::find(headers, cookies::OPENED)
                .unwrap_or_default()
                .to_owned(),
            preferences: UiPreferences::new(),
            visitor: None,
            password_due: false,
            site: site.clone(),
            origin: origin.clone(),
        }
    }

    /// The same request, with whoever is logged in.
    pub async fn with_visitor(mut self) -> Result<Self, Failure> {
        if let Some(token) = &self.token {
            match Logins::of(&self.directory).session(token).await {
                Ok(visitor) => self.visitor = visitor,
                Err(Error::PasswordDue) => self.password_due = true,
                Err(error) => return Err(error.into()),
            }
        }
        if let Some(actor) = &self.visitor {
            let preferences = Logins::of(&self.directory).ui_preferences(actor).await?;
            self.take(&preferences);
            self.preferences = preferences;
        }
        Ok(self)
    }

    /// What the agent chose counts more than what this browser remembers.
    fn take(&mut self, preferences: &UiPreferences) {
        if let Some(language) = preferences.get(&UiPreference::Language) {
            // A language that only OTOBO has leaves it to the browser.
            self.language = Language::parse(language).unwrap_or(self.language);
        }
        if let Some(theme) = preferences.get(&UiPreference::Theme) {
            self.theme = Theme::parse(theme);
        }
        if let Some(keys) = preferences.get(&UiPreference::Keys) {
            self.keys = keys != "off";
        }
    }

    /// The text with this key in the visitor's language.
    pub fn t(&self, key: &str) -> String {
        self.language.text(key, &[])
    }

    /// The text with this key, with values: `ctx.t_args("found", &[("count", 3.into())])`.
    pub fn t_args(&self, key: &str, arguments: &[Argument<'_>]) -> String {
        self.language.text(key, arguments)
    }

    /// An address with the base path in front.
    pub fn url(&self, path: &str) -> String {
        self.site.url(path)
    }

    /// Whether a script asks for just this part of the page.
    pub fn wants(&self, fragment: &str) -> bool {
        self.fragment.as_deref() == Some(fragment)
    }

    /// Whether cookies are marked `Secure`.
    pub fn secure(&self) -> bool {
        secure(&self.origin, &self.site)
    }

    /// The frame around a page with this title.
    pub fn frame(&self, title: impl Into<String>) -> Frame {
        Frame::new(self, title.into())
    }

    /// The frame around a page about one record: its title names what the page is for, and the record.
    pub fn frame_of(&self, title: &str, name: &str) -> Frame {
        self.frame(format!("{}: {name}", self.t(title)))
    }

    /// A page as a response.
    pub fn render(&self, page: &impl Template) -> Outcome {
        Ok(Html(page.render().map_err(Failure::internal)?).into_response())
    }

    /// A page as a response with another status, say 422 for a form with mistakes.
    pub fn render_with(&self, status: StatusCode, page: &impl Template) -> Outcome {
        Ok((status, self.render(page)?).into_response())
    }

    /// Sends the browser on with a GET.
    pub fn redirect(&self, path: &str) -> Outcome {
        Ok(Redirect::to(&self.url(path)).into_response())
    }

    /// Sends the browser on with a message for the next page.
    pub fn redirect_with(&self, path: &str, flash: Flash) -> Outcome {
        let cookie = cookies::set(cookies::FLASH, &flash.encode(), Some(60), self.secure());
        let cookies = AppendHeaders(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
        Ok((cookies, self.redirect(path)?).into_response())
    }

    /// Where log-in leads back to: the page that was asked for.
    pub fn login_path(&self) -> String {
        self.detour("/login")
    }

    /// A page that has to be passed first, leading back to the one that was asked for.
    pub fn detour(&self, to: &str) -> String {
        let query = if self.query.is_empty() {
            String::new()
        } else {
            format!("?{}", self.query)
        };
        match self.path.as_str() {
            "/" | "" => to.into(),
            path => format!("{to}?next={}", escape(&format!("{path}{query}"))),
        }
    }
}

fn secure(origin: &Origin, site: &Site) -> bool {
    match site.options().secure_cookies {
        SecureCookies::Auto => origin.https,
        SecureCookies::Always => true,
        SecureCookies::Never => false,
    }
}

fn language(headers: &HeaderMap) -> Language {
    let accepted = || {
        headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| Language::accepted(value.to_str().ok()?))
    };
    cookies::find(headers, cookies::LANGUAGE)
        .and_then(Language::parse)
        .or_else(accepted)
        .unwrap_or_default()
}

impl FromRequestParts<Site> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Failure> {
        Self::of(parts, site).with_visitor().await
    }
}

impl FromRequestParts<Site> for Ctx {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Failure> {
        let visit = Visit::of(parts, site).with_visitor().await?;
        match visit.visitor.clone() {
            Some(actor) => Ok(Self { actor, visit }),
            None if visit.password_due => Err(Error::PasswordDue.into()),
            None => Err(Failure::LogIn),
        }
    }
}
