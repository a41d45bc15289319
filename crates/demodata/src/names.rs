//! Names and titles of people.

use std::borrow::Cow;

use crate::chance::Chance;
use crate::places::Language;

/// A name, and a number that only people of this name have.
pub(crate) struct Name {
    pub(crate) first: &'static str,
    pub(crate) woman: bool,
    pub(crate) number: u64,
    last: &'static str,
    second: Option<&'static str>,
}

impl Name {
    /// The last name, a double one with its hyphen.
    pub(crate) fn last(&self) -> Cow<'static, str> {
        match self.second {
            None => Cow::Borrowed(self.last),
            Some(second) => Cow::Owned([self.last, "-", second].concat()),
        }
    }
}

/// Draws a name. Some women have double last names.
pub(crate) fn pick(language: Language, chance: &mut Chance) -> Name {
    let woman = chance.percent(50);
    let (women, men) = first_names(language);
    let firsts = if woman { women } else { men };
    let first = chance.skewed(firsts.len() as u64);
    let count = last_count(language);
    let last = chance.skewed(count);
    let second = (woman && chance.percent(8))
        .then(|| chance.below(count))
        .filter(|second| *second != last);
    let text = |at: u64| last_name(language, woman, at as usize);
    let mut number = language as u64;
    for (part, size) in [
        (u64::from(woman), 2),
        (first, 256),
        (last, 256),
        (second.map_or(0, |at| at + 1), 256),
    ] {
        number = number * size + part;
    }
    Name {
        first: firsts[first as usize],
        woman,
        number,
        last: text(last),
        second: second.map(text),
    }
}

/// A title or salutation.
pub(crate) fn title(language: Language, woman: bool, chance: &mut Chance) -> &'static str {
    match (language, woman) {
        (Language::Polish, true) => chance.pick(&["Pani", "dr", "mgr inż.", "dr hab."]),
        (Language::Polish, false) => chance.pick(&["Pan", "dr", "mgr inż.", "prof."]),
        (Language::German, true) => chance.pick(&["Frau", "Dr.", "Dipl.-Ing.", "Prof. Dr."]),
        (Language::German, false) => chance.pick(&["Herr", "Dr.", "Dipl.-Ing.", "Prof. Dr."]),
        (Language::English, true) => chance.pick(&["Ms", "Mrs", "Dr"]),
        (Language::English, false) => chance.pick(&["Mr", "Dr", "Sir"]),
    }
}

fn first_names(language: Language) -> (&'static [&'static str], &'static [&'static str]) {
    match language {
        Language::Polish => (POLISH_WOMEN, POLISH_MEN),
        Language::German => (GERMAN_WOMEN, GERMAN_MEN),
        Language::English => (ENGLISH_WOMEN, ENGLISH_MEN),
    }
}

fn last_count(language: Language) -> u64 {
    let count = match language {
        Language::Polish => POLISH_LAST.len(),
        Language::German => GERMAN_LAST.len(),
        Language::English => ENGLISH_LAST.len(),
    };
    count as u64
}

fn last_name(language: Language, woman: bool, at: usize) -> &'static str {
    match language {
        Language::Polish if woman => POLISH_LAST[at].1,
        Language::Polish => POLISH_LAST[at].0,
        Language::German => GERMAN_LAST[at],
        Language::English => ENGLISH_LAST[at],
    }
}

const POLISH_WOMEN: &[&str] = &[
    "Anna",
    "Katarzyna",
    "Małgorzata",
    "Agnieszka",
    "Barbara",
    "Ewa",
    "Krystyna",
    "Magdalena",
    "Elżbieta",
    "Joanna",
    "Aleksandra",
    "Zofia",
    "Monika",
    "Teresa",
    "Danuta",
    "Natalia",
    "Julia",
    "Karolina",
    "Marta",
    "Beata",
    "Dorota",
    "Halina",
    "Jadwiga",
    "Janina",
    "Alicja",
    "Jolanta",
    "Grażyna",
    "Iwona",
    "Irena",
    "Paulina",
    "Justyna",
    "Zuzanna",
    "Bożena",
    "Wiktoria",
    "Urszula",
    "Renata",
    "Hanna",
    "Sylwia",
    "Świetlana",
    "Żaneta",
    "Łucja",
    "Oliwia",
];

