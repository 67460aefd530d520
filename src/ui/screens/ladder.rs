//! The ladder of checks as it runs: sign, name, what was found, how long it took, and what to do about it.

use egui::{Align, Label, Layout, RichText, Ui};

use super::{Wishes, parts};
use crate::{
    protocol::{Check, Command, Depth, Finding, Fix, Problem, Remedy, Snapshot, Verdict},
    settings::Role,
    ui::{
        catalogue::{said, say},
        state::State,
        theme::{palette, size, space, text},
        widgets::{Button, Look, Tint, card, mend_words, problem_below, section, verdict_icon},
        words,
    },
};

/// The share of a row that the name of a check takes where there is room, and how wide it may become; some have the name
/// of a model in them.
const TITLE: f32 = 0.34;
const TITLE_MOST: f32 = size::CHECK_COLUMN * 1.6;

/// Draws every finding so far.
pub fn ui(ui: &mut Ui, state: &mut State, snapshot: &Snapshot, wishes: &mut Wishes) {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        section(ui, &say!("setup-checks"), |ui| {
            let prove = say!("setup-prove");
            let can_prove = state.can_run() && !snapshot.checking;
            if ui.add_enabled(can_prove, Button::new(&prove).look(Look::Quiet)).clicked() {
                wishes.push(Command::CheckHealth { depth: Depth::Deep });
            }
            let copy = mend_words(&Fix::CopyReport);
            if ui.add_enabled(state.report.is_some(), Button::new(&copy).look(Look::Quiet)).clicked() {
                wishes.push(Command::Fix { fix: Fix::CopyReport });
            }
            if let Some(report) = &state.report {
                let took = say!("setup-took", ms = report.took_ms);
                ui.add(Label::new(RichText::new(took).font(text::small()).color(palette(ui).weak)));
            }
        });
        ui.spacing_mut().item_spacing.y = space::XS;
        ui.spacing_mut().interact_size.y = size::ROW;
        let mut place = String::new();
        let mut wanted = Vec::new();
        for finding in placed(&state.findings) {
            if finding.at != place {
                place.clone_from(&finding.at);
                ui.add_space(space::S);
                let heading = say!("setup-endpoint", name = place.as_str());
                ui.add(Label::new(RichText::new(heading).font(text::strong())).truncate());
            }
            row(ui, finding, &state.settings.roles);
            if let Some(found) = &finding.problem {
                let tint = if finding.verdict == Verdict::Failed { Tint::Bad } else { Tint::Warn };
                let fix = ui.scope(|ui| {
                    ui.spacing_mut().interact_size.y = size::BUTTON;
                    // What matters most is at the top of the screen already.
                    problem_below(ui, tint, &beside_the_banner(found))
                });
                wanted.extend(fix.inner);
                ui.add_space(space::XS);
            }
        }
        wanted.into_iter().for_each(|fix| state.wish_for(fix, wishes));
        if state.findings.is_empty() {
            ui.add(Label::new(RichText::new(say!("setup-no-findings")).color(palette(ui).weak)).wrap());
        }
    });
}

/// A problem without the buttons that stand above all checks anyway.
fn beside_the_banner(found: &Problem) -> Problem {
    let is_above = |way: &Remedy| matches!(way, Remedy::Action(Fix::CheckAgain | Fix::TryDemo | Fix::LeaveDemo));
    let mut below = found.clone();
    below.remedies.retain(|remedy| !is_above(remedy));
    below
}

/// The findings of the first endpoint, then those of each other one.
fn placed(findings: &[Finding]) -> Vec<&Finding> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by(|left, right| left.at.cmp(&right.at));
    sorted
}

/// What a check is called.
fn title(check: &Check) -> String {
    match check {
        Check::Address => say!("setup-check-address"),
        Check::Name => say!("setup-check-name"),
        Check::Port => say!("setup-check-port"),
        Check::Identity => say!("setup-check-identity"),
        Check::Token => say!("setup-check-token"),
        Check::Proxy => say!("setup-check-proxy"),
        Check::Tls => say!("setup-check-tls"),
        Check::Models => say!("setup-check-models"),
        Check::Loaded => say!("setup-check-loaded"),
        Check::Role(role) => say!("setup-check-role", role = role.as_str()),
        Check::Generation(model) => say!("setup-check-generation", model = model.as_str()),
        Check::Capacity(model) => say!("setup-check-capacity", model = model.as_str()),
        Check::Together => say!("setup-check-together"),
        Check::Truth(what) => say!("setup-check-truth", what = said(what)),
    }
}

