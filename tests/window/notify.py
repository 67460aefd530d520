#!/usr/bin/python3
"""Hears what the real program in a real window has the system tell its user: beside a stand-in for the desktop's service
of notifications, with another window in front, then with none in front of it, with notifications switched off, and in German.

usage: notify.py BINARY OUTDIR [--scale 2] [--theme dark|light] [--size 1280x800]

Prints a line for every step and puts a picture of each into OUTDIR; exits with 1 when one fails. Needs xterm.
"""

import os
import re
import sys
import time

from panel import GLib, wait_until
from service import Service
from walkthrough import Walkthrough, arguments, exit_code, need, on_a_screen, parsed

RUN, START, STOP = ("page tab", "Run"), ("button", "Start"), ("button", "Stop")
QUESTION = "notification", re.compile(r"^May this be done: ")
ENDED = "label", re.compile(r" after \d+ steps?(, score -?\d+)?$")
AGAIN = "button", "Prepare the next session"
ASKS = re.compile(r"^The agent waits for your yes: \w+$")
HAS_ENDED = re.compile(r"^The session has ended: stopped on request after \d+ steps?$")
RUN_IN_GERMAN, START_IN_GERMAN, STOP_IN_GERMAN = ("page tab", "Lauf"), ("button", "Starten"), ("button", "Stopp")
ASKS_IN_GERMAN = re.compile(r"^Der Agent wartet auf ein Ja: \w+$")
HAS_ENDED_IN_GERMAN = re.compile(r"^Die Sitzung ist zu Ende: auf Wunsch beendet, nach \d+ Schritt(en)?$")
GOAL = "Mind the zephyrous hinge"  # made up; no notification may have it

# Limits in seconds, for a debug build that draws in software on a busy machine. What never comes is waited for so long.
OPENS, ANSWERS, STOPS, CLOSES, NEVER, BETWEEN = 60, 30, 15, 15, 2, 5

INTERFACE = """<node><interface name="org.freedesktop.Notifications">
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
  </method>
</interface></node>"""


class Desktop(Service):
    """The service of notifications, which remembers what it was to show."""

    def __init__(self, screen):
        self.heard = []
        super().__init__(screen, "org.freedesktop.Notifications", "/org/freedesktop/Notifications", INTERFACE)

    def called(self, arguments):
        name, _, icon, title, body, _, hints, _ = arguments
        self.heard.append(title)
        well = (name, icon, body, hints.get("desktop-entry")) == ("Singularis", "singularis", "", "singularis")
        if not well or GOAL in title:
            self.heard.append(f"what should not be: {arguments}")
        return GLib.Variant("(u)", (len(self.heard),))


class Notices(Walkthrough):
    """The whole of it: a run that is told of, and one that is not."""

    def run(self):
        self.desktop = Desktop(self.screen)
        self.step("the window opens", lambda: self.open(""))
        self.step("another window comes in front", self.look_elsewhere)
        self.step("the question is told", lambda: self.start() or self.told(ASKS))
        self.step("the end is told", lambda: self.stop() or self.told(HAS_ENDED))
        self.step("the window comes in front", self.look_here)
        self.step("nothing is told of what is seen", self.untold)
        self.step("it closes", self.close)
        self.step("it opens again without notifications", lambda: self.open("notify = false\n"))
        self.step("another window comes in front again", self.look_elsewhere)
        self.step("nothing is told to whoever wants nothing", self.untold)
        self.step("it closes again", self.close)
        self.step("it opens in German", lambda: self.open('language = "german"\n', RUN_IN_GERMAN, START_IN_GERMAN))
        self.step("another window comes in front of it", self.look_elsewhere)
        self.step("the question is told in German", lambda: self.press(START_IN_GERMAN) or self.told(ASKS_IN_GERMAN))
        self.step("the end is told in German", lambda: self.press(STOP_IN_GERMAN) or self.told(HAS_ENDED_IN_GERMAN))
        self.step("it closes for good", self.close)

    def press(self, what):
        self.program.press(*what, ANSWERS)

    def open(self, window, run=RUN, start=START):
        theme = f'theme = "{self.args.theme}"\n' if self.args.theme else ""
        with open(os.path.join(self.home, "settings.toml"), "w") as settings:
            settings.write(f'version = 1\ndemo = true\n[window]\n{theme}{window}'
                           f'[agent]\ngoal = "{GOAL}"\nask_from = "everything"\n')
        self.start_program({"SINGULARIS_DEMO_PACE_MS": "5"})
        self.program.press(*run, OPENS)
        self.program.find(*start, OPENS)

    def look_elsewhere(self):
        self.other = self.screen._spawn(["xterm", "-T", "elsewhere", "-geometry", "20x3"])
        self.front("elsewhere")

    def look_here(self):
        self.screen._run("wmctrl", "-a", "Singularis")
        self.front("Singularis")

    def front(self, title):
        """Waits until this window has the focus, and the program has had time to notice."""

        def is_front():
            window = self.screen._run("xprop", "-root", "_NET_ACTIVE_WINDOW").stdout.split()[-1]
            return title in self.screen._run("xprop", "-id", window, "WM_NAME").stdout

        wait_until(f"{title} in front", is_front, ANSWERS)
        time.sleep(1)

    def start(self):
        self.program.press(*START, OPENS)
        self.says(QUESTION, ANSWERS)

    def stop(self):
        self.program.press(*STOP, ANSWERS)
        self.says(ENDED, STOPS)

    def told(self, pattern):
        """The one notification that came."""
        wait_until("a notification", lambda: self.desktop.heard, ANSWERS)
        (words,), self.desktop.heard = self.desktop.heard, []
        need(pattern.search(words), f"it says {words!r}")
        return words

    def untold(self):
        """A session with a question and an end, of which nothing is told."""
        time.sleep(BETWEEN)  # what comes too soon after the last one is left out anyway
        if any(node.name == AGAIN[1] for node in self.program.nodes()):
            self.program.press(*AGAIN, ANSWERS)
        self.start()
        self.stop()
        time.sleep(NEVER)
        need(not self.desktop.heard, f"it was told {self.desktop.heard}")

    def close(self):
        self.other.terminate()
        self.other.wait(CLOSES)
        self.end_program(CLOSES)
        self.no_process_is_left()


if __name__ == "__main__":
    sys.exit(exit_code(lambda: on_a_screen(Notices, parsed(arguments(__doc__)))))
