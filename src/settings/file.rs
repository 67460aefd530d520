//! `settings.toml`: reading that cannot fail, writing that cannot tear.
//!
//! Every section is read by itself; one that cannot be read keeps its defaults and is named in a warning. A file that
//! is not TOML at all is kept beside the new one. The tool servers stand beside it, in a file of their own.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde::de::DeserializeOwned;

use super::{Endpoint, Role, Settings, servers};

/// Settings that can be used, and what had to be left out to get them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loaded {
    pub settings: Settings,
    /// One sentence for each thing that could not be used.
    pub warnings: Vec<String>,
}

/// Reads the file and the one with the tool servers beside it; whatever is wrong with them becomes a warning. A missing
/// file is a first start and no warning.
pub fn load(path: &Path) -> Loaded {
    let mut loaded = load_alone(path);
    let beside = servers::file::load(&servers::file::beside(path));
    loaded.settings.servers = beside.servers;
    loaded.warnings.extend(beside.warnings);
    loaded
}

fn load_alone(path: &Path) -> Loaded {
    let text = match std::fs::read(path) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Loaded::default(),
        Err(error) => {
            return Loaded {
                warnings: vec![format!("The settings could not be read, defaults are used: {error}")],
                ..Loaded::default()
            };
        }
    };
    let mut loaded = parse(&text);
    if !loaded.warnings.is_empty() {
        loaded.warnings.push(keep_original(path));
    }
    loaded
}

/// Reads the text of a settings file.
pub fn parse(text: &str) -> Loaded {
    let mut loaded = Loaded::default();
    let mut table = match text.parse::<toml::Table>() {
        Ok(table) => table,
        Err(error) => {
            loaded.warnings.push(format!("The settings file is not TOML, defaults are used: {}", error.message()));
            return loaded;
        }
    };
    let Loaded { settings, warnings } = &mut loaded;
    section(&mut table, "version", &mut settings.version, warnings);
    if settings.version > Settings::VERSION {
        warnings.push(format!(
            "The settings were written by a newer version ({} instead of {}); what is known is used",
            settings.version,
            Settings::VERSION
        ));
    }
    settings.version = Settings::VERSION;
    section(&mut table, "window", &mut settings.window, warnings);
    section(&mut table, "demo", &mut settings.demo, warnings);
    section(&mut table, "cloud", &mut settings.cloud, warnings);
    section(&mut table, "endpoint", &mut settings.endpoints, warnings);
    section(&mut table, "role", &mut settings.roles, warnings);
    section(&mut table, "agent", &mut settings.agent, warnings);
    section(&mut table, "desktop", &mut settings.desktop, warnings);
    section(&mut table, "breakers", &mut settings.breakers, warnings);
    section(&mut table, "journal", &mut settings.journal, warnings);
    section(&mut table, "limits", &mut settings.limits, warnings);
    section(&mut table, "network", &mut settings.network, warnings);
    section(&mut table, "providers", &mut settings.providers, warnings);
    section(&mut table, "budget", &mut settings.budget, warnings);
    section(&mut table, "updates", &mut settings.updates, warnings);
    section(&mut table, "price", &mut settings.prices, warnings);
    for name in table.keys() {
        warnings.push(format!("The settings have a section [{name}] that is not known here"));
    }
    mend(settings, warnings);
    loaded
}

/// Takes one section out of the table and into its place; a bad one leaves the default there.
fn section<T: DeserializeOwned>(table: &mut toml::Table, name: &str, place: &mut T, warnings: &mut Vec<String>) {
    let Some(value) = table.remove(name) else { return };
    match value.try_into() {
        Ok(section) => *place = section,
        Err(error) => warnings.push(format!(
            "The section [{name}] of the settings cannot be used, its defaults are kept: {}",
            error.message()
        )),
    }
}

