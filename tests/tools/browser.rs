//! Playwright with a real Chromium, in a small shop of this machine.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};
use singularis::{
    protocol::EffectStatus,
    settings::{Place, PresetCall, ServerSettings},
};

use crate::{
    drill::Drill,
    found::{Found, browser},
    stage::{Play, marked, with},
    traces::{family, fresh_mark},
};

const SHOP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/shop/shop.py");
/// A browser takes a while to come up where everything else runs too. Seconds.
const CALL_S: f64 = 20.0;

/// The shop, until this is dropped.
struct Shop {
    child: Child,
    port: u16,
}

impl Shop {
    fn open() -> Self {
        let mut command = Command::new("python3");
        command.arg(SHOP).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, port: line.trim().parse().unwrap() }
    }

    fn page(&self, path: &str) -> Value {
        json!({"url": format!("http://127.0.0.1:{}/{path}", self.port)})
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        let _it_may_have_ended = self.child.kill();
        let _nothing_to_do = self.child.wait();
    }
}

/// Playwright as it is used here: it leaves its files in a folder that goes away.
fn playwright(test: &str, folder: &std::path::Path) -> Option<ServerSettings> {
    let (found, browser) = (Found::for_test(test)?, browser(test)?);
    let here = folder.to_str().unwrap();
    let mut server = with(found.playwright(&browser), "TMPDIR", here);
    if let Place::Program { folder, .. } = &mut server.place {
        here.clone_into(folder);
    }
    Some(server)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn playwright_with_a_real_browser() {
    let folder = tempfile::tempdir().unwrap();
    let Some(server) = playwright("Playwright", folder.path()) else { return };
    let shop = Shop::open();
    let drill = Drill {
        server,
        tools: &["browser_navigate", "browser_snapshot", "browser_click", "browser_type", "browser_take_screenshot"],
        done: vec![
            ("browser_navigate", shop.page("article/blue-kettle"), "Page URL"),
            ("browser_snapshot", json!({}), "button \"Put into basket\""),
            ("browser_take_screenshot", json!({}), "picture 1"),
        ],
        refused: vec![
            ("browser_click", json!({}), "Invalid"),
            ("browser_click", json!({"element": "nothing", "target": "e999"}), "e999"),
            ("browser_navigate", json!({"url": "file:///etc/passwd"}), "file"),
        ],
        looks: 1,
        program: "@playwright/mcp/cli.js",
        call_s: CALL_S,
    };
    drill.carry_out().await;
}

/// With `browser_snapshot` to look, what is seen is the page, and a browser that runs is gone at the end.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_is_seen_and_the_browser_ends_with_the_session() {
    let folder = tempfile::tempdir().unwrap();
    let Some(server) = playwright("a page", folder.path()) else { return };
    let (shop, mark) = (Shop::open(), fresh_mark());
    let mut server = marked(server, &mark);
    (server.extras.connect_s, server.extras.call_s) = (40.0, CALL_S);
    server.extras.observe = Some(PresetCall { tool: "browser_snapshot".to_owned(), ..PresetCall::default() });
    server.extras.deny = vec!["browser_run_code_unsafe".to_owned()];
    let mut play = Play::open(&server, &mark).await;
    assert!(!play.tools().contains(&"browser_run_code_unsafe".to_owned()), "it is denied");
    assert_eq!(play.call("browser_navigate", shop.page("")).await.status, EffectStatus::Done);
    let seen = play.look().await.text;
    assert!(seen.contains("link \"Blue kettle\""), "{seen}");
    let everybody = family(&play.processes());
    let runs = |name: &str| everybody.iter().filter(|trace| trace.line.contains(name)).count();
    assert!(runs("chrom") > 1, "the browser runs: {everybody:?}");
    let items = play.close_with(&everybody).await;
    eprintln!("of {} processes none is left: {items:?}", everybody.len());
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().flatten().map(|entry| entry.path()).collect();
    eprintln!("left in its folder: {left:?}");
}
