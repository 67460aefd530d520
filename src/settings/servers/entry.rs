//! One entry of a list of servers: read as every program that knows such lists writes it, and written so that they can
//! read it.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Place, PresetCall, ServerExtras, ServerSettings, name::usable_name};

/// Where our own settings of a server stand in its entry.
const EXTRAS: &str = "singularis";
/// How programs call the address of a server; the first is how it is written here.
const ADDRESSES: [&str; 3] = ["url", "serverUrl", "httpUrl"];

/// Reads one entry. Values that cannot be used are replaced and named in `warnings`; an error says in words why the whole
/// entry cannot be used, and quotes no value.
pub(super) fn read(name: &str, entry: &Value, warnings: &mut Vec<String>) -> Result<ServerSettings, String> {
    let name = usable_name(name)?.to_owned();
    let Value::Object(fields) = entry else { return Err("it is not described by an object".to_owned()) };
    let mut fields = fields.clone();
    unfold_command(&mut fields);
    let place = if is_program(&fields)? { program(&mut fields)? } else { address(&mut fields)? };
    let is_disabled = take(&mut fields, "disabled", |value| value.as_bool())?.unwrap_or(false);
    let is_enabled = take(&mut fields, "enabled", |value| value.as_bool())?.unwrap_or(!is_disabled);
    let (extras, strange) = match fields.shift_remove(EXTRAS) {
        None => (ServerExtras::default(), Map::new()),
        Some(Value::Object(given)) => extras(&name, given, warnings)?,
        Some(_) => return Err(format!("\u{201c}{EXTRAS}\u{201d} in it is no object")),
    };
    if !strange.is_empty() {
        fields.insert(EXTRAS.to_owned(), Value::Object(strange));
    }
    Ok(ServerSettings { name, place, is_enabled, extras, unknown: fields })
}

/// Some write the program, its arguments and its variables as one object.
fn unfold_command(fields: &mut Map<String, Value>) {
    let Some(Value::Object(_)) = fields.get("command") else { return };
    let Some(Value::Object(command)) = fields.shift_remove("command") else { return };
    for (name, value) in command {
        let name = if name == "path" { "command".to_owned() } else { name };
        fields.entry(name).or_insert(value);
    }
}

fn is_program(fields: &Map<String, Value>) -> Result<bool, String> {
    let has_address = ADDRESSES.iter().any(|name| fields.contains_key(*name));
    match (fields.contains_key("command"), has_address, fields.get("type").and_then(Value::as_str)) {
        (true, false, _) => Ok(true),
        (false, true, _) => Ok(false),
        (true, true, Some(kind)) => Ok(kind == "stdio"),
        (true, true, None) => Err("it has both a command and an address".to_owned()),
        (false, false, _) => Err("it has neither a command nor an address".to_owned()),
    }
}

fn program(fields: &mut Map<String, Value>) -> Result<Place, String> {
    let command = take(fields, "command", text)?.unwrap_or_default();
    if command.trim().is_empty() {
        return Err("its command is empty".to_owned());
    }
    let arguments = take(fields, "args", texts)?.unwrap_or_default();
    let variables = take(fields, "env", named_texts)?.unwrap_or_default();
    let folder = take(fields, "cwd", text)?.unwrap_or_default();
    Ok(Place::Program { command, arguments, variables, folder })
}

fn address(fields: &mut Map<String, Value>) -> Result<Place, String> {
    let mut url = None;
    for name in ADDRESSES {
        url = url.or(take(fields, name, text)?);
    }
    let url = url.unwrap_or_default().trim().to_owned();
    let is_web = ["http://", "https://"]
        .iter()
        .any(|start| url.get(..start.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(start)));
    if !is_web {
        return Err("its address does not begin with http:// or https://".to_owned());
    }
    let headers = take(fields, "headers", named_texts)?.unwrap_or_default();
    Ok(Place::Address { url, headers })
}

/// What stands under this name, taken out; `null` is nothing.
fn take<T>(
    fields: &mut Map<String, Value>,
    name: &str,
    read: impl FnOnce(Value) -> Option<T>,
) -> Result<Option<T>, String> {
    match fields.shift_remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => {
            read(value).map(Some).ok_or_else(|| format!("\u{201c}{name}\u{201d} in it is of the wrong kind"))
        }
    }
}

