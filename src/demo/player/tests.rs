//! The script against sample texts of the world, and the shapes its answers take.

use serde_json::json;

use super::{
    clues::Beliefs,
    fighting::damage,
    reading::{Fight, Intent, Road},
    *,
};

const MEMORIES: &str = r#"You remember:
- The trader, with a scar across the chin, said: "They sealed the king's tomb with bright coins, and he has never crossed them. Keep your hands off the box with the white stag."
- The farmer, leaning on a stick, said: "Guards keep faith with the one who paints their shadows. A church spoon did to the dead king what twenty spears could not."
- The hermit, with ink on the fingers, said: "C follows A, and B follows both. The bridge folk honour her who wanes and comes again."
- The poster in Town says: "The liar we seek writes too much and washes too little.""#;

const BRIDGE: &str = r#"Turn 23 of 70. You are at Bridge. Health 28/30, gold 6, potions 1.
Roads: Town (5 turns), Ruin (4 turns, not visited, barred), Tower (1 turn, not visited, barred).
Home is 5 turns away.
The guard bars the bridge and asks what you swear by. Reply 1: "By the oak that stood first". Reply 2: "By the moon on the water". Reply 3: "By the sun that sees all". A bribe of 12 gold would do as well.
Refused already: reply 2.
You carry silver blade, the relic.
So far: 5 of 10 places seen, the wolf felled."#;

const FIGHT: &str = "Turn 30 of 70. You are at Ruin. Health 9/30, gold 6, potions 0.\n\
    You are fighting the wraith (health 22/22). INTENT\n\
    You could flee to Tower (4 turns).\n\
    So far: 6 of 10 places seen, the bridge opened.";

const FIGHT_ACTIONS: &str = "Legal actions:\n- attack\n- power_attack\n- block\n- flee";

fn schema() -> Value {
    json!({
        "type": "object",
        "properties": {
            "thought": {"type": "string"},
            "action": {"type": "string", "enum": ["attack", "power_attack", "block", "flee"]},
            "arguments": {"type": "object"},
            "confidence": {"type": "number", "minimum": 0, "maximum": 1}
        },
        "required": ["thought", "action", "arguments", "confidence"]
    })
}

fn ask<'a>(role: &'a str, user: &'a str, tools: &[&'a str], schema: Option<&'a Value>) -> Asked<'a> {
    let tools = tools.iter().copied().map(|name| OfferedTool { name, schema: &Value::Null }).collect();
    Asked { system: role, user, tools, schema, has_image: false, seed: 0 }
}

fn fight(intent: &str) -> String {
    format!("{}\n\n{FIGHT_ACTIONS}\n", FIGHT.replace("INTENT", intent))
}

/// The action that an expert's JSON names.
fn decided(played: &Played) -> String {
    let decision: Value = serde_json::from_str(&played.text).expect("JSON");
    decision["action"].as_str().expect("an action").to_owned()
}

#[test]
fn a_text_is_read_in_full() {
    let reading = Reading::of(&format!("{BRIDGE}\n{MEMORIES}"));
    assert_eq!((reading.turn, reading.limit, reading.turns_left()), (23, 70, 47));
    assert_eq!((reading.health, reading.max_health, reading.gold, reading.potions), (28, 30, 6, 1));
    assert_eq!((reading.place.as_str(), reading.homeward.as_str(), reading.home_turns), ("Bridge", "Town", 5));
    let road = |to: &str, turns, visited| Road { to: to.to_owned(), turns, visited };
    assert_eq!(reading.roads, [road("Town", 5, true), road("Ruin", 4, false), road("Tower", 1, false)]);
    assert_eq!(reading.carries, ["silver blade", "the relic"]);
    assert_eq!(reading.replies, [Some(2), Some(1), Some(0)]);
    assert_eq!((reading.places_seen, reading.bridge_open, reading.fight), (5, false, None));
}

