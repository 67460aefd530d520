//! Which figures a field takes, and as what they are shown.

use super::Field;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Milliseconds,
    Seconds,
    Minutes,
    Days,
    Percent,
    Pixels,
    Megabytes,
    Dollars,
    Tokens,
    Questions,
    Times,
    Steps,
    Enemies,
    Opinions,
}

/// What 0 means where it is no figure like any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zero {
    Never,
    NoLimit,
    ForEver,
    NoPause,
}

/// How much of what the settings say is one of what is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scale {
    Same,
    /// Shares of one are shown as shares of a hundred.
    Hundredth,
    /// Seconds are shown as minutes.
    Sixty,
}

/// The figures that a field takes, in the unit in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    pub least: f64,
    pub most: f64,
    pub unit: Unit,
    /// 0 can be used too, and means this.
    pub zero: Option<Zero>,
    /// Digits behind the point that can be typed.
    pub digits: usize,
    scale: Scale,
}

/// A day is longer than any wait that makes sense.
const DAY_S: f64 = 86_400.0;
const WEEK_MIN: f64 = 10_080.0;

impl Field {
    /// The figures that it takes, where it takes figures.
    pub fn figures(self) -> Option<Figures> {
        use Unit as U;
        let (whole, real) = (Figures::whole, Figures::real);
        let figures = match self {
            Self::Zoom => Figures { scale: Scale::Hundredth, ..whole(75.0, 250.0, U::Percent) },
            Self::Pace => whole(0.0, 600_000.0, U::Milliseconds).zero(Zero::NoPause),
            Self::Narrator => real(0.0, DAY_S, U::Seconds).zero(Zero::Never),
            Self::Turn => real(0.01, DAY_S, U::Seconds),
            Self::Patience => real(0.0, DAY_S, U::Seconds),
            Self::Approval => real(1.0, DAY_S, U::Seconds),
            Self::ReflexHealth | Self::ReflexStamina => whole(0.0, 100.0, U::Percent).zero(Zero::Never),
            Self::ReflexEnemies => whole(0.0, 100.0, U::Enemies).zero(Zero::Never),
            // The first time is no repetition: 1 would stop every session at its first wasted step.
            Self::SameAction | Self::SameError => whole(2.0, 1000.0, U::Times).zero(Zero::Never),
            Self::NoChange => whole(2.0, 1000.0, U::Steps).zero(Zero::Never),
            Self::Time => Figures { scale: Scale::Sixty, ..real(1.0, WEEK_MIN, U::Minutes) }.zero(Zero::Never),
            Self::Connect | Self::Load | Self::FirstToken | Self::BetweenTokens | Self::Total | Self::Experts => {
                real(0.01, DAY_S, U::Seconds)
            }
            Self::AnswerTokens => whole(16.0, 1e6, U::Tokens),
            Self::Quorum => whole(1.0, 16.0, U::Opinions),
            Self::Calls => whole(0.0, 1e9, U::Questions).zero(Zero::NoLimit),
            Self::Tokens => whole(0.0, 1e12, U::Tokens).zero(Zero::NoLimit),
            Self::Dollars => real(0.0, 1e6, U::Dollars).zero(Zero::NoLimit),
            Self::WarnAt => Figures { scale: Scale::Hundredth, ..whole(0.0, 100.0, U::Percent) },
            Self::PictureSize => whole(128.0, 4096.0, U::Pixels),
            Self::LookEvery => whole(20.0, 60_000.0, U::Milliseconds),
            Self::Settle => whole(0.0, 10_000.0, U::Milliseconds),
            Self::Press => whole(10.0, 1000.0, U::Milliseconds),
            Self::MostHold => whole(100.0, 30_000.0, U::Milliseconds),
            Self::CountDown => whole(0.0, 60.0, U::Seconds),
            Self::HandsOff => real(0.0, 60.0, U::Seconds),
            Self::KeepDays => whole(0.0, 36_500.0, U::Days).zero(Zero::ForEver),
            Self::KeepMegabytes => whole(0.0, 1e9, U::Megabytes).zero(Zero::NoLimit),
            _ => return None,
        };
        Some(figures)
    }
}

impl Figures {
    fn whole(least: f64, most: f64, unit: Unit) -> Self {
        Self { least, most, unit, zero: None, digits: 0, scale: Scale::Same }
    }

    fn real(least: f64, most: f64, unit: Unit) -> Self {
        Self { digits: 2, ..Self::whole(least, most, unit) }
    }

    fn zero(self, zero: Zero) -> Self {
        Self { zero: Some(zero), ..self }
    }

    /// Whether a figure that is shown can be used.
    pub fn takes(&self, shown: f64) -> bool {
        (self.least..=self.most).contains(&shown) || (self.zero.is_some() && shown == 0.0)
    }

    /// What the settings say, as it is shown.
    pub fn written(&self, kept: f64) -> String {
        Self::digits(match self.scale {
            Scale::Same => kept,
            Scale::Hundredth => kept * 100.0,
            Scale::Sixty => kept / 60.0,
        })
    }

    /// A figure that is shown, as the settings say it.
    pub fn kept(&self, shown: f64) -> f64 {
        match self.scale {
            Scale::Same => shown,
            Scale::Hundredth => shown / 100.0,
            Scale::Sixty => shown * 60.0,
        }
    }

    /// A figure with as many digits behind the point as it has, two at most.
    pub fn digits(figure: f64) -> String {
        let text = format!("{figure:.2}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// The next whole number; 0 for what is less.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is rounded and not less than 0")]
    pub fn whole_part(figure: f64) -> u64 {
        figure.round().max(0.0) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Section, *};
    use crate::settings::Settings;

    #[test]
    fn every_usual_figure_can_be_used_and_is_the_same_when_it_is_typed_again() {
        for field in Section::all_fields() {
            let Some(figures) = field.figures() else { continue };
            let mut settings = Settings::default();
            let before = field.slot(&mut settings).figure();
            let shown: f64 = figures.written(before).parse().unwrap();
            assert!(figures.takes(shown) && figures.takes(figures.least) && figures.takes(figures.most), "{field:?}");
            field.slot(&mut settings).put_figure(figures.kept(shown));
            assert_eq!(settings, Settings::default(), "{field:?}");
        }
    }

    #[test]
    fn whoever_opens_the_page_finds_nothing_that_the_file_would_mend() {
        for field in Section::all_fields() {
            let Some(figures) = field.figures() else { continue };
            for shown in [figures.least, figures.most] {
                let mut settings = Settings::default();
                field.slot(&mut settings).put_figure(figures.kept(shown));
                let text = toml::to_string(&settings).unwrap();
                let loaded = crate::settings::file::parse(&text);
                assert_eq!(loaded.warnings, Vec::<String>::new(), "{field:?} = {shown}");
                assert_eq!(loaded.settings, settings, "{field:?} = {shown}");
            }
        }
    }

    #[test]
    fn figures_have_no_digits_that_say_nothing() {
        assert_eq!([600.0, 0.01, 1.5, 0.0, 82.499_999].map(Figures::digits), ["600", "0.01", "1.5", "0", "82.5"]);
        let zoom = Field::Zoom.figures().unwrap();
        assert_eq!((zoom.written(f64::from(1.1_f32)), zoom.kept(110.0)), ("110".to_owned(), 1.1));
        let time = Field::Time.figures().unwrap();
        assert_eq!((time.written(90.0), time.kept(480.0)), ("1.5".to_owned(), 28_800.0));
        assert!(time.takes(0.0) && !time.takes(0.5), "0 is never, and less than a minute is too short");
    }
}
