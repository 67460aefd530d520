#!/usr/bin/python3
"""Kills a running session at random moments, as `kill -9` does, and looks what the journal has of it.

usage: kill.py BINARY [--times 200] [--seed 1] [--jobs N] [--pace 3]

After every kill the sessions are listed: that must work, the session must stand there as interrupted with what was in
flight, every step, notice and judgement that it had printed must be in the journal, and no process may be left. Three
sessions are killed in each home, so that the journal grows; then one runs there to its end. Prints one line of figures
and exits with 1 when anything of that was not so; the homes in which it was not so stay, and are named.
"""

import argparse
import os
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from homes import Breach, Home, events, in_flight, missing, need

KILLS_IN_A_HOME = 3
LATEST_KILL = 3  # seconds after the first output
EARLY = 0.15  # the share of kills that may come before the first output
EARLIEST_KILLS = 0.5  # seconds after the start in which those come


@dataclass
class Figures:
    """What came of all the kills."""

    early: int = 0
    in_session: int = 0
    steps: int = 0
    missing: int = 0
    told: int = 0
    by_themselves: int = 0
    opened: list = field(default_factory=list)
    breaches: list = field(default_factory=list)

    def line(self):
        opened = sorted(self.opened) or [0]
        return (f"{self.early + self.in_session} kills, {self.early} of them before a session began; "
                f"{self.steps} steps were printed, at most {self.missing} are missing; what was in flight was told "
                f"{self.told} times; {self.by_themselves} sessions ended first; opening took "
                f"{statistics.median(opened) * 1000:.0f} ms (median), {opened[-1] * 1000:.0f} ms (longest)")


class Killer:
    def __init__(self, args):
        self.args, self.figures, self.lock = args, Figures(), threading.Lock()

    def home(self, number, kills):
        """Kills so many sessions in one home."""
        dice = random.Random(self.args.seed * 100_003 + number)
        folder = tempfile.mkdtemp(prefix="kill-")
        home, known, at = Home(self.args.binary, folder, self.args.pace), [], ""
        try:
            for kill in range(kills):
                at = f"kill {kill + 1} of {kills} in home {number}"
                known += self.kill(home, dice)
            at = f"the session after {kills} kills in home {number}"
            self.runs_again(home, dice, known)
        except (Breach, OSError, ValueError, KeyError, sqlite3.Error) as breach:
            with self.lock:
                self.figures.breaches.append(at)
            print(f"FAIL  {at}: {type(breach).__name__}: {breach}\n      its home is {folder}", flush=True)
            return
        shutil.rmtree(folder)

    def kill(self, home, dice):
        """Kills one session; gives its name if it had one."""
        for _ in range(5):
            run = home.run("--seed", str(dice.randrange(1_000_000)))
            try:
                if dice.random() < EARLY:
                    time.sleep(dice.uniform(0, EARLIEST_KILLS))
                elif run.has_begun():
                    time.sleep(dice.uniform(0, LATEST_KILL))
                else:
                    raise Breach(f"it said nothing: {run.finish().text()}")
                if run.kill():
                    need("panicked at" not in run.said(), f"it panicked: {run.said()[-3000:]}")
                    return self.look(home, run)
                need(run.session(), f"it ended by itself: {run.printed[-2:]} {run.said()[-3000:]}")
                with self.lock:
                    self.figures.by_themselves += 1
            finally:
                run.close()
        raise Breach("five sessions ended before they could be killed")

    def look(self, home, run):
        """What is left of a killed session."""
        strays = home.strays()
        need(not strays, f"processes are left: {strays}")
        listed = home.ask("sessions", "list", "--json")
        known = listed.json()
        home.is_sound()
        states = {line["session"]: line["state"] for line in known["sessions"]}
        need("running" not in states.values(), f"a session of a killed program is said to run: {states}")
        session = run.session()
        # Killed between beginning a session in the journal and saying so: then the journal has it and we do not know.
        need(session is None or states.get(session) == "interrupted", f"{session} is not interrupted: {states}")
        lost, is_told = {}, False
        if session:
            cut_off = next((one for one in known["interrupted"] if one["line"]["session"] == session), None)
            need(cut_off, f"nobody is told that {session} was interrupted: {known['interrupted']}")
            lost = missing(run.printed, home.replayed(session))
            open_then = in_flight(home.records(session))
            is_told = bool(cut_off["in_flight"])
            need(is_told or not open_then, f"{open_then} was under way, and nobody is told")
        with self.lock:
            figures = self.figures
            figures.opened.append(listed.took)
            figures.steps += len(events(run.printed, "step"))
            figures.missing = max(figures.missing, len(lost.get("step", ())))
            figures.told += is_told
            figures.in_session, figures.early = figures.in_session + bool(session), figures.early + (not session)
        need(not lost, f"this was printed and is not in the journal: {lost}")
        return [session] if session else []

    def runs_again(self, home, dice, known):
        """The next session is well, and those before it are as they were."""
        ended = home.ask("run", "--demo", "--json", "--cycles", "2", "--seed", str(dice.randrange(1_000_000)))
        need(ended.code == 0, f"the next session failed: {ended.text()}")
        lines = ended.lines()
        need(lines[-1]["certificate"]["clean"], f"the next session did not end clean: {lines[-1]}")
        states = {line["session"]: line["state"] for line in home.sessions()["sessions"]}
        need(states.get(lines[0]["session"]) == "ended", f"the next session has not ended: {states}")
        lost = [session for session in known if states.get(session) != "interrupted"]
        need(not lost, f"{lost} are not interrupted any more: {states}")
        lost = missing(lines, home.replayed(lines[0]["session"]))
        need(not lost, f"this was printed and is not in the journal: {lost}")
        home.is_sound()
        need(not home.strays(), f"processes are left: {home.strays()}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--times", type=int, default=200, help="how often it is killed")
    parser.add_argument("--seed", type=int, default=1, help="decides when; the moments themselves are the machine's")
    parser.add_argument("--jobs", type=int, default=min(4, os.cpu_count() or 1), help="homes at the same time")
    parser.add_argument("--pace", type=int, default=3, help="milliseconds from one word of the demo to the next")
    args = parser.parse_args()
    killer = Killer(args)
    homes = [min(KILLS_IN_A_HOME, args.times - first) for first in range(0, args.times, KILLS_IN_A_HOME)]
    with ThreadPoolExecutor(args.jobs) as pool:
        for done in [pool.submit(killer.home, number, kills) for number, kills in enumerate(homes)]:
            done.result()
    figures = killer.figures
    print(figures.line())
    is_complete = figures.early + figures.in_session >= args.times
    # In a demo that thinks all the time most kills meet a call; none at all means that nobody looks.
    is_telling = figures.told > 0 or figures.in_session < 10
    if not is_telling:
        print("FAIL  nothing was ever said to be in flight")
    return 0 if is_complete and is_telling and not figures.breaches else 1


if __name__ == "__main__":
    sys.exit(main())
