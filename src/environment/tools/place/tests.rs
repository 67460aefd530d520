//! A tool server as a place, tried with a server that says what it is told to.

mod restarts;

use std::{
    collections::VecDeque,
    future::{Future, pending, ready},
    sync::{Mutex, MutexGuard},
};

use serde_json::json;

use super::*;
use crate::{
    environment::tools::{
        calling::Called, connection::About, listing::Listed, offered::GOAL_REACHED, spoken::Progress, trouble::Trouble,
    },
    protocol::{EffectStatus, Scene},
    settings::PresetCall,
};

/// What the server does at its next calls.
enum Answer {
    Says(Value),
    Refuses(&'static str),
    Hangs(&'static str),
    /// Nothing, for ever.
    Never,
    Dies,
    /// It dies, and the way to it stays open.
    Vanishes,
}

#[derive(Default)]
struct Book {
    tools: Vec<&'static str>,
    changes: u64,
    answers: VecDeque<Answer>,
    called: Vec<String>,
    opened: usize,
    closed: usize,
    is_alive: bool,
    cannot_start: bool,
    notices: Vec<String>,
}

/// The server, and whoever starts it.
#[derive(Clone, Default)]
struct Fake {
    book: Arc<Mutex<Book>>,
    about: About,
}

impl Fake {
    fn new(tools: &[&'static str]) -> Self {
        let fake = Self::default();
        fake.book().tools = tools.to_vec();
        fake
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap()
    }

    fn then(&self, answer: Answer) {
        self.book().answers.push_back(answer);
    }

    fn called(&self) -> Vec<String> {
        std::mem::take(&mut self.book().called)
    }

    /// How often it was opened and closed, and what was said about it.
    fn counts(&self) -> (usize, usize, usize) {
        let book = self.book();
        (book.opened, book.closed, book.notices.len())
    }

    async fn place(&self, settings: ServerSettings) -> Result<ToolsPlace<Self>, Box<Problem>> {
        let book = Arc::clone(&self.book);
        let notice = move |_, text, _| book.lock().unwrap().notices.push(text);
        let hooks = Hooks { notice: Arc::new(notice), ..Hooks::default() };
        ToolsPlace::open(settings, self.clone(), hooks, Holdings::default()).await
    }
}

impl Opens for Fake {
    type Server = Self;

    fn open(&self) -> impl Future<Output = Result<Self, Trouble>> + Send {
        let mut book = self.book();
        book.opened += 1;
        book.is_alive = !book.cannot_start;
        let words = "out of paper".to_owned();
        ready(if book.cannot_start { Err(Trouble::CouldNotStart { words }) } else { Ok(self.clone()) })
    }
}

impl Spoken for Fake {
    fn about(&self) -> &About {
        &self.about
    }

    fn list(&self, _within: Duration) -> impl Future<Output = Result<Listed, Trouble>> + Send {
        let tool = |name: &&'static str| {
            let read_only = json!({"readOnlyHint": name.starts_with("look")});
            serde_json::from_value(json!({"name": name, "inputSchema": {}, "annotations": read_only})).unwrap()
        };
        ready(Ok(Listed { tools: self.book().tools.iter().map(tool).collect(), ..Listed::default() }))
    }

    fn call(
        &self,
        call: &ActionCall,
        _limits: CallLimits,
        _stop: &CancellationToken,
        progress: &Progress,
    ) -> impl Future<Output = Called> + Send {
        progress("half".to_owned());
        let mut book = self.book();
        book.called.push(call.to_string());
        let took = Duration::from_millis(5);
        let answer = book.answers.pop_front().unwrap_or(Answer::Says(json!({"content": []})));
        let called = match answer {
            Answer::Says(result) => Some(Called::Answered { result: serde_json::from_value(result).unwrap(), took }),
            Answer::Refuses(words) => Some(Called::Refused { words: words.to_owned(), took }),
            Answer::Hangs(words) => Some(Called::Unclear { words: words.to_owned(), took }),
            Answer::Never => None,
            Answer::Vanishes => Some(Called::Died { trouble: Trouble::HungUp, took }),
            Answer::Dies => {
                book.is_alive = false;
                Some(Called::Died { trouble: Trouble::Died { exit: None }, took })
            }
        };
        async move {
            match called {
                Some(called) => called,
                None => pending().await,
            }
        }
    }

    fn changes(&self) -> u64 {
        self.book().changes
    }

    fn is_alive(&self) -> bool {
        self.book().is_alive
    }

    fn complaints(&self) -> Vec<String> {
        vec!["a last line".to_owned()]
    }

    fn close(self) -> impl Future<Output = Vec<CertificateItem>> + Send + 'static {
        self.book().closed += 1;
        ready(Vec::new())
    }
}

fn settings() -> ServerSettings {
    ServerSettings::program("maze", "maze", &[])
}

fn says(text: &str) -> Answer {
    Answer::Says(json!({"content": [{"type": "text", "text": text}]}))
}

async fn act<O: Opens>(place: &mut ToolsPlace<O>, call: &ActionCall) -> Effect {
    place.act(call, &CancellationToken::new()).await.unwrap()
}

async fn look<O: Opens>(place: &mut ToolsPlace<O>) -> Observation {
    place.observe(Want::default()).await.unwrap()
}

fn names<O: Opens>(place: &ToolsPlace<O>) -> Vec<String> {
    place.actions().into_iter().map(|action| action.name).collect()
}

fn preset(tool: &str) -> PresetCall {
    PresetCall { tool: tool.to_owned(), ..PresetCall::default() }
}

#[tokio::test]
async fn the_tools_are_the_actions_and_the_last_result_is_what_is_seen() {
    let fake = Fake::new(&["look", "go"]);
    let mut place = fake.place(settings()).await.unwrap();
    assert_eq!(names(&place), ["look", "go", GOAL_REACHED]);
    assert_eq!((place.info().kind.as_str(), place.info().title.as_str()), ("tools:maze", "maze"));
    assert!(look(&mut place).await.text.contains("look, go, goal_reached"));
    let tick = place.tick();
    fake.then(says("You walk"));
    let effect = act(&mut place, &ActionCall::with("go", "to", "Farm")).await;
    assert_eq!((effect.status, effect.text.as_str(), effect.changed), (EffectStatus::Done, "You walk", true));
    assert!(place.tick() > tick);
    let seen = look(&mut place).await;
    assert_eq!(seen.text, "The last call was go {\"to\":\"Farm\"}. It gave:\nYou walk");
    assert_eq!((seen.tick, seen.scene), (place.tick(), Scene::Unknown));
    assert!(!act(&mut place, &ActionCall::bare("look")).await.changed, "it only looks");
    let EnvironmentView::Tools(view) = place.view() else { panic!() };
    assert_eq!((view.calls.len(), view.tools, view.state.as_str()), (2, 2, "answers"));
    assert_eq!((view.progress, view.errors), (None, vec!["a last line".to_owned()]));
}

#[tokio::test]
async fn a_picture_that_was_given_is_at_hand_as_a_file_while_it_is_drawn() {
    const POINT: &str =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
    let fake = Fake::new(&["look", "go"]);
    let mut place = fake.place(settings()).await.unwrap();
    assert_eq!(place.picture_file(), None);
    fake.then(Answer::Says(json!({"content": [{"type": "image", "data": POINT, "mimeType": "image/png"}]})));
    act(&mut place, &ActionCall::bare("look")).await;
    act(&mut place, &ActionCall::bare("go")).await;
    assert_eq!(look(&mut place).await.picture, None, "nobody wanted it");
    assert!(place.picture_file().is_some_and(|file| file.starts_with(b"\x89PNG")));
    let EnvironmentView::Tools(view) = place.view() else { panic!("it is a tool server") };
    assert_eq!(view.picture.map(|picture| (picture.number, picture.width)), Some((1, 1)));
}

#[tokio::test]
async fn each_end_of_a_call_is_told_as_what_it_is() {
    let fake = Fake::new(&["go"]);
    let mut place = fake.place(settings()).await.unwrap();
    fake.then(Answer::Says(json!({"content": [{"type": "text", "text": "no door"}], "isError": true})));
    fake.then(Answer::Refuses("no such argument"));
    fake.then(Answer::Hangs("no answer in 60 s"));
    let mut ends = Vec::new();
    for _ in 0..3 {
        let effect = act(&mut place, &ActionCall::bare("go")).await;
        ends.push((effect.status, effect.text, effect.changed));
    }
    let expected = [
        (EffectStatus::Rejected, "no door".to_owned(), false),
        (EffectStatus::Rejected, "no such argument".to_owned(), false),
        (EffectStatus::Uncertain, "no answer in 60 s".to_owned(), true),
    ];
    assert_eq!(ends, expected);
    assert_eq!(act(&mut place, &ActionCall::bare("fly")).await.status, EffectStatus::Rejected);
    let stop = CancellationToken::new();
    stop.cancel();
    let stopped = place.act(&ActionCall::bare("go"), &stop).await.unwrap();
    assert_eq!((stopped.status, fake.called().len()), (EffectStatus::Rejected, 3));
}

#[tokio::test]
async fn a_long_result_is_shortened_for_the_models_and_kept_whole() {
    let fake = Fake::new(&["go"]);
    let mut settings = settings();
    settings.extras.result_chars = 400;
    let mut place = fake.place(settings).await.unwrap();
    let long = "x".repeat(5000);
    fake.then(says(&long));
    let effect = act(&mut place, &ActionCall::bare("go")).await;
    assert!(effect.text.contains("[… 4,600 characters left out …]"), "{}", effect.text);
    assert_eq!(effect.whole, Some(long));
    assert!(look(&mut place).await.text.len() < 1000);
}

#[tokio::test]
async fn score_end_and_possible_actions_are_found_by_their_pointers() {
    let fake = Fake::new(&["step"]);
    let mut settings = settings();
    let extras = &mut settings.extras;
    (extras.score, extras.done, extras.legal) = ("/score".to_owned(), "/won".to_owned(), "/moves".to_owned());
    (extras.legal_tool, extras.legal_argument) = ("step".to_owned(), "action".to_owned());
    let mut place = fake.place(settings).await.unwrap();
    fake.then(Answer::Says(
        json!({"content": [], "structuredContent": {"score": 2, "moves": ["north"], "won": false}}),
    ));
    assert_eq!(act(&mut place, &ActionCall::bare("step")).await.score, Some(2.0));
    let seen = look(&mut place).await;
    assert_eq!((seen.score, seen.legal), (Some(2.0), vec![ActionCall::with("step", "action", "north")]));
    fake.then(Answer::Says(json!({"content": [], "structuredContent": {"won": true}})));
    assert_eq!(act(&mut place, &ActionCall::bare("step")).await.score, Some(2.0), "the last one that was told");
    let seen = look(&mut place).await;
    assert_eq!((seen.scene, seen.legal.len(), seen.ended.is_some()), (Scene::End, 0, true));
}

#[tokio::test]
async fn the_tool_for_looking_is_called_once_after_each_change() {
    let fake = Fake::new(&["go", "look_around"]);
    let mut settings = settings();
    settings.extras.observe = Some(preset("look_around"));
    let mut place = fake.place(settings).await.unwrap();
    fake.then(says("a farm"));
    assert!(look(&mut place).await.text.contains("a farm"));
    assert!(look(&mut place).await.text.contains("a farm"));
    assert_eq!(fake.called(), ["look_around"], "nothing was done in between");
    fake.then(says("done"));
    fake.then(Answer::Refuses("a dialog is open"));
    act(&mut place, &ActionCall::bare("go")).await;
    let text = look(&mut place).await.text;
    assert!(text.contains("cannot be seen: a dialog is open") && text.contains("done"), "{text}");
    assert_eq!(fake.called(), ["go", "look_around"]);
    fake.then(says("a shrine"));
    act(&mut place, &ActionCall::bare("look_around")).await;
    assert!(look(&mut place).await.text.contains("a shrine"));
    assert_eq!(fake.called(), ["look_around"], "the agent has looked itself");
}

#[tokio::test]
async fn a_changed_list_changes_what_can_be_done() {
    let fake = Fake::new(&["go"]);
    let mut place = fake.place(settings()).await.unwrap();
    let (generation, tick) = (place.generation(), place.tick());
    fake.book().changes += 1;
    look(&mut place).await;
    assert_eq!(place.generation(), generation, "it is the same list");
    fake.book().tools = vec!["go", "swim"];
    fake.book().changes += 1;
    look(&mut place).await;
    assert_eq!((place.generation(), names(&place).len()), (generation + 1, 3));
    assert!(place.tick() > tick);
    fake.book().tools = vec!["swim"];
    fake.book().changes += 1;
    act(&mut place, &ActionCall::bare("swim")).await;
    assert_eq!(names(&place), ["swim", GOAL_REACHED], "after an action too");
}

#[tokio::test]
async fn the_agent_says_when_the_goal_is_reached() {
    let fake = Fake::new(&["go"]);
    let mut place = fake.place(settings()).await.unwrap();
    let effect = act(&mut place, &ActionCall::with(GOAL_REACHED, "report", "the total is 34.50")).await;
    assert_eq!(effect.status, EffectStatus::Done);
    let seen = look(&mut place).await;
    assert_eq!((seen.ended.as_deref(), seen.scene), (Some("goal reached: the total is 34.50"), Scene::End));
    assert!(fake.called().is_empty(), "that is no business of the server");
}

#[tokio::test]
async fn one_that_cannot_be_acted_in_is_closed_and_said_to_be_so() {
    let mut looking = settings();
    looking.extras.observe = Some(preset("look"));
    let mut denying = settings();
    denying.extras.deny = vec!["go".to_owned()];
    let mut starting = settings();
    starting.extras.reset = Some(preset("go"));
    for (fake, settings, expected) in [
        (Fake::new(&[]), settings(), "maze has no tools"),
        (Fake::new(&["go"]), denying, "None of the tools of maze is offered"),
        (Fake::new(&["go"]), looking, "maze has no tool look, which is to be called to look"),
        (Fake::new(&["go"]), starting, "maze did not do what is to be called at the start"),
    ] {
        fake.then(Answer::Refuses("not now"));
        let problem = fake.place(settings).await.err().unwrap();
        assert_eq!(problem.summary, expected);
        assert!(!problem.remedies.is_empty());
        assert_eq!(fake.book().closed, 1, "{expected}");
    }
}

#[tokio::test]
async fn letting_go_closes_it_once_and_for_all() {
    let fake = Fake::new(&["go"]);
    let mut place = fake.place(settings()).await.unwrap();
    let items = place.release().await;
    assert_eq!((items.len(), items[0].name.as_str(), items[0].outcome), (1, "tools:maze", Outcome::Closed));
    place.release().await;
    assert_eq!(fake.book().closed, 1);
    assert!(matches!(place.observe(Want::default()).await, Err(EnvironmentError::Gone(_))));
    assert_eq!(fake.book().opened, 1, "nothing is started again");
}
