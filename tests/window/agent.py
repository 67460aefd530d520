#!/usr/bin/python3
"""Holds the agent's reins in the real window: a goal, single steps, a word to the models, yes and no to actions, a
world that does not wait, a breaker, and what it learnt, kept and forgotten. The demo answers. Then the main pictures
again, in light and with two pixels to a point.

usage: agent.py BINARY OUTDIR [--scale 2] [--theme dark|light] [--size 1280x800]

Prints a line for every step with what was seen and puts a picture of each into OUTDIR; exits with 1 when one fails.
"""

import argparse
import contextlib
import os
import re
import sqlite3
import sys
import tempfile

from panel import Failure, descendants, listening_ports, wait_until
from playing import ANSWERS, LEARNT, LESSON, QUESTION, THINKS, Playing
from walkthrough import (
    DEMO_ANSWERS, arguments, carried_out, display, exit_code, files_with, need, parsed, read, window_settings)

# Role (a part of it; empty for any) and name (a text: exactly that, a pattern: found in it) of all that is looked for.
DEMO = "button", "Try the demo"
SCREENS = SETUP, RUN, _, LEARNING, _ = [("page tab", name) for name in "Setup Run Experts Learning Models".split()]
GOALS, GOAL, WHEN = ("combo", "Pick a goal"), ("button", "Bring the relic home"), ("entry", "Reached when")
BREAKERS, BREAKER = ("button", "When it does not get on"), ("spin button", "minutes in all, then it pauses")
START, STOP, PAUSE, STEP = ("button", "Start"), ("button", "Stop"), ("button", "Pause"), ("button", "Step")
GO_ON, CHANGE, KEEP_PLAN = ("button", "Go on"), ("button", "Change the plan…"), ("button", "Keep the plan")
PLAN, GO_ON_SO = ("entry", "Tell the models what to do differently"), ("button", "Go on with this")
IS_PAUSED, ONE_DECISION = ("label", "The session is paused"), ("label", "One decision has been carried out")
TIME_IS_OVER = "label", "The 3 seconds that were granted are over"
MAP, THIS_COST = ("image", re.compile(r"^Map: the agent is at \w+")), ("label", re.compile(r"^This decision cost "))
ADVICE, PLOT = re.compile(r": \d+ judged proposals?, its "), ("image", re.compile(r"^What decisions cost, steps? 1"))
WAITS = "label", re.compile(r"^The world waits while the models think")
LATE = re.compile(r"^A turn takes 0\.5\ss, (\d+) of (\d+) decisions? came too late, (\d+) turns? (?:was|were) lost")
REACHED = "label", re.compile(r"^The goal was reached after \d+ steps, score \d+$")
ENDED, CLEAN = ("label", re.compile(r" after \d+ steps?(, score \d+)?$")), ("label", "Everything ended")
NOTHING_OPEN = "label", "Still open: 0 loops, 0 requests, connections 0, 0 child processes, 0 keys"
WHY_NOT, REJECT = ("entry", "Why not? The models are told"), ("button", "Reject")
APPROVE, ALWAYS = ("button", "Approve"), ("button", "Approve for this session")
FORGET, FORGET_IT, KEEP_IT = (("button", name) for name in ("Forget what was learnt", "Forget it for good", "Keep it"))
SURE, FORGOTTEN = ("label", re.compile(r"will be lost for good$")), re.compile(r"^(\d+) lessons? about .* forgotten$")

# Typed in the window; made up, so that they stand nowhere by chance.
A_PLAN, A_WHY = "Mind the zephyrous hinge", "Not before quagmirical noon"

# Limits in seconds, for a debug build that draws in software on a busy machine. The first judgement takes longest.
OPENS, JUDGES, PLAYS, STOPS, CLOSES = 60, 120, 240, 15, 15


