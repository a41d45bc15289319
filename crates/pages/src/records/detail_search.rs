//! Detail search: a condition for each field. Its address can be passed on.

use askama::Template;
use kartoteka_directory::SourceInfo;

use super::criteria::Criteria;
use super::empty::Empty;
use super::fields;
use super::form::{Choice, validities};
use super::list::{self, FRAGMENT, Results};
use super::rows::Look;
use super::screen::Screen;
use crate::context::{Ctx, Outcome};
use crate::frame::Frame;
use crate::input::Query;

/// One field to search by.
struct Condition {
    name: String,
    label: String,
    value: String,
    /// Values to tick; none for free text.
    choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "records/detail_search.html")]
struct DetailSearchPage {
    page: Frame,
    action: String,
    conditions: Vec<Condition>,
    /// None until something is searched for.
    found: Option<Results>,
}

#[derive(Template)]
#[template(path = "records/results.html")]
struct ResultsPart {
    page: Frame,
    found: Results,
}

/// `GET /customer-users/search`, `GET /customers/search`.
pub async fn show(ctx: Ctx, Query(query): Query, screen: Screen) -> Outcome {
    let sources = ctx.directory.sources(screen.kind);
    let criteria = Criteria::parse(&query, &fields::searchable_names(&sources), ctx.page_size());
    let page = ctx
        .frame(ctx.t("records-detail-search"))
        .crumb(&screen.list(), ctx.t(&screen.text("title")));
    let path = screen.detail_search();
    if criteria.fields.is_empty() {
        let conditions = conditions(&page, &sources, &criteria);
        return ctx.render(&DetailSearchPage {
            action: page.url(&path),
            page,
            conditions,
            found: None,
        });
    }
    let (status, found) = list::find(&ctx, &page, screen, &sources, &criteria, &path).await?;
    if ctx.wants(FRAGMENT) {
        return ctx.render_with(status, &ResultsPart { page, found });
    }
    let conditions = conditions(&page, &sources, &criteria);
    ctx.render_with(
        status,
        &DetailSearchPage {
            action: page.url(&path),
            page,
            conditions,
            found: Some(found),
        },
    )
}

fn conditions(page: &Frame, sources: &[SourceInfo], criteria: &Criteria) -> Vec<Condition> {
    let condition = |shape: &kartoteka_directory::FieldShape| {
        let name = shape.field.name.as_str();
        let asked = criteria.values(name);
        let mut choices: Vec<Choice> = if fields::is_validity(name) {
            validities(page, "")
        } else {
            let selections = fields::selections(sources, name);
            let choice = |(value, label): (String, String)| Choice {
                label: if label.is_empty() {
                    value.clone()
                } else {
                    page.label(&label)
                },
                value,
                selected: false,
            };
            selections
                .into_iter()
                .map(choice)
                .filter(|choice| !choice.value.is_empty())
                .collect()
        };
        for choice in &mut choices {
            choice.selected = asked.contains(&choice.value);
        }
        Condition {
            name: name.to_owned(),
            label: fields::label(page, sources, name),
            value: asked.first().cloned().unwrap_or_default(),
            choices,
        }
    };
    fields::searchable(sources)
        .into_iter()
        .map(condition)
        .collect()
}
