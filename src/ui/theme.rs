//! Every colour and every size of the window, and nothing else. Other files name meanings, never values.

use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, Margin, Stroke, Style, TextStyle, Theme, Ui,
    Vec2, epaint::Shadow, style::ScrollAnimation,
};

pub mod size;

/// Distances, in steps of four points.
pub mod space {
    pub const HAIR: f32 = 2.0;
    pub const XS: f32 = 4.0;
    pub const S: f32 = 8.0;
    pub const M: f32 = 12.0;
    pub const L: f32 = 16.0;
    pub const XL: f32 = 24.0;
    pub const XXL: f32 = 40.0;
}

/// Type sizes.
pub mod text {
    use egui::{FontFamily, FontId};

    /// The family of the bold cut.
    pub fn strong_family() -> FontFamily {
        FontFamily::Name("strong".into())
    }

    /// The family of the icons.
    pub fn icon_family() -> FontFamily {
        FontFamily::Name("icons".into())
    }

    pub fn title() -> FontId {
        FontId::new(20.0, strong_family())
    }

    pub fn heading() -> FontId {
        FontId::new(15.0, strong_family())
    }

    pub fn strong() -> FontId {
        FontId::new(13.5, strong_family())
    }

    pub fn body() -> FontId {
        FontId::new(13.5, FontFamily::Proportional)
    }

    pub fn small() -> FontId {
        FontId::new(12.0, FontFamily::Proportional)
    }

    pub fn mono() -> FontId {
        FontId::new(12.5, FontFamily::Monospace)
    }

    pub fn figure() -> FontId {
        FontId::new(24.0, strong_family())
    }

    pub fn icon(size: f32) -> FontId {
        FontId::new(size, icon_family())
    }
}

/// Corners.
pub const ROUND: CornerRadius = CornerRadius::same(8);
/// Corners of small things.
pub const ROUND_SMALL: CornerRadius = CornerRadius::same(6);
/// The width of a line between things.
pub const LINE: f32 = 1.0;
/// How much is left of the colours of what cannot be used now: it can still be read.
pub const DISABLED: f32 = 0.75;
/// The longest movement, in seconds.
pub const MOTION_S: f32 = 0.1;
/// What is not seen: the ground of something that has none of its own.
pub const CLEAR: Color32 = Color32::TRANSPARENT;

/// Colours by meaning.
#[derive(Debug)]
pub struct Palette {
    /// Behind everything.
    pub ground: Color32,
    /// Rail, header and status bar.
    pub frame: Color32,
    /// Cards.
    pub card: Color32,
    /// Fields and wells inside cards.
    pub well: Color32,
    pub hover: Color32,
    pub pressed: Color32,
    pub line: Color32,
    pub text: Color32,
    /// Secondary text; still readable.
    pub weak: Color32,
    pub accent: Color32,
    pub accent_hover: Color32,
    pub on_accent: Color32,
    /// Behind what is selected.
    pub accent_wash: Color32,
    pub good: Color32,
    pub warn: Color32,
    pub bad: Color32,
    pub bad_hover: Color32,
    pub on_bad: Color32,
    pub good_wash: Color32,
    pub warn_wash: Color32,
    pub bad_wash: Color32,
    pub map: MapPalette,
    /// Courses in one picture, in their order. They differ in form too.
    pub courses: [Color32; 4],
}

/// The colours of the drawn map.
#[derive(Debug)]
pub struct MapPalette {
    pub land_by_day: Color32,
    pub land_by_night: Color32,
    pub relief: Color32,
    pub road: Color32,
    pub closed_road: Color32,
    pub place: Color32,
    pub place_ink: Color32,
    pub fog: Color32,
    pub fog_ink: Color32,
    pub ink: Color32,
    pub halo: Color32,
}

#[expect(clippy::cast_possible_truncation, reason = "each byte by itself is wanted")]
const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