/// Values that can be read but not used.
fn mend(settings: &mut Settings, warnings: &mut Vec<String>) {
    let zoom = settings.window.zoom;
    if !(0.75..=2.5).contains(&zoom) {
        warnings.push(format!("A zoom of {zoom} is outside 0.75 to 2.5, 1 is used"));
        settings.window.zoom = 1.0;
    }
    if let Some(place) = settings.window.place.take_if(|place| !place.is_usable()) {
        let super::WindowPlace { x, y, width, height, .. } = place;
        warnings.push(format!("A window of {width} by {height} at {x}, {y} cannot be shown, its place is forgotten"));
    }
    let defaults = super::LimitSettings::default();
    let limits = &mut settings.limits;
    for (name, value, default) in [
        ("connect_s", &mut limits.connect_s, defaults.connect_s),
        ("load_s", &mut limits.load_s, defaults.load_s),
        ("first_token_s", &mut limits.first_token_s, defaults.first_token_s),
        ("between_tokens_s", &mut limits.between_tokens_s, defaults.between_tokens_s),
        ("total_s", &mut limits.total_s, defaults.total_s),
        ("experts_s", &mut limits.experts_s, defaults.experts_s),
    ] {
        // A day is longer than any wait that makes sense; NaN and negative values fail the range test too.
        if !(0.01..=86_400.0).contains(value) {
            warnings.push(format!("The limit {name} = {value} cannot be used, {default} seconds are used"));
            *value = default;
        }
    }
    settings.agent.mend(warnings);
    settings.desktop.mend(warnings);
    settings.breakers.mend(warnings);
    settings.updates.mend(warnings);
    mend_minds(settings, warnings);
    if settings.endpoints.is_empty() {
        settings.endpoints = vec![Endpoint::default()];
    }
    let known: Vec<String> = settings.endpoints.iter().map(|endpoint| endpoint.name.clone()).collect();
    for Role { name, endpoint, .. } in &mut settings.roles {
        if !known.contains(endpoint) {
            warnings.push(format!(
                "The role {name} names the endpoint {endpoint}, which is not there; {} is used",
                known[0]
            ));
            endpoint.clone_from(&known[0]);
        }
    }
}

/// Figures about money, places and the narrator.
fn mend_minds(settings: &mut Settings, warnings: &mut Vec<String>) {
    if !(0.0..=86_400.0).contains(&settings.agent.narrate_every_s) {
        warnings.push("narrate_every_s must lie between 0 and a day, 10 seconds are used".to_owned());
        settings.agent.narrate_every_s = 10.0;
    }
    let (budget, usual) = (&mut settings.budget, super::BudgetSettings::default());
    if !(0.0..=1e6).contains(&budget.usd) {
        warnings.push(format!("A budget of {} US dollars cannot be used, {} is used", budget.usd, usual.usd));
        budget.usd = usual.usd;
    }
    if !(0.0..=1.0).contains(&budget.warn_at) {
        warnings.push(format!("warn_at must lie between 0 and 1, {} is used", usual.warn_at));
        budget.warn_at = usual.warn_at;
    }
    settings.prices.retain(|price| {
        let is_usable =
            (0.0..=1e6).contains(&price.input_per_million) && (0.0..=1e6).contains(&price.output_per_million);
        if !is_usable {
            warnings.push(format!("The price of {} cannot be used and is left out", price.model));
        }
        is_usable
    });
    for account in [&mut settings.providers.gemini, &mut settings.providers.claude] {
        if !(1..=1000).contains(&account.at_once) {
            warnings.push(format!("at_once = {} cannot be used, 10 is used", account.at_once));
            account.at_once = 10;
        }
    }
}

/// Copies an unreadable file aside before it is overwritten, and says where to.
fn keep_original(path: &Path) -> String {
    let aside = path.with_extension("toml.kept");
    match std::fs::copy(path, &aside) {
        Ok(_) => "The original settings are kept beside the new ones, as settings.toml.kept".to_owned(),
        Err(error) => format!("The original settings could not be kept: {error}"),
    }
}

/// Writes the settings, and the tool servers beside them if they are others than stand there.
pub fn save(path: &Path, settings: &Settings) -> io::Result<()> {
    servers::file::save(&servers::file::beside(path), &settings.servers)?;
    save_alone(path, settings)
}

/// Writes the settings without the tool servers.
pub fn save_alone(path: &Path, settings: &Settings) -> io::Result<()> {
    let text = toml::to_string_pretty(settings).map_err(io::Error::other)?;
    put_in_place(path, &text)
}

/// Writes a new file that only the user can read, and then puts it in place of the old one, so that a crash leaves one of
/// the two.
pub(super) fn put_in_place(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let fresh = fresh_name(path);
    let written = write_durably(&fresh, text).and_then(|()| std::fs::rename(&fresh, path));
    if written.is_err() {
        // What could not take the place of the old file must not lie about; the error itself is passed on.
        let _gone = std::fs::remove_file(&fresh);
    }
    written
}

