//! Figures that were counted by hand over the sample sessions.

use super::{of, samples};
use crate::protocol::{
    ApprovalAnswer, Cause, ErrorPattern, ExpertFigures, Judgement, Plot, SessionFigures, SessionFile, What,
    WorthReading,
};

fn plot<'a>(figures: &'a SessionFigures, title: &str) -> &'a Plot {
    figures.plots.iter().find(|plot| plot.title == title).unwrap()
}

fn points<'a>(plot: &'a Plot, line: &str) -> &'a [(u64, f64)] {
    &plot.lines.iter().find(|known| known.name == line).unwrap().points
}

#[test]
fn courses_are_those_of_the_records() {
    let figures = of(&samples::ordinary());
    let titles: Vec<&str> = figures.plots.iter().map(|plot| plot.title.as_str()).collect();
    let expected =
        ["Score", "Cycle time", "Time to first token", "Tokens a second", "Waiting for its turn", "Errors by cause"];
    assert_eq!(titles, expected);
    let score = [(100, 0.0), (2600, 10.0), (4700, 10.0), (6100, 20.0), (6550, 20.0)];
    assert_eq!(points(plot(&figures, "Score"), "score"), score);
    let cycles = [(2600, 2.5), (4700, 1.7), (6100, 1.0), (6550, 0.25)];
    assert_eq!(points(plot(&figures, "Cycle time"), "decision"), cycles);
    let first = plot(&figures, "Time to first token");
    assert_eq!((first.unit.as_str(), first.events), ("s", false));
    assert_eq!(points(first, "perception"), [(1250, 0.2), (4000, 0.3)]);
    assert_eq!(points(first, "threat"), [(1700, 0.3)], "a failed call has no time to its first token");
    assert_eq!(first.lines.len(), 3);
    assert_eq!(points(plot(&figures, "Tokens a second"), "synthesizer"), [(2500, 40.0), (4600, 20.0)]);
    let queue = [(250, 0.05), (700, 0.5), (1700, 0.0), (3000, 0.0), (3000, 0.0), (4000, 0.0)];
    assert_eq!(points(plot(&figures, "Waiting for its turn"), "Local models"), queue);
    let errors = plot(&figures, "Errors by cause");
    assert!(errors.events);
    assert_eq!(points(errors, Cause::TimeoutSlowModel.title()), [(3500, 1.0)]);
    assert_eq!(points(errors, "Actions refused"), [(4700, 1.0)]);
    assert_eq!(points(errors, "Other problems"), [(6000, 1.0)]);
}

#[test]
fn each_part_has_its_medians_and_its_followers() {
    let figures = of(&samples::ordinary());
    let usual =
        ExpertFigures { model: "small".into(), prompt_tokens: 200, answer_tokens: 60, ..ExpertFigures::default() };
    let first = ExpertFigures {
        role: "expert.1".into(),
        title: "perception".into(),
        asked: 2,
        answered: 2,
        median_first_token_ms: Some(250),
        median_total_ms: Some(1000),
        median_tokens_per_second: Some(25.0),
        followed: 3,
        ..usual.clone()
    };
    let second = ExpertFigures {
        role: "expert.2".into(),
        title: "threat".into(),
        asked: 2,
        answered: 1,
        failed: 1,
        median_first_token_ms: Some(300),
        median_total_ms: Some(1000),
        median_tokens_per_second: Some(10.0),
        answer_tokens: 30,
        followed: 1,
        ..usual.clone()
    };
    let decider = ExpertFigures {
        role: "synthesizer".into(),
        title: "synthesizer".into(),
        asked: 2,
        answered: 2,
        median_first_token_ms: Some(150),
        median_total_ms: Some(700),
        median_tokens_per_second: Some(30.0),
        ..usual
    };
    assert_eq!(figures.experts, [first, second, decider]);
}

#[test]
fn titles_come_from_the_settings_where_there_is_no_report() {
    let mut file = samples::interrupted();
    let roles = |figures: &SessionFigures| -> Vec<(String, String)> {
        figures.experts.iter().map(|expert| (expert.role.clone(), expert.title.clone())).collect()
    };
    let pair = |role: &str, title: &str| (role.to_owned(), title.to_owned());
    assert_eq!(roles(&of(&file)), [pair("expert.1", "expert.1"), pair("expert.2", "expert.2")]);
    file.settings = "[[role]]\nname = \"expert.1\"\ninstruction = \"perception\"\n".to_owned();
    let figures = of(&file);
    assert_eq!(roles(&figures), [pair("expert.1", "perception"), pair("expert.2", "expert.2")]);
    assert_eq!(figures.experts[0].followed, 1);
    assert_eq!((figures.experts[1].asked, figures.experts[1].answered), (1, 0), "it is still under way");
}

#[test]
fn of_two_experts_with_one_title_only_the_followed_one_counts() {
    let mut file = samples::empty("s-twins");
    file.settings = "[[role]]\nname = \"expert.1\"\ninstruction = \"threat\"\n\
                     [[role]]\nname = \"expert.10\"\ninstruction = \"threat\"\n"
        .to_owned();
    samples::ask(&mut file, samples::answered(1, 1, "expert.10", [0, 0, 10, 20], 1.0));
    samples::ask(&mut file, samples::answered(2, 1, "expert.1", [0, 0, 10, 30], 1.0));
    samples::add(&mut file, 40, samples::decided(1, "synthesizer", "go", &[("threat", "wait"), ("threat", "go")]));
    let figures = of(&file);
    let followed: Vec<_> = figures.experts.iter().map(|expert| (expert.role.clone(), expert.followed)).collect();
    assert_eq!(followed, [("expert.1".to_owned(), 0), ("expert.10".to_owned(), 1)]);
    let first = plot(&figures, "Time to first token");
    let names: Vec<&str> = first.lines.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(names, ["threat (expert.1)", "threat (expert.10)"], "nobody could tell which is which");
}

