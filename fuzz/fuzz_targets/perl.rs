//! Any bytes are read as Perl data without a panic; every note lies within them, and all values can be taken out.

#![no_main]

use kartoteka_perl::{Dialect, Limits, Reader};
use libfuzzer_sys::fuzz_target;

const DIALECT: Dialect = Dialect {
    object: "Self",
    entry: "Load",
    same: &["Translatable"],
};

fuzz_target!(|bytes: &[u8]| {
    let environment = |_: &str| None::<String>;
    let mut reader = Reader::new(DIALECT, Limits::default(), &environment);
    reader.read("Config.pm", bytes);
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
    for note in reader.notes() {
        let place = reader.place(note.at);
        assert!((1..=lines).contains(&(place.line as usize)), "{note:?}");
    }
    for (key, _) in reader.keys() {
        assert!(reader.find(&key).is_some());
    }
});
