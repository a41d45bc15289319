use std::fs;
use std::path::Path;
use std::time::Duration;

use kartoteka_model::source::CsvFile;
use kartoteka_model::{CustomerUserSource, FieldMap, SourceSpec};

use super::records::Records;
use super::{CsvSource, Watch};
use crate::changes::{Changes, Watermark};
use crate::error::SourceError;
use crate::source::Cursor;

const PEOPLE: &str = "login;first_name;last_name;email;customer_id;valid_id;pw\n\
    Zoë;Zoë;Żak;zoe@example.org;ACME;1;\n\
    anna;Anna;\"Nowak; \"\"Ania\"\"\";anna@example.org;acme;valid;BCRYPT:12:x\n\
    bob;Bob;Bąk;bob@example.org;Other;invalid;\n";

fn spec(file: &Path) -> SourceSpec {
    let mut spec = CustomerUserSource::shipped().spec;
    let columns = [
        "login",
        "first_name",
        "last_name",
        "email",
        "customer_id",
        "valid_id",
        "pw",
    ];
    let mut map = spec.map.0;
    map.retain(|field| columns.contains(&field.column.as_str()));
    spec.map = FieldMap(map);
    let file = file.to_owned();
    spec.origin = CsvFile { file }.into();
    spec
}

/// A file that nobody else writes.
const QUICKLY: Watch = Watch {
    look: Duration::from_millis(10),
    settles: Duration::from_millis(1),
};

/// What opening such a file gives.
async fn open(text: impl AsRef<[u8]>) -> Result<CsvSource, SourceError> {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("people.csv");
    fs::write(&file, text).unwrap();
    CsvSource::watched(spec(&file), file, QUICKLY).await
}

async fn refused(text: impl AsRef<[u8]>) -> String {
    open(text).await.unwrap_err().to_string()
}

async fn keys(source: &CsvSource, portion: u32) -> Vec<String> {
    let mut keys = vec![];
    let mut after: Option<Cursor> = None;
    loop {
        let read = source.scan(after.as_ref(), portion).await.unwrap();
        assert!(read.records.len() <= portion as usize);
        let Some(end) = read.end else { return keys };
        after = Some(end);
        let records = read.records.iter();
        keys.extend(records.map(|stored| stored.record.get("UserLogin").to_owned()));
    }
}

#[tokio::test]
async fn records_are_found_and_gone_through() {
    let source = open(PEOPLE).await.unwrap();
    for portion in [1, 2, 3, 10] {
        assert_eq!(keys(&source, portion).await, ["anna", "bob", "Zoë"]);
    }
    let anna = source.find("anna").await.unwrap().unwrap();
    assert_eq!(anna.record.get("UserLastname"), "Nowak; \"Ania\"");
    assert_eq!(anna.record.get("ValidID"), "1");
    assert_eq!(anna.record.get("UserPassword"), "");
    assert_eq!(anna.password.as_deref(), Some("BCRYPT:12:x"));
    assert_eq!(source.find("Anna").await.unwrap(), None);
    let zoe = source.find_ignoring_case("ZOE\u{308}").await.unwrap();
    assert_eq!(zoe.unwrap().record.get("UserLogin"), "Zoë");
    let asked = ["BOB", "anna", "nobody"].map(str::to_owned);
    assert_eq!(source.find_many(&asked).await.unwrap().len(), 1);
    let any_case = source.find_many_ignoring_case(&asked).await.unwrap();
    assert_eq!(any_case.len(), 2);
    let of_acme = source.keys_where("customer_id", "ACME", 9).await.unwrap();
    assert_eq!(of_acme, ["Zoë"]);
    let named = async |twin| source.count_key("customer_id", "ACME", twin).await.unwrap();
    assert_eq!((named(true).await, named(false).await), (1, 2));
    assert!(source.has_any(Some(true), 1).await.unwrap());
    assert!(source.has_any(Some(false), 1).await.unwrap());
    assert!(!source.has_any(Some(true), 3).await.unwrap());
}

