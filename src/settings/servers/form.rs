//! The form in which servers are written down, `{"mcpServers": {NAME: {…}}}`, entry by entry: one that cannot be used
//! keeps no other from being used, and nothing of the file is lost when it is written again.

use serde_json::{Map, Value};

use super::{ServerSettings, entry, listed::listed, name::shown};

/// How this program and most others call the list.
pub(super) const SECTION: &str = "mcpServers";

/// What a text says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Form {
    pub servers: Vec<ServerSettings>,
    pub rest: Rest,
    /// One sentence for each thing that could not be used.
    pub warnings: Vec<String>,
}

/// What is kept as it is: it is not known here, or cannot be used.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Rest {
    entries: Vec<(String, Value)>,
    beside: Map<String, Value>,
}

impl Form {
    /// Reads a text whose list has one of these names. An error says why it is no such text.
    pub fn read(text: &str, sections: &[&str]) -> Result<Self, String> {
        let listed = listed(text, sections)?;
        let mut form = Self { rest: Rest { entries: Vec::new(), beside: listed.beside }, ..Self::default() };
        for (name, value) in listed.entries.unwrap_or_default() {
            match entry::read(&name, &value, &mut form.warnings) {
                Ok(server) if form.has(&server.name) => {
                    form.warnings.push(format!("There are two tool servers called {}; the first is used", server.name));
                }
                Ok(server) => form.servers.push(server),
                Err(why) => {
                    form.warnings.push(format!("The tool server {} cannot be used: {why}", shown(&name)));
                    form.rest.entries.push((name, value));
                }
            }
        }
        Ok(form)
    }

    fn has(&self, name: &str) -> bool {
        self.servers.iter().any(|server| server.name == name)
    }
}

/// The text with these servers and the rest of what stood there.
pub(super) fn written(servers: &[ServerSettings], rest: &Rest) -> String {
    let mut entries: Map<String, Value> =
        servers.iter().map(|server| (server.name.clone(), entry::written(server))).collect();
    for (name, value) in &rest.entries {
        entries.entry(name.clone()).or_insert_with(|| value.clone());
    }
    let mut whole = Map::new();
    whole.insert(SECTION.to_owned(), Value::Object(entries));
    whole.extend(rest.beside.clone());
    format!("{:#}\n", Value::Object(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Form {
        Form::read(text, &[SECTION]).unwrap()
    }

    #[test]
    fn one_bad_entry_keeps_no_other_down_and_is_kept_itself() {
        let text = r#"{
            // as people write it
            "theirs": {"x": 1},
            "mcpServers": {"good": {"command": "a", "unheard": [1]}, "bad": {"args": 7}, "other": {"url": "http://x"},},
        }"#;
        let form = read(text);
        assert_eq!(form.servers.iter().map(|server| server.name.as_str()).collect::<Vec<_>>(), ["good", "other"]);
        assert_eq!(form.warnings.len(), 1, "{:?}", form.warnings);
        assert!(form.warnings[0].starts_with("The tool server bad cannot be used: "), "{:?}", form.warnings);
        let again = read(&written(&form.servers, &form.rest));
        assert_eq!(again, form);
        let text: Value = serde_json::from_str(&written(&form.servers, &form.rest)).unwrap();
        assert_eq!((&text["theirs"]["x"], &text[SECTION]["bad"]["args"]), (&1.into(), &7.into()));
        assert_eq!(text[SECTION]["good"]["unheard"][0], 1);
    }

    #[test]
    fn names_that_come_twice_are_told() {
        let form = read(r#"{"mcpServers": {"a": {"command": "1"}, " a ": {"command": "2"}, "a": {"command": "3"}}}"#);
        assert_eq!((form.servers.len(), form.warnings.len()), (1, 2));
        assert_eq!(form.servers[0], ServerSettings::program("a", "1", &[]));
        assert!(form.warnings[0].contains("two tool servers called a"), "{:?}", form.warnings);
    }

    #[test]
    fn a_new_server_takes_the_name_of_one_that_could_not_be_used() {
        let form = read(r#"{"mcpServers": {"a": 7}}"#);
        let text = written(&[ServerSettings::program("a", "run", &[])], &form.rest);
        let again = read(&text);
        assert_eq!((again.servers.len(), again.warnings.len()), (1, 0));
    }

    #[test]
    fn nothing_is_a_form_too() {
        for text in ["", "{}", r#"{"mcpServers": {}}"#] {
            assert!(read(text).servers.is_empty(), "{text}");
        }
        assert!(Form::read("[]", &[SECTION]).is_err());
        assert_eq!(written(&[], &Rest::default()), "{\n  \"mcpServers\": {}\n}\n");
    }
}
