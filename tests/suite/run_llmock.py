#!/usr/bin/env python3
"""Runs a command beside llmock, a mock server of three wire formats: one for each client.

usage: tests/suite/run_llmock.py VENV/bin -- COMMAND...     (VENV: an environment with requirements.txt of this folder)

The command finds the addresses in SINGULARIS_LLMOCK, and SINGULARIS_LLMOCK_REQUIRED is 1. Whatever happens, llmock is
gone when this ends, and the exit code is that of the command; 70 if llmock did not start.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

CLIENTS = 3  # each gets an llmock of its own, which plays one scene at a time
STARTS_WITHIN = 180  # seconds; the first start compiles every module
NO_LLMOCK = 70  # the exit code
# Between two events, so that a client that hangs up in the middle is seen to have hung up.
PACE_MS = 50


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Llmock:
    """llmock on a free port of this machine, with a log that is shown if it does not start."""

    def __init__(self, folder):
        self.program = os.path.join(folder, "llmock")
        self.url = f"http://127.0.0.1:{free_port()}"

    def __enter__(self):
        host, port = self.url.removeprefix("http://").split(":")
        command = [self.program, "serve", "--host", host, "--port", port, "--log-level", "warning"]
        command += ["--stream-chunk-delay-ms", str(PACE_MS)]
        # A setting that lies around must not break a test.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("LLMOCK_")}
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, env=environment, start_new_session=True
        )
        return self

    def wait_until_it_answers(self, deadline):
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        while True:
            with contextlib.suppress(OSError), direct.open(self.url + "/health", timeout=5):
                return
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.log.seek(0)
                raise OSError(f"llmock did not start:\n{self.log.read()[-2000:]}")
            time.sleep(0.05)

    def __exit__(self, *_):
        for how in (signal.SIGTERM, signal.SIGKILL):
            # The whole group, which is its own.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=5)
                break


def run(command, urls):
    environment = {**os.environ, "SINGULARIS_LLMOCK": " ".join(urls), "SINGULARIS_LLMOCK_REQUIRED": "1"}
    child = subprocess.Popen(command, env=environment)

    def pass_on(number, _frame):
        child.send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, pass_on)
    code = child.wait()
    return code if code >= 0 else 128 - code


def main():
    arguments = sys.argv[1:]
    if len(arguments) < 3 or arguments[1] != "--":
        print(__doc__, file=sys.stderr)
        return 2
    # Whoever ends this early means llmock too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with contextlib.ExitStack() as stack:
            started = [stack.enter_context(Llmock(arguments[0])) for _ in range(CLIENTS)]
            deadline = time.monotonic() + STARTS_WITHIN
            for llmock in started:
                llmock.wait_until_it_answers(deadline)
            return run(arguments[2:], [llmock.url for llmock in started])
    except OSError as error:
        print(error, file=sys.stderr)
        return NO_LLMOCK


if __name__ == "__main__":
    sys.exit(main())
