//! Made-up customers and people: Polish, German and English, any number of them, always the same for
//! the same seed. For the demonstration, benchmarks and tests.
//!
//! Start with [`DemoData`]. Records have the fields of the shipped sources; logins, e-mail addresses,
//! customer IDs and customer names are unique.

mod ascii;
mod chance;
mod customers;
mod name_lists;
mod names;
mod people;
mod places;

pub use customers::Customers;
pub use people::People;

/// The seed of the demonstration.
pub const SEED: u64 = 2026;

/// How many people a customer has on average in a large directory.
const PEOPLE_PER_CUSTOMER: u64 = 20;

/// A small directory has so many customers, if it has people enough.
const FEWEST_CUSTOMERS: u64 = 40;

/// A made-up directory, described by its size and seed. Nothing is made before it is iterated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoData {
    people: u64,
    customers: u64,
    seed: u64,
}

impl DemoData {
    /// A directory with so many people, and a customer for every twenty of them; small directories have
    /// more customers for their size: 400 people have 40.
    pub fn new(people: u64, seed: u64) -> Self {
        let few = FEWEST_CUSTOMERS.min(people / 10);
        let customers = (people / PEOPLE_PER_CUSTOMER).max(few).max(1);
        Self {
            people,
            customers,
            seed,
        }
    }

    /// How many people there are.
    pub fn people_count(&self) -> u64 {
        self.people
    }

    /// How many customers there are.
    pub fn customer_count(&self) -> u64 {
        self.customers
    }

    /// The customers, with the fields of `CustomerCompany`.
    pub fn customers(&self) -> Customers {
        Customers::new(self.customers, self.seed)
    }

    /// The people, with the fields of `CustomerUser`; the customers that they name are those of
    /// [`Self::customers`]. None has a password.
    pub fn people(&self) -> People {
        People::new(self.people, self.customers, self.seed)
    }
}

#[cfg(test)]
mod tests;
