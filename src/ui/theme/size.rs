//! Sizes of things that have one, in points.

pub const RAIL: f32 = 96.0;
pub const RAIL_ITEM: f32 = 56.0;
/// The least height of an item of the rail that shows its name too.
pub const RAIL_WORDS: f32 = 38.0;
pub const HEADER: f32 = 56.0;
pub const STATUS: f32 = 28.0;
pub const BUTTON: f32 = 32.0;
pub const BUTTON_LARGE: f32 = 40.0;
/// The height of a line in a dense list.
pub const ROW: f32 = 20.0;
pub const ICON: f32 = 16.0;
pub const ICON_LARGE: f32 = 22.0;
pub const LIGHT: f32 = 8.0;
pub const BAR: f32 = 6.0;
pub const PLACE: f32 = 15.0;
pub const TURNS: f32 = 9.0;
pub const ROAD: f32 = 2.0;
pub const PATH: f32 = 3.5;
pub const SIDE_COLUMN: f32 = 340.0;
pub const SETUP_SIDE: f32 = 400.0;
pub const FIELD: f32 = 280.0;
/// What the button behind a field needs.
pub const FIELD_BUTTON: f32 = 176.0;
pub const EXPERT_MIN: f32 = 172.0;
pub const EXPERTS_HEIGHT: f32 = 224.0;
pub const EXPERT_FOOT: f32 = 44.0;
/// A list to choose from, before it has to be scrolled.
pub const CHOICES: f32 = 320.0;
pub const MAP_MIN: f32 = 340.0;
pub const FIGHT: f32 = 96.0;
pub const DIALOG: f32 = 520.0;
pub const READING: f32 = 640.0;
pub const TIME_COLUMN: f32 = 64.0;
pub const CHECK_COLUMN: f32 = 150.0;
/// What Start, or Stop with Pause and Step, need in the header.
pub const HEADER_BUTTONS: f32 = 270.0;
/// What the words before the buttons of a banner need.
pub const BANNER_WORDS: f32 = 260.0;
/// The most height for the arguments of one action.
pub const ARGUMENTS: f32 = 120.0;
pub const NUMBER: f32 = 72.0;
/// A switch without words.
pub const SWITCH: f32 = 32.0;
/// The most height of a picture among words, and the ring around what was pointed at in one.
pub const PICTURE: f32 = 220.0;
pub const RING: f32 = 12.0;
/// What the agent did last, beside a picture.
pub const ACTS: f32 = 200.0;
/// The least width of two texts side by side.
pub const TEXTS: f32 = 520.0;
/// The choice of a speed: `0.25×` and its arrow.
pub const SPEED: f32 = 96.0;
/// A plot of costs, its scale, the same as a line of sparks, and the least width of one decision in both.
pub const COSTS: f32 = 168.0;
pub const COST_SCALE: f32 = 40.0;
pub const SPARKS: f32 = 40.0;
pub const COST_BAR: f32 = 3.0;
/// The least width of the heartbeat in which the loops say what they do.
pub const NOTES: f32 = 240.0;
/// The bar of an enemy's health on the map.
pub const ENEMY: f32 = 56.0;
pub const STAR: f32 = 1.2;
/// One expert's lane, the bars in it, and the names before them.
pub const LANE: f32 = 40.0;
pub const LANE_BAR: f32 = 14.0;
pub const LANE_NAME: f32 = 220.0;
/// The sign at the end of a bar.
pub const MARK: f32 = 7.0;
/// A sample of a bar in a legend.
pub const SAMPLE: f32 = 24.0;
/// The least width of one share of a table; where there is less, it is said in sentences.
pub const SHARE: f32 = 64.0;
/// Below this width two cards stand under one another.
pub const PAIR: f32 = 760.0;
/// The list of past sessions beside what is opened of it, and one session in it.
pub const SESSIONS: f32 = 340.0;
pub const SESSION: f32 = 92.0;
/// A plot over time, the values before it, and the least room of one value and one moment on its scales.
pub const PLOT: f32 = 120.0;
pub const PLOT_SCALE: f32 = 60.0;
pub const VALUE: f32 = 32.0;
pub const MOMENT: f32 = 88.0;
/// The line of a course, its dashes and dots with what is between them, and a mark on it.
pub const COURSE: f32 = 1.5;
pub const DASH: f32 = 7.0;
pub const DOT: f32 = 2.0;
pub const GAP: f32 = 4.0;
pub const POINT: f32 = 3.5;
/// The most height for what was said to a model, or by it.
pub const SAID: f32 = 240.0;
/// Fits a screen of 1280 by 800 together with its title bar.
pub const WINDOW: [f32; 2] = [1280.0, 764.0];
pub const WINDOW_MIN: [f32; 2] = [900.0, 560.0];
/// What a window manager draws above a window, at most, and what of its border may lie beyond the edge of a screen.
pub const TITLE_BAR: f32 = 36.0;
pub const BORDER: f32 = 8.0;
/// On a very large screen what is read takes no more width than this.
pub const CONTENT: f32 = 1800.0;
