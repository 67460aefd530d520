"""Sessions of the real program in a terminal, each with a home of its own, and what its journal has of them.

    home = Home("target/debug/singularis", "/tmp/home")
    run = home.run("--seed", "1")
    run.has_begun()
    run.kill()
    lost = missing(run.printed, home.replayed(run.session()))

Whatever is not as it was promised raises `Breach`.
"""

import contextlib
import glob
import json
import os
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass

# Whatever of this the machine has: the sessions are the same on every machine.
NOT_FROM_HERE = ("GEMINI_API_KEY", "ANTHROPIC_API_KEY", "LM_API_TOKEN", "LMS_SERVER_HOST", "DISPLAY", "WAYLAND_DISPLAY",
                 "SINGULARIS_LOG")
# What a session prints and the journal keeps.
KEPT, TROUBLE = ("step", "notice", "judged"), "trouble"

UNREADABLE = "unreadable"

# Limits in seconds, for a debug build on a busy machine.
BEGINS, ANSWERS, ENDS = 60, 60, 30


class Breach(Exception):
    """Something that was promised and is not so."""


def need(condition, complaint):
    if not condition:
        raise Breach(complaint)


@dataclass
class Answer:
    """What a command that ended by itself came to."""

    code: int
    out: str
    err: str
    took: float

    def text(self):
        return f"exit code {self.code}\n{self.out[-3000:]}\n{self.err[-3000:]}"

    def calm(self):
        """It neither panicked nor was ended by a signal."""
        need(self.code not in (101, 134) and self.code >= 0, f"it crashed: {self.text()}")
        need("panicked at" not in self.out + self.err, f"it panicked: {self.text()}")
        return self

    def json(self):
        need(self.code == 0, f"it failed: {self.text()}")
        try:
            return json.loads(self.out)
        except ValueError as error:
            raise Breach(f"that is no JSON ({error}): {self.text()}") from None

    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]


class Home:
    """A folder for the program's files, and the program in it."""

    def __init__(self, binary, folder, pace=3, env=None):
        self.binary, self.folder = os.path.abspath(binary), folder
        self.journal = os.path.join(folder, "journal.sqlite")
        self.env = {key: value for key, value in os.environ.items() if key not in NOT_FROM_HERE}
        # Whoever runs this has a keychain of their own, which is none of its business.
        self.env |= {"SINGULARIS_HOME": folder, "SINGULARIS_DEMO_PACE_MS": str(pace),
                     "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/at/all"} | (env or {})

    def ask(self, *arguments, seconds=ANSWERS, **options):
        """Carries a command out; it ends by itself."""
        started = time.monotonic()
        try:
            done = subprocess.run([self.binary, *arguments], env=self.env, stdin=subprocess.DEVNULL, timeout=seconds,
                                  capture_output=True, **options)
        except subprocess.TimeoutExpired as late:
            raise Breach(f"{' '.join(arguments)} did not end within {seconds} s: {late.stdout}") from None
        out, err = (text.decode(errors="replace") for text in (done.stdout, done.stderr))
        return Answer(done.returncode, out, err, time.monotonic() - started).calm()

    def run(self, *arguments, **options):
        """Starts a session that goes on."""
        return Run([self.binary, "run", "--demo", "--json", *arguments], self.env, **options)

    def sessions(self):
        """What the journal has, as it is listed."""
        return self.ask("sessions", "list", "--json").json()

    def replayed(self, session):
        """What the journal has of a session, as it was printed when it ran."""
        answer = self.ask("sessions", "replay", session, "--json")
        need(answer.code == 0, f"the session cannot be replayed: {answer.text()}")
        return answer.lines()

    def records(self, session):
        """Everything that is kept of a session, in its order; nothing where it was killed as soon as it had begun."""
        exported = self.ask("sessions", "export", session, "--format", "json").json()
        need(isinstance(exported.get("records"), list), f"the exported session has no records, only {list(exported)}")
        return exported["records"]

    def is_sound(self):
        """The file itself is well, as another reader sees it."""
        if not os.path.exists(self.journal):
            return
        with contextlib.closing(sqlite3.connect(f"file:{self.journal}?mode=ro", uri=True, timeout=10)) as journal:
            verdict, = journal.execute("PRAGMA integrity_check(3)").fetchone()
        need(verdict == "ok", f"the journal is damaged: {verdict}")

    def strays(self):
        """Processes that belong to this home, as {pid: program}."""
        mark = f"SINGULARIS_HOME={self.folder}".encode()
        found = {}
        for path in glob.glob("/proc/[0-9]*/environ"):
            with contextlib.suppress(OSError):  # it ended while we looked, or is not ours
                with open(path, "rb") as file:
                    if mark not in file.read().split(b"\0"):
                        continue
                pid = path.split("/")[2]
                with open(f"/proc/{pid}/stat") as file:
                    if file.read().rsplit(")", 1)[1].split()[0] != "Z":
                        found[int(pid)] = os.readlink(f"/proc/{pid}/exe")
        return found


