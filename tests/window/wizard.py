#!/usr/bin/python3
"""Opens the real program in a real window beside a pretend LM Studio in each of seven states, reads what the setup
screen makes of it, and presses the button that mends it.

usage: wizard.py BINARY OUTDIR [--scale 2] [--theme dark|light] [--size 1280x800] [--only NAME]

Prints what was shown for every state and how long that took, and puts pictures and the words of the window into
OUTDIR, before and after mending. When something expected is not there, it says what was, goes on to the next state, and
exits with 1 at the end.
Port 1234 and LM Studio's internal ports must be free: where the real LM Studio runs, nothing can be pretended.
"""

import contextlib
import os
import re
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from clipboard import paste
from panel import listening_ports, wait_until
from pretend_lm_studio import INTERNAL_PORTS, PretendLmStudio
from walkthrough import (
    Walkthrough, arguments, carried_out, display, elapsed, exit_code, need, parsed, read, window_settings)

DEFAULT_PORT = 1234  # where LM Studio's server is unless somebody moved it
MODEL, MISSPELT = "qwen/qwen3-8b", "qwen3-8b-instruct"
TOKEN = "sk-lm-abcdefgh:01234567890123456789"
HEALTHY = re.compile(r"^(LM Studio|The built-in demo) is healthy, everything is ready$")
USABLE = re.compile(r"^(LM Studio|The built-in demo) (is healthy, everything is ready|can be used, with something to "
                    r"know)$")
# The status bar once a check is over, the buttons of the banner behind its words, what follows the title of a check.
OVER = re.compile(r"^Not ready: |answers at .+: (healthy|degraded)$")
BANNER = "Open the run screen", "Check again"
ROW = re.compile(r"^\d+\sms$|^Skipped, because of: ")
LOAD = "POST /api/v1/models/load"

# Limits in seconds, for a debug build that draws in software on a busy machine.
OPENS, CHECKS, MENDS, SETTLES, CLOSES = 60, 60, 90, 20, 15


@dataclass
class State:
    """One state of LM Studio, what the panel should say of it, and how it is mended."""

    name: str
    verdict: str | re.Pattern
    studio: dict | None = None  # of the pretend LM Studio; none at all without
    settings: str = ""
    words: list[str] = field(default_factory=list)  # some text of the window holds each of them
    mend: str | None = None  # the button
    types: tuple[str, str] | None = None  # into the field of this name, before the button
    mended: re.Pattern = USABLE
    then: Callable = lambda visit: None  # what must be true at last


def states():
    """The seven, in the order in which a person meets them."""
    wrong, moved = free_ports(2)
    place, gone = f"127.0.0.1:{DEFAULT_PORT}", f"127.0.0.1:{wrong}"
    return [
        State("absent", f"Nothing answers at {place}", mend="Try the demo",
              words=["LM Studio was not found on this machine", "Install LM Studio from lmstudio.ai, or use the demo",
                     "Start LM Studio and switch its server on (Developer page, or: lms server start)"]),
        State("server off", f"LM Studio runs, but its server at {place} is switched off",
              {"server": False, "bind": "0.0.0.0", "cors": True},
              mend=f"Start LM Studio's server at port {DEFAULT_PORT}",
              words=["Request to http://"],
              then=choices_are_kept),
        State("other port", f"Nothing answers at {gone}, but LM Studio answers at http://127.0.0.1:{moved}", {"port": moved},
              f'[[endpoint]]\nname = "lm_studio"\nurl = "http://{gone}"\n', mend=f"Use http://127.0.0.1:{moved}",
              words=[f"LM Studio answers at http://127.0.0.1:{moved}"],
              then=lambda visit: visit.saved(f"http://127.0.0.1:{moved}", instead_of=gone)),
        State("token needed", "LM Studio wants a valid token", {"token": TOKEN}, mend="Use token",
              words=["Status: 401", "The server says: An LM Studio API token is required",
                     "Tokens are made in LM Studio under Developer, Server Settings"],
              types=("LM Studio token", TOKEN), then=token_stays_hidden),
        State("nothing loaded", "No language model is loaded", {"loaded": ()}, mend=f"Load {MODEL}",
              words=["3 are downloaded", "Load qwen/qwen2.5-vl-7b"], then=loaded_once),
        State("wrong model", f"There is no model called \u201c{MISSPELT}\u201d on this server", {},
              roles(navigation=MISSPELT), mend=f"Use {MODEL}",
              words=[f"The server lists: {MODEL}", "Download the model in LM Studio if it should be this one"],
              then=lambda visit: visit.saved(MODEL, instead_of=MISSPELT)),
        State("all well", HEALTHY, {"pace": 0.05}, words=["LM Studio 0.4.23", "from LM Studio's own configuration",
                                              f"Test answer of {MODEL}", f"Side by side on {MODEL}"]),
    ]


