//! Many saves at once, and saves while somebody else is in the way.

mod at_once;
mod clocks;
mod in_the_way;
mod own_password;
mod read_only;
