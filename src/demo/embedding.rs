//! Small vectors for texts, always the same for the same text, near each other for texts that share words.

const DIMENSIONS: usize = 32;

/// A vector of length one.
pub(super) fn embed(text: &str) -> Vec<f64> {
    let mut vector = vec![0.0; DIMENSIONS];
    for word in text.split_whitespace() {
        let word = word.to_lowercase();
        let mut state = hash(word.trim_matches(|letter: char| !letter.is_alphanumeric()));
        for value in &mut vector {
            state = stir(state);
            *value += f64::from(state.to_be_bytes()[0]) / 127.5 - 1.0;
        }
    }
    let length = vector.iter().map(|value| value * value).sum::<f64>().sqrt();
    if length > 0.0 {
        for value in &mut vector {
            *value /= length;
        }
    }
    vector
}

/// FNV-1a.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// One step of a linear congruential generator; its high byte is the random one.
fn stir(state: u64) -> u64 {
    state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(one: &str, other: &str) -> f64 {
        embed(one).iter().zip(embed(other)).map(|(a, b)| a * b).sum()
    }

    #[test]
    fn texts_that_share_words_are_near() {
        assert!((likeness("red berries north", "Red berries, north!") - 1.0).abs() < 1e-9);
        assert!(
            likeness("red berries north", "red berries south") > likeness("red berries north", "wolves sleep here")
        );
    }

    #[test]
    fn no_words_make_no_direction() {
        assert!(embed("  ").iter().all(|value| *value == 0.0));
        assert_eq!(embed("a").len(), DIMENSIONS);
    }
}
