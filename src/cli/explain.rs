//! `singularis explain`: one observed failure in, its diagnosis out. The same function that explains every failed request.

use std::{
    io::{self, IsTerminal, Read},
    process::ExitCode,
};

use serde_json::json;

use super::{arguments::Explain, words};
use crate::llm::{diagnose, evidence::Evidence};

/// An error text is a few lines; this is more than any program prints.
const INPUT_LIMIT: u64 = 8 << 20;

pub fn carry_out(explain: &Explain) -> io::Result<ExitCode> {
    let text = read(explain.file.as_deref())?;
    if text.trim().is_empty() {
        eprintln!("singularis: there is nothing to explain; give a file, or an error text on standard input");
        return Ok(ExitCode::from(2));
    }
    let diagnosis = diagnose(&Evidence::from_text(&text));
    if explain.json {
        let object = json!({"cause": diagnosis.cause, "certainty": diagnosis.certainty,
            "also_possible": diagnosis.also_possible, "evidence": diagnosis.evidence, "problem": diagnosis.problem});
        words::say(&serde_json::to_string_pretty(&object)?)?;
    } else {
        words::say(&format!("{} ({}, {:?})", diagnosis.cause.title(), diagnosis.cause, diagnosis.certainty))?;
        words::say(&words::problem(&diagnosis.problem))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn read(file: Option<&str>) -> io::Result<String> {
    let mut bytes = Vec::new();
    match file {
        None | Some("-") => {
            if io::stdin().is_terminal() {
                eprintln!("Paste the error text, then press Ctrl-D:");
            }
            io::stdin().lock().take(INPUT_LIMIT).read_to_end(&mut bytes)?
        }
        Some(path) => std::fs::File::open(path)?.take(INPUT_LIMIT).read_to_end(&mut bytes)?,
    };
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
