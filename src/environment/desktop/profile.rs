//! Key profiles: which keys a program listens to and what they do there. Two are built in; the user's own are files
//! beside the settings, and one of the same name takes the place of a built-in one.

use std::{fs, io::Read, path::Path};

use serde::Deserialize;

use super::stroke::Stroke;

const BUILT_IN: [&str; 2] =
    [include_str!("../../../assets/profiles/first_person.toml"), include_str!("../../../assets/profiles/nethack.toml")];
/// No profile is longer. Bytes.
const MOST_BYTES: u64 = 64 * 1024;
const MOST_KEYS: usize = 200;

/// One profile.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// As in the settings.
    pub name: String,
    /// For people.
    #[serde(default)]
    pub title: String,
    /// What it is for, and whatever else models should know of these keys.
    #[serde(default)]
    pub about: String,
    #[serde(default)]
    pub mouse: Mouse,
    pub keys: Vec<ProfileKey>,
}

/// One key of a profile.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileKey {
    /// As in an action: `w`, `<`, `ctrl+d`, `left button`.
    pub key: String,
    /// What it does, such as `walk forward`.
    pub does: String,
}

/// What the mouse may do: everything, nothing, or these actions.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Mouse {
    All(bool),
    Only(Vec<MouseAction>),
}

/// An action of the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MouseAction {
    Click,
    Move,
    Look,
    Drag,
    Scroll,
}

/// Everything that can be chosen, and what is wrong with the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profiles {
    pub usable: Vec<Profile>,
    /// One sentence for each file that was left out.
    pub troubles: Vec<String>,
}

impl Default for Mouse {
    fn default() -> Self {
        Self::All(true)
    }
}

impl Mouse {
    pub fn allows(&self, action: MouseAction) -> bool {
        match self {
            Self::All(all) => *all,
            Self::Only(these) => these.contains(&action),
        }
    }
}

impl Profile {
    /// Reads a file. An error says in words what is wrong with it.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut profile: Self = toml::from_str(text).map_err(|error| error.to_string().trim().to_owned())?;
        profile.name = profile.name.trim().to_owned();
        if profile.name.is_empty() {
            return Err("it has no name".to_owned());
        }
        if profile.keys.is_empty() || profile.keys.len() > MOST_KEYS {
            return Err(format!("it has {} keys; there must be 1 to {MOST_KEYS}", profile.keys.len()));
        }
        for (at, one) in profile.keys.iter().enumerate() {
            Stroke::parse(&one.key)?;
            if profile.keys[..at].iter().any(|other| other.key == one.key) {
                return Err(format!("the key {:?} stands in it twice", one.key));
            }
        }
        if profile.title.trim().is_empty() {
            profile.title.clone_from(&profile.name);
        }
        Ok(profile)
    }

    /// What a key of this profile presses, letters in either case where that is no other key. An error names those that
    /// there are.
    pub fn stroke(&self, key: &str) -> Result<Stroke, String> {
        let exactly = self.keys.iter().find(|one| one.key == key);
        let nearly = || self.keys.iter().find(|one| one.key.eq_ignore_ascii_case(key.trim()));
        match exactly.or_else(nearly) {
            Some(one) => Stroke::parse(&one.key),
            None => {
                Err(format!("{key:?} is no key of the profile {}; there are {}", self.title, self.names().join(" ")))
            }
        }
    }

    /// The names of its keys.
    pub fn names(&self) -> Vec<&str> {
        self.keys.iter().map(|one| one.key.as_str()).collect()
    }

    /// What its keys do: `w: walk forward; space: jump`.
    pub fn meanings(&self) -> String {
        self.keys.iter().map(|one| format!("{}: {}", one.key, one.does)).collect::<Vec<_>>().join("; ")
    }
}

impl Profiles {
    /// The built-in profiles and those of a folder, by title. Blocks for as long as reading takes.
    pub fn load(folder: Option<&Path>) -> Self {
        let mut profiles = Self::default();
        for text in BUILT_IN {
            profiles.take("a built-in profile", Profile::read(text));
        }
        for path in folder.map(files).unwrap_or_default() {
            let read = text(&path).and_then(|text| Profile::read(&text));
            profiles.take(&path.display().to_string(), read);
        }
        profiles.usable.sort_by(|left, right| left.title.cmp(&right.title));
        profiles
    }

