//! The definitions of packages agree with the program: the same version, the same name, and files that are there.

use std::path::{Path, PathBuf};

use toml::{Table, Value};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// What is only there once something was built, by its beginning from the top folder.
const MADE: [&str; 2] = ["target/", "THIRD-PARTY"];

fn packager(system: &str) -> (PathBuf, Table) {
    let folder = Path::new(ROOT).join("packaging").join(system);
    let text = std::fs::read_to_string(folder.join("Packager.toml")).unwrap();
    (folder, text.parse().unwrap())
}

/// Each file that a definition names, as it is written there.
fn files(table: &Table) -> Vec<String> {
    let of_resource = |resource: &Value| resource["src"].as_str().unwrap().to_owned();
    let listed = |name: &str| table[name].as_array().unwrap().iter();
    let mut found: Vec<String> = listed("resources").map(of_resource).collect();
    found.extend(listed("icons").map(|icon| icon.as_str().unwrap().to_owned()));
    let mut single = vec![table.get("licenseFile")];
    if let Some(macos) = table.get("macos") {
        single.extend([macos.get("infoPlistPath"), macos.get("entitlements")]);
    }
    if let Some(nsis) = table.get("nsis") {
        single.push(nsis.get("installerIcon"));
        let languages = nsis["customLanguageFiles"].as_table().unwrap();
        found.extend(languages.values().map(|file| file.as_str().unwrap().to_owned()));
    }
    found.extend(single.into_iter().flatten().map(|file| file.as_str().unwrap().to_owned()));
    found
}

/// A pattern counts as there if one file of its folder has its ending.
fn is_there(folder: &Path, file: &str) -> bool {
    let Some((before, after)) = file.split_once('*') else { return folder.join(file).is_file() };
    std::fs::read_dir(folder.join(before))
        .unwrap()
        .any(|entry| entry.unwrap().file_name().to_string_lossy().ends_with(after))
}

#[test]
fn the_packagers_know_the_version_and_their_files() {
    for system in ["windows", "macos"] {
        let (folder, table) = packager(system);
        assert_eq!(table["version"].as_str(), Some(VERSION), "{system}");
        let named = files(&table);
        assert!(named.len() > 5, "{system}: {named:?}");
        for file in named {
            let from_the_top = file.trim_start_matches("../");
            let is_made = file != from_the_top && MADE.iter().any(|made| from_the_top.starts_with(made));
            assert!(is_made || is_there(&folder, &file), "{system} names {file}, which is not there");
        }
    }
}

#[test]
fn the_bundle_for_macos_says_its_version_and_every_sentence_in_both_languages() {
    let folder = Path::new(ROOT).join("packaging/macos");
    let plist = std::fs::read_to_string(folder.join("Info.plist")).unwrap();
    assert!(plist.contains(&format!("<key>CFBundleVersion</key>\n\t<string>{VERSION}</string>")), "{plist}");
    let sentences: Vec<(&str, &str)> = plist
        .split("<key>")
        .filter_map(|entry| entry.split_once("</key>"))
        .filter(|(key, _)| key.ends_with("UsageDescription"))
        .filter_map(|(key, rest)| Some((key, rest.split_once("<string>")?.1.split_once("</string>")?.0)))
        .collect();
    assert!(sentences.len() > 4, "{sentences:?}");
    let read = |language: &str| std::fs::read_to_string(folder.join(language).join("InfoPlist.strings")).unwrap();
    let (english, german) = (read("en.lproj"), read("de.lproj"));
    for (key, sentence) in sentences {
        assert!(english.contains(&format!("\"{key}\" = \"{sentence}\";")), "{key} is another one in English");
        assert!(german.contains(&format!("\"{key}\" = \"")), "{key} is missing in German");
    }
}

#[test]
fn all_systems_call_it_by_the_same_name() {
    let (_, windows) = packager("windows");
    let (_, macos) = packager("macos");
    let name = windows["identifier"].as_str().unwrap();
    assert_eq!(macos["identifier"].as_str(), Some(name));
    let metadata = Path::new(ROOT).join("packaging/linux").join(format!("{name}.metainfo.xml"));
    assert!(metadata.is_file(), "{} is not there", metadata.display());
}

#[test]
fn the_licences_that_are_allowed_are_those_that_are_told() {
    let table = |name: &str| -> Table { std::fs::read_to_string(Path::new(ROOT).join(name)).unwrap().parse().unwrap() };
    let (deny, about) = (table("deny.toml"), table("about.toml"));
    assert_eq!(deny["licenses"]["allow"], about["accepted"]);
    assert_eq!(deny["graph"]["targets"], about["targets"]);
    for exception in deny["licenses"]["exceptions"].as_array().unwrap() {
        let name = exception["crate"].as_str().unwrap();
        assert_eq!(exception["allow"], about[name]["accepted"], "{name}");
    }
}

#[test]
fn the_changelog_has_a_place_for_what_comes_next() {
    let text = std::fs::read_to_string(Path::new(ROOT).join("CHANGELOG.md")).unwrap();
    assert!(text.starts_with("# Changelog\n") && text.contains("\n## [Unreleased]\n"));
}
