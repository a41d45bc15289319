//! Chance that is always the same: SplitMix64, one stream per record.

/// A stream of numbers for one record.
pub(crate) struct Chance(u64);

impl Chance {
    /// The stream of a record; `kind` keeps streams of different kinds of records apart.
    pub(crate) fn new(seed: u64, kind: u64, index: u64) -> Self {
        let mut chance = Self(seed ^ kind.rotate_left(48));
        let mixed = chance.next();
        Self(mixed ^ index.wrapping_mul(0xd134_2543_de82_ef95))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, each as likely as the others.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u64
    }

    /// A number below `end`, small ones more often than great ones, as names are spread.
    pub(crate) fn skewed(&mut self, end: u64) -> u64 {
        let a = self.below(end);
        let b = self.below(end);
        a.min(b)
    }

    /// True so many times in a hundred.
    pub(crate) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of a list, each as likely as the others.
    pub(crate) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as u64) as usize]
    }

    /// One of a list, the first ones more often.
    pub(crate) fn favour<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.skewed(list.len() as u64) as usize]
    }

    /// Appends so many digits.
    pub(crate) fn digits(&mut self, text: &mut String, count: u32) {
        let mut number = self.next();
        for _ in 0..count {
            text.push(char::from(b'0' + (number % 10) as u8));
            number /= 10;
        }
    }
}
