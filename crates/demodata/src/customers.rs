//! Made-up customers.

use kartoteka_model::Record;

use crate::ascii;
use crate::chance::Chance;
use crate::places::{Language, Town};

const KIND: u64 = 1;

const BEGINNINGS: &[&str] = &[
    "Hydro", "Astra", "Baltica", "Vistula", "Nordwest", "Meridian", "Solaris", "Karpat", "Delta",
    "Falken", "Orion", "Silesia", "Kolibri", "Aurora", "Brandt", "Tatra", "Kestrel", "Magnolia",
    "Primus", "Rubin", "Sigma", "Topaz", "Ursus", "Velox", "Wisent", "Zenit", "Lumen", "Perun",
    "Granit", "Albion",
];

const POLISH_ENDS: &[(&str, &str)] = &[
    ("tech", " sp. z o.o."),
    ("bud", " S.A."),
    ("med", " sp. z o.o."),
    ("trans", " sp. j."),
    ("soft", " S.A."),
    ("pol", " sp. z o.o."),
    ("drew", " s.c."),
    ("energia", " S.A."),
];

const GERMAN_ENDS: &[(&str, &str)] = &[
    ("werk", " GmbH"),
    ("bau", " GmbH & Co. KG"),
    ("logistik", " AG"),
    ("technik", " GmbH"),
    ("klinik", " gGmbH"),
    ("handel", " KG"),
    ("glas", " GmbH"),
    ("druck", " OHG"),
];

const ENGLISH_ENDS: &[(&str, &str)] = &[
    ("works", " Ltd"),
    ("labs", " Ltd"),
    ("care", " plc"),
    ("freight", " Ltd"),
    ("foods", " plc"),
    ("systems", " Ltd"),
    ("media", " LLP"),
    ("schools", " Trust"),
];

const COMMENTS: &[&str] = &[
    "Umowa serwisowa 24/7",
    "Wartungsvertrag bis Jahresende",
    "Prefers contact by phone",
    "Faktury wyłącznie elektronicznie",
    "Key account",
];

/// What people need to know of their customer.
pub(crate) struct Employer {
    pub(crate) id: String,
    pub(crate) domain: String,
    pub(crate) language: Language,
    pub(crate) town: Town,
    name: String,
}

impl Employer {
    /// The customer with this number.
    pub(crate) fn new(seed: u64, index: u64) -> Self {
        let language = Language::of(index);
        let ends = match language {
            Language::Polish => POLISH_ENDS,
            Language::German => GERMAN_ENDS,
            Language::English => ENGLISH_ENDS,
        };
        // All combinations of a language in an order without neighbours alike, then again with a number.
        // 97 shares no factor with their number, so none comes twice before all came.
        let combinations = (BEGINNINGS.len() * ends.len()) as u64;
        let place = index / 10 * 5 + index % 10;
        let (round, at) = (place / combinations, place * 97 % combinations);
        let beginning = BEGINNINGS[(at % BEGINNINGS.len() as u64) as usize];
        let (end, form) = ends[(at / BEGINNINGS.len() as u64) as usize];
        let mut id = String::with_capacity(24);
        ascii::push(&mut id, beginning);
        id.push_str(end);
        let mut name = format!("{beginning}{end}");
        if round > 0 {
            let number = (round + 1).to_string();
            id.push_str(&number);
            name.push(' ');
            name.push_str(&number);
        }
        name.push_str(form);
        let town = language.town(&mut Chance::new(seed, KIND, index));
        let mut domain = id.clone();
        domain.push_str("-lab.org");
        Self {
            id,
            domain,
            language,
            town,
            name,
        }
    }

    fn record(self, seed: u64, index: u64) -> Record {
        let mut chance = Chance::new(seed, KIND + 16, index);
        let language = self.language;
        let mut record = Record::default();
        record.set("CustomerCompanyStreet", language.street(&mut chance));
        record.set(
            "CustomerCompanyZIP",
            language.post_code(self.town, &mut chance),
        );
        record.set("CustomerCompanyCity", self.town.name);
        record.set("CustomerCompanyCountry", language.country());
        record.set("CustomerCompanyURL", format!("https://www.{}", self.domain));
        if chance.percent(20) {
            record.set("CustomerCompanyComment", chance.pick(COMMENTS));
        }
        record.set("CustomerCompanyName", self.name);
        record.set("CustomerID", self.id);
        // The first few are valid, so that small directories have a customer to choose.
        record.set(
            "ValidID",
            if index > 5 && chance.percent(5) {
                "2"
            } else {
                "1"
            },
        );
        record
    }
}

/// Iterates customers.
#[derive(Debug, Clone)]
pub struct Customers {
    next: u64,
    end: u64,
    seed: u64,
}

impl Customers {
    pub(crate) fn new(end: u64, seed: u64) -> Self {
        Self { next: 0, end, seed }
    }
}

impl Iterator for Customers {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        if self.next >= self.end {
            return None;
        }
        let index = self.next;
        self.next += 1;
        Some(Employer::new(self.seed, index).record(self.seed, index))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = (self.end - self.next) as usize;
        (left, Some(left))
    }
}

impl ExactSizeIterator for Customers {}
