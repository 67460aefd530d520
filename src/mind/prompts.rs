//! Every prompt is a file in `assets/prompts/`; this is the list of them.

const ANSWER: &str = include_str!("../../assets/prompts/answer.md");
const VERDICT: &str = include_str!("../../assets/prompts/verdict.md");

/// What a part is told before each question. An instruction that is no name of a prompt is itself the prompt.
pub fn expert(instruction: &str) -> String {
    let text = match instruction {
        "perception" => include_str!("../../assets/prompts/perception.md"),
        "navigation" => include_str!("../../assets/prompts/navigation.md"),
        "threat" => include_str!("../../assets/prompts/threat.md"),
        "opportunity" => include_str!("../../assets/prompts/opportunity.md"),
        own => own,
    };
    format!("{}\n{}", text.trim_end(), ANSWER.trim_end())
}

/// What the one who decides is told.
pub fn synthesizer() -> String {
    format!("{}\n{}", include_str!("../../assets/prompts/synthesizer.md").trim_end(), VERDICT.trim_end())
}

/// What a model that decides alone is told.
pub fn single() -> String {
    format!("{}\n{}", include_str!("../../assets/prompts/single.md").trim_end(), ANSWER.trim_end())
}
