"""Drives a program in a real window from outside, the way assistive technology does: on a display of its own, finding
things by role and name, pressing and typing through the accessibility bus (AT-SPI).

    with Screen(1280, 800) as screen:
        program = screen.start(["target/debug/singularis"], {"SINGULARIS_HOME": "/tmp/x"}, log="out.txt")
        program.press("button", "Start")
        screen.picture("after.png")
        program.close()
        program.wait_for_exit(10)

Every wait has a limit and ends in `Failure`. Whatever was started is gone when the `with` ends, also after SIGTERM.
Needs Debian's python3-gi and gir1.2-atspi-2.0, therefore the system's own python3; see `.ci/run` for the rest.
"""

import contextlib
import ctypes
import glob
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402  (Atspi: for the names of roles only)

# An unoptimised build that has just opened a full screen answers slowly; a question that came before the program listened
# is never answered, so it is put again.
POLL_SECONDS, CALL_MS, CALLS = 0.05, 20000, 3
DESKTOP = "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root", "org.a11y.atspi.Accessible"
GLIDES = 0.7  # seconds until a list has come to rest
ENABLED, SHOWING = int(Atspi.StateType.ENABLED), int(Atspi.StateType.SHOWING)
FOCUSED, CHECKED = int(Atspi.StateType.FOCUSED), int(Atspi.StateType.CHECKED)


class Failure(Exception):
    """Something that should have been there or happened did not, with what was there instead."""


TROUBLE = Failure, OSError, GLib.Error, subprocess.SubprocessError  # what a test reports instead of dying of it


def wait_until(what, condition, seconds):
    """The first true value of `condition()`, asked again and again until `seconds` have passed."""
    deadline = time.monotonic() + seconds
    while True:
        # A look that began in time and used up what was left is not the last one.
        is_last = time.monotonic() > deadline
        value = condition()
        if value:
            return value
        if is_last:
            raise Failure(f"waited {seconds} s in vain for {what}")
        time.sleep(POLL_SECONDS)


# --- processes -------------------------------------------------------------------------------------------------------


def descendants(root):
    """Every living process below `root`, as {pid: command line}."""
    parents = {}
    for path in glob.glob("/proc/[0-9]*/stat"):
        try:
            with open(path) as file:
                pid, rest = file.read().split(" ", 1)
        except OSError:
            continue  # it ended while we looked
        state, parent = rest.rsplit(")", 1)[1].split()[:2]
        if state != "Z":
            parents[int(pid)] = int(parent)
    found, edge = {}, {root}
    while edge:
        edge = {pid for pid, parent in parents.items() if parent in edge} - found.keys()
        found.update((pid, command_line(pid)) for pid in edge)
    return found