class Agent(Playing):
    """The whole of it, with one home for several runs of the program."""

    ports, lessons = set(), 0

    def run(self):
        self.step("the demo is chosen", self.demo)
        self.step("a goal is picked", self.goal)
        self.step("it starts and pauses", self.start_and_pause)
        for number in ("first", "second", "third"):
            self.step(f"the {number} single step", self.single_step)
        self.step("map and loops and what it cost", self.judged)
        self.step("what is learnt", self.learning)
        self.step("what was learnt in rows", self.lesson_rows)
        self.step("another plan is typed", self.type_plan)
        self.step("it goes on with that", self.go_on_so)
        self.step("the goal is reached", self.goal_reached)
        self.step("it closes", self.close)
        self.step("everything is asked about", self.asked)
        for screen in SCREENS:
            self.step(f"the question on {screen[1].lower()}", lambda: self.still_asked(screen))
        self.step("no", self.reject)
        self.step("yes", self.approve)
        self.step("yes for the session", self.approve_always)
        self.step("it stops while it asks", self.stop)
        self.step("it closes after the questions", self.close)
        self.step("the world does not wait", self.late)
        self.step("the late ones are stopped", self.stop)
        self.step("it closes late", self.close)
        self.step("the time is over", self.breaker)
        self.step("the time is granted again", self.granted_again)
        self.step("it is stopped in a pause", self.stop)
        self.step("it closes once more", self.close)
        self.step("what was learnt before is there", self.remembered)
        self.step("whether to forget it", self.whether_to_forget)
        self.step("it is forgotten", self.forget)
        self.step("the last one is stopped", self.stop)
        self.step("it closes for good", self.close)
        self.step("nothing is left", self.nothing_left)

    # --- the program, opened again and again ---

    def open(self, agent="", rest="", pace_ms=5, demo="demo = true\n"):
        """Opens it on the run screen, with these settings of the agent and the rest of the file."""
        with open(os.path.join(self.home, "settings.toml"), "w") as settings:
            settings.write(f"version = 1\n{demo}{window_settings(self.args)}[agent]\n{agent}{rest}")
        self.start_program({"SINGULARIS_DEMO_PACE_MS": str(pace_ms)})
        self.program.press(*RUN, OPENS)
        # Presses on two screens that arrive in one frame are one: the next has to wait until this one has been drawn,
        # and only the heading says so. Start stands on every screen.
        self.program.find("label", RUN[1], OPENS)

    def start(self):
        self.program.press(*START, OPENS)
        self.program.find(*STOP, ANSWERS)

    def pause(self):
        self.program.press(*PAUSE, ANSWERS)
        self.says(IS_PAUSED)

    def close(self):
        pid = self.program.process.pid
        self.ports |= listening_ports([pid, *descendants(pid)])
        self.end_program(CLOSES)
        self.no_process_is_left()

    def stop(self):
        self.program.press(*STOP, ANSWERS)
        self.program.press(*RUN, STOPS)
        return f"{self.says(ENDED, STOPS)}; {self.clean()}"

    def clean(self):
        """The certificate, which says that everything ended well."""
        self.program.find(*NOTHING_OPEN, STOPS)
        return self.says(CLEAN, STOPS)

    # --- a goal, single steps, a word ---

    def demo(self):
        self.open("pace_ms = 1000\n", demo="")
        self.program.press(*SETUP, ANSWERS)
        self.program.press(*DEMO, OPENS)
        return self.says(DEMO_ANSWERS, THINKS)

    def goal(self):
        self.program.press(*RUN, ANSWERS)
        self.program.press(*GOALS, ANSWERS)
        self.program.press(*GOAL, ANSWERS)
        wait_until("the condition of the goal", lambda: "\n/relic = home" in self.field(WHEN), ANSWERS)
        self.gone(GOAL)  # the list closes by itself
        settings = os.path.join(self.home, "settings.toml")
        wait_until("it to be saved", lambda: 'goal_when = "/relic = home"' in read(settings), ANSWERS)
        self.show_breakers()

    def show_breakers(self):
        self.program.press(*BREAKERS, ANSWERS)
        self.program.scroll_to(*BREAKER, ANSWERS)

    def field(self, what):
        return self.program.text(self.program.find(*what, ANSWERS))

    def start_and_pause(self):
        self.start()
        self.pause()
        return f"after step {self.stood_still()}"

    def single_step(self):
        before = self.last_step()
        self.program.press(*STEP, ANSWERS)
        self.another_step(before)
        self.says(ONE_DECISION)
        need((done := self.stood_still() - before) == 1, f"{done} steps were done instead of one")
        self.says(ONE_DECISION)
        return self.steps()[before + 1]

    def judged(self):
        self.program.find(*MAP, ANSWERS)
        # Beats are said once a second, and so later than what the loops have done.
        beats = wait_until("a beat of the learning loop", self.beats, ANSWERS)
        return f"{self.says(THIS_COST, JUDGES)}; {len(beats)} loops"

    def learning(self):
        self.program.press(*LEARNING, ANSWERS)
        # Nobody may have waited for one of them in the first decision that was judged.
        rows = wait_until("four advisers", lambda: len(rows := self.names(ADVICE)) >= 4 and rows, JUDGES)
        need(len(rows) == 4, f"there are {len(rows)} advisers: {rows}")
        return f"{self.says(PLOT)}; {self.says(WAITS)}"

    def lesson_rows(self):
        rows, total, steps = wait_until("rows of lessons", self.lesson_table, ANSWERS)
        self.program.scroll_to(*WAITS)
        need(total == len(rows), f"there are {len(rows)} rows for {total} lessons")
        return f"{total} lessons of {steps} steps, such as: {rows[0]}"

    def type_plan(self):
        self.program.press(*RUN, ANSWERS)
        self.program.press(*CHANGE, ANSWERS)
        self.program.find(*KEEP_PLAN, ANSWERS)
        self.program.type(*PLAN, A_PLAN, ANSWERS)
        self.program.find(*GO_ON_SO, ANSWERS, enabled=True)

    def go_on_so(self):
        before = self.last_step()
        self.program.press(*GO_ON_SO, ANSWERS)
        self.gone(IS_PAUSED)
        self.gone(PLAN)
        self.another_step(before)

    def goal_reached(self):
        self.says(ENDED, PLAYS)
        return f"{self.says(REACHED)}; {self.clean()}"

    # --- yes and no ---

    def asked(self):
        self.open('ask_from = "everything"\n')
        self.start()
        return self.says(QUESTION, THINKS)

    def still_asked(self, screen):
        self.program.press(*screen, ANSWERS)
        self.program.find("label", screen[1], ANSWERS)
        return self.says(QUESTION)

    def reject(self):
        self.program.press(*RUN, ANSWERS)
        self.program.type(*WHY_NOT, A_WHY, ANSWERS)
        self.program.press(*REJECT, ANSWERS)
        refused = self.says(("label", f"A person did not allow it: {A_WHY}"))
        return f"{refused}; {self.next_question(1)[0]}"

    def approve(self):
        self.program.press(*APPROVE, ANSWERS)
        then, known = self.next_question(2)
        return f"{known[2]} was done; {then}"

    def approve_always(self):
        """Approves going anywhere for the session, and all else once, until it has gone somewhere without asking."""
        allowed, asked, done = False, [], 2
        for _ in range(30):
            action, _ = self.matched(QUESTION[1], THINKS)
            asked.append(action)
            is_going = action.startswith("go to ")
            need(not (is_going and allowed), f"{action} was asked about although it is approved")
            self.program.press(*(ALWAYS if is_going else APPROVE), ANSWERS)
            allowed, before = allowed or is_going, done + 1
            _, known = self.next_question(before)
            done = max(known)
            if allowed and (unasked := [known[step] for step in range(before + 1, done + 1) if step in known]):
                need(all(name.startswith("go to ") for name in unasked), f"{unasked} were not asked about")
                return f"asked about {', '.join(asked)}; not about {', '.join(unasked)}"
        raise Failure(f"it went nowhere without being asked: {asked}")

    # --- a world that does not wait, and a breaker ---

    def late(self):
        # No decision is made within a turn, and the 110 turns of an episode last for as long as one looks.
        self.open('difficulty = "easy"\nworld_waits = false\nturn_s = 0.5\n', pace_ms=60)
        self.start()
        self.program.press(*LEARNING, ANSWERS)

        def lost():
            words = self.names(LATE)
            misses, _, turns = LATE.search(words[0]).groups() if words else (0, 0, 0)
            return words[0] if int(misses) > 0 and int(turns) > 0 else None

        words = wait_until("late decisions and lost turns", lost, THINKS)
        self.program.scroll_to("label", LATE)
        return words

    def breaker(self):
        self.open(rest="[breakers]\ntime_s = 3\n")
        self.start()
        words = self.says(TIME_IS_OVER, THINKS)
        for way in (GO_ON, STEP, CHANGE, STOP):
            self.program.find(*way, ANSWERS, enabled=True)
        return words

    def granted_again(self):
        before = self.stood_still()
        self.program.press(*GO_ON, ANSWERS)
        self.another_step(before)
        self.says(IS_PAUSED, THINKS)
        return f"{self.stood_still() - before} steps more"

    # --- remembered and forgotten ---

    def remembered(self):
        self.open("pace_ms = 1000\n")  # so that hardly anything is learnt before the pause
        self.start()
        self.pause()
        self.stood_still()
        self.program.press(*LEARNING, ANSWERS)
        _, self.lessons, steps = wait_until("rows of lessons", self.lesson_table, ANSWERS)
        need(self.lessons > steps + 10, f"{self.lessons} lessons are there, and {steps} steps were done")
        return f"{self.lessons} lessons, {steps} steps"

    def whether_to_forget(self):
        self.program.press(*FORGET, ANSWERS)
        self.program.press(*KEEP_IT, ANSWERS)
        self.gone(KEEP_IT)
        need(int(self.matched(LEARNT)[0]) == self.lessons, "what was to be kept is gone")
        self.program.press(*FORGET, ANSWERS)
        self.program.scroll_to(*FORGET_IT, ANSWERS)
        return self.says(SURE)

    def forget(self):
        self.program.press(*FORGET_IT, ANSWERS)
        forgotten, = self.matched(FORGOTTEN)
        need(int(forgotten) == self.lessons, f"{forgotten} were forgotten of {self.lessons}")
        self.gone(FORGET_IT)
        wait_until("no lesson", lambda: self.matched(LEARNT)[0] == "0" and not self.names(LESSON), ANSWERS)
        return f"{forgotten} lessons"

    def nothing_left(self):
        # Whoever was left behind is below us; a stranger may have got the same number.
        ports = self.ports & listening_ports([os.getpid(), *descendants(os.getpid())])
        need(self.ports and not ports, f"of the demo's ports {self.ports} are still listened on: {ports}")
        # What a person said belongs to the session, and so to the journal and to its report; to nothing else.
        journal, reports = (os.path.join(self.home, name) for name in ("journal.sqlite", "reports"))
        for typed in (A_PLAN, A_WHY):
            found = files_with(typed, self.home, self.args.outdir)
            need(journal in found, f"{typed!r} is not in the journal")
            other = [path for path in found if path != journal and not path.startswith(reports + os.sep)]
            need(not other, f"{typed!r} stands in {other}")
        with contextlib.closing(sqlite3.connect(os.path.join(self.home, "journal.sqlite"))) as journal:
            count, = journal.execute("SELECT count(*) FROM lessons").fetchone()
        need(count == 0, f"{count} lessons are still in the journal")