def roles(**models):
    """The usual roles as settings, some of them with a model of this name."""
    parts = ["perception", "navigation", "threat", "opportunity", "synthesizer"]
    names = ["expert.1", "expert.2", "expert.3", "expert.4", "synthesizer"]
    return "".join(f'[[role]]\nname = "{name}"\nendpoint = "lm_studio"\nmodel = "{models.get(part, "")}"\n'
                   f'instruction = "{part}"\n' for name, part in zip(names, parts))


def free_ports(count):
    with contextlib.ExitStack() as probes:
        found = [probes.enter_context(socket.socket()) for _ in range(count)]
        for probe in found:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in found]


# --- what must be true at last ---------------------------------------------------------------------------------------


def choices_are_kept(visit):
    """`lms server start` switches off what it is not told again, so it must be told."""
    told = visit.studio.commands
    wanted = ["server", "start", "--port", str(DEFAULT_PORT), "--bind", "0.0.0.0", "--cors"]
    need(told == [wanted], f"lms was told {told} instead of {wanted}")


def token_stays_hidden(visit):
    visit.program.find("label", "A token is in use until the program ends; it is written nowhere", SETTLES)
    nodes = visit.program.nodes()
    roots = [node for node in nodes if node.depth == 0]
    seen = any(TOKEN[:14] in visit.program.text(root, nodes) for root in roots)
    need(roots and not seen, "the token can be read in the window")
    for path in (visit.log, visit.settings):
        need(TOKEN[:14] not in read(path), f"the token stands in {path}")


def loaded_once(visit):
    """Every request to load adds a copy, so there must be one only."""
    loads, loaded = visit.studio.asked.count(LOAD), visit.studio.loaded()
    need((loads, loaded) == (1, [MODEL]), f"{loads} requests to load, and {loaded} are loaded")


# --- one visit -------------------------------------------------------------------------------------------------------


def labels(nodes):
    return [node.name for node in nodes if "label" in node.role]


def verdict(nodes):
    """The words of the banner: the last ones before its buttons. None while a check runs."""
    if not any(OVER.search(name) for name in labels(nodes)):
        return None
    end = next((i for i, node in enumerate(nodes) if "button" in node.role and node.name in BANNER), 0)
    return next(iter(reversed(labels(nodes[:end]))), None)


def problem(nodes, summary):
    """What stands below the summary of the problem: evidence and advice, up to its buttons or the next check."""
    last = max((i for i, node in enumerate(nodes) if node.name == summary), default=len(nodes))
    lines = []
    for node, following in zip(nodes[last + 1:], [*nodes[last + 2:], None]):
        if "label" not in node.role or (following and ROW.search(following.name)):
            break
        lines.append(node.name)
    return lines


