#!/usr/bin/python3
"""Types a key into the real program in a real window, beside a keychain of its own: GNOME Keyring with a bus, a home
and a password made for this run. The keychain of whoever runs this is never asked.

usage: keychain.py BINARY OUTDIR [--scale 2] [--theme dark|light] [--size 1280x800] [--only NAME]

Four states, each with a fresh keychain: there is none, one without a place for keys, a locked one that asks for its
password, and one that works: there the key is kept, found again by the next run, and forgotten. The key must stand in
no file. Prints a line for every step; when one fails, it prints what the window offered instead, goes on to the next
state, and exits with 1 at the end. Needs Debian's gnome-keyring and libsecret-tools besides what panel.py needs.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile

from panel import GLib, call, connect, wait_until
from walkthrough import (
    Walkthrough, arguments, carried_out, display, exit_code, files_with, need, parsed, read, window_settings)

# Made up; its middle is looked for, so that no shortened form escapes.
KEY = "AIza-of-a-test-and-of-nobody-0123"
TRACE = KEY[5:28]
FIELD, USE, FORGET = ("text", "Key for Gemini"), ("button", "Use key for Gemini"), ("button", "Forget key for Gemini")
CHECK = "button", "Check again"
# What the window says: of a key that is kept, of one that is used but not kept, and why it is not.
KEPT = "label", re.compile(r"key for Gemini is kept in .*keychain", re.IGNORECASE)
THIS_RUN = "label", re.compile(r"key for Gemini.*until the program ends", re.IGNORECASE)
NO_KEYCHAIN = "label", re.compile(r"there is no keychain", re.IGNORECASE)
REFUSED = "label", re.compile(r"the keychain refused", re.IGNORECASE)
NO_KEY = "label", "There is no key for Gemini"  # a check says so, so it comes after the keychain was read

# The names by which keyring-rs keeps an entry in a secret service.
ENTRY = "service", "singularis", "username", "keys"
SECRETS, PROMPTER = "org.freedesktop.secrets", "org.gnome.keyring.SystemPrompter"
SERVICE = SECRETS, "/org/freedesktop/secrets", "org.freedesktop.Secret.Service"
BUS = "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus"

# Limits in seconds, for a debug build that draws in software on a busy machine.
OPENS, ANSWERS, KEEPS, CLOSES, ASKS = 60, 20, 15, 15, 20


# --- the keychain ----------------------------------------------------------------------------------------------------


class Keyring:
    """GNOME Keyring on the bus of a screen; `start` and `stop` as often as one likes. Its files are the screen's."""

    def __init__(self, screen):
        self.screen, self.process = screen, None
        self.bus = connect(screen.env["DBUS_SESSION_BUS_ADDRESS"])
        self.never(SECRETS)  # only ours, never one that the bus starts by itself

    def never(self, name):
        """The bus cannot start who has this name, as where nobody has it."""
        self._activation(name, f"[D-BUS Service]\nName={name}\nExec=/bin/false\n")

    def as_installed(self, name):
        self._activation(name, None)

    def _activation(self, name, text):
        # The bus looks here first; it made the folder itself.
        path = os.path.join(self.screen.env["XDG_RUNTIME_DIR"], "dbus-1", "services", f"{name}.service")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if text:
            with open(path, "w") as file:
                file.write(text)
        elif os.path.exists(path):
            os.remove(path)
        call(self.bus, *BUS, "ReloadConfig")

    def start(self, password=None):
        """With a password the keyring for logins is made or unlocked; without one it stays as it is."""
        command = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
        command += ["--unlock"] if password else ["--start"]
        log = self.screen.log
        self.process = subprocess.Popen(command, env=self.screen.env, stdin=subprocess.PIPE, stdout=log, stderr=log)
        with self.process.stdin as stdin:
            stdin.write((password or "").encode())
        wait_until("a secret service", self._is_there, 20)
        if password:
            # Asking earlier would ask nobody, or have the bus start somebody else.
            wait_until("its default collection", lambda: self._default() != "/", 20)
        self.screen.plumbing[self.process.pid] = command[0]

    def _is_there(self):
        need(self.process.poll() is None, f"gnome-keyring-daemon ended with {self.process.returncode}")
        return call(self.bus, *BUS, "NameHasOwner", GLib.Variant("(s)", (SECRETS,)))[0]

    def _default(self):
        return call(self.bus, *SERVICE, "ReadAlias", GLib.Variant("(s)", ("default",)))[0]

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(10)
            self.process = None

    def prompts(self):
        """True while somebody is asked for a password."""
        return call(self.bus, *BUS, "NameHasOwner", GLib.Variant("(s)", (PROMPTER,)))[0]

    def entries(self):
        """What is kept: the texts of every entry by our names, seen by somebody else's program."""
        told = self._tool("search", "--all", "--unlock", *ENTRY).stdout
        return re.findall(r"^secret = (.*)$", told, re.MULTILINE)

    def lookup(self):
        return self._tool("lookup", *ENTRY).stdout

    def _tool(self, *arguments):
        quiet = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True}
        return subprocess.run(["secret-tool", *arguments], env=self.screen.env, timeout=20, **quiet)

    def put(self, text):
        """Puts an entry there as some other program would."""
        command = ["secret-tool", "store", "--label", "by another hand", *ENTRY]
        subprocess.run(command, env=self.screen.env, timeout=20, input=text, text=True, check=True)


