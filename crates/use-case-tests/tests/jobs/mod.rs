//! Jobs on three engines: they do exactly what their preview said, once, whoever works on them and whatever breaks.

pub mod crowd;
mod fields;
mod kept;
mod limits;
mod preview;
mod templates;
mod undo;
mod workers;
