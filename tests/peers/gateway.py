"""A LiteLLM gateway of its own, on a free port of this machine."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

BEGINS, ENDS = 180, 15  # seconds; it imports for half a minute on a busy machine


class Gateway:
    """Begins to start when it is made; `wait` tells when it takes requests."""

    def __init__(self, folder, config, key):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        path = os.path.join(folder, "litellm.yaml")
        with open(path, "w") as file:
            file.write(config)
        # The list of prices that it else fetches from the network is in it already.
        env = os.environ | {"HOME": folder, "LITELLM_MASTER_KEY": key, "LITELLM_LOCAL_MODEL_COST_MAP": "True"}
        program = os.path.join(os.path.dirname(sys.executable), "litellm")
        command = [program, "--config", path, "--host", "127.0.0.1", "--port", str(self.port), "--telemetry", "False"]
        self.log = tempfile.TemporaryFile("w+")
        self.began = time.monotonic()
        self.process = subprocess.Popen(command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=self.log,
                                        stderr=self.log, start_new_session=True)

    def wait(self):
        """Seconds from its start until it took requests."""
        while True:
            with contextlib.suppress(OSError), urllib.request.urlopen(self.url + "/health/liveliness", timeout=5):
                return time.monotonic() - self.began
            if self.process.poll() is not None or time.monotonic() - self.began > BEGINS:
                raise OSError(f"no gateway: {self.said()}")
            time.sleep(0.1)

    def said(self):
        self.log.seek(0)
        return self.log.read()[-2000:]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # What it has started itself is in its group.
        for number in signal.SIGTERM, signal.SIGKILL:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(ENDS)
        self.log.close()
