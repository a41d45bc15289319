//! A small directory with a clock of its own, and the rules read naively from the tables.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use kartoteka_access::Access;
use kartoteka_directory::{Actor, Clock, Fields, Kind};
use kartoteka_model::access::{AccessSettings, Context};
use kartoteka_model::text::lower;
use kartoteka_records::Records;
use kartoteka_store::Engine as Dialect;
use kartoteka_test_desk::{Begin, Desk, TestClock};
use kartoteka_testbed::Engine;

/// What everybody has: login to group and permission.
pub type Picture = BTreeMap<String, BTreeSet<(String, String)>>;

/// Who had what, by the names of now: group, permission, login.
pub type Present = BTreeSet<(String, String, String)>;

/// What customers have: customer, context, group, permission.
pub type Customers = BTreeSet<(String, &'static str, String, String)>;

pub struct World(Desk);

impl Deref for World {
    type Target = Desk;

    fn deref(&self) -> &Desk {
        &self.0
    }
}

pub const PERMISSIONS: [&str; 4] = ["ro", "create", "note", "rw"];

impl World {
    /// Customers, people, groups and services, and nothing given.
    pub async fn on(engine: Engine) -> Self {
        let clock = TestClock::standing_at(1_750_000_000_000);
        let desk = Desk::begun(engine, clock, Begin::default(), |settings| {
            settings.groups.customer_group_support = true;
            settings.groups.other_customers = true;
            settings.groups.permissions = PERMISSIONS.map(str::to_owned).to_vec();
        });
        let world = Self(desk.await);
        world.directory.wait_for_index().await.unwrap();
        for id in ["ACME", "CHILD", "Łódź-1", "old"] {
            let fields = [("CustomerID", id), ("CustomerCompanyName", id)];
            world.create(Kind::Customer, &fields).await;
        }
        let people = [
            ("anna", "ACME"),
            ("BERTA", "ACME"),
            ("celina", "CHILD"),
            ("dorota", "Łódź-1"),
            ("ewa", "old"),
            ("łucja", "ACME"),
        ];
        for (login, customer) in people {
            let email = format!("{}@acme-lab.org", kartoteka_model::text::fold(login));
            let fields = [
                ("UserLogin", login),
                ("UserFirstname", "A"),
                ("UserLastname", login),
                ("UserEmail", email.as_str()),
                ("UserCustomerID", customer),
            ];
            world.create(Kind::CustomerUser, &fields).await;
        }
        for name in ["support", "sales", "vip"] {
            world.create(Kind::Group, &[("Name", name)]).await;
        }
        for name in ["Mail", "Network", "Default"] {
            world.create(Kind::Service, &[("Name", name)]).await;
        }
        world
    }

    pub fn actor() -> Actor {
        Actor::operator()
    }

    pub async fn create(&self, kind: Kind, fields: &[(&str, &str)]) {
        self.0.create(kind, fields).await.unwrap();
    }

    pub async fn update(&self, kind: Kind, key: &str, fields: Fields) -> Option<String> {
        let plan = Records::of(&self.directory)
            .plan_update(&Self::actor(), kind, key, fields, None)
            .await
            .unwrap();
        if !plan.errors.is_empty() {
            return None;
        }
        Some(Records::of(&self.directory).apply(plan).await.unwrap().key)
    }

    /// Time goes on by a second; says what it is now.
    pub fn tick(&self) -> i64 {
        self.clock.wait(1);
        self.clock.now_ms()
    }

    async fn rows(&self, sql: &str) -> Vec<Vec<String>> {
        let rows = self.db.fetch(sql, &[]).await.unwrap();
        let texts = rows
            .iter()
            .map(|row| row.0.iter().map(|one| one.clone().unwrap_or_default()));
        texts.map(Iterator::collect).collect()
    }

    fn text(&self, column: &str) -> String {
        match self.db.engine() {
            Dialect::MySql => format!("CAST({column} AS CHAR)"),
            _ => format!("CAST({column} AS TEXT)"),
        }
    }

    pub async fn logins(&self) -> Vec<String> {
        let rows = self.rows("SELECT login FROM customer_user ORDER BY login");
        rows.await.into_iter().flatten().collect()
    }

    /// What everybody has, as the engine says of each person.
    pub async fn picture(&self) -> Picture {
        let mut picture = Picture::new();
        for login in self.logins().await {
            let access = Access::of(&self.directory)
                .permissions_of(&Self::actor(), &login)
                .await
                .unwrap();
            let mut held = BTreeSet::new();
            for permission in PERMISSIONS {
                let groups = access.effective.groups_with(permission);
                held.extend(groups.map(|group| (group.name.clone(), permission.to_owned())));
            }
            picture.insert(login, held);
        }
        picture
    }

    /// The same, asked from the other end: who has what in each group.
    pub async fn picture_by_group(&self) -> Picture {
        let mut picture: Picture = self
            .logins()
            .await
            .into_iter()
            .map(|login| (login, BTreeSet::new()))
            .collect();
        for group in Access::of(&self.directory)
            .all_groups(&Self::actor())
            .await
            .unwrap()
        {
            for permission in PERMISSIONS {
                let mut after = None;
                let mut found = vec![];
                loop {
                    let page = Access::of(&self.directory)
                        .holders(&Self::actor(), &group.name, permission, after.as_deref(), 2)
                        .await
                        .unwrap();
                    for holder in page.holders {
                        assert!(!holder.reasons.is_empty());
                        let held = picture.get_mut(&holder.login).unwrap();
                        assert!(held.insert((group.name.clone(), permission.to_owned())));
                        found.push(holder.login);
                    }
                    after = page.next;
                    if after.is_none() {
                        break;
                    }
                }
                let counted = Access::of(&self.directory)
                    .count_holders(&Self::actor(), &group.name, permission)
                    .await
                    .unwrap();
                let count = found.len() as u64;
                assert_eq!(counted, count, "{} {permission}: {found:?}", group.name);
            }
        }
        picture
    }

    /// The same at a past moment: by the names of then, without those who had nothing; and by the names of now.
    pub async fn past_picture_by_group(&self, at: i64) -> (Picture, Present) {
        let (mut picture, mut present) = (Picture::new(), Present::new());
        let actor = Self::actor();
        for group in Access::of(&self.directory)
            .all_groups(&actor)
            .await
            .unwrap()
        {
            for permission in PERMISSIONS {
                let mut after = None;
                let mut found = 0;
                loop {
                    let asked = (after.as_deref(), 2);
                    let page = Access::of(&self.directory)
                        .holders_as_of(&actor, &group.name, permission, at, asked)
                        .await
                        .unwrap();
                    for holder in page.holders {
                        assert!(!holder.reasons.is_empty(), "{holder:?}");
                        let name = page.group.as_ref().unwrap().name.clone();
                        let held = picture.entry(holder.login_then).or_default();
                        held.insert((name, permission.to_owned()));
                        let held = (group.name.clone(), permission.to_owned(), holder.login);
                        assert!(present.insert(held), "nobody stands twice");
                        found += 1;
                    }
                    after = page.next;
                    if after.is_none() {
                        assert_eq!(page.total, found, "{} {permission}", group.name);
                        break;
                    }
                }
            }
        }
        (picture, present)
    }

    /// What people gained (true) and lost between two moments, by the names of now.
    pub async fn differences(
        &self,
        moments: (i64, i64),
    ) -> BTreeSet<((String, String, String), bool)> {
        let mut all = BTreeSet::new();
        let actor = Self::actor();
        for group in Access::of(&self.directory)
            .all_groups(&actor)
            .await
            .unwrap()
        {
            for permission in PERMISSIONS {
                let mut after = None;
                let (mut gained, mut lost) = (0, 0);
                loop {
                    let asked = (after.as_deref(), 2);
                    let page = Access::of(&self.directory)
                        .holders_between(&actor, &group.name, permission, moments, asked)
                        .await
                        .unwrap();
                    for one in page.people {
                        assert!(!one.reasons.is_empty(), "{one:?}");
                        match one.gained {
                            true => gained += 1,
                            false => lost += 1,
                        }
                        let held = (group.name.clone(), permission.to_owned(), one.login);
                        assert!(all.insert((held, one.gained)), "nobody stands twice");
                    }
                    after = page.next;
                    if after.is_none() {
                        assert_eq!((page.gained, page.lost), (gained, lost));
                        break;
                    }
                }
            }
        }
        all
    }

    async fn customer_ids(&self) -> Vec<String> {
        let rows = self.rows("SELECT customer_id FROM customer_company");
        rows.await.into_iter().flatten().collect()
    }

    /// What customers have, or had at a moment.
    pub async fn customers(&self, at: Option<i64>) -> Customers {
        let mut all = Customers::new();
        for id in self.customer_ids().await {
            let actor = Self::actor();
            let access = match at {
                Some(at) => {
                    let then =
                        Access::of(&self.directory).customer_permissions_as_of(&actor, &id, at);
                    then.await.unwrap()
                }
                None => {
                    let now = Access::of(&self.directory).customer_permissions_of(&actor, &id);
                    now.await.unwrap()
                }
            };
            for (context, effective) in &access.effective {
                for permission in PERMISSIONS {
                    all.extend(effective.groups_with(permission).map(|group| {
                        let (customer, group) = (access.customer.clone(), group.name.clone());
                        (customer, context.name(), group, permission.to_owned())
                    }));
                }
            }
        }
        all
    }

    /// The same at a past moment, asked from the other end.
    pub async fn past_customers_by_group(&self, at: i64) -> Customers {
        let mut all = Customers::new();
        let actor = Self::actor();
        for group in Access::of(&self.directory)
            .all_groups(&actor)
            .await
            .unwrap()
        {
            for (permission, context) in PERMISSIONS
                .into_iter()
                .flat_map(|permission| Context::ALL.map(|context| (permission, context)))
            {
                let mut after = None;
                let mut found = 0;
                loop {
                    let asked = (after.as_deref(), 2);
                    let what = (permission, context);
                    let page = Access::of(&self.directory)
                        .customer_holders_as_of(&actor, &group.name, what, at, asked)
                        .await
                        .unwrap();
                    for holder in page.holders {
                        assert!(!holder.reasons.is_empty(), "{holder:?}");
                        let group = page.group.as_ref().unwrap().name.clone();
                        let customer = holder.customer_then;
                        let permission = permission.to_owned();
                        assert!(all.insert((customer, context.name(), group, permission)));
                        found += 1;
                    }
                    after = page.next;
                    if after.is_none() {
                        assert_eq!(page.total, found);
                        break;
                    }
                }
            }
        }
        all
    }

    /// Whether there is a valid customer of this ID.
    pub async fn is_valid(&self, customer: &str) -> bool {
        let access = Access::of(&self.directory)
            .customer_permissions_of(&Self::actor(), customer)
            .await;
        access.is_ok_and(|access| access.facts.valid)
    }

    /// The rules D06 and D13, read naively from whole tables.
    pub async fn reference(&self, settings: &AccessSettings) -> Picture {
        let (valid, group, value) = (
            self.text("valid_id"),
            self.text("group_id"),
            self.text("permission_value"),
        );
        let people = self
            .rows(&format!(
                "SELECT login, customer_id, {valid} FROM customer_user"
            ))
            .await;
        let customers = self
            .rows(&format!(
                "SELECT customer_id, {valid} FROM customer_company"
            ))
            .await;
        let further = self
            .rows("SELECT user_id, customer_id FROM customer_user_customer")
            .await;
        let groups = self
            .rows(&format!(
                "SELECT {}, name, {valid} FROM groups_table",
                self.text("id")
            ))
            .await;
        let direct = self
            .rows(&format!(
                "SELECT user_id, {group}, permission_key, {value} FROM group_customer_user"
            ))
            .await;
        let via = self
            .rows(&format!(
                "SELECT customer_id, {group}, permission_key, {value}, permission_context FROM group_customer"
            ))
            .await;
        let mut picture = Picture::new();
        for person in &people {
            let held = picture.entry(person[0].clone()).or_default();
            let login = lower(&person[0]);
            let ids: BTreeSet<String> = further
                .iter()
                .filter(|row| lower(&row[0]) == login)
                .map(|row| lower(&row[1]))
                .chain([lower(&person[1])])
                .collect();
            let ids: Vec<&String> = ids
                .iter()
                .filter(|id| {
                    customers
                        .iter()
                        .any(|row| lower(&row[0]) == **id && row[1] == "1")
                })
                .collect();
            for group in groups
                .iter()
                .filter(|group| group[2] == "1" && person[2] == "1")
            {
                for permission in PERMISSIONS {
                    let enough = |row: &Vec<String>| {
                        row[1] == group[0]
                            && (row[2] == permission || row[2] == "rw")
                            && row[3] == "1"
                    };
                    let has = !settings.customer_group_support
                        || settings.always_groups.contains(&group[1])
                        || settings.company_always_groups.contains(&group[1]) && !ids.is_empty()
                        || direct
                            .iter()
                            .any(|row| lower(&row[0]) == login && enough(row))
                        || via.iter().any(|row| {
                            ids.contains(&&lower(&row[0]))
                                && enough(row)
                                && row[4] == "Ticket::CustomerID::Same"
                        });
                    if has {
                        held.insert((group[1].clone(), permission.to_owned()));
                    }
                }
            }
        }
        picture
    }
}
