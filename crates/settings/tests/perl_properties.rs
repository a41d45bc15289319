//! Any bytes are read; and what is written in any style of Perl is read as it was meant.

use std::collections::BTreeMap;

use kartoteka_perl::{Data, Dialect, Limits, Reader, Value};
use proptest::prelude::*;
use proptest::sample::Index;

const DIALECT: Dialect = Dialect {
    object: "Self",
    entry: "Load",
    same: &["Translatable"],
};

const REAL: &str = include_str!("otobo/Config.pm");

fn no_environment(_: &str) -> Option<String> {
    None
}

/// No panic; every place within the file; values can be taken out.
fn holds(bytes: &[u8]) -> Result<(), TestCaseError> {
    let limits = Limits {
        values: 5000,
        ..Limits::default()
    };
    let mut reader = Reader::new(DIALECT, limits, &no_environment);
    reader.read("Config.pm", bytes);
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
    for note in reader.notes() {
        let place = reader.place(note.at);
        prop_assert!((1..=lines).contains(&(place.line as usize)), "{note:?}");
        prop_assert!(place.column >= 1);
        prop_assert!(note.excerpt.chars().count() < 100, "{note:?}");
    }
    for (key, _) in reader.keys() {
        prop_assert!(reader.find(&key).is_some());
    }
    Ok(())
}

fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "$Self->",
        "{A}",
        "{'B'}",
        "[0]",
        " = ",
        "=>",
        ",",
        ";",
        "\n",
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        "'",
        "\"",
        "\\",
        "q",
        "qw",
        "qq{",
        "qr/",
        "<<END",
        "<<~'E'",
        "END\n",
        "\n=pod\n",
        "\n=cut\n",
        "#",
        "push @{",
        "@",
        "%",
        "$",
        "$x",
        "%{",
        "delete ",
        "undef",
        "if (",
        "else ",
        "sub Load {",
        "sub x",
        "return 1;",
        "...",
        "->",
        ".",
        "||",
        "?",
        ":",
        "x 3",
        "1",
        "0x",
        "1e9",
        "-",
        "!",
        "my ",
        "eval",
        "__END__",
        "Translatable(",
        "$ENV{",
        "ł",
        "\\x{",
        "\0",
        "\r\n",
        "package X;",
        "do ",
        "s/",
        "tr",
        "y",
    ]);
    prop_oneof![9 => known.prop_map(str::to_owned), 1 => "\\PC{0,4}"]
}

/// A value to be written.
#[derive(Debug, Clone, PartialEq)]
enum Meant {
    Undefined,
    Text(String),
    Number(i64),
    List(Vec<Meant>),
    Hash(BTreeMap<String, Meant>),
}

fn meant() -> impl Strategy<Value = Meant> {
    let text = prop_oneof![
        "[ -~]{0,12}",
        "(?s)[a-zł'\"\\\\$@{}()\\[\\]#/|\n\t=;,. -]{0,10}"
    ];
    let leaf = prop_oneof![
        1 => Just(Meant::Undefined),
        6 => text.prop_map(Meant::Text),
        2 => any::<i32>().prop_map(|number| Meant::Number(number.into())),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Meant::List),
            prop::collection::btree_map("([A-Za-z_]{1,8}|[ -~]{0,6})", inner, 0..6)
                .prop_map(Meant::Hash),
        ]
    })
}

/// Writes values in styles that the choices name.
struct Writer {
    choices: Vec<Index>,
    next: usize,
    out: String,
    /// Bodies of here-documents, for the end of the line.
    pending: String,
    documents: usize,
}

impl Writer {
    fn choose(&mut self, count: usize) -> usize {
        self.next += 1;
        self.choices[self.next % self.choices.len()].index(count)
    }

    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn line(&mut self) {
        self.put("\n");
        let pending = std::mem::take(&mut self.pending);
        self.put(&pending);
    }

    fn space(&mut self) {
        match self.choose(9) {
            0 => self.line(),
            1 => {
                self.put(" # it's a \"comment\" }");
                self.line();
            }
            2 | 3 => self.put(" "),
            5 => self.put("\t"),
            _ => {}
        }
    }

    fn escaped(text: &str, open: char, close: char) -> String {
        let mut escaped = String::new();
        for c in text.chars() {
            if c == '\\' || c == open || c == close {
                escaped.push('\\');
            }
            escaped.push(c);
        }
        escaped
    }