#[tokio::test]
async fn separators_marks_and_line_ends_are_as_programs_write_them() {
    for separator in [",", "\t", "|"] {
        let text = PEOPLE.replace("Nowak; ", "Nowak ").replace(';', separator);
        let source = open(format!("\u{feff}{}", text.replace('\n', "\r\n"))).await;
        assert_eq!(keys(&source.unwrap(), 9).await, ["anna", "bob", "Zoë"]);
    }
    let columns = "LOGIN ; First_Name;last_name;email;customer_id;valid_id;pw;unnamed;\n\n";
    let source = open(format!("{columns} anna ;A;B;a@example.org; x;1;;;\n")).await;
    let anna = source.unwrap().find("anna").await.unwrap().unwrap();
    assert_eq!(anna.record.get("UserCustomerID"), "x");
}

#[tokio::test]
async fn rows_without_a_key_of_their_own_are_left_out() {
    let text = format!(
        "{PEOPLE}ANNA;Another;One;x@example.org;x;1;\n;No;Key;y@example.org;x;1;\n;;;;;;\n"
    );
    let source = open(text).await.unwrap();
    assert_eq!(keys(&source, 9).await, ["anna", "bob", "Zoë"]);
    let anna = source.find("anna").await.unwrap().unwrap();
    assert_eq!(anna.record.get("UserFirstname"), "Anna");
    assert_eq!(source.left_out().await.unwrap(), (2, 1));
}

#[tokio::test]
async fn a_file_that_is_not_whole_is_refused_with_its_place() {
    let told = [
        (
            PEOPLE.replace("bob;", ""),
            "line 4 has 6 cells, and the first line has 7",
        ),
        (
            PEOPLE.replace(";pw", ""),
            "no column `pw`, but login, first_name",
        ),
        (
            PEOPLE.replace("pw\n", "Login\n"),
            "the column `Login` twice",
        ),
        (
            PEOPLE.replace("invalid;\n", "invalid;\"x\n"),
            "a quote that begins on line 4",
        ),
        (String::new(), "there is nothing in it"),
        ("\n\n".into(), "there is nothing in it"),
        (
            "name,mail\na,b\n".into(),
            "no column `login`, but name, mail",
        ),
    ];
    for (text, expected) in told {
        let told = refused(&text).await;
        assert!(told.contains(expected), "{told}");
        assert!(told.contains("people.csv"), "{told}");
    }
    let told = refused(b"login;x\nanna;\xb3\n").await;
    assert!(told.contains("line 2 is not UTF-8"), "{told}");
    let missing = CsvSource::open(spec(Path::new("none.csv")), "none.csv".into()).await;
    assert!(missing.is_err());
}

#[tokio::test]
async fn another_file_counts_once_nobody_writes_it_any_more() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("people.csv");
    fs::write(&file, PEOPLE).unwrap();
    let look = Duration::from_millis(10);
    let settles = Duration::from_millis(400);
    let source = CsvSource::watched(spec(&file), file.clone(), Watch { look, settles }).await;
    let source = source.unwrap();
    let first = source.watermark().await.unwrap();
    let seen = vec![];
    let none = Changes::Of {
        seen,
        gone: vec![],
        until: first.clone(),
    };
    assert_eq!(source.changes(Some(&first)).await.unwrap(), none);
    let unknown = Watermark::kept("17");
    let everything = Changes::Somewhere {
        until: first.clone(),
    };
    assert_eq!(source.changes(Some(&unknown)).await.unwrap(), everything);
    assert_eq!(source.changes(None).await.unwrap(), everything);

    let wait = async |millis| tokio::time::sleep(Duration::from_millis(millis)).await;
    let mut text = PEOPLE.to_owned();
    for number in 0..3 {
        text.push_str(&format!("new{number};A;B;{number}@example.org;x;1;\n"));
        fs::write(&file, &text).unwrap();
        wait(50).await;
        // Somebody is writing it.
        assert_eq!(source.count_rows().await.unwrap(), 3);
    }
    wait(450).await;
    assert_eq!(source.count_rows().await.unwrap(), 6);
    let changes = source.changes(Some(&first)).await.unwrap();
    assert!(matches!(changes, Changes::Somewhere { until } if until != first));

    fs::remove_file(&file).unwrap();
    wait(50).await;
    assert!(source.find("anna").await.is_err());
    fs::write(&file, PEOPLE).unwrap();
    wait(50).await;
    source.find("anna").await.unwrap();
    wait(450).await;
    assert_eq!(source.count_rows().await.unwrap(), 3);
}

