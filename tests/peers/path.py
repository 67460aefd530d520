#!/usr/bin/env python3
"""Takes the program through its main path on the command line: against a real llama.cpp server, and in the demo.

usage: VENV/bin/python tests/peers/path.py BINARY      (VENV: an environment with requirements.txt of this folder in it)

Prints a line for every check with the time it took; exits with 1 if one failed. Every wait has a limit, and the servers
are gone when it ends.
"""

import argparse
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
SLOTS = 8  # more than the program asks at a time, so that no question waits for one
CONTEXT = 16384 * SLOTS
WIDTH = 384  # of the tiny model's embedding
KEY = "a-key-for-this-test-only"
LIMIT = 120  # seconds for one run of the program, a debug build on a busy machine


# The tiny model keeps a shape because a grammar holds it, and falls silent because the server does; it repeats nothing.
PROVED = ["answers in a given shape", "stops when asked"]
CAUGHT = ["calls tools", "reads its whole context"]


def need(condition, complaint):
    if not condition:
        raise AssertionError(complaint)


def make_model(folder, name, *flags):
    path = os.path.join(folder, f"{name}.gguf")
    command = [sys.executable, os.path.join(HERE, "tiny_model.py"), path, "--context", str(CONTEXT), *flags]
    subprocess.run(command, check=True, timeout=LIMIT)
    return path


def make_projector(folder):
    path = os.path.join(folder, "projector.gguf")
    command = [sys.executable, os.path.join(HERE, "tiny_projector.py"), path, str(WIDTH)]
    subprocess.run(command, check=True, timeout=LIMIT)
    return path


class Server:
    """A llama.cpp server on a free port of this machine."""

    def __init__(self, model, *extra):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.model, self.url, self.extra = model, f"http://127.0.0.1:{self.port}", extra

    def __enter__(self):
        self.log = tempfile.TemporaryFile("w+")
        options = ["--context", str(CONTEXT), "--parallel", str(SLOTS), *self.extra]
        command = [sys.executable, os.path.join(HERE, "llama_server.py"), self.model, str(self.port), *options]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + 60
        while True:
            with contextlib.suppress(OSError):
                self.get("/health")
                return self
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.__exit__()
                self.log.seek(0)
                raise OSError(f"no llama.cpp server: {self.log.read()[-2000:]}")
            time.sleep(0.05)

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            return answer.read().decode()

    def busy(self):
        """The requests in its slots: their number, and whether the prompt is read and the answer is on its way."""
        slots = json.loads(self.get("/slots"))
        return {s["id_task"]: s["next_token"][0]["n_decoded"] > 0 for s in slots if s["is_processing"]}

    def tokens_generated(self):
        lines = self.get("/metrics").splitlines()
        return next(float(line.split()[1]) for line in lines if line.startswith("llamacpp:tokens_predicted_total "))

    def established(self):
        """Connections that somebody still holds open to this server."""
        with open("/proc/net/tcp") as file:
            rows = [line.split() for line in file.readlines()[1:]]
        return [row[1] for row in rows if row[3] == "01" and int(row[2].split(":")[1], 16) == self.port]

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Program:
    """One run of the program in a home of its own."""

    def __init__(self, binary, *arguments, token=None):
        self.home = tempfile.TemporaryDirectory()
        self.out, self.err = tempfile.TemporaryFile("w+"), tempfile.TemporaryFile("w+")
        env = {key: value for key, value in os.environ.items() if not key.endswith(("_API_KEY", "_API_TOKEN"))}
        env |= {"HOME": self.home.name, "SINGULARIS_HOME": os.path.join(self.home.name, "singularis")}
        if token:
            env["LM_API_TOKEN"] = token
        command = [binary, *arguments]
        self.process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=self.out, stderr=self.err)

    def __enter__(self):
        return self

    def end(self, limit=LIMIT):
        """Waits for it; its exit code and what it printed."""
        try:
            code = self.process.wait(limit)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"it still runs after {limit} s\n{self.said()}") from None
        self.out.seek(0)
        return code, self.out.read()

    def said(self):
        self.out.seek(0)
        self.err.seek(0)
        return f"--- its output:\n{self.out.read()[-2000:]}\n--- its errors:\n{self.err.read()[-2000:]}"

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.home.cleanup()