#[test]
fn a_fight_and_its_intent_are_read() {
    for (told, intent) in [
        ("It plants its feet and its whole body coils.", Intent::Heavy),
        ("It drops back a pace and gathers itself, its eyes fixed on your chest.", Intent::Heavy),
        ("A flick here, a scratch there: it means to wear you down.", Intent::Quick),
        ("It circles on light feet, looking for a gap to jab at.", Intent::Quick),
        ("It is off balance and has lost sight of you.", Intent::Open),
        ("It is open to a blow.", Intent::Open),
        ("It hums a tune.", Intent::Unclear),
    ] {
        let fight = Reading::of(&fight(told)).fight;
        assert_eq!(fight, Some(Fight { enemy: "wraith".to_owned(), health: 22, intent }), "{told}");
    }
}

#[test]
fn the_poster_turns_the_liars_words_round() {
    let beliefs = Reading::of(&format!("{BRIDGE}\n{MEMORIES}")).beliefs;
    assert_eq!(beliefs.fears, [0, 20], "two honest voices for silver");
    assert_eq!(beliefs.oaths, [10, -40, 0], "the sun; the moon was refused and the liar's");
    assert_eq!(beliefs.traps, [0, 0, 10]);
    assert_eq!(beliefs.orders, [0, -10, 0, 0, 0, 0], "what the liar says is out");
    assert_eq!(beliefs.advisers_heard, 3);
}

#[test]
fn every_way_to_tell_the_levers_is_understood() {
    for told in [
        "Last comes C, and B before A.",
        "Start with B and leave C for the end.",
        "A follows B, and C follows both.",
        "Nobody begins with A or ends with it, and C waits until the others are down.",
        "Let C wait its turn behind A, and A behind B.",
        "A stands between the others, and B was never late.",
        "Pull C when there is nothing else left to pull, and A just before it.",
        "The eldest is B, the youngest is C: go by age.",
    ] {
        let text = format!("- The hermit, leaning on a stick, said: \"{told} The bridge folk honour her who wanes.\"");
        let beliefs = Beliefs::from(&text);
        assert!(beliefs.orders[2] > 0, "BAC, from {told}: {:?}", beliefs.orders);
        assert_eq!(beliefs.orders.iter().filter(|belief| **belief > 0).count(), 1, "{told}: {:?}", beliefs.orders);
    }
    let carved = Beliefs::from("- The carving in the Tower says: \"The song ends on C.\"\nPulled in vain: ABC.");
    assert_eq!(carved.orders.map(|belief| belief >= 0), [false, false, true, false, false, false]);
}

#[test]
fn a_weapon_counts_double_against_whom_it_frightens() {
    let mut reading = Reading::of(&format!("{BRIDGE}\n{MEMORIES}"));
    let against = |enemy: &str| Fight { enemy: enemy.to_owned(), health: 20, intent: Intent::Open };
    assert_eq!((damage(&reading, &against("barrow king")), damage(&reading, &against("wraith"))), (8, 4));
    reading.carries = vec!["fire oil".to_owned()];
    assert_eq!((damage(&reading, &against("barrow king")), damage(&reading, &against("wraith"))), (4, 8));
}

#[test]
fn a_prompt_is_taken_apart() {
    let user = "Text.\n\nLegal actions:\n- go_to {\"place\":\"Farm\"}\n- reply {\"choice\":2}\n- wait\n\nOpinions:\n\
        - threat [0.80] proposes wait: It is quiet.\n\
        - navigation [0.55] proposes go_to {\"place\":\"Farm\"}: It is near: 3 turns.\n\
        - chaos [0.99] proposes dance: Why not.\n";
    let prompt = Prompt::read("Role: synthesizer\nDecide.", user);
    assert_eq!(prompt.role, Role::Synthesizer);
    let names: Vec<&str> = prompt.legal.iter().map(|call| call.name.as_str()).collect();
    assert_eq!(names, ["go_to", "reply", "wait"]);
    assert_eq!((prompt.legal[0].text("place"), prompt.legal[1].index("choice")), ("Farm", Some(1)));
    let opinions: Vec<(&str, i32, &str)> = prompt
        .opinions
        .iter()
        .map(|opinion| (opinion.who.as_str(), opinion.confidence, opinion.shown.as_str()))
        .collect();
    assert_eq!(opinions, [("threat", 80, "wait"), ("navigation", 55, "go_to {\"place\":\"Farm\"}")]);
}

