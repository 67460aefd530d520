"""Programs that are measured: started with nothing of this machine's settings, read to their end, never left behind."""

from __future__ import annotations

import json
import os
import pathlib
import queue
import subprocess
import threading
import time

# Whatever of this the machine has, a measurement is the same on every machine.
NOT_FROM_HERE = ("GEMINI_API_KEY", "ANTHROPIC_API_KEY", "LM_API_TOKEN", "LMS_SERVER_HOST", "SINGULARIS_LOG", "SINGULARIS_HOME",
                 "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
# For anything that ends by itself. Seconds.
PATIENCE_S = 300


def environment(home: pathlib.Path | None = None) -> dict[str, str]:
    """This one's without keys and proxies; with a home, everything the program keeps goes there."""
    variables = {name: value for name, value in os.environ.items() if name not in NOT_FROM_HERE}
    if home is not None:
        variables |= {"HOME": str(home), "SINGULARIS_HOME": str(home)}
    return variables


def last_line(command: list, timeout_s: float = PATIENCE_S, **more) -> dict:
    """Runs a program that ends by itself and prints one JSON object as its last line; whatever else it does is an error."""
    command = [str(word) for word in command]
    more.setdefault("env", environment())
    ended = subprocess.run(command, capture_output=True, text=True, timeout=timeout_s, stdin=subprocess.DEVNULL, **more)
    lines = ended.stdout.strip().splitlines()
    if ended.returncode != 0 or not lines:
        raise RuntimeError(f"{' '.join(command)} ended with {ended.returncode}: {ended.stdout[-500:]} {ended.stderr[-2000:]}")
    return json.loads(lines[-1])


class Source:
    """The server that everybody asks, for as long as the block lasts."""

    def __init__(self, program: pathlib.Path, *arguments: str):
        command = [str(program), *map(str, arguments)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._next(time.monotonic() + 10)['port']}"
        self.accepted = 0
        # The connections whose stream has begun, and when each connection ended by the shared clock.
        self.opened: set[int] = set()
        self.closed_at_ns: dict[int, int] = {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()

    def forget(self):
        """Begins to count anew; everything that was open has to be closed."""
        self.wait_until("every connection is closed", lambda: self.accepted == len(self.closed_at_ns))
        self.accepted = 0
        self.opened, self.closed_at_ns = set(), {}

    def wait_until(self, what: str, is_so, within_s: float = 30):
        """Takes in what the server tells until it is so."""
        deadline = time.monotonic() + within_s
        while not is_so():
            try:
                line = self._next(deadline)
            except queue.Empty:
                raise TimeoutError(f"not within {within_s} s: {what} ({self.accepted} accepted, {len(self.opened)} opened, "
                                   f"{len(self.closed_at_ns)} closed)") from None
            self.accepted += "accepted" in line
            if "opened" in line:
                self.opened.add(line["opened"])
            if "closed" in line:
                self.closed_at_ns[line["closed"]] = line["at_ns"]

    def _read(self):
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def _next(self, deadline: float) -> dict:
        line = self._lines.get(timeout=max(0.0, deadline - time.monotonic()))
        if line is None:
            raise RuntimeError(f"the server ended with {self._process.wait()}")
        return json.loads(line)
