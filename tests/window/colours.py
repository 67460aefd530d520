#!/usr/bin/python3
"""Looks whether the real window is dark or light as its desktop wants it: beside a stand-in for the desktop's portal, which
changes its mind while the window is open, and without a portal.

usage: colours.py BINARY OUTDIR [--scale 2] [--size 1280x800]

Prints a line for every step and puts a picture of each into OUTDIR; exits with 1 when one fails.
"""

import os
import sys
import tempfile

from panel import GLib, wait_until
from service import Service
from walkthrough import DEMO_ANSWERS, Walkthrough, arguments, carried_out, display, exit_code, need, parsed

NAME, OBJECT, SETTINGS = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings"
COLOURS = "org.freedesktop.appearance", "color-scheme"
NO_PREFERENCE, DARK, LIGHT = 0, 1, 2
# Limits in seconds, for a debug build that draws in software on a busy machine.
OPENS, FOLLOWS, CLOSES = 60, 20, 15

INTERFACE = f"""<node><interface name="{SETTINGS}">
  <method name="Read">
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="out"/>
  </method>
  <signal name="SettingChanged"><arg type="s"/><arg type="s"/><arg type="v"/></signal>
</interface></node>"""


class Portal(Service):
    """The desktop's portal."""

    def __init__(self, screen, word):
        self.word, self.asked, self.unknown = word, 0, []
        super().__init__(screen, NAME, OBJECT, INTERFACE)

    def called(self, arguments):
        if arguments != COLOURS:
            self.unknown.append(arguments)
        self.asked += 1
        # An answer is wrapped once more than a message, as the portal does it.
        return GLib.Variant("(v)", (GLib.Variant("v", GLib.Variant("u", self.word)),))

    def changes(self, word):
        self.word = word
        told = GLib.Variant("(ssv)", (*COLOURS, GLib.Variant("u", word)))
        self.bus.emit_signal(None, OBJECT, SETTINGS, "SettingChanged", told)


class Colours(Walkthrough):
    """A window beside a portal, or without one."""

    portal = None

    def run(self):
        if self.portal:
            self.step("it opens light", lambda: self.open() or self.is_light(True))
            need(self.portal.asked > 0, "nobody asked the portal")
            need(not self.portal.unknown, f"it asks for {self.portal.unknown}")
            for name, word, is_light in (("dark", DARK, False), ("no preference", NO_PREFERENCE, True),
                                         ("dark again", DARK, False), ("light", LIGHT, True)):
                self.step(f"the desktop says {name}", lambda: self.portal.changes(word) or self.is_light(is_light))
        else:
            self.step("it opens dark", lambda: self.open() or self.is_light(False))
        self.step("it closes", lambda: self.end_program(CLOSES))
        self.no_process_is_left()

    def open(self):
        with open(os.path.join(self.home, "settings.toml"), "w") as settings:
            settings.write('version = 1\ndemo = true\n[window]\nlanguage = "english"\n')
        self.start_program()
        self.says(DEMO_ANSWERS, OPENS)

    def is_light(self, wanted):
        """Waits until it is so, and gives how bright it is."""
        path = os.path.join(self.home, "now.png")

        def brightness():
            self.screen.picture(path)
            mean = float(self.screen._run("convert", path, "-colorspace", "Gray", "-format", "%[fx:mean]", "info:").stdout)
            return (mean,) if (mean > 0.5) == wanted else None

        return f"{wait_until('a light window' if wanted else 'a dark window', brightness, FOLLOWS)[0]:.0%} bright"


def both(args):
    is_well = True
    for word in (LIGHT, None):
        with tempfile.TemporaryDirectory() as home, display(args) as screen:
            walk = Colours(args, screen, home, "without a portal" if word is None else "")
            walk.portal = None if word is None else Portal(screen, word)
            is_well &= carried_out(walk)
    return is_well


def main():
    args = parsed(arguments(__doc__))
    return exit_code(lambda: both(args))


if __name__ == "__main__":
    sys.exit(main())
