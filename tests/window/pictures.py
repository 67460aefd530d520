#!/usr/bin/python3
"""Compares pictures of the real window with those that were looked at and kept: the first screen, and the map of a
session that is paused before its first step, dark and light. The demo answers, and the world is always the same.

usage: pictures.py BINARY OUTDIR [--update]

With --update the pictures are kept as they are now; look at them before you do. Without it, exits with 1 when one has
changed; what has changed lies in OUTDIR then, in red.
"""

import os
import re
import sys
import tempfile
import time
from pathlib import Path

from panel import SHOWING, Failure
from walkthrough import SHOWS, THEMES, Walkthrough, arguments, carried_out, display, exit_code, need, parsed

START, PAUSE, STOP = (("button", name) for name in ("Start", "Pause", "Stop"))
IS_PAUSED, MAP = ("label", "The session is paused"), ("image", re.compile("^Map: the agent is at "))
BUSY = "label", re.compile(r"^[2-5] of 5 are busy$")
# The synthesizer waits for its turn until the session goes on.
IDLE = "label", "1 of 5 are busy"
HEALTHY = "", re.compile(r"The built-in demo .*\bhealthy\b")

KEPT = Path(__file__).parent / "pictures"
# Letters are drawn a little differently by other versions of what draws them.
MOST_CHANGED, NEARLY_THE_SAME = 0.005, "3%"
# Left out, in points: what the window manager draws above, and below the status bar with its clocks.
ABOVE, BELOW = 20, 44
# Covered in both pictures, with so many points around it for a figure that was longer: times, speeds and ports.
DIFFERS = re.compile(r"\d\s*(ms|s|min|tokens/s)\b|:\d{4,5}\b|\bcycle \d")
AROUND = 4, 2
# Kept in so many colours, which is nearly the same and a third of the size.
COLOURS = "255"
# Limits in seconds, for a debug build that draws in software on a busy machine.
OPENS, ANSWERS, FINISHES, STOPS, CLOSES = 60, 20, 60, 15, 15
# A word of the demo comes after so many milliseconds: no decision before the pause.
SLOWLY_MS = 300


class Pictures(Walkthrough):
    """In the one theme or the other."""

    changed = ()

    def run(self):
        self.step("the window opens", self.open)
        self.step("setup", lambda: self.compare("setup"))
        self.step("a session is paused at once", self.pause)
        self.step("run", lambda: self.compare("run"))
        self.step("it stops", self.stop)
        self.step("it closes", lambda: self.end_program(CLOSES))
        self.no_process_is_left()
        need(not self.changed, f"not as they were: {', '.join(self.changed)}")

    def open(self):
        with open(os.path.join(self.home, "settings.toml"), "w") as settings:
            settings.write(f'version = 1\ndemo = true\n[window]\ntheme = "{self.theme}"\nlanguage = "english"\n'
                           "zoom = 1.0\nmotion = false\n[agent]\nseed = 7\n"
                           # The narrator would take the place of one expert or another, whichever came later.
                           "narrate_every_s = 0.0\n")
        self.start_program({"SINGULARIS_DEMO_PACE_MS": str(SLOWLY_MS)})
        return self.says(HEALTHY, OPENS)

    def pause(self):
        # This shows its screen itself.
        self.program.press(*START, OPENS)
        self.program.find(*BUSY, ANSWERS)
        self.program.press(*PAUSE, ANSWERS)
        self.program.find(*IS_PAUSED, ANSWERS)
        # Whoever speaks may finish, and needs more room for it.
        self.program.find(*IDLE, FINISHES)
        return self.says(MAP)

    def stop(self):
        self.program.press(*STOP, ANSWERS)
        self.program.find(*START, STOPS)

    def compare(self, name):
        """How much of it has changed; it is kept instead where that is wanted."""
        file = f"{name}-{self.theme}.png"
        taken, kept = os.path.join(self.args.outdir, file), KEPT / file
        time.sleep(SHOWS)
        covers = self.covers()
        self.screen.picture(taken)
        above, below = ABOVE * self.args.scale, BELOW * self.args.scale
        self.screen._run("convert", taken, "-chop", f"0x{above}", "-gravity", "South", "-chop", f"0x{below}", taken)
        if self.args.update:
            KEPT.mkdir(exist_ok=True)
            self.screen._run("convert", taken, "-dither", "None", "-colors", COLOURS, "-strip", f"PNG8:{kept}")
            return f"kept, {kept.stat().st_size // 1024} kB"
        if not kept.exists():
            self.changed += (f"{file} (was never kept)",)
            return "there is nothing to compare it with"
        share = self.share_changed(kept, taken, covers)
        if share > MOST_CHANGED:
            self.changed += (f"{file} ({share:.2%})",)
        return f"{share:.3%} has changed"

    def covers(self):
        """What lies over everything in the window that says how long something took or where it was."""
        def fits(node):
            return node.has(SHOWING) and DIFFERS.search(node.name)

        across, down = (points * self.args.scale for points in AROUND)
        drawing = ["-fill", "gray"]
        for left, top, width, height in filter(None, map(self.program.place, filter(fits, self.program.nodes()))):
            drawing += ["-draw", f"rectangle {left - across},{top - down} {left + width + across},{top + height + down}"]
        return drawing

    def share_changed(self, kept, taken, covers):
        """0 to 1, of all points that are not covered; they are shown in red beside the picture."""
        sizes = [self.screen._run("identify", "-format", "%w %h", str(file)).stdout.split() for file in (kept, taken)]
        if sizes[0] != sizes[1]:
            return 1.0
        red, before, now = (f"{taken.removesuffix('.png')}-{what}.png" for what in ("changed", "before", "now"))
        for picture, covered in ((str(kept), before), (taken, now)):
            self.screen._run("convert", picture, *covers, covered)
        done = self.screen._run("compare", "-metric", "AE", "-fuzz", NEARLY_THE_SAME, before, now, red)
        if done.returncode > 1:
            raise Failure(f"the pictures cannot be compared: {done.stderr.strip()}")
        # `1234` or `1.23e+06`, with another figure in brackets where the version of the program likes that.
        points = float(done.stderr.split()[0])
        width, height = (int(side) for side in sizes[0])
        return points / (width * height)


def both(args):
    is_well = True
    for theme in THEMES:
        with tempfile.TemporaryDirectory() as home, display(args) as screen:
            walk = Pictures(args, screen, home, theme)
            walk.theme = theme
            is_well &= carried_out(walk)
    return is_well


def main():
    parser = arguments(__doc__)
    parser.add_argument("--update", action="store_true", help="keep the pictures as they are now")
    args = parsed(parser)
    return exit_code(lambda: both(args))


if __name__ == "__main__":
    sys.exit(main())
