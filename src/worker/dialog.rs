//! Where a file is to go: the system's own dialog, or the downloads folder where there is none; and writing it whole.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use rfd::AsyncFileDialog;
use tokio::{runtime::Handle, task::spawn_blocking};

use crate::protocol::Problem;

/// More files of one name than anybody keeps in one folder.
const MOST_NAMES: u32 = 10_000;

/// Asks a person where to save a file of this name and kind (`html`, without the dot), for as long as they think about
/// it. `None` when they chose no place.
///
/// Where the system has no dialog, the place is a new name in the `fallback` folder, and the caller says which. Nothing
/// is written here, except the folder itself.
pub async fn save(
    file_name: &str,
    extension: &str,
    title: &str,
    fallback: Option<PathBuf>,
) -> Result<Option<PathBuf>, Problem> {
    if can_ask().await {
        return ask(file_name.to_owned(), extension.to_owned(), title.to_owned()).await;
    }
    let Some(folder) = fallback else { return Err(no_place()) };
    let name = file_name.to_owned();
    let finding = spawn_blocking(move || free_place(&folder, &name));
    finding.await.unwrap_or_else(|_gone| Err(no_place())).map(Some)
}

/// Writes the text as a new file beside the place and then puts it there, so that whoever looks finds the old file or
/// the whole new one.
pub fn write(path: &Path, text: &str) -> Result<(), Problem> {
    let fresh = fresh_name(path);
    let written = write_durably(&fresh, text).and_then(|()| std::fs::rename(&fresh, path));
    written.map_err(|error| {
        // What could not take its place must not lie about; the error itself is passed on.
        let _gone = std::fs::remove_file(&fresh);
        let details = vec![path.display().to_string(), error.to_string()];
        Problem::plain("The file could not be saved", details, "Choose another folder, or make room on the disk")
    })
}

async fn ask(file_name: String, extension: String, title: String) -> Result<Option<PathBuf>, Problem> {
    // On a thread of its own: whether the system's dialog waits without holding up others is up to the system.
    let asking = spawn_blocking(move || {
        let dialog = AsyncFileDialog::new()
            .set_title(title)
            .set_file_name(file_name)
            .add_filter(extension.to_uppercase(), &[extension]);
        let chosen = Handle::current().block_on(dialog.save_file());
        chosen.map(|file| file.path().to_owned())
    });
    asking.await.map_err(|error| {
        let advice = "Try it again; the same text can be copied instead";
        Problem::plain("The dialog for saving a file broke down", vec![error.to_string()], advice)
    })
}

/// Windows and macOS always have a dialog.
#[cfg(not(target_os = "linux"))]
async fn can_ask() -> bool {
    std::future::ready(true).await
}

/// A desktop offers its dialog over the session bus; without one a program called zenity can draw it. Where there is
/// neither, the library would give the same answer as for a person who changed their mind, so it is found out before.
#[cfg(target_os = "linux")]
async fn can_ask() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY") {
        return false;
    }
    has_portal().await || has_program("zenity")
}

/// Whether the desktop's service for dialogs is there and can choose files. It is started by being asked, which may
/// take a moment, but not for ever.
#[cfg(target_os = "linux")]
async fn has_portal() -> bool {
    const MAY_TAKE: std::time::Duration = std::time::Duration::from_secs(5);
    let asking = async {
        let bus = zbus::Connection::session().await?;
        let property = ("org.freedesktop.portal.FileChooser", "version");
        let (service, object) = ("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop");
        bus.call_method(Some(service), object, Some("org.freedesktop.DBus.Properties"), "Get", &property).await
    };
    matches!(tokio::time::timeout(MAY_TAKE, asking).await, Ok(Ok(_version)))
}

#[cfg(target_os = "linux")]
fn has_program(name: &str) -> bool {
    let Some(folders) = std::env::var_os("PATH") else { return false };
    std::env::split_paths(&folders).any(|folder| folder.join(name).is_file())
}

/// A name in the folder that nothing has yet: `name.html`, else `name (2).html` and so on.
fn free_place(folder: &Path, file_name: &str) -> Result<PathBuf, Problem> {
    let failed = |error: io::Error| {
        let details = vec![folder.display().to_string(), error.to_string()];
        Problem::plain("The folder for the file cannot be used", details, "Copy the text instead, or free the folder")
    };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let (stem, ending) = match file_name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => (stem, format!(".{ending}")),
        _ => (file_name, String::new()),
    };
    for number in 1..MOST_NAMES {
        let name = if number == 1 { file_name.to_owned() } else { format!("{stem} ({number}){ending}") };
        let path = folder.join(name);
        // A link to nowhere is something too.
        match std::fs::symlink_metadata(&path) {
            Ok(_taken) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(path),
            Err(error) => return Err(failed(error)),
        }
    }
    Err(failed(io::ErrorKind::AlreadyExists.into()))
}

fn write_durably(path: &Path, text: &str) -> io::Result<()> {
    let mut file = std::fs::File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Two copies of the program may save at once; the process number keeps their new files apart.
fn fresh_name(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    path.with_file_name(name)
}

fn no_place() -> Problem {
    let details = vec!["This system has no dialog for files, and no folder for downloads is known".to_owned()];
    Problem::plain("There is no place to save the file", details, "Copy the text, or save it from a terminal")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_written_whole_and_takes_the_place_of_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.html");
        write(&path, "old").unwrap();
        write(&path, "new").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(names(folder.path()), ["report.html"], "no half-written file is left");
    }

    #[test]
    fn a_place_that_cannot_be_written_is_named_and_nothing_is_left_there() {
        let folder = tempfile::tempdir().unwrap();
        let nowhere = folder.path().join("gone/report.html");
        let problem = write(&nowhere, "text").unwrap_err();
        assert_eq!(problem.summary, "The file could not be saved");
        assert!(problem.details[0].ends_with("report.html"), "{problem:?}");
        // A folder cannot be replaced by a file.
        let taken = folder.path().join("taken");
        std::fs::create_dir(&taken).unwrap();
        std::fs::write(taken.join("inside"), "kept").unwrap();
        assert!(write(&taken, "text").is_err());
        assert_eq!(names(folder.path()), ["taken"]);
    }

    #[test]
    fn without_a_dialog_no_file_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("deep/downloads");
        for expected in ["report.html", "report (2).html", "report (3).html"] {
            let path = free_place(&deep, "report.html").unwrap();
            assert_eq!(path, deep.join(expected));
            write(&path, expected).unwrap();
        }
        assert_eq!(std::fs::read_to_string(deep.join("report.html")).unwrap(), "report.html");
        assert_eq!(free_place(&deep, "bare").unwrap(), deep.join("bare"));
        write(&deep.join("bare"), "").unwrap();
        assert_eq!(free_place(&deep, "bare").unwrap(), deep.join("bare (2)"));
    }

    #[test]
    fn a_folder_that_is_a_file_is_a_problem_and_no_panic() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        let problem = free_place(&file, "report.html").unwrap_err();
        assert_eq!(problem.summary, "The folder for the file cannot be used");
    }
}
