//! The tools of a server, page by page and one by one: one that is malformed loses only itself.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use rmcp::{
    ServiceError,
    model::{ClientRequest, ErrorCode, ListToolsRequest, PaginatedRequestParams, ServerResult, Tool},
};
use serde_json::Value;
use tokio::time::timeout;

use super::{
    calling::words_of,
    complaints::cleaned,
    connection::{Connection, milliseconds},
    http,
    trouble::{Trouble, seconds},
};

/// A server that goes on with the next page for ever is not listened to for ever.
const MOST_PAGES: usize = 100;
const MOST_TOOLS: usize = 2000;
const MOST_REASONS: usize = 100;
/// Nobody calls a tool by a longer name. In letters.
const LONGEST_NAME: usize = 128;
/// So much of a name or an answer is shown, in letters.
const SHOWN: usize = 200;

/// What a tool can do without.
const OPTIONAL: [&str; 5] = ["annotations", "outputSchema", "icons", "_meta", "execution"];

/// The tools of a server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listed {
    /// In the server's order, no two of the same name.
    pub tools: Vec<Tool>,
    /// Those that were left out, each with the reason.
    pub skipped: Vec<String>,
    pub took_ms: u64,
}

impl Connection {
    /// All tools, page by page and tool by tool: one that is malformed loses only itself.
    pub async fn list(&self, within: Duration) -> Result<Listed, Trouble> {
        let began = Instant::now();
        let listed = timeout(within, self.all_pages()).await;
        let mut listed = listed.unwrap_or_else(|_late| Err(self.silence(within)))?;
        listed.took_ms = milliseconds(began.elapsed());
        Ok(listed)
    }

    async fn all_pages(&self) -> Result<Listed, Trouble> {
        let mut listing = Listing::default();
        let mut cursor = None;
        for _ in 0..MOST_PAGES {
            let params = PaginatedRequestParams::default().with_cursor(cursor.take());
            let request = ClientRequest::ListToolsRequest(ListToolsRequest::with_param(params));
            let answer = match self.peer().send_request(request).await {
                Ok(answer) => answer,
                Err(error) => return self.without_list(error, listing).await,
            };
            match listing.add_page(answer)? {
                Some(next) => cursor = Some(next),
                None => break,
            }
        }
        if cursor.is_some() || listing.is_full {
            listing.skip(format!("whatever comes after {MOST_PAGES} pages or {MOST_TOOLS} tools"));
        }
        Ok(listing.listed)
    }

    /// Why no answer came in time.
    fn silence(&self, within: Duration) -> Trouble {
        match self.program.as_ref().map(|program| program.overheard().silence(within)) {
            Some(trouble @ (Trouble::TooLong { .. } | Trouble::HalfLine { .. })) => trouble,
            _ => Trouble::ListFailed { words: format!("no answer came within {}", seconds(within)) },
        }
    }

    /// What an error instead of a page means.
    async fn without_list(&self, error: ServiceError, listing: Listing) -> Result<Listed, Trouble> {
        match error {
            // A server without tools need not know the question.
            ServiceError::McpError(data) if data.code == ErrorCode::METHOD_NOT_FOUND => Ok(listing.listed),
            ServiceError::McpError(data) => Err(Trouble::ListFailed { words: words_of(&data) }),
            ServiceError::TransportClosed => Err(self.end_of_it().await),
            ServiceError::TransportSend(error) => match http::trouble(&error) {
                Some(trouble) => Err(trouble),
                None => Err(self.end_of_it().await),
            },
            other => Err(Trouble::ListFailed { words: cleaned(&other.to_string(), SHOWN) }),
        }
    }
}

/// A list in the making.
#[derive(Debug, Default)]
struct Listing {
    listed: Listed,
    names: BTreeSet<String>,
    cursors: BTreeSet<String>,
    /// How many were looked at.
    seen: usize,
    /// There were more than are kept.
    is_full: bool,
}

impl Listing {
    /// Adds a page and gives the cursor of the next one, if there is a next one that was not seen yet.
    fn add_page(&mut self, answer: ServerResult) -> Result<Option<String>, Trouble> {
        let next = match answer {
            ServerResult::ListToolsResult(page) => {
                page.tools.into_iter().for_each(|tool| self.add(Ok(tool)));
                page.next_cursor
            }
            ServerResult::EmptyResult(_) => None,
            // The library gives up a whole page for one tool that it cannot read.
            ServerResult::CustomResult(page) => self.add_raw(page.0)?,
            other => self.add_raw(serde_json::to_value(other).unwrap_or_default())?,
        };
        let next = next.filter(|next| !next.is_empty() && !self.is_full);
        Ok(next.filter(|next| self.cursors.insert(next.clone())))
    }

    fn add_raw(&mut self, page: Value) -> Result<Option<String>, Trouble> {
        let next = page.get("nextCursor").and_then(Value::as_str).map(str::to_owned);
        let tools = match page {
            Value::Object(mut page) => page.remove("tools"),
            _ => None,
        };
        let Some(Value::Array(tools)) = tools else {
            return Err(Trouble::ListFailed { words: "its answer is no list of tools".to_owned() });
        };
        tools.into_iter().for_each(|tool| self.add(read(tool)));
        Ok(next)
    }

