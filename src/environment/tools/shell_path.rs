//! Where the login shell looks for programs.
//!
//! A program that is started by a double-click gets the path of the desktop, which knows nothing of what the user has
//! installed with the tools that put themselves into the shell's own files. So the shell is asked, once.

use std::{env, path::PathBuf};

/// The folders that programs are looked for in: this program's own path and the login shell's, each folder once.
///
/// Where the own path has folders that the shell does not know, somebody has put them there for this program, and they
/// come first. Otherwise the shell's order holds.
pub fn joined(own: &str, login: Option<&str>) -> String {
    let own: Vec<PathBuf> = env::split_paths(own).collect();
    let login: Vec<PathBuf> = login.map(|login| env::split_paths(login).collect()).unwrap_or_default();
    let (first, second) = if own.iter().all(|folder| login.contains(folder)) { (login, own) } else { (own, login) };
    let mut folders: Vec<PathBuf> = Vec::new();
    for folder in first.into_iter().chain(second) {
        // An empty one stands for whatever folder a program happens to be in.
        if !folder.as_os_str().is_empty() && !folders.contains(&folder) {
            folders.push(folder);
        }
    }
    env::join_paths(folders).map(|path| path.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cfg(not(unix))]
pub use elsewhere::login_path;
#[cfg(unix)]
pub use unix::login_path;

#[cfg(not(unix))]
mod elsewhere {
    /// There is no login shell; programs started by a double-click have the user's whole path.
    #[expect(clippy::unused_async, reason = "elsewhere a shell is waited for")]
    pub async fn login_path() -> Option<String> {
        None
    }
}

#[cfg(unix)]
mod unix {
    use std::{env, ffi::OsString, process::Stdio, time::Duration};

    use tokio::{
        io::{AsyncRead, AsyncReadExt},
        process::Command,
        sync::OnceCell,
        time::timeout,
    };

    use crate::process::Children;

    /// A shell whose files do not end by then is not waited for.
    const SHELL_MAY_TAKE: Duration = Duration::from_secs(3);
    /// More than this is no path but a banner that never ends. In bytes.
    const MOST: usize = 1 << 20;
    const BEGIN: &str = "path-begins";
    const END: &str = "path-ends";

    /// Found once; the shell's files do not change while this program runs.
    static FOUND: OnceCell<String> = OnceCell::const_new();

    /// The path that the user's login shell sets; `None` where it does not say within three seconds.
    pub async fn login_path() -> Option<String> {
        let asking = || async {
            let shell = env::var_os("SHELL").filter(|shell| !shell.is_empty()).unwrap_or_else(|| "/bin/sh".into());
            // A shell that was too slow on a busy machine is asked again by whoever comes next.
            ask(shell, SHELL_MAY_TAKE).await.ok_or(())
        };
        FOUND.get_or_try_init(asking).await.ok().cloned()
    }

    /// Asks this shell, and ends it with whatever its files have started.
    async fn ask(shell: OsString, limit: Duration) -> Option<String> {
        let mut command = Command::new(shell);
        // Not as an interactive one: that reaches for the terminal this program may have been started from.
        command.args(["-l", "-c", &format!("printf '\\n%s\\n' {BEGIN} \"$PATH\" {END}")]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let children = Children::default();
        let mut child = children.start("login shell", command).ok()?;
        let output = child.take_stdout()?;
        let path = timeout(limit, until_the_end(output)).await.ok().flatten();
        let ended = child.end(Duration::ZERO).await;
        tracing::debug!(found = path.is_some(), "the login shell was asked for its path and ended: {}", ended.note);
        path
    }

    /// Reads until the path has come. What the shell's files have started may hold the pipe open for ever.
    async fn until_the_end(mut output: impl AsyncRead + Unpin) -> Option<String> {
        let mut said = Vec::new();
        let mut bytes = vec![0; 4096];
        while said.len() < MOST {
            let count = output.read(&mut bytes).await.ok().filter(|count| *count > 0)?;
            said.extend_from_slice(&bytes[..count]);
            if let Some(path) = between_marks(&said) {
                return Some(path);
            }
        }
        None
    }

    /// The path in what a shell printed, whatever its files printed before and after.
    fn between_marks(said: &[u8]) -> Option<String> {
        let said = String::from_utf8_lossy(said);
        let lines: Vec<&str> = said.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
        lines.windows(3).find(|lines| lines[0] == BEGIN && lines[2] == END).map(|lines| lines[1].to_owned())
    }

    #[cfg(test)]
    mod tests {
        use std::{path::Path, time::Instant};

        use super::*;

        const PATIENCE: Duration = Duration::from_secs(30);

        /// A shell of our own that does this. Another process writes it: what this one has open for writing may be
        /// open in a child that another test begins, and then it cannot be run.
        fn shell(folder: &Path, script: &str) -> OsString {
            let file = folder.join("shell");
            let mut writer = std::process::Command::new("/bin/sh");
            writer.args(["-c", r#"printf '#!/bin/sh\n%s\n' "$1" > "$2" && chmod +x "$2""#, "sh", script]).arg(&file);
            assert!(writer.status().unwrap().success());
            file.into()
        }

        #[test]
        fn the_path_is_found_between_its_marks_and_nowhere_else() {
            let path = |said: &str| between_marks(said.as_bytes());
            let whole = "Welcome!\n\npath-begins\n\n/a:/b c\n\npath-ends\nbye\n";
            assert_eq!(path(whole), Some("/a:/b c".to_owned()));
            assert_eq!(path("path-begins\r\n/a\r\npath-ends\r\n"), Some("/a".to_owned()));
            for said in ["", "/a:/b", "path-begins\n/a\n", "path-begins\n\npath-ends\n"] {
                assert_eq!(path(said), None, "{said:?}");
            }
        }

        #[tokio::test]
        async fn a_shell_that_prints_a_banner_tells_its_path_all_the_same() {
            let folder = tempfile::tempdir().unwrap();
            let shell = shell(folder.path(), "echo 'Hello, you!'; PATH=/quite/another:$PATH; shift; eval \"$2\"");
            let path = ask(shell, PATIENCE).await.unwrap();
            assert!(path.starts_with("/quite/another:"), "{path}");
        }

        #[tokio::test]
        async fn a_shell_that_starts_something_in_the_background_is_not_waited_for() {
            let folder = tempfile::tempdir().unwrap();
            let shell = shell(folder.path(), "sleep 60 & shift; eval \"$2\"; echo bye");
            let began = Instant::now();
            assert!(ask(shell, PATIENCE).await.is_some());
            assert!(began.elapsed() < PATIENCE, "{:?}", began.elapsed());
        }

        #[tokio::test]
        async fn a_shell_that_hangs_or_is_not_there_does_not_matter() {
            let folder = tempfile::tempdir().unwrap();
            let began = Instant::now();
            let hangs = shell(folder.path(), "echo waiting; exec sleep 60");
            assert_eq!(ask(hangs, Duration::from_millis(300)).await, None);
            assert!(began.elapsed() < PATIENCE, "{:?}", began.elapsed());
            assert_eq!(ask("/no/such/shell".into(), PATIENCE).await, None);
            assert_eq!(ask(shell(folder.path(), "exit 1"), PATIENCE).await, None);
        }

        #[tokio::test]
        async fn the_real_shell_is_asked_once() {
            let path = login_path().await;
            assert_eq!(login_path().await, path);
        }
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::joined;

    #[test]
    fn folders_that_somebody_added_come_first_and_none_comes_twice() {
        assert_eq!(joined("/usr/bin:/bin", Some("/opt/bin:/usr/bin:/bin")), "/opt/bin:/usr/bin:/bin");
        assert_eq!(joined("/venv/bin:/usr/bin", Some("/opt/bin:/usr/bin")), "/venv/bin:/usr/bin:/opt/bin");
        assert_eq!(joined("/usr/bin", None), "/usr/bin");
        assert_eq!(joined("", Some("/usr/bin::/bin:/usr/bin")), "/usr/bin:/bin");
    }
}