class Visit(Walkthrough):
    """The program beside LM Studio in one state, from the opening of the window to its end."""

    def __init__(self, args, screen, state, home):
        super().__init__(args, screen, home, name=state.name)
        self.state, self.studio = state, None
        self.settings = os.path.join(home, "singularis", "settings.toml")

    def run(self):
        with contextlib.ExitStack() as started:
            if self.state.studio is not None:
                options = {"port": DEFAULT_PORT} | self.state.studio
                self.studio = started.enter_context(PretendLmStudio(self.home, **options))
            self.open()
            self.look()
            if self.state.mend:
                self.mend()
            self.state.then(self)
            if self.studio and self.state.then is not loaded_once:
                need(LOAD not in self.studio.asked, "a mere check loaded a model")
            self.close()

    def open(self):
        os.makedirs(os.path.dirname(self.settings))
        with open(self.settings, "w") as file:
            file.write(f"version = 1\n{window_settings(self.args)}{self.state.settings}")
        self.started = time.monotonic()
        # Only the system's programs: an `lms` of whoever runs this must not be found.
        folder = os.path.dirname(self.settings)
        self.start_program({"HOME": self.home, "SINGULARIS_HOME": folder, "PATH": "/usr/bin:/bin"})
        self.program.find("button", "Check again", OPENS)
        self.opened_ms = elapsed(self.started)

    def look(self):
        """Waits for the first verdict and compares all that is shown with what was expected."""
        said, nodes = wait_until("a verdict", self.shown, CHECKS)
        took = elapsed(self.started)
        below = "".join(f" | {line}" for line in problem(nodes, said))
        print(f"     {took:7.0f} ms  {self.state.name} (the window after {self.opened_ms:.0f} ms): {said}{below}",
              flush=True)
        self.keep("found")
        expected = self.state.verdict
        same = expected == said if isinstance(expected, str) else expected.search(said)
        need(same, f"the verdict should be {getattr(expected, 'pattern', expected)!r}")
        missing = [words for words in self.state.words if not any(words in node.name for node in nodes)]
        need(not missing, f"nothing in the window says {missing}")

    def shown(self):
        """The verdict and all that is in the window with it; None while a check runs."""
        nodes = self.program.nodes()
        said = verdict(nodes)
        return (said, nodes) if said else None

    def mend(self):
        if self.state.types:
            paste(self.screen, self.program, *self.state.types, SETTLES)
        # The list of checks can be longer than the window; the picture should show what is pressed.
        self.program.scroll_to("button", self.state.mend)
        self.keep("before-mending")
        pressed = time.monotonic()
        self.program.press("button", self.state.mend)
        said = wait_until(f"the panel to be content after {self.state.mend!r}", self.content, MENDS)
        print(f"     {elapsed(pressed):7.0f} ms  after {self.state.mend!r}: {said}", flush=True)
        self.keep("mended")

    def content(self):
        nodes = self.program.nodes()
        need(not any(node.name == "Close this message" for node in nodes), f"{self.state.mend!r} was refused")
        said = verdict(nodes)
        return said if said and self.state.mended.search(said) else None

    def saved(self, right, instead_of):
        """Waits until the settings hold what was chosen."""

        def is_saved():
            settings = read(self.settings)
            return right in settings and instead_of not in settings

        wait_until(f"{right} in place of {instead_of} in the settings", is_saved, SETTLES)

    def keep(self, name):
        """A picture of the window, and its words."""
        self.picture(name)
        with open(f"{self.place}{name}.txt", "w") as file:
            file.write(self.program.tree() + "\n")

    def close(self):
        self.end_program(CLOSES)
        self.no_process_is_left()

    def explain(self, trouble):
        super().explain(trouble)
        if self.studio:
            print(f"--- LM Studio was asked: {self.studio.asked}, and lms was told: {self.studio.commands}")

    def end(self):
        """Ends the program, however far it came: the next state needs the screen to itself."""
        if self.program and self.program.process.poll() is None:
            self.program.process.kill()
            self.program.process.wait()


def visit(args, screen, state):
    """True when all was as expected."""
    with tempfile.TemporaryDirectory() as home:
        one = Visit(args, screen, state, home)
        try:
            is_well = carried_out(one)
        finally:
            one.end()
    if is_well:
        print(f"ok   {state.name}", flush=True)
    return is_well


def all_visits(args):
    wanted = [state for state in states() if args.only in (None, state.name)]
    with display(args) as screen:
        failed = [state.name for state in wanted if not visit(args, screen, state)]
    print(f"{len(wanted) - len(failed)} of {len(wanted)} states are as they should be{': not ' if failed else ''}"
          f"{', '.join(failed)}")
    return not failed


def main():
    parser = arguments(__doc__)
    parser.add_argument("--only", choices=[state.name for state in states()], help="one state")
    args = parsed(parser)
    if taken := {DEFAULT_PORT, *INTERNAL_PORTS} & listening_ports():
        print(f"NOT RUN: somebody, perhaps the real LM Studio, listens on {sorted(taken)}, so nothing can be pretended")
        return 1
    return exit_code(lambda: all_visits(args))


if __name__ == "__main__":
    sys.exit(main())
