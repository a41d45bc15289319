//! Made-up people.

use std::collections::HashMap;

use kartoteka_model::Record;

use crate::ascii;
use crate::chance::Chance;
use crate::customers::Employer;
use crate::names;
use crate::places::Language;

const KIND: u64 = 2;

const COMMENTS: &[&str] = &[
    "Urlop macierzyński do odwołania",
    "Vertretung: Empfang",
    "Works from home on Fridays",
    "Dzwonić po 10:00",
    "VIP",
    "Bitte nur per E-Mail",
    "Left-handed mouse, second monitor",
    "Administrator lokalny",
];

/// Iterates people. It remembers how often each login was wished for, so its memory grows with the
/// number of different names.
#[derive(Debug, Clone)]
pub struct People {
    next: u64,
    end: u64,
    customers: u64,
    seed: u64,
    logins: HashMap<u64, u32>,
}

impl People {
    pub(crate) fn new(end: u64, customers: u64, seed: u64) -> Self {
        Self {
            next: 0,
            end,
            customers,
            seed,
            logins: HashMap::new(),
        }
    }

    /// The customer of a person: every tenth is at one of the larger ones.
    fn employer(&self, index: u64, chance: &mut Chance) -> Employer {
        let number = if index < self.customers {
            index
        } else if chance.percent(10) {
            chance.below(self.customers.div_ceil(20))
        } else {
            chance.below(self.customers)
        };
        Employer::new(self.seed, number)
    }

    /// A login that nobody before has: `anna.nowak`, then `anna.nowak2`.
    fn login(&mut self, person: &names::Name, first: &str, last: &str) -> String {
        let mut login = String::with_capacity(24);
        ascii::push(&mut login, first);
        login.push('.');
        ascii::push(&mut login, last);
        let wished = self.logins.entry(person.number).or_insert(0);
        *wished += 1;
        if *wished > 1 {
            login.push_str(&wished.to_string());
        }
        login
    }

    fn person(&mut self, index: u64) -> Record {
        let mut chance = Chance::new(self.seed, KIND, index);
        let chance = &mut chance;
        let employer = self.employer(index, chance);
        // A few work abroad.
        let language = if chance.percent(8) {
            Language::of(chance.below(10))
        } else {
            employer.language
        };
        let name = names::pick(language, chance);
        let last = name.last();
        let login = self.login(&name, name.first, &last);
        let mut email = String::with_capacity(login.len() + employer.domain.len() + 1);
        email.push_str(&login);
        email.push('@');
        email.push_str(&employer.domain);

        let mut record = Record::default();
        if chance.percent(15) {
            record.set("UserTitle", names::title(language, name.woman, chance));
        }
        record.set("UserFirstname", name.first);
        record.set("UserLastname", last);
        record.set("UserLogin", login);
        record.set("UserEmail", email);
        record.set("UserPhone", employer.language.phone(employer.town, chance));
        if chance.percent(8) {
            record.set("UserFax", employer.language.phone(employer.town, chance));
        }
        if chance.percent(60) {
            record.set("UserMobile", language.mobile(chance));
        }
        if chance.percent(70) {
            record.set("UserStreet", employer.language.street(chance));
            record.set(
                "UserZip",
                employer.language.post_code(employer.town, chance),
            );
        }
        record.set("UserCity", employer.town.name);
        record.set("UserCountry", employer.language.country());
        if chance.percent(6) {
            record.set("UserComment", chance.pick(COMMENTS));
        }
        record.set("UserCustomerID", employer.id);
        let validity = match chance.below(100) {
            0..=3 => "2",
            4 => "3",
            _ => "1",
        };
        record.set("ValidID", validity);
        record
    }
}

impl Iterator for People {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        if self.next >= self.end {
            return None;
        }
        let index = self.next;
        self.next += 1;
        Some(self.person(index))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = (self.end - self.next) as usize;
        (left, Some(left))
    }
}

impl ExactSizeIterator for People {}
