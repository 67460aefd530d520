//! What Windows shows of a program before it runs: icon and version; and the manifest, which says how it wants to run.

use std::{env, io};

const ICON: &str = "assets/icon/singularis.ico";
const MANIFEST: &str = "packaging/windows/singularis.manifest";
/// English, without a country.
const LANGUAGE: u16 = 0x0009;

/// Compiles them, to be linked into every program of this package, if they are to run on Windows.
pub fn embed(origin: &str) -> io::Result<()> {
    if env::var_os("CARGO_CFG_WINDOWS").is_none() {
        return Ok(());
    }
    for file in [ICON, MANIFEST] {
        println!("cargo::rerun-if-changed={file}");
    }
    let version = env::var("CARGO_PKG_VERSION").map_err(io::Error::other)?;
    winresource::WindowsResource::new()
        .set_language(LANGUAGE)
        .set_icon(ICON)
        .set_manifest_file(MANIFEST)
        .set("ProductName", "Singularis")
        // The task manager shows this one.
        .set("FileDescription", "Singularis")
        .set("ProductVersion", &format!("{version} ({origin})"))
        .set("CompanyName", "The Singularis developers")
        .set("LegalCopyright", "The Singularis developers, MIT or Apache-2.0")
        .compile()
}
