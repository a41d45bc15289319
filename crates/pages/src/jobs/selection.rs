//! Whom a job is for, as the list of customer users hands it over: the ticked ones, or all that its search finds.

use kartoteka_directory::{Kind, Search};
use kartoteka_jobs::{Jobs, Selection};

use crate::context::Ctx;
use crate::failure::Failure;
use crate::input::Pairs;
use crate::records::{CUSTOMER_USERS, Criteria, searchable};

/// What was selected in the list.
pub struct Selected {
    /// The address of the list says what it searches for.
    pub query: String,
    pub criteria: Criteria,
    /// All that are found; otherwise only the ticked ones.
    pub all: bool,
    pub logins: Vec<String>,
}

impl Selected {
    /// Reads a form: `query` is that of the list, `whom` says whether all are meant, `login` are the ticked ones.
    pub fn read(ctx: &Ctx, form: &Pairs) -> Self {
        let query = form.get("query").to_owned();
        let pairs = Pairs::parse(query.as_bytes()).unwrap_or_default();
        let criteria = Criteria::parse(
            &pairs,
            &searchable(ctx, Kind::CustomerUser),
            ctx.page_size(),
        );
        Self {
            query,
            criteria,
            all: form.get("whom") == "all",
            logins: form.all("login").map(str::to_owned).collect(),
        }
    }

    /// Nobody was ticked.
    pub fn is_nobody(&self) -> bool {
        !self.all && self.logins.is_empty()
    }

    /// The search of the list.
    pub fn search(&self, ctx: &Ctx) -> Search {
        let sources = ctx.directory.sources(Kind::CustomerUser);
        Search {
            order: Vec::new(),
            offset: 0,
            ..self.criteria.search(&sources)
        }
    }

    /// Whom the job is for.
    pub fn selection(&self, ctx: &Ctx) -> Selection {
        match self.all {
            true => Selection::Search(Box::new(self.search(ctx))),
            false => Selection::Logins(self.logins.clone()),
        }
    }

    /// How many they are.
    pub async fn count(&self, ctx: &Ctx) -> Result<u64, Failure> {
        match self.all {
            true => {
                let search = self.search(ctx);
                Ok(Jobs::of(&ctx.directory)
                    .count_found(&ctx.actor, &search)
                    .await?)
            }
            false => Ok(self.logins.len() as u64),
        }
    }

    /// Where people were selected: their list, or the page of one of them.
    pub fn list(&self, ctx: &Ctx) -> String {
        if let ([one], "") = (self.logins.as_slice(), self.query.as_str()) {
            return ctx.url(&CUSTOMER_USERS.record(one));
        }
        ctx.url(&self.criteria.address(&CUSTOMER_USERS.list()))
    }
}
