//! Who answers instead of whom, for all parts of a session. A change is announced before the question goes out.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::{
    llm::{circuit::Rest, purse::Say},
    protocol::Moment,
    settings::Provider,
};

/// Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Answering(Arc<Shared>);

struct Shared {
    /// Whoever is usually asked, and who answers instead.
    instead: Mutex<BTreeMap<Provider, Instead>>,
    say: Say,
}

/// Who answers in somebody's place.
#[derive(PartialEq, Eq)]
struct Instead {
    asked: Provider,
    until: Option<Moment>,
    why: String,
    words: String,
}

impl Answering {
    /// `say` hears each change.
    pub fn new(say: Say) -> Self {
        Self(Arc::new(Shared { instead: Mutex::default(), say }))
    }

    /// For somebody whose changes are worth no words.
    pub fn silent(&self) -> Self {
        Self::new(Arc::new(|_words| {}))
    }

    fn book(&self) -> MutexGuard<'_, BTreeMap<Provider, Instead>> {
        self.0.instead.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who answers instead of whom and why; `None` while everybody answers who usually does.
    pub fn read(&self) -> Option<String> {
        let book = self.book();
        let words: Vec<&str> = book.values().map(|instead| instead.words.as_str()).collect();
        (!words.is_empty()).then(|| words.join(" · "))
    }

    /// Before a question goes to `asked`, where usually it would go to `usual`. `rest` and `why` tell how that one stands.
    pub fn asks(&self, usual: Provider, asked: Provider, rest: Option<&Rest>, why: &str) {
        let mut book = self.book();
        let words = if usual == asked {
            if book.remove(&usual).is_none() {
                return;
            }
            format!("{} asked again", is_or_are(usual))
        } else {
            let why = rest.map_or(why, |rest| rest.why.as_str()).to_owned();
            let until = rest.map(|rest| rest.until);
            let is_said = |said: &Instead| said.asked == asked && said.until == until && said.why == why;
            if book.get(&usual).is_some_and(is_said) {
                return;
            }
            let words = in_words(usual, asked, until, &why);
            book.insert(usual, Instead { asked, until, why, words: words.clone() });
            words
        };
        drop(book);
        (self.0.say)(words);
    }
}

fn is_or_are(provider: Provider) -> String {
    match provider {
        Provider::Local => "Local models are".to_owned(),
        Provider::Gemini | Provider::Claude => format!("{} is", provider.title()),
    }
}

/// `Local models answer until 14:32: Gemini is rate limited`.
fn in_words(usual: Provider, asked: Provider, until: Option<Moment>, why: &str) -> String {
    let answers = match asked {
        Provider::Local => "Local models answer".to_owned(),
        Provider::Gemini | Provider::Claude => format!("{} answers", asked.title()),
    };
    let until = until.map_or_else(String::new, |until| format!(" until {}", until.clock(Moment::now())));
    let why = if why.is_empty() { "it cannot be asked" } else { why };
    format!("{answers}{until} instead of {}: {why}", in_sentence(usual))
}

/// Names keep their capital in the middle of a sentence; *Local models* is no name.
fn in_sentence(provider: Provider) -> String {
    match provider {
        Provider::Local => provider.title().to_lowercase(),
        Provider::Gemini | Provider::Claude => provider.title().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Provider::{Claude, Gemini, Local};

    #[test]
    fn each_change_is_said_once_and_the_return_too() {
        let said = Arc::<Mutex<Vec<String>>>::default();
        let heard = Arc::clone(&said);
        let answering = Answering::new(Arc::new(move |words| heard.lock().unwrap().push(words)));
        answering.asks(Gemini, Gemini, None, "");
        assert_eq!(answering.read(), None);
        for _ in 0..6 {
            answering.asks(Gemini, Claude, None, "Too many requests for the moment");
        }
        assert_eq!(
            answering.read().as_deref(),
            Some("Claude answers instead of Gemini: Too many requests for the moment")
        );
        let rest = Rest { until: Moment::now(), why: "It is overloaded".into(), is_told: false };
        answering.asks(Gemini, Local, Some(&rest), "");
        let words = answering.read().unwrap();
        assert!(
            words.starts_with("Local models answer until ") && words.ends_with("instead of Gemini: It is overloaded")
        );
        answering.asks(Local, Claude, None, "Nothing answers");
        assert_eq!(answering.read().unwrap().matches(" · ").count(), 1);
        answering.asks(Gemini, Gemini, None, "");
        answering.asks(Local, Local, None, "");
        assert_eq!(answering.read(), None);
        let said = said.lock().unwrap();
        assert_eq!(said.len(), 5, "{said:?}");
        assert_eq!(said[3..], ["Gemini is asked again", "Local models are asked again"]);
    }
}
