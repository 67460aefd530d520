//! Letters that the program's own fonts lack. The system's fonts are looked through when the first of them is met, which
//! takes up to a good part of a second: it is done beside the window, which draws a stand-in meanwhile and draws itself
//! anew after. Whoever never meets one never waits for it and has no list of fonts in memory.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
};

use egui::{
    Context, FontFamily,
    epaint::text::{FallbackRequest, FontInsert, FontProvider},
};
use egui_system_font_provider::SystemFontProvider;

/// Notices the first letter that is missing, and has its fonts looked for.
pub struct Letters {
    is_missing: Arc<AtomicBool>,
    /// The one search there is.
    search: Option<JoinHandle<()>>,
}

impl Letters {
    /// From now on this window notices.
    pub fn watch(ctx: &Context) -> Self {
        let is_missing = Arc::<AtomicBool>::default();
        let tell = Arc::clone(&is_missing);
        // Asked for every letter that no font has.
        ctx.add_font_provider(Arc::new(move |_: &FallbackRequest<'_>| -> Option<FontInsert> {
            tell.store(true, Ordering::Relaxed);
            None
        }));
        Self { is_missing, search: None }
    }

    /// At the end of every frame: begins the search if something was missing in it and none was begun before.
    pub fn look(&mut self, ctx: &Context) {
        self.look_with(ctx, of_the_system);
    }

    fn look_with(&mut self, ctx: &Context, fonts: impl FnOnce() -> Arc<dyn FontProvider> + Send + 'static) {
        if self.search.is_some() || !self.is_missing.swap(false, Ordering::Relaxed) {
            return;
        }
        let ctx = ctx.clone();
        // It ends by itself, and the end of the program does not wait for it.
        let search = thread::Builder::new().name("singularis-letters".to_owned()).spawn(move || {
            let fonts = fonts();
            // Every letter is asked for anew.
            ctx.set_font_providers(vec![fonts]);
            tracing::debug!("the fonts of the system are known");
        });
        match search {
            Ok(search) => self.search = Some(search),
            Err(error) => tracing::warn!("the fonts of the system cannot be looked through: {error}"),
        }
    }
}

fn of_the_system() -> Arc<dyn FontProvider> {
    let fonts = SystemFontProvider::new();
    // The first question is answered once all fonts are known, so that no later one keeps the window waiting.
    let _all_are_known = fonts.font_for(&FallbackRequest { cluster: "漢", family: &FontFamily::Proportional });
    Arc::new(fonts)
}

#[cfg(test)]
mod tests {
    use std::sync::{atomic::AtomicUsize, mpsc};

    use egui::RawInput;

    use super::*;
    use crate::ui::theme;

    fn show(ctx: &Context, text: &str) {
        let drawn = ctx.run_ui(RawInput::default(), |ui| {
            ui.label(text);
        });
        drawn.drop_without_applying_deltas();
    }

    #[test]
    fn the_system_is_asked_for_what_is_missing_and_for_nothing_else() {
        let ctx = Context::default();
        theme::install(&ctx);
        let mut letters = Letters::watch(&ctx);
        let (sender, asked) = mpsc::channel();
        let fonts = move || -> Arc<dyn FontProvider> {
            Arc::new(move |request: &FallbackRequest<'_>| -> Option<FontInsert> {
                sender.send(request.cluster.to_owned()).unwrap();
                None
            })
        };
        show(&ctx, "Größe: ≤ 3 · “so” → da …");
        letters.look_with(&ctx, fonts.clone());
        assert!(letters.search.is_none(), "nobody looks for what is there");
        show(&ctx, "漢");
        letters.look_with(&ctx, fonts.clone());
        letters.search.take().expect("a search").join().unwrap();
        show(&ctx, "漢");
        assert_eq!(asked.try_iter().collect::<Vec<_>>(), ["漢"], "what was drawn as a stand-in is asked for again");
        letters.look_with(&ctx, fonts);
        assert!(letters.search.is_none(), "nothing is missing that nobody was asked for");
    }

    #[test]
    fn one_search_is_enough() {
        let ctx = Context::default();
        theme::install(&ctx);
        let mut letters = Letters::watch(&ctx);
        let searches = Arc::<AtomicUsize>::default();
        for _ in 0..2 {
            letters.is_missing.store(true, Ordering::Relaxed);
            let searches = Arc::clone(&searches);
            letters.look_with(&ctx, move || {
                searches.fetch_add(1, Ordering::SeqCst);
                Arc::new(|_: &FallbackRequest<'_>| -> Option<FontInsert> { None })
            });
        }
        letters.search.take().expect("the first one").join().unwrap();
        assert_eq!(searches.load(Ordering::SeqCst), 1);
    }
}
