//! Pages of customers: see [`records`](crate::records).

use axum::Router;

use crate::records::{self, CUSTOMERS};
use crate::state::Site;

/// The pages' routes.
pub fn routes() -> Router<Site> {
    records::routes(CUSTOMERS)
}