#[test]
fn experts_answer_in_json_and_read_the_enemy() {
    let schema = schema();
    for role in ["perception", "navigation", "threat", "opportunity"] {
        let system = format!("Role: {role}\nYou are one of several experts.");
        let heavy = play(&ask(&system, &fight("It plants its feet and its whole body coils."), &[], Some(&schema)));
        assert_eq!(decided(&heavy), "block", "{role}");
        let decision: Value = serde_json::from_str(&heavy.text).expect("JSON");
        assert_eq!(decision["arguments"], json!({}));
        assert!(decision["thought"].as_str().is_some_and(|thought| thought.len() > 20));
        assert!(decision["confidence"].as_f64().is_some_and(|confidence| (0.3..=1.0).contains(&confidence)));
        assert!(heavy.tool_call.is_none() && !heavy.reasoning.is_empty());
    }
    let user = fight("It is off balance and has lost sight of you.");
    assert_eq!(decided(&play(&ask("Role: opportunity", &user, &[], Some(&schema)))), "power_attack");
}

#[test]
fn the_synthesizer_calls_a_tool_and_overrules_folly() {
    let user = format!(
        "{}\nOpinions:\n- threat [0.95] proposes attack: Now!\n- opportunity [0.95] proposes attack: The purse!\n\
         - navigation [0.95] proposes attack: It is in the way.\n",
        fight("It plants its feet and its whole body coils.")
    );
    let played = play(&ask("Role: synthesizer", &user, &["attack", "power_attack", "block", "flee"], None));
    assert_eq!(played.tool_call, Some(("block".to_owned(), json!({}))));
    assert!(played.text.contains("I overrule threat, opportunity, navigation"), "{}", played.text);
}

#[test]
fn the_relic_goes_home() {
    let user = format!(
        "{BRIDGE}\n{MEMORIES}\n\nLegal actions:\n- go_to {{\"place\":\"Town\"}}\n- reply {{\"choice\":1}}\n- wait\n"
    );
    let played = play(&ask("Role: synthesizer", &user, &["go_to", "reply", "wait"], None));
    assert_eq!(played.tool_call, Some(("go_to".to_owned(), json!({"place": "Town"}))));
}

#[test]
fn the_same_question_gets_the_same_choice_whatever_the_seed() {
    let schema = schema();
    let user = fight("It circles on light feet, looking for a gap to jab at.");
    let first = play(&ask("Role: threat", &user, &[], Some(&schema)));
    for seed in 0..10 {
        let again = play(&Asked { seed, ..ask("Role: threat", &user, &[], Some(&schema)) });
        assert_eq!(decided(&again), decided(&first));
    }
    assert_eq!(play(&ask("Role: threat", &user, &[], Some(&schema))).text, first.text);
}

#[test]
fn the_narrator_says_one_sentence() {
    let told = play(&ask("Role: narrator", BRIDGE, &[], None)).text;
    assert_eq!(
        told,
        "Turn 23 of 70: at Bridge with 28 of 30 health, 5 of 10 places seen, and the relic is on its way home."
    );
}

#[test]
fn without_actions_it_proves_that_it_has_read() {
    let argument = json!({"type": "object", "properties": {"nonce": {"type": "string"}}, "required": ["nonce"]});
    let user = "Call the tool with the nonce \"k7-tulip\".";
    let tools = vec![OfferedTool { name: "echo", schema: &argument }];
    let called = play(&Asked { tools, ..ask("", user, &[], None) });
    assert_eq!(called.tool_call, Some(("echo".to_owned(), json!({"nonce": "k7-tulip"}))));

    let filled = play(&ask("", "Answer in JSON. nonce: k7-tulip", &[], Some(&argument)));
    assert_eq!(serde_json::from_str::<Value>(&filled.text).expect("JSON"), json!({"nonce": "k7-tulip"}));

    let hello = play(&ask("", "Who are you?", &[], None)).text;
    assert!(hello.contains("demo") && hello.contains("language model"), "{hello}");
}
