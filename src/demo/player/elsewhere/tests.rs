//! The script in a web shop, at a desktop and among tools that it does not know. The pages are as Playwright's tool
//! server 0.0.83 told them.

use serde_json::json;

use super::{
    super::{OfferedTool, play},
    offered::is_described,
    page::Page,
    *,
};

const GOAL: &str =
    "Find the blue kettle in the shop at http://127.0.0.1:8917/, put it into the basket and read the total";

const BROWSER: &str = r#"- browser_close {}: Close the page
- browser_press_key {"key": string}: Press a key on the keyboard
- browser_type {"target": string, "text": string, "element?": string, "submit?": boolean, "slowly?": boolean}: Type text
- browser_navigate {"url": string}: Navigate to a URL
- browser_snapshot {"target?": string, "filename?": string, "depth?": number}: Capture accessibility snapshot
- browser_click {"target": string, "element?": string, "button?": "left" | "right" | "middle"}: Perform click
- goal_reached {"report": string}: Say that the goal is reached"#;

const NOWHERE: &str = "### Page\n- Page URL: about:blank\n### Snapshot\n```yaml\n\n```";

const HEADER: &str = r#"### Snapshot
```yaml
- generic [active] [ref=e1]:
  - banner [ref=e2]:
    - link "The little shop" [ref=e3] [cursor=pointer]:
      - /url: /
    - generic [ref=e4]:
      - textbox "Search" [ref=e5]:
        - /placeholder: What are you looking for?
      - button "Search" [ref=e6]
    - link "Basket (0)" [ref=e7] [cursor=pointer]:
      - /url: /basket
  - main [ref=e8]:
"#;

const WELCOME: &str = r#"    - heading "Welcome" [level=1] [ref=e9]
    - paragraph [ref=e10]: Kettles, lamps and mugs.
    - list [ref=e11]:
      - listitem [ref=e12]:
        - link "Green lamp" [ref=e13] [cursor=pointer]:
          - /url: /item/green-lamp
        - text: 12.00 €
"#;

const FOUND: &str = r#"    - heading "Found for blue kettle" [level=1] [ref=f1e9]
    - list [ref=f1e10]:
      - listitem [ref=f1e11]:
        - link "Red kettle" [ref=f1e12] [cursor=pointer]:
          - /url: /item/red-kettle
        - text: 31.00 €
      - listitem [ref=f1e13]:
        - link "Blue kettle" [ref=f1e14] [cursor=pointer]:
          - /url: /item/blue-kettle
        - text: 34.50 €
"#;

const ITEM: &str = r#"    - heading "Blue kettle" [level=1] [ref=f2e9]
    - paragraph [ref=f2e10]: "Price: 34.50 €"
    - generic [ref=f2e11]:
      - generic [ref=f2e12]:
        - text: How many
        - spinbutton "How many" [ref=f2e13]: "1"
      - button "Put into basket" [ref=f2e14]
"#;

const BASKET: &str = r#"    - heading "Your basket" [level=1] [ref=f4e8]
    - table [ref=f4e10]:
      - rowgroup [ref=f4e11]:
        - row [ref=f4e15]:
          - cell "Blue kettle" [ref=f4e16]
          - cell "34.50 €" [ref=f4e17]
    - paragraph [ref=f4e18]: "Total: 34.50 €"
    - button "Pay" [ref=f4e19]
"#;

fn page(path: &str, title: &str, main: &str) -> String {
    format!("### Page\n- Page URL: http://127.0.0.1:8917{path}\n- Page Title: {title}\n{HEADER}{main}```")
}

fn question(goal: &str, seen: &str, before: &[String], actions: &str) -> String {
    let before = before.iter().fold(String::new(), |list, line| list + &format!("- {line}\n"));
    let before = if before.is_empty() { before } else { format!("\nWhat was done before:\n{before}") };
    format!(
        "Goal: {goal}\n\nObservation:\n{seen}\n{before}\nArguments that are marked with ? may be left out.\n\
         \nLegal actions:\n{actions}\n"
    )
}

fn schema() -> Value {
    json!({"type": "object", "properties": {
        "thought": {"type": "string"},
        "action": {"type": "string"},
        "arguments": {"type": "object", "properties": {"a": {"type": "integer"}, "path": {"type": "string"}}},
        "confidence": {"type": "number"}
    }})
}

/// What is done, as `name {arguments}`, and the thought.
fn asked(role: &str, user: &str) -> (String, String) {
    let schema = schema();
    let asked = Asked { system: role, user, tools: Vec::new(), schema: Some(&schema), has_image: false, seed: 0 };
    let played = play(&asked);
    let decision: Value = serde_json::from_str(&played.text).unwrap();
    let arguments = decision["arguments"].as_object().cloned().unwrap_or_default();
    let call = called(decision["action"].as_str().unwrap(), arguments);
    (call.shown, decision["thought"].as_str().unwrap().to_owned())
}

