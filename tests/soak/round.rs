//! One round: settings, harm, Start, whatever is asked meanwhile, Stop, and the way back to rest.

use std::{net::SocketAddr, time::Duration};

use singularis::{
    protocol::{Command, Fix, Phase, Until},
    settings::{Settings, Strategy},
};

use crate::{
    certificate::complaints,
    figures::Figures,
    plan::{self, Deed, Halt, Harm, Plan},
    play::Play,
    server::{MODEL, Server, fill_memory},
};

/// So many sessions stay in the journal: enough to be opened and played, and few enough that lists stay short.
const KEPT: usize = 16;
/// A session of rules has begun by then.
const BEGINS_WITHIN: Duration = Duration::from_secs(20);
/// Time for a few steps with models that are quick.
const FEW_STEPS_WITHIN: Duration = Duration::from_secs(30);
const FEW_STEPS: u64 = 3;
/// So often it is tried to find nothing under way after a round.
const TRIES: u32 = 4;
/// How the supervisor says that one of its tasks panicked.
const BROKE_DOWN: &str = "Something broke down inside";

/// A session with each of the two servers, and the memory of both filled with what they were asked in it: what grows
/// only until it is full must be full before anything is measured.
pub fn fill_books(play: &mut Play, server: &Server) {
    for demo in [false, true] {
        let settings = Settings { demo, ..plan::usual(&server.url()) };
        play.begin_round(0);
        play.save(settings.clone());
        play.start(Until::default());
        let mut endpoint = String::new();
        play.wait("the first steps of a session", FEW_STEPS_WITHIN, |heard, snapshot| {
            if snapshot.phase == Phase::Running {
                endpoint.clone_from(&snapshot.connection.endpoint);
            }
            heard.steps >= FEW_STEPS && !endpoint.is_empty()
        });
        let address: SocketAddr = endpoint.trim_start_matches("http://").parse().expect("an address of this machine");
        assert_eq!(address == server.address(), !demo, "{address} is asked");
        play.stop(None);
        assert_in_order(play, &settings, "the first session");
        fill_memory(address, &server.requests());
    }
}

/// Plays a round to its end, with everything at rest.
pub fn play(plan: &Plan, play: &mut Play, server: &Server, figures: &mut Figures) {
    play.begin_round(plan.number);
    play.save(plan.settings.clone());
    harm(&plan.before, server, figures);
    play.start(plan.until);
    for (pause, deed) in &plan.deeds {
        play.listen_for(*pause);
        act(*deed, play, server, figures);
    }
    if let Halt::AtOnce(pause) = plan.halt {
        play.listen_for(pause);
    }
    if plan.heals_first {
        server.heal();
    }
    let again_after = if let Halt::Twice(pause) = plan.halt { Some(pause) } else { None };
    let stop = play.stop(again_after);
    server.restore();
    assert_in_order(play, &plan.settings, &format!("{plan:#?}"));
    figures.ended(play.heard.ended.first(), !play.heard.refused.is_empty(), stop);
    rest(plan, play);
    play.look_after_the_journal(KEPT);
}

fn harm(harms: &[Harm], server: &Server, figures: &mut Figures) {
    server.harm(harms);
    figures.harmed(harms);
}

fn act(deed: Deed, play: &mut Play, server: &Server, figures: &mut Figures) {
    let kept = |which: u32| {
        let index = usize::try_from(which).expect("a small number").checked_rem(play.kept.len())?;
        play.kept.get(index).cloned()
    };
    let command = match deed {
        Deed::Pause => Some(Command::Pause),
        Deed::Resume => Some(Command::Resume { word: None }),
        Deed::Step => Some(Command::Step),
        Deed::Check(depth) => Some(Command::CheckHealth { depth }),
        Deed::Refresh => Some(Command::RefreshModels),
        Deed::List => Some(Command::ListSessions { search: "relic".to_owned() }),
        Deed::Open(which) => kept(which).map(|session| Command::OpenSession { session }),
        Deed::Why(which) => kept(which).map(|session| Command::ShowWhy { session, step: 1 }),
        Deed::Replay(which) => kept(which).map(|session| Command::Replay { session }),
        Deed::Bundle => Some(Command::PrepareBundle),
        Deed::Answer(is_yes) => play.snapshot().approval.as_ref().map(|asked| {
            let approval = asked.id;
            if is_yes {
                Command::Approve { approval, for_session: false, for_ever: false }
            } else {
                Command::Reject { approval, word: "Not now".to_owned() }
            }
        }),
        Deed::Load => Some(Command::Fix { fix: Fix::load(MODEL) }),
        Deed::Unload => {
            let fix = Fix::UnloadModel { instance: MODEL.to_owned(), endpoint: String::new() };
            Some(Command::Fix { fix })
        }
        Deed::Harm(one) => {
            harm(&[one], server, figures);
            None
        }
        Deed::Heal => {
            server.heal();
            None
        }
    };
    if let Some(command) = command {
        play.send(command);
    }
}

/// At most one session was started, it has ended as it should, and nothing was refused without a word.
fn assert_in_order(play: &Play, settings: &Settings, of_what: &str) {
    let heard = &play.heard;
    let ended: Vec<&String> = heard.ended.iter().map(|report| &report.session).collect();
    let started: Vec<&String> = heard.started.iter().collect();
    assert!(started.len() <= 1 && started == ended, "{started:?} began and {ended:?} ended in {of_what}");
    for report in &heard.ended {
        let complaints = complaints(report, settings);
        let certificate = &report.certificate;
        assert!(complaints.is_empty(), "{}\n{certificate:#?}\nin {of_what}", complaints.join("\n"));
    }
    for refusal in &heard.refused {
        assert!(!refusal.trim().is_empty(), "something was refused without a word in {of_what}");
        assert!(!refusal.starts_with(BROKE_DOWN), "{refusal}\nin {of_what}");
    }
}

/// Brings everything to rest that the round has left under way, such as a check or a load: a short session of rules
/// ends all of that, and every connection that is kept for the next question.
fn rest(plan: &Plan, play: &mut Play) {
    let mut settings = Settings { demo: false, ..plan.settings.clone() };
    settings.agent.strategy = Strategy::Heuristic;
    settings.agent.pace_ms = 200;
    for _ in 0..TRIES {
        play.begin_round(plan.number);
        play.save(settings.clone());
        // A check that is broken off by a stop is made up for afterwards, so there must be none.
        play.check();
        let checks = play.heard.checks_begun;
        play.start(Until::default());
        play.wait("a session of rules", BEGINS_WITHIN, |heard, _| !heard.started.is_empty());
        play.stop(None);
        assert_in_order(play, &settings, &format!("the session of rules after round {}", plan.number));
        if play.heard.checks_begun == checks {
            return;
        }
    }
    panic!("after {TRIES} sessions of rules something still has the server checked, in {plan:#?}");
}
