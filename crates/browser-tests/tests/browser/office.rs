//! A help desk with permissions by group: two customers with a person each, services, and a group. What pages store is
//! asked in REST, another door to the same directory.

use serde_json::{Value, json};

use crate::http;
use crate::program::Program;
use crate::tab::Tab;
use crate::walk::set_up;

/// The program, the browser at its pages, and what is stored.
pub struct Office {
    pub tab: Tab,
    /// Without a slash at the end.
    pub url: String,
    token: String,
    _program: Program,
}

impl Office {
    /// Acme with Ewa, Huta with Jan, the services *IT* and *Biuro*, the group *Wsparcie*; permissions by group are off.
    pub async fn open(tab: &Tab) -> Self {
        let mut program = Program::serve().await;
        let code = program.said("set-up code: ").await;
        set_up(tab, &program.url, code.trim()).await;
        let office = Self {
            tab: tab.clone(),
            url: program.url.clone(),
            token: program.token().await,
            _program: program,
        };
        for (id, name) in [("acme", "Zakłady Acme"), ("huta", "Huta Łódź")] {
            let customer = json!({"CustomerID": id, "CustomerCompanyName": name});
            office.create("customers", customer).await;
        }
        for (login, first, last, customer) in [
            ("ewa", "Ewa", "Wiśniewska", "acme"),
            ("jan", "Jan", "Żak", "huta"),
        ] {
            let person = json!({
                "UserLogin": login, "UserFirstname": first, "UserLastname": last,
                "UserEmail": format!("{login}@acme-lab.org"), "UserCustomerID": customer,
            });
            office.create("customer-users", person).await;
        }
        for name in ["Biuro", "IT"] {
            office.create("services", json!({"Name": name})).await;
        }
        office.create("groups", json!({"Name": "Wsparcie"})).await;
        office
    }

    /// Switches permissions by group on, with permissions for customers in both contexts, as an admin does.
    pub async fn switch_on(&self) {
        self.go("/settings/access").await;
        let tab = &self.tab;
        tab.click("input[name=customer_group_support]").await;
        tab.click("input[name=other_customers]").await;
        tab.click("input[name=permissions][value=create]").await;
        tab.click("button[value=stay]").await;
        tab.shows("#messages", "Zapisano ustawienia").await;
    }

    pub async fn go(&self, path: &str) {
        self.tab.go(&format!("{}{path}", self.url)).await;
    }

    /// What REST answers.
    pub async fn asked(&self, path: &str) -> Value {
        self.rest("GET", path, &Value::Null).await
    }

    pub async fn create(&self, what: &str, record: Value) {
        self.rest("POST", what, &record).await;
    }

    async fn rest(&self, method: &str, path: &str, body: &Value) -> Value {
        let address = self.url.trim_start_matches("http://");
        let path = format!("/api/v1/{path}");
        let (status, answer) = http::send_with(&self.token, address, method, &path, body)
            .await
            .unwrap();
        assert!(status < 300, "{path}: {status} {answer}");
        answer
    }

    /// Gives or takes relations behind the pages' back.
    pub async fn relate(&self, changes: Value) {
        let body = json!({"changes": changes});
        self.rest("POST", "relations", &body).await;
    }

    /// What a person has in a group: permissions, and why, as `ro direct`.
    pub async fn held(&self, login: &str, group: &str) -> Vec<String> {
        let answer = self
            .asked(&format!("customer-users/{login}/permissions"))
            .await;
        reasons(&answer["groups"], group)
    }

    /// What was given to a customer in a group for its own tickets.
    pub async fn given(&self, customer: &str, group: &str) -> Vec<String> {
        let answer = self
            .asked(&format!("customers/{customer}/permissions"))
            .await;
        let contexts = answer["contexts"].as_array().unwrap();
        let same = contexts.iter().find(|one| one["context"] == "same");
        let reasons = reasons(&same.unwrap()["groups"], group);
        let names = reasons.iter().filter_map(|one| one.split(' ').next());
        names.map(str::to_owned).collect()
    }

    /// A list's texts under a name: the customers of a person, the logins of a service.
    pub async fn list(&self, path: &str, name: &str) -> Vec<String> {
        let answer = self.asked(path).await;
        let items = answer["items"].as_array().unwrap();
        let names = items.iter().map(|item| item[name].as_str().unwrap());
        names.map(str::to_owned).collect()
    }

    /// The services that a person was given.
    pub async fn services(&self, login: &str) -> Value {
        let answer = self
            .asked(&format!("customer-users/{login}/services"))
            .await;
        answer["own"].clone()
    }
}

fn reasons(groups: &Value, name: &str) -> Vec<String> {
    let mut groups = groups.as_array().unwrap().iter();
    let found = groups.find(|group| group["group"] == name);
    let reasons = found.and_then(|group| group["reasons"].as_array());
    let reason = |reason: &Value| {
        let text = |key: &str| reason[key].as_str().unwrap_or_default().to_owned();
        format!("{} {}", text("permission"), text("why"))
    };
    reasons.into_iter().flatten().map(reason).collect()
}
