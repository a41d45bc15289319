//! Where the record of a form is by now: it may have got another key, or vanished, while the form was open.

use kartoteka_directory::Kind;
use kartoteka_model::text::same_key;

use crate::context::Ctx;
use crate::failure::Failure;
use crate::input::Pairs;

/// The journal's latest entry when the form was made. What was renamed since is found under its new key, even when
/// somebody else has the old one now.
pub const SEEN: &str = "_seen";

/// Where a record is.
pub enum FormRecord {
    Here,
    /// It has this key now.
    Moved(String),
    Gone,
}

/// Looks for the record that a form was made for.
pub async fn find_form_record(
    ctx: &Ctx,
    kind: Kind,
    key: &str,
    form: &Pairs,
) -> Result<FormRecord, Failure> {
    let since = |position: i64| ctx.directory.key_since(&ctx.actor, kind, key, position);
    let found = match form.number(SEEN) {
        Some(position) => since(position).await?,
        // A form that does not say when it was made means the record of this key, if there is one.
        None => match since(i64::MAX).await? {
            Some(found) => Some(found),
            None => since(0).await?,
        },
    };
    let is_same = |found: &str| match kind {
        Kind::Group | Kind::Service => found == key,
        _ => same_key(found, key),
    };
    Ok(match found {
        None => FormRecord::Gone,
        Some(found) if is_same(&found) => FormRecord::Here,
        Some(found) => FormRecord::Moved(found),
    })
}
