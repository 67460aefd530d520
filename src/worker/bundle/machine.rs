//! What kind of machine this is, as far as it helps whoever is asked; and the two names that must not be told.

use std::{fs, num::NonZero};

/// This machine. Only the names are nobody's business.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Machine {
    /// The operating system and its version, as it calls itself.
    pub system: String,
    /// How many threads run at once.
    pub processors: Option<usize>,
    pub memory_bytes: Option<u64>,
    /// Who is logged in.
    pub user: Option<String>,
    pub host: Option<String>,
}

impl Machine {
    /// The one this runs on. Reads small files of the system; on Windows it asks the command line for its version.
    pub fn here() -> Self {
        Self {
            system: system(),
            processors: std::thread::available_parallelism().ok().map(NonZero::get),
            memory_bytes: fs::read_to_string("/proc/meminfo").ok().as_deref().and_then(memory_in),
            user: variable(&["USER", "USERNAME", "LOGNAME"]),
            host: host_name()
                .or_else(|| first_line("/etc/hostname"))
                .or_else(|| variable(&["COMPUTERNAME", "HOSTNAME"])),
        }
    }

    /// `x86_64 linux gnu`: what this program was built for.
    pub fn target() -> String {
        let flavour = if cfg!(target_env = "musl") {
            " musl"
        } else if cfg!(target_env = "gnu") {
            " gnu"
        } else if cfg!(target_env = "msvc") {
            " msvc"
        } else {
            ""
        };
        format!("{} {}{flavour}", std::env::consts::ARCH, std::env::consts::OS)
    }

    /// `31.2 GiB`; `None` where the system does not tell.
    #[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
    pub fn memory(&self) -> Option<String> {
        self.memory_bytes.map(|bytes| format!("{:.1} GiB", bytes as f64 / f64::from(1 << 30)))
    }
}

fn system() -> String {
    let version = match std::env::consts::OS {
        "linux" => {
            let release = fs::read_to_string("/etc/os-release").or_else(|_| fs::read_to_string("/usr/lib/os-release"));
            let name = release.ok().as_deref().and_then(pretty_name).unwrap_or_else(|| "Linux".to_owned());
            let kernel = first_line("/proc/sys/kernel/osrelease");
            Some(kernel.map_or_else(|| name.clone(), |kernel| format!("{name}, kernel {kernel}")))
        }
        "macos" => {
            let list = fs::read_to_string("/System/Library/CoreServices/SystemVersion.plist");
            list.ok().as_deref().and_then(product_version).map(|version| format!("macOS {version}"))
        }
        "windows" => windows_version(),
        _ => None,
    };
    version.unwrap_or_else(|| format!("{}, version not known", std::env::consts::OS))
}

/// `PRETTY_NAME="Debian GNU/Linux 13 (trixie)"` without the name and the quotes.
fn pretty_name(release: &str) -> Option<String> {
    let value = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
    Some(value.trim_matches(['"', '\'']).to_owned()).filter(|name| !name.is_empty())
}

/// The text after the key `ProductVersion` of a property list.
fn product_version(list: &str) -> Option<String> {
    let (_, after) = list.split_once("<key>ProductVersion</key>")?;
    let (_, value) = after.split_once("<string>")?;
    value.split_once("</string>").map(|(version, _)| version.trim().to_owned())
}

/// `MemTotal:       32602176 kB` in bytes.
fn memory_in(information: &str) -> Option<u64> {
    let total = information.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    total.split_whitespace().next()?.parse::<u64>().ok()?.checked_mul(1024)
}

/// `Microsoft Windows [Version 10.0.26100.1]`.
#[cfg(windows)]
fn windows_version() -> Option<String> {
    use std::os::windows::process::CommandExt;
    /// A window program that starts a console program would show its window for a moment.
    const NO_WINDOW: u32 = 0x0800_0000;
    let asked = std::process::Command::new("cmd").args(["/C", "ver"]).creation_flags(NO_WINDOW).output().ok()?;
    Some(String::from_utf8_lossy(&asked.stdout).trim().to_owned()).filter(|version| !version.is_empty())
}

#[cfg(not(windows))]
fn windows_version() -> Option<String> {
    None
}

/// As the kernel knows it.
#[cfg(unix)]
fn host_name() -> Option<String> {
    let system = rustix::system::uname();
    let name = system.nodename().to_string_lossy().trim().to_owned();
    Some(name).filter(|name| !name.is_empty())
}

/// A variable has it here.
#[cfg(not(unix))]
fn host_name() -> Option<String> {
    None
}

fn first_line(path: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    text.lines().next().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty())
}

fn variable(names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_systems_write_about_themselves_is_understood() {
        assert_eq!(pretty_name("ID=x\nPRETTY_NAME=\"A System 1 (name)\"\n").as_deref(), Some("A System 1 (name)"));
        assert_eq!(pretty_name("ID=x\n"), None);
        let list = "<dict>\n<key>ProductVersion</key>\n\t<string>15.1</string>\n</dict>";
        assert_eq!(product_version(list).as_deref(), Some("15.1"));
        assert_eq!(memory_in("MemFree: 1 kB\nMemTotal:       2 kB\n"), Some(2048));
        assert_eq!(memory_in("MemTotal: much\n"), None);
    }

    #[test]
    fn this_machine_is_one() {
        let machine = Machine::here();
        assert!(!machine.system.is_empty());
        assert!(machine.processors.is_some_and(|count| count > 0));
        assert_eq!(machine, Machine::here(), "the same machine is told in the same words");
        #[cfg(unix)]
        assert!(machine.host.is_some(), "the name that must not be told is known");
    }

    #[test]
    fn memory_is_told_in_one_figure() {
        let memory_bytes = memory_in("MemTotal:       2097152 kB\n");
        let machine = Machine { memory_bytes, ..Machine::default() };
        assert_eq!(machine.memory().as_deref(), Some("2.0 GiB"));
        assert_eq!(Machine::default().memory(), None);
    }
}
