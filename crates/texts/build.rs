//! Translations are read at compile time; a new file has to be noticed.

fn main() {
    println!("cargo:rerun-if-changed=locales");
}
