//! What the matrices of permissions and the lists of customers and services have in common: the preview of what saving
//! would do, and what becomes of a form whose record got another key or vanished while it was open.

mod effects;
mod lost;
mod moved_record;
mod preview;

pub use effects::EffectLine;
pub use lost::lost;
pub use moved_record::{FormRecord, SEEN, find_form_record};
pub use preview::{ChangeLine, Preview};
