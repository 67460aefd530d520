//! Where models may run, by which keys, and what that means for the ways of thinking.

use egui_kittest::kittest::Queryable;
use singularis::{
    protocol::{Command, Connection, Depth, Event, Problem, Snapshot, TokenFrom, Wellness},
    settings::{CloudMode, Provider, Role, Settings},
};

use crate::{desk::Desk, samples::report};

fn with(cloud: CloudMode) -> Settings {
    Settings { cloud, ..Settings::default() }
}

fn saved_and_checked(settings: Settings) -> [Command; 2] {
    [Command::SaveSettings { settings: Box::new(settings) }, Command::CheckHealth { depth: Depth::Full }]
}

fn connected(connection: Connection) -> Snapshot {
    Snapshot { connection, ..Snapshot::default() }
}

#[test]
fn the_policy_is_chosen_from_a_list_saved_and_checked() {
    let mut desk = Desk::ready();
    assert!(desk.harness.query_by_label("Use key for Gemini").is_none(), "no keys are asked for while all is local");
    desk.press("Where models may run");
    desk.press("Local first: the cloud steps in where local models fail");
    assert_eq!(desk.sent(), saved_and_checked(with(CloudMode::LocalFirst)));
    desk.harness.get_by_label("Use it");
    desk.harness.get_by_label("Use key for Gemini");
    desk.harness.get_by_label("Use key for Claude");
    assert_eq!(desk.nameless(), Vec::<String>::new());
    desk.press("Cloud only");
    assert_eq!(desk.sent(), saved_and_checked(with(CloudMode::CloudOnly)));
    assert!(desk.harness.query_by_label("Use it").is_none(), "no local server is asked");
}

#[test]
fn a_key_in_the_keychain_is_said_to_be_there_and_can_be_forgotten() {
    let mut desk = Desk::with(with(CloudMode::LocalFirst));
    let gemini_key = TokenFrom::Keychain;
    desk.show(connected(Connection { gemini_key, token: TokenFrom::Keychain, ..Connection::default() }));
    desk.harness.get_by_label("The key for Gemini is kept in this system's keychain");
    desk.harness.get_by_label("The token for LM Studio is kept in this system's keychain");
    assert!(desk.harness.query_by_label("Forget key for Claude").is_none(), "there is none");
    desk.press("Forget key for Gemini");
    desk.press("Forget token");
    let forget = |provider| Command::ForgetKey { provider };
    assert_eq!(desk.sent(), [forget(Provider::Gemini), forget(Provider::Local)]);
}

#[test]
fn a_key_is_typed_as_dots_and_sent_to_be_kept() {
    let mut desk = Desk::with(with(CloudMode::CloudOnly));
    desk.type_into("Key for Claude", "sk-ant-0123456789");
    assert!(!desk.outline().contains("0123456789"), "what is typed is not shown");
    desk.press("Use key for Claude");
    let sent = desk.sent();
    let [Command::StoreKey { provider: Provider::Claude, key }] = sent.as_slice() else {
        panic!("no key was sent: {sent:?}")
    };
    assert_eq!(key.reveal(), "sk-ant-0123456789");
}

#[test]
fn without_a_keychain_it_is_said_how_long_a_key_is_kept() {
    let mut desk = Desk::with(with(CloudMode::CloudOnly));
    let connection = Connection {
        gemini_key: TokenFrom::ThisRun,
        keychain_trouble: Some("there is no keychain: no service answers".into()),
        ..Connection::default()
    };
    desk.show(connected(connection));
    desk.harness.get_by_label("There is no keychain: no service answers, so it is kept until the program ends");
    desk.harness.get_by_label_contains("It is made in the console of Claude. There is no keychain: ");
}

#[test]
fn a_keychain_that_refuses_is_named_beside_the_key() {
    let mut desk = Desk::with(with(CloudMode::CloudOnly));
    let locked = Problem::plain("The keychain is locked", vec![], "Unlock it and type the key again");
    desk.tell(Event::KeyChanged { provider: Provider::Gemini, problem: Some(locked) });
    desk.tell(Event::CheckStarted);
    desk.harness.get_by_label("The keychain is locked");
    desk.harness.get_by_label("Unlock it and type the key again");
    desk.tell(Event::KeyChanged { provider: Provider::Gemini, problem: None });
    assert!(desk.harness.query_by_label("The keychain is locked").is_none());
}

#[test]
fn a_way_of_thinking_made_for_the_cloud_says_who_plays_it_here() {
    let mut desk = Desk::ready();
    desk.press("Run");
    let words = "Only local models are allowed, so local models play its parts; change that under Setup";
    assert!(desk.harness.query_by_label(words).is_none());
    desk.press("Hybrid");
    desk.harness.get_by_label(words);
}

#[test]
fn a_model_of_an_account_is_chosen_from_its_own_list() {
    let mut desk = Desk::with(with(CloudMode::CloudFirst));
    let mut gemini = report(Wellness::Healthy, None);
    if let Event::CheckFinished(report) = &mut gemini {
        "gemini".clone_into(&mut report.name);
    }
    desk.tell(gemini);
    desk.press("Model of gemini");
    desk.press("google/gemma-3");
    let mut settings = with(CloudMode::CloudFirst);
    settings.providers.gemini.model = "google/gemma-3".into();
    assert_eq!(desk.sent(), saved_and_checked(settings));
}

#[test]
fn a_narrator_comes_and_goes_with_its_model() {
    let mut desk = Desk::ready();
    desk.tell(report(Wellness::Healthy, None));
    desk.press("Model of narrator");
    desk.press("google/gemma-3");
    let mut settings = Settings::default();
    settings.roles.push(Role { model: "google/gemma-3".into(), ..Role::new("narrator", "narrator") });
    assert_eq!(desk.sent(), saved_and_checked(settings));
    desk.press("Model of narrator");
    desk.press("off");
    assert_eq!(desk.sent(), saved_and_checked(Settings::default()));
}
