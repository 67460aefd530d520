#!/usr/bin/python3
"""Shops in the real window: the demo drives Playwright with a real Chromium through a small shop of this machine, finds
an item, puts it into the basket and reads the total. First with tools that are allowed for ever, then with every tool
that changes something asked about once.

usage: shop.py BINARY OUTDIR SERVERS [--scale 2] [--theme dark|light] [--size 1280x800]

SERVERS is the folder into which `.ci/run` installs tool servers. Prints a line for every step with what was seen and
puts a picture of each into OUTDIR; exits with 1 when one fails.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request

from panel import Failure, wait_until
from walkthrough import Walkthrough, arguments, carried_out, display, exit_code, need, parsed, window_settings

HERE = os.path.dirname(os.path.abspath(__file__))
SHOP = os.path.join(os.path.dirname(HERE), "shop", "shop.py")
BROWSERS = "chromium", "chromium-browser", "google-chrome"

ITEM, ARTICLE, TOTAL = "blue kettle", "blue-kettle", "34.50"
GOAL = "Find the {item} in the shop at {url}, put it into the basket and read the total"
# What the demo needs of Playwright and may do without being asked, in the first of the two sessions.
ALLOWED = ["browser_navigate", "browser_click", "browser_type", "browser_snapshot"]

# Role (a part of it; empty for any) and name (a text: exactly that, a pattern: found in it) of all that is looked for.
RUN, START, STOP = ("page tab", "Run"), ("button", "Start"), ("button", "Stop")
READY = "label", re.compile(r"\bshop\b")
NAVIGATED, CLICKED = (("label", re.compile(rf"^\d+\. browser {name}\b")) for name in ("navigate", "click"))
ON_THE_PAGE = "", re.compile(r"Put into basket")
QUESTION = "notification", re.compile(r"^May this be done: (.+)\. (Only looks|Changes only|Can lose|Reaches beyond)")
FOR_SESSION, FOR_EVER = ("button", "Approve for this session"), ("button", "Always allow")
# What "Always allow" says of itself.
ASKED_ABOUT = re.compile(r"^(\S+) of shop is not asked about again, in any session$")
ENDED = "label", re.compile(r" after \d+ steps?(, score \d+)?$")
REACHED, CLEAN = ("label", re.compile(r"^The goal was reached after \d+ steps?")), ("label", "Everything ended")
# A browser that is still putting itself away when its time is up is killed, which the certificate says.
KILLED = "", re.compile(r"ignored the request to end, killed after|left behind .*, killed")
NOTHING_OPEN = "label", "Still open: 0 loops, 0 requests, connections 0, 0 child processes, 0 keys"
REPORTED = "", re.compile(rf"{ITEM}.*{re.escape(TOTAL)}", re.IGNORECASE)

# Limits in seconds, for a debug build that draws in software beside a browser on a busy machine.
OPENS, ANSWERS, THINKS, SHOPS, STOPS, CLOSES = 60, 20, 90, 240, 20, 20
SETTINGS = """version = 1
demo = true
{window}[agent]
environment = "tools:shop"
goal = "{goal}"
strategy = "{strategy}"
pace_ms = 700
"""


class Shop:
    """The shop, while the `with` lasts."""

    def __enter__(self):
        self.process = subprocess.Popen([sys.executable, SHOP], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        line = self.process.stdout.readline()
        if not line:
            raise Failure("the shop did not open")
        self.url = f"http://127.0.0.1:{int(line)}/"
        return self

    def baskets(self):
        """What lies in baskets, without those that are empty."""
        with urllib.request.urlopen(f"{self.url}orders", timeout=10) as reply:
            return [basket for basket in json.load(reply).values() if basket]

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


def browser():
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        raise Failure(f"there is none of {', '.join(BROWSERS)}")
    return found


def asked_about(nodes):
    """The tool that the window asks about, if it asks."""
    found = filter(None, (ASKED_ABOUT.search(node.description) for node in nodes if node.name == FOR_EVER[1]))
    return next((match[1] for match in found), None)


class Shopping(Walkthrough):
    """One session, from the choices to the certificate."""

    def __init__(self, args, screen, home, name, shop, allowed, strategy):
        super().__init__(args, screen, home, name)
        self.shop, self.allowed, self.strategy, self.before = shop, allowed, strategy, len(shop.baskets())
        self.servers = os.path.abspath(args.servers)

    def run(self):
        self.step("the choices", self.open)
        self.step("it starts", self.start)
        if not self.allowed:
            self.step("the first question", self.question)
        self.step("the page of the item", self.at_the_item)
        self.step("the goal is reached", self.reached)
        self.step("the basket", self.basket)
        self.step("it closes", self.close)

    def open(self):
        playwright = os.path.join(self.servers, "node_modules/@playwright/mcp/cli.js")
        need(os.path.exists(playwright), f"{playwright} is missing")
        leaves = os.path.join(self.home, "browser")
        os.makedirs(leaves)
        server = {"command": os.path.join(self.servers, "node_modules/node/bin/node"), "cwd": leaves,
                  "args": [playwright, "--headless", "--no-sandbox", "--isolated", "--executable-path", browser()],
                  "env": {"TMPDIR": leaves},
                  "singularis": {"observe": {"tool": "browser_snapshot", "arguments": {}},
                                 "deny": ["browser_run_code_unsafe"], "allowed": self.allowed}}
        with open(os.path.join(self.home, "mcp.json"), "w") as servers:
            json.dump({"mcpServers": {"shop": server}}, servers, indent=2)
        goal = GOAL.format(item=ITEM, url=self.shop.url)
        with open(os.path.join(self.home, "settings.toml"), "w") as settings:
            settings.write(SETTINGS.format(window=window_settings(self.args), goal=goal, strategy=self.strategy))
        self.start_program({"SINGULARIS_DEMO_PACE_MS": "5"})
        self.program.press(*RUN, OPENS)
        self.program.find(*START, OPENS, enabled=True)
        return self.says(READY, ANSWERS)

    def start(self):
        self.program.press(*START, OPENS)
        self.program.find(*STOP, THINKS)

    def question(self):
        asked = self.says(QUESTION, THINKS)
        self.program.find(*FOR_EVER, ANSWERS)
        return asked

    def at_the_item(self):
        """Meanwhile whatever is asked is allowed for this session."""
        self.asked = []
        self.until(lambda names: any(ON_THE_PAGE[1].search(name) for name in names), "the page of the item")
        return self.says(NAVIGATED, ANSWERS)

    def reached(self):
        self.until(lambda names: any(ENDED[1].search(name) for name in names), "the end")
        words = self.says(REACHED, ANSWERS)
        self.program.find(*NOTHING_OPEN, STOPS)
        asked = f", asked about {', '.join(self.asked)}" if self.asked else ""
        how = self.says(("", re.compile(f"^{CLEAN[1]}$|{KILLED[1].pattern}")), STOPS)
        return f"{words}; {how}; {self.says(REPORTED, ANSWERS)}{asked}"

    def until(self, is_so, what):
        """Waits for it, and allows for this session what is asked for on the way, if anything has to be."""

        def look():
            nodes = self.program.nodes()
            names = [node.name for node in nodes]
            question = next(filter(None, map(QUESTION[1].search, names)), None)
            need(not (question and self.allowed), f"it asks although it is allowed: {question and question[0]}")
            tool = asked_about(nodes)
            if tool:
                self.allow(tool)
            return is_so(names)

        wait_until(what, look, SHOPS)

    def allow(self, tool):
        if tool not in self.asked:
            self.asked.append(tool)
            self.program.press(*FOR_SESSION, ANSWERS)
            return
        # What has been allowed may still be on the screen for a frame or two, but no longer.
        wait_until(f"{tool} not to be asked about again", lambda: asked_about(self.program.nodes()) != tool, ANSWERS)

    def basket(self):
        baskets = self.shop.baskets()[self.before:]
        need(baskets == [[ARTICLE]], f"the shop has sold {baskets}")
        need(self.allowed or self.asked, "nothing was asked about")
        return baskets

    def close(self):
        self.end_program(CLOSES)
        self.no_process_is_left()


def walks(args):
    with Shop() as shop, display(args) as screen:
        for name, allowed, strategy in (("allowed", ALLOWED, "single"), ("asked", [], "local_experts")):
            with tempfile.TemporaryDirectory() as home:
                if not carried_out(Shopping(args, screen, home, name, shop, allowed, strategy)):
                    return False
    return True


def main():
    parser = arguments(__doc__)
    parser.add_argument("servers", help="where the tool servers are installed")
    args = parsed(parser)
    return exit_code(lambda: walks(args))


if __name__ == "__main__":
    sys.exit(main())
