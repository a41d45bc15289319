//! The list of agents.

use askama::Template;
use kartoteka_directory::Agent;
use kartoteka_login::{Lock, Logins};

use crate::context::{Ctx, Outcome};
use crate::frame::{Flash, Frame};
use crate::input::Form;

#[derive(Template)]
#[template(path = "agents/list.html")]
struct AgentsPage {
    page: Frame,
    agents: Vec<Agent>,
    locks: Vec<Lock>,
}

pub(super) async fn list(ctx: Ctx) -> Outcome {
    let agents = ctx.directory.agents(&ctx.actor).await?;
    let locks = Logins::of(&ctx.directory).locks(&ctx.actor).await?;
    let page = ctx
        .frame(ctx.t("agents-title"))
        .group(ctx.t("nav-group-people"))
        .action("/agents/new", ctx.t("agents-add"), Some("n"));
    ctx.render(&AgentsPage {
        page,
        agents,
        locks,
    })
}

/// Lets a login, or a network, try again at once.
pub(super) async fn unlock(ctx: Ctx, form: Form) -> Outcome {
    let (login, network) = (form.get("login"), form.get("network"));
    let name = match login.is_empty() {
        true => network,
        false => login,
    };
    match login.is_empty() {
        true => {
            Logins::of(&ctx.directory)
                .unlock_network(&ctx.actor, network)
                .await?
        }
        false => {
            Logins::of(&ctx.directory)
                .unlock_login(&ctx.actor, login)
                .await?
        }
    };
    ctx.redirect_with("/agents", Flash::new("flash-unlocked").with("name", name))
}
