//! Perl data read without Perl: files that assign hashes, lists and texts to the keys of one object, as in
//! `$Self->{Name} = { … };`.
//!
//! A [`Reader`] takes files one after the other, each laid over what was read before, and gives [`Value`]s that know
//! their place. Code that says more than data (conditions, loops, calls) is named by a [`Note`] and passed over; nothing
//! is run. Whatever the bytes, reading ends in linear time, within the bounds of [`Limits`], without a panic.

mod array;
mod assign;
mod calculate;
mod evaluate;
mod excerpt;
mod export;
mod expression;
mod file;
mod heap;
mod interpolation;
mod lexer;
mod note;
mod number;
mod parser;
mod quoted;
mod reader;
mod recovery;
mod statement;
mod syntax;
mod token;
mod value;

pub use file::{At, Place};
pub use note::{Note, NoteKind};
pub use reader::{Dialect, Limits, Reader};
pub use value::{Data, Entry, Value};
