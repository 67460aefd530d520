#!/usr/bin/python3
"""Lets the agent play NetHack on a desktop, in the real window: a dry run, in which nothing happens, then live, with a
calibration, a user who reaches in between, and a stop.

usage: desktop.py BINARY OUTDIR [--theme dark|light]

Prints a line for every step with what was seen and puts a picture of each into OUTDIR; exits with 1 when one fails.
"""

import contextlib
import glob
import itertools
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

from panel import Failure, Screen, descendants, wait_until
from walkthrough import Walkthrough, arguments, carried_out, elapsed, exit_code, need, parsed, window_settings

# The window on the left, the game beside it, so that neither covers the other.
WIDTH, HEIGHT, WINDOW = 1800, 820, (1280, 780)
GAME = ["xterm", "-geometry", "80x24+1296+40", "-bg", "black", "-fg", "gray90", "-title", "NetHack", "+bc", "-e"]
PLACES, SAVED = ("/usr/games/nethack", "/usr/bin/nethack"), "/var/games/nethack/save"
OPTIONS = "role:Valkyrie,race:human,gender:female,align:neutral,!splash_screen,!legacy,!autopickup,time,!mail"

# Role (a part of it; empty for any) and name (a text: exactly that, a pattern: found in it) of all that is looked for.
RUN, START, STOP, GO_ON = ("page tab", "Run"), ("button", "Start"), ("button", "Stop"), ("button", "Go on")
DRY, LIVE = ("", re.compile(r"^Dry run\b")), ("", re.compile(r"^Live\b"))
SOURCES, SOURCE = ("combo box", "Looks at"), ("", re.compile(r"NetHack.*\d x \d"))  # what can be chosen there
DRY_BANNER = "Dry run: nothing is sent"
LIVE_BANNER = re.compile(r"^Live: keys and mouse are really used; ctrl\+alt\+q stops it")
PICTURE = "image", re.compile(r"^Picture of .*NetHack")
WOULD, DID = re.compile(r"^would (press|hold) "), re.compile(r"^(press|hold) .*: the screen ")
CALIBRATE, AIMED = ("button", "Calibrate now"), ("", re.compile(r"^5 of 5 targets hit, [0-2]\.\d\spx off"))
IS_PAUSED, TAKEN = ("label", "The session is paused"), ("", re.compile(r"mouse|keyboard", re.IGNORECASE))
ENDED, CLEAN = ("label", re.compile(r" after \d+ steps?(, score \d+)?$")), ("label", "Everything ended")
NOTHING_OPEN = "label", "Still open: 0 loops, 0 requests, connections 0, 0 child processes, 0 keys"

# Limits in seconds, for a debug build that draws in software on a busy machine.
# Between two movements of the mouse, in seconds: it leaves people a second to themselves.
GAPS_S = 1.1, 1.2, 1.3, 1.4, 1.6, 1.8, 2.2
OPENS, ANSWERS, THINKS, STOPS, CLOSES, AIMS = 60, 20, 60, 15, 15, 20
CALIBRATIONS = 4
REACTS = 0.4  # until a key is seen in the game
YIELDS_MS = 5000  # until a pause is seen in the window; how fast it comes is measured elsewhere
SETTINGS = """version = 1
demo = true
{window}[agent]
environment = "desktop"
goal = "Walk around and see what there is"
strategy = "single"
ask_from = "nothing"
pace_ms = 300
[breakers]
same_action = 0
no_change = 0
same_error = 0
[desktop]
press_ms = 400
source = "window:NetHack"
profile = "nethack"
live = {live}
countdown_s = 1
hands_off_s = 0.3
"""


