//! Detail searches: by field.

use crate::questions::{Question, Shape};
use crate::sample::Sample;

/// The shapes of detail searches.
pub fn shapes(sample: &Sample) -> Vec<Shape> {
    let shape = |name, questions: &[Question]| Shape {
        name,
        questions: questions.to_vec(),
    };
    let one = |name, value: &str| Question::fields(&[(name, &[value])]);
    let two = |city: &str, name: &str| {
        Question::fields(&[("UserCity", &[city]), ("UserLastname", &[name])])
    };
    let invalid = |name: &str| Question {
        all: true,
        ..Question::fields(&[("UserLastname", &[name]), ("ValidID", &["2", "3"])])
    };
    let customers = |ids: &[String]| Question {
        fields: vec![("UserCustomerID", ids.to_vec())],
        ..Question::default()
    };
    vec![
        shape(
            "detail search, one field",
            &[
                one("UserCity", "War*"),
                one("UserCity", "Köln"),
                one("UserLastname", "*brows*"),
                one("UserPhone", "*12*"),
            ],
        ),
        shape(
            "detail search, two fields",
            &[
                two("Kraków", "Now*"),
                two("Berlin", "Sch*"),
                two("Lon*", "*son"),
            ],
        ),
        shape(
            "detail search, only invalid",
            &[invalid("Kow*"), invalid("Müller"), invalid("*")],
        ),
        Shape {
            name: "detail search, one of four customers",
            questions: sample.customers.chunks_exact(4).map(customers).collect(),
        },
    ]
}
