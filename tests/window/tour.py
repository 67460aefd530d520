#!/usr/bin/python3
"""The main path in the real window by accessibility names alone: the wizard, the demo, a session, a pause, a step, a
yes, the stop, the report, a replay, the settings, the palette, and the way out. Then its first half once more in German,
whose names are looked up in the catalogue of the program. The demo answers.

usage: tour.py BINARY OUTDIR [--scale 2] [--theme dark|light] [--size 1280x800]

Prints a line for every step with what was seen and puts a picture of each into OUTDIR; exits with 1 when one fails.
"""

import contextlib
import os
import re
import sys
import tempfile
from pathlib import Path

from panel import FOCUSED, Failure, descendants, listening_ports, wait_until
from walkthrough import Walkthrough, arguments, carried_out, display, exit_code, need, parsed

# Names as they are in English; a tour in another language looks them up.
DEMO, TO_RUN, START, STOP = (("button", name) for name in ("Try the demo", "Open the run screen", "Start", "Stop"))
PAUSE, STEP, APPROVE = (("button", name) for name in ("Pause", "Step", "Approve"))
RUN, SESSIONS, LOGS, SETTINGS = (("page tab", name) for name in ("Run", "Sessions", "Logs", "Settings"))
IS_PAUSED, ONE_DECISION = ("label", "The session is paused"), ("label", "One decision has been carried out")
ASKED, ENDED = ("label", "May this be done?"), ("label", "Everything ended")
# These are looked for in English only.
ROW = "radio button", re.compile(r"^\w.*, \d\d:\d\d: .*; .*, seed \d+ ")
CERTIFICATE = "page tab", "Certificate of this session"
OF_CERTIFICATE = "label", re.compile(r"^Still open: 0 loops, 0 requests, ")
REPLAY, CLOSE_REPLAY = ("button", "Replay"), ("button", "Close the replay")
PALETTE_FIELD = "entry", "What is to be done?"
PLAYS = "label", re.compile("^Replay of s-")

WORDS = Path(__file__).parents[2] / "assets" / "words"
# Limits in seconds, for a debug build that draws in software on a busy machine.
OPENS, ANSWERS, THINKS, STOPS, CLOSES = 60, 20, 60, 15, 15


