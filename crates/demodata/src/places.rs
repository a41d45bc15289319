//! Where customers are: towns, streets, telephone numbers.

use crate::chance::Chance;

/// The languages that the made-up people speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Polish,
    German,
    English,
}

/// A town with the beginning of its postal codes and its telephone code.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Town {
    pub(crate) name: &'static str,
    post: &'static str,
    phone: &'static str,
}

const fn town(name: &'static str, post: &'static str, phone: &'static str) -> Town {
    Town { name, post, phone }
}

const POLISH_TOWNS: &[Town] = &[
    town("Warszawa", "00", "22"),
    town("Kraków", "30", "12"),
    town("Wrocław", "50", "71"),
    town("Poznań", "60", "61"),
    town("Gdańsk", "80", "58"),
    town("Łódź", "90", "42"),
    town("Katowice", "40", "32"),
    town("Szczecin", "70", "91"),
    town("Lublin", "20", "81"),
    town("Bydgoszcz", "85", "52"),
    town("Białystok", "15", "85"),
    town("Rzeszów", "35", "17"),
    town("Toruń", "87", "56"),
    town("Zielona Góra", "65", "68"),
    town("Bielsko-Biała", "43", "33"),
    town("Świdnica", "58", "74"),
];

const GERMAN_TOWNS: &[Town] = &[
    town("Berlin", "10", "30"),
    town("München", "80", "89"),
    town("Hamburg", "20", "40"),
    town("Köln", "50", "221"),
    town("Frankfurt am Main", "60", "69"),
    town("Stuttgart", "70", "711"),
    town("Düsseldorf", "40", "211"),
    town("Leipzig", "04", "341"),
    town("Nürnberg", "90", "911"),
    town("Görlitz", "02", "3581"),
    town("Würzburg", "97", "931"),
    town("Straubing", "94", "9421"),
];

const ENGLISH_TOWNS: &[Town] = &[
    town("London", "EC", "20"),
    town("Manchester", "M", "161"),
    town("Bristol", "BS", "117"),
    town("Leeds", "LS", "113"),
    town("Edinburgh", "EH", "131"),
    town("Cardiff", "CF", "29"),
    town("Cambridge", "CB", "1223"),
    town("York", "YO", "1904"),
];

const POLISH_STREETS: &[&str] = &[
    "ul. Długa",
    "ul. Mickiewicza",
    "ul. Słowackiego",
    "ul. Polna",
    "ul. Leśna",
    "ul. Kościuszki",
    "ul. Piłsudskiego",
    "al. Niepodległości",
    "ul. Krótka",
    "ul. Żeromskiego",
    "ul. Sienkiewicza",
    "pl. Wolności",
    "ul. Św. Jana",
    "ul. Ogrodowa",
    "ul. Łąkowa",
    "ul. Źródlana",
];

const GERMAN_STREETS: &[&str] = &[
    "Hauptstraße",
    "Bahnhofstraße",
    "Gartenweg",
    "Schillerstraße",
    "Goethestraße",
    "Lindenallee",
    "Mühlenweg",
    "Kirchplatz",
    "Industriestraße",
    "Am Kanal",
    "Rosengasse",
    "Brückenstraße",
];

const ENGLISH_STREETS: &[&str] = &[
    "High Street",
    "Station Road",
    "Church Lane",
    "Mill Road",
    "Victoria Street",
    "King's Walk",
    "Park Avenue",
    "Bridge Street",
    "The Green",
    "Orchard Close",
];

impl Language {
    /// The language of a record: half are Polish, three tenths German, the rest English.
    pub(crate) fn of(index: u64) -> Self {
        match index % 10 {
            0 | 2 | 4 | 6 | 8 => Self::Polish,
            1 | 5 | 9 => Self::German,
            _ => Self::English,
        }
    }

    pub(crate) fn country(self) -> &'static str {
        match self {
            Self::Polish => "Polska",
            Self::German => "Deutschland",
            Self::English => "United Kingdom",
        }
    }

    pub(crate) fn town(self, chance: &mut Chance) -> Town {
        chance.favour(match self {
            Self::Polish => POLISH_TOWNS,
            Self::German => GERMAN_TOWNS,
            Self::English => ENGLISH_TOWNS,
        })
    }

    pub(crate) fn street(self, chance: &mut Chance) -> String {
        let mut text = String::with_capacity(32);
        let number = 1 + chance.skewed(180);
        match self {
            Self::Polish => text.push_str(chance.pick(POLISH_STREETS)),
            Self::German => text.push_str(chance.pick(GERMAN_STREETS)),
            Self::English => {
                text.push_str(&number.to_string());
                text.push(' ');
                text.push_str(chance.pick(ENGLISH_STREETS));
                return text;
            }
        }
        text.push(' ');
        text.push_str(&number.to_string());
        if self == Self::Polish && chance.percent(35) {
            text.push('/');
            text.push_str(&(1 + chance.below(60)).to_string());
        }
        text
    }

    pub(crate) fn post_code(self, town: Town, chance: &mut Chance) -> String {
        let mut text = String::with_capacity(8);
        text.push_str(town.post);
        match self {
            Self::Polish => {
                text.push('-');
                chance.digits(&mut text, 3);
            }
            Self::German => chance.digits(&mut text, 3),
            Self::English => {
                chance.digits(&mut text, 1);
                text.push(' ');
                chance.digits(&mut text, 1);
                text.push(chance.pick(&['A', 'B', 'D', 'E', 'H', 'N']));
                text.push(chance.pick(&['F', 'L', 'P', 'R', 'T', 'W']));
            }
        }
        text
    }

    pub(crate) fn phone(self, town: Town, chance: &mut Chance) -> String {
        let mut text = String::with_capacity(20);
        text.push_str(match self {
            Self::Polish => "+48 ",
            Self::German => "+49 ",
            Self::English => "+44 ",
        });
        text.push_str(town.phone);
        text.push(' ');
        chance.digits(&mut text, 3);
        text.push(' ');
        chance.digits(&mut text, 2);
        text.push(' ');
        chance.digits(&mut text, 2);
        text
    }

    pub(crate) fn mobile(self, chance: &mut Chance) -> String {
        let mut text = String::with_capacity(20);
        text.push_str(match self {
            Self::Polish => "+48 60",
            Self::German => "+49 17",
            Self::English => "+44 77",
        });
        chance.digits(&mut text, 1);
        text.push(' ');
        chance.digits(&mut text, 3);
        text.push(' ');
        chance.digits(&mut text, 3);
        text
    }
}
