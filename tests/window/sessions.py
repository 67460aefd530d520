#!/usr/bin/python3
"""Looks after past sessions in the real window: the list, the timeline, why something was done, a replay, reports, two
sessions beside each other; a second copy of the program; the log and what can be posted of it; a session that was
killed, and what it left. The demo answers.

usage: sessions.py BINARY OUTDIR [--scale 2] [--theme dark|light] [--size 1280x800]

Prints a line for every step with what was seen and puts a picture of each into OUTDIR; exits with 1 when one fails.
"""

import os
import re
import subprocess
import sys

from panel import descendants, listening_ports, wait_until
from past import (
    ANSWERS, BACK, CERTIFICATE, COPIED, OPENS, RUN, SEARCH, SESSIONS, SETUP, THINKS, TIMELINE, Past)
from walkthrough import arguments, exit_code, need, on_a_screen, parsed, read

# Role (a part of it; empty for any) and name (a text: exactly that, a pattern: found in it) of all that is looked for.
LOGS, CUT_OFF = ("page tab", "Logs"), re.compile(r"\. Interrupted, .*no certificate")
INTERRUPTED = "label", re.compile(r"^The session of .*\d\d:\d\d was interrupted$")
UNDER_WAY, NOTHING_LEFT = re.compile("^Under way: "), ("label", "It had started nothing that could outlive it")
IS_THERE = "label", re.compile(r"^The child process a forgotten sleeper is still there$")
SEE_REPORT, DISMISS, CLEAN_UP = (("button", name) for name in ("See the report", "Dismiss", "Clean up"))
WITHOUT = "label", "There is none: the program ended before the session did"
LEVEL, WARNINGS, ALL_LEVELS = ("combo", "Level"), ("button", "Warnings and errors"), ("button", "All levels")
LINES, MATCHES = re.compile(r"^(\d+) lines?$"), re.compile(r"^(\d+) match(?:es)? of \d+ lines?$")
FIRST_FRAME = "label", re.compile(r"Info .*the first frame is drawn \d+ ms after the start")
PAUSE_LOG, GO_ON = ("button", "Pause the log"), ("button", "Go on")
IS_PAUSED, COPY_SHOWN = ("label", re.compile(r"^Paused, \d+ new lines? meanwhile$")), ("button", "Copy what is shown")
PREPARE, TEXT_OF = ("button", "Prepare"), ("label", re.compile(r"^Text of \S+\.md$"))
COPY_BUNDLE, SAVE, CLOSE = (("button", name) for name in ("Copy the diagnostics", "Save…", "Close"))

WHY, DAYS = ("button", re.compile(r"^Why step \d+\?$")), ("spin button", "days; 0 for ever")
USUALLY, BRIEFLY = (("button", f"Kept: {days} days, up to 2,000\u00a0MB") for days in (90, 30))

# What is looked for in the log, and what a forgotten process is known by.
NEEDLE, MARK, SLEEPER = "first frame", "5ab1e7e0f0f0c0de", "a forgotten sleeper"