fn write_durably(path: &Path, text: &str) -> io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Two copies of the program may save at once; the process number keeps their new files apart.
fn fresh_name(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Difficulty, Strategy, Theme, UpdateSettings};

    #[test]
    fn what_is_saved_is_loaded_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/settings.toml");
        let mut settings = Settings::default();
        settings.window.theme = Theme::Dark;
        settings.agent.strategy = Strategy::Heuristic;
        settings.agent.difficulty = Difficulty::Hard;
        settings.roles[2].model = "a/b".into();
        settings.updates = UpdateSettings { check: true, address: "https://example.org/newest.json".into() };
        save(&path, &settings).unwrap();
        assert_eq!(load(&path), Loaded { settings: settings.clone(), warnings: vec![] });
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no half-written file is left");
        settings.servers = vec![crate::settings::ServerSettings::program("a", "run", &["x"])];
        save(&path, &settings).unwrap();
        assert_eq!(load(&path), Loaded { settings, warnings: vec![] });
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 2, "they have a file of their own");
    }

    #[test]
    fn what_is_wrong_with_the_servers_is_told_with_the_rest() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("mcp.json"), r#"{"mcpServers": {"a": 7, "b": {"command": "x"}}}"#).unwrap();
        let loaded = load(&folder.path().join("settings.toml"));
        assert_eq!((loaded.settings.servers.len(), loaded.warnings.len()), (1, 2), "{:?}", loaded.warnings);
    }

    #[test]
    fn a_bad_section_keeps_its_defaults_and_the_others_their_values() {
        let loaded = parse("[agent]\ngoal = 7\n[window]\ntheme = \"light\"\n");
        assert_eq!(loaded.settings.window.theme, Theme::Light);
        assert_eq!(loaded.settings.agent, Settings::default().agent);
        assert_eq!(loaded.warnings.len(), 1);
        assert!(loaded.warnings[0].contains("[agent]"), "{:?}", loaded.warnings);
    }

    #[test]
    fn rubbish_is_kept_beside_and_defaults_are_used() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.toml");
        std::fs::write(&path, b"\xff\xfe not toml [").unwrap();
        let loaded = load(&path);
        assert_eq!(loaded.settings, Settings::default());
        assert_eq!(loaded.warnings.len(), 2);
        assert_eq!(std::fs::read(folder.path().join("settings.toml.kept")).unwrap(), b"\xff\xfe not toml [");
    }

    #[test]
    fn values_out_of_range_are_named_and_replaced() {
        let loaded = parse(
            "[limits]\nfirst_token_s = -1.0\n[window]\nzoom = 40.0\n[[role]]\nname = \"x\"\nendpoint = \"gone\"\n",
        );
        assert_eq!(loaded.settings.limits.first_token_s, 180.0);
        assert_eq!(loaded.settings.window.zoom, 1.0);
        assert_eq!(loaded.settings.roles[0].endpoint, Endpoint::FIRST);
        assert_eq!(loaded.warnings.len(), 3, "{:?}", loaded.warnings);
    }

    #[test]
    fn a_place_where_no_window_can_be_is_forgotten() {
        for bad in ["x = nan", "y = 1e30", "width = inf", "height = 0.0", "width = -5.0"] {
            let name = bad.split(' ').next().unwrap();
            let lines = ["x = -1920.0", "y = 10.0", "width = 1280.0", "height = 764.0"];
            let good: Vec<&str> = lines.into_iter().filter(|line| !line.starts_with(name)).collect();
            let loaded = parse(&format!("[window]\ntheme = \"light\"\n[window.place]\n{bad}\n{}\n", good.join("\n")));
            assert_eq!(loaded.settings.window.place, None, "{bad}");
            assert_eq!((loaded.settings.window.theme, loaded.warnings.len()), (Theme::Light, 1), "{bad}");
        }
        let good = parse("[window.place]\nx = -1920.0\ny = 10.0\nwidth = 1280.0\nheight = 764.0\n");
        assert_eq!((good.settings.window.place.is_some(), good.warnings.len()), (true, 0));
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_an_error_and_leaves_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.toml/settings.toml");
        std::fs::write(folder.path().join("settings.toml"), "version = 1").unwrap();
        assert!(save(&path, &Settings::default()).is_err());
        assert_eq!(std::fs::read_to_string(folder.path().join("settings.toml")).unwrap(), "version = 1");
    }
}
