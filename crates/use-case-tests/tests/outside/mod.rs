//! What OTOBO and administrators write to the sources is found, and what they take away is gone: with the loop that
//! looks for it running.

mod made;
mod missed;
mod processes;
mod renamed;
mod shown;
mod swept;
mod world;