# --- one visit -------------------------------------------------------------------------------------------------------


class Visit(Walkthrough):
    """The program beside a keychain in one state, run once or more."""

    def __init__(self, args, screen, home, name):
        super().__init__(args, screen, home, name)
        self.keyring, self.logs, self.steps = Keyring(screen), [], STATES[name]

    def run(self):
        self.steps(self)

    def open(self):
        """Opens the window where keys are typed; the cloud's address leads to nobody on this machine."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            nobody = f"http://127.0.0.1:{probe.getsockname()[1]}"
        with open(os.path.join(self.home, "settings.toml"), "w") as settings:
            settings.write(f'version = 1\ncloud = "cloud_only"\n{window_settings(self.args)}'
                           f'[providers.gemini]\nurl = "{nobody}"\n[providers.claude]\nurl = "{nobody}"\n')
        self.log = f"{self.place}{len(self.logs) + 1}.log"
        self.logs.append(self.log)
        # It should say much, so that there is something in which the key could stand.
        self.start_program({"SINGULARIS_LOG": "debug,keyring_core=trace,zbus=trace"})
        self.program.find(*CHECK, OPENS)

    def use_key(self):
        self.program.type(*FIELD, KEY, ANSWERS)
        self.program.press(*USE, ANSWERS)

    def close(self):
        self.end_program(CLOSES)
        self.no_process_is_left(but=["gcr-prompter"])  # the bus started that one, for the keyring

    def says_nothing_of(self, *whats):
        names = [node.name for node in self.program.nodes() if "label" in node.role]
        said = [name for _, pattern in whats for name in names if pattern.search(name)]
        need(not said, f"the window says {said}")

    def window_hides_it(self):
        nodes = self.program.nodes()
        seen = [node.name for node in nodes if node.depth == 0 and TRACE in self.program.text(node, nodes)]
        need(nodes and not seen, "the key can be read in the window")

    def no_file_has_it(self):
        """Looks through every file of the program, the screen's home with the keyrings in it, and all that was said."""
        self.screen.log.flush()
        found = files_with(TRACE, self.home, self.screen.folder, self.args.outdir)
        need(not found, f"the key stands in {found}")

    def said(self):
        """What all its runs have printed, without what only somebody who looks for it reads."""
        lines = "".join(map(read, self.logs)).splitlines(keepends=True)
        return "".join(line for line in lines if "TRACE" not in line and "DEBUG" not in line)


# --- the states ------------------------------------------------------------------------------------------------------