def command_line(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


def listening_ports(pids=None):
    """TCP ports that somebody listens on: one of `pids`, or anybody."""
    mine = set()
    for pid in pids or ():
        for link in glob.glob(f"/proc/{pid}/fd/*"):
            with contextlib.suppress(OSError):  # just closed
                mine.add(os.readlink(link))
    ports = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            with open(table) as file:
                rows = [line.split() for line in file.readlines()[1:]]
        except OSError:
            continue  # a machine without IPv6
        ports |= {int(row[1].rsplit(":", 1)[1], 16) for row in rows
                  if row[3] == "0A" and (pids is None or f"socket:[{row[9]}]" in mine)}
    return ports


def end_everything_below_me(seconds=5):
    """Ends every descendant of this process, politely first. Orphans are ours too: see `Screen.__enter__`."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        deadline = time.monotonic() + seconds
        for pid in descendants(os.getpid()):
            with contextlib.suppress(ProcessLookupError):  # it was faster
                os.kill(pid, number)
        while time.monotonic() < deadline:
            try:
                if os.waitpid(-1, os.WNOHANG)[0] == 0:
                    time.sleep(0.02)
            except ChildProcessError:
                return  # nobody is left


# --- the display -----------------------------------------------------------------------------------------------------


class Screen:
    """A display with a window manager, a session bus and accessibility switched on."""

    def __init__(self, width=1280, height=800):
        self.size = f"{width}x{height}x24"

    def __enter__(self):
        # A child that outlives its parent becomes ours instead of init's, so that nothing can slip away.
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda number, _: sys.exit(128 + number))
        self.folder = tempfile.mkdtemp(prefix="screen-")
        try:
            self._open()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _open(self):
        unwanted = re.compile("DISPLAY|WAYLAND|DBUS_|XDG_|NO_AT_BRIDGE|AT_SPI|SESSION_MANAGER|DESKTOP_")
        self.env = {key: value for key, value in os.environ.items() if not unwanted.match(key)}
        self.env |= {"HOME": self.folder, "XDG_RUNTIME_DIR": self.folder, "LANG": "C.UTF-8",
                     "GSETTINGS_BACKEND": "memory", "LIBGL_ALWAYS_SOFTWARE": "1"}
        self.log = open(os.path.join(self.folder, "log"), "w+")
        number = self._answer(self._display)
        self.env["DISPLAY"] = f":{number}"
        self._without_keychain()
        bus = self._answer(lambda fd: ["dbus-daemon", "--session", "--nofork", f"--print-address={fd}",
                                       f"--address=unix:dir={self.folder}"])
        self.env["DBUS_SESSION_BUS_ADDRESS"] = bus
        self._spawn(["openbox"])
        wait_until("the window manager", lambda: self._run("wmctrl", "-m").returncode == 0, 10)
        session = connect(bus)
        # Programs fill their accessibility tree only once somebody says that it will be read.
        call(session, "org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set",
             GLib.Variant("(ssv)", ("org.a11y.Status", "IsEnabled", GLib.Variant("b", True))))
        self.bus = connect(call(session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")[0])
        call(self.bus, *DESKTOP, "GetChildren")  # starts the registry
        self.plumbing = descendants(os.getpid())

    def _display(self, fd):
        """What serves the display, and says its number on `fd`."""
        return ["Xvfb", "-displayfd", str(fd), "-screen", "0", self.size, "-noreset", "-nolisten", "tcp",
                "+extension", "GLX"]

    def _without_keychain(self):
        """Asking for a keychain would have the bus start one, which stays behind. Whoever wants one brings it along."""
        folder = os.path.join(self.env["XDG_RUNTIME_DIR"], "dbus-1", "services")
        os.makedirs(folder)
        with open(os.path.join(folder, "org.freedesktop.secrets.service"), "w") as service:
            service.write("[D-BUS Service]\nName=org.freedesktop.secrets\nExec=/bin/false\n")

    def _spawn(self, command, **options):
        log = self.log
        return subprocess.Popen(command, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **options)

    def _answer(self, command):
        """Starts a server that reports on a file descriptor once it is ready, and returns what it says."""
        read, write = os.pipe()
        process = self._spawn(command(write), pass_fds=[write])
        os.close(write)
        os.set_blocking(read, False)
        answer = b""

        def complete():
            nonlocal answer
            with contextlib.suppress(BlockingIOError):  # nothing said yet
                answer += os.read(read, 4096)
            if process.poll() is not None:
                self.log.seek(0)
                raise Failure(f"{process.args[0]} ended with {process.returncode}: {self.log.read()[-800:]}")
            return answer.endswith(b"\n")

        wait_until(f"{process.args[0]} to be ready", complete, 20)
        os.close(read)
        return answer.decode().strip()

    def _run(self, *command):
        quiet = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True}
        return subprocess.run(command, env=self.env, timeout=30, **quiet)

    def picture(self, path):
        """Writes what is on the screen now as a PNG; a picture with hardly a colour in it is a failure."""
        taken = self._run("import", "-window", "root", path)
        colours = self._run("identify", "-format", "%k", path)
        if taken.returncode != 0 or colours.returncode != 0:
            raise Failure(f"no picture: {taken.stderr.strip() or colours.stderr.strip()}")
        if int(colours.stdout) < 8:
            raise Failure(f"{path} is blank: {colours.stdout} colours")

    def start(self, command, env=None, log=os.devnull):
        """Starts a program on this screen. `env` is added to the screen's own; `log` gets all that it prints."""
        env = self.env | (env or {})
        with open(log, "wb") as out:
            return Program(self, subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out))

    def strays(self):
        """Processes that the programs started here left behind, as {pid: command line}."""
        plumbing = self.plumbing.keys() | {pid for root in self.plumbing for pid in descendants(root)}
        return {pid: line for pid, line in descendants(os.getpid()).items() if pid not in plumbing}

    def __exit__(self, *_):
        end_everything_below_me()
        shutil.rmtree(self.folder, ignore_errors=True)


# --- the program -----------------------------------------------------------------------------------------------------


def connect(address):
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    connection = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
    connection.set_exit_on_close(False)
    return connection


def call(connection, owner, path, interface, method, arguments=None):
    flags = Gio.DBusCallFlags.NONE
    return connection.call_sync(owner, path, interface, method, arguments, None, flags, CALL_MS, None).unpack()


@dataclass
class Node:
    """One thing in the window as it was when the tree was read."""

    path: str
    depth: int
    role: str
    name: str
    description: str
    interfaces: list
    states: int

    def has(self, state):
        return bool(self.states >> state & 1)

    def line(self):
        marks = "".join(f" {mark}" for mark, on in (
            ("disabled", not self.has(ENABLED)), ("hidden", not self.has(SHOWING)), ("focused", self.has(FOCUSED)),
            ("checked", self.has(CHECKED))) if on)
        more = f" -- {self.description}" if self.description else ""
        return f"{'  ' * self.depth}{self.role} {self.name!r}{marks}{more}"


