"""What a window uses that nobody touches: while it is seen, minimised, on another desktop, and covered by another
window; a part of `displays.py`.
"""

import os
import subprocess
import time

from monitors import window_on
from panel import wait_until
from walkthrough import DEMO_ANSWERS, Walkthrough, need

# Seconds of looking, and the most processor time in them, of a debug build that draws in software.
LOOKS, MOST, TRIES = 20, 0.2, 3
# It is quiet when it has used less than that in a second; there is so much time for it to become so.
QUIET, OPENS, CLOSES, BECOMES_QUIET = 0.02, 60, 20, 60
TICKS = os.sysconf("SC_CLK_TCK")


def used(pid):
    """Processor time of all its threads so far, in seconds."""
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


class Quiet(Walkthrough):
    """One window, seen and hidden."""

    is_covered = False

    def run(self):
        self.step("the window opens", self.open)
        self.figures = {}
        self.step("it is seen", lambda: self.measure("seen"))
        for name, hide, show in (("minimised", self.minimise, self.restore),
                                 ("on another desktop", self.leave, self.come_back),
                                 ("covered", self.cover, self.uncover)):
            hide()
            self.step(f"it is {name}", lambda name=name: self.measure(name))
            show()
        self.step("it is seen again", lambda: self.measure("seen again"))
        self.end_program(CLOSES)
        self.no_process_is_left()
        busy = {name: seconds for name, seconds in self.figures.items() if seconds > MOST}
        need(not busy, f"more than {MOST} s in {LOOKS} s: {busy}")

    def open(self):
        with open(os.path.join(self.home, "settings.toml"), "w") as settings:
            settings.write('version = 1\ndemo = true\n[window]\nlanguage = "english"\nzoom = 1.0\n')
        self.start_program()
        self.id = wait_until("a window", lambda: window_on(self.screen), OPENS)
        return self.says(DEMO_ANSWERS, OPENS)

    def picture(self, name):
        """There is none of what cannot be seen."""
        if not self.is_covered and self.is_shown():
            super().picture(name)

    def measure(self, name):
        pid = self.program.process.pid
        last = [used(pid)]

        def is_quiet():
            time.sleep(1)
            last.append(used(pid))
            return last[-1] - last[-2] <= QUIET

        wait_until("it to become quiet", is_quiet, BECOMES_QUIET)
        # What draws without a cause does it always; a look at the server now and then, on a slow machine, falls into some.
        for _ in range(TRIES):
            before = used(pid)
            time.sleep(LOOKS)
            self.figures[name] = min(self.figures.get(name, LOOKS), used(pid) - before)
            if self.figures[name] <= MOST:
                break
        return f"{self.figures[name]:.2f} s of processor time in {LOOKS} s"

    def order(self, *command):
        done = self.screen._run(*command)
        need(done.returncode == 0, f"{' '.join(command)}: {done.stderr.strip()}")
        return done.stdout

    def state(self):
        return self.order("xprop", "-id", self.id, "WM_STATE")

    def minimise(self):
        self.order("xdotool", "windowminimize", self.id)
        wait_until("it to be minimised", lambda: "Iconic" in self.state(), 10)

    def restore(self):
        self.order("wmctrl", "-i", "-a", self.id)
        wait_until("it to be back", lambda: "Normal" in self.state(), 10)

    def leave(self):
        self.order("wmctrl", "-s", "1")
        wait_until("it to be away", lambda: "Iconic" in self.state() or not self.is_shown(), 10)

    def come_back(self):
        self.order("wmctrl", "-s", "0")
        wait_until("it to be back", self.is_shown, 10)

    def is_shown(self):
        return "IsViewable" in self.order("xwininfo", "-id", self.id)

    def cover(self):
        """Another window over all of the display."""
        self.over = subprocess.Popen(["xterm", "-fullscreen", "-title", "over", "-e", "cat"], env=self.screen.env,
                                     stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until("another window", lambda: "over" in self.order("wmctrl", "-l"), 10)
        self.order("wmctrl", "-r", "over", "-b", "add,fullscreen")
        self.is_covered = True

    def uncover(self):
        self.over.terminate()
        self.over.wait(10)
        self.is_covered = False
