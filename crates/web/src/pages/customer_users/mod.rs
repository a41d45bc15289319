//! Pages of customer users: see [`records`](crate::pages::records).

use axum::Router;

use crate::pages::records::{self, CUSTOMER_USERS};
use crate::state::Site;

/// The pages' routes.
pub fn routes() -> Router<Site> {
    records::routes(CUSTOMER_USERS)
}
