#!/usr/bin/python3
"""Opens the window on displays from small to very large, at one and at two pixels to a point, and walks every screen:
on small displays before a session too, on all while one is paused. Whatever has a name has to lie within the window, or
to come there when it is scrolled to; Stop and the status bar have to be seen. On large displays the window fills all of
it. Then two monitors of which one goes, and what a window uses that nobody looks at: see `monitors.py` and `quiet.py`.
The demo answers.

usage: displays.py BINARY OUTDIR [--theme dark|light] [--only DISPLAY|monitors|quiet] [--extremes]

Prints a line for every step with what was seen and puts a picture of each into OUTDIR; exits with 1 when one fails.
"""

import contextlib
import os
import re
import sys
import tempfile
import time

from monitors import Monitors, TwoMonitors, content_of, window_on
from panel import Atspi, Failure, GLib, Screen, wait_until
from quiet import Quiet
from walkthrough import DEMO_ANSWERS, Walkthrough, arguments, carried_out, exit_code, need, parsed

# Width and height in pixels, and the pixels to a point. Twice as large on 1280x800 leaves less than the least that the
# window is made for, so that stands nowhere here.
DISPLAYS = [(1024, 700, 1), (1280, 800, 1)] + [(width, height, scale) for width, height in ((2560, 1440), (3840, 2160))
                                               for scale in (1, 2)]
# Of these the smallest, and the one with most pixels at two to a point.
EXTREMES = [(1024, 700, 1), (3840, 2160, 2)]
SCREENS = "Setup", "Run", "Experts", "Learning", "Models", "Servers", "Sessions", "Logs", "Settings"
START, PAUSE, STOP = (("button", name) for name in ("Start", "Pause", "Stop"))
IS_PAUSED = "label", "The session is paused"
THIRD_STEP = "label", re.compile(r"^Step ([3-9]|\d\d)")
# What stands around every screen, and has to be seen whole.
COMMANDS, MESSAGES = ("push button", "Commands"), ("push button", re.compile("^Messages"))
AROUND = [("page tab", name) for name in SCREENS] + [COMMANDS, MESSAGES]
# Above this width, in pixels, the window fills the display, and what is well during a session is well before one.
ROOMY = 1280
# A focus ring, and what a figure is rounded by.
SPARE = 2

# Limits in seconds, for a debug build that draws in software on a busy machine.
OPENS, ANSWERS, THINKS, STOPS, CLOSES, SETTLES, SCROLLS = 60, 30, 60, 20, 20, 20, 20
COMPONENT, ON_SCREEN = "org.a11y.atspi.Component", 0


def fits(node, what):
    role, name = what
    return role in node.role and (name == node.name if isinstance(name, str) else name.search(node.name))


def is_within(place, edges):
    return place is not None and all((place[0] >= edges[0] - SPARE, place[1] >= edges[1] - SPARE,
                                      place[2] <= edges[2] + SPARE, place[3] <= edges[3] + SPARE))