    fn add(&mut self, tool: Result<Tool, String>) {
        self.seen += 1;
        let tool = tool.and_then(|tool| match unusable(&tool.name) {
            Some(reason) => Err(reason.to_owned()),
            None => Ok(tool),
        });
        match tool {
            Err(reason) => self.skip(format!("tool {}: {reason}", self.seen)),
            Ok(tool) if !self.names.insert(tool.name.to_string()) => {
                self.skip(format!("tool {}: there is another one called {}", self.seen, tool.name));
            }
            Ok(tool) if self.listed.tools.len() < MOST_TOOLS => self.listed.tools.push(tool),
            Ok(_) => self.is_full = true,
        }
    }

    /// One that goes on for ever is not complained about for ever.
    fn skip(&mut self, reason: String) {
        if self.listed.skipped.len() < MOST_REASONS {
            self.listed.skipped.push(reason);
        }
    }
}

/// Why nobody can call a tool by this name.
fn unusable(name: &str) -> Option<&'static str> {
    match name {
        name if name.trim().is_empty() => Some("it has no name"),
        name if name.chars().count() > LONGEST_NAME => Some("its name is too long"),
        name if name.contains(|letter: char| letter.is_control() || letter.is_whitespace()) => {
            Some("its name has spaces or control characters in it")
        }
        _ => None,
    }
}

/// A tool, without what it can do without if that is malformed; else the reason why it is none.
fn read(tool: Value) -> Result<Tool, String> {
    let Some(name) = tool.get("name").and_then(Value::as_str).map(str::to_owned) else {
        return Err("it has no name".to_owned());
    };
    let of_it = |reason: &str| format!("{}: {reason}", cleaned(&name, SHOWN));
    match tool.get("inputSchema") {
        Some(Value::Object(_)) => {}
        Some(_) => return Err(of_it("its input schema is no object")),
        None => return Err(of_it("it has no input schema")),
    }
    if let Ok(whole) = serde_json::from_value(tool.clone()) {
        return Ok(whole);
    }
    let Value::Object(mut fields) = tool else { return Err(of_it("it is no object")) };
    for field in OPTIONAL {
        fields.remove(field);
    }
    serde_json::from_value(Value::Object(fields)).map_err(|error| of_it(&error.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn answer(value: Value) -> ServerResult {
        serde_json::from_value(value).unwrap()
    }

    fn names(listing: &Listing) -> Vec<&str> {
        listing.listed.tools.iter().map(|tool| tool.name.as_ref()).collect()
    }

    fn tool(name: &str) -> Value {
        json!({"name": name, "inputSchema": {"type": "object"}})
    }

    #[test]
    fn one_that_is_malformed_loses_only_itself() {
        let page = json!({"nextCursor": "2", "tools": [
            tool("first"), {"name": "second"}, {"name": "third", "inputSchema": true}, {"inputSchema": {}}, 7,
            {"name": "sixth", "inputSchema": {}, "annotations": "none", "description": "kept"}, tool("  "),
        ]});
        let mut listing = Listing::default();
        assert_eq!(listing.add_page(answer(page)), Ok(Some("2".to_owned())));
        assert_eq!(names(&listing), ["first", "sixth"]);
        assert_eq!(listing.listed.tools[1].description.as_deref(), Some("kept"));
        let expected = [
            "tool 2: second: it has no input schema",
            "tool 3: third: its input schema is no object",
            "tool 4: it has no name",
            "tool 5: it has no name",
            "tool 7: it has no name",
        ];
        assert_eq!(listing.listed.skipped, expected);
    }

    #[test]
    fn a_name_that_comes_again_is_left_out() {
        let mut listing = Listing::default();
        let page = json!({"tools": [tool("a"), tool("b"), tool("a"), tool("two words")]});
        assert_eq!(listing.add_page(answer(page)), Ok(None));
        assert_eq!(names(&listing), ["a", "b"]);
        assert_eq!(listing.listed.skipped[0], "tool 3: there is another one called a");
        assert!(listing.listed.skipped[1].starts_with("tool 4: its name has spaces"), "{:?}", listing.listed.skipped);
    }

    #[test]
    fn a_page_that_leads_back_to_itself_is_the_last() {
        let mut listing = Listing::default();
        let page = || answer(json!({"tools": [], "nextCursor": "again"}));
        assert_eq!(listing.add_page(page()), Ok(Some("again".to_owned())));
        assert_eq!(listing.add_page(page()), Ok(None));
        assert_eq!(listing.add_page(answer(json!({}))), Ok(None), "nothing is an empty list");
    }

    #[test]
    fn there_is_an_end_to_tools() {
        let mut listing = Listing::default();
        for page in 0..30 {
            let tools: Vec<Value> = (0..100).map(|number| tool(&format!("tool_{page}_{number}"))).collect();
            let page = json!({"tools": tools, "nextCursor": page.to_string()});
            assert!(listing.add_page(answer(page)).is_ok());
        }
        assert_eq!((listing.listed.tools.len(), listing.is_full), (MOST_TOOLS, true));
    }

    #[test]
    fn what_is_no_list_is_said_to_be_none() {
        for odd in [json!({"tools": 5}), json!(["a"]), json!({"content": []})] {
            assert!(matches!(Listing::default().add_page(answer(odd)), Err(Trouble::ListFailed { .. })));
        }
    }
}
