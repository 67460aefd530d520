//! A locked file for every program that works on the journal: who holds its lock is alive.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::unguessable;

/// The folder of these files, within the folder of the journal.
const FOLDER: &str = "alive";
/// How the name of a file begins that is not locked yet.
const UNFINISHED: &str = "new-";
/// A file that is still not locked after this long never will be: its program has ended.
const BEGINNING_MAY_TAKE: Duration = Duration::from_secs(3600);

/// This program is alive, for as long as this value is. Dropping it takes the file away.
#[derive(Debug)]
pub struct Alive {
    id: String,
    path: PathBuf,
    /// Held, and never read.
    _lock: File,
}

impl Alive {
    /// Makes a file of a name that was never there before and locks it. The folder is that of the journal, and is made
    /// if it is missing. Fails where nothing can be written there or the file system knows no locks.
    pub fn begin(folder: &Path) -> io::Result<Self> {
        let folder = folder.join(FOLDER);
        fs::create_dir_all(&folder)?;
        let id = fresh_id()?;
        let (unfinished, path) = (folder.join(format!("{UNFINISHED}{id}")), folder.join(&id));
        let begun = locked(&unfinished, &path);
        if begun.is_err() {
            // It must not lie about; the error itself is passed on.
            let _gone = fs::remove_file(&unfinished);
        }
        begun.map(|lock| Self { id, path, _lock: lock })
    }

    /// The name of this program as long as it runs: when it began, its process number, and chance.
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        // A file that stays is taken away by the next look, for its lock goes in any case.
        let _gone = fs::remove_file(&self.path);
    }
}

/// The programs that live now, this one included, in the order in which they began. Files of dead ones are taken away.
/// The folder is that of the journal; where there is nothing, nobody lives. In doubt a program lives: whoever is taken
/// for dead by mistake loses its session. So where the folder cannot be read it is an error, and nobody is dead.
pub fn living(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder.join(FOLDER)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    // All of them before the first is taken away, and none is passed over.
    let entries = entries.collect::<io::Result<Vec<fs::DirEntry>>>()?;
    let mut ids: Vec<String> = entries.iter().filter_map(of_living).collect();
    ids.sort_unstable();
    Ok(ids)
}

/// Under another name first: the look of another program may come between the making and the locking, and would find a
/// file that nobody holds. The lock belongs to the file and comes along when it gets its name.
fn locked(unfinished: &Path, path: &Path) -> io::Result<File> {
    let mut file = File::options().write(true).create_new(true).open(unfinished)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(io::ErrorKind::WouldBlock.into()),
        Err(TryLockError::Error(error)) => return Err(error),
    }
    // For people who look into the folder; a full disk is no reason not to be alive.
    let _only_for_people = writeln!(file, "Singularis runs as process {}", std::process::id());
    fs::rename(unfinished, path)?;
    Ok(file)
}

/// The name of the program that holds this file; the file of a dead one is taken away.
fn of_living(entry: &fs::DirEntry) -> Option<String> {
    if entry.file_type().is_ok_and(|kind| !kind.is_file()) {
        return None;
    }
    let (name, path) = (entry.file_name().into_string().ok()?, entry.path());
    if name.starts_with(UNFINISHED) {
        if is_old(entry) {
            let _gone = fs::remove_file(&path);
        }
        return None;
    }
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(_in_doubt) => return Some(name),
    };
    // Shared, so that two who look at the same time do not take one another for the holder.
    match file.try_lock_shared() {
        Ok(()) => {
            // What cannot be taken away is dead all the same.
            let _gone = fs::remove_file(&path);
            None
        }
        Err(_held_or_in_doubt) => Some(name),
    }
}

fn is_old(entry: &fs::DirEntry) -> bool {
    let changed = entry.metadata().and_then(|metadata| metadata.modified());
    changed.is_ok_and(|changed| changed.elapsed().is_ok_and(|age| age > BEGINNING_MAY_TAKE))
}

/// The time in front, so that names sort by age.
fn fresh_id() -> io::Result<String> {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let chance: String = unguessable()?.chars().take(16).collect();
    Ok(format!("{since_1970:013}-{}-{chance}", std::process::id()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_lives_until_it_is_dropped_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("deep");
        assert_eq!(living(&home).unwrap(), Vec::<String>::new());
        let first = Alive::begin(&home).unwrap();
        let second = Alive::begin(&home).unwrap();
        let mut both = [first.id().to_owned(), second.id().to_owned()];
        both.sort_unstable();
        assert_eq!(living(&home).unwrap(), both);
        drop(first);
        assert_eq!(living(&home).unwrap(), [second.id()]);
        drop(second);
        assert_eq!(living(&home).unwrap(), Vec::<String>::new());
        assert_eq!(fs::read_dir(home.join(FOLDER)).unwrap().count(), 0);
    }

    #[test]
    fn a_file_that_nobody_holds_is_taken_away_and_a_folder_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join(FOLDER);
        fs::create_dir_all(place.join("a-folder")).unwrap();
        fs::write(place.join("0000000000001-1-dead"), "").unwrap();
        // One that was begun just now may belong to a program that is about to lock it.
        fs::write(place.join("new-0000000000002-2-beginning"), "").unwrap();
        let old = File::create(place.join("new-0000000000003-3-given-up")).unwrap();
        old.set_modified(SystemTime::now() - 2 * BEGINNING_MAY_TAKE).unwrap();
        assert_eq!(living(folder.path()).unwrap(), Vec::<String>::new());
        let mut left: Vec<_> =
            fs::read_dir(&place).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        left.sort_unstable();
        assert_eq!(left, ["a-folder", "new-0000000000002-2-beginning"]);
    }

    #[test]
    fn looking_does_not_kill() {
        let folder = tempfile::tempdir().unwrap();
        let alive = Alive::begin(folder.path()).unwrap();
        for _ in 0..100 {
            assert_eq!(living(folder.path()).unwrap(), [alive.id()]);
        }
    }

    #[test]
    fn where_it_cannot_be_told_nobody_is_dead() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FOLDER), "a file where the folder should be").unwrap();
        assert!(living(folder.path()).is_err());
    }
}
