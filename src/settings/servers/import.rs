//! Servers in the files of other programs on this machine. The files are only read.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use super::{ServerSettings, form::Form};

/// How other programs call the list.
const SECTIONS: [&str; 3] = ["mcpServers", "servers", "context_servers"];

/// A longer file is no list of servers. In bytes.
const LONGEST: u64 = 2 << 20;
/// Where the folder of LM Studio stands is one line. In bytes.
const LONGEST_POINTER: u64 = 4096;

/// A file that may be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherFile {
    /// Whose it is, such as `Claude Desktop`.
    pub program: &'static str,
    pub path: PathBuf,
}

/// What one of them says.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub program: &'static str,
    pub path: PathBuf,
    pub servers: Vec<ServerSettings>,
    /// What could not be read or used, one sentence each.
    pub troubles: Vec<String>,
}

/// Where programs keep what was chosen in them, for the user with this home.
pub fn configurations(home: &Path) -> PathBuf {
    if cfg!(windows) {
        home.join("AppData").join("Roaming")
    } else if cfg!(target_os = "macos") {
        home.join("Library").join("Application Support")
    } else {
        home.join(".config")
    }
}

/// The files of all programs that are known, whether they are there or not.
pub fn places(home: &Path, configurations: &Path) -> Vec<OtherFile> {
    let zed = if cfg!(windows) { configurations.join("Zed") } else { home.join(".config").join("zed") };
    let mut places = vec![
        ("Claude Desktop", configurations.join("Claude").join("claude_desktop_config.json")),
        ("Cursor", home.join(".cursor").join("mcp.json")),
        ("VS Code", configurations.join("Code").join("User").join("mcp.json")),
        ("Windsurf", home.join(".codeium").join("windsurf").join("mcp_config.json")),
        ("Zed", zed.join("settings.json")),
    ];
    places.extend(lm_studio_folders(home).into_iter().map(|folder| ("LM Studio", folder.join("mcp.json"))));
    places.into_iter().map(|(program, path)| OtherFile { program, path }).collect()
}

/// Its usual folder, and the one that it was told to use.
fn lm_studio_folders(home: &Path) -> Vec<PathBuf> {
    let usual = home.join(".lmstudio");
    let pointer = read(&home.join(".lmstudio-home-pointer"), LONGEST_POINTER).unwrap_or_default();
    let told = PathBuf::from(pointer.trim());
    if told.is_absolute() && told != usual { vec![usual, told] } else { vec![usual] }
}

/// Reads those that are there. One without servers is left out, unless something is wrong with it.
pub fn find(places: &[OtherFile]) -> Vec<Found> {
    let found = places.iter().filter_map(|place| {
        let (servers, troubles) = match read(&place.path, LONGEST) {
            Ok(text) => match Form::read(&text, &SECTIONS) {
                Ok(form) => (form.servers, form.warnings),
                Err(why) => (Vec::new(), vec![format!("The file cannot be used: {why}")]),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(error) => (Vec::new(), vec![format!("The file could not be read: {error}")]),
        };
        let asked = servers.iter().filter_map(asks_elsewhere);
        let troubles: Vec<String> = troubles.into_iter().chain(asked).collect();
        let OtherFile { program, path } = place.clone();
        Some(Found { program, path, servers, troubles })
    });
    found.filter(|found| !found.servers.is_empty() || !found.troubles.is_empty()).collect()
}

/// Some programs ask their user for a value; nobody is asked here.
fn asks_elsewhere(server: &ServerSettings) -> Option<String> {
    let (name, _) = server.values().iter().find(|(_, value)| value.contains("${input:"))?;
    Some(format!("{} is asked for {name} there; fill it in once the server is taken over", server.name))
}

/// The text of a file that is no longer than this. Nothing but a file is opened: a pipe would be waited for.
fn read(path: &Path, longest: u64) -> io::Result<String> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(longest + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > longest) {
        return Err(io::Error::other("it is too long"));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct House(tempfile::TempDir);

    fn put(path: &Path, text: &[u8]) {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    impl House {
        fn new() -> Self {
            Self(tempfile::tempdir().unwrap())
        }

        fn places(&self) -> Vec<OtherFile> {
            places(self.0.path(), &configurations(self.0.path()))
        }

        fn of(&self, program: &str) -> PathBuf {
            self.places().into_iter().find(|place| place.program == program).unwrap().path
        }

        fn find(&self) -> Vec<Found> {
            find(&self.places())
        }
    }

    #[test]
    fn each_program_is_read_in_its_own_form() {
        let house = House::new();
        assert!(house.find().is_empty());
        put(&house.of("Claude Desktop"), br#"{"mcpServers": {"a": {"command": "x"}}, "theme": "dark"}"#);
        put(&house.of("VS Code"), b"{ // theirs\n\"inputs\": [], \"servers\": {\"b\": {\"type\": \"http\", \"url\": \"http://b\",\"headers\": {\"K\": \"${input:k}\"}},},}");
        let zed = br#"{"context_servers": {"c": {"command": {"path": "y", "args": ["1"], "env": {}}}}, "vim": true}"#;
        put(&house.of("Zed"), zed);
        let found = house.find();
        let names: Vec<_> = found.iter().map(|found| (found.program, found.servers[0].name.as_str())).collect();
        assert_eq!(names, [("Claude Desktop", "a"), ("VS Code", "b"), ("Zed", "c")]);
        assert_eq!(found[1].troubles, ["b is asked for K there; fill it in once the server is taken over"]);
        assert_eq!(found[2].servers[0].place, ServerSettings::program("c", "y", &["1"]).place);
    }

    #[test]
    fn what_is_wrong_is_told_and_what_has_none_is_left_out() {
        let house = House::new();
        put(&house.of("Cursor"), b"not json");
        put(&house.of("Zed"), br#"{"vim": true}"#);
        put(&house.of("Windsurf"), &vec![b' '; 3 << 20]);
        std::fs::create_dir_all(house.of("Claude Desktop")).unwrap();
        let found = house.find();
        let told: Vec<_> = found.iter().map(|found| (found.program, found.troubles.len())).collect();
        assert_eq!(told, [("Claude Desktop", 1), ("Cursor", 1), ("Windsurf", 1)]);
        assert!(found[2].troubles[0].contains("too long"), "{found:?}");
    }

    #[test]
    fn the_folder_that_lm_studio_was_told_to_use_is_looked_at_too() {
        let house = House::new();
        let told = house.0.path().join("elsewhere");
        put(&house.0.path().join(".lmstudio-home-pointer"), format!("{}\n", told.display()).as_bytes());
        put(&told.join("mcp.json"), br#"{"mcpServers": {"a": {"command": "x"}}}"#);
        let found = house.find();
        assert_eq!((found.len(), found[0].program, &found[0].path), (1, "LM Studio", &told.join("mcp.json")));
    }
}