def texts(language):
    """The texts of a language that stand in one line and put nothing in, by their names."""
    found = {}
    for file in sorted((WORDS / language).glob("*.ftl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if match := re.match(r"([a-z][\w-]*) = ([^{}]+)$", line):
                found[match[1]] = match[2].strip()
    return found


def translations(language):
    """What each English text may be called in another language; the same text can stand for several things."""
    english, other = texts("en"), texts(language)
    found = {}
    for name, text in english.items():
        if name in other:
            found.setdefault(text, set()).add(other[name])
    return found


class Tour(Walkthrough):
    """The path; in which language the settings say."""

    ports, names = set(), {}

    def spoken(self, what):
        """The same thing by its name in the language of this tour."""
        role, name = what
        if not self.names:
            return what
        others = self.names.get(name, {name})  # what others say, such as a remedy, is English everywhere
        return role, re.compile("^(" + "|".join(re.escape(other) for other in sorted(others)) + ")$")

    def press(self, what, seconds=ANSWERS):
        self.program.press(*self.spoken(what), seconds)

    def sees(self, what, seconds=ANSWERS):
        return self.says(self.spoken(what), seconds)

    def is_there(self, what):
        role, name = self.spoken(what)
        return any(role in node.role and (name == node.name if isinstance(name, str) else name.search(node.name))
                   for node in self.program.nodes())

    # --- the first half, in any language ---

    def first_half(self):
        self.step("the wizard opens", self.wizard)
        self.step("the demo answers", self.demo)
        self.step("the run screen opens", self.to_run)
        self.step("a session asks first", self.start)
        self.step("it pauses", self.pause)
        self.step("one step is taken", self.one_step)
        self.step("it stops", self.stop)

    def wizard(self):
        with open(os.path.join(self.home, "settings.toml"), "w") as settings:
            settings.write(self.settings())
        self.start_program({"SINGULARIS_DEMO_PACE_MS": "5"})
        self.program.find(*self.spoken(DEMO), OPENS, enabled=True)

    def settings(self):
        theme = f'theme = "{self.args.theme}"\n' if self.args.theme else ""
        language = "german" if self.names else "english"
        return f'version = 1\n[window]\nlanguage = "{language}"\nzoom = 1.0\n{theme}[agent]\nask_from = "everything"\n'

    def demo(self):
        self.press(DEMO)
        # Whoever answers, a session can be started then.
        self.program.find(*self.spoken(START), THINKS, enabled=True)

    def to_run(self):
        self.press(TO_RUN if self.is_there(TO_RUN) else RUN)
        self.program.find(*self.spoken(START), ANSWERS, enabled=True)

    def start(self):
        self.press(START)
        said = self.sees(ASKED, THINKS)
        self.press(APPROVE)
        return said

    def pause(self):
        self.press(PAUSE)
        return self.sees(IS_PAUSED)

    def one_step(self):
        """Whatever is asked meanwhile is allowed, until the one decision has been carried out."""
        self.press(STEP)

        def is_done():
            if self.is_there(ONE_DECISION):
                return True
            if self.is_there(ASKED):
                self.press(APPROVE)
                # It is still seen for a moment after it was answered, and must not be answered twice.
                # Another question may come before anybody has looked.
                with contextlib.suppress(Failure):
                    wait_until("the answer", lambda: not self.is_there(ASKED), 5)
            return False

        wait_until("one decision", is_done, THINKS)
        return self.sees(ONE_DECISION)

    def stop(self):
        pid = self.program.process.pid
        self.ports |= listening_ports([pid, *descendants(pid)])
        self.press(STOP)
        self.press(RUN, STOPS)
        return self.sees(ENDED, STOPS)

    # --- the second half ---

    def second_half(self):
        self.step("its report", self.report)
        self.step("it is played again", self.replay)
        self.step("the settings", self.to_settings)
        self.step("the palette leads to the log", self.palette)

    def report(self):
        self.press(SESSIONS)
        self.press(ROW)
        self.press(CERTIFICATE)
        return self.says(OF_CERTIFICATE)

    def replay(self):
        self.press(REPLAY)
        said = self.says(PLAYS)
        self.press(CLOSE_REPLAY)
        self.gone(CLOSE_REPLAY)
        return said

    def to_settings(self):
        self.press(SETTINGS)
        self.program.find("label", SETTINGS[1], ANSWERS)

    def palette(self):
        """With the keyboard, as those do who like it."""
        self.keys("key", "ctrl+k")
        # The field is there before the keys are its own.
        wait_until("the focus", lambda: self.program.find(*PALETTE_FIELD, ANSWERS).has(FOCUSED), ANSWERS)
        self.keys("type", "--delay", "50", "logs")
        self.picture("palette")
        self.keys("key", "Return")
        self.program.find("label", LOGS[1], ANSWERS)

    def keys(self, *order):
        done = self.screen._run("xdotool", *order)
        if done.returncode != 0:
            raise Failure(f"xdotool {' '.join(order)}: {done.stderr.strip()}")

    # --- the end ---

    def last_steps(self):
        self.step("it closes", lambda: self.end_program(CLOSES))
        self.step("nothing is left", self.nothing_left)

    def nothing_left(self):
        self.no_process_is_left()
        # Whoever was left behind is below us; a stranger may have got the same number.
        ports = self.ports & listening_ports([os.getpid(), *descendants(os.getpid())])
        need(not ports, f"ports are still listened on: {ports}")


class English(Tour):
    def run(self):
        self.first_half()
        self.second_half()
        self.last_steps()


class German(Tour):
    names = translations("de")

    def run(self):
        self.first_half()
        self.last_steps()


def both(args):
    """Each with a home of its own, on a screen of its own."""
    is_well = True
    for name, tour in (("english", English), ("german", German)):
        with tempfile.TemporaryDirectory() as home, display(args) as screen:
            is_well &= carried_out(tour(args, screen, home, name))
    return is_well


def main():
    args = parsed(arguments(__doc__))
    return exit_code(lambda: both(args))


if __name__ == "__main__":
    sys.exit(main())
