#!/usr/bin/python3
"""What a new user does with the installed program, on a display of their own, started through its desktop entry.

usage: entry.py first|again OUTDIR ENTRY PROGRAM

`first`: the demo in three clicks, Stop, other colours, a second start, and out. `again`: it opens as it was left. Both look
whether the window belongs to the entry and carries the program's own icon. ENTRY and PROGRAM are the files that must be
meant. What the program keeps goes into the home of whoever runs this. Prints a line for every step, and exits with 1 when
one fails.
"""

import argparse
import os
import subprocess
import sys
import time

from panel import Program, Screen, descendants, wait_until
from walk import ANSWERS, DEMO, OPENS, Walk
from walkthrough import carried_out, exit_code, need, read

# The button in the corner: each press gives the next colours, and its name says which these are.
AS_THE_SYSTEM, DARK = ("button", "Colours follow the system"), ("button", "Colours are dark")
# Whoever chose the demo has it again next time.
LEAVE = "button", "Leave the demo"
# Points of the icon, by their place in a square of this size, and their colours with what covers them.
ICON_SIDE, ICON_POINTS = 128, {(64, 64): 0xFFE7EAF0, (10, 64): 0xFF14171D}
LAUNCHES = 20  # seconds


class Desk(Screen):
    """A screen of somebody who has a home."""

    def _open(self):
        super()._open()
        self.env["HOME"] = os.environ["HOME"]


class Adopted:
    """A process that a launcher started and left. Below a `Screen` it is ours then, and can be waited for."""

    def __init__(self, pid):
        self.pid, self.returncode = pid, None

    def poll(self):
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def wait(self, seconds):
        deadline = time.monotonic() + seconds
        while self.poll() is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(f"process {self.pid}", seconds)
            time.sleep(0.05)
        return self.returncode


class Entry(Walk):
    """The walk through the demo, begun as from the menu."""

    def run(self):
        self.step("the entry opens the window", self.open)
        self.step("the window is the entry's", self.is_of_the_entry)
        if self.args.phase == "first":
            self.step("first click, the demo answers", self.demo)
            self.step("second click, the run screen opens", self.to_run)
            self.step("third click, experts speak", self.start)
            self.step("everything stops", self.stop)
            self.step("other colours are chosen", self.colour)
            self.step("a second start brings it to the front", self.second_start)
        else:
            self.step("demo and colours are as they were left", lambda: self.says(DARK))
        self.step("the window closes", self.close)
        self.step("nothing runs on", self.nothing_left)

    def launch(self, log):
        """Has the desktop start what is called `singularis` in its menu."""
        with open(log, "wb") as out:
            launcher = subprocess.Popen(["gtk-launch", "singularis"], env=self.screen.env, stdin=subprocess.DEVNULL,
                                        stdout=out, stderr=out)
        code = launcher.wait(LAUNCHES)
        need(code == 0, f"the launcher ended with {code}: {read(log)}")

    def open(self):
        self.launch(self.log)

        def started():
            return next((pid for pid in descendants(os.getpid()) if program_of(pid) == self.args.program), None)

        pid = wait_until(f"{self.args.program} to run; it said {read(self.log)!r}", started, LAUNCHES)
        self.program = Program(self.screen, Adopted(pid))
        entry = variable(pid, "GIO_LAUNCHED_DESKTOP_FILE")
        need(entry == self.args.entry, f"another entry started it: {entry}")
        self.program.find(*(DEMO if self.args.phase == "first" else LEAVE), OPENS, enabled=True)
        return f"{entry} started {self.args.program}"

    def windows(self):
        rows = (line.split(None, 4) for line in self.screen._run("wmctrl", "-lp").stdout.splitlines())
        return [row[0] for row in rows if row[2] == str(self.program.process.pid)]

    def is_of_the_entry(self):
        """A desktop finds the entry of a window by its class, and shows the icon that the window carries."""
        # A window manager lists a window a little after it can be pressed.
        windows = wait_until("its window in the list", self.windows, ANSWERS)
        need(len(windows) == 1, f"its windows: {windows}")
        window = windows[0]
        kind = self.property(window, "WM_CLASS", "8s", "$1")
        entry = dict(line.split("=", 1) for line in read(self.args.entry).splitlines() if "=" in line)
        need(kind == f'"{entry["StartupWMClass"]}"', f"the window's class is {kind}, the entry waits for another")
        numbers = [int(number) for number in self.property(window, "_NET_WM_ICON", "32c", "$0+").split(",")]
        need(numbers[:2] == [ICON_SIDE] * 2, f"the window's icon measures {numbers[:2]}")
        for (x, y), colour in ICON_POINTS.items():
            shown = numbers[2 + ICON_SIDE * y + x]
            need(shown == colour, f"the window's icon is another: {shown:08x} instead of {colour:08x} at {x}, {y}")
        return f"class {kind}, icon {ICON_SIDE} by {ICON_SIDE}"

    def property(self, window, name, form, what):
        done = self.screen._run("xprop", "-id", window, "-notype", "-len", "1000000", "-f", name, form, f" {what}\n", name)
        need(done.returncode == 0 and " " in done.stdout, f"no {name}: {done.stdout[:200]} {done.stderr[:200]}")
        return done.stdout.split(" ", 1)[1].strip()

    def colour(self):
        self.program.press(*AS_THE_SYSTEM, ANSWERS)
        self.program.find(*DARK, ANSWERS)
        settings = os.path.join(os.environ["HOME"], ".config", "singularis", "settings.toml")
        wait_until(f"the colours in {settings}", lambda: 'theme = "dark"' in read(settings), ANSWERS)
        return f"kept in {settings}"

    def second_start(self):
        log = f"{self.place}second.log"
        self.launch(log)
        wait_until("the second to say who comes", lambda: "comes to the front" in read(log), ANSWERS)

        def alone():
            return [pid for pid in descendants(os.getpid()) if program_of(pid) == self.args.program] \
                == [self.program.process.pid]

        wait_until("the second to end", alone, ANSWERS)
        need(len(self.windows()) == 1, f"windows: {self.windows()}")
        return read(log).strip()


def program_of(pid):
    """The program that runs as `pid`, without the guardian that it starts of itself; `None` where it has just ended."""
    try:
        program = os.readlink(f"/proc/{pid}/exe")
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return program if len(file.read().rstrip(b"\0").split(b"\0")) == 1 else None
    except OSError:
        return None


def variable(pid, name):
    """What stands in an environment variable of a process, if it has one."""
    with open(f"/proc/{pid}/environ", "rb") as file:
        found = (part.partition(b"=") for part in file.read().split(b"\0"))
        return next((value.decode() for key, _, value in found if key == name.encode()), None)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("phase", choices=("first", "again"))
    parser.add_argument("outdir")
    parser.add_argument("entry")
    parser.add_argument("program")
    # A walk waits for so many seconds while the agent plays.
    parser.set_defaults(watch=0)
    args = parser.parse_args()

    def walk():
        with Desk() as screen:
            return carried_out(Entry(args, screen, None))

    return exit_code(walk)


if __name__ == "__main__":
    sys.exit(main())
