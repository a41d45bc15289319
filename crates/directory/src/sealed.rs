//! Plans between their check and their application: whoever has one can read it, and nobody outside can alter it.

use std::ops::Deref;

/// What was authorised, validated and worked out. What it says can be read by everybody; it is made and taken apart
/// here alone, so that what is applied is what was checked.
///
/// ```
/// fn read(plan: &kartoteka_directory::Plan) -> bool {
///     plan.errors.is_empty()
/// }
/// ```
///
/// ```compile_fail
/// fn alter(plan: &mut kartoteka_directory::Plan) {
///     plan.errors.clear();
/// }
/// ```
///
/// ```compile_fail
/// fn alter(plan: &mut kartoteka_directory::RelationPlan) {
///     plan.changes.clear();
/// }
/// ```
///
/// ```compile_fail
/// fn make(said: kartoteka_directory::RecordPlan) -> kartoteka_directory::Plan {
///     kartoteka_directory::Sealed::new(said)
/// }
/// ```
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

    /// For what is worked out later, such as a password that is to be generated.
    pub(crate) fn alter(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> Deref for Sealed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
