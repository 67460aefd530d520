#!/usr/bin/python3
"""Walks the main path through the real program in a real window, and looks at what is left afterwards.

usage: walk.py BINARY OUTDIR [--scale 2] [--theme dark|light] [--size 1280x800] [--watch SECONDS]

Prints a line for every step with the time it took and puts a picture of each into OUTDIR. When a step fails, it prints
what the window offered instead, keeps a picture of that too, and exits with 1.
"""

import os
import re
import sys
import time

from panel import descendants, listening_ports, wait_until
from walkthrough import DEMO_ANSWERS, Walkthrough, arguments, exit_code, need, on_a_screen, parsed, window_settings

# Role (a part of it; empty for any) and name (a text: exactly that, a pattern: found in it) of all that is looked for.
DEMO = "button", "Try the demo"
TO_RUN = "button", "Open the run screen"
START = "button", "Start"
EXPERT = "", re.compile(r"^Expert ")
STOP = "button", "Stop"
CERTIFICATE = "", re.compile(r"^Certificate")
ENDED = "", re.compile(r"Everything ended")

# Limits in seconds, for a debug build that draws in software on a busy machine.
OPENS, ANSWERS, THINKS, STOPS, CLOSES = 60, 20, 60, 15, 15


class Walk(Walkthrough):
    """The main path."""

    family, ports = {}, set()

    def run(self):
        self.step("the window opens", self.open)
        self.step("the demo answers", self.demo)
        self.step("the run screen opens", self.to_run)
        self.step("experts speak", self.start)
        self.step("everything stops", self.stop)
        self.step("the window closes", self.close)
        self.step("nothing is left", self.nothing_left)

    def open(self):
        if self.args.theme:
            with open(os.path.join(self.home, "settings.toml"), "w") as settings:
                settings.write(f"version = 1\n{window_settings(self.args)}")
        self.start_program()
        self.program.find(*DEMO, OPENS, enabled=True)

    def demo(self):
        self.program.press(*DEMO, ANSWERS)
        return self.program.find(*DEMO_ANSWERS, THINKS).name

    def to_run(self):
        self.program.press(*TO_RUN, ANSWERS)
        self.program.find(*START, ANSWERS, enabled=True)

    def start(self):
        self.program.press(*START, ANSWERS)
        lengths, growths = {}, {}

        def speaking():
            nodes = self.program.nodes()
            for expert in (node for node in nodes if EXPERT[1].search(node.name)):
                length = len(self.program.text(expert, nodes))
                if length > lengths.setdefault(expert.path, length):
                    growths[expert.path] = growths.get(expert.path, 0) + 1
                lengths[expert.path] = length
            return max(growths.values(), default=0) >= 3

        wait_until("an expert whose text grows while one looks", speaking, THINKS)
        time.sleep(getattr(self.args, "watch", 0))  # only so that the picture shows more of a session
        pid = self.program.process.pid
        self.family = descendants(pid)
        self.ports = listening_ports([pid, *self.family])
        listening = ", ".join(map(str, sorted(self.ports))) or "none"
        return f"{len(lengths)} experts, {len(self.family)} child processes, listening ports: {listening}"

    def stop(self):
        self.program.press(*STOP, ANSWERS)
        self.program.find(*CERTIFICATE, STOPS)
        return self.program.find(*ENDED, STOPS).name

    def close(self):
        self.end_program(CLOSES)

    def nothing_left(self):
        self.no_process_is_left()
        # Whoever was left behind is below us; a stranger may have got the same number.
        ports = self.ports & listening_ports([os.getpid(), *descendants(os.getpid())])
        need(not ports, f"ports are still listened on: {ports}")


def main():
    parser = arguments(__doc__)
    parser.add_argument("--watch", type=float, default=0, help="seconds to let the agent play before its picture")
    args = parsed(parser)
    return exit_code(lambda: on_a_screen(Walk, args))


if __name__ == "__main__":
    sys.exit(main())
