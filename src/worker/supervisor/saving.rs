//! Saving: the settings go to the disk, and the secrets of tool servers into the keychain.

use std::{
    collections::BTreeSet,
    io,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::time::sleep;

use super::Supervisor;
use crate::{
    protocol::{Event, Problem},
    settings::{ServerSettings, Settings, file, servers},
    worker::{
        archive::Errand,
        server_secrets::SecretsChange,
        servers::SecretsKept,
        stagehand::Stagehand,
        tasks::{TaskDone, TaskName},
    },
};

/// How long a keychain that is slow may keep the program from ending.
const SECRETS_MAY_HOLD_UP: Duration = Duration::from_millis(1500);

/// What is known of the disk and the keychain.
pub(super) struct Saving {
    /// The tool servers as they were read or written last: people change that file by hand, and whoever changes only the
    /// theme must not take that back.
    written: Arc<Mutex<Vec<ServerSettings>>>,
    /// Secrets that stand in the file and were to go into the keychain. A keychain that refuses is asked once.
    tried: BTreeSet<String>,
    /// How often the keychain was to be told something.
    changes: u64,
}

impl Saving {
    pub(super) fn of(settings: &Settings) -> Self {
        Self { written: Arc::new(Mutex::new(settings.servers.clone())), tried: BTreeSet::new(), changes: 0 }
    }
}

/// Writes the settings, and the tool servers if they have changed.
fn write(path: &Path, settings: &Settings, written: &Mutex<Vec<ServerSettings>>) -> io::Result<()> {
    let mut written = written.lock().unwrap_or_else(PoisonError::into_inner);
    if *written == settings.servers {
        return file::save_alone(path, settings);
    }
    // Those that were added meanwhile, by hand or in a terminal, are not known here and stay.
    let is_unknown =
        |server: &ServerSettings| !written.iter().chain(&settings.servers).any(|known| known.name == server.name);
    let added = servers::file::load(&servers::file::beside(path)).servers.into_iter().filter(is_unknown);
    let servers = settings.servers.iter().cloned().chain(added).collect();
    file::save(path, &Settings { servers, ..settings.clone() })?;
    written.clone_from(&settings.servers);
    Ok(())
}

impl<S: Stagehand> Supervisor<S> {
    /// Secrets that were typed in are used at once and leave the settings; whoever shows those is told.
    pub(super) fn use_settings(&mut self, mut settings: Settings) {
        self.mind_release(&settings);
        if !self.keeps_settings() || self.leaving.is_some() {
            self.settings = settings;
            return self.save();
        }
        let mut change = SecretsChange::between(&self.settings.servers, &mut settings.servers);
        change.retain_in_file(|entry| self.saving.tried.insert(entry.to_owned()));
        self.settings = settings;
        if change.keeps_something() {
            self.tell_settings();
        }
        if !change.is_empty() {
            self.keep_secrets(change);
        }
        self.save();
    }

    /// What was typed in stands nowhere else, so whoever leaves waits for it, but not long.
    fn keep_secrets(&mut self, change: SecretsChange) {
        let errand = Errand::KeepSecrets { change: Box::new(change) };
        self.saving.changes += 1;
        let name = TaskName::Errand(errand.name(self.saving.changes));
        let (keeping, hurry) = (self.stagehand.errand(errand), self.hurry.clone());
        self.tasks.spawn(name, async move {
            let hurried = async {
                hurry.cancelled().await;
                sleep(SECRETS_MAY_HOLD_UP).await;
            };
            TaskDone::RunErrand(tokio::select! {
                biased;
                kept = keeping => kept,
                () = hurried => Err(keychain_is_late()),
            })
        });
    }

    /// The keychain has answered.
    pub(super) fn secrets_kept(&mut self, kept: &SecretsKept) {
        if let Some(problem) = kept.problem() {
            self.refuse(problem);
        }
        if kept.error.is_none() && kept.change.put_away(&mut self.settings.servers) {
            self.tell_settings();
            self.save();
        }
    }

    /// The copy that runs already keeps its own, and a terminal keeps none.
    pub(super) fn keeps_settings(&self) -> bool {
        self.home.is_some() && self.stagehand.read_only().is_none()
    }

    fn tell_settings(&self) {
        let settings = Box::new(self.settings.clone());
        self.link.tell(Event::SettingsLoaded { settings, warnings: Vec::new() });
    }

    pub(super) fn save(&mut self) {
        if !self.keeps_settings() {
            return;
        }
        let Some(path) = self.home.as_ref().map(|home| home.settings_file().to_owned()) else { return };
        // Two writers at once could leave the older settings; the newer ones follow when the first is done.
        if self.tasks.contains_key(&TaskName::Save) {
            self.again.save = true;
            return;
        }
        let (settings, written) = (self.settings.clone(), Arc::clone(&self.saving.written));
        self.tasks.spawn_blocking(TaskName::Save, move || TaskDone::Saved(write(&path, &settings, &written)));
    }
}

fn keychain_is_late() -> Problem {
    tracing::warn!("the keychain did not answer before the end, so secrets that were typed in may not be kept");
    let advice = "Look at the secrets of the tool servers when the program is started again";
    Problem::plain("The keychain did not answer before the end", Vec::new(), advice)
}

#[cfg(test)]
mod tests {
    use std::{path::PathBuf, time::Instant};

    use super::*;
    use crate::{
        protocol::Command,
        settings::{
            Home,
            keychain::{AbsentStore, KeyStore, Keychain, KeychainError, MemoryStore},
            servers::IN_KEYCHAIN,
        },
        worker::{Outside, Worker, start},
    };

    /// Long enough for a busy machine.
    const PATIENCE: Duration = Duration::from_secs(60);

    #[test]
    fn servers_are_written_only_when_they_have_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.toml");
        let servers = folder.path().join("mcp.json");
        std::fs::write(&servers, r#"{"mcpServers": {"a": {"command": "x"}}}"#).unwrap();
        let mut settings = file::load(&path).settings;
        let saving = Saving::of(&settings);
        let by_hand = r#"{"mcpServers": {"a": {"command": "y"}}}"#;
        std::fs::write(&servers, by_hand).unwrap();
        settings.agent.seed = 12;
        write(&path, &settings, &saving.written).unwrap();
        assert_eq!(std::fs::read_to_string(&servers).unwrap(), by_hand);
        assert_eq!(file::load(&path).settings.agent.seed, 12);
        settings.servers.push(ServerSettings::program("b", "z", &[]));
        write(&path, &settings, &saving.written).unwrap();
        assert_eq!(file::load(&path).settings, settings);
        let mut others = settings.servers.clone();
        others.push(ServerSettings::program("c", "of-a-terminal", &[]));
        servers::file::save(&servers, &others).unwrap();
        settings.servers.retain(|server| server.name != "a");
        write(&path, &settings, &saving.written).unwrap();
        assert_eq!(file::load(&path).settings.servers, others[1..], "what others added stays");
    }

    /// A worker with a home of its own.
    struct House {
        home: tempfile::TempDir,
        worker: Option<Worker>,
        settings: Settings,
        refused: Vec<Problem>,
    }

    impl House {
        fn new(file: &str, store: impl KeyStore + 'static) -> Self {
            let home = tempfile::tempdir().unwrap();
            if !file.is_empty() {
                std::fs::write(home.path().join("mcp.json"), file).unwrap();
            }
            let loaded = file::load(&home.path().join("settings.toml"));
            let settings = loaded.settings.clone();
            let outside = Outside { keychain: Keychain::new(store), ..Outside::default() };
            let worker = start(loaded, Some(Home::in_folder(home.path())), outside).unwrap();
            Self { home, worker: Some(worker), settings, refused: Vec::new() }
        }

        fn file(&self) -> PathBuf {
            self.home.path().join("mcp.json")
        }

        fn text(&self) -> String {
            std::fs::read_to_string(self.file()).unwrap_or_default()
        }

        fn save(&self, settings: &Settings) {
            let settings = Box::new(settings.clone());
            self.worker.as_ref().unwrap().link.send(Command::SaveSettings { settings }).unwrap();
        }

        /// Hears what there is to hear until this is so.
        fn until(&mut self, is_so: impl Fn(&Self) -> bool) {
            let deadline = Instant::now() + PATIENCE;
            while !is_so(self) {
                assert!(Instant::now() < deadline, "it never came: {} {:?}", self.text(), self.refused);
                let link = &mut self.worker.as_mut().unwrap().link;
                match link.next_event() {
                    Some(Event::SettingsLoaded { settings, .. }) => self.settings = *settings,
                    Some(Event::Refused(problem)) => self.refused.push(*problem),
                    Some(_) => {}
                    None => std::thread::sleep(Duration::from_millis(2)),
                }
            }
        }

        fn end(mut self) {
            let Worker { link, thread, .. } = self.worker.take().unwrap();
            link.send(Command::Shutdown).unwrap();
            assert!(thread.join().unwrap().clean);
        }
    }

    fn typed(secret: &str) -> Settings {
        let mut server = ServerSettings::program("git", "run", &[]);
        server.values_mut().insert("TOKEN".into(), secret.into());
        Settings { servers: vec![server], ..Settings::default() }
    }

    fn shown(house: &House) -> &str {
        house.settings.servers.first().map_or("", |server| &server.values()["TOKEN"])
    }

    #[test]
    fn a_secret_that_is_typed_in_goes_into_the_keychain_and_into_no_file() {
        let store = MemoryStore::default();
        let mut house = House::new("", store.clone());
        house.save(&typed("of-a-test-typed"));
        let is_kept = |house: &House| {
            let entry = store.read().unwrap().unwrap_or_default();
            entry.contains("of-a-test-typed") && shown(house) == IN_KEYCHAIN && house.text().contains(IN_KEYCHAIN)
        };
        house.until(is_kept);
        assert!(!house.text().contains("of-a-test"), "{}", house.text());
        house.save(&Settings::default());
        house.until(|house| store.read().unwrap().is_none() && !house.text().contains("git"));
        assert!(house.refused.is_empty(), "{:?}", house.refused);
        house.end();
    }

    /// Takes longer than a program takes to end.
    #[derive(Clone, Debug, Default)]
    struct SlowStore(MemoryStore);

    impl KeyStore for SlowStore {
        fn read(&self) -> Result<Option<String>, KeychainError> {
            self.0.read()
        }

        fn write(&self, text: &str) -> Result<(), KeychainError> {
            std::thread::sleep(Duration::from_millis(1400));
            self.0.write(text)
        }

        fn remove(&self) -> Result<(), KeychainError> {
            self.0.remove()
        }
    }

    #[test]
    fn whoever_leaves_at_once_loses_no_secret() {
        let store = SlowStore::default();
        let house = House::new("", store.clone());
        house.save(&typed("of-a-test-typed"));
        house.end();
        assert!(store.read().unwrap().unwrap_or_default().contains("of-a-test-typed"));
    }

    const BY_HAND: &str = r#"{"mcpServers": {"git": {"command": "run", "env": {"TOKEN": "of-a-test-by-hand"}}}}"#;

    #[test]
    fn a_secret_that_stands_in_the_file_leaves_it_once_the_keychain_has_it() {
        let store = MemoryStore::default();
        let mut house = House::new(BY_HAND, store.clone());
        house.save(&house.settings.clone());
        house.until(|house| house.text().contains(IN_KEYCHAIN));
        assert!(store.read().unwrap().unwrap().contains("of-a-test-by-hand"));
        house.until(|house| shown(house) == IN_KEYCHAIN);
        house.end();
    }

    #[test]
    fn without_a_keychain_nothing_is_lost_and_what_is_typed_in_stays_out_of_the_file() {
        let mut house = House::new(BY_HAND, AbsentStore);
        house.save(&typed("of-a-test-new"));
        house.until(|house| !house.refused.is_empty() && house.text().contains(IN_KEYCHAIN));
        assert_eq!(house.refused[0].summary, "TOKEN of git is in use, but only until the program ends");
        assert!(!house.text().contains("of-a-test-new"), "{}", house.text());
        house.end();
        let mut house = House::new(BY_HAND, AbsentStore);
        let mut settings = house.settings.clone();
        settings.servers.push(ServerSettings::program("other", "x", &[]));
        house.save(&settings);
        house.until(|house| house.text().contains("other"));
        assert!(house.text().contains("of-a-test-by-hand"), "{}", house.text());
        house.end();
    }
}
