//! The second source: a file of partners.

use std::path::Path;

use kartoteka_directory::{Actor, Error, Result};
use kartoteka_settings::Document;
use kartoteka_source_setup::{SetupStep, SetupWish, SourceSetup};
use serde_json::json;

use crate::Story;
use crate::cast::PARTNERS;

impl Story<'_> {
    /// A second source: a file of partners.
    pub(crate) async fn partners(&self, data: &Path) -> Result<()> {
        self.clock.go_to(0, 0, 0);
        let mut file = String::from("login,first_name,last_name,email,customer_id,phone\n");
        for (number, (first, last, login)) in PARTNERS.iter().enumerate() {
            let customer = self.customer(number);
            file.push_str(&format!(
                "{login},{first},{last},{login}@partners.example,{customer},\n"
            ));
        }
        // Where files of sources that are set up while it runs have to be.
        let folder = data.join("sources");
        std::fs::create_dir_all(&folder)
            .and_then(|()| std::fs::write(folder.join("partners.csv"), file))
            .map_err(Error::internal)?;
        let map = [
            ("UserFirstname", "First name", "first_name"),
            ("UserLastname", "Last name", "last_name"),
            ("UserLogin", "Username", "login"),
            ("UserEmail", "E-mail", "email"),
            ("UserCustomerID", "CustomerID", "customer_id"),
            ("UserPhone", "Phone", "phone"),
        ]
        .map(|(name, label, column)| json!([name, label, column, 1, 0, "var", "", 0]));
        let document = json!({
            "Module": "CSV", "Name": "Partners", "Params": {"File": "partners.csv"},
            "CustomerKey": "login", "CustomerID": "customer_id", "CustomerValid": "",
            "CustomerUserListFields": ["first_name", "last_name", "email"],
            "CustomerUserSearchFields": ["login", "first_name", "last_name", "email"],
            "Map": map,
        });
        let document = match document {
            serde_json::Value::Object(members) => Document(members),
            _ => Document::default(),
        };
        let setup = SourceSetup::of(self.directory);
        let wish = SetupWish::of("CustomerUser1", SetupStep::Add(document));
        let plan = setup.plan_setup(&Actor::operator(), wish).await?;
        setup.apply_setup(plan).await.map(|_| ())
    }
}
