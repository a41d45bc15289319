//! People of the made-up directory to ask for.

use kartoteka_demodata::DemoData;
use kartoteka_model::Record;

/// The seed of the directory.
const SEED: u64 = 1;

/// How many people are asked for: many different ones, so that no engine answers from what it has just read.
const SAMPLE_SIZE: u64 = 200;

/// The directory that is measured.
pub fn data(people: u64) -> DemoData {
    DemoData::new(people, SEED)
}

/// Some valid people from all over the directory, and some customers.
#[derive(Debug, Default)]
pub struct Sample {
    pub logins: Vec<String>,
    pub emails: Vec<String>,
    pub customers: Vec<String>,
}

impl Sample {
    /// Picks from a directory of this size.
    pub fn take(people: u64) -> Self {
        let data = data(people);
        let every = usize::try_from((people / SAMPLE_SIZE).max(1)).unwrap_or(1);
        let mut sample = Self::default();
        let valid = |person: &Record| person.get("ValidID") == "1";
        for person in data.people().step_by(every).filter(valid) {
            sample.logins.push(person.get("UserLogin").to_owned());
            sample.emails.push(person.get("UserEmail").to_owned());
        }
        for customer in data.customers().filter(valid).take(20) {
            sample.customers.push(customer.get("CustomerID").to_owned());
        }
        sample
    }

    /// A login for each run.
    pub fn login(&self, run: usize) -> &str {
        &self.logins[run % self.logins.len()]
    }

    /// A customer for each run.
    pub fn customer(&self, run: usize) -> &str {
        &self.customers[run % self.customers.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_has_people_of_the_directory() {
        let sample = Sample::take(1000);
        assert!(sample.logins.len() > 100);
        assert_eq!(sample.customers.len(), 20);
        let last = sample.logins.last().unwrap();
        assert!(
            data(1000)
                .people()
                .skip(900)
                .any(|person| person.get("UserLogin") == last)
        );
    }
}