def finished_run(program, limit=LIMIT):
    """The steps of a run that ended well: exit code 0, and a clean certificate on its last line."""
    code, printed = program.end(limit)
    lines = [json.loads(line) for line in printed.splitlines()]
    certificate = lines[-1].get("certificate") if lines else None
    need(certificate, f"no certificate on the last line\n{program.said()}")
    need(certificate["clean"] is True, f"not clean: {json.dumps(certificate)}\n{program.said()}")
    need(code == 0, f"exit code {code}\n{program.said()}")
    return [line for line in lines if line.get("event") == "step"], certificate


def doctor(binary, server):
    with Program(binary, "doctor", "--endpoint", server.url, "--json") as program:
        code, printed = program.end()
        answer = json.loads(printed)
        product, verdict = answer["server"]["product"], answer["verdict"]
        need(product == "llama_cpp", f"took the server for {product}\n{program.said()}")
        need(code == 0, f"exit code {code}, {verdict}\n{program.said()}")
        return f"{product}, {verdict}"


def deep(binary, server, proved, caught, token=None):
    """The abilities that the doctor found proved, and those it caught as only claimed; the rest is not claimed."""
    with Program(binary, "doctor", "--endpoint", server.url, "--deep", "--json", token=token) as program:
        code, printed = program.end()
        answer = json.loads(printed)
        need(code == 0 and answer["server"]["product"] == "llama_cpp", f"exit code {code}\n{program.said()}")
        truths = {f["check"]: f["verdict"] for f in answer["findings"] if f["check"].startswith("truth:")}
        for words, verdict in [*((words, "passed") for words in proved), *((words, "warned") for words in caught)]:
            found = [seen for check, seen in truths.items() if check.endswith(words)]
            need(found == [verdict], f"{words}: {found} instead of {verdict}: {truths}")
        need(len(truths) == len(proved) + len(caught), f"more was claimed than expected: {truths}")
        return f"{len(proved)} proved, {len(caught)} caught"


def locked(binary, server):
    with Program(binary, "doctor", "--endpoint", server.url, "--json") as program:
        code, printed = program.end()
        cause = json.loads(printed)["cause"]
        need((code, cause) == (1, "auth_required_or_invalid"), f"{code}, {cause}\n{program.said()}")
    note = deep(binary, server, PROVED, CAUGHT, token=KEY)
    return f"refused without the key, with it {note}"


def run(binary, server):
    before = server.tokens_generated()
    with Program(binary, "run", "--endpoint", server.url, "--cycles", "5", "--json") as program:
        steps, _ = finished_run(program)
        tokens = server.tokens_generated() - before
        need(steps, f"no step\n{program.said()}")
        need(tokens > 0, f"the model was not asked\n{program.said()}")
        return f"{len(steps)} steps, {tokens:.0f} tokens generated"


def bench(binary, server):
    """Whole games with a model that talks nonsense: they go on to their end, and it is told how often it fell back."""
    with tempfile.TemporaryDirectory() as folder:
        arms = ["--arm", "single", "--arm", "heuristic", "--seeds", "2", "--out", folder]
        with Program(binary, "bench", "--endpoint", server.url, *arms, "--json") as program:
            code, printed = program.end(4 * LIMIT)
            need(code == 0, f"exit code {code}\n{program.said()}")
            arms = {arm["label"]: arm for arm in json.loads(printed)["arms"]}
    single = arms["single"]
    need((single["runs"], single["failed"], single["unclean"]) == (2, 0, 0), f"{single}")
    need(single["ends"] == {"finished": 2}, f"games that were not played to their end: {single['ends']}")
    need(0 < single["fell_back"] < single["decisions"], f"{single['fell_back']} of {single['decisions']} fell back")
    return (f"{single['points']['mean']:.1f} points, rules alone {arms['heuristic']['points']['mean']:.1f}; "
            f"fell back {single['fell_back']} times in {single['decisions']} decisions")


