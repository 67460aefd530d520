#!/usr/bin/python3
"""Walks the main path through the real program in a real window, and looks at what is left afterwards.

usage: walk.py BINARY OUTDIR [--scale 2] [--theme dark|light] [--size 1280x800] [--watch SECONDS]

Prints a line for every step with the time it took and puts a picture of each into OUTDIR. When a step fails, it prints
what the window offered instead, keeps a picture of that too, and exits with 1.
"""

import argparse
import os
import re
import sys
import tempfile
import time

from panel import TROUBLE, Failure, Screen, descendants, listening_ports, wait_until

# Role (a part of it; empty for any) and name (a text: exactly that, a pattern: found in it) of all that is looked for.
DEMO = "button", "Try the demo"
HEALTHY = "", re.compile(r"\bhealthy\b", re.IGNORECASE)
TO_RUN = "button", "Open the run screen"
START = "button", "Start"
EXPERT = "", re.compile(r"^Expert ")
STOP = "button", "Stop"
CERTIFICATE = "", re.compile(r"^Certificate")
ENDED = "", re.compile(r"Everything ended")

# Limits in seconds, for a debug build that draws in software on a busy machine.
OPENS, ANSWERS, THINKS, STOPS, CLOSES = 60, 20, 60, 15, 15


class Walk:
    """The steps, one after the other, on one screen."""

    def __init__(self, args, screen, home):
        self.args, self.screen, self.home = args, screen, home
        self.log = os.path.join(args.outdir, "program.log")
        self.program, self.family, self.ports, self.pictures = None, {}, set(), 0

    def step(self, name, action, picture=True):
        started = time.monotonic()
        note = action()
        took = (time.monotonic() - started) * 1000
        print(f"ok   {took:7.0f} ms  {name}{f': {note}' if note else ''}", flush=True)
        if picture:
            self.pictures += 1
            self.screen.picture(os.path.join(self.args.outdir, f"{self.pictures}-{re.sub('[^a-z]+', '-', name)}.png"))

    def run(self):
        self.step("the window opens", self.open)
        self.step("the demo answers", self.demo)
        self.step("the run screen opens", self.to_run)
        self.step("experts speak", self.start)
        self.step("everything stops", self.stop)
        self.step("the window closes", self.close, picture=False)
        self.step("nothing is left", self.nothing_left, picture=False)

    def open(self):
        env = {"SINGULARIS_HOME": self.home, "WINIT_X11_SCALE_FACTOR": str(self.args.scale)}
        if self.args.theme:
            with open(os.path.join(self.home, "settings.toml"), "w") as settings:
                settings.write(f'version = 1\n[window]\ntheme = "{self.args.theme}"\nzoom = 1.0\n')
        self.program = self.screen.start([os.path.abspath(self.args.binary)], env, self.log)
        self.program.find(*DEMO, OPENS, enabled=True)

    def demo(self):
        self.program.press(*DEMO, ANSWERS)
        return self.program.find(*HEALTHY, ANSWERS).name

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
        time.sleep(self.args.watch)  # only so that the picture shows more of a session
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
        self.program.close()
        code = self.program.wait_for_exit(CLOSES)
        if code != 0:
            raise Failure(f"exit code {code}")

    def nothing_left(self):
        if strays := self.screen.strays():
            raise Failure(f"processes are left: {strays}")
        if ports := self.ports & listening_ports():
            raise Failure(f"ports are still listened on: {ports}")
        with open(self.log, errors="replace") as log:
            if "panicked at" in (said := log.read()):
                raise Failure(f"it panicked on the way:\n{said}")

    def explain(self, trouble):
        print(f"FAIL  {trouble}", flush=True)
        try:
            if self.program:
                print(f"--- the window offered:\n{self.program.tree()}")
            self.screen.picture(os.path.join(self.args.outdir, "failed.png"))
        except TROUBLE as another:
            print(f"--- nor could it be looked at: {another}")
        if os.path.exists(self.log):
            with open(self.log, errors="replace") as log:
                print(f"--- it printed:\n{log.read()[-4000:]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("outdir", help="where the pictures go; made if it is missing")
    parser.add_argument("--scale", type=int, default=1, help="pixels to a point; the display grows along")
    parser.add_argument("--theme", choices=["dark", "light"])
    parser.add_argument("--watch", type=float, default=0, help="seconds to let the agent play before its picture")
    parser.add_argument("--size", default="1280x800", help="of the display, in points")
    args = parser.parse_args()
    os.makedirs(args.outdir, exist_ok=True)
    for key in ("GEMINI_API_KEY", "ANTHROPIC_API_KEY", "LM_API_TOKEN"):
        os.environ.pop(key, None)  # the walk is the same on every machine
    width, height = (int(side) * args.scale for side in args.size.split("x"))
    started = time.monotonic()
    try:
        with tempfile.TemporaryDirectory() as home, Screen(width, height) as screen:
            walk = Walk(args, screen, home)
            try:
                walk.run()
            except TROUBLE as trouble:
                walk.explain(trouble)
                return 1
    except TROUBLE as trouble:
        print(f"FAIL  no screen to walk on: {trouble}")
        return 1
    if left := descendants(os.getpid()):
        print(f"FAIL  the walk itself left processes behind: {left}")
        return 1
    print(f"the walk took {time.monotonic() - started:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
