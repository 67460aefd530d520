//! Every prompt is a file in `assets/prompts/`; this is the list of them.

const ANSWER: &str = include_str!("../../assets/prompts/answer.md");
const VERDICT: &str = include_str!("../../assets/prompts/verdict.md");

/// What a part is told before each question: how it looks at things, and how it is to answer. An instruction that is no
/// name of a prompt is itself the prompt of an expert.
pub fn of_part(instruction: &str) -> String {
    let (text, answer) = match instruction {
        "perception" => (include_str!("../../assets/prompts/perception.md"), ANSWER),
        "navigation" => (include_str!("../../assets/prompts/navigation.md"), ANSWER),
        "threat" => (include_str!("../../assets/prompts/threat.md"), ANSWER),
        "opportunity" => (include_str!("../../assets/prompts/opportunity.md"), ANSWER),
        "single" => (include_str!("../../assets/prompts/single.md"), ANSWER),
        "reasoning" => (include_str!("../../assets/prompts/reasoning.md"), ANSWER),
        "synthesizer" => (include_str!("../../assets/prompts/synthesizer.md"), VERDICT),
        "vision" => (include_str!("../../assets/prompts/vision.md"), ""),
        "narrator" => (include_str!("../../assets/prompts/narrator.md"), ""),
        "summary" => (include_str!("../../assets/prompts/summary.md"), ""),
        own => (own, ANSWER),
    };
    format!("{}\n{}", text.trim_end(), answer.trim_end()).trim_end().to_owned()
}
