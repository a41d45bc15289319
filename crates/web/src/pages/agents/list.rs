//! The list of agents.

use askama::Template;
use kartoteka_directory::Agent;

use crate::context::{Ctx, Outcome};
use crate::frame::Frame;

#[derive(Template)]
#[template(path = "agents/list.html")]
struct AgentsPage {
    page: Frame,
    agents: Vec<Agent>,
}

pub(super) async fn list(ctx: Ctx) -> Outcome {
    let agents = ctx.directory.agents(&ctx.actor).await?;
    let page = ctx
        .frame(ctx.t("agents-title"))
        .group(ctx.t("nav-group-people"))
        .action("/agents/new", ctx.t("agents-add"), Some("n"));
    ctx.render(&AgentsPage { page, agents })
}
