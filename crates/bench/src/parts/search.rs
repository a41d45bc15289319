//! Searches by text, in every shape.

use crate::questions::{Question, Shape};
use crate::sample::Sample;

/// The shapes, each with several texts. They fit the names that the made-up people have.
pub fn shapes(sample: &Sample) -> Vec<Shape> {
    let email = |email: &String| Question {
        text: email.clone(),
        ..Question::default()
    };
    vec![
        Shape::texts(
            "search, common word",
            &["kowalsk", "nowak", "müller", "schmidt", "smith"],
        ),
        Shape::texts(
            "search, rare word",
            &[
                "brzeczyszcz",
                "quigley",
                "öztürk",
                "pemberton",
                "święcisław",
            ],
        ),
        Shape::texts(
            "search, two common words",
            &[
                "anna+kowalsk",
                "piotr+nowak",
                "jan+wiśniewsk",
                "peter+müller",
                "oliver+smith",
            ],
        ),
        Shape::texts(
            "search, one of two words",
            &["nowak OR müller", "anna OR smith", "quigley OR kowalsk"],
        ),
        Shape::texts(
            "search, without a word",
            &["!anna", "!kowalsk", "nowak+!piotr", "schmidt+!gmbh"],
        ),
        Shape::texts("search, one letter", &["k", "a", "z", "ł", "q"]),
        Shape::texts("search, two letters", &["ow", "an", "sz", "mü", "qu"]),
        Shape::texts(
            "search, three letters",
            &["ski", "ann", "mül", "cze", "son"],
        ),
        Shape::texts(
            "search, part inside a word",
            &["owal", "chmid", "ohnso", "immerm", "iśniew"],
        ),
        Shape::texts(
            "search, no hit",
            &["qxzqxz", "kowalskowalsk", "jjjj", "anna+qxz", "zzyzx"],
        ),
        Shape {
            name: "search, e-mail address",
            questions: sample.emails.iter().take(50).map(email).collect(),
        },
        Shape::texts(
            "search, end of a login",
            &["ski7", "wak12", "ith3", "dt21", "czyk5"],
        ),
    ]
}
