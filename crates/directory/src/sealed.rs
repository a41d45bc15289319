//! Nothing of secrets (`kartoteka_passwords::seal`): plans between their check and their application: whoever has one can read it, and nobody outside can alter it.

use std::ops::Deref;

/// What was authorised, validated and worked out. What it says can be read by everybody; it is made and taken apart
/// by the directory and its rooms alone, so that what is applied is what was checked.
#[derive(Debug, Clone)]
pub struct Sealed<T>(T);

impl<T> Sealed<T> {
    pub(crate) fn new(plan: T) -> Self {
        Self(plan)
    }

    /// What the plan says, to be done.
    pub(crate) fn open(self) -> T {
        self.0
    }
}

impl<T> Deref for Sealed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
