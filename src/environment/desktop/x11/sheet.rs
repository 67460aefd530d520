//! Windows that no window manager has a say in, and what is painted on them. The server keeps the picture and shows it
//! again by itself whenever a window comes out from under another one.

use x11rb::{
    COPY_DEPTH_FROM_PARENT, COPY_FROM_PARENT,
    connection::Connection as _,
    protocol::xproto::{
        ChangeGCAux, ChangeWindowAttributesAux, ConfigureWindowAux, ConnectionExt as _, CreateGCAux, CreateWindowAux,
        EventMask, Rectangle, StackMode, Window, WindowClass,
    },
};

use super::{
    super::machine::DesktopError,
    area::{Area, coordinate, length},
    connection::Connection,
};

/// So many rectangles are sent at once: a request has a limit.
const RECTANGLES_AT_ONCE: usize = 1000;

/// Red, green and blue.
pub type Color = [u8; 3];

/// What is filled with one colour.
pub struct Layer {
    pub color: Color,
    pub filled: Vec<Rectangle>,
}

impl Connection {
    /// A window on top of all, not shown yet.
    pub fn sheet(&self, area: &Area, background: Color, events: EventMask) -> Result<Window, DesktopError> {
        let window = self.server.generate_id()?;
        let looks = CreateWindowAux::new()
            .background_pixel(self.pixel(background)?)
            .override_redirect(1_u32)
            .event_mask(events);
        let asked = self.server.create_window(
            COPY_DEPTH_FROM_PARENT,
            window,
            self.root,
            coordinate(area.x),
            coordinate(area.y),
            length(area.width),
            length(area.height),
            0,
            WindowClass::INPUT_OUTPUT,
            COPY_FROM_PARENT,
            &looks,
        )?;
        asked.check()?;
        Ok(window)
    }

    /// Paints layer on layer, all over what was there.
    pub fn paint(&self, window: Window, width: u32, height: u32, layers: &[Layer]) -> Result<(), DesktopError> {
        let (paper, brush) = (self.server.generate_id()?, self.server.generate_id()?);
        let depth = self.screen.root_depth;
        self.server.create_pixmap(depth, paper, window, length(width), length(height))?.check()?;
        self.server.create_gc(brush, paper, &CreateGCAux::new())?.check()?;
        for layer in layers {
            let color = self.pixel(layer.color)?;
            self.server.change_gc(brush, &ChangeGCAux::new().foreground(color))?.ignore_error();
            for rectangles in layer.filled.chunks(RECTANGLES_AT_ONCE) {
                self.server.poly_fill_rectangle(paper, brush, rectangles)?.ignore_error();
            }
        }
        let looks = ChangeWindowAttributesAux::new().background_pixmap(paper);
        self.server.change_window_attributes(window, &looks)?.ignore_error();
        self.server.clear_area(false, window, 0, 0, 0, 0)?.ignore_error();
        // The window keeps what it shows.
        self.server.free_gc(brush)?.ignore_error();
        self.server.free_pixmap(paper)?.ignore_error();
        self.wait_until_done()
    }

    /// Moves a window and puts it on top again.
    pub fn place(&self, window: Window, area: &Area) -> Result<(), DesktopError> {
        let place = ConfigureWindowAux::new()
            .x(area.x)
            .y(area.y)
            .width(area.width)
            .height(area.height)
            .stack_mode(StackMode::ABOVE);
        self.server.configure_window(window, &place)?.check()?;
        Ok(())
    }

    /// Takes windows away, and waits until they are: the next picture must not show them. Who drops a mark can do
    /// nothing about an error; the server takes the windows away when it loses the connection.
    pub fn take_away(&self, windows: &[Window]) {
        let taken = windows.iter().try_for_each(|window| {
            self.server.destroy_window(*window)?.ignore_error();
            Ok::<(), DesktopError>(())
        });
        if let Err(error) = taken.and_then(|()| self.wait_until_done()) {
            tracing::info!("a mark on the screen was left to the display server: {error}");
        }
    }

    /// How the server writes a colour, or the nearest that it has.
    fn pixel(&self, color: Color) -> Result<u32, DesktopError> {
        // 0 to 255 becomes 0 to 65535.
        let [red, green, blue] = color.map(|light| u16::from(light) * 257);
        Ok(self.server.alloc_color(self.screen.default_colormap, red, green, blue)?.reply()?.pixel)
    }
}
