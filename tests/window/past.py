"""What a walk does with past sessions in the real window: runs some, finds them in the list, looks at one from all
sides, has reports saved, plays it again, lays two beside each other. The demo answers; file dialogs are drawn by this walk.

    class Sessions(Past):
        def run(self):
            self.begin()
            self.step("a session runs and stops", lambda: self.session(8))
"""

import contextlib
import json
import os
import re
import sqlite3
import time

from clipboard import copied
from panel import ENABLED, GLib, call, descendants, listening_ports, wait_until
from walkthrough import Walkthrough, need, read, window_settings

# Role (a part of it; empty for any) and name (a text: exactly that, a pattern: found in it) of all that is looked for.
SETUP, RUN, SESSIONS = (("page tab", name) for name in ("Setup", "Run", "Sessions"))
START, STOP, RUNNING = ("button", "Start"), ("button", "Stop"), re.compile(r"^Step (\d+), \d+\ss, ")
# A step in the list: its number, what was done, and the score after it where that is known.
STEP_LINE = re.compile(r"^ {0,2}(\d+)  (\S.*?)(?:  -?\d+)?$")
ENDED = "label", re.compile(r" after \d+ steps?(, score \d+)?$")
NONE_YET, TO_RUN = ("label", "No session yet"), ("button", "Open the run screen")
ROW = "radio button", re.compile(r"^\w.*, \d\d:\d\d: .*; .*, seed \d+ ")
STOPPED = re.compile(r"\. Stopped on request, .*certificate clean")
HOLDINGS = re.compile(r"^(?:(\d+) found of )?(\d+) sessions?, .* on the disk$")
MOMENT, AT = ("slider", "Moment of the session"), re.compile(r"^At (\S.*?): (before the first step|step (\d+), .*)$")
STEP_BEFORE, STEP_AFTER = ("button", "Step before"), ("button", "Step after")
PLOTS = [("image", re.compile(f"^{title}: .*lowest ")) for title in ("Score", "Cycle time", "Time to first token")]
PARTS = [("page tab", f"{part} of this session") for part in "Timeline Steps Experts Errors Certificate".split()]
TIMELINE, STEPS, EXPERTS, ERRORS, CERTIFICATE = PARTS
OF_EXPERTS = "label", "Who was asked"
OF_ERRORS, OF_CERTIFICATE = ("label", "What went wrong"), ("label", re.compile(r"^Still open: 0 loops, 0 requests, "))
CHAIN = [("label", name) for name in ("What was seen", "What was proposed", "What was decided", "What was checked",
                                      "What came of it")]
PROMPT, COPY_PROMPT = ("button", re.compile("^Show the prompt of ")), ("button", re.compile("^Copy the prompt of "))
COPIED, BACK = ("label", re.compile(r"(is|are) in the clipboard$")), ("button", "Back to the session")
NEXT, PREVIOUS = ("button", "Next step"), ("button", "Previous step")
TELL, IN_WORDS = ("button", "Tell it in words"), ("label", "In words")
BY_A_MODEL = "label", re.compile(r"^The narrator has written this")
REPLAY, PLAY, PAUSE = (("button", name) for name in ("Replay", "Play", "Pause"))
PLAYS, AT_MOMENT = ("label", re.compile("^Replay of s-")), ("slider", "Moment")
PLAYED, SPEED = re.compile(r"^(\d.*\ss) of (\d.*\ss)$"), ("combo", "Speed")
SLOWEST, FASTEST = ("button", "0.25×"), ("button", "64×")
CLOSE_REPLAY = "button", "Close the replay"
COMPARE, WITH = ("button", "Compare with…"), ("combo", "Compare with")
# In the list of those that can be chosen a session has no outcome yet.
OTHER = "button", re.compile(r"^\w.*, \d\d:\d\d: (?!.*, seed )")
COMPARED, END_COMPARISON = re.compile(r": this session .*, the other one "), ("button", "End the comparison")
SEARCH, SHOW_ALL = ("entry", "Search"), ("button", "Show all sessions")
REMOVE, REMOVE_IT, KEEP_IT = (("button", name) for name in ("Remove", "Remove it for good", "Keep it"))

# Typed in the window; made up, so that it stands nowhere by chance.
NOWHERE = "quagmirical"

# Limits in seconds, for a debug build that draws in software on a busy machine.
OPENS, ANSWERS, THINKS, TELLS, STOPS, CLOSES = 60, 20, 60, 60, 15, 15


