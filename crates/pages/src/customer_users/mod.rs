//! Pages of customer users: see [`records`](crate::records).

use axum::Router;

use crate::records::{self, CUSTOMER_USERS};
use crate::state::Site;

/// The pages' routes.
pub fn routes() -> Router<Site> {
    records::routes(CUSTOMER_USERS)
}