const POLISH_MEN: &[&str] = &[
    "Piotr",
    "Krzysztof",
    "Andrzej",
    "Tomasz",
    "Jan",
    "Paweł",
    "Michał",
    "Marcin",
    "Jakub",
    "Adam",
    "Stanisław",
    "Marek",
    "Łukasz",
    "Grzegorz",
    "Mateusz",
    "Wojciech",
    "Mariusz",
    "Dariusz",
    "Maciej",
    "Zbigniew",
    "Rafał",
    "Kamil",
    "Dawid",
    "Jerzy",
    "Robert",
    "Kacper",
    "Szymon",
    "Jacek",
    "Ryszard",
    "Sławomir",
    "Mirosław",
    "Zdzisław",
    "Włodzimierz",
    "Święcisław",
    "Bartłomiej",
    "Ignacy",
];

/// Last names of men and of women.
const POLISH_LAST: &[(&str, &str)] = &[
    ("Nowak", "Nowak"),
    ("Kowalski", "Kowalska"),
    ("Wiśniewski", "Wiśniewska"),
    ("Wójcik", "Wójcik"),
    ("Kowalczyk", "Kowalczyk"),
    ("Kamiński", "Kamińska"),
    ("Lewandowski", "Lewandowska"),
    ("Zieliński", "Zielińska"),
    ("Szymański", "Szymańska"),
    ("Woźniak", "Woźniak"),
    ("Dąbrowski", "Dąbrowska"),
    ("Kozłowski", "Kozłowska"),
    ("Jankowski", "Jankowska"),
    ("Mazur", "Mazur"),
    ("Kwiatkowski", "Kwiatkowska"),
    ("Wojciechowski", "Wojciechowska"),
    ("Krawczyk", "Krawczyk"),
    ("Kaczmarek", "Kaczmarek"),
    ("Piotrowski", "Piotrowska"),
    ("Grabowski", "Grabowska"),
    ("Zając", "Zając"),
    ("Pawłowski", "Pawłowska"),
    ("Michalski", "Michalska"),
    ("Król", "Król"),
    ("Wieczorek", "Wieczorek"),
    ("Jabłoński", "Jabłońska"),
    ("Wróbel", "Wróbel"),
    ("Nowakowski", "Nowakowska"),
    ("Majewski", "Majewska"),
    ("Olszewski", "Olszewska"),
    ("Stępień", "Stępień"),
    ("Malinowski", "Malinowska"),
    ("Jaworski", "Jaworska"),
    ("Adamczyk", "Adamczyk"),
    ("Dudek", "Dudek"),
    ("Nowicki", "Nowicka"),
    ("Pawlak", "Pawlak"),
    ("Górski", "Górska"),
    ("Witkowski", "Witkowska"),
    ("Walczak", "Walczak"),
    ("Sikora", "Sikora"),
    ("Baran", "Baran"),
    ("Rutkowski", "Rutkowska"),
    ("Michalak", "Michalak"),
    ("Szewczyk", "Szewczyk"),
    ("Ostrowski", "Ostrowska"),
    ("Tomaszewski", "Tomaszewska"),
    ("Pietrzak", "Pietrzak"),
    ("Zalewski", "Zalewska"),
    ("Wróblewski", "Wróblewska"),
    ("Marciniak", "Marciniak"),
    ("Jasiński", "Jasińska"),
    ("Sadowski", "Sadowska"),
    ("Bąk", "Bąk"),
    ("Zawadzki", "Zawadzka"),
    ("Duda", "Duda"),
    ("Jakubowski", "Jakubowska"),
    ("Wilk", "Wilk"),
    ("Chmielewski", "Chmielewska"),
    ("Borkowski", "Borkowska"),
    ("Włodarczyk", "Włodarczyk"),
    ("Sokołowski", "Sokołowska"),
    ("Szczepański", "Szczepańska"),
    ("Sawicki", "Sawicka"),
    ("Kucharski", "Kucharska"),
    ("Lis", "Lis"),
    ("Maciejewski", "Maciejewska"),
    ("Kubiak", "Kubiak"),
    ("Kalinowski", "Kalinowska"),
    ("Mazurek", "Mazurek"),
    ("Wysocki", "Wysocka"),
    ("Kołodziej", "Kołodziej"),
    ("Kaźmierczak", "Kaźmierczak"),
    ("Czarnecki", "Czarnecka"),
    ("Sobczak", "Sobczak"),
    ("Urbański", "Urbańska"),
    ("Głowacki", "Głowacka"),
    ("Sikorski", "Sikorska"),
    ("Krajewski", "Krajewska"),
    ("Zakrzewski", "Zakrzewska"),
    ("Żak", "Żak"),
    ("Brzęczyszczykiewicz", "Brzęczyszczykiewicz"),
];

