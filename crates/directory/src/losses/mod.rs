//! What sources lose: nobody is dropped because a source answered with a half, with nothing, or not with somebody once.
//!
//! It holds for sources that are only read and not in the home database ([`SourceHandle::is_guarded`]). Their records leave
//! the index, or become invalid in it in numbers, only when all of such a source was compared with it ([`look`]) and no more
//! is lost than its `LossLimit` allows ([`limit`]). Otherwise it is held ([`judge`]): it counts as a source that does not
//! answer, what was known of it speaks, and an admin is asked ([`decide`]). Those of whom a source tells itself that it
//! removed them go at once, as far as so many may ([`told`]). Who is gone is kept as [`missing`].

pub(crate) mod decide;
mod doubt;
pub(crate) mod judge;
mod limit;
mod look;
mod made;
pub(crate) mod missing;
mod renamed;
pub(crate) mod state;
pub(crate) mod tally;
mod told;