class Past(Walkthrough):
    """With one home for several runs of the program."""

    ports = set()

    def record_steps(self):
        """One session from all sides."""
        self.step("nothing is kept yet", self.nothing_yet)
        self.step("a session runs and stops", lambda: self.session(8))
        self.step("it is in the list", lambda: self.listed(1))
        self.step("it is opened", self.opened)
        self.step("the cursor is moved", self.scrubbed)
        self.step("its steps", lambda: self.part(STEPS, ("button", "Why step 1?")))
        self.step("why", self.why)
        self.step("a prompt", self.prompt)
        self.step("why the next one", self.why_next)
        self.step("its experts", lambda: self.part(EXPERTS, OF_EXPERTS))
        self.step("its errors", lambda: self.part(ERRORS, OF_ERRORS))
        self.step("its certificate", lambda: self.part(CERTIFICATE, OF_CERTIFICATE))
        self.step("a web page is saved", lambda: self.export("Web page", "html", self.is_page))
        self.step("a text is saved", lambda: self.export("Markdown", "md", lambda text: text.startswith("# ")))
        self.step("the data are saved", lambda: self.export("JSON", "json", json.loads))
        self.step("nobody chooses a place", self.not_saved)
        self.step("it is told in words", self.in_words)

    def replay_and_compare_steps(self):
        """One played again, two beside each other, one removed."""
        self.step("it is played again", self.replay)
        self.step("it is played step by step", self.replay_steps)
        self.step("it is played slowly", self.replay_slowly)
        self.step("it is played quickly to its end", self.replay_quickly)
        self.step("the present comes back", self.replay_closed)
        self.step("a second session", lambda: self.session(3))
        self.step("two are in the list", lambda: self.listed(2))
        self.step("two beside each other", self.compare)
        self.step("nothing is found", self.search)
        self.step("one is kept and then removed", self.remove)

    # --- the program ---

    def begin(self):
        """A program of the name that draws dialogs, which takes whatever place is written down for it."""
        self.tools, self.answer, self.asked = (os.path.join(self.home, name) for name in ("tools", "answer", "asked"))
        os.mkdir(self.tools)
        with open(zenity := os.path.join(self.tools, "zenity"), "w") as script:
            # It has its answer before it says that it was asked: the next one is written down then.
            script.write(f"#!/bin/sh\nplace=$(cat '{self.answer}')\necho \"$@\" >>'{self.asked}'\n"
                         f"[ -n \"$place\" ] || exit 1\nprintf '%s\\n' \"$place\"\n")
        os.chmod(zenity, 0o755)

    def choose(self, name):
        """The place that is chosen in the next dialog; none without a name."""
        place = os.path.join(self.home, name) if name else ""
        with open(self.answer, "w") as answer:
            answer.write(place)
        return place

    def env(self, pace_ms):
        return {"SINGULARIS_DEMO_PACE_MS": str(pace_ms), "PATH": f"{self.tools}:{os.environ['PATH']}"}

    def open(self, screen, pace_ms=5):
        """A session still plays once its picture is taken, however long that takes."""
        with open(os.path.join(self.home, "settings.toml"), "w") as settings:
            settings.write(f"version = 1\ndemo = true\n{window_settings(self.args)}[agent]\npace_ms = 500\n")
        self.start_program(self.env(pace_ms))
        self.program.press(*screen, OPENS)

    def close(self):
        pid = self.program.process.pid
        self.ports |= listening_ports([pid, *descendants(pid)])
        self.end_program(CLOSES)

    def kill(self):
        """Ends it where it stands."""
        pid = self.program.process.pid
        self.ports |= listening_ports([pid, *descendants(pid)])
        self.program.process.kill()
        self.program.process.wait()
        need("panicked at" not in self.said(), f"it panicked before:\n{self.said()[-4000:]}")

    def journal(self, statement, *values):
        path = os.path.join(self.home, "journal.sqlite")
        with contextlib.closing(sqlite3.connect(path, timeout=20)) as journal, journal:
            return journal.execute(statement, values).fetchall()

    # --- what is in the window ---

    def press(self, what, seconds=ANSWERS):
        self.program.press(*what, seconds)

    def pick(self, choice, option):
        """Opens a drop-down list and takes one of it, which closes it."""
        self.press(choice)
        self.press(option)
        self.gone(option)

    def part(self, tab, shows):
        self.press(tab)
        self.program.scroll_to(*shows)
        return self.says(shows)

    def rows(self):
        return [node.name for node in self.nodes() if "radio" in node.role and ROW[1].search(node.name)]

    def holdings(self):
        """How many were found, if something is searched for, and how many there are."""
        names = self.names(HOLDINGS)
        return HOLDINGS.search(names[0]).groups() if names else None

    def stands(self):
        """Which step the cursor stands at; 0 before the first."""
        names = self.names(AT)
        return int(AT.search(names[0])[3] or 0) if names else None

    def slide(self, slider, share):
        """Moves a slider to this share of its way, as a screen reader does."""
        node = self.program.find(*slider, ANSWERS)
        bus, owner = self.screen.bus, self.program.owner
        place = node.path, "org.freedesktop.DBus.Properties"
        value = "org.a11y.atspi.Value"
        most, = call(bus, owner, *place, "Get", GLib.Variant("(ss)", (value, "MaximumValue")))
        call(bus, owner, *place, "Set", GLib.Variant("(ssv)", (value, "CurrentValue", GLib.Variant("d", most * share))))

    def becomes(self, what, value, wanted, seconds=ANSWERS):
        """Waits until `value()` is as wanted."""
        wait_until(what, lambda: (found := value()) is not None and wanted(found), seconds)
        return value()

    # --- a session and its record ---

    def nothing_yet(self):
        self.open(SESSIONS)
        self.program.find(*NONE_YET, ANSWERS)
        self.press(TO_RUN)
        self.program.find(*START, ANSWERS)

    def session(self, steps):
        """Runs one for so many steps, and stops it."""
        self.press(RUN)
        self.start(steps)
        self.press(STOP)
        return self.says(ENDED, STOPS)

    def start(self, steps):
        self.press(START, OPENS)
        self.program.find(*STOP, ANSWERS)

        def done():
            return max((int(RUNNING.search(name)[1]) for name in self.names(RUNNING)), default=0) >= steps

        wait_until(f"{steps} steps", done, THINKS)

    def listed(self, count):
        self.program.press(*SESSIONS, ANSWERS)
        self.becomes(f"{count} sessions in the list", self.rows, lambda rows: len(rows) == count)
        newest = self.rows()[0]
        need(STOPPED.search(newest), f"it does not stand there as it ended: {newest}")
        need(self.holdings() == (None, str(count)), f"the list is said to have {self.holdings()}")
        return newest

    def open_row(self, pattern=STOPPED, which=0):
        """Opens one of the sessions in the list; the newest of those that match is the first."""
        name = [row for row in self.rows() if pattern.search(row)][which]
        self.press(("radio button", name))
        self.program.find(*TIMELINE, ANSWERS)

    def opened(self):
        self.open_row()
        plots = [self.says(plot) for plot in PLOTS]
        self.program.scroll_to(*PLOTS[-1])
        self.picture("its-plots")
        return f"{self.names(AT)[0]}; {plots[0]}"

    def scrubbed(self):
        last = self.becomes("the cursor", self.stands, lambda step: step >= 8)
        self.slide(MOMENT, 0)
        self.becomes("the beginning", self.stands, lambda step: step == 0)
        self.press(STEP_AFTER)
        self.becomes("the first step", self.stands, lambda step: step == 1)
        self.press(STEP_AFTER)
        self.becomes("the second step", self.stands, lambda step: step == 2)
        self.press(STEP_BEFORE)
        self.becomes("the first step again", self.stands, lambda step: step == 1)
        self.slide(MOMENT, 0.5)
        self.becomes("the middle", self.stands, lambda step: 0 < step < last)
        return f"{self.names(AT)[0]} of {last} steps"

    def why(self):
        self.program.scroll_to("label", "Steps", ANSWERS)  # only rows in sight are drawn
        self.press(("button", "Why step 2?"))
        self.program.find("label", re.compile("^Step 2: "), ANSWERS)
        for part in CHAIN:
            self.program.find(*part, ANSWERS)
        return self.says(("label", re.compile("^Step 2: ")))

    def prompt(self):
        self.press(PROMPT)
        self.press(COPY_PROMPT)
        return f"{self.says(COPIED)}, {len(copied(self.screen, ANSWERS))} letters of it for other programs"

    def why_next(self):
        self.press(NEXT)
        third = self.says(("label", re.compile("^Step 3: ")))
        self.press(PREVIOUS)
        self.says(("label", re.compile("^Step 2: ")))
        self.press(BACK)
        self.program.find(*TIMELINE, ANSWERS)
        return third

    # --- reports ---

    def export(self, form, ending, is_right):
        place = self.choose(f"report.{ending}")
        self.press(("button", f"Export as {form}…"))
        self.program.find("label", f"Saved as {place}", ANSWERS)
        text = read(place)
        need(is_right(text), f"that is no {form}: {text[:300]}")
        return f"{len(text)} letters"

    def is_page(self, text):
        need("Content-Security-Policy" in text, "the page may load what it likes")
        need("<svg" in text and "</html>" in text, "the page is not complete")
        need(not re.search(r"""(?:src|href)=["']https?:""", text), "the page needs something from elsewhere")
        return True

    def not_saved(self):
        before, asked = self.files(), len(read(self.asked).splitlines())
        self.choose("")
        self.press(("button", "Export as Web page…"))
        wait_until("somebody to be asked", lambda: len(read(self.asked).splitlines()) > asked, ANSWERS)
        place = self.choose("afterwards.md")
        self.press(("button", "Export as Markdown…"))
        self.program.find("label", f"Saved as {place}", ANSWERS)
        new = self.files() - before
        need(new == {"afterwards.md"}, f"{new} was saved")

    def files(self):
        """What lies in the home and is not the program's own."""
        return {name for name in os.listdir(self.home) if not name.startswith(("journal", "window", "settings"))}

    def in_words(self):
        self.press(TELL)
        self.program.find(*IN_WORDS, TELLS)
        return self.says(BY_A_MODEL)

    # --- a replay ---

    def played(self):
        """How far the replay is, and how long the session was, in words."""
        names = [match for match in map(PLAYED.search, self.names(PLAYED)) if match]
        return names[0].groups() if names else None

    def replay(self):
        self.press(REPLAY)
        said = self.says(PLAYS)
        self.program.find("image", re.compile("^Map: "), ANSWERS)
        wait_until("time to pass in it", lambda: self.is_enabled(PREVIOUS), ANSWERS)
        self.press(PREVIOUS)  # whoever goes step by step wants to look, so it stands still
        self.program.find(*PLAY, ANSWERS)
        return f"{said} stands at {' of '.join(self.played())}"

    def replay_steps(self):
        self.slide(AT_MOMENT, 0)
        wait_until("the beginning", lambda: not self.is_enabled(PREVIOUS), ANSWERS)
        seen = [self.played()]
        for _ in range(3):
            before = self.played()
            self.press(NEXT)
            seen.append(self.becomes("the next step", self.played, lambda at: at != before))
        wait_until("three steps in the list", lambda: self.done() == 3, ANSWERS)
        self.press(PREVIOUS)
        self.becomes("the step before", self.played, lambda at: at == seen[2])
        return ", ".join(at for at, _ in seen)

    def replay_slowly(self):
        self.pick(SPEED, SLOWEST)
        before = self.played()
        self.press(PLAY)
        self.becomes("it to be played", self.played, lambda at: at != before)
        self.press(PAUSE)
        self.program.find(*PLAY, ANSWERS)
        at = self.played()
        time.sleep(1)  # in which nothing may happen
        need(self.played() == at, f"it stands still and went from {at} to {self.played()}")
        return f"stands at {' of '.join(at)}"

    def replay_quickly(self):
        self.pick(SPEED, FASTEST)
        self.press(PLAY)
        wait_until("its end", lambda: not self.is_enabled(NEXT), THINKS)
        self.program.find(*PLAY, ANSWERS)
        return f"stands at {' of '.join(self.played())}"

    def done(self):
        """The number of the newest step that the run screen lists."""
        found = (STEP_LINE.search(node.name) for node in self.program.nodes() if "label" in node.role)
        return max((int(line[1]) for line in found if line), default=0)

    def is_enabled(self, what):
        return self.program.find(*what, ANSWERS).has(ENABLED)

    def replay_closed(self):
        self.program.press(*CLOSE_REPLAY, ANSWERS)
        self.gone(CLOSE_REPLAY)
        self.program.find(*START, ANSWERS, enabled=True)

    # --- two sessions, a search, an end ---

    def compare(self):
        self.open_row(which=1)
        self.press(COMPARE)
        self.program.press(*WITH, ANSWERS)
        self.program.press(*OTHER, ANSWERS)
        rows = self.becomes("the figures of both", lambda: self.names(COMPARED), lambda rows: len(rows) >= 5)
        self.picture("comparison")
        self.press(END_COMPARISON)
        self.program.find(*TIMELINE, ANSWERS)
        return "; ".join(rows[:3])

    def search(self):
        self.program.type(*SEARCH, NOWHERE, ANSWERS)
        self.program.find("label", f"No session was found for {NOWHERE}", ANSWERS)
        need(self.holdings() == ("0", "2"), f"the list is said to have {self.holdings()}")
        self.picture("nothing-found")
        self.press(SHOW_ALL)
        self.becomes("both sessions", self.rows, lambda rows: len(rows) == 2)

    def remove(self):
        self.press(REMOVE)
        self.press(KEEP_IT)
        self.gone(KEEP_IT)
        need(len(self.rows()) == 2, "what was to be kept is gone")
        self.press(REMOVE)
        self.picture("whether-to-remove")
        self.press(REMOVE_IT)
        self.becomes("one session less", self.rows, lambda rows: len(rows) == 1)
        need(self.journal("SELECT count(*) FROM sessions") == [(1,)], "the journal still has it")
