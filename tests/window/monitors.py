"""Two monitors, of which the second goes while the program is closed; a part of `displays.py`. The window was on the
second and has to open where it can be seen, and at once: not elsewhere first.

Needs a display whose monitors come and go: Debian's xserver-xorg-core with xserver-xorg-video-dummy, and xrandr.
"""

import os
import re
import time

from panel import Failure, Screen, wait_until
from walkthrough import DEMO_ANSWERS, Walkthrough, need

WIDTH, HEIGHT = 1280, 800
FIRST, SECOND = "DUMMY0", "DUMMY1"
# Limits in seconds, for a debug build that draws in software on a busy machine.
OPENS, SAVES, CLOSES = 60, 15, 20
# So long a window is watched after it was shown first.
WATCHED = 3
# What a window manager draws above a window, at most, in pixels.
TITLE_BAR = 40

CONFIGURATION = f"""Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "AutoAddGPU" "false"
EndSection
Section "Device"
  Identifier "card"
  Driver "dummy"
  VideoRam 65536
EndSection
Section "Monitor"
  Identifier "any"
  HorizSync 5.0-1000.0
  VertRefresh 5.0-200.0
EndSection
Section "Screen"
  Identifier "screen"
  Device "card"
  Monitor "any"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "{WIDTH}x{HEIGHT}"
    Virtual {2 * WIDTH} {HEIGHT}
  EndSubSection
EndSection
"""


def window_on(screen):
    """The program's window, once it is shown."""
    found = screen._run("xdotool", "search", "--onlyvisible", "--name", "^Singularis$").stdout.split()
    return found[0] if found else None


def content_of(screen, window):
    """Left, top, right and bottom of a window's content, in pixels of the display; `None` when it has just gone."""
    said = screen._run("xwininfo", "-id", window).stdout
    at = {key: int(value) for key, value in re.findall(r"(Absolute upper-left [XY]|Width|Height):\s+(-?\d+)", said)}
    if "Height" not in at:
        return None
    left, top = at["Absolute upper-left X"], at["Absolute upper-left Y"]
    return left, top, left + at["Width"], top + at["Height"]


class TwoMonitors(Screen):
    """A display with two monitors beside each other."""

    def _display(self, fd):
        configuration = os.path.join(self.folder, "xorg.conf")
        with open(configuration, "w") as file:
            file.write(CONFIGURATION)
        return ["Xorg", "-displayfd", str(fd), "-config", configuration, "-logfile", os.path.join(self.folder, "x.log"),
                "-noreset", "-nolisten", "tcp", "+extension", "GLX"]

    def _without_keychain(self):
        super()._without_keychain()
        self.randr("--addmode", SECOND, f"{WIDTH}x{HEIGHT}")
        self.randr("--output", SECOND, "--mode", f"{WIDTH}x{HEIGHT}", "--right-of", FIRST)

    def randr(self, *order):
        done = self._run("xrandr", *order)
        if done.returncode != 0:
            raise Failure(f"xrandr {' '.join(order)}: {done.stderr.strip()}")
        return done.stdout

    def monitors(self):
        return int(re.search(r"Monitors: (\d+)", self.randr("--listmonitors"))[1])


class Monitors(Walkthrough):
    """The window on the second of two monitors, which goes."""

    def run(self):
        self.step("there are two monitors", lambda: need(self.screen.monitors() == 2, "there are not"))
        self.step("the window opens", self.open)
        self.step("it is moved to the second monitor", self.move)
        self.end_program(CLOSES)
        self.step("it opens there again", lambda: self.opens_on(SECOND))
        self.end_program(CLOSES)
        self.step("the second monitor goes", self.unplug)
        self.step("it opens on the first", lambda: self.opens_on(FIRST))
        self.end_program(CLOSES)
        self.no_process_is_left()

    def open(self):
        with open(os.path.join(self.home, "settings.toml"), "w") as settings:
            settings.write('version = 1\ndemo = true\n[window]\ntheme = "dark"\nlanguage = "english"\nzoom = 1.0\n')
        self.start_program()
        return self.says(DEMO_ANSWERS, OPENS)

    def content(self):
        """Left, top, right and bottom of what is shown, in pixels of the display; `None` while there is no window."""
        window = window_on(self.screen)
        return window and content_of(self.screen, window)

    def move(self):
        self.screen._run("wmctrl", "-i", "-r", window_on(self.screen), "-e", f"0,{WIDTH + 100},40,1000,640")

        def is_kept():
            with open(os.path.join(self.home, "settings.toml")) as settings:
                kept = re.search(r"\[window\.place\]\s+x = ([\d.]+)", settings.read())
            return kept and float(kept[1]) >= WIDTH and kept[1]

        return f"kept at {wait_until('its place to be kept', is_kept, SAVES)}, seen at {self.content()}"

    def unplug(self):
        self.screen.randr("--output", SECOND, "--off")
        need(self.screen.monitors() == 1, "it is still there")

    def opens_on(self, monitor):
        """From the moment at which it is shown it is there, whole and with its title bar."""
        self.start_program()
        wait_until("a window", self.content, OPENS)
        seen, deadline = [], time.monotonic() + WATCHED
        while time.monotonic() < deadline:
            seen.append(self.content())
            time.sleep(0.02)
        self.says(DEMO_ANSWERS, OPENS)
        seen.append(wait_until("the window", self.content, OPENS))
        left, top, right, bottom = seen[-1]
        start = WIDTH if monitor == SECOND else 0
        is_there = left >= start - 2 and right <= start + WIDTH + 2 and 0 <= top <= HEIGHT and bottom <= HEIGHT + 2
        need(is_there, f"it is at {seen[-1]}, and the monitor from {start} to {start + WIDTH}")
        way = [place for place, before in zip(seen, [None, *seen]) if place and place != before]
        far = [place for place in way if abs(place[0] - left) > TITLE_BAR or abs(place[1] - top) > TITLE_BAR]
        need(not far, f"it was elsewhere first: {way}")
        return f"at {seen[-1]}, after {way[:-1]}"
