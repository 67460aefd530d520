"""The whole ladder of checks: on a server that is well, on a port where nobody listens, and on one that says nothing.

The well server is a pretend LM Studio that answers as fast as it can, so the time is that of the checks and not of a model.
"""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import threading
import time

from . import Context, Row, interleaved
from .figures import median
from .processes import environment

SECTION = "doctor"
PATIENCE_S = 120
# Whoever says nothing is waited for, each time as long as the limits say.
SILENT_TIMES, QUICK_SILENT_TIMES = 5, 1


def measure(context: Context) -> list[Row]:
    sys.path.insert(0, str(context.root / "tests" / "window"))
    from pretend_lm_studio import PretendLmStudio

    home = context.folder("doctor")
    with contextlib.ExitStack() as open_things:
        port = free_port()
        # It answers from the moment on in which it is there, and without thinking.
        studio = open_things.enter_context(PretendLmStudio(home / "studio", port=port, pace=0.0))
        healthy = lambda: checked(context, home, port, "healthy")
        dead_port = free_port()
        dead = lambda: checked(context, home, dead_port, "unhealthy")
        silent_port = open_things.enter_context(silent())
        seen = interleaved({"a healthy server": healthy, "a port where nobody listens": dead}, context.repetitions)
        if not studio.asked:
            raise RuntimeError("the healthy server was never asked")
        times = QUICK_SILENT_TIMES if context.quick else SILENT_TIMES
        mute = {"a port that says nothing": lambda: checked(context, home, silent_port, "unhealthy")}
        seen |= interleaved(mute, times)
    return [row(case, figures) for case, figures in seen.items()]


def row(case: str, figures: dict[str, list[float]]) -> Row:
    return Row(SECTION, f"the whole ladder on {case}", "ours", "ms", figures["wall_ms"],
               note=f"start and end of the program included; the ladder alone {median(figures['ladder_ms']):.0f} ms")


def checked(context: Context, home, port: int, verdict: str) -> dict[str, float]:
    command = [str(context.ours("singularis")), "doctor", "--json", "--endpoint", f"http://127.0.0.1:{port}"]
    began = time.monotonic()
    ended = subprocess.run(command, env=environment(home), capture_output=True, text=True, stdin=subprocess.DEVNULL,
                           timeout=PATIENCE_S)
    wall_ms = (time.monotonic() - began) * 1000
    report = json.loads(ended.stdout) if ended.stdout else {}
    if report.get("verdict") != verdict or ended.returncode != (verdict == "unhealthy"):
        raise RuntimeError(f"it should be {verdict} at port {port}, exit code {ended.returncode}: "
                           f"{ended.stdout[-2000:]} {ended.stderr[-1000:]}")
    return {"wall_ms": wall_ms, "ladder_ms": report["took_ms"]}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@contextlib.contextmanager
def silent():
    """Takes every connection and what comes in on it, and never answers."""
    server, taken = socket.create_server(("127.0.0.1", 0)), []

    def take():
        with contextlib.suppress(OSError):  # it is closed at the end
            while True:
                taken.append(server.accept()[0])

    threading.Thread(target=take, daemon=True).start()
    try:
        yield server.getsockname()[1]
    finally:
        # A thread that waits for a connection is not woken by closing alone.
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        for connection in taken:
            connection.close()