def read(line):
    """A line as it was printed; one that is no JSON is an event of its own."""
    try:
        return json.loads(line)
    except ValueError:
        return {"event": UNREADABLE, "text": repr(line)}


class Run:
    """A session that runs, and everything it has printed."""

    def __init__(self, command, env, stdin=subprocess.DEVNULL, **options):
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command, env=env, stdin=stdin, stdout=subprocess.PIPE, stderr=self.errors,
                                        **options)
        self.printed, self.heard, self.is_over = [], threading.Condition(), False
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            # A line that was cut off by the kill has not been printed.
            if line.endswith(b"\n"):
                with self.heard:
                    self.printed.append(read(line))
                    self.heard.notify_all()
        with self.heard:
            self.is_over = True
            self.heard.notify_all()

    def wait_for(self, condition, seconds):
        """The first true value of `condition(everything printed)`; `None` when it ended or the time is over."""
        deadline = time.monotonic() + seconds
        with self.heard:
            while not (value := condition(self.printed)):
                left = deadline - time.monotonic()
                if self.is_over or left <= 0:
                    return None
                self.heard.wait(left)
            return value

    def has_begun(self):
        return self.wait_for(lambda printed: printed, BEGINS)

    def kill(self):
        """Ends it where it stands; gives False if it had ended by itself."""
        has_run = self.process.poll() is None
        self.process.kill()
        self.process.wait()
        self.reader.join(ENDS)
        need(not self.reader.is_alive(), "somebody still holds the output of a killed program")
        self._is_readable()
        return has_run and self.process.returncode < 0

    def finish(self, seconds=ENDS):
        """Waits for its end."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise Breach(f"it still ran {seconds} s later; last it said {self.printed[-3:]}") from None
        self.reader.join(ENDS)
        self._is_readable()
        out = "\n".join(json.dumps(line) for line in self.printed)
        return Answer(self.process.returncode, out, self.said(), 0).calm()

    def _is_readable(self):
        need(not events(self.printed, UNREADABLE), f"it printed no JSON: {events(self.printed, UNREADABLE)}")

    def said(self):
        """What it has printed beside its lines."""
        self.errors.seek(0)
        return self.errors.read().decode(errors="replace")

    def interrupt(self):
        """Asks it to end, as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)

    def session(self):
        return next((line["session"] for line in self.printed if line.get("event") == "session_started"), None)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.errors.close()


def events(lines, kind):
    return [line for line in lines if line.get("event") == kind]


def missing(printed, replayed):
    """What was printed and is not in the journal, by kind; the journal may have more at the end."""
    lost = {}
    for kind in (*KEPT, TROUBLE):
        said, kept = of_kind(printed, kind), of_kind(replayed, kind)
        other = differing(said, kept)
        need(not other, f"the journal tells another story: {other}")
        lost[kind] = said[len(kept):]
    return {kind: lines for kind, lines in lost.items() if lines}


def of_kind(lines, kind):
    """Those of a kind; the journal's own trouble is told ahead of what may be missing because of it, so it is apart."""
    if kind == TROUBLE:
        return [line for line in events(lines, "notice") if is_trouble(line)]
    return [line for line in events(lines, kind) if not is_trouble(line)]


def is_trouble(line):
    return line.get("from") == "journal" and bool(line.get("problem"))


def differing(said, kept):
    return next((f"printed {one}, kept {other}" for one, other in zip(said, kept) if one != other), None)


def in_flight(records):
    """What the records say was under way when they broke off: calls, and an action whose effect is not known."""
    calls, acting = {}, None
    for record in records:
        match record["what"]:
            case "asked":
                calls[record["call"]] = record.get("role")
            case "call_ended":
                calls.pop(record["call"], None)
            case "acting":
                acting = record["action"]
            case "stepped":
                acting = None
    return list(calls.values()) + ([acting] if acting else [])
