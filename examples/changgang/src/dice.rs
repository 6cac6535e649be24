//! Chance that always falls the same way: a ChaCha8 stream for each label, seeded from the sample's seed.
//!
//! Every theme throws dice of its own, so that a change in one leaves the records of the others as they were.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng as _, SeedableRng as _};
use sha2::{Digest as _, Sha256};

use crate::SEED;

/// A stream of throws.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream of a label.
    pub(crate) fn new(label: &str) -> Self {
        let seed = Sha256::new().chain_update(SEED).chain_update([0]).chain_update(label).finalize();
        Self(ChaCha8Rng::from_seed(seed.into()))
    }

    /// A number below `bound`; zero when there is nothing to choose from. The high half of a product instead of
    /// a remainder: the bias is below 2⁻³² and does not matter for a sample.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let product = u128::from(self.0.next_u64()) * bound as u128;
        usize::try_from(product >> 64).unwrap_or(0)
    }

    /// A number from `low` to `high`, both possible.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = usize::try_from(high - low + 1).unwrap_or(0);
        low + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// The same for the type that counts are stored in.
    pub(crate) fn count(&mut self, low: i32, high: i32) -> i32 {
        i32::try_from(self.between(low.into(), high.into())).unwrap_or(low)
    }

    /// True so many times out of a hundred.
    pub(crate) fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    /// One of a list that is not empty.
    pub(crate) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// Puts a list into chance order (Fisher and Yates).
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }

    /// So many whole numbers that add up to `total`, each within `spread` percent of the mean.
    pub(crate) fn parts(&mut self, total: i64, count: usize, spread: i64) -> Vec<i64> {
        let mean = total / i64::try_from(count).unwrap_or(1).max(1);
        let reach = mean * spread / 100;
        let mut parts: Vec<i64> = (0..count).map(|_| mean + self.between(-reach, reach)).collect();
        let mut missing = total - parts.iter().sum::<i64>();
        let mut at = 0;
        while missing != 0 && count > 0 {
            // Small steps, so that the correction is spread over all parts.
            let step = missing.signum() * missing.abs().min((reach / 4).max(1));
            parts[at % count] += step;
            missing -= step;
            at += 1;
        }
        parts
    }
}
