"""The frame of a walk through the real program in its window: what it is told, its steps with their times and pictures,
what is said when one fails, and what must be true at the end of every walk.

    class Walk(Walkthrough):
        def run(self):
            self.step("the window opens", self.open)

    args = parsed(arguments(__doc__))
    sys.exit(exit_code(lambda: on_a_screen(Walk, args)))
"""

import argparse
import contextlib
import os
import re
import tempfile
import time

from panel import TROUBLE, Failure, Screen, descendants, wait_until

THEMES = "dark", "light"
# The check is over and one can play. That it is healthy would also say how quick several answers side by side were,
# which is the mood of the machine.
DEMO_ANSWERS = "", re.compile(
    r"^The built-in demo (is healthy, everything is ready|can be used, with something to know)$")
SHOWS = 0.3  # seconds until a press is seen: a frame or two
# Whatever of this the machine has: a walk is the same on every machine.
NOT_FROM_HERE = "GEMINI_API_KEY", "ANTHROPIC_API_KEY", "LM_API_TOKEN", "LMS_SERVER_HOST"


def arguments(doc):
    """What every walk is told; `doc` says what it does."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("outdir", help="where the pictures go; made if it is missing")
    parser.add_argument("--scale", type=int, default=1, help="pixels to a point; the display grows along")
    parser.add_argument("--theme", choices=THEMES)
    parser.add_argument("--size", default="1280x800", help="of the display, in points")
    return parser


def parsed(parser):
    args = parser.parse_args()
    os.makedirs(args.outdir, exist_ok=True)
    for key in NOT_FROM_HERE:
        os.environ.pop(key, None)
    return args


def display(args):
    """A screen as large as the arguments want it."""
    return Screen(*(int(side) * args.scale for side in args.size.split("x")))


def window_settings(args):
    """The settings of the window, where a theme is wanted."""
    return f'[window]\ntheme = "{args.theme}"\nzoom = 1.0\n' if args.theme else ""


def need(condition, complaint):
    if not condition:
        raise Failure(complaint)


def read(path):
    if not os.path.exists(path):
        return ""
    with open(path, errors="replace") as file:
        return file.read()


def files_with(text, *roots):
    """Files below `roots` in which `text` stands."""
    paths = [os.path.join(folder, name) for root in roots for folder, _, names in os.walk(root) for name in names]
    found = []
    for path in filter(os.path.isfile, paths):
        with contextlib.suppress(OSError), open(path, "rb") as file:  # it may be gone by now
            if text.encode() in file.read():
                found.append(path)
    return found


class Walkthrough:
    """The steps, one after the other, on one screen. `home` gets the program's files; a name tells walks apart."""

    def __init__(self, args, screen, home, name=""):
        self.args, self.screen, self.home = args, screen, home
        self.title = f"{name}: " if name else ""
        # What all its files begin with.
        self.place = os.path.join(args.outdir, f"{name.replace(' ', '-')}-" if name else "")
        self.log = f"{self.place}program.log"
        self.program, self.pictures = None, 0

    def step(self, name, action):
        """Does one step, says what it noted, and keeps a picture of what came of it."""
        started = time.monotonic()
        note = action()
        print(f"ok   {elapsed(started):7.0f} ms  {self.title}{name}{f': {note}' if note else ''}", flush=True)
        if self.program and self.program.process.poll() is None:
            self.pictures += 1
            self.picture(f"{self.pictures}-{re.sub('[^a-z]+', '-', name)}")

    def picture(self, name):
        """A picture of the screen, once it shows what has just been done."""
        time.sleep(SHOWS)
        self.screen.picture(f"{self.place}{name}.png")

    def start_program(self, env=None):
        """Opens the window; `env` is added to what every walk needs."""
        env = {"SINGULARIS_HOME": self.home, "WINIT_X11_SCALE_FACTOR": str(self.args.scale)} | (env or {})
        self.program = self.screen.start([os.path.abspath(self.args.binary)], env, self.log)

    def end_program(self, seconds):
        """Closes the window, and looks how that ended."""
        self.program.close()
        code = self.program.wait_for_exit(seconds)
        need(code == 0, f"exit code {code}")
        said = self.said()
        need("panicked at" not in said, f"it panicked on the way:\n{said[-4000:]}")

    def no_process_is_left(self, but=()):
        """Those whose command line holds one of `but` may stay."""
        strays = {pid: line for pid, line in self.screen.strays().items() if not any(part in line for part in but)}
        need(not strays, f"processes are left: {strays}")

    def says(self, what, seconds=20):
        """The name of what is looked for, in full."""
        return self.program.find(*what, seconds).name

    def nodes(self):
        """Everything in the window. Whoever does not answer has not said that there is nothing."""
        return wait_until("the window to answer", self.program.nodes, 20)

    def names(self, pattern):
        """All names in the window that match."""
        return [node.name for node in self.nodes() if pattern.search(node.name)]

    def gone(self, what, seconds=20):
        """Waits until nothing has this name."""

        def is_gone():
            nodes = self.program.nodes()
            return nodes and not any(node.name == what[1] for node in nodes)

        wait_until(f"{what[1]!r} to go", is_gone, seconds)

    def said(self):
        """What the program has printed."""
        return read(self.log)

    def explain(self, trouble):
        print(f"FAIL  {self.title}{trouble}", flush=True)
        try:
            if self.program:
                print(f"--- the window offered:\n{self.program.tree()}")
            self.picture("failed")
        except TROUBLE as another:
            print(f"--- nor could it be looked at: {another}")
        print(f"--- it printed:\n{self.said()[-4000:]}")


def elapsed(since):
    """Milliseconds since then."""
    return (time.monotonic() - since) * 1000


def carried_out(walk):
    """True when `walk` went to its end; otherwise it has said why."""
    try:
        walk.run()
    except TROUBLE as trouble:
        walk.explain(trouble)
        return False
    return True


def on_a_screen(make, args):
    """The same for a walk that needs a screen and a home and nothing else."""
    with tempfile.TemporaryDirectory() as home, display(args) as screen:
        return carried_out(make(args, screen, home))


def exit_code(walks):
    """The exit code after `walks()`, which gives True when all was well."""
    started = time.monotonic()
    try:
        is_well = walks()
    except TROUBLE as trouble:
        print(f"FAIL  there is nothing to walk on: {trouble}")
        return 1
    if left := descendants(os.getpid()):
        print(f"FAIL  processes are left behind: {left}")
        return 1
    print(f"{'all is well' if is_well else 'it failed'}, after {elapsed(started) / 1000:.1f} s")
    return 0 if is_well else 1
