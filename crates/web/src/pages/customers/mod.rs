//! Pages of customers: see [`records`](crate::pages::records).

use axum::Router;

use crate::pages::records::{self, CUSTOMERS};
use crate::state::Site;

/// The pages' routes.
pub fn routes() -> Router<Site> {
    records::routes(CUSTOMERS)
}