class Program:
    """A program started on a `Screen`."""

    def __init__(self, screen, process):
        self.screen, self.process, self.owner, self.unanswered = screen, process, None, 0

    def nodes(self):
        """The tree as it is now, in reading order; empty while there is no window."""
        if self.process.poll() is not None:
            raise Failure(f"the program ended with {self.process.returncode}")
        try:
            self.owner = self.owner or self._find_owner()
            items = self._ask("/org/a11y/atspi/cache", "Cache", "GetItems")[0] if self.owner else []
        except GLib.Error as error:
            self.unanswered += error.matches(Gio.io_error_quark(), Gio.IOErrorEnum.TIMED_OUT)
            if self.unanswered == CALLS:
                raise Failure("the program's accessibility tree does not answer") from error
            return []  # the window is just coming or going
        self.unanswered = 0
        depths = {}
        nodes = []
        for (_, path), _, (_, parent), _, _, interfaces, name, role, description, states in items:
            depths[path] = depths.get(parent, -1) + 1
            bits = sum(word << 32 * i for i, word in enumerate(states))
            role = Atspi.Role(role).value_nick.replace("-", " ")
            nodes.append(Node(path, depths[path], role, name, description, interfaces, bits))
        return nodes

    def _find_owner(self):
        bus = self.screen.bus
        for owner, _ in call(bus, *DESKTOP, "GetChildren")[0]:
            pid = call(bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                       "GetConnectionUnixProcessID", GLib.Variant("(s)", (owner,)))[0]
            if pid == self.process.pid:
                return owner
        return None

    def _ask(self, path, interface, method, arguments=None):
        return call(self.screen.bus, self.owner, path, f"org.a11y.atspi.{interface}", method, arguments)

    def tree(self):
        """The tree for people to read."""
        return "\n".join(node.line() for node in self.nodes())

    def find(self, role, name, seconds=10, enabled=False):
        """The first node whose role contains `role` and whose name is `name` (a text), or matches it (a pattern)."""

        def fits(node):
            same = name == node.name if isinstance(name, str) else name.search(node.name)
            return same and role in node.role and (node.has(ENABLED) or not enabled)

        what = f"{'an enabled ' if enabled else ''}{role or 'anything'} named {getattr(name, 'pattern', name)!r}"
        return wait_until(what, lambda: next(filter(fits, self.nodes()), None), seconds)

    def press(self, role, name, seconds=10):
        """Waits until it is there and enabled, then does what a click does."""
        self._act(role, name, seconds, "Action", "DoAction", GLib.Variant("(i)", (0,)))

    def type(self, role, name, text, seconds=10):
        """Waits until it is there and enabled, then replaces its text."""
        self._act(role, name, seconds, "EditableText", "SetTextContents", GLib.Variant("(s)", (text,)))

    def scroll_to(self, role, name, seconds=10):
        """Brings it into sight, where it can be; twice, for what is just opening moves it away again."""
        for _ in range(2):
            node = self.find(role, name, seconds)
            with contextlib.suppress(GLib.Error):  # it went away, or cannot
                self._ask(node.path, "Component", "ScrollTo", GLib.Variant("(u)", (int(Atspi.ScrollType.ANYWHERE),)))
            time.sleep(GLIDES)

    def _act(self, role, name, seconds, interface, method, arguments):
        def once():
            node = self.find(role, name, seconds, enabled=True)
            try:
                return self._ask(node.path, interface, method, arguments)[0]
            except GLib.Error:
                return False  # it went away between the look and the act

        wait_until(f"{getattr(name, 'pattern', name)!r} to take {method}", once, seconds)

    def place(self, node):
        """Where it lies in the window: left, top, width and height in pixels; `None` when it is gone or has no place."""
        with contextlib.suppress(GLib.Error):
            place = self._ask(node.path, "Component", "GetExtents", GLib.Variant("(u)", (int(Atspi.CoordType.WINDOW),)))[0]
            return place if place[2] > 0 and place[3] > 0 else None

    def text(self, node, nodes=None):
        """Everything that `node` and what is inside it say now (or did in `nodes`); empty when it is gone."""
        nodes = self.nodes() if nodes is None else nodes
        start = next((i for i, other in enumerate(nodes) if other.path == node.path), len(nodes))
        inside = nodes[start:start + 1]
        for other in nodes[start + 1:]:
            if other.depth <= node.depth:
                break
            inside.append(other)
        return "\n".join(filter(None, (part for other in inside for part in self._parts(other))))

    def _parts(self, node):
        yield node.name
        yield node.description
        if "org.a11y.atspi.Text" in node.interfaces:
            try:
                content = self._ask(node.path, "Text", "GetText", GLib.Variant("(ii)", (0, -1)))[0]
            except GLib.Error:
                return  # it has just gone
            if content != node.name:
                yield content

    def close(self, seconds=10):
        """Closes its window as a person does, with the cross; the program may still say no or take its time."""

        def window():
            rows = (line.split(None, 4) for line in self.screen._run("wmctrl", "-lp").stdout.splitlines())
            return next((row[0] for row in rows if row[2] == str(self.process.pid)), None)

        self.screen._run("wmctrl", "-i", "-c", wait_until("a window to close", window, seconds))

    def wait_for_exit(self, seconds):
        """Its exit code."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Failure(f"the program still runs {seconds} s later") from None