/// The same with a part by the name that it has beside the checks: an expert by what it looks at.
fn called(check: &Check, roles: &[Role]) -> String {
    match check {
        Check::Role(name) => {
            let role = roles.iter().find(|role| role.name == *name);
            say!("setup-check-role", role = role.map_or_else(|| said(name), parts::title))
        }
        other => title(other),
    }
}

/// What was found, where it does not stand below as a whole.
fn note(finding: &Finding, roles: &[Role]) -> Option<String> {
    match (&finding.because, &finding.problem) {
        (Some(because), _) => Some(say!("setup-skipped", check = called(because, roles))),
        (None, Some(problem)) if problem.summary == finding.note => None,
        (None, _) => Some(said(&finding.note).into_owned()),
    }
}

fn row(ui: &mut Ui, finding: &Finding, roles: &[Role]) {
    let title_width = (ui.available_width() * TITLE).clamp(size::CHECK_COLUMN, TITLE_MOST);
    // What takes several lines begins where the others do.
    ui.horizontal_top(|ui| {
        verdict_icon(ui, finding.verdict);
        let title = Label::new(RichText::new(called(&finding.check, roles)).font(text::strong())).wrap();
        let left_to_right = Layout::left_to_right(Align::Min);
        ui.allocate_ui_with_layout(egui::vec2(title_width, size::ICON), left_to_right, |ui| {
            ui.set_min_width(title_width);
            ui.add(title);
        });
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            if finding.verdict != Verdict::Skipped {
                let took = words::with_unit(&words::count(finding.took_ms), "ms");
                ui.add(Label::new(RichText::new(took).font(text::small()).color(palette(ui).weak)));
            }
            let Some(note) = note(finding, roles) else { return };
            ui.with_layout(left_to_right, |ui| {
                let color = if finding.verdict == Verdict::Skipped { palette(ui).weak } else { palette(ui).text };
                ui.add(Label::new(RichText::new(note).color(color)).wrap());
            });
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_english_a_check_is_called_what_it_is_called_elsewhere() {
        let of = |name: &str| name.to_owned();
        let named = [
            Check::Role(of("synthesizer")),
            Check::Generation(of("a/b")),
            Check::Capacity(of("a/b")),
            Check::Truth(of("x")),
        ];
        let plain = [Check::Address, Check::Name, Check::Port, Check::Identity, Check::Token, Check::Proxy, Check::Tls];
        for check in plain.iter().chain(&named).chain(&[Check::Models, Check::Loaded, Check::Together]) {
            assert_eq!(title(check), check.title());
        }
    }

    #[test]
    fn a_part_has_the_name_that_it_has_beside_the_checks() {
        let roles = crate::settings::Settings::default().roles;
        let of = |name: &str| called(&Check::Role(name.to_owned()), &roles);
        assert_eq!([of("expert.3"), of("synthesizer")], ["Model of threat", "Model of synthesizer"]);
        assert_eq!(of("nobody"), "Model of nobody");
    }

    #[test]
    fn what_stands_below_is_not_said_twice() {
        let problem = Problem::plain("Nothing answers", Vec::new(), "Start it");
        let failed = Finding {
            check: Check::Port,
            verdict: Verdict::Failed,
            because: None,
            took_ms: 1,
            note: "Nothing answers".into(),
            problem: Some(problem),
            at: String::new(),
        };
        assert_eq!(note(&failed, &[]), None);
        assert_eq!(note(&Finding { note: "refused".into(), ..failed.clone() }, &[]).as_deref(), Some("refused"));
        let skipped = Finding { because: Some(Check::Port), problem: None, ..failed };
        assert_eq!(note(&skipped, &[]).as_deref(), Some("Skipped, because of: Port"));
    }
}
