//! What the window says, in the language of whoever uses it. The texts stand in `assets/words/LANGUAGE/`, one file for each
//! screen; here they are only found.
//!
//! `say!("run-start")` gives a text, `say!("run-step", step = 3, seconds = 12)` one with something put in. Figures that
//! have a plural are given as whole numbers; what needs its own digits is written out before.
//!
//! What the worker says comes in English; `said` gives it in the language of the window.

mod files;
mod language;
mod said;

use std::{
    cell::Cell,
    sync::{LazyLock, OnceLock},
};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

pub use language::Language;
pub use said::{is_known, said};

use super::words;

type Bundle = FluentBundle<FluentResource>;

thread_local! {
    /// The window is drawn by one thread, and each test has its own.
    static SPOKEN: Cell<Language> = const { Cell::new(Language::English) };
}

/// Speaks this language from now on, on this thread.
pub fn speak(language: Language) {
    SPOKEN.set(language);
}

/// The language that is spoken on this thread.
pub fn spoken() -> Language {
    SPOKEN.get()
}

/// What the worker says, in the language that these settings choose; for whoever is not drawn by the window.
pub fn said_in(language: crate::settings::Language, words: &str) -> String {
    speak(Language::chosen(language, sys_locale::get_locale().as_deref()));
    said(words).into_owned()
}

/// Reads the texts of this language, which the first text asks for otherwise: some milliseconds.
pub fn prepare(language: Language) {
    for language in [language, Language::English] {
        let _read = bundle(language);
    }
}

/// The text of this name, with what is put in. One that a language lacks is said in English; one that nobody has is said
/// by its name, which a test does not let happen.
pub fn text(id: &str, put_in: &[(&str, FluentValue<'_>)]) -> String {
    let mut arguments = FluentArgs::with_capacity(put_in.len());
    for (name, value) in put_in {
        arguments.set(*name, value.clone());
    }
    let languages = [spoken(), Language::English];
    let found = languages.into_iter().find_map(|language| formatted(bundle(language), id, &arguments));
    found.unwrap_or_else(|| id.to_owned())
}

fn formatted(bundle: &Bundle, id: &str, arguments: &FluentArgs<'_>) -> Option<String> {
    let pattern = bundle.get_message(id)?.value()?;
    let mut troubles = Vec::new();
    let text = bundle.format_pattern(pattern, Some(arguments), &mut troubles).into_owned();
    if !troubles.is_empty() {
        tracing::debug!("the text {id} is not whole: {troubles:?}");
    }
    Some(text)
}

fn bundle(language: Language) -> &'static Bundle {
    static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| made(Language::English));
    static GERMAN: OnceLock<Bundle> = OnceLock::new();
    match language {
        Language::English => &ENGLISH,
        Language::German => GERMAN.get_or_init(|| made(Language::German)),
    }
}

fn made(language: Language) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![language.identifier()]);
    // Marks around what is put in would stand in the accessibility tree, and none of our texts mixes directions.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(figure));
    for (name, text) in files::of(language) {
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(readable, troubles)| {
            tracing::warn!("{name} of the {language:?} texts has {} mistakes", troubles.len());
            readable
        });
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// A number that is put in, as its language writes it; what is written out before stays as it is.
fn figure<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    Some(words::written(&number.as_string()))
}

/// The text of this name, with what is put in: `say!("run-step", step = 3)`.
macro_rules! say {
    ($id:literal) => {
        $crate::ui::catalogue::text($id, &[])
    };
    ($id:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::ui::catalogue::text($id, &[$((stringify!($name), ::fluent_bundle::FluentValue::from($value))),+])
    };
}
pub(crate) use say;

#[cfg(test)]
mod tests;
