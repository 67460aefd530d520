//! The report of a session: what was asked and done, as a page, as Markdown, as JSON. Pure functions over what was
//! kept; they work for a session that failed at once, was cut off or took thousands of steps.
//!
//! | file | what |
//! |---|---|
//! | `contents` | everything a report says, made once; all three formats show it |
//! | `course`, `reading` | what stood between the steps; a decision with its chain |
//! | `sections`, `course_sections`, `model_sections` | the contents as sections of sentences, tables and plots |
//! | `layout` | what a section is made of |
//! | `words`, `text` | figures as words; texts without secrets, and as they may stand in a page or in Markdown |
//! | `page`, `plot`, `scale` | the page, its plots and their axes |
//! | `markdown`, `json` | the other formats |

mod contents;
mod course;
mod course_sections;
mod json;
mod layout;
mod markdown;
mod model_sections;
mod page;
mod plot;
mod reading;
mod scale;
mod sections;
mod text;
mod words;

pub use contents::{Answerer, Fact, Report, Tone, Verdict};
pub use course::{Stop, Told};
pub use reading::Reading;

use crate::protocol::{ReportFormat, SessionFile};

/// The longest part of a file's name that is taken from the session.
const LONGEST_NAME: usize = 80;

/// The report as the text of a file. The figures are counted anew from the records. An error says that something could
/// not be written as JSON; the other formats never fail.
pub fn render(file: &SessionFile, format: ReportFormat) -> Result<String, serde_json::Error> {
    let report = Report::of(file);
    match format {
        ReportFormat::Markdown => Ok(markdown::document(&report)),
        ReportFormat::Json => json::document(&report, &file.records),
        ReportFormat::Html => Ok(page::document(&report)),
    }
}

/// `singularis-SESSION.html`: a name without a folder that every file system takes.
pub fn file_name(file: &SessionFile, format: ReportFormat) -> String {
    let is_usual = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    let name: String = file.line.session.chars().filter(is_usual).take(LONGEST_NAME).collect();
    let name = if name.is_empty() { "session" } else { &name };
    format!("singularis-{name}.{}", format.extension())
}

#[cfg(test)]
mod tests;
