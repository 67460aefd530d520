//! The one window on a journal: the first claims it, the next ones are told who has it.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write},
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use super::{Address, asking, listening::Listening, unguessable};

/// Locked for as long as the first window is open. The file stays: taking it away would let two programs hold it, one
/// of them under no name.
const LOCK: &str = "window.lock";
const ADDRESS: &str = "window.lock.json";
/// What becomes the address. Only the holder of the lock writes it.
const FRESH_ADDRESS: &str = "window.lock.json.new";

/// How long a second copy waits for the first.
const FIRST_MAY_TAKE: Duration = Duration::from_secs(1);
/// Until it tries again, where the first has only just begun or is about to end.
const ASKS_EVERY: Duration = Duration::from_millis(20);

/// The window on the journal in one folder.
pub struct Window;

/// Whose it is.
#[derive(Debug)]
pub enum Claim {
    /// It belongs to this program until the value is dropped.
    First(FirstWindow),
    /// Another program has it.
    Second {
        /// Its process number, for people; 0 where it did not say.
        pid: u32,
        /// It was asked to come to the front and said that it does. If not, it hangs or does not listen yet.
        answered: bool,
    },
}

/// The window belongs to this program. Dropping it gives it back, once nobody listens any more.
#[derive(Debug)]
pub struct FirstWindow {
    /// Ends before the lock is given back.
    listening: Option<Listening>,
    /// `None` where nothing could be listened on: then nobody can ask.
    place: Option<(TcpListener, String)>,
    address: PathBuf,
    /// Held, and never read.
    _lock: File,
}

impl Window {
    /// Claims the window in the journal's folder, which is made if it is missing. A program that comes second asks the
    /// first to come to the front, and waits a second at most. Fails where nothing can be written in the folder or its
    /// file system knows no locks.
    pub fn claim(folder: &Path) -> io::Result<Claim> {
        fs::create_dir_all(folder)?;
        let lock = File::options().read(true).write(true).create(true).truncate(false).open(folder.join(LOCK))?;
        let address = folder.join(ADDRESS);
        let deadline = Instant::now() + FIRST_MAY_TAKE;
        let mut pid = 0;
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(Claim::First(FirstWindow::begin(lock, folder))),
                Err(TryLockError::Error(error)) => return Err(error),
                Err(TryLockError::WouldBlock) => {}
            }
            if let Some(first) = read(&address) {
                pid = first.pid;
                if asking::ask(&first, deadline) {
                    return Ok(Claim::Second { pid, answered: true });
                }
            }
            if Instant::now() >= deadline {
                return Ok(Claim::Second { pid, answered: false });
            }
            // The first may not have written its address yet, this one may be that of an earlier first, or it may be
            // giving the window back just now.
            thread::sleep(ASKS_EVERY);
        }
    }
}

impl FirstWindow {
    /// A window without a place to be asked at is still the first.
    fn begin(lock: File, folder: &Path) -> Self {
        let place = open_place(folder)
            .inspect_err(|error| tracing::warn!("another copy of the program cannot reach this window: {error}"));
        Self { listening: None, place: place.ok(), address: folder.join(ADDRESS), _lock: lock }
    }

    /// From now on `on_front` is called, on a thread of its own, whenever another copy of the program was started. It
    /// must not wait. Only the first call counts.
    pub fn listen(&mut self, on_front: impl Fn() + Send + 'static) {
        let Some((listener, token)) = self.place.take() else { return };
        match Listening::begin(listener, &token, on_front) {
            Ok(listening) => self.listening = Some(listening),
            Err(error) => tracing::warn!("another copy of the program cannot reach this window: {error}"),
        }
    }
}

impl Drop for FirstWindow {
    fn drop(&mut self) {
        // In this order: whoever reads the address finds somebody there, and whoever finds the lock free finds nobody.
        let _gone = fs::remove_file(&self.address);
        self.listening = None;
    }
}

/// Where the first one listens; `None` where it has not said so, or not yet.
fn read(address: &Path) -> Option<Address> {
    serde_json::from_slice(&fs::read(address).ok()?).ok()
}

/// Listens on a free port, and says where.
fn open_place(folder: &Path) -> io::Result<(TcpListener, String)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let (pid, port, token) = (std::process::id(), listener.local_addr()?.port(), unguessable()?);
    let address = Address { pid, port, token: token.clone() };
    let text = serde_json::to_string(&address).map_err(io::Error::other)?;
    let fresh = folder.join(FRESH_ADDRESS);
    // One that a killed program left may have other rights than it should.
    let _was_left = fs::remove_file(&fresh);
    let written = write_for_the_user(&fresh, &text).and_then(|()| fs::rename(&fresh, folder.join(ADDRESS)));
    if written.is_err() {
        let _gone = fs::remove_file(&fresh);
    }
    written.map(|()| (listener, token))
}

/// Nobody else may read it, not even for a moment.
fn write_for_the_user(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // On Windows the folder of the user is closed to others already.
    options.open(path)?.write_all(text.as_bytes())
}