static DARK: Palette = Palette {
    ground: rgb(0x0f_1115),
    frame: rgb(0x14_171d),
    card: rgb(0x1a_1e26),
    well: rgb(0x12_151b),
    hover: rgb(0x25_2b36),
    pressed: rgb(0x2d_3441),
    line: rgb(0x2a_303c),
    text: rgb(0xe7_eaf0),
    weak: rgb(0x9d_a6b6),
    accent: rgb(0x8b_9cff),
    accent_hover: rgb(0xa3_b1ff),
    on_accent: rgb(0x0c_0f1e),
    accent_wash: rgb(0x23_2844),
    good: rgb(0x56_c990),
    warn: rgb(0xe8_b75a),
    bad: rgb(0xf2_7d85),
    bad_hover: rgb(0xf8_9aa0),
    on_bad: rgb(0x22_0a0c),
    good_wash: rgb(0x15_2b22),
    warn_wash: rgb(0x30_2714),
    bad_wash: rgb(0x36_1a1e),
    map: MapPalette {
        land_by_day: rgb(0x2b_3a35),
        land_by_night: rgb(0x17_1f2d),
        relief: rgb(0x33_443e),
        road: rgb(0x8d_9a86),
        closed_road: rgb(0xb8_7470),
        place: rgb(0xd9_dccb),
        place_ink: rgb(0x20_2a27),
        fog: rgb(0x3d_4852),
        fog_ink: rgb(0xb6_bfcb),
        ink: rgb(0xe9_ecdf),
        halo: rgb(0xff_d47a),
    },
    courses: [rgb(0x8b_9cff), rgb(0x4f_c3c7), rgb(0xe8_b75a), rgb(0xe5_8fd0)],
};

static LIGHT: Palette = Palette {
    ground: rgb(0xf3_f4f7),
    frame: rgb(0xea_ecf1),
    card: rgb(0xff_ffff),
    well: rgb(0xf1_f3f7),
    hover: rgb(0xe1_e5ee),
    pressed: rgb(0xd3_d9e6),
    line: rgb(0xd5_dae4),
    text: rgb(0x1a_1e27),
    weak: rgb(0x55_5e70),
    accent: rgb(0x45_55cf),
    accent_hover: rgb(0x35_44b5),
    on_accent: rgb(0xff_ffff),
    accent_wash: rgb(0xe3_e6fb),
    good: rgb(0x17_704a),
    warn: rgb(0x85_5800),
    bad: rgb(0xb6_2c38),
    bad_hover: rgb(0x9a_1f2b),
    on_bad: rgb(0xff_ffff),
    good_wash: rgb(0xdf_f3e9),
    warn_wash: rgb(0xfb_efd3),
    bad_wash: rgb(0xfb_e3e5),
    map: MapPalette {
        land_by_day: rgb(0xd6_e0cd),
        land_by_night: rgb(0xb3_bdd0),
        relief: rgb(0xc7_d4bd),
        road: rgb(0x6a_6048),
        closed_road: rgb(0x9a_4640),
        place: rgb(0xff_fdf4),
        place_ink: rgb(0x35_3a2e),
        fog: rgb(0xb4_bcc6),
        fog_ink: rgb(0x3a_424e),
        ink: rgb(0x24_2a20),
        halo: rgb(0x8a_5000),
    },
    courses: [rgb(0x45_55cf), rgb(0x0b_6b74), rgb(0x85_5800), rgb(0xa2_308a)],
};

/// The colours in use.
pub fn palette(ui: &Ui) -> &'static Palette {
    if ui.visuals().dark_mode { &DARK } else { &LIGHT }
}

/// A shade between two colours; 0 is the first, 1 the second.
pub fn blend(from: Color32, to: Color32, share: f32) -> Color32 {
    from.lerp_to_gamma(to, share.clamp(0.0, 1.0))
}

/// A line of a colour.
pub fn stroke(width: f32, color: Color32) -> Stroke {
    Stroke::new(width, color)
}

/// Margin all around.
pub fn margin(all: f32) -> Margin {
    Margin::from(all)
}

/// Margin left and right, above and below.
pub fn margins(horizontal: f32, vertical: f32) -> Margin {
    Margin::from(Vec2::new(horizontal, vertical))
}

/// Sets fonts and both styles. Once, when the window opens.
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts());
    ctx.set_style_of(Theme::Dark, style(&DARK, Style { visuals: egui::Visuals::dark(), ..Style::default() }));
    ctx.set_style_of(Theme::Light, style(&LIGHT, Style { visuals: egui::Visuals::light(), ..Style::default() }));
}

/// Nothing moves any more by itself: what opens is open, what is scrolled to is there.
pub fn still(ctx: &Context) {
    ctx.all_styles_mut(|style| {
        style.animation_time = 0.0;
        style.scroll_animation = ScrollAnimation::none();
    });
}