def interrupt(binary, server):
    with Program(binary, "run", "--endpoint", server.url, "--cycles", "50", "--json") as program:
        deadline = time.monotonic() + LIMIT
        while not any((busy := server.busy()).values()):
            need(program.process.poll() is None, f"it ended before it was interrupted\n{program.said()}")
            need(time.monotonic() < deadline, f"no slot was generating within {LIMIT} s\n{program.said()}")
            time.sleep(0.1)
        pressed = time.monotonic()
        program.process.send_signal(signal.SIGINT)
        _, certificate = finished_run(program, 10)
        took = time.monotonic() - pressed
        need(not server.established(), f"connections are open: {server.established()}")
        # An answer under way ends with the next token that cannot be delivered. A prompt being read ends later: while
        # it reads, llama.cpp looks for a closed connection only after a second in which nobody asked it anything.
        late = server.busy()
        still, looks = late, 0
        while still and looks < 5:
            time.sleep(1.5)  # more than the second in which nobody may ask it anything
            still, looks = server.busy(), looks + 1
            # Only what was still being read may take longer; an answer ends with the next token.
            talking = [task for task in still if busy.get(task)]
            need(not talking, f"still generating {looks * 1.5:.1f} s later: {talking}")
        need(not still, f"slots are still busy: {server.get('/slots')}")
        return (f"{len(busy)} slots were busy, exit after {took * 1000:.0f} ms "
                f"(it says {certificate['stopped_ms']:.0f}), {len(late)} still busy at once, idle {looks * 1.5:.1f} s later")


def demo(binary):
    with Program(binary, "run", "--demo", "--cycles", "20", "--json", "--seed", "7") as program:
        steps, _ = finished_run(program)
        need(steps, f"no step\n{program.said()}")
        return f"{len(steps)} steps"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    binary = os.path.abspath(parser.parse_args().binary)
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))  # so that the servers end too
    failed = 0

    def check(name, action, *arguments):
        nonlocal failed
        started = time.monotonic()
        try:
            mark, note = "ok  ", action(*arguments)
        except (AssertionError, KeyError, TypeError, ValueError, OSError) as error:
            failed += 1
            mark, note = "FAIL", f"{type(error).__name__}: {error}"
        print(f"{mark} {(time.monotonic() - started) * 1000:7.0f} ms  {name}: {note}", flush=True)

    with tempfile.TemporaryDirectory() as folder:
        with Server(make_model(folder, "quick")) as server:
            check("doctor knows llama.cpp", doctor, binary, server)
            check("a run of five cycles", run, binary, server)
            check("whole games with a model that talks nonsense", bench, binary, server)
            check("what it can is proved, what it claims is caught", deep, binary, server, PROVED, CAUGHT)
        with Server(make_model(folder, "tools", "--tools")) as server:
            check("a model that calls tools, with the wrong words", deep, binary, server, PROVED, CAUGHT)
        with Server(make_model(folder, "think", "--think")) as server:
            check("a model that thinks first", doctor, binary, server)
        with Server(make_model(folder, "eyes"), "--mmproj", make_projector(folder)) as server:
            check("a model that only says it sees", deep, binary, server, PROVED, [*CAUGHT, "sees pictures"])
        with Server(make_model(folder, "locked"), "--key", KEY) as server:
            check("a server with a key", locked, binary, server)
        with Server(make_model(folder, "slow", "--endless", "--layers", "20")) as server:
            check("interrupted while the model talks", interrupt, binary, server)
        check("the demo", demo, binary)
    print(f"{failed} checks failed" if failed else "the path is clear")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
