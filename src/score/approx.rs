//! Logarithm and exponential from plain arithmetic: a few nanoseconds, right to about seven digits, and the
//! same bits on every machine, which the functions of the systems' libraries are not.
//!
//! The polynomials are those of `logf` and `expf` in Cephes (S. L. Moshier, 1989).

use std::f32::consts::{LOG2_E, SQRT_2};

/// The natural logarithm of a finite number of at least `f32::MIN_POSITIVE`.
#[inline]
pub(crate) fn ln(x: f32) -> f32 {
    const HALF_ROOT: u32 = (SQRT_2 / 2.0).to_bits();
    // x = m · 2^e with m between √½ and √2.
    let e = (x.to_bits().wrapping_sub(HALF_ROOT) as i32) >> 23;
    let t = f32::from_bits(x.to_bits().wrapping_sub((e << 23) as u32)) - 1.0;
    let e = e as f32;
    let mut y = 7.037_683_6e-2;
    for c in [
        -1.151_461e-1,
        1.167_699_9e-1,
        -1.242_014_1e-1,
        1.424_932_3e-1,
        -1.666_805_8e-1,
        2.000_071_5e-1,
        -2.499_999_4e-1,
        3.333_333e-1,
    ] {
        y = y * t + c;
    }
    let square = t * t;
    y = y * t * square - 2.121_944_4e-4 * e - 0.5 * square;
    t + y + 0.693_359_4 * e
}

/// e to the power of a number; 0 below −87, and as for 88 above it.
#[inline]
pub(crate) fn exp(x: f32) -> f32 {
    let most = if x < 88.0 { x } else { 88.0 };
    // Rounded by the sum itself: a number so large has no room for digits after the point.
    const ROUND: f32 = (3 << 22) as f32;
    let rounded = most * LOG2_E + ROUND;
    let n = rounded - ROUND;
    let r = most - n * 0.693_359_4 + n * 2.121_944_4e-4;
    let mut y = 1.987_569_1e-4;
    for c in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 5e-1] {
        y = y * r + c;
    }
    let y = y * r * r + r + 1.0;
    // The last bits of the sum are n.
    let n = rounded.to_bits().wrapping_sub(ROUND.to_bits());
    let y = y * f32::from_bits(n.wrapping_add(127) << 23);
    if x < -87.0 { 0.0 } else { y }
}

/// Puts in place of each number its logarithm: four at a time, as nothing in [`ln`] branches.
#[inline]
pub(crate) fn logarithms(numbers: &mut [f32]) {
    numbers.iter_mut().for_each(|number| *number = ln(*number));
}

/// Puts in place of each number its exponential, four at a time.
#[inline]
pub(crate) fn exponentials(numbers: &mut [f32]) {
    numbers.iter_mut().for_each(|number| *number = exp(*number));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn as_the_exact_functions(x in 1e-30f32..1e30, y in -86f32..80.0, z in 0.5f32..2.0) {
            for x in [x, z] {
                let exact = f64::from(x).ln();
                prop_assert!((f64::from(ln(x)) - exact).abs() <= 3e-7 * exact.abs().max(0.3), "ln {x}");
            }
            let exact = f64::from(y).exp();
            prop_assert!((f64::from(exp(y)) / exact - 1.0).abs() <= 3e-7, "exp {y}");
        }
    }

    #[test]
    fn ends() {
        assert_eq!(exp(0.0), 1.0);
        assert_eq!(exp(f32::NEG_INFINITY), 0.0);
        assert!(exp(1e9).is_finite());
        assert_eq!(ln(1.0), 0.0);
    }
}