class Sessions(Past):
    """The whole of it."""

    sleeper = None

    def run(self):
        try:
            self.begin()
            self.record_steps()
            self.replay_and_compare_steps()
            self.rest()
        finally:
            if self.sleeper:
                self.sleeper.kill()
                self.sleeper.wait()

    def rest(self):
        self.step("why from the run screen", self.why_from_run)
        self.step("sessions are kept for a month", self.kept_briefly)
        self.step("a second copy is started", self.second_copy)
        self.step("the log", self.log_lines)
        self.step("a search in the log", self.log_search)
        self.step("the log stands still", self.log_paused)
        self.step("the diagnostics are shown", self.diagnostics)
        self.step("the diagnostics are saved", self.diagnostics_saved)
        self.step("a session is killed", self.killed)
        self.step("it was interrupted", self.interrupted)
        self.step("its report", self.cut_off_report)
        self.step("it is dismissed", self.dismissed)
        self.step("another one is killed and leaves something", self.killed_with_child)
        self.step("what it left is told", self.left)
        self.step("it is cleaned up", self.cleaned_up)
        self.step("it closes", self.close)
        self.step("nothing is left", self.nothing_is_left)

    # --- from elsewhere, and for how long ---

    def why_from_run(self):
        self.press(RUN)
        self.press(WHY)
        said = self.says(("label", re.compile(r"^Step \d+: ")))
        self.press(BACK)
        self.program.find(*TIMELINE, ANSWERS)
        return said

    def kept_briefly(self):
        self.press(USUALLY)
        self.slide(DAYS, 30.5 / 3650)  # whatever is beyond a whole day is cut off
        self.program.find(*BRIEFLY, ANSWERS)
        settings = os.path.join(self.home, "settings.toml")
        wait_until("it to be kept", lambda: "keep_days = 30\n" in read(settings), ANSWERS)

    # --- a second copy ---

    def second_copy(self):
        """It says who is there and leaves; the first one comes back from behind the desktop."""
        self.screen._run("wmctrl", "-k", "on")
        wait_until("the desktop to be shown", lambda: self.is_desktop_shown(), ANSWERS)
        env = self.screen.env | self.env(5) | {"SINGULARIS_HOME": self.home}
        second = subprocess.run([os.path.abspath(self.args.binary)], env=env, stdin=subprocess.DEVNULL, timeout=OPENS,
                                capture_output=True, text=True)
        need(second.returncode == 0, f"it ended with {second.returncode}: {second.stdout}{second.stderr}")
        said = second.stdout.strip()
        need(f"process {self.program.process.pid}" in said and "\n" not in said, f"it said {said!r}")
        wait_until("the window to come to the front", lambda: not self.is_desktop_shown(), ANSWERS)
        return said

    def is_desktop_shown(self):
        return "mode: ON" in self.screen._run("wmctrl", "-m").stdout

    # --- the log, and what can be posted of it ---

    def counted(self, pattern):
        names = self.names(pattern)
        return int(pattern.search(names[0])[1]) if names else None

    def log_lines(self):
        self.press(LOGS)
        lines = self.becomes("lines", lambda: self.counted(LINES), lambda lines: lines > 0)
        self.pick(LEVEL, WARNINGS)
        warnings = self.becomes("fewer lines", lambda: self.counted(MATCHES), lambda matches: matches < lines)
        self.pick(LEVEL, ALL_LEVELS)
        self.becomes("all lines", lambda: self.counted(LINES), lambda found: found >= lines)
        return f"{lines} lines, {warnings} warnings"

    def log_search(self):
        self.program.type(*SEARCH, NEEDLE, ANSWERS)
        self.becomes("one line", lambda: self.counted(MATCHES), lambda matches: matches == 1)
        line = self.says(FIRST_FRAME)
        self.press(COPY_SHOWN)
        self.says(COPIED)
        self.picture("one-line")
        self.program.type(*SEARCH, "", ANSWERS)
        self.becomes("all lines", lambda: self.counted(LINES), lambda lines: lines > 1)
        return line

    def log_paused(self):
        self.press(PAUSE_LOG)
        said = self.says(IS_PAUSED)
        self.picture("paused")
        self.press(GO_ON)
        self.gone(GO_ON)
        return said

    def diagnostics(self):
        self.press(PREPARE)
        shown = self.says(TEXT_OF, THINKS)
        self.press(COPY_BUNDLE)
        return shown

    def diagnostics_saved(self):
        place = self.choose("diagnostics.md")
        self.press(SAVE)
        self.program.find("label", f"Saved as {place}", ANSWERS)
        text = read(place)
        need("Singularis" in text and len(text) > 500, f"that tells nobody anything: {text[:500]}")
        need(self.screen.folder not in text, "the home folder is named")
        self.press(CLOSE)
        self.program.find(*PREPARE, ANSWERS)
        return f"{len(text)} letters"

    # --- killed ---

    def killed(self):
        self.close()
        # Slow enough for a model to be asked whenever it is killed.
        self.open(RUN, pace_ms=200)
        self.start(1)
        # Between two decisions nobody is asked.
        self.program.find("label", re.compile(r"^[3-5] of 5 are busy$"), THINKS)
        self.kill()
        self.no_process_is_left()

    def interrupted(self):
        self.open(SETUP)
        title = self.says(INTERRUPTED, OPENS)
        self.picture("interrupted-on-setup")
        self.press(SESSIONS)
        self.program.find(*INTERRUPTED, ANSWERS)
        under_way = self.names(UNDER_WAY)
        need(under_way, "nothing is said to have been under way")
        self.program.find(*NOTHING_LEFT, ANSWERS)
        self.is_listed()
        return f"{title}; {'; '.join(under_way)}"

    def cut_off_report(self):
        self.press(SEE_REPORT)
        self.program.find(*TIMELINE, ANSWERS)
        self.part(CERTIFICATE, WITHOUT)
        place = self.choose("cut-off.html")
        self.press(("button", "Export as Web page…"))
        self.program.find("label", f"Saved as {place}", ANSWERS)
        need("interrupted" in read(place), "the report does not say that it was interrupted")

    def dismissed(self):
        self.press(DISMISS)
        self.gone(DISMISS)
        need(not self.names(INTERRUPTED[1]), "it is still told")
        self.is_listed()

    def is_listed(self):
        self.becomes("it in the list", self.rows, lambda rows: any(CUT_OFF.search(row) for row in rows))

    def killed_with_child(self):
        """What a session with a child of its own leaves in the journal, and the child; the demo itself has none."""
        self.close()
        self.open(RUN, pace_ms=60)
        self.start(1)
        self.kill()
        self.sleeper = subprocess.Popen(["sleep", "1000"], env={"SINGULARIS_CHILD": MARK, "PATH": os.environ["PATH"]})
        self.journal("INSERT INTO belongings SELECT number, 1000000, 0, 0, 'child', ?, ?, ? FROM sessions "
                     "ORDER BY number DESC LIMIT 1", SLEEPER, str(self.sleeper.pid), MARK)
        return f"process {self.sleeper.pid} is left"

    def left(self):
        self.open(SESSIONS)
        self.program.find(*INTERRUPTED, OPENS)
        return self.says(IS_THERE)

    def cleaned_up(self):
        self.press(CLEAN_UP)
        self.gone(CLEAN_UP)
        code = wait_until("the process to end", lambda: self.sleeper.poll(), ANSWERS)
        self.sleeper = None
        wait_until("the message to go", lambda: not self.names(INTERRUPTED[1]), ANSWERS)
        return f"it ended with {code}"

    def nothing_is_left(self):
        self.no_process_is_left()
        # Whoever was left behind is below us; a stranger may have got the same number.
        ports = self.ports & listening_ports([os.getpid(), *descendants(os.getpid())])
        need(self.ports and not ports, f"of the demo's ports {self.ports} are still listened on: {ports}")
        alive = os.listdir(os.path.join(self.home, "alive"))
        need(not alive, f"somebody is still said to live: {alive}")
        need(not os.path.exists(os.path.join(self.home, "window.lock.json")), "somebody is still said to listen")


def main():
    args = parsed(arguments(__doc__))
    return exit_code(lambda: on_a_screen(Sessions, args))


if __name__ == "__main__":
    sys.exit(main())
