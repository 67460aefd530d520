//! The names that come nearest to one that does not exist.

/// Up to three candidates, nearest first; only such as a person could have meant.
pub fn nearest(name: &str, candidates: &[String]) -> Vec<String> {
    let wanted = simplify(name);
    let mut scored: Vec<(f64, &String)> =
        candidates.iter().map(|candidate| (likeness(&wanted, &simplify(candidate)), candidate)).collect();
    // Below this, names have little more than letters in common.
    scored.retain(|(score, _)| *score > 0.72);
    scored.sort_by(|left, right| right.0.total_cmp(&left.0).then_with(|| left.1.cmp(right.1)));
    scored.into_iter().take(3).map(|(_, candidate)| candidate.clone()).collect()
}

/// True when the names differ only in case, spaces, a publisher in front or a build behind.
pub fn is_same_but_for_spelling(name: &str, candidate: &str) -> bool {
    name != candidate && simplify(name) == simplify(candidate)
}

fn likeness(left: &str, right: &str) -> f64 {
    let contained = !left.is_empty() && !right.is_empty() && (left.contains(right) || right.contains(left));
    strsim::jaro_winkler(left, right).max(if contained { 0.9 } else { 0.0 })
}

/// The bare model name: no publisher, no build, no file ending, one case, no punctuation.
fn simplify(name: &str) -> String {
    let name = name.trim().to_lowercase();
    let name = name.rsplit(['/', '\n']).next().unwrap_or_default();
    let name = name.split(['@', ':']).next().unwrap_or_default();
    let name = name.trim_end_matches(".gguf").trim_end_matches("-gguf");
    name.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_comes_first() {
        let models = ["qwen/qwen2.5-vl-7b", "google/gemma-3-12b", "text-embedding-nomic"].map(String::from);
        assert_eq!(nearest("qwen2.5vl-7b", &models), ["qwen/qwen2.5-vl-7b"]);
        assert_eq!(nearest("gemma-3-12b-it", &models)[0], "google/gemma-3-12b");
        assert!(nearest("o4-mini", &models).is_empty());
    }

    #[test]
    fn spelling_is_told_from_another_model() {
        assert!(is_same_but_for_spelling("Qwen/Qwen2.5-VL-7B ", "qwen/qwen2.5-vl-7b"));
        assert!(is_same_but_for_spelling("llm\nqwen/qwen3.6-35b-a3b", "qwen/qwen3.6-35b-a3b"));
        assert!(!is_same_but_for_spelling("qwen-7b", "qwen-14b"));
    }
}
