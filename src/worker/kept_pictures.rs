//! The pictures of a session that is played again: each is read from the journal and decoded when the moment that it
//! belongs to is shown, and only that one is held.

use tokio::task::spawn_blocking;

use super::{archive::Brought, backstage::Backstage};
use crate::{
    environment::tools,
    protocol::{EnvironmentView, PictureView},
};

/// The picture that is shown, and the one that was asked for last.
#[derive(Clone, Debug, Default)]
pub struct KeptPictures {
    asked: Option<u64>,
    shown: Option<PictureView>,
}

impl KeptPictures {
    /// The number of the picture that has to be brought for a moment that shows this one. The same is asked for once only,
    /// whatever comes of it.
    pub fn bring_next(&mut self, number: Option<u64>) -> Option<u64> {
        let number = number.filter(|number| self.asked != Some(*number))?;
        self.asked = Some(number);
        self.asked
    }

    /// The picture of this number has come, or cannot be had. One that nobody waits for is not for this session.
    pub fn take(&mut self, number: u64, picture: Option<PictureView>) {
        if self.asked == Some(number) {
            self.shown = picture;
        }
    }

    /// Puts the picture into a view that draws one. Until another one has come, the one before it stays.
    pub fn draw(&self, number: Option<u64>, view: &mut EnvironmentView) {
        let picture = number.and(self.shown.as_ref()).cloned();
        match view {
            EnvironmentView::Tools(tools) => tools.picture = picture,
            EnvironmentView::Desktop(desktop) => desktop.picture = picture,
            EnvironmentView::World(_) | EnvironmentView::Nothing => {}
        }
    }
}

impl Backstage {
    /// Reads a picture and makes it ready for the window. What cannot be read or shown is left out: the rest of the moment
    /// can be looked at all the same.
    pub(super) async fn bring_picture(&self, number: u64) -> Brought {
        let read = async { self.past().await?.picture(number).await.map_err(|error| error.problem()) };
        let picture = match read.await {
            Ok(Some(file)) => {
                let decoding = spawn_blocking(move || tools::for_window(&file, number));
                decoding.await.unwrap_or_else(|error| Err(error.to_string()))
            }
            Ok(None) => Err("it is not kept any more".to_owned()),
            Err(problem) => Err(problem.to_string()),
        };
        if let Err(why) = &picture {
            tracing::warn!("picture {number} of the session that is played cannot be shown: {why}");
        }
        Brought::Picture(number, picture.ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{DesktopView, ToolsView};

    fn picture(number: u64) -> PictureView {
        PictureView { number, width: 1, height: 1, rgb: vec![1, 2, 3].into() }
    }

    fn drawn(pictures: &KeptPictures, number: Option<u64>) -> Option<u64> {
        let mut desktop = EnvironmentView::Desktop(Box::<DesktopView>::default());
        let mut tools = EnvironmentView::Tools(Box::<ToolsView>::default());
        pictures.draw(number, &mut desktop);
        pictures.draw(number, &mut tools);
        let EnvironmentView::Desktop(desktop) = desktop else { panic!("it stays a desktop") };
        let EnvironmentView::Tools(tools) = tools else { panic!("they stay tools") };
        assert_eq!(desktop.picture, tools.picture);
        desktop.picture.map(|picture| picture.number)
    }

    #[test]
    fn each_is_asked_for_once_and_the_one_before_stays_until_it_comes() {
        let mut pictures = KeptPictures::default();
        assert_eq!([None, Some(3), Some(3)].map(|number| pictures.bring_next(number)), [None, Some(3), None]);
        assert_eq!(drawn(&pictures, Some(3)), None);
        pictures.take(3, Some(picture(3)));
        assert_eq!((drawn(&pictures, Some(3)), drawn(&pictures, None)), (Some(3), None));
        assert_eq!(pictures.bring_next(Some(4)), Some(4));
        assert_eq!(drawn(&pictures, Some(4)), Some(3));
        pictures.take(3, None);
        assert_eq!(drawn(&pictures, Some(4)), Some(3), "what is late changes nothing");
        pictures.take(4, None);
        assert_eq!((drawn(&pictures, Some(4)), pictures.bring_next(Some(4))), (None, None), "it cannot be had");
        assert_eq!(pictures.bring_next(Some(3)), Some(3), "whoever goes back asks again");
    }
}