/// Figures and yes or no are written without quotes by some.
fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(figure) => Some(figure.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn texts(value: Value) -> Option<Vec<String>> {
    let Value::Array(values) = value else { return None };
    values.into_iter().map(text).collect()
}

fn named_texts(value: Value) -> Option<BTreeMap<String, String>> {
    let Value::Object(values) = value else { return None };
    values.into_iter().map(|(name, value)| Some((name, text(value)?))).collect()
}

/// Our own settings of a server, and what is not known of them.
fn extras(
    name: &str,
    given: Map<String, Value>,
    warnings: &mut Vec<String>,
) -> Result<(ServerExtras, Map<String, Value>), String> {
    let mut extras: ServerExtras = serde_json::from_value(Value::Object(given.clone()))
        .map_err(|_quotes_it| format!("a value under \u{201c}{EXTRAS}\u{201d} in it is of the wrong kind"))?;
    extras.mend(name, warnings);
    let call = Some(PresetCall::default());
    let known = fields_of(&ServerExtras { observe: call.clone(), reset: call, ..ServerExtras::default() });
    let strange = given.into_iter().filter(|(field, _)| !known.contains_key(field)).collect();
    Ok((extras, strange))
}

fn fields_of(extras: &ServerExtras) -> Map<String, Value> {
    match serde_json::to_value(extras) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// One entry as it is written: what is as usual is left out.
pub(super) fn written(server: &ServerSettings) -> Value {
    let mut fields = Map::new();
    let is_program = match &server.place {
        Place::Program { command, arguments, variables, folder } => {
            fields.insert("command".to_owned(), command.as_str().into());
            fields.insert("args".to_owned(), arguments.clone().into());
            put_texts(&mut fields, "env", variables);
            if !folder.is_empty() {
                fields.insert("cwd".to_owned(), folder.as_str().into());
            }
            true
        }
        Place::Address { url, headers } => {
            fields.insert("url".to_owned(), url.as_str().into());
            put_texts(&mut fields, "headers", headers);
            false
        }
    };
    if !server.is_enabled {
        fields.insert("disabled".to_owned(), true.into());
    }
    for (name, value) in server.unknown.iter().filter(|(name, _)| *name != EXTRAS) {
        // A server that has moved meanwhile is of another type.
        let contradicts = name == "type" && (value.as_str() == Some("stdio")) != is_program;
        if !contradicts && !fields.contains_key(name) {
            fields.insert(name.clone(), value.clone());
        }
    }
    let extras = written_extras(server);
    if !extras.is_empty() {
        fields.insert(EXTRAS.to_owned(), Value::Object(extras));
    }
    Value::Object(fields)
}

fn put_texts(fields: &mut Map<String, Value>, name: &str, texts: &BTreeMap<String, String>) {
    if !texts.is_empty() {
        let texts: Map<String, Value> = texts.iter().map(|(name, text)| (name.clone(), text.as_str().into())).collect();
        fields.insert(name.to_owned(), Value::Object(texts));
    }
}

fn written_extras(server: &ServerSettings) -> Map<String, Value> {
    let usual = fields_of(&ServerExtras::default());
    let mut fields = fields_of(&server.extras);
    fields.retain(|name, value| usual.get(name) != Some(&*value));
    if let Some(Value::Object(strange)) = server.unknown.get(EXTRAS) {
        fields.extend(strange.clone());
    }
    fields
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::settings::{AskFrom, Greeting};

    fn read_well(name: &str, entry: &Value) -> ServerSettings {
        let mut warnings = Vec::new();
        let server = read(name, entry, &mut warnings).unwrap_or_else(|why| panic!("{why}: {entry}"));
        assert!(warnings.is_empty(), "{warnings:?}");
        server
    }

    #[test]
    fn what_is_read_is_written_again() {
        let entry = json!({
            "command": "npx", "args": ["-y", "server"], "env": {"A": "1"}, "cwd": "/tmp", "disabled": true,
            "type": "stdio", "theirs": {"deep": [1]},
            "singularis": {"observe": {"tool": "look", "arguments": {"far": true}}, "deny": ["x"],
                "ask_from": "destructive", "newer": 1}
        });
        let server = read_well("a", &entry);
        assert!(!server.is_enabled);
        assert_eq!(
            server.extras.observe,
            Some(PresetCall {
                tool: "look".into(),
                arguments: [("far".to_owned(), Value::from(true))].into_iter().collect(),
            })
        );
        assert_eq!((server.extras.ask_from, server.extras.deny.len()), (AskFrom::Destructive, 1));
        assert_eq!(written(&server), entry);
        let plain = ServerSettings::program("b", "run", &["x"]);
        assert_eq!(written(&plain), json!({"command": "run", "args": ["x"]}), "what is usual is not written");
        assert_eq!(read_well("b", &written(&plain)), plain);
    }

    #[test]
    fn how_a_server_is_greeted_and_answered_is_read_and_written() {
        let entry =
            json!({"url": "http://x/mcp", "singularis": {"greets_with": "discover", "answers_with_defaults": true}});
        let server = read_well("a", &entry);
        assert_eq!((server.extras.greets_with, server.extras.answers_with_defaults), (Greeting::Discover, true));
        assert_eq!(written(&server), entry);
        let usual = json!({"greets_with": "initialize", "answers_with_defaults": false});
        let server = read_well("a", &json!({"url": "http://x/mcp", "singularis": usual}));
        assert_eq!(server, read_well("a", &json!({"url": "http://x/mcp"})));
        assert_eq!(written(&server), json!({"url": "http://x/mcp"}), "what is usual is not written");
        let loud = json!({"url": "http://x/mcp", "singularis": {"greets_with": "of-nobody"}});
        let why = read("a", &loud, &mut Vec::new()).unwrap_err();
        assert!(why.contains("singularis") && !why.contains("nobody"), "{why}");
    }

    #[test]
    fn addresses_are_understood_as_others_write_them() {
        for name in ADDRESSES {
            let server = read_well("a", &json!({name: " https://x/mcp ", "headers": {"X": "${X}"}, "type": "http"}));
            let Place::Address { url, headers } = &server.place else { panic!("an address") };
            assert_eq!((url.as_str(), headers["X"].as_str()), ("https://x/mcp", "${X}"));
            assert_eq!(written(&server)["url"], "https://x/mcp");
        }
        let mut moved = read_well("a", &json!({"url": "http://x", "type": "http"}));
        moved.place = ServerSettings::program("a", "run", &[]).place;
        assert_eq!(written(&moved), json!({"command": "run", "args": []}), "its old type went");
    }

    #[test]
    fn a_command_may_be_one_object_and_figures_may_lack_quotes() {
        let entry = json!({"command": {"path": "run", "args": [1, true], "env": {"PORT": 80}}, "enabled": false});
        let server = read_well("a", &entry);
        assert!(!server.is_enabled);
        assert_eq!(server.values()["PORT"], "80");
        let Place::Program { command, arguments, .. } = &server.place else { panic!("a program") };
        assert_eq!((command.as_str(), arguments.len(), arguments[1].as_str()), ("run", 2, "true"));
    }

    #[test]
    fn what_cannot_be_used_is_told_without_quoting_a_value() {
        for (entry, expected) in [
            (json!(7), "object"),
            (json!({}), "neither"),
            (json!({"command": "a", "url": "http://b"}), "both"),
            (json!({"command": " "}), "empty"),
            (json!({"command": ["of-nobody"]}), "\u{201c}command\u{201d}"),
            (json!({"command": "a", "args": "of-nobody"}), "\u{201c}args\u{201d}"),
            (json!({"command": "a", "args": [["of-nobody"]]}), "\u{201c}args\u{201d}"),
            (json!({"command": "a", "env": {"X": null}}), "\u{201c}env\u{201d}"),
            (json!({"command": "a", "disabled": "of-nobody"}), "\u{201c}disabled\u{201d}"),
            (json!({"url": "ftp://of-nobody"}), "http://"),
            (json!({"url": "ü"}), "http://"),
            (json!({"command": "a", "singularis": []}), "singularis"),
            (json!({"command": "a", "singularis": {"deny": "of-nobody"}}), "singularis"),
        ] {
            let why = read("a", &entry, &mut Vec::new()).unwrap_err();
            assert!(why.contains(expected) && !why.contains("nobody"), "{entry}: {why}");
        }
        assert!(read("", &json!({"command": "a"}), &mut Vec::new()).unwrap_err().contains("no name"));
    }

    #[test]
    fn figures_out_of_range_are_replaced_and_named() {
        let mut warnings = Vec::new();
        let entry = json!({"command": "a", "singularis": {"connect_s": -1, "call_s": 1e300, "result_chars": 1}});
        let server = read("a", &entry, &mut warnings).unwrap();
        assert_eq!((server.extras, warnings.len()), (ServerExtras::default(), 3));
    }
}
