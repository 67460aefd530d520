#!/usr/bin/python3
"""Plays a session with Gemini and Claude, both pretended, in the real window: looks at the experts while they speak, pulls
a provider away, pauses, and stops in mid-call with every connection open. What is open is counted from outside.

usage: minds.py BINARY OUTDIR [--scale 2] [--theme dark|light] [--size 1280x800]

Prints a line for every step with what was seen and puts a picture of each into OUTDIR; exits with 1 when one fails.
"""

import glob
import os
import re
import socket
import sys
import tempfile
import time

from panel import Failure, wait_until
from pretend_cloud import KEY, PretendCloud
from pretend_lm_studio import PretendLmStudio
from walkthrough import (
    Walkthrough, arguments, carried_out, display, exit_code, files_with, need, parsed, window_settings)

# Role (a part of it; empty for any) and name (a text: exactly that, a pattern: found in it) of all that is looked for.
HEALTHY = "", re.compile(r"\b(healthy, everything|can be used)\b")
TO_RUN, TO_RUN_TAB, TO_EXPERTS = ("button", "Open the run screen"), ("", "Run"), ("", "Experts")
START, STOP, PAUSE, GO_ON = ("button", "Start"), ("button", "Stop"), ("button", "Pause"), ("button", "Go on")
LANE = "", re.compile(r"queued|first token", re.IGNORECASE)
INSTEAD = "", re.compile(r"answers until .* instead of Gemini")
PAUSED = "label", "The session is paused"
CERTIFICATE, ENDED = ("", re.compile(r"^Certificate")), ("", re.compile(r"Everything (here )?ended"))

# Limits in seconds, for a debug build that draws in software on a busy machine.
OPENS, ANSWERS, THINKS, STOPS, CLOSES = 60, 20, 60, 15, 15
# Nine experts and the eyes of the hybrid are asked at the same time.
AT_ONCE = 10
OPEN_STATES = "01", "02", "08"  # established, being opened, and closed by the other side only
SETTINGS = """version = 1
cloud = "cloud_first"
{window}
[[endpoint]]
name = "lm_studio"
url = "http://127.0.0.1:{studio}"
[agent]
strategy = "parallel"
narrate_every_s = 2.0
pace_ms = 2500
difficulty = "easy"
[providers.gemini]
url = "{cloud}"
at_once = 20
[providers.claude]
url = "{cloud}"
at_once = 20
[[price]]
provider = "gemini"
model = "gemini-9"
input_per_million = 0.3
output_per_million = 2.5
"""


def connections(pid, port):
    """Connections of a process to a port of this machine, as the kernel lists them."""
    inodes = set()
    for link in glob.glob(f"/proc/{pid}/fd/*"):
        try:
            target = os.readlink(link)
        except OSError:
            continue
        if target.startswith("socket:["):
            inodes.add(target[8:-1])
    count = 0
    for table in (f"/proc/{pid}/net/tcp", f"/proc/{pid}/net/tcp6"):
        with open(table) as rows:
            for row in list(rows)[1:]:
                fields = row.split()
                remote = int(fields[2].rsplit(":", 1)[1], 16)
                count += remote == port and fields[3] in OPEN_STATES and fields[9] in inodes
    return count


