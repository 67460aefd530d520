//! Programs to be looked at and played: each with a home of its own, and gone at the end.

use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use singularis::environment::desktop;
use tempfile::TempDir;

use crate::{PATIENCE, display::program, seat::runtime, within};

/// What NetHack asks nobody, and what it shows: the number of the turn moves with every act.
const OPTIONS: &str = "role:Valkyrie,race:human,gender:female,align:neutral,!splash_screen,!legacy,!autopickup,time,\
                       !mail,pettype:none";
/// What both games need.
/// So long a window has to have been there.
const STAYS: Duration = Duration::from_millis(500);
pub const GAMES: [&str; 3] = ["xterm", "nethack", "chocolate-doom"];
const LEVELS: &str = "/usr/share/games/doom/freedoom1.wad";

/// A program that runs.
pub struct Guest {
    child: Child,
    _home: TempDir,
    /// As the settings name its window.
    pub source: &'static str,
}

impl Guest {
    /// NetHack in a terminal: it stands still until a key comes.
    pub fn nethack() -> Self {
        let home = tempfile::tempdir().unwrap();
        // It goes on with what a player of the same name has saved.
        let player = home.path().file_name().unwrap().to_string_lossy().replace('.', "");
        let mut command = Command::new("xterm");
        command
            .args(["-geometry", "80x24+60+60", "-title", "NetHack", "+bc", "-e"])
            .arg(program("nethack").unwrap())
            .args(["-u", &player])
            .env("HOME", home.path())
            .env("NETHACKOPTIONS", OPTIONS);
        Self::start(command, home, "window:NetHack")
    }

    /// chocolate-doom in the first level of Freedoom: it moves all the time.
    pub fn doom() -> Self {
        assert!(PathBuf::from(LEVELS).exists(), "Freedoom is missing; .ci/run installs it");
        let home = tempfile::tempdir().unwrap();
        let mut command = Command::new(program("chocolate-doom").unwrap());
        command
            .args(["-iwad", LEVELS, "-window", "-width", "640", "-height", "480"])
            .args(["-warp", "1", "1", "-skill", "2", "-nosound", "-nograbmouse"])
            .env("HOME", home.path())
            .env("XDG_DATA_HOME", home.path())
            .env("SDL_AUDIODRIVER", "dummy")
            .env("LIBGL_ALWAYS_SOFTWARE", "1");
        // Its first window is called otherwise, and does not stay.
        Self::start(command, home, "window:Freedoom")
    }

    fn start(mut command: Command, home: TempDir, source: &'static str) -> Self {
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let guest = Self { child, _home: home, source };
        let title = source.trim_start_matches("window:");
        let runtime = runtime();
        let mut seen: Option<(String, Instant)> = None;
        let ((), took) = within(PATIENCE, source, || {
            let report = runtime.block_on(desktop::look(None));
            let found = report.sources.iter().find(|found| found.title.contains(title) || found.source.contains(title));
            seen = found.map(|found| match seen.take() {
                Some((before, since)) if before == found.source => (before, since),
                _ => (found.source.clone(), Instant::now()),
            });
            // A game may open its window, think better of it and open another.
            seen.as_ref().is_some_and(|(_, since)| since.elapsed() > STAYS).then_some(())
        });
        eprintln!("{title} is there after {took:?}");
        guest
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let _it_may_have_ended = self.child.kill();
        let _nothing_to_do = self.child.wait();
    }
}
