//! Dark or light, as the desktop wants it. The library that opens the window hears that on Windows and macOS; on Linux the
//! desktop's portal says it, over the session bus: once when it is asked, and again whenever it changes.

use egui::{Context, ThemePreference};

/// What the desktop wants, as far as it is known by now.
pub struct SystemTheme {
    #[cfg(target_os = "linux")]
    heard: std::sync::Arc<portal::Heard>,
    /// What was used last.
    used: ThemePreference,
}

impl SystemTheme {
    /// Nobody is asked, for a window that is no window of a desktop.
    pub fn unknown() -> Self {
        Self {
            #[cfg(target_os = "linux")]
            heard: portal::nobody(),
            used: ThemePreference::System,
        }
    }

    /// Asks, beside whatever else is to be done. Nobody waits for the answer.
    pub fn ask() -> Self {
        Self {
            #[cfg(target_os = "linux")]
            heard: portal::ask(),
            used: ThemePreference::System,
        }
    }

    /// From now on what is heard has this window drawn anew.
    pub fn wake(&self, ctx: &Context) {
        #[cfg(target_os = "linux")]
        self.heard.wake(ctx);
        #[cfg(not(target_os = "linux"))]
        let _it_wakes_itself = ctx;
    }

    /// What to draw in where the desktop is to be followed. On Linux it is always said: asked for the system's, the frame of
    /// a window would look for itself, and could be light around a dark window.
    pub fn preference(&mut self) -> ThemePreference {
        #[cfg(target_os = "linux")]
        {
            self.used = self.heard.preference();
        }
        self.used
    }

    /// The same, if it is another one than was given last.
    pub fn news(&mut self) -> Option<ThemePreference> {
        let before = self.used;
        Some(self.preference()).filter(|now| *now != before)
    }
}

#[cfg(target_os = "linux")]
mod portal {
    use std::{
        sync::{
            Arc, OnceLock,
            atomic::{AtomicU32, Ordering},
        },
        thread,
        time::Duration,
    };

    use egui::{Context, ThemePreference};
    use zbus::{
        blocking::{Proxy, connection::Builder},
        zvariant::{OwnedValue, Value},
    };

    const SERVICE: &str = "org.freedesktop.portal.Desktop";
    const OBJECT: &str = "/org/freedesktop/portal/desktop";
    const SETTINGS: &str = "org.freedesktop.portal.Settings";
    /// Namespace and key of the one setting, as the portal's documentation has it: 0 for no preference, 1 for dark, 2 for
    /// light. A desktop whose usual style is light says 0 for it, and frames of windows take it for light too.
    const COLOURS: (&str, &str) = ("org.freedesktop.appearance", "color-scheme");
    const DARK: u32 = 1;
    /// Before anybody has said anything, and where nobody ever does.
    const UNSAID: u32 = u32::MAX;
    /// A portal is started by being asked, which may take a moment.
    const MAY_TAKE: Duration = Duration::from_secs(25);

    /// The newest word of the portal.
    pub struct Heard {
        word: AtomicU32,
        window: OnceLock<Context>,
    }

    impl Heard {
        pub fn wake(&self, ctx: &Context) {
            let _it_is_known = self.window.set(ctx.clone());
        }

        pub fn preference(&self) -> ThemePreference {
            match self.word.load(Ordering::Relaxed) {
                DARK | UNSAID => ThemePreference::Dark,
                _ => ThemePreference::Light,
            }
        }

        fn take(&self, word: u32) {
            self.word.store(word, Ordering::Relaxed);
            if let Some(ctx) = self.window.get() {
                ctx.request_repaint();
            }
        }
    }

    pub fn nobody() -> Arc<Heard> {
        Arc::new(Heard { word: AtomicU32::new(UNSAID), window: OnceLock::new() })
    }

    /// Begins to listen. The thread ends with the bus, and the end of the program does not wait for it.
    pub fn ask() -> Arc<Heard> {
        let heard = nobody();
        let told = Arc::clone(&heard);
        let listening = thread::Builder::new().name("singularis-theme".to_owned()).spawn(move || {
            if let Err(error) = listen(&told) {
                tracing::debug!("the desktop does not say whether it is dark or light: {error}");
            }
        });
        if let Err(error) = listening {
            tracing::warn!("nobody can ask whether the desktop is dark or light: {error}");
        }
        heard
    }

    fn listen(heard: &Heard) -> zbus::Result<()> {
        let bus = Builder::session()?.method_timeout(MAY_TAKE).build()?;
        let portal = Proxy::new(&bus, SERVICE, OBJECT, SETTINGS)?;
        // Before the question, so that nothing is missed between the two.
        let changes = portal.receive_signal("SettingChanged")?;
        match portal.call::<_, _, OwnedValue>("Read", &COLOURS) {
            Ok(now) => plain(&now.into()).into_iter().for_each(|word| heard.take(word)),
            // It may be about to start, and says so by its first change.
            Err(error) => tracing::debug!("the desktop does not say yet whether it is dark or light: {error}"),
        }
        for change in changes {
            let body = change.body();
            let Ok((namespace, key, value)) = body.deserialize::<(&str, &str, Value<'_>)>() else { continue };
            if let Some(word) = plain(&value).filter(|_| (namespace, key) == COLOURS) {
                heard.take(word);
            }
        }
        Ok(())
    }

    /// The number, however often it was wrapped: an answer has one layer more than a message.
    fn plain(value: &Value<'_>) -> Option<u32> {
        match value {
            Value::U32(number) => Some(*number),
            Value::Value(inner) => plain(inner),
            _ => None,
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_word_is_understood_however_it_is_wrapped() {
            let bare = Value::U32(DARK);
            let wrapped = Value::Value(Box::new(Value::Value(Box::new(Value::U32(2)))));
            assert_eq!((plain(&bare), plain(&wrapped), plain(&Value::from("dark"))), (Some(DARK), Some(2), None));
        }

        #[test]
        fn dark_until_somebody_says_otherwise() {
            let heard = nobody();
            assert_eq!(heard.preference(), ThemePreference::Dark);
            for (word, wanted) in [
                (0, ThemePreference::Light),
                (1, ThemePreference::Dark),
                (2, ThemePreference::Light),
                (3, ThemePreference::Light),
            ] {
                heard.take(word);
                assert_eq!(heard.preference(), wanted, "{word}");
            }
        }
    }
}