#[test]
fn the_shop_is_played_from_an_empty_browser_to_the_total() {
    let mut before: Vec<String> = Vec::new();
    for (seen, expected) in [
        (NOWHERE.to_owned(), r#"browser_navigate {"url":"http://127.0.0.1:8917/"}"#),
        (
            page("/", "The little shop", WELCOME),
            r#"browser_type {"element":"Search","target":"e5","text":"blue kettle","submit":true}"#,
        ),
        (
            page("/search?q=blue+kettle", "blue kettle", FOUND),
            r#"browser_click {"element":"Blue kettle","target":"f1e14"}"#,
        ),
        (
            page("/item/blue-kettle", "Blue kettle", ITEM),
            r#"browser_click {"element":"Put into basket","target":"f2e14"}"#,
        ),
        (page("/item/blue-kettle", "Blue kettle", ITEM), r#"browser_click {"element":"Basket (0)","target":"e7"}"#),
        (
            page("/basket", "Basket", BASKET),
            r#"goal_reached {"report":"blue kettle is in the basket, and the total is 34.50"}"#,
        ),
    ] {
        for role in ["Role: threat", "Role: single", ""] {
            let (done, thought) = asked(role, &question(GOAL, &seen, &before, BROWSER));
            assert_eq!((done.as_str(), thought.is_empty()), (expected, false), "{role}");
        }
        before.push(format!("{expected}: ### Ran Playwright code ### Page - Page URL: …"));
    }
}

#[test]
fn what_was_refused_was_not_done() {
    let put = r#"browser_click {"element":"Put into basket","target":"f2e14"}"#;
    let seen = page("/item/blue-kettle", "Blue kettle", ITEM);
    for how in ["refused: A person did not allow it", "failed: Timeout", "unclear whether it happened"] {
        let (done, _) = asked("", &question(GOAL, &seen, &[format!("{put}: {how}")], BROWSER));
        assert_eq!(done, put, "{how}");
    }
}

#[test]
fn where_nothing_can_be_found_it_looks_again_and_claims_nothing() {
    let search =
        r#"browser_type {"element":"Search","target":"e5","text":"blue kettle","submit":true}: ran"#.to_owned();
    let seen = page("/search?q=blue+kettle", "Search", "    - paragraph [ref=e9]: Nothing was found.\n");
    let (done, thought) = asked("", &question(GOAL, &seen, &[search], BROWSER));
    assert_eq!(done, "browser_snapshot");
    assert!(thought.contains("nothing here"), "{thought}");
    let without_outline = "### Page\n- Page URL: http://127.0.0.1:8917/\n- [Snapshot](.playwright-mcp/page-1.yml)";
    assert_eq!(asked("", &question(GOAL, without_outline, &[], BROWSER)).0, "browser_snapshot");
}

#[test]
fn a_quoted_item_is_taken_as_it_stands() {
    let goal = "Go to http://127.0.0.1:8917/ and buy a “Green lamp”, please.";
    let (done, _) = asked("", &question(goal, &page("/", "The little shop", WELCOME), &[], BROWSER));
    assert_eq!(done, r#"browser_click {"element":"Green lamp","target":"e13"}"#);
}

#[test]
fn lines_of_an_outline_are_read_with_names_marks_and_texts() {
    let page = Page::read(
        "- Page Title: A \"b\"\n- 'link \"It''s: here\" [ref=e1]':\n- button \"Say \\\"hi\\\"\" [disabled] [ref=e2]\n\
         - text: plain: words\n- /url: /x\nno dash",
    );
    let parts: Vec<_> = page
        .parts
        .iter()
        .map(|part| [&part.kind, &part.name, &part.reference, &part.text].map(String::as_str))
        .collect();
    assert_eq!(
        parts,
        [["link", "It's: here", "e1", ""], ["button", "Say \"hi\"", "e2", ""], ["text", "", "", "plain: words"]]
    );
    assert_eq!((page.title.as_str(), page.address.as_str()), ("A \"b\"", ""));
}

#[test]
fn what_the_last_call_gave_is_not_taken_for_the_page() {
    let (old, new) = (page("/", "The little shop", WELCOME), page("/item/blue-kettle", "Blue kettle", ITEM));
    let seen = format!("The last call was browser_snapshot. It gave:\n{old}\n\nNow:\n{new}");
    let put = r#"browser_click {"element":"Put into basket","target":"f2e14"}"#;
    assert_eq!(asked("", &question(GOAL, &seen, &[], BROWSER)).0, put);
}

#[test]
fn the_synthesizer_takes_what_most_agree_on() {
    let opinions = "\nOpinions:\n- threat [0.60] proposes browser_snapshot: Look: again.\n\
                    - navigation [0.40] proposes browser_click {\"target\":\"e3\"}: It is near.\n\
                    - perception [0.40] proposes browser_click {\"target\":\"e3\"}: I see it.\n\
                    - chaos [0.99] proposes dance {\"wild\":true}: Why not.\n";
    let user = question(GOAL, NOWHERE, &[], BROWSER) + opinions;
    assert_eq!(asked("Role: synthesizer", &user).0, r#"browser_click {"target":"e3"}"#);
}

#[test]
fn with_tools_it_calls_one_and_without_a_schema_it_says_it() {
    let user = question(GOAL, NOWHERE, &[], BROWSER);
    let shape = Value::Null;
    let tools = vec![OfferedTool { name: "browser_navigate", schema: &shape }];
    let plain = Asked { system: "", user: &user, tools, schema: None, has_image: false, seed: 0 };
    let (name, arguments) = play(&plain).tool_call.unwrap();
    assert_eq!((name.as_str(), arguments), ("browser_navigate", json!({"url": "http://127.0.0.1:8917/"})));
    let said = play(&Asked { tools: Vec::new(), ..plain });
    assert!(said.tool_call.is_none() && said.text.ends_with(r#"browser_navigate {"url":"http://127.0.0.1:8917/"}"#));
}

#[test]
fn keys_are_tried_in_turn_each_pressed_and_then_held() {
    let actions = "- key {\"key\": \"w\" | \"a\", \"times?\": integer}: Press a key\n\
                   - hold {\"key\": \"w\" | \"a\", \"ms\": integer}: Hold a key\n- wait {\"ms\": integer}: Wait";
    let mut before: Vec<String> = Vec::new();
    for expected in [
        r#"key {"key":"w"}"#,
        r#"hold {"key":"w","ms":1200}"#,
        r#"key {"key":"a"}"#,
        r#"hold {"key":"a","ms":1200}"#,
        r#"key {"key":"w"}"#,
    ] {
        let (done, thought) = asked("Role: single", &question("Walk", "A screen.", &before, actions));
        assert_eq!(done, expected);
        assert!(thought.contains("script"), "{thought}");
        before.push(format!("{expected}: would press it (dry run)"));
    }
    let refused =
        vec![r#"hold {"key":"w","ms":1200}: refused: too long"#.to_owned(), r#"key {"key":"a"}: done"#.to_owned()];
    assert_eq!(asked("", &question("Walk", "A screen.", &refused, actions)).0, r#"key {"key":"w"}"#);
    let any = "- key {\"key\": string}: Press a key";
    assert_eq!(asked("", &question("Walk", "A screen.", &[], any)).0, r#"key {"key":"right"}"#);
}

#[test]
fn of_unknown_tools_only_those_that_look_are_called_and_then_it_says_so() {
    let actions = "- delete_all {}: Delete\n- read_file {\"path\": string}: Read\n- list_folders {}: List\n\
                   - get_sum {\"a\": number, \"how\": \"up\" | \"down\"}: Sum\n\
                   - goal_reached {\"report\": string}: Say that the goal is reached";
    let mut before: Vec<String> = Vec::new();
    for expected in ["list_folders", r#"read_file {"path":"demo"}"#, r#"get_sum {"a":0,"how":"up"}"#] {
        let (done, _) = asked("", &question("Look", "Nothing.", &before, actions));
        assert_eq!(done, expected);
        before.push(format!("{expected}: done"));
    }
    let (done, _) = asked("", &question("Look", "Nothing.", &before, actions));
    assert!(done.starts_with("goal_reached ") && done.contains("The demo is a script"), "{done}");
    let harmful = "- wipe {\"disk\": string}: Wipe a disk";
    assert_eq!(asked("", &question("Look", "Nothing.", &[], harmful)).0, "", "nothing is named rather than harm done");
}

#[test]
fn the_built_in_world_is_told_from_other_places() {
    for line in ["wait", "go_to {\"place\":\"Farm\"}", "look {}", "long_list_name_only"] {
        assert!(!is_described(line), "{line}");
    }
    for line in ["wait {}: Wait", "go {\"place\": string}: Go", "press {\"key\": \"a\" | \"b\"}"] {
        assert!(is_described(line), "{line}");
    }
}

#[test]
fn the_narrator_tells_what_the_browser_shows() {
    let user = format!("Goal: {GOAL}\n\nObservation:\n{}\n", page("/basket", "Basket", BASKET));
    let asked =
        Asked { system: "Role: narrator", user: &user, tools: Vec::new(), schema: None, has_image: false, seed: 0 };
    assert_eq!(play(&asked).text, "The browser shows a page called Basket.");
}
