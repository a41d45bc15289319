//! Settings of passwords, as the crate that hashes and judges them takes them.

use kartoteka_passwords::WriteFormat;
use kartoteka_passwords::policy::Policy;
use kartoteka_settings::WriteFormat as Configured;

use crate::open::Directory;

impl Directory {
    /// The form in which passwords are written: one that OTOBO reads, unless the table is Kartoteka's alone.
    pub(crate) fn write_format(&self, at_home: bool) -> WriteFormat {
        let settings = &self.inner.settings;
        let bcrypt = WriteFormat::OtoboBcrypt { cost: 12 };
        if !at_home && settings.passwords.write == Configured::Auto {
            return bcrypt;
        }
        match settings.passwords.format_on(&settings.database) {
            Configured::Argon2id => WriteFormat::Argon2id,
            _ => bcrypt,
        }
    }

    pub(crate) fn password_policy(&self) -> Policy {
        let passwords = &self.inner.settings.passwords;
        Policy {
            min_length: passwords.min_size as usize,
            min_2_lower_2_upper: passwords.min_2_lower_2_upper,
            need_digit: passwords.need_digit,
            min_2_characters: passwords.min_2_characters,
            min_3_of_4: passwords.min_3_of_4,
        }
    }
}
