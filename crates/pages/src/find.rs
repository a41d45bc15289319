//! Finding anything by a few letters: people, customers, groups, services, agents and pages. The field at the top of each
//! page asks while one types, and Ctrl+K opens it everywhere.

use askama::Template;
use axum::Router;
use axum::routing::get;
use kartoteka_directory::{Action, Kind, Object, Search, ValidFilter};
use kartoteka_model::text::fold;

use super::opened;
use super::records::{self, CUSTOMER_USERS, CUSTOMERS, Criteria, GROUPS, Hit, SERVICES, Screen};
use crate::context::{Ctx, Outcome};
use crate::failure::Failure;
use crate::frame::Frame;
use crate::input::Query;
use crate::navigation::TopSearch;
use crate::state::Site;

/// The part of the page that scripts show below the field.
const FRAGMENT: &str = "options";

/// So many of a kind are offered below the field, and on the page.
const FEW: usize = 6;
const MANY: usize = 20;

/// The longest text that is looked for, in characters.
const LONGEST: usize = 200;

/// `/find`.
pub fn routes() -> Router<Site> {
    Router::new().route("/find", get(show))
}

/// What was found of a kind.
struct Section {
    title: String,
    hits: Vec<Hit>,
    /// Where all of them are, and how many they are in words; none if they are here.
    all: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "find.html")]
struct FindPage {
    page: Frame,
    text: String,
    too_long: bool,
    sections: Vec<Section>,
}

#[derive(Template)]
#[template(path = "find_options.html")]
struct Options<'a> {
    page: &'a Frame,
    too_long: bool,
    sections: &'a [Section],
}

impl FindPage {
    /// The only hit, if there is just one.
    fn only(&self) -> Option<&Hit> {
        match self.sections.as_slice() {
            [
                Section {
                    hits, all: None, ..
                },
            ] => match hits.as_slice() {
                [only] => Some(only),
                _ => None,
            },
            _ => None,
        }
    }
}

/// `GET /find?search=TEXT`: what fits, by kinds; without a text, what was open last, and all pages.
async fn show(ctx: Ctx, query: Query) -> Outcome {
    let text = query.get("search").trim().to_owned();
    let too_long = text.chars().count() > LONGEST;
    let live = ctx.wants(FRAGMENT);
    let mut found = FindPage {
        page: ctx.frame(ctx.t("find-title")).searching(TopSearch {
            text: kartoteka_model::text::cut(&text, LONGEST),
            ..TopSearch::default()
        }),
        too_long,
        sections: Vec::new(),
        text,
    };
    if !too_long {
        found.sections = sections(&ctx, &found, if live { FEW } else { MANY }).await?;
    }
    if live {
        return ctx.render(&Options {
            page: &found.page,
            too_long,
            sections: &found.sections,
        });
    }
    if let Some(only) = found.only().filter(|_| !found.text.is_empty()) {
        return Ok(axum::response::IntoResponse::into_response(
            axum::response::Redirect::to(&only.href),
        ));
    }
    ctx.render(&found)
}

async fn sections(ctx: &Ctx, found: &FindPage, most: usize) -> Result<Vec<Section>, Failure> {
    let page = &found.page;
    let mut sections = Vec::new();
    if found.text.is_empty() {
        sections.push(Section {
            title: ctx.t("find-opened"),
            hits: opened::hits(ctx, page).await?,
            all: None,
        });
    } else {
        for screen in [CUSTOMER_USERS, CUSTOMERS, GROUPS, SERVICES] {
            sections.push(of_kind(ctx, found, screen, most).await?);
        }
        if ctx.actor.may(Action::See, Object::Records(Kind::Agent)) {
            sections.push(agents(ctx, found, most).await?);
        }
    }
    sections.push(places(found));
    sections.retain(|section| !section.hits.is_empty());
    Ok(sections)
}

async fn of_kind(
    ctx: &Ctx,
    found: &FindPage,
    screen: Screen,
    most: usize,
) -> Result<Section, Failure> {
    let page = &found.page;
    let search = Search {
        text: Some(kartoteka_frame::records::suggest::all_words(&found.text)),
        valid: ValidFilter::All,
        limit: u32::try_from(most).unwrap_or(u32::MAX),
        ..Search::default()
    };
    let rows = ctx
        .directory
        .search(&ctx.actor, screen.kind, &search)
        .await?;
    let list = Criteria {
        text: found.text.clone(),
        valid: ValidFilter::All,
        ..Criteria::default()
    };
    let more = rows.next.is_some() || rows.total.count > rows.rows.len() as u64;
    Ok(Section {
        title: ctx.t(&screen.text("title")),
        hits: records::hits(ctx, page, screen, &rows.rows),
        all: more.then(|| {
            let text = match rows.total.exact {
                true => page.count("find-all", rows.total.count),
                false => page.count("find-all-more", rows.total.count),
            };
            (page.url(&list.address(&screen.list())), text)
        }),
    })
}

/// Agents in whose name or login all words occur.
async fn agents(ctx: &Ctx, found: &FindPage, most: usize) -> Result<Section, Failure> {
    let page = &found.page;
    let mut hits = Vec::new();
    let mut count = 0_usize;
    for agent in ctx.directory.agents(&ctx.actor).await? {
        let name = format!("{} {}", agent.last_name, agent.first_name);
        if !has_all_words(&format!("{name} {}", agent.login), &found.text) {
            continue;
        }
        count += 1;
        if hits.len() < most {
            hits.push(Hit {
                href: page.url(&format!("/agents/{}/edit", page.part(&agent.login))),
                name,
                also: agent.login,
                validity: Some(page.validity(agent.validity.name()))
                    .filter(|_| agent.validity.id() != 1),
            });
        }
    }
    Ok(Section {
        title: ctx.t("agents-title"),
        all: (count > hits.len()).then(|| (page.url("/agents"), page.count("find-all", count))),
        hits,
    })
}

/// The pages whose name has all words; all of them without a word.
fn places(found: &FindPage) -> Section {
    let page = &found.page;
    let places = page.places.iter().flat_map(|group| &group.places);
    let named = places.map(|place| (place.href.clone(), page.t(place.name), page.t(place.about)));
    let adds = [CUSTOMER_USERS, CUSTOMERS, GROUPS, SERVICES]
        .into_iter()
        .filter(|screen| page.may_change(screen.kind))
        .map(|screen| {
            let href = page.url(&screen.new_record());
            (href, page.t(&screen.text("add")), String::new())
        });
    let home = (page.url("/"), page.t("home-title"), String::new());
    let help = (page.url("/help"), page.t("help"), String::new());
    let all = [home].into_iter().chain(named).chain(adds).chain([help]);
    Section {
        title: page.t("find-pages"),
        hits: all
            .filter(|(_, name, _)| has_all_words(name, &found.text))
            .map(|(href, name, also)| Hit {
                href,
                name,
                also,
                validity: None,
            })
            .collect(),
        all: None,
    }
}

/// Whether each word of the search occurs in a text, whatever their letters' case and accents.
fn has_all_words(text: &str, search: &str) -> bool {
    let text = fold(text);
    let mut words = search.split_whitespace();
    words.all(|word| text.contains(&fold(word)))
}
