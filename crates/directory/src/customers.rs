//! Which customers a person belongs to.

use crate::{Actor, Directory, Result};

impl Directory {
    /// The IDs of a person's customers: those in a mapped column, the primary one, then further ones (OTOBO's
    /// `CustomerIDs`). Role: reader.
    pub async fn customer_ids(&self, actor: &Actor, login: &str) -> Result<Vec<String>> {
        let _ = (actor, login);
        todo!()
    }

    /// Adds or removes a further customer of a person (OTOBO's `CustomerUserCustomerMemberAdd`). Role: editor.
    pub async fn relate_customer(&self, actor: &Actor, login: &str, customer: &str, active: bool) -> Result<()> {
        let _ = (actor, login, customer, active);
        todo!()
    }

    /// Further customers of a person by ID (OTOBO's `CustomerUserCustomerMemberList`). Role: reader.
    pub async fn further_customers(&self, actor: &Actor, login: &str) -> Result<Vec<String>> {
        let _ = (actor, login);
        todo!()
    }

    /// People who have this as a further customer, by login. Role: reader.
    pub async fn further_people(&self, actor: &Actor, customer: &str) -> Result<Vec<String>> {
        let _ = (actor, customer);
        todo!()
    }

    /// All primary customer IDs that people use, folded order (OTOBO's `CustomerIDList`). Role: reader.
    pub async fn customer_ids_in_use(&self, actor: &Actor, term: Option<&str>, valid_only: bool) -> Result<Vec<String>> {
        let _ = (actor, term, valid_only);
        todo!()
    }
}