/// A table of cells as a program writes it: each in quotes.
fn written(rows: &[Vec<String>], separator: char) -> String {
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().map(quoted).collect();
        cells.join(&separator.to_string()) + "\r\n"
    };
    rows.iter().map(line).collect()
}

proptest::proptest! {
    #[test]
    fn what_a_program_writes_is_read(
        cells in proptest::collection::vec(proptest::array::uniform3("[a\"';,|\t\n\r łŻ🦀]{0,6}"), 0..8),
        separator in proptest::sample::select(vec![',', ';', '\t', '|']),
    ) {
        let mut spec = spec(Path::new("none.csv"));
        spec.valid = None;
        spec.map.0.retain(|field| ["login", "first_name", "last_name"].contains(&field.column.as_str()));
        let head = ["login", "first_name", "last_name"].map(str::to_owned).to_vec();
        let mut rows = vec![head];
        for (number, [first, last, behind]) in cells.iter().enumerate() {
            rows.push(vec![format!("p{number}{}", behind.trim()), first.clone(), last.clone()]);
        }
        let records = Records::read(&written(&rows, separator), &spec).unwrap();
        proptest::prop_assert_eq!(records.len(), cells.len());
        for row in &rows[1..] {
            let found = records.source_row(records.find(&row[0]).unwrap()).record;
            // Outer blanks do not count.
            proptest::prop_assert_eq!(found.get("UserFirstname"), row[1].trim());
            proptest::prop_assert_eq!(found.get("UserLastname"), row[2].trim());
        }
    }
}

#[tokio::test]
async fn what_was_refused_is_refused_until_it_is_another_and_what_is_another_is_seen() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("people.csv");
    fs::write(&file, PEOPLE).unwrap();
    let look = Duration::from_millis(10);
    let settles = Duration::from_millis(100);
    let watch = Watch { look, settles };
    let source = CsvSource::watched(spec(&file), file.clone(), watch).await;
    let source = source.unwrap();
    let wait = async || tokio::time::sleep(Duration::from_millis(150)).await;
    fs::write(&file, PEOPLE.replace("bob;", "")).unwrap();
    wait().await;
    for _ in 0..5 {
        assert!(source.find("anna").await.is_err());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    fs::write(&file, PEOPLE).unwrap();
    wait().await;
    source.find("anna").await.unwrap().unwrap();
    // As long as the one before, and written at the same time, as archives are unpacked.
    let written = fs::metadata(&file).unwrap().modified().unwrap();
    fs::write(&file, PEOPLE.replace("bob@", "rob@")).unwrap();
    let opened = fs::File::options().write(true).open(&file).unwrap();
    opened.set_modified(written).unwrap();
    wait().await;
    let bob = source.find("bob").await.unwrap().unwrap();
    assert_eq!(bob.record.get("UserEmail"), "rob@example.org");
    // One that is being written is no file to begin with.
    fs::write(&file, PEOPLE).unwrap();
    let writing = tokio::spawn({
        let file = file.clone();
        async move {
            tokio::time::sleep(Duration::from_millis(50)).await;
            fs::write(&file, format!("{PEOPLE}new;A;B;n@example.org;x;1;\n")).unwrap();
        }
    });
    let opened = CsvSource::watched(spec(&file), file.clone(), watch).await;
    writing.await.unwrap();
    if let Ok(opened) = opened {
        assert_eq!(opened.count_rows().await.unwrap(), 4);
    }
    let folder = CsvSource::open(spec(dir.path()), dir.path().into()).await;
    assert!(folder.unwrap_err().to_string().ends_with("it is no file"));
}