def not_kept(visit, why):
    """The key is used in this run and gone in the next, and the window says why."""
    visit.step("the window opens", visit.open)
    visit.step("a key is typed", visit.use_key)
    visit.step("it is used in this run", lambda: visit.says(THIS_RUN))
    visit.step("why it is not kept is said", lambda: visit.says(why))
    visit.step("the window does not show it", visit.window_hides_it)
    visit.step("the window closes", visit.close)
    visit.step("no file has it", visit.no_file_has_it)
    visit.step("it opens again", visit.open)
    visit.step("the key is gone", lambda: visit.says(NO_KEY, OPENS))
    visit.says_nothing_of(KEPT, THIS_RUN)
    visit.step("it closes again", visit.close)


def absent(visit):
    not_kept(visit, NO_KEYCHAIN)


def no_place(visit):
    """As where nobody ever logged in with a password: a service without a default collection. Nobody is asked."""
    visit.keyring.never(PROMPTER)
    visit.step("a keychain without a keyring starts", visit.keyring.start)
    not_kept(visit, REFUSED)


def locked(visit):
    """Somebody is asked for the password and does not answer: nothing else may wait for that."""
    visit.step("a keychain starts", lambda: visit.keyring.start("a password of nobody"))
    visit.keyring.put(json.dumps({"gemini": KEY}))
    visit.keyring.stop()
    visit.keyring.as_installed(PROMPTER)
    visit.step("it starts again and is locked", visit.keyring.start)
    visit.step("the window opens", visit.open)
    visit.step("somebody is asked", lambda: wait_until("a prompt", visit.keyring.prompts, ASKS) and None)
    visit.step("the window works meanwhile", lambda: visit.program.press(*CHECK, ANSWERS))
    visit.step("and closes", visit.close)
    visit.step("no file has it", visit.no_file_has_it)


def works(visit):
    keyring = visit.keyring
    visit.step("a keychain starts", lambda: keyring.start("a password of nobody"))
    need(keyring.entries() == [], f"it should be empty: {keyring.entries()}")
    visit.step("the window opens", visit.open)
    visit.step("a key is typed", visit.use_key)
    visit.step("the window says that it is kept", lambda: visit.says(KEPT))
    visit.step("the window does not show it", visit.window_hides_it)
    visit.step("one entry holds it", lambda: one_entry(keyring))
    visit.step("the window closes", visit.close)
    visit.step("no file has it", visit.no_file_has_it)
    visit.step("it opens again", visit.open)
    visit.step("the key is there", lambda: visit.says(KEPT, OPENS))
    visit.step("it is forgotten", lambda: visit.program.press(*FORGET, ANSWERS))
    visit.step("the entry goes", lambda: wait_until("no entry", lambda: keyring.entries() == [], KEEPS) and None)
    visit.step("nor is it used", lambda: visit.says(NO_KEY, ANSWERS))
    visit.says_nothing_of(KEPT, THIS_RUN)
    visit.step("it closes again", visit.close)
    visit.step("no file has it still", visit.no_file_has_it)


def one_entry(keyring):
    entries = wait_until("an entry", keyring.entries, KEEPS)
    need(len(entries) == 1, f"there are {len(entries)} entries")
    need(json.loads(entries[0]) == {"gemini": KEY}, "the entry should hold one key under the name of its provider")
    need(keyring.lookup() == entries[0], "a lookup by its names finds something else")


STATES = {"absent": absent, "no place for keys": no_place, "locked": locked, "works": works}


def visited(args, name):
    """True when all was as expected. Every state has its own screen, for the bus and the keyrings are the screen's."""
    with tempfile.TemporaryDirectory() as home, display(args) as screen:
        return carried_out(Visit(args, screen, home, name))


def all_states(args):
    failed = [name for name in STATES if args.only in (None, name) and not visited(args, name)]
    if failed:
        print(f"failed: {failed}")
    return not failed


def main():
    parser = arguments(__doc__)
    parser.add_argument("--only", choices=list(STATES), help="one state")
    args = parsed(parser)
    return exit_code(lambda: all_states(args))


if __name__ == "__main__":
    sys.exit(main())
