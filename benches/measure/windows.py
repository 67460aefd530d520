#!/usr/bin/python3
"""Opens two programs on a display of their own, in turn, and measures both from outside in the same way.

usage: windows.py OURS BARE [--starts N] [--idle-parts N] [--part-seconds S]

It prints one JSON object. `start.py` runs it, with the system's own interpreter, because what drives windows needs that
one's libraries. A start is counted from just before the program is executed until its window is there, and until there
is something in it. Memory is taken ten seconds after the start. Idle is what the processor does, part by part, from
twenty seconds after it: a quarter of a minute after the start a server is looked for once more, and where none is there,
that is drawn once. The display draws in software, so both programs also pay for what a graphics card would do.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import pathlib
import re
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1] / "tests" / "window")]

from measure.display import Display  # noqa: E402
from panel import Failure, Screen, descendants, wait_until  # noqa: E402

LOOK_EVERY_S = 0.002
OPENS_S, ENDS_S = 60, 20
# The corner in which both have text, and how many colours smooth letters have at least.
CORNER, COLOURS = (480, 160), 8
SETTLES_S, NEWS_S = 10, 10
# So long the demo plays before its memory is taken.
PLAYS_S = 20
OPEN_FOR_S = 600
SAID = {"ours": re.compile(r"first frame is drawn (\d+) ms"), "bare window": re.compile(r'"first_frame_ms": ?([\d.]+)')}
NOT_FROM_HERE = ("GEMINI_API_KEY", "ANTHROPIC_API_KEY", "LM_API_TOKEN", "LMS_SERVER_HOST")


class Opened:
    """One program with its window, until it is closed."""

    def __init__(self, screen: Screen, display: Display, who: str, command: list[str], home: str):
        self.who, self.log = who, os.path.join(home, "said")
        env = {"SINGULARIS_HOME": home, "SINGULARIS_LOG": "singularis=info"}
        began = time.monotonic()
        self.program = screen.start(command, env, self.log)
        self.pid = self.program.process.pid
        self.window_ms = self.content_ms = None
        window = None
        while self.content_ms is None:
            now_ms = (time.monotonic() - began) * 1000
            if now_ms > OPENS_S * 1000 or self.program.process.poll() is not None:
                raise Failure(f"{who} shows nothing: {self.said()[-2000:]}")
            window = window or display.window_of(self.pid)
            colours = display.colours(window, *CORNER) if window else None
            if colours is not None:
                self.window_ms = self.window_ms or now_ms
                self.content_ms = now_ms if colours >= COLOURS else None
            time.sleep(LOOK_EVERY_S)

    def said(self) -> str:
        with open(self.log, errors="replace") as log:
            return log.read()

    def start(self) -> dict[str, float]:
        said = wait_until("its own word of its first frame", lambda: SAID[self.who].search(self.said()), OPENS_S)
        return {"window_ms": self.window_ms, "content_ms": self.content_ms, "said_ms": float(said.group(1))}

    def family(self) -> list[int]:
        """Itself and whatever it has started."""
        return [self.pid, *descendants(self.pid)]

    def memory(self) -> dict[str, float]:
        """Of the whole family, in MiB: its own share of what is shared, and everything that is resident."""
        sums = {"pss_mib": 0.0, "rss_mib": 0.0}
        for pid in self.family():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError), open(f"/proc/{pid}/smaps_rollup") as file:
                text = file.read()
                for name, field in (("pss_mib", "Pss"), ("rss_mib", "Rss")):
                    sums[name] += int(re.search(rf"^{field}:\s+(\d+) kB", text, re.MULTILINE).group(1)) / 1024
        return sums

    def processor_ms(self) -> float:
        """What every thread of the family has used so far; those that have ended are not counted."""
        used_ns = 0
        for pid in self.family():
            for thread in pathlib.Path(f"/proc/{pid}/task").glob("*"):
                with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                    used_ns += int((thread / "schedstat").read_text().split()[0])
        return used_ns / 1e6

    def parts(self, parts: int, seconds: float) -> list[float]:
        """Milliseconds of the processor in each of so many parts."""
        used, before = [], self.processor_ms()
        for _ in range(parts):
            time.sleep(seconds)
            after = self.processor_ms()
            # A thread that has ended in between takes its time along.
            used.append(max(0.0, after - before))
            before = after
        return used

    def close(self):
        self.program.close()
        code = self.program.wait_for_exit(ENDS_S)
        if code != 0:
            raise Failure(f"{self.who} ended with {code}: {self.said()[-2000:]}")


def idle(opened: Opened, args) -> dict:
    time.sleep(SETTLES_S)
    memory = opened.memory()
    time.sleep(NEWS_S)
    return memory | {"idle_ms": opened.parts(args.idle_parts, args.part_seconds)}


def playing(opened: Opened) -> dict:
    """The same while the demo's agent plays, from its fifth second on."""
    for role, name in (("page tab", "Run"), ("button", "Start")):
        opened.program.press(role, name, OPENS_S)
    opened.program.find("button", "Stop", OPENS_S)
    time.sleep(PLAYS_S / 4)
    (used_ms,) = opened.parts(1, PLAYS_S * 3 / 4)
    memory = opened.memory()
    opened.program.find("button", "Stop", OPENS_S)  # a session that is over would be no session
    return memory | {"processor_percent": used_ms / (PLAYS_S * 3 / 4) / 10}


def measured(args, screen: Screen, home: str) -> dict:
    commands = {"bare window": [args.bare, str(OPEN_FOR_S)], "ours": [args.ours]}
    homes = {who: os.path.join(home, who) for who in (*commands, "demo")}
    for folder in homes.values():
        os.mkdir(folder)
    pathlib.Path(homes["demo"], "settings.toml").write_text("version = 1\ndemo = true\n")
    with Display(screen.env["DISPLAY"]) as display:
        seen = {who: [] for who in commands}
        # The first one of each finds nothing in the caches, and is not counted.
        for turn in range(args.starts + 1):
            for who, command in commands.items():
                opened = Opened(screen, display, who, command, homes[who])
                if turn:
                    seen[who].append(opened.start())
                opened.close()
        rests = {}
        for who, command in commands.items():
            opened = Opened(screen, display, who, command, homes[who])
            rests[who] = idle(opened, args)
            opened.close()
        opened = Opened(screen, display, "ours", commands["ours"], homes["demo"])
        plays = playing(opened)
        opened.close()
    return {"starts": seen, "rests": rests, "plays": plays}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ours")
    parser.add_argument("bare")
    parser.add_argument("--starts", type=int, default=11)
    parser.add_argument("--idle-parts", type=int, default=6)
    parser.add_argument("--part-seconds", type=float, default=10)
    args = parser.parse_args()
    args.ours, args.bare = os.path.abspath(args.ours), os.path.abspath(args.bare)
    for name in NOT_FROM_HERE:
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory() as home, Screen() as screen:
        print(json.dumps(measured(args, screen, home)))


if __name__ == "__main__":
    main()
