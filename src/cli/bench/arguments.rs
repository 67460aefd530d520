//! What can be typed after `singularis bench`.

use std::{ops::Range, path::PathBuf, time::Duration};

use clap::Args;

use super::arm::{Arm, wording};
use crate::{
    cli::arguments::{Connection, duration},
    settings::{Difficulty, Wording},
};

/// More than anybody waits for: whoever types more has slipped.
const MOST_SEEDS: u64 = 10_000;

/// `singularis bench`
#[derive(Args, Debug)]
pub struct Bench {
    #[command(flatten)]
    pub connection: Connection,
    /// Who plays: NAME or NAME:key=value,key=value; can be given several times. Without one, every player without a
    /// model and the settings' way of thinking
    #[arg(long = "arm", value_name = "ARM")]
    pub arms: Vec<Arm>,
    /// The worlds to play in: so many from 0 on, or from A up to and without B
    #[arg(long, value_name = "N|A..B", value_parser = seeds, default_value = "20")]
    pub seeds: Range<u64>,
    /// How much time the world gives: `easy`, `normal` or `hard`
    #[arg(long, value_name = "LEVEL", value_parser = difficulty, default_value = "normal")]
    pub difficulty: Difficulty,
    /// Which phrases the world speaks with: `ordinary`, `held_out` or `without_clues`
    #[arg(long, value_name = "NAME", value_parser = wording, default_value = "ordinary")]
    pub wording: Wording,
    /// Play everybody who reads once more in a world that says nothing helpful
    #[arg(long)]
    pub control: bool,
    /// The folder for the runs, the figures and the picture
    #[arg(long, value_name = "FOLDER", default_value = "singularis-bench")]
    pub out: PathBuf,
    /// Begin anew instead of going on; the runs so far are kept beside the new ones
    #[arg(long)]
    pub fresh: bool,
    /// The longest time for one run: 10m, 90s
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "30m")]
    pub time_limit: Duration,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

/// `20`, or `100..120`.
fn seeds(text: &str) -> Result<Range<u64>, String> {
    let expected = "write it like 20, or like 100..120";
    let number =
        |part: &str| part.trim().parse::<u64>().map_err(|_| format!("{text} is no number of seeds; {expected}"));
    let range = match text.split_once("..") {
        Some((from, to)) => number(from)?..number(to)?,
        None => 0..number(text)?,
    };
    match range.end.saturating_sub(range.start) {
        0 => Err(format!("{text} names no seed; {expected}")),
        count if count > MOST_SEEDS => Err(format!("{text} names {count} seeds, and {MOST_SEEDS} are the most")),
        _ => Ok(range),
    }
}

/// The name in settings and on the command line.
pub fn difficulty_name(difficulty: Difficulty) -> &'static str {
    match difficulty {
        Difficulty::Easy => "easy",
        Difficulty::Normal => "normal",
        Difficulty::Hard => "hard",
    }
}

fn difficulty(text: &str) -> Result<Difficulty, String> {
    let named = Difficulty::ALL.into_iter().find(|difficulty| difficulty_name(*difficulty) == text);
    named.ok_or_else(|| format!("{text} is no difficulty; there are easy, normal and hard"))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::{Arguments, Task};

    #[test]
    fn seeds_are_a_number_or_a_range() {
        assert_eq!(seeds("20"), Ok(0..20));
        assert_eq!(seeds("100..120"), Ok(100..120));
        for bad in ["0", "7..7", "9..3", "many", "1..", "-4", "1000000"] {
            assert!(seeds(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_not_typed_has_its_usual_value() {
        let Some(Task::Bench(bench)) = Arguments::try_parse_from(["singularis", "bench"]).unwrap().task else {
            panic!("bench was typed")
        };
        assert!(bench.arms.is_empty() && !bench.control && !bench.fresh && !bench.json);
        assert_eq!((bench.seeds, bench.difficulty, bench.wording), (0..20, Difficulty::Normal, Wording::Ordinary));
        assert_eq!((bench.out, bench.time_limit), (PathBuf::from("singularis-bench"), Duration::from_secs(1800)));
    }

    #[test]
    fn a_bad_arm_is_refused_with_what_is_possible() {
        for (arm, expected) in [("telepathy", "greedy_intents"), ("single:volume=3", "answer_tokens")] {
            let error = Arguments::try_parse_from(["singularis", "bench", "--arm", arm]).unwrap_err();
            assert_eq!(error.exit_code(), 2);
            assert!(error.to_string().contains(expected), "{error}");
        }
        let line = ["singularis", "bench", "--difficulty", "brutal"];
        assert!(Arguments::try_parse_from(line).unwrap_err().to_string().contains("easy, normal and hard"));
    }
}