class Again(Agent):
    """The main pictures once more, and one in which everything is urgent at the same time."""

    def run(self):
        self.step("the choices", self.choices)
        self.step("it runs", self.runs)
        self.step("it pauses", self.pause)
        self.step("what is learnt", self.learning)
        self.step("what was learnt in rows", self.lesson_rows)
        self.step("it is stopped", self.stop)
        self.step("it closes", self.close)
        self.step("a question", self.asked)
        self.step("a question in a pause", self.pause)
        self.step("another plan beside the question", self.type_plan)
        self.step("it closes with a question open", self.close)

    def choices(self):
        self.open("pace_ms = 1000\n")  # so that it still plays once its picture is taken, however long that takes
        self.show_breakers()

    def runs(self):
        self.start()
        wait_until("some steps", lambda: len(self.steps()) > 2, THINKS)

    def learning(self):
        self.program.press(*LEARNING, ANSWERS)
        return self.says(PLOT, JUDGES)


def walks(args):
    small = argparse.Namespace(**vars(args) | {"scale": 2, "theme": "light"})
    for make, told, name in ((Agent, args, ""), (Again, small, "light")):
        with tempfile.TemporaryDirectory() as home, display(told) as screen:
            if not carried_out(make(told, screen, home, name)):
                return False
    return True


def main():
    args = parsed(arguments(__doc__))
    return exit_code(lambda: walks(args))


if __name__ == "__main__":
    sys.exit(main())
