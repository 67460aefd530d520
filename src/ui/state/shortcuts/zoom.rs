//! The steps in which everything is made larger or smaller.

/// How large everything can be; 1 is as it was made.
pub const ZOOMS: [f32; 9] = [0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5];
/// What is as near as that is the same step.
const NEAR: f32 = 0.01;

/// The next step above; the last one stays as it is.
pub fn larger(zoom: f32) -> f32 {
    ZOOMS.into_iter().find(|step| *step > zoom + NEAR).unwrap_or(zoom)
}

/// The next step below; the first one stays as it is.
pub fn smaller(zoom: f32) -> f32 {
    ZOOMS.into_iter().rev().find(|step| *step < zoom - NEAR).unwrap_or(zoom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_by_steps_and_not_beyond_the_ends() {
        let near = |zoom: f32, step: f32| (zoom - step).abs() < NEAR;
        assert!(near(larger(1.0), 1.1) && near(smaller(1.0), 0.9));
        assert!(near(larger(1.3), 1.5) && near(smaller(1.3), 1.25), "from between two steps too");
        assert!(near(larger(2.5), 2.5) && near(smaller(0.75), 0.75));
        let all = std::iter::successors(Some(0.75), |zoom| (larger(*zoom) > *zoom).then(|| larger(*zoom)));
        assert_eq!(all.count(), ZOOMS.len());
    }
}
