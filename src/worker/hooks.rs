//! What an environment may ask of the session around it: to pause, to stop, to say something.

use std::sync::{Arc, OnceLock};

use tokio::{sync::mpsc::UnboundedSender, time::Instant};

use crate::{
    agent::LoopMessage,
    environment::Hooks,
    llm::{Brake, Gate},
    protocol::{Notice, NoticeKind, PauseReason, Problem},
};

/// Who speaks, in the notices.
const FROM: &str = "environment";

/// Whether the environment has asked for the end of the session, and when. The supervisor looks at it at least with every
/// picture, so that no journal that hangs keeps a stop key from being heard. Cheap to clone; all clones are the same.
#[derive(Clone, Debug, Default)]
pub struct StopAsked(Arc<OnceLock<Instant>>);

impl StopAsked {
    /// The session is to end as if Stop had been pressed now. The first time counts.
    pub fn ask(&self) {
        self.0.get_or_init(Instant::now);
    }

    /// When that was asked first.
    pub fn when(&self) -> Option<Instant> {
        self.0.get().copied()
    }
}

/// The ways to reach a session: its brake, its gate, and whoever hears what its loops say.
pub fn hooks(brake: &Brake, gate: &Gate, stop_asked: &StopAsked, tell: &UnboundedSender<LoopMessage>) -> Hooks {
    let say = {
        let tell = tell.clone();
        Arc::new(move |kind: NoticeKind, text: String, problem: Option<Problem>| {
            let notice = Notice { kind, from: FROM.to_owned(), text, problem };
            let _worker_is_gone = tell.send(LoopMessage::Notice(Box::new(notice)));
        })
    };
    let (pulled, says) = (brake.clone(), Arc::clone(&say));
    let pause = move |why: PauseReason| {
        let text = format!("Paused: {}", why.words());
        // One pause is told once.
        if pulled.pull(why) {
            says(NoticeKind::Warning, text, None);
        }
    };
    let (gate, stop_asked, says) = (gate.clone(), stop_asked.clone(), Arc::clone(&say));
    let stop = move |words: String| {
        // Nothing new begins from here on; what runs is ended by the supervisor.
        gate.shut();
        stop_asked.ask();
        says(NoticeKind::Warning, words, None);
    };
    let brake = brake.clone();
    Hooks { pause: Arc::new(pause), is_paused: Arc::new(move || brake.is_on()), stop: Arc::new(stop), notice: say }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agent::board;

    fn texts(heard: &mut tokio::sync::mpsc::UnboundedReceiver<LoopMessage>) -> Vec<String> {
        let text = |message| match message {
            LoopMessage::Notice(notice) => notice.text,
            other => panic!("{other:?}"),
        };
        std::iter::from_fn(|| heard.try_recv().ok()).map(text).collect()
    }

    #[test]
    fn a_pause_is_told_once_and_the_first_reason_stays() {
        let (tell, mut heard) = board::lane();
        let (brake, gate) = (Brake::default(), Gate::default());
        let hooks = hooks(&brake, &gate, &StopAsked::default(), &tell);
        assert!(!(hooks.is_paused)());
        for words in ["You moved the mouse", "You typed"] {
            (hooks.pause)(PauseReason::Yielded { words: words.to_owned() });
        }
        assert!((hooks.is_paused)() && !gate.is_shut());
        assert_eq!(brake.why().unwrap().words(), "You moved the mouse");
        assert_eq!(texts(&mut heard), ["Paused: You moved the mouse"]);
    }

    #[test]
    fn a_stop_shuts_the_gate_at_once_and_its_first_moment_counts() {
        let (tell, mut heard) = board::lane();
        let (gate, stop_asked) = (Gate::default(), StopAsked::default());
        let hooks = hooks(&Brake::default(), &gate, &stop_asked, &tell);
        assert_eq!(stop_asked.when(), None);
        (hooks.stop)("The stop key was pressed".to_owned());
        let first = stop_asked.when();
        (hooks.stop)("The stop key was pressed".to_owned());
        assert!(gate.is_shut() && first.is_some() && stop_asked.when() == first);
        assert_eq!(texts(&mut heard).len(), 2);
        (hooks.notice)(NoticeKind::Information, "The server offers other tools now".to_owned(), None);
        assert_eq!(texts(&mut heard), ["The server offers other tools now"]);
    }
}
