//! What a person's form comes to: effective permissions at the bottom of the form, and as the piece of it that scripts ask
//! for when a field changed.

use axum::response::{Html, IntoResponse};
use kartoteka_directory::Fields;

use super::screen::Screen;
use crate::context::{Ctx, Outcome};
use crate::failure::Failure;
use crate::permissions::{Card, draft};

/// The piece that scripts ask for.
pub const FRAGMENT: &str = "permissions";

/// What the values of a form come to; none for kinds without permissions. `login` is that of a stored person.
pub async fn card(
    ctx: &Ctx,
    screen: Screen,
    login: Option<&str>,
    source: &str,
    values: &Fields,
) -> Result<Option<Card>, Failure> {
    match screen.is_people() {
        true => draft(ctx, login, source, values).await,
        false => Ok(None),
    }
}

/// Only that piece.
pub async fn fragment(
    ctx: &Ctx,
    screen: Screen,
    login: Option<&str>,
    source: &str,
    values: &Fields,
) -> Outcome {
    match card(ctx, screen, login, source, values).await? {
        Some(card) => ctx.render(&card),
        None => Ok(Html("").into_response()),
    }
}