    fn text(&mut self, text: &str) {
        const PAIRS: [(char, char); 7] = [
            ('(', ')'),
            ('{', '}'),
            ('[', ']'),
            ('<', '>'),
            ('|', '|'),
            ('!', '!'),
            ('/', '/'),
        ];
        let (open, close) = PAIRS[self.choose(PAIRS.len())];
        let doubled = |text: &str, open, close| {
            let text = Self::escaped(text, open, close);
            let text = text.replace('$', "\\$").replace('@', "\\@");
            text.replace('\n', "\\n").replace('ł', "\\x{142}")
        };
        // A text of several lines can't begin on the line of a here-document.
        let one_line = !self.pending.is_empty() && text.contains('\n');
        match self.choose(7) {
            _ if one_line => {
                let text = doubled(text, '"', '"');
                self.put(&format!("\"{text}\""));
            }
            0 => {
                let text = doubled(text, '"', '"');
                self.put(&format!("\"{text}\""));
            }
            1 => self.put(&format!(
                "q{open}{}{close}",
                Self::escaped(text, open, close)
            )),
            2 => {
                let text = doubled(text, open, close);
                self.put(&format!("qq{open}{text}{close}"));
            }
            3 if text.ends_with('\n') && !text.contains("DOC") => {
                self.documents += 1;
                let tag = format!("DOC{}", self.documents);
                self.put(&format!("<<'{tag}'"));
                self.pending.push_str(&format!("{text}{tag}\n"));
            }
            4 => {
                let half = text.char_indices().nth(text.chars().count() / 2);
                let (a, b) = text.split_at(half.map_or(0, |(at, _)| at));
                let (a, b) = (Self::escaped(a, '\'', '\''), Self::escaped(b, '\'', '\''));
                self.put(&format!("'{a}' . '{b}'"));
            }
            5 => self.put(&format!(
                "Translatable('{}')",
                Self::escaped(text, '\'', '\'')
            )),
            _ => self.put(&format!("'{}'", Self::escaped(text, '\'', '\''))),
        }
    }

    fn value(&mut self, value: &Meant) {
        self.space();
        match value {
            Meant::Undefined => self.put("undef"),
            Meant::Number(number) => self.put(&number.to_string()),
            Meant::Text(text) => self.text(text),
            Meant::List(items) => {
                let words = items.iter().map(|item| match item {
                    Meant::Text(text)
                        if !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric()) =>
                    {
                        Some(text.as_str())
                    }
                    _ => None,
                });
                let words: Option<Vec<&str>> = words.collect();
                match words {
                    Some(words) if self.choose(2) == 0 => {
                        let words = words.join("  ");
                        self.put(&format!("[ qw({words}) ]"));
                    }
                    _ => {
                        self.put("[");
                        for (at, item) in items.iter().enumerate() {
                            self.value(item);
                            self.space();
                            if at + 1 < items.len() || self.choose(2) == 0 {
                                self.put(",");
                            }
                        }
                        self.put("]");
                    }
                }
            }
            Meant::Hash(entries) => {
                let open = if self.choose(4) == 0 { "+{" } else { "{" };
                self.put(open);
                for (at, (key, item)) in entries.iter().enumerate() {
                    self.space();
                    let word = key.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_')
                        && !key.is_empty();
                    match self.choose(3) {
                        0 if word => self.put(&format!("{key} =>")),
                        1 => {
                            self.text(key);
                            self.space();
                            self.put(",");
                        }
                        _ => {
                            self.text(key);
                            self.put("=>");
                        }
                    }
                    self.value(item);
                    self.space();
                    if at + 1 < entries.len() || self.choose(2) == 0 {
                        self.put(",");
                    }
                }
                self.put("}");
            }
        }
    }
}

fn written(value: &Meant, choices: Vec<Index>) -> String {
    let mut writer = Writer {
        choices,
        next: 0,
        out: "use utf8; my $Self = {};\n".into(),
        pending: String::new(),
        documents: 0,
    };
    let targets = [
        "$Self->{A}",
        "$Self->{'A'}",
        "$Self->{ \"A\" }",
        "$$Self{A}",
    ];
    if writer.choose(2) == 0 {
        writer.put("\n=pod\n\n ] it's } \n\n=cut\n");
    }
    let target = targets[writer.choose(targets.len())];
    writer.put(target);
    writer.put(" = ");
    writer.value(value);
    writer.put(";");
    writer.line();
    writer.out
}

