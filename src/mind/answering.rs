//! Who answers instead of whom, for all parts of a session. A change is announced before the question goes out.

use std::{
    collections::{BTreeMap, BTreeSet},
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
    /// The parts that somebody else plays than usual.
    instead: Mutex<BTreeMap<String, Instead>>,
    say: Say,
}

/// Who answers in whose place.
#[derive(Clone, PartialEq, Eq)]
struct Instead {
    usual: Provider,
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

    fn book(&self) -> MutexGuard<'_, BTreeMap<String, Instead>> {
        self.0.instead.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who answers instead of whom and why; `None` while everybody answers who usually does.
    pub fn read(&self) -> Option<String> {
        let book = self.book();
        let words: BTreeSet<&str> = book.values().map(|instead| instead.words.as_str()).collect();
        (!words.is_empty()).then(|| words.into_iter().collect::<Vec<_>>().join(" · "))
    }

    /// Before the question of a part goes to `asked`, where usually it would go to `usual`. `rest` and `why` tell how that
    /// one stands. What several parts have in common is said once.
    pub fn asks(&self, part: &str, usual: Provider, asked: Provider, rest: Option<&Rest>, why: &str) {
        let mut book = self.book();
        let words = if usual == asked {
            let Some(before) = book.remove(part) else { return };
            // The first part that returns says it for all of them.
            let others: Vec<String> =
                book.iter().filter(|(_, other)| **other == before).map(|(part, _)| part.clone()).collect();
            for other in others {
                book.remove(&other);
            }
            format!("{} asked again", is_or_are(usual))
        } else {
            let why = rest.map_or(why, |rest| rest.why.as_str()).to_owned();
            let until = rest.map(|rest| rest.until);
            let same = |said: &&Instead| (said.usual, said.asked, said.until, &said.why) == (usual, asked, until, &why);
            if let Some(said) = book.values().find(same).cloned() {
                book.insert(part.to_owned(), said);
                return;
            }
            let words = in_words(usual, asked, until, &why);
            book.insert(part.to_owned(), Instead { usual, asked, until, why, words: words.clone() });
            words
        };
        drop(book);
        (self.0.say)(words);
    }
}

fn is_or_are(provider: Provider) -> String {
    match provider {
        Provider::Local => "Local models are".to_owned(),
        Provider::Gemini | Provider::Claude | Provider::Tools => format!("{} is", provider.title()),
    }
}

/// `Local models answer until 14:32: Gemini is rate limited`.
fn in_words(usual: Provider, asked: Provider, until: Option<Moment>, why: &str) -> String {
    let answers = match asked {
        Provider::Local => "Local models answer".to_owned(),
        Provider::Gemini | Provider::Claude | Provider::Tools => format!("{} answers", asked.title()),
    };
    let until = until.map_or_else(String::new, |until| format!(" until {}", until.clock(Moment::now())));
    let why = if why.is_empty() { "it cannot be asked" } else { why };
    format!("{answers}{until} instead of {}: {why}", in_sentence(usual))
}

/// Names keep their capital in the middle of a sentence; *Local models* is no name.
fn in_sentence(provider: Provider) -> String {
    match provider {
        Provider::Local => provider.title().to_lowercase(),
        Provider::Gemini | Provider::Claude | Provider::Tools => provider.title().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Provider::{Claude, Gemini, Local};

    #[test]
    fn each_change_is_said_once_for_all_parts_and_the_return_too() {
        let said = Arc::<Mutex<Vec<String>>>::default();
        let heard = Arc::clone(&said);
        let answering = Answering::new(Arc::new(move |words| heard.lock().unwrap().push(words)));
        let said = || std::mem::take(&mut *said.lock().unwrap());
        answering.asks("expert.1", Gemini, Gemini, None, "");
        assert_eq!((answering.read(), said().len()), (None, 0));
        let limited = "Too many requests for the moment";
        for part in ["expert.1", "expert.2", "expert.1", "expert.3"] {
            answering.asks(part, Gemini, Claude, None, limited);
        }
        let words = "Claude answers instead of Gemini: Too many requests for the moment";
        assert_eq!((answering.read().as_deref(), said()), (Some(words), vec![words.to_owned()]));
        let rest = Rest { until: Moment::now(), why: "It is overloaded".into(), is_told: false };
        for part in ["expert.1", "expert.2", "expert.3"] {
            answering.asks(part, Gemini, Local, Some(&rest), "");
        }
        let words = answering.read().unwrap();
        assert!(
            words.starts_with("Local models answer until ") && words.ends_with("instead of Gemini: It is overloaded")
        );
        assert_eq!(said(), [words]);
        answering.asks("synthesizer", Local, Claude, None, "Nothing answers");
        assert_eq!((answering.read().unwrap().matches(" · ").count(), said().len()), (1, 1));
        for part in ["expert.2", "expert.1", "expert.3"] {
            answering.asks(part, Gemini, Gemini, None, "");
        }
        assert_eq!(said(), ["Gemini is asked again"]);
        answering.asks("synthesizer", Local, Local, None, "");
        assert_eq!((answering.read(), said()), (None, vec!["Local models are asked again".to_owned()]));
    }

    #[test]
    fn parts_that_go_different_ways_do_not_talk_each_other_down() {
        let said = Arc::<Mutex<Vec<String>>>::default();
        let heard = Arc::clone(&said);
        let answering = Answering::new(Arc::new(move |words| heard.lock().unwrap().push(words)));
        for _ in 0..3 {
            answering.asks("expert.1", Local, Gemini, None, "Nothing answers");
            answering.asks("expert.7", Local, Claude, None, "Nothing answers");
            answering.asks("expert.8", Local, Local, None, "");
        }
        assert_eq!(said.lock().unwrap().len(), 2, "{said:?}");
        assert_eq!(answering.read().unwrap().matches(" · ").count(), 1);
    }
}