class Display(Walkthrough):
    """All screens on one display."""

    def __init__(self, args, screen, home, size):
        self.width, self.height, scale = size
        super().__init__(args, screen, home, f"{self.width}x{self.height} x{scale}")
        self.scale, self.troubles = scale, []

    def run(self):
        self.step("the window opens", self.open)
        self.step("it fits on the display", self.fits_on_the_display)
        if self.width <= ROOMY:
            self.step("every screen, before a session", self.look_at_all)
        self.step("a session is paused", self.pause)
        for name in SCREENS:
            self.step(f"{name.lower()}, paused", lambda name=name: self.look_at(name, STOP))
        self.step("it stops and closes", self.stop)
        self.no_process_is_left()
        need(not self.troubles, "\n      ".join(["what cannot be seen:", *self.troubles]))

    def open(self):
        theme = self.args.theme or "dark"
        with open(os.path.join(self.home, "settings.toml"), "w") as settings:
            settings.write(f'version = 1\ndemo = true\n[window]\ntheme = "{theme}"\nlanguage = "english"\nzoom = 1.0\n'
                           f'motion = false\n{self.remembered()}[agent]\nseed = 7\nask_from = "nothing"\n')
        self.start_program({"WINIT_X11_SCALE_FACTOR": str(self.scale), "SINGULARIS_DEMO_PACE_MS": "20"})
        return self.says(DEMO_ANSWERS, OPENS)

    def remembered(self):
        """Where the window was, in the settings of a display that it fills."""
        place = "[window.place]\nx = 20.0\ny = 20.0\nwidth = 1000.0\nheight = 640.0\nis_maximized = true\n"
        return place if self.width > ROOMY else ""

    def pause(self):
        self.program.press(*START, ANSWERS)
        self.program.find(*THIRD_STEP, THINKS)
        self.program.press(*PAUSE, ANSWERS)
        return self.says(IS_PAUSED, ANSWERS)

    def stop(self):
        self.program.press(*STOP, ANSWERS)
        self.program.find(*START, STOPS)
        self.end_program(CLOSES)

    # --- what is where ---

    def extents(self, node):
        """Left, top, right and bottom on the display, in pixels; `None` when it has just gone."""
        try:
            arguments = GLib.Variant("(u)", (ON_SCREEN,))
            left, top, width, height = self.program._ask(node.path, "Component", "GetExtents", arguments)[0]
        except GLib.Error:
            return None
        return left, top, left + width, top + height

    def window(self):
        """The window's content on the display."""
        window = window_on(self.screen)
        need(window, "no window is shown")
        return content_of(self.screen, window)

    def fits_on_the_display(self):
        """Once the window manager has come to rest."""
        seen = []

        def rests():
            seen.append(self.window())
            time.sleep(0.5)
            return len(seen) > 4 and len(set(seen[-4:])) == 1

        wait_until("the window to rest", rests, SETTLES)
        left, top, right, bottom = seen[-1]
        if left < -SPARE or top < -SPARE or right > self.width + SPARE or bottom > self.height + SPARE:
            self.troubles.append(f"the window itself, at {seen[-1]} on a display of {self.width}x{self.height}")
        need(self.width <= ROOMY or right - left >= self.width - SPARE, f"it does not fill the display: {seen[-1]}")
        jumps = sorted(set(seen[1:]))
        return f"{right - left}x{bottom - top} at {left}, {top}" + (f", and was at {jumps}" if len(jumps) > 1 else "")

    def look_at_all(self):
        return "; ".join(f"{name}: {self.look_at(name, START)}" for name in SCREENS)

    def look_at(self, name, button):
        self.program.press("page tab", name, ANSWERS)
        self.program.find("label", name, ANSWERS)
        nodes = self.settled()
        edges = wait_until("the window's place", self.window, SETTLES)
        places = {node.path: self.extents(node) for node in nodes if node.name and COMPONENT in node.interfaces}
        on_display = max(edges[0], 0), max(edges[1], 0), min(edges[2], self.width), min(edges[3], self.height)
        for what in [*AROUND, button, ("label", name)]:
            found = [places.get(node.path) for node in nodes if fits(node, what)]
            if not any(is_within(place, on_display) for place in found):
                self.troubles.append(f"{name}: {what[1]} is {f'at {found}' if found else 'nowhere'}")
        named = [node for node in nodes if places.get(node.path) and node.role != "frame"]
        beyond = [node for node in named if not is_within(places[node.path], edges)]
        # The furthest on every side stands for all that are there.
        for side, sign in ((0, -1), (1, -1), (2, 1), (3, 1)):
            outside = [node for node in beyond if sign * (places[node.path][side] - edges[side]) > SPARE]
            if outside:
                furthest = max(outside, key=lambda node: sign * places[node.path][side])
                self.comes_into_sight(name, furthest, side % 2, edges)
        return f"{len(named)} things, {len(beyond)} of them to be scrolled to"

    def comes_into_sight(self, name, node, axis, edges):
        """What has no room in the window can be scrolled to: its beginning at least, where it is larger than that."""
        scroll = GLib.Variant("(u)", (int(Atspi.ScrollType.ANYWHERE),))
        with contextlib.suppress(GLib.Error):  # it is there no more
            self.program._ask(node.path, "Component", "ScrollTo", scroll)

        def is_in_sight():
            place = self.extents(node)
            return place is None or (edges[axis] - SPARE <= place[axis] < edges[axis + 2]
                                     and place[axis + 2] > edges[axis])

        try:
            wait_until("it to come", is_in_sight, SCROLLS)
        except Failure:
            self.troubles.append(f"{name}: {node.line().strip()[:100]} stays at {self.extents(node)} in {edges}")

    def settled(self):
        """What there is once two looks in a row have found the same things."""
        looks = [set()]

        def rests():
            nodes = self.program.nodes()
            looks.append({node.path for node in nodes})
            time.sleep(0.2)
            return nodes if nodes and looks[-1] == looks[-2] else None

        return wait_until("the screen to rest", rests, SETTLES)


def all_of_them(args):
    """Each with a home of its own, on a display of its own."""
    is_well = True
    for width, height, scale in EXTREMES if args.extremes else DISPLAYS:
        if args.only in (None, f"{width}x{height}", f"{width}x{height}@{scale}"):
            with tempfile.TemporaryDirectory() as home, Screen(width, height) as screen:
                is_well &= carried_out(Display(args, screen, home, (width, height, scale)))
    if args.only in (None, "monitors"):
        with tempfile.TemporaryDirectory() as home, TwoMonitors() as screen:
            is_well &= carried_out(Monitors(args, screen, home, "two monitors"))
    if args.only in (None, "quiet"):
        with tempfile.TemporaryDirectory() as home, Screen() as screen:
            is_well &= carried_out(Quiet(args, screen, home, "nobody looks"))
    return is_well


def main():
    parser = arguments(__doc__)
    parser.add_argument("--only", help="one display, such as 1280x800 or 1280x800@2, or one of the other parts")
    parser.add_argument("--extremes", action="store_true", help="not the displays between the smallest and the largest")
    args = parsed(parser)
    return exit_code(lambda: all_of_them(args))


if __name__ == "__main__":
    sys.exit(main())
