"""What can be read of a session while it plays, by whoever walks through the real window: its steps, its loops, what
was learnt, what it asks. What belongs together is read from the same picture, and what comes later than something else
is waited for: the window may be drawn anew between any two looks.
"""

import re
import time

from panel import wait_until
from walkthrough import Walkthrough

# A step in the list: its number, what was done, and the score after it where that is known.
STEP_LINE, RUNNING = re.compile(r"^ {0,2}(\d+)  (\S.*?)(?:  -?\d+)?$"), re.compile(r"^Step (\d+), \d+\ss, ")
BEAT, LESSON = re.compile(r"^(working|waiting), cycle [1-9]"), re.compile(r" is worth -?[\d.]+ points, tried \d+ ")
LEARNT = re.compile(r"^(\d+) lessons? in all.*; in this session something was learnt from (\d+) steps?$")
QUESTION = "notification", re.compile(r"^May this be done: (.+)\. (Only looks|Changes only|Can lose|Reaches beyond)")

# Limits in seconds, for a debug build that draws in software on a busy machine.
ANSWERS, THINKS = 20, 60


class Playing(Walkthrough):
    """A walk that looks at a session."""

    def matched(self, pattern, seconds=ANSWERS):
        """What the groups of `pattern` say where something of that name is."""
        return pattern.search(self.says(("", pattern), seconds)).groups()

    def steps(self, nodes=None):
        """The newest steps that the run screen lists (or did in `nodes`): what was done, by their numbers."""
        # A window that does not answer for a moment has not lost its steps.
        nodes = nodes or wait_until("the window to answer", self.program.nodes, ANSWERS)
        found = (STEP_LINE.search(node.name) for node in nodes if "label" in node.role)
        return {int(line[1]): line[2] for line in found if line}

    def last_step(self):
        """Its number; 0 before the first."""
        return max(self.steps(), default=0)

    def another_step(self, before):
        wait_until(f"a step after step {before}", lambda: self.last_step() > before, THINKS)

    def stood_still(self):
        """The number of the last step, once no other one comes."""

        def same():
            before = self.last_step()
            time.sleep(1)
            return (before,) if self.last_step() == before else None

        return wait_until("the session to stand still", same, ANSWERS)[0]

    def beats(self):
        """The loops that have gone round, once the learning loop is one of them."""
        names = [node.name for node in self.program.nodes() if "label" in node.role]
        beats = [name for name, beat in zip(names, names[1:]) if BEAT.search(beat)]
        return beats if "learning" in beats else None

    def lesson_table(self):
        """The rows of lessons, how many there are in all, and of how many steps in this session, all from the same
        picture; nothing before there is a row."""
        names = [node.name for node in self.program.nodes()]
        rows, said = [name for name in names if LESSON.search(name)], [*filter(None, map(LEARNT.search, names))]
        return (rows, *map(int, said[0].groups())) if rows and said else None

    def next_question(self, step):
        """The question after this step or a later one, and the steps by then, all from the same picture. The list has a
        step once that is kept, which may be later than the heading counts it."""

        def asked():
            if not (nodes := self.program.nodes()):
                return None
            names, known = [node.name for node in nodes], self.steps(nodes)
            done = max((int(found[1]) for found in map(RUNNING.search, names) if found), default=0)
            question = next(filter(QUESTION[1].search, names), None)
            return (question, known) if question and max(known, default=0) >= done >= step else None

        return wait_until(f"a question after step {step}", asked, THINKS)
