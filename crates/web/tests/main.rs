//! The doors from outside, in one program: it links faster than many.

mod api;
mod pages;
mod race;
mod served;
mod shell;
mod staff;