/// The value as `perl_reads` gives it.
pub fn flat(value: &Value) -> serde_json::Value {
    match &value.data {
        Data::Undefined => serde_json::Value::Null,
        Data::List(items) => items.iter().map(flat).collect(),
        Data::Hash(entries) => entries
            .iter()
            .map(|(key, entry)| (key.clone(), flat(&entry.value)))
            .collect(),
        _ => value.text().into(),
    }
}

fn as_meant(value: &Value) -> Meant {
    match &value.data {
        Data::Undefined => Meant::Undefined,
        Data::Text(text) => Meant::Text(text.clone()),
        Data::Integer(number) => Meant::Number(*number),
        Data::List(items) => Meant::List(items.iter().map(as_meant).collect()),
        Data::Hash(entries) => Meant::Hash(
            entries
                .iter()
                .map(|(key, entry)| (key.clone(), as_meant(&entry.value)))
                .collect(),
        ),
        other => panic!("{other:?}"),
    }
}

fn read_back(text: &str) -> Result<Meant, TestCaseError> {
    let mut reader = Reader::new(DIALECT, Limits::default(), &no_environment);
    reader.read("Config.pm", text.as_bytes());
    let notes = reader.notes();
    prop_assert!(notes.is_empty(), "{:?} in:\n{}", notes, text);
    Ok(as_meant(&reader.find("A").expect("it was assigned").1))
}

/// As JSON in the way that the program below prints it.
fn json(value: &Meant) -> serde_json::Value {
    match value {
        Meant::Undefined => serde_json::Value::Null,
        Meant::Text(text) => text.clone().into(),
        Meant::Number(number) => number.to_string().into(),
        Meant::List(items) => items.iter().map(json).collect(),
        Meant::Hash(entries) => entries
            .iter()
            .map(|(key, item)| (key.clone(), json(item)))
            .collect(),
    }
}

/// What Perl itself reads, where there is one: all scalars as texts.
pub fn perl_reads(text: &str) -> Option<serde_json::Value> {
    let program = format!(
        "use strict; sub Translatable {{ $_[0] }}\n{text}\nuse JSON::PP; \
         sub flat {{ my $v = shift; ref $v eq 'HASH' ? {{ map {{ $_ => flat($v->{{$_}}) }} keys %$v }} : \
         ref $v eq 'ARRAY' ? [ map {{ flat($_) }} @$v ] : defined $v ? \"$v\" : undef }}\n\
         binmode STDOUT; print JSON::PP->new->utf8->allow_nonref->encode(flat($Self->{{A}}));"
    );
    let folder = tempfile::tempdir().ok()?;
    let file = folder.path().join("a.pl");
    std::fs::write(&file, program).ok()?;
    let out = std::process::Command::new("perl")
        .arg(&file)
        .output()
        .ok()?;
    assert!(
        out.status.success(),
        "{}\n{text}",
        String::from_utf8_lossy(&out.stderr)
    );
    serde_json::from_slice(&out.stdout).ok()
}

fn choices() -> impl Strategy<Value = Vec<Index>> {
    prop::collection::vec(any::<Index>(), 1..80)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(384))]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        holds(&bytes)?;
    }

    #[test]
    fn any_pieces_are_read(pieces in prop::collection::vec(piece(), 0..80)) {
        holds(pieces.concat().as_bytes())?;
    }

    #[test]
    fn a_damaged_file_is_read(at in any::<Index>(), len in 0usize..40, by in prop::collection::vec(any::<u8>(), 0..4)) {
        let mut bytes = REAL.as_bytes().to_vec();
        let at = at.index(bytes.len());
        let end = (at + len).min(bytes.len());
        bytes.splice(at..end, by);
        holds(&bytes)?;
    }

    #[test]
    fn what_is_written_is_read(value in meant(), choices in choices()) {
        let text = written(&value, choices);
        prop_assert_eq!(read_back(&text)?, value, "in:\n{}", text);
    }

    #[test]
    fn windows_line_ends_change_nothing(value in meant(), choices in choices()) {
        let text = written(&value, choices);
        prop_assert_eq!(read_back(&text.replace('\n', "\r\n"))?, value);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The texts of this test are Perl, as far as one is there to ask.
    #[test]
    fn perl_reads_the_same(value in meant(), choices in choices()) {
        let text = written(&value, choices);
        if let Some(found) = perl_reads(&text) {
            prop_assert_eq!(found, json(&value), "in:\n{}", text);
        }
    }
}
