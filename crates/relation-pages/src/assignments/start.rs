//! Where a person, a customer or a service is chosen whose relations are looked at or changed.

use askama::Template;
use kartoteka_access::AssignmentSide;
use kartoteka_directory::Kind;

use crate::choices::{Choices, choices};
use crate::context::{Ctx, Outcome};
use crate::frame::Frame;
use crate::input::Query;
use kartoteka_frame::assignments;

/// Which relations.
#[derive(Debug, Clone, Copy)]
pub enum Relations {
    /// People and the customers whose tickets they may see.
    Customers,
    /// People and the services that they may ask for.
    Services,
}

impl Relations {
    /// The page's own path, also the beginning of its text keys.
    fn path(self) -> &'static str {
        match self {
            Self::Customers => "/relations/customers",
            Self::Services => "/relations/services",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Services => "services",
        }
    }

    /// What is on the other side.
    fn other(self) -> Kind {
        match self {
            Self::Customers => Kind::Customer,
            Self::Services => Kind::Service,
        }
    }

    /// The page on which those of a record are ticked.
    fn ticked(self, kind: Kind, key: &str) -> String {
        let key = key.to_owned();
        assignments::path(&match (self, kind) {
            (Self::Customers, Kind::Customer) => AssignmentSide::PeopleOf(key),
            (Self::Customers, _) => AssignmentSide::CustomersOf(key),
            (Self::Services, Kind::Service) => AssignmentSide::PeopleWith(key),
            (Self::Services, _) => AssignmentSide::ServicesOf(key),
        })
    }
}

#[derive(Template)]
#[template(path = "assignments/start.html")]
struct StartPage {
    page: Frame,
    /// The word in the texts' keys.
    word: &'static str,
    action: String,
    search: String,
    people: Choices,
    others: Choices,
}

impl StartPage {
    /// What the page says of these relations.
    fn text(&self, part: &str) -> String {
        self.page.t(&format!("relations-{}-{part}", self.word))
    }
}

/// `GET /relations/customers?search=…`, `GET /relations/services?search=…`.
pub async fn show(ctx: Ctx, Query(query): Query, relations: Relations) -> Outcome {
    let search = query.get("search").trim().to_owned();
    let word = relations.word();
    let mut page = ctx
        .frame(ctx.t(&format!("nav-relations-{word}")))
        .group(ctx.t("nav-group-relations"));
    if matches!(relations, Relations::Services) {
        let title = ctx.t("ties-default-services-title");
        page = page.action("/default-services", title, None);
    }
    let ticked = |kind: Kind, key: &str| relations.ticked(kind, key);
    let people = choices(&ctx, &page, Kind::CustomerUser, &search, &ticked).await?;
    let others = choices(&ctx, &page, relations.other(), &search, &ticked).await?;
    ctx.render(&StartPage {
        action: page.url(relations.path()),
        word,
        search,
        people,
        others,
        page,
    })
}