#[test]
fn errors_that_are_alike_are_one() {
    let pattern = |cause, words: &str, seen_by: &[&str], at_ms| ErrorPattern {
        cause,
        words: words.to_owned(),
        seen_by: seen_by.iter().map(|by| (*by).to_owned()).collect(),
        count: 1,
        first_at_ms: at_ms,
        last_at_ms: at_ms,
    };
    let late =
        pattern(Some(Cause::TimeoutSlowModel), "No first token came within 30 s", &["expert.2", "reasoning"], 3500);
    let refused = pattern(None, "attack was refused: Nobody is here", &["reasoning"], 4700);
    let rules = pattern(None, "Rules decided 3 times in a row", &["reasoning"], 6000);
    // What a person did not allow is no error, and a word about a failed call is not a second one.
    assert_eq!(of(&samples::ordinary()).errors, [late, refused, rules]);

    let figures = of(&samples::long(40));
    let closed = &figures.errors[0];
    assert_eq!((closed.count, closed.first_at_ms, closed.last_at_ms), (4, 10_700, 40_700));
    assert_eq!(closed.words, "go was refused: Road 10 is closed");
    assert_eq!(points(plot(&figures, "Errors by cause"), "Actions refused").last(), Some(&(40_700, 4.0)));
}

#[test]
fn a_session_that_failed_at_once_has_its_error() {
    let figures = of(&samples::failed_at_once());
    let [only] = &figures.errors[..] else { panic!("{:?}", figures.errors) };
    assert_eq!((only.cause, only.count, only.first_at_ms), (Some(Cause::ServerNotRunning), 1, 40));
    assert_eq!(only.seen_by, ["session"]);
}

#[test]
fn decisions_worth_reading_have_their_reasons() {
    let reading = |question, why: &str| WorthReading { question, why: why.to_owned() };
    let expected = [
        reading(
            1,
            "the dearest decision: 3.1 points; the first decision; the experts did not agree: they named 2 different \
             actions",
        ),
        reading(3, "no model named anything possible, so rules decided"),
        reading(4, "a person said no: keep it; the last decision before the end"),
    ];
    assert_eq!(of(&samples::ordinary()).worth_reading, expected);
    assert_eq!(of(&samples::interrupted()).worth_reading, [reading(1, "the only decision")]);
}

#[test]
fn at_most_eight_decisions_are_named_and_none_twice() {
    let mut file = samples::long(3000);
    for step in [5, 50, 500, 700] {
        let judged = Judgement { is_proved: false, ..samples::judgement(step, 2.0) };
        samples::add(&mut file, 3_100_000, What::Judged(Box::new(judged)));
    }
    for question in 0..6 {
        samples::add(&mut file, 3_200_000 + question, samples::decided(4000 + question, "rules", "sell", &[]));
        samples::add(
            &mut file,
            3_200_000 + question,
            What::ApprovalNeeded(Box::new(samples::approval(question, "sell"))),
        );
        let answer = ApprovalAnswer::Rejected { word: String::new() };
        samples::add(&mut file, 3_200_000 + question, What::ApprovalClosed { approval: question, answer });
    }
    let found = of(&file).worth_reading;
    let questions: Vec<u64> = found.iter().map(|found| found.question).collect();
    assert_eq!(found.len(), 8);
    assert!(questions.is_sorted_by(|one, next| one < next), "in order, none twice: {questions:?}");
    assert!(questions.contains(&1) && questions.contains(&4005), "the first and the last: {questions:?}");
    let dearest = found.iter().find(|found| found.question == 5).unwrap();
    assert_eq!(dearest.why, "the dearest decision: 2.0 points, as far as it was searched");
}

#[test]
fn nothing_gives_nothing() {
    assert_eq!(of(&SessionFile::default()), SessionFigures::default());
    let kept = SessionFile { figures: of(&samples::ordinary()), ..SessionFile::default() };
    assert_eq!(of(&kept), SessionFigures::default(), "figures that come with the file are not looked at");
}

#[test]
fn what_is_no_number_is_not_drawn() {
    let mut file = samples::empty("s-odd");
    samples::add(&mut file, 10, What::Stepped(Box::new(samples::stepped(1, 1, "go", 100, f64::NAN))));
    samples::ask(&mut file, samples::answered(1, 1, "expert.1", [50, 40, 30, 20], f64::INFINITY));
    let figures = of(&file);
    assert!(
        figures.plots.iter().flat_map(|plot| &plot.lines).flat_map(|line| &line.points).all(|(_, y)| y.is_finite())
    );
    assert!(figures.plots.iter().all(|plot| plot.title != "Score" && plot.title != "Tokens a second"));
    assert_eq!(figures.experts[0].median_tokens_per_second, None);
    assert_eq!(figures.experts[0].median_total_ms, Some(0), "a clock that went backwards is no reason to panic");
}