class Desktop(Walkthrough):
    """A dry run, then a live one."""

    game_process = None

    def run(self):
        self.step("a game", self.game)
        self.step("the choices", lambda: self.open(False))
        self.step("a dry run", self.dry)
        self.step("nothing has happened", self.nothing_happened)
        self.step("the dry run is stopped", self.stop)
        self.step("it closes", self.close)
        self.step("the choices for a live session", lambda: self.open(True))
        self.step("it is calibrated", self.calibrate)
        self.step("it plays", self.live)
        self.step("somebody moves the mouse", self.reach_in)
        self.step("it goes on", self.go_on)
        self.step("it is stopped", self.stop)
        self.step("nothing is held", self.nothing_is_held)
        self.step("it closes for good", self.close)

    def game(self):
        nethack = next(filter(os.path.exists, PLACES), None)
        need(nethack, "there is no NetHack")
        # A home of its own, and a name that nobody has saved a game under.
        env = {"HOME": self.home, "NETHACKOPTIONS": OPTIONS}
        self.player = f"walker{os.getpid()}x{time.time_ns() % 10**6}"
        self.game_process = self.screen.start([*GAME, nethack, "-u", self.player], env).process
        wait_until("the game", lambda: "NetHack" in self.screen._run("wmctrl", "-l").stdout, OPENS)
        wait_until("its greetings to be read", self.begins, OPENS)

    def begins(self):
        """A turn that passes, whose number is shown, says that nothing has to be read any more."""
        self.user("key", "Return")
        time.sleep(REACTS)
        before = self.shown()
        self.user("key", "s")
        time.sleep(REACTS)
        return self.shown() != before

    def open(self, live):
        with open(os.path.join(self.home, "settings.toml"), "w") as settings:
            settings.write(SETTINGS.format(window=window_settings(self.args), live=str(live).lower()))
        self.start_program({"SINGULARIS_DEMO_PACE_MS": "5"})
        self.program.press(*RUN, OPENS)
        self.make_room()
        self.program.find(*START, OPENS, enabled=True)
        self.program.find(*DRY, ANSWERS)
        self.program.find(*LIVE, ANSWERS)
        return self.choose_the_game()

    def choose_the_game(self):
        """As a person does, out of what is seen now; it is what stands there already."""
        self.program.press(*SOURCES, ANSWERS)
        source = self.says(SOURCE, ANSWERS)
        self.program.press("", source, ANSWERS)
        self.gone(("", source))
        return source

    def make_room(self):
        """Moves the window to the left."""
        def shown():
            rows = (line.split(None, 4) for line in self.screen._run("wmctrl", "-lp").stdout.splitlines())
            return next((row[0] for row in rows if row[2] == str(self.program.process.pid)), None)

        # It can be pressed before it is painted, and a window manager lists it later still.
        window = wait_until("a window to move", shown, ANSWERS)
        for change in (["-b", "remove,maximized_vert,maximized_horz"], ["-e", f"0,0,0,{WINDOW[0]},{WINDOW[1]}"]):
            self.screen._run("wmctrl", "-i", "-r", window, *change)

    def start(self):
        self.program.press(*START, OPENS)
        self.program.find(*STOP, THINKS)

    def dry(self):
        self.before = self.shown()
        self.start()
        self.says(("", DRY_BANNER), THINKS)
        self.says(PICTURE, THINKS)
        acts = wait_until("what it would do", lambda: self.names(WOULD), THINKS)
        return f"{len(acts)} such as: {acts[-1]}"

    def shown(self):
        """The game as it looks, for comparison."""
        path = os.path.join(self.home, "game.ppm")
        taken = self.screen._run("import", "-window", "NetHack", path)
        need(taken.returncode == 0, f"no picture of the game: {taken.stderr}")
        with open(path, "rb") as file:
            return file.read()

    def nothing_happened(self):
        need(self.shown() == self.before, "the game looks different after a dry run")

    def calibrate(self):
        self.program.scroll_to(*CALIBRATE, ANSWERS)
        # A click that comes late on a busy machine has not arrived, which is said; nobody has aimed badly then.
        for _ in range(CALIBRATIONS - 1):
            self.program.press(*CALIBRATE, ANSWERS)
            with contextlib.suppress(Failure):
                return self.says(AIMED, AIMS)
        self.program.press(*CALIBRATE, ANSWERS)
        return self.says(AIMED, AIMS)

    def live(self):
        before = self.shown()
        self.start()
        self.says(("", LIVE_BANNER), THINKS)
        wait_until("the game to look different", lambda: self.shown() != before, THINKS)
        acts = wait_until("what it did", lambda: self.names(DID), THINKS)
        return acts[-1]

    def user(self, *does):
        done = self.screen._run("xdotool", *does)
        need(done.returncode == 0, f"xdotool {does}: {done.stderr}")

    def reach_in(self):
        """Only somebody who reaches in while it acts is in its way, and it acts once nobody has for a second; so again and
        again, a little later each time."""
        gaps = itertools.cycle(GAPS_S)

        def look():
            moved = time.monotonic()
            self.user("mousemove_relative", "9", "7")
            gap = next(gaps)
            while time.monotonic() - moved < gap:
                if any(node.name == IS_PAUSED[1] for node in self.program.nodes()):
                    return (elapsed(moved),)
                time.sleep(0.05)
            return None

        took = wait_until("it to yield", look, THINKS)[0]
        need(took < YIELDS_MS, f"it was seen {took:.0f} ms later")
        return self.says(TAKEN, ANSWERS)

    def go_on(self):
        before = self.shown()
        self.program.press(*GO_ON, ANSWERS)
        self.gone(IS_PAUSED)
        wait_until("the game to look different", lambda: self.shown() != before, THINKS)

    def stop(self):
        self.program.press(*STOP, ANSWERS)
        self.program.press(*RUN, STOPS)
        ended = self.says(ENDED, STOPS)
        self.program.find(*NOTHING_OPEN, STOPS)
        return f"{ended}; {self.says(CLEAN, STOPS)}"

    def nothing_is_held(self):
        """As the display's own list of keys and buttons has it."""
        listed = self.screen._run("xinput", "list", "--id-only").stdout.split()
        need(listed, "there are no devices")
        states = [self.screen._run("xinput", "query-state", number).stdout for number in listed]
        held = [line for state in states for line in state.splitlines() if "=down" in line]
        need(not held, f"still down: {held}")
        return f"{len(listed)} devices"

    def close(self):
        self.end_program(CLOSES)
        # The game goes on, and belongs to nobody but this walk.
        self.no_process_is_left(but=("xterm", "nethack"))

    def end_game(self):
        """A game whose terminal is gone saves itself and gives its place back; of one that is killed the place stays
        taken, and there are ten of them on a machine."""
        if self.game_process is None:
            return
        games = [pid for pid, line in descendants(self.game_process.pid).items() if "nethack" in line]
        for pid in games:
            with contextlib.suppress(ProcessLookupError):  # somebody ended it
                os.kill(pid, signal.SIGHUP)
        wait_until("the game to end", lambda: not descendants(os.getpid()).keys() & set(games), ANSWERS)
        for saved in glob.glob(f"{SAVED}/*{self.player}*"):
            with contextlib.suppress(OSError):  # it belongs to the games, and so do we, or not
                os.remove(saved)


def walks(args):
    with tempfile.TemporaryDirectory() as home, Screen(WIDTH, HEIGHT) as screen:
        walk = Desktop(args, screen, home)
        is_well = carried_out(walk)
        walk.end_game()
        return is_well


def main():
    args = parsed(arguments(__doc__))
    args.scale = 1
    for program in ("xterm", "xdotool", "xinput"):
        if subprocess.run(["which", program], stdout=subprocess.DEVNULL).returncode:
            raise Failure(f"there is no {program}")
    return exit_code(lambda: walks(args))


if __name__ == "__main__":
    sys.exit(main())
