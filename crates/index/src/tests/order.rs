//! The orders of an index held to what ICU says of the same texts.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;
use kartoteka_model::text::lower;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

use super::*;

const LANGUAGES: [&str; 8] = [
    "pl",
    "de",
    "de-u-co-phonebk",
    "sv",
    "ru",
    "el",
    "zh",
    "und-u-kn-true",
];

/// What names are put together from, and what nobody is called.
const PIECES: [&str; 40] = [
    "l", "ł", "Ł", "o", "ó", "O", "z", "ż", "ź", "a", "ä", "ae", "å", "ö", "oe", "ü", "ue", "u",
    "ss", "ß", "м", "ж", "ё", "е", "α", "ά", "ω", "王", "李", "张", " ", "-", "'", "_", "2", "10",
    "\u{1}", "\u{301}", "😀", "%",
];

fn layout_of(collation: &str) -> IndexLayout {
    let mut layout = layout();
    for field in ["UserLastname", "UserFirstname", "UserCity"] {
        layout.fields.push(field.into());
    }
    layout.order = vec!["UserLastname".into(), "UserFirstname".into()];
    layout.collation = Collation::parse(collation).unwrap();
    layout
}

fn text(random: &mut StdRng) -> String {
    match random.random_range(0..12) {
        0 => String::new(),
        1 => "ł".repeat(3000),
        _ => {
            let pieces = (0..random.random_range(1..4)).filter_map(|_| PIECES.choose(random));
            pieces.copied().collect()
        }
    }
}

fn people(random: &mut StdRng) -> Vec<Upsert> {
    let people = 0..60;
    people
        .map(|number| {
            let mut record = Record::default();
            record.set(
                "UserLogin",
                format!(
                    "{}{number}",
                    text(random).chars().take(3).collect::<String>()
                ),
            );
            for field in ["UserLastname", "UserFirstname", "UserCity"] {
                record.set(field, text(random));
            }
            Upsert {
                source: 0,
                record,
                id: None,
            }
        })
        .collect()
}

fn by(field: &str, down: bool) -> (String, bool) {
    (field.to_owned(), down)
}

/// Logins in an order, without any index.
fn expected(
    icu: &CollatorBorrowed<'_>,
    people: &[Upsert],
    fields: &[(String, bool)],
) -> Vec<String> {
    let mut records: Vec<&Record> = people.iter().map(|upsert| &upsert.record).collect();
    let down = matches!(fields, [(field, true)] if field == "UserLogin");
    records.sort_by(|a, b| {
        let fields = fields.iter().map(|(field, down)| {
            let compared = icu.compare(a.get(field), b.get(field));
            if *down { compared.reverse() } else { compared }
        });
        let by_key = lower(a.get("UserLogin")).cmp(&lower(b.get("UserLogin")));
        let compared = fields.fold(Ordering::Equal, Ordering::then);
        compared.then(if down { by_key.reverse() } else { by_key })
    });
    let logins = records.into_iter().map(|record| record.get("UserLogin"));
    logins.map(str::to_owned).collect()
}

/// All logins, so many at a time, each page by the cursor of the one before.
async fn paged(index: &SearchIndex, sort: &Sort, limit: u32) -> Vec<String> {
    let mut keys: Vec<String> = vec![];
    loop {
        let query = Query {
            condition: Condition::Everything,
            partition: Partition::Valid,
            sort: sort.clone(),
            limit,
            offset: 0,
            after: keys.last().cloned(),
            count_to: 1,
        };
        let found = index.search(&query).await.unwrap();
        keys.extend(found.hits.into_iter().map(|hit| hit.key));
        if !found.more {
            return keys;
        }
        assert!(keys.len() < 100);
    }
}

#[tokio::test]
async fn lists_are_in_the_order_of_icu() {
    for (seed, language) in LANGUAGES.into_iter().enumerate() {
        let mut random = StdRng::seed_from_u64(seed as u64);
        let people = people(&mut random);
        let locale: Locale = language.parse().unwrap();
        let icu = Collator::try_new(locale.into(), CollatorOptions::default()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let layout = || layout_of(language);
        let at_once = built(folder.path(), layout(), people.clone()).await;
        let folder = tempfile::tempdir().unwrap();
        let one_by_one = built(folder.path(), layout(), vec![]).await;
        for upsert in &people {
            one_by_one
                .write(std::slice::from_ref(upsert), &[], None)
                .await
                .unwrap();
        }
        for index in [at_once, one_by_one] {
            let natural = [by("UserLastname", false), by("UserFirstname", false)];
            let natural = expected(&icu, &people, &natural);
            for limit in [1, 7, 100] {
                assert_eq!(
                    paged(&index, &Sort::Natural, limit).await,
                    natural,
                    "{language}"
                );
            }
            for fields in [
                vec![by("UserLogin", false)],
                vec![by("UserLogin", true)],
                vec![by("UserCity", true)],
                vec![by("UserCity", false), by("UserLastname", true)],
            ] {
                let sorted = expected(&icu, &people, &fields);
                for limit in [1, 100] {
                    let sort = Sort::Fields(fields.clone());
                    assert_eq!(
                        paged(&index, &sort, limit).await,
                        sorted,
                        "{language} {sort:?}"
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn a_place_in_another_order_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let people = people(&mut StdRng::seed_from_u64(1));
    let polish = built(folder.path(), layout_of("pl"), people.clone()).await;
    let german = built(folder.path(), layout_of("de"), people).await;
    let everybody = Condition::Everything;
    let page = polish.keys(&everybody, Partition::All, None, None, 7).await;
    let place = page.unwrap().next.unwrap();
    assert!(polish.has_place(&place) && !german.has_place(&place));
    let after = Some(&place);
    let next = polish
        .keys(&everybody, Partition::All, None, after, 7)
        .await;
    assert_eq!(next.unwrap().keys.len(), 7);
    let refused = german
        .keys(&everybody, Partition::All, None, after, 7)
        .await;
    assert!(matches!(
        refused,
        Err(kartoteka_store::StoreError::NoPlace(_))
    ));
    // Those that were noted before there were other orders tell of none.
    let mut noted = serde_json::to_value(&place).unwrap();
    noted.as_object_mut().unwrap().remove("collation");
    let noted: Place = serde_json::from_value(noted).unwrap();
    assert!(!polish.has_place(&noted));
}

/// Sorting by a field that people are often in the order of reads as many rows as a page has, in any order of texts.
#[tokio::test]
async fn no_collation_makes_a_list_sort_what_an_index_has_in_order() {
    for collation in ["folded", "pl"] {
        let folder = tempfile::tempdir().unwrap();
        let index = built(folder.path(), layout_of(collation), vec![]).await;
        let column = index.layout().order_column(0);
        let sql = format!(
            "EXPLAIN QUERY PLAN SELECT d.key FROM doc d ORDER BY d.{column}, d.lkey, d.id LIMIT 51"
        );
        let rows = index.db.fetch(&sql, &[]).await.unwrap();
        let steps: Vec<&str> = rows.iter().map(|row| row.text(3)).collect();
        assert_eq!(
            steps,
            [format!("SCAN d USING INDEX doc_{column}")],
            "{collation}"
        );
    }
}