const GERMAN_WOMEN: &[&str] = &[
    "Ursula", "Karin", "Helga", "Sabine", "Ingrid", "Renate", "Monika", "Susanne", "Gisela",
    "Petra", "Birgit", "Andrea", "Claudia", "Brigitte", "Stefanie", "Julia", "Katrin", "Lena",
    "Leonie", "Jana", "Nadine", "Käthe", "Bärbel", "Ulrike", "Heike", "Jördis",
];

const GERMAN_MEN: &[&str] = &[
    "Peter",
    "Michael",
    "Thomas",
    "Andreas",
    "Wolfgang",
    "Klaus",
    "Jürgen",
    "Stefan",
    "Uwe",
    "Bernd",
    "Frank",
    "Ralf",
    "Dieter",
    "Manfred",
    "Jörg",
    "Matthias",
    "Lukas",
    "Felix",
    "Maximilian",
    "Florian",
    "Götz",
    "Björn",
    "Karl-Heinz",
    "Sören",
];

const GERMAN_LAST: &[&str] = &[
    "Müller",
    "Schmidt",
    "Schneider",
    "Fischer",
    "Weber",
    "Meyer",
    "Wagner",
    "Becker",
    "Schulz",
    "Hoffmann",
    "Schäfer",
    "Koch",
    "Bauer",
    "Richter",
    "Klein",
    "Wolf",
    "Schröder",
    "Neumann",
    "Schwarz",
    "Zimmermann",
    "Braun",
    "Krüger",
    "Hofmann",
    "Hartmann",
    "Lange",
    "Schmitt",
    "Werner",
    "Krause",
    "Meier",
    "Lehmann",
    "Schmid",
    "Schulze",
    "Maier",
    "Köhler",
    "Herrmann",
    "König",
    "Walter",
    "Mayer",
    "Huber",
    "Kaiser",
    "Fuchs",
    "Peters",
    "Lang",
    "Scholz",
    "Möller",
    "Weiß",
    "Jung",
    "Hahn",
    "Vogel",
    "Friedrich",
    "Günther",
    "Keller",
    "Böhm",
    "Großmann",
    "Jäger",
    "Lüdtke",
    "von Stein",
    "Öztürk",
];

const ENGLISH_WOMEN: &[&str] = &[
    "Olivia",
    "Amelia",
    "Emily",
    "Sophie",
    "Grace",
    "Charlotte",
    "Lucy",
    "Chloe",
    "Hannah",
    "Ruth",
    "Fiona",
    "Siobhan",
    "Margaret",
    "Eleanor",
    "Priya",
    "Gwen",
    "Zoe",
    "Rachel",
];

const ENGLISH_MEN: &[&str] = &[
    "Oliver", "George", "Harry", "Jack", "James", "William", "Henry", "Charles", "Daniel",
    "Samuel", "Callum", "Duncan", "Owen", "Rhys", "Imran", "Toby", "Nigel", "Edward",
];

const ENGLISH_LAST: &[&str] = &[
    "Smith",
    "Jones",
    "Taylor",
    "Brown",
    "Williams",
    "Wilson",
    "Johnson",
    "Davies",
    "Robinson",
    "Wright",
    "Thompson",
    "Evans",
    "Walker",
    "White",
    "Roberts",
    "Green",
    "Hall",
    "Wood",
    "Jackson",
    "Clarke",
    "Patel",
    "O'Brien",
    "MacDonald",
    "Hughes",
    "Edwards",
    "Turner",
    "Cooper",
    "Hill",
    "Ward",
    "Morris",
    "Moore",
    "Clark",
    "Khan",
    "Fitzgerald",
    "Ashworth",
    "Blackwood",
    "Pemberton",
    "Quigley",
];
