//! Stamps the program with where it comes from, and on Windows with its icon, its version and its manifest.
//!
//! Nothing here asks what time it is: what is stamped depends on the sources alone.

#[path = "build/date.rs"]
mod date;
#[path = "build/origin.rs"]
mod origin;
#[cfg(windows)]
#[path = "build/windows.rs"]
mod windows;

use std::{env, error::Error, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let (target, profile) = (env::var("TARGET")?, env::var("PROFILE")?);
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    let origin = origin::of(&root, profile == "release");
    println!("cargo::rustc-env=SINGULARIS_ORIGIN={origin}");
    println!("cargo::rustc-env=SINGULARIS_MADE_FOR={target}, {profile}; {}", parts(&env::var("CARGO_CFG_TARGET_OS")?));
    #[cfg(windows)]
    windows::embed(&origin)?;
    #[cfg(not(windows))]
    without_resources();
    Ok(())
}

/// What the window speaks to on this system. There are no features to choose from, but what comes of that differs.
fn parts(system: &str) -> &'static str {
    match system {
        "windows" => "OpenGL, Win32",
        "macos" => "OpenGL, AppKit",
        _ => "OpenGL, X11, Wayland",
    }
}

/// The compiler for resources comes with Windows.
#[cfg(not(windows))]
fn without_resources() {
    if env::var_os("CARGO_CFG_WINDOWS").is_some() {
        println!("cargo::warning=built elsewhere than on Windows, the program has no icon, version and manifest");
    }
}