/// Things move again, shortly.
pub fn moving(ctx: &Context) {
    ctx.all_styles_mut(|style| {
        style.animation_time = MOTION_S;
        style.scroll_animation = ScrollAnimation::duration(MOTION_S);
    });
}

/// Whether things may move.
pub fn moves(ui: &Ui) -> bool {
    ui.style().animation_time > 0.0
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let files: [(&str, &'static [u8]); 4] = [
        ("regular", include_bytes!("../../assets/fonts/Inter-Regular.otf")),
        ("strong", include_bytes!("../../assets/fonts/Inter-SemiBold.otf")),
        ("mono", include_bytes!("../../assets/fonts/JetBrainsMono-Regular.ttf")),
        ("icons", include_bytes!("../../assets/fonts/Phosphor-subset.ttf")),
    ];
    for (name, bytes) in files {
        fonts.font_data.insert(name.to_owned(), FontData::from_static(bytes).into());
    }
    let families = [
        (FontFamily::Proportional, "regular"),
        (FontFamily::Monospace, "mono"),
        (text::strong_family(), "strong"),
        (text::icon_family(), "icons"),
    ];
    for (family, first) in families {
        // Whatever a family lacks, the others may have.
        let names = [first, "regular", "mono", "icons"].map(str::to_owned).to_vec();
        fonts.families.insert(family, names);
    }
    fonts
}

fn style(palette: &Palette, mut style: Style) -> Style {
    style.text_styles = [
        (TextStyle::Heading, text::title()),
        (TextStyle::Body, text::body()),
        (TextStyle::Button, text::body()),
        (TextStyle::Small, text::small()),
        (TextStyle::Monospace, text::mono()),
    ]
    .into();
    style.animation_time = MOTION_S;
    style.scroll_animation = ScrollAnimation::duration(MOTION_S);
    let spacing = &mut style.spacing;
    spacing.item_spacing = Vec2::splat(space::S);
    spacing.button_padding = Vec2::new(space::M, space::XS);
    spacing.interact_size = Vec2::new(size::BUTTON, size::BUTTON);
    spacing.menu_margin = Margin::from(space::S);
    spacing.icon_width = size::ICON;
    spacing.scroll = egui::style::ScrollStyle {
        dormant_handle_opacity: 0.25,
        active_handle_opacity: 0.4,
        interact_handle_opacity: 0.7,
        ..egui::style::ScrollStyle::floating()
    };
    let visuals = &mut style.visuals;
    visuals.override_text_color = None;
    visuals.disabled_alpha = DISABLED;
    visuals.weak_text_color = Some(palette.weak);
    visuals.hyperlink_color = palette.accent;
    visuals.panel_fill = palette.ground;
    visuals.window_fill = palette.card;
    visuals.window_stroke = Stroke::new(LINE, palette.line);
    visuals.extreme_bg_color = palette.well;
    visuals.text_edit_bg_color = Some(palette.well);
    visuals.faint_bg_color = palette.well;
    visuals.code_bg_color = palette.well;
    visuals.warn_fg_color = palette.warn;
    visuals.error_fg_color = palette.bad;
    visuals.window_corner_radius = ROUND;
    visuals.menu_corner_radius = ROUND;
    visuals.window_shadow = Shadow::NONE;
    visuals.popup_shadow = Shadow::NONE;
    visuals.selection.bg_fill = palette.accent_wash;
    visuals.selection.stroke = Stroke::new(LINE, palette.accent);
    let widgets = &mut visuals.widgets;
    for (state, fill, line, ink) in [
        (&mut widgets.noninteractive, palette.card, palette.line, palette.text),
        (&mut widgets.inactive, palette.well, palette.line, palette.text),
        (&mut widgets.hovered, palette.hover, palette.weak, palette.text),
        (&mut widgets.active, palette.pressed, palette.accent, palette.text),
        (&mut widgets.open, palette.hover, palette.line, palette.text),
    ] {
        state.bg_fill = fill;
        state.weak_bg_fill = fill;
        state.bg_stroke = Stroke::new(LINE, line);
        state.fg_stroke = Stroke::new(LINE, ink);
        state.corner_radius = ROUND_SMALL;
        state.expansion = 0.0;
    }
    style
}

#[cfg(test)]
mod tests;