class Minds(Walkthrough):
    """A session with everybody."""

    def __init__(self, args, screen, home, cloud, studio):
        super().__init__(args, screen, home)
        self.cloud, self.studio, self.refused = cloud, studio, []

    def run(self):
        self.step("setup with both sides", self.open)
        self.step("the choices before a session", self.choices)
        self.step("the session runs", self.start)
        self.step("experts in their lanes", self.lanes)
        self.step("gemini is pulled away", self.pulled_away)
        self.step("a pause", self.pause)
        self.step("it goes on", self.go_on)
        self.step("gemini comes back by itself", self.comes_back)
        self.step("all are in mid-call", self.mid_call)
        self.step("stop closes all of them", self.stop)
        self.step("the experts afterwards", self.afterwards)
        self.step("the window closes", self.close)

    def open(self):
        with open(os.path.join(self.home, "settings.toml"), "w") as settings:
            settings.write(SETTINGS.format(window=window_settings(self.args), studio=self.studio, cloud=self.cloud.url))
        self.start_program({"HOME": self.home, "GEMINI_API_KEY": KEY, "ANTHROPIC_API_KEY": KEY})
        return self.program.find(*HEALTHY, OPENS).name

    def choices(self):
        self.program.press(*TO_RUN, ANSWERS)
        self.program.find(*START, ANSWERS, enabled=True)

    def start(self):
        self.program.press(*START, ANSWERS)
        wait_until("answers of both providers", lambda: len(self.cloud.requests) > 24, THINKS)

    def lanes(self):
        self.program.press(*TO_EXPERTS, ANSWERS)
        lanes = wait_until("lanes", lambda: self.names(LANE[1]), ANSWERS)
        return f"{len(lanes)} lanes, such as: {lanes[0][:120]}"

    def pulled_away(self):
        # Longer than anybody waits for another try, so that others answer meanwhile.
        self.cloud.behave("status", status=429, retry_after="32", of="gemini", lists=False)
        words = self.program.find(*INSTEAD, THINKS).name
        self.cloud.behave("answer", of="gemini")
        wait_until("its last refusals", lambda: self.cloud.open("gemini") == 0, ANSWERS)
        self.refused = [asked.at for asked in self.cloud.requests if asked.status == 429]
        return words

    def comes_back(self):
        asked = [asked for asked in self.cloud.requests if asked.provider == "gemini" and asked.at > max(self.refused)]
        if asked and (early := asked[0].at - max(self.refused)) < 32:
            raise Failure(f"it was asked {early:.1f} s after it had said 32")
        wait_until("a question to it", lambda: any(asked.provider == "gemini" and asked.at > max(self.refused) + 31
                                                   for asked in self.cloud.requests), THINKS)
        wait_until("nobody to answer in its place",
                   lambda: not any(INSTEAD[1].search(node.name) for node in self.program.nodes()), ANSWERS)

    def pause(self):
        self.program.press(*PAUSE, ANSWERS)
        words = self.program.find(*PAUSED, THINKS).name  # beside a screen full of news it takes its time
        # What was under way may end; after that nothing new may come.
        wait_until("what was under way to end", lambda: self.cloud.open() == 0, ANSWERS)
        time.sleep(1)
        before = len(self.cloud.requests)
        time.sleep(2)
        if (asked := len(self.cloud.requests) - before) > 0:
            raise Failure(f"{asked} questions were asked in a pause")
        return words

    def go_on(self):
        before = len(self.cloud.requests)
        self.program.press(*GO_ON, ANSWERS)
        wait_until("new questions", lambda: len(self.cloud.requests) > before, THINKS)

    def mid_call(self):
        self.cloud.behave("answer_after", seconds=4, lists=False)
        pid = self.program.process.pid
        wait_until("connections in mid-call", lambda: self.cloud.open() >= AT_ONCE, THINKS)
        return f"{self.cloud.open()} questions under way, {connections(pid, self.cloud.port)} connections seen from outside"

    def stop(self):
        pid, before = self.program.process.pid, connections(self.program.process.pid, self.cloud.port)
        self.program.press(*STOP, ANSWERS)
        pressed = time.monotonic()
        wait_until("no connection left", lambda: connections(pid, self.cloud.port) == 0, STOPS)
        took = (time.monotonic() - pressed) * 1000
        if self.program.process.poll() is not None:
            raise Failure("the program itself is gone")
        self.program.press(*TO_RUN_TAB, ANSWERS)
        self.program.find(*CERTIFICATE, STOPS)
        return f"{before} connections were open, none {took:.0f} ms later; {self.program.find(*ENDED, STOPS).name}"

    def afterwards(self):
        self.program.find(*START, ANSWERS)
        self.program.press(*TO_EXPERTS, ANSWERS)
        self.program.find(*LANE, ANSWERS)

    def close(self):
        self.end_program(CLOSES)
        found = files_with(KEY, self.home)
        need(not found, f"the key stands in {found}")


def with_everybody(args):
    with (tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as studio_home,
          PretendCloud(pace=0.05) as cloud, PretendLmStudio(studio_home, port=free_port()) as studio,
          display(args) as screen):
        return carried_out(Minds(args, screen, home, cloud, studio.config["port"]))


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def main():
    args = parsed(arguments(__doc__))
    return exit_code(lambda: with_everybody(args))


if __name__ == "__main__":
    sys.exit(main())
