//! Whether confidences are honest: of the beads said to be right with 0.8, eight in ten should be.
//!
//! Reliability bins and expected calibration error after Naeini, Cooper and Hauskrecht, "Obtaining well
//! calibrated probabilities using Bayesian binning" (AAAI 2015), and Guo et al., "On calibration of modern
//! neural networks" (ICML 2017); the Brier score after Brier (1950). Linear in the number of predictions.

use super::distinct;
use crate::ids::IdBead;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Predicted confidences, each with whether the bead was exactly right.
///
/// ```
/// use duizhao::eval::Calibration;
/// let calibration: Calibration = [(0.95, true), (0.9, true), (0.6, false), (0.4, true)].into_iter().collect();
/// assert_eq!(calibration.right_at(0.9), (2, Some(1.0)));
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Calibration {
    predictions: Vec<(f32, bool)>,
}

/// Predictions whose confidences lie close together.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Bin {
    /// The least confidence that falls in.
    pub from: f64,
    /// The least confidence that falls in the next; in the last bin 1, which falls in.
    pub to: f64,
    /// How many predictions.
    pub count: u64,
    /// Their mean confidence, 0 to 1; 0 where there are none.
    pub confidence: f64,
    /// The share of them that are right, 0 to 1; 0 where there are none.
    pub right: f64,
}

impl Calibration {
    /// Adds a prediction. A confidence outside 0 to 1 counts as the nearer end, one that is no number as 0.
    pub fn push(&mut self, confidence: f32, right: bool) {
        // Unlike `clamp`, `max` makes a number of NaN.
        #[allow(clippy::manual_clamp)]
        let confidence = confidence.max(0.0).min(1.0);
        self.predictions.push((confidence, right));
    }

    /// Adds the beads of one text: each is right if the gold has the same, in whatever order its numbers are. Of
    /// one that is written twice the first counts.
    pub fn add<'a>(&mut self, gold: &[IdBead], test: impl IntoIterator<Item = (&'a IdBead, f32)>) {
        let right: HashSet<IdBead> = distinct(gold).into_iter().collect();
        let mut seen = HashSet::new();
        for (bead, confidence) in test {
            let bead = bead.clone().sorted();
            let is_right = right.contains(&bead);
            if seen.insert(bead) {
                self.push(confidence, is_right);
            }
        }
    }

    /// How many predictions there are.
    pub fn len(&self) -> usize {
        self.predictions.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.predictions.is_empty()
    }

    /// Bins of the same width, at least one, from confidence 0 to 1.
    pub fn bins(&self, bins: usize) -> Vec<Bin> {
        let bins = bins.max(1);
        let edge = |k: usize| k as f64 / bins as f64;
        let mut found: Vec<Bin> =
            (0..bins).map(|k| Bin { from: edge(k), to: edge(k + 1), ..Bin::default() }).collect();
        for &(confidence, right) in &self.predictions {
            // A confidence of 1 falls in the last bin.
            let k = ((f64::from(confidence) * bins as f64) as usize).min(bins - 1);
            found[k].count += 1;
            found[k].confidence += f64::from(confidence);
            found[k].right += f64::from(u8::from(right));
        }
        for bin in found.iter_mut().filter(|bin| bin.count > 0) {
            bin.confidence /= bin.count as f64;
            bin.right /= bin.count as f64;
        }
        found
    }

    /// Expected calibration error over bins of the same width: the mean distance, by predictions, between the
    /// mean confidence of a bin and the share that is right. 0 is best; `None` without predictions.
    pub fn expected_error(&self, bins: usize) -> Option<f64> {
        let distance = |bin: Bin| bin.count as f64 * (bin.confidence - bin.right).abs();
        let sum: f64 = self.bins(bins).into_iter().map(distance).sum();
        self.mean(sum)
    }

    /// Mean squared distance between confidence and truth. 0 is best, 1 is worst; `None` without predictions.
    pub fn brier(&self) -> Option<f64> {
        let squared = |&(confidence, right): &(f32, bool)| {
            let distance = f64::from(confidence) - f64::from(u8::from(right));
            distance * distance
        };
        self.mean(self.predictions.iter().map(squared).sum())
    }

    /// How many predictions have at least this confidence, and which share of them is right.
    pub fn right_at(&self, confidence: f32) -> (u64, Option<f64>) {
        let sure = self.predictions.iter().filter(|prediction| prediction.0 >= confidence);
        let (count, right) = sure.fold((0, 0), |(n, right), one| (n + 1, right + u64::from(one.1)));
        (count, (count > 0).then(|| right as f64 / count as f64))
    }

    fn mean(&self, sum: f64) -> Option<f64> {
        (!self.is_empty()).then(|| sum / self.len() as f64)
    }
}

impl Extend<(f32, bool)> for Calibration {
    fn extend<I: IntoIterator<Item = (f32, bool)>>(&mut self, predictions: I) {
        predictions.into_iter().for_each(|(confidence, right)| self.push(confidence, right));
    }
}

impl FromIterator<(f32, bool)> for Calibration {
    fn from_iter<I: IntoIterator<Item = (f32, bool)>>(predictions: I) -> Self {
        let mut calibration = Calibration::default();
        calibration.extend(predictions);
        calibration
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: Option<f64>, b: f64) {
        assert!((a.unwrap() - b).abs() < 1e-6, "{a:?} is not {b}");
    }

    /// Two bins: {0.25, wrong; 0.25, right} says .25 and is .5; {0.75, right; 1.0, right} says .875 and is 1.
    #[test]
    fn by_hand() {
        let four: Calibration =
            [(0.25, false), (0.25, true), (0.75, true), (1.0, true)].into_iter().collect();
        let bins = four.bins(2);
        assert_eq!((bins[0].count, bins[0].confidence, bins[0].right), (2, 0.25, 0.5));
        assert_eq!((bins[1].count, bins[1].confidence, bins[1].right), (2, 0.875, 1.0));
        near(four.expected_error(2), (2.0 * 0.25 + 2.0 * 0.125) / 4.0);
        near(four.brier(), (0.0625 + 0.5625 + 0.0625 + 0.0) / 4.0);
        assert_eq!(four.right_at(0.75), (2, Some(1.0)));
        assert_eq!(four.right_at(0.0), (4, Some(0.75)));
    }

    #[test]
    fn nothing_and_out_of_range() {
        assert_eq!(Calibration::default().expected_error(10), None);
        assert_eq!(Calibration::default().right_at(0.9), (0, None));
        let odd: Calibration = [(2.0, true), (-1.0, false), (f32::NAN, false)].into_iter().collect();
        near(odd.expected_error(0), 0.0);
        near(odd.brier(), 0.0);
    }

    #[test]
    fn beads_are_right_when_the_gold_has_them() {
        let gold = [IdBead::new([0], [1, 0]), IdBead::new([1], [1])];
        let again = IdBead::new([0], [1, 0]);
        let test = [(IdBead::new([0], [0, 1]), 0.9), (IdBead::new([1], []), 0.5), (again, 0.1)];
        let mut calibration = Calibration::default();
        calibration.add(&gold, test.iter().map(|(bead, confidence)| (bead, *confidence)));
        assert_eq!(calibration.right_at(0.0), (2, Some(0.5)));
    }
}
