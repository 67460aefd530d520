#!/usr/bin/python3
"""Walks the main path on Wayland: the same walk, in a compositor that draws no frames around windows and is itself a window
on a display of its own. What was copied there is read by another program, and the frame that the program draws is used to
close it.

usage: wayland.py BINARY OUTDIR [--theme dark|light]

Needs Debian's weston and wl-clipboard beside what `walk.py` needs.
"""

import os
import sys
import tempfile
import time

from panel import Screen, descendants, wait_until
from walk import ANSWERS, CLOSES, Walk
from walkthrough import SHOWS, arguments, carried_out, exit_code, need, parsed

SOCKET = "wayland-of-a-walk"
# Nothing of its own at the edge of the screen, so that it is known where a window is that fills it.
CONFIGURATION = "[core]\nidle-time=0\nrequire-input=true\n[shell]\npanel-position=none\nlocking=false\n"
SIZE = 1280, 840
# The middle of the cross, from the right and upper edge of a window that fills the screen.
CROSS = 22, 18
COPY, COPIED = ("button", "Copy the report"), ("label", "It is in the clipboard")


class Compositor(Screen):
    """A display whose programs are shown by weston."""

    def __enter__(self):
        super().__enter__()
        place = os.path.join(self.folder, "weston.ini")
        with open(place, "w") as file:
            file.write(CONFIGURATION)
        self._spawn(["weston", "--backend=x11-backend.so", f"--config={place}", f"--socket={SOCKET}", "--fullscreen",
                     f"--width={SIZE[0]}", f"--height={SIZE[1]}"])
        wait_until("the compositor", lambda: os.path.exists(os.path.join(self.env["XDG_RUNTIME_DIR"], SOCKET)), 30)
        self.plumbing |= descendants(os.getpid())
        return self

    def start(self, command, env=None, log=os.devnull):
        """Whoever is started here knows of no other display."""
        return super().start(command, {"WAYLAND_DISPLAY": SOCKET, "DISPLAY": ""} | (env or {}), log)

    def press(self, *keys):
        """Keys of the compositor, which are pressed on the display that it is a window of."""
        self._run("xdotool", "key", *keys)


class OnWayland(Walk):
    def run(self):
        self.step("the window opens", self.open)
        self.step("a report is copied", self.copy)
        self.step("the demo answers", self.demo)
        self.step("the run screen opens", self.to_run)
        self.step("experts speak", self.start)
        self.step("everything stops", self.stop)
        self.step("it fills the screen", self.fill)
        self.step("its cross closes it", self.close)
        self.step("nothing is left", self.nothing_left)

    def copy(self):
        self.program.press(*COPY, ANSWERS)
        self.says(COPIED, ANSWERS)

        def read():
            pasted = self.screen._run("env", f"WAYLAND_DISPLAY={SOCKET}", "wl-paste").stdout
            if not pasted:
                # A compositor takes nothing from a window that it has not given the keyboard yet.
                self.program.press(*COPY, ANSWERS)
            return pasted

        return f"{len(wait_until('the report in the clipboard of another program', read, ANSWERS))} letters"

    def fill(self):
        self.screen.press("super+shift+m")

    def close(self):
        right, top = CROSS
        x, y = SIZE[0] - right, top

        def click():
            # The compositor counts how far a pointer moves and not where it is, so it is pushed into the corner first.
            for order in (["mousemove", *SIZE], ["mousemove", 0, 0], ["mousemove", x, y], ["click", 1]):
                self.screen._run("xdotool", *map(str, order))
                time.sleep(SHOWS)
            # Before it fills the screen there is nothing at this place.
            return self.program.process.poll() is not None

        wait_until("its cross to close it", click, CLOSES)
        code = self.program.wait_for_exit(CLOSES)
        need(code == 0, f"exit code {code}")
        need("panicked at" not in self.said(), f"it panicked on the way:\n{self.said()[-4000:]}")


def main():
    args = parsed(arguments(__doc__))

    def walk():
        with tempfile.TemporaryDirectory() as home, Compositor(*SIZE) as screen:
            return carried_out(OnWayland(args, screen, home))

    return exit_code(walk)


if __name__ == "__main__":
    sys.exit(main())