    /// The one of this name.
    pub fn find(&self, name: &str) -> Option<&Profile> {
        self.usable.iter().find(|profile| profile.name == name)
    }

    fn take(&mut self, from: &str, read: Result<Profile, String>) {
        match read {
            Ok(profile) => {
                self.usable.retain(|other| other.name != profile.name);
                self.usable.push(profile);
            }
            Err(words) => self.troubles.push(format!("{from} is left out: {words}")),
        }
    }
}

/// The profiles in a folder, by name; none where there is no folder.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_profile =
        |path: &std::path::PathBuf| path.extension().is_some_and(|ending| ending == "toml") && path.is_file();
    let mut files: Vec<_> = entries.filter(is_profile).collect();
    files.sort();
    files
}

fn text(path: &Path) -> Result<String, String> {
    let mut bytes = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    read.map_err(|error| error.to_string())?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MOST_BYTES) {
        return Err("it is too long for a key profile".to_owned());
    }
    String::from_utf8(bytes).map_err(|_| "it is no text".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_ones_are_whole() {
        let profiles = Profiles::load(None);
        assert_eq!(profiles.troubles, [""; 0]);
        let (first_person, nethack) = (profiles.find("first_person").unwrap(), profiles.find("nethack").unwrap());
        assert!(first_person.mouse.allows(MouseAction::Look) && !first_person.mouse.allows(MouseAction::Drag));
        assert!(!nethack.mouse.allows(MouseAction::Click));
        assert_eq!(nethack.stroke("<"), Ok(Stroke::Letter('<')));
        assert_ne!(nethack.stroke("k"), nethack.stroke("K"));
        assert_eq!(first_person.stroke("W"), first_person.stroke("w"));
        let refused = first_person.stroke("f12").unwrap_err();
        assert!(refused.contains("no key of the profile") && refused.contains("space"), "{refused}");
        assert!(first_person.meanings().contains("w: "));
    }

    #[test]
    fn files_of_the_user_count_more_and_bad_ones_are_named_and_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &[u8]| fs::write(folder.path().join(name), text).unwrap();
        let own = "name = \"nethack\"\ntitle = \"My way\"\nkeys = [{ key = \"h\", does = \"left\" }]\n";
        write("own.toml", own.as_bytes());
        write("bad.toml", b"name = ");
        write("odd.toml", b"name = \"odd\"\nkeys = [{ key = \"hyper\", does = \"x\" }]");
        write("twice.toml", b"name = \"twice\"\nkeys = [{ key = \"a\", does = \"x\" }, { key = \"a\", does = \"y\" }]");
        write("empty.toml", b"name = \"empty\"\nkeys = []");
        write("more.toml", b"name = \"more\"\nkeyboard = 1\nkeys = [{ key = \"a\", does = \"x\" }]");
        write("long.toml", &vec![b'#'; 70_000]);
        write("bytes.toml", &[0xFF; 9]);
        write("readme.txt", b"no profile");
        let profiles = Profiles::load(Some(folder.path()));
        assert_eq!(profiles.find("nethack").map(|profile| profile.title.as_str()), Some("My way"));
        assert_eq!(profiles.usable.len(), 2, "{profiles:?}");
        let troubles = profiles.troubles.join("\n");
        for name in ["bad.toml", "odd.toml", "twice.toml", "empty.toml", "more.toml", "long.toml", "bytes.toml"] {
            assert!(troubles.contains(name), "{name} in {troubles}");
        }
        assert_eq!(profiles.troubles.len(), 7);
        assert_eq!(Profiles::load(Some(Path::new("/no/such/folder"))), Profiles::load(None));
    }

    #[test]
    fn the_mouse_is_allowed_wholly_in_part_or_not_at_all() {
        let read = |mouse: &str| {
            let text = format!("name = \"x\"\n{mouse}\nkeys = [{{ key = \"a\", does = \"x\" }}]");
            Profile::read(&text).map(|profile| profile.mouse)
        };
        assert_eq!(read(""), Ok(Mouse::All(true)));
        assert_eq!(read("mouse = false"), Ok(Mouse::All(false)));
        assert_eq!(read("mouse = [\"look\"]"), Ok(Mouse::Only(vec![MouseAction::Look])));
        assert!(read("mouse = [\"fly\"]").is_err());
    }
}
