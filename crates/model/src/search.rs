//! The search language: text in, [`Condition`](crate::Condition) out.
