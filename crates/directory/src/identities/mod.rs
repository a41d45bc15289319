//! Whose a login is. A source that is only read may give a login to another person: an account is deleted, and a new one made
//! under the same name. What the first one was given is none of the second one's; nobody here can say whether they are one
//! person all the same.
//!
//! It is kept with each login that has anything which identity it was given to ([`names_identity`]). Rows that are read of the
//! source are compared with that ([`found`]): where the identity is another, all that the login had is held back ([`hold`]),
//! out of the tables in which it counts, here and in OTOBO, until an admin says whose it is ([`decide`]) or the identity is
//! back, under whatever login. Docs: decision 018.
//!
//! [`names_identity`]: crate::handle::SourceHandle::names_identity

pub(crate) mod decide;
pub(crate) mod found;
mod hold;
pub(crate) mod known;
mod renumbered;
