#!/usr/bin/env python3
"""A tool server that misbehaves in one way, over its input and output. Apart from that it is a small decent one.

usage: nasty.py MODE [MARKER]

Modes that never come to an agreement: garbage, half_line, flood_junk, flood_notes, silent, exits, wrong_version,
needs_variable, refuses.
Modes that work nevertheless: good, banter, chatty, noisy, stubborn, forks, malformed, mute_list.
Tools: look, echo, fail, refuse, slow, quiet, cancelled, grow, shrink, big, die, pid. In the mode dies, looking kills it too.

MARKER is not used; it is how a test finds this process, and whatever it has started, among all others.
"""

import itertools
import json
import os
import signal
import subprocess
import sys
import threading
import time

MODE = sys.argv[1] if len(sys.argv) > 1 else "good"
MARKER = sys.argv[2] if len(sys.argv) > 2 else ""
SERVES = "2025-11-25"
LONGEST = 16 << 20  # bytes: longer lines are dropped by clients of this kind
ERRORS = 10 << 20  # bytes
# One of each kind that clients trip over; those with a name and an object for a schema are good.
MALFORMED = [
    {"name": "no_schema", "description": "It has no schema"},
    {"name": "schema_true", "inputSchema": True},
    {"name": "schema_text", "inputSchema": "object"},
    {"description": "It has no name", "inputSchema": {"type": "object"}},
    {"name": 7, "inputSchema": {"type": "object"}},
    {"name": "", "inputSchema": {"type": "object"}},
    {"name": "echo", "description": "The second one of this name", "inputSchema": {"type": "object"}},
    "no object at all",
    None,
]

out, lock = sys.stdout.buffer, threading.Lock()
cancelled, has_grown = set(), threading.Event()


def write(data):
    with lock:
        out.write(data)
        out.flush()


def send(**message):
    write(json.dumps({"jsonrpc": "2.0"} | message).encode() + b"\n")


def tool(name, description, hints=None, **properties):
    schema = {"type": "object", "properties": properties}
    return {"name": name, "description": description, "inputSchema": schema} | ({"annotations": hints} if hints else {})


LOOKS, TEXT, SECONDS = {"readOnlyHint": True}, {"type": "string"}, {"type": "number"}
TOOLS = [
    tool("look", "Looks around.", LOOKS),
    tool("echo", "Says it again.", LOOKS, text=TEXT),
    tool("fail", "Tries and does not succeed."),
    tool("refuse", "Answers with an error of the protocol."),
    tool("slow", "Takes its time, and says how far it is.", None, seconds=SECONDS),
    tool("quiet", "Takes its time, and says nothing.", None, seconds=SECONDS),
    tool("cancelled", "How many calls were cancelled.", LOOKS),
    tool("grow", "Offers one tool more from now on.", {"readOnlyHint": False, "destructiveHint": False}),
    tool("shrink", "Takes that tool away.", {"readOnlyHint": False, "destructiveHint": False}),
    tool("big", "Answers in a line that is too long.", LOOKS),
    tool("die", "Ends this server in the middle of the call."),
    tool("pid", "The number of this process.", LOOKS),
]


def offered():
    tools = TOOLS + ([tool("grown", "It was not there before.", LOOKS)] if has_grown.is_set() else [])
    return tools + MALFORMED if MODE == "malformed" else tools


def text(words, is_error=False):
    return {"content": [{"type": "text", "text": words}], "isError": is_error}


def take_time(number, token, seconds):
    """Answers so much later; meanwhile it says how far it is, if somebody wants to know."""
    steps = max(1, int(seconds * 5))
    for step in range(steps):
        time.sleep(seconds / steps)
        if token is not None:
            note = {"progressToken": token, "progress": step + 1, "total": steps, "message": f"step {step + 1}"}
            send(method="notifications/progress", params=note)
    if number not in cancelled:
        send(id=number, result=text(f"it took {seconds} s"))


def die(words):
    print(words, file=sys.stderr, flush=True)
    os._exit(9)


def call(number, params):
    name, arguments = params.get("name"), params.get("arguments") or {}
    token = params.get("_meta", {}).get("progressToken")
    if name == "die" or (name == "look" and MODE == "dies"):
        die("the tool broke this server")
    elif name in ("slow", "quiet"):
        told = token if name == "slow" else None
        threading.Thread(target=take_time, args=(number, told, float(arguments.get("seconds", 1))), daemon=True).start()
    elif name == "refuse":
        send(id=number, error={"code": -32602, "message": "not with such arguments"})
    elif name == "big":
        send(id=number, result=text("x" * LONGEST + "the end"))
    elif name in ("grow", "shrink"):
        has_grown.set() if name == "grow" else has_grown.clear()
        send(id=number, result=text(f"it has {name}n"))
        send(method="notifications/tools/list_changed")
    elif not any(name == known.get("name") for known in offered() if isinstance(known, dict)):
        send(id=number, error={"code": -32602, "message": f"there is no tool called {name}"})
    else:
        answers = {"look": "There is nothing but this room.", "echo": str(arguments.get("text", "")),
                   "fail": "it did not work out", "cancelled": f"{len(cancelled)} cancelled", "pid": str(os.getpid()),
                   "grown": "it is here"}
        send(id=number, result=text(answers[name], is_error=name == "fail"))


def answer(message):
    number, method, params = message.get("id"), message.get("method"), message.get("params") or {}
    if method == "initialize":
        if MODE == "refuses":
            return send(id=number, error={"code": -32000, "message": "not before the moon is full"})
        version = "1999-12-31" if MODE == "wrong_version" else SERVES
        send(id=number, result={"protocolVersion": version, "capabilities": {"tools": {"listChanged": True}},
                                "serverInfo": {"name": "nasty", "version": "0.1"},
                                "instructions": "Everything here is made to break."})
    elif method == "tools/list":
        if MODE != "mute_list":
            send(id=number, result={"tools": offered()})
    elif method == "tools/call":
        call(number, params)
    elif method == "notifications/cancelled":
        cancelled.add(params.get("requestId"))
    elif number is not None and method is not None:
        send(id=number, result={})


def serve(before=lambda: None):
    for line in sys.stdin.buffer:
        try:
            message = json.loads(line)
        except ValueError:
            continue
        before()
        answer(message)


# --- what is nasty --------------------------------------------------------------------------------------------------


def flood(line, is_over=lambda: False):
    """As many lines as are read, thousands at a time."""
    chunk = line * 2000
    while not is_over():
        write(chunk)


def garbage():
    for number in itertools.count():
        write(b"\x1b[32mINFO\x1b[0m this is no message, it is line %d\n" % number)
        time.sleep(0.01)


def half_line():
    sys.stdin.buffer.readline()
    write(b'{"jsonrpc": "2.0", "id": 0, "result": {"protocolVersion": "2025-')
    forever()


def forever():
    while True:
        time.sleep(3600)


def banter():
    """Says something that is no message before and after everything, and the halves of its answers apart."""
    write(b"Welcome! \xff\xfe this server is young\n[1, 2, 3]\nnull\n{not json\n")
    serve(lambda: write(b"DEBUG somebody said something\n\x1b[1mbold\x1b[0m\n"))


def chatty():
    line = b"".join(b"%08d something is always the matter with this one" % 0 for _ in range(20)) + b"\n"
    for _ in range(ERRORS // len(line)):
        sys.stderr.buffer.write(line)
    sys.stderr.flush()
    serve()


def noisy():
    """Floods while it works: notifications and junk by turns."""
    note = json.dumps({"jsonrpc": "2.0", "method": "notifications/message",
                       "params": {"level": "debug", "data": "again"}}).encode() + b"\n"
    started = threading.Event()

    def talk():
        started.wait()
        flood(note + b"and this is no message\n")

    threading.Thread(target=talk, daemon=True).start()
    # Only once it is spoken to: whoever floods before is another mode.
    serve(started.set)


def stubborn():
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    serve()
    forever()


def forks():
    """What it starts ignores requests, leaves its group, and holds nothing of its pipes."""
    deaf = ("import os, signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nsignal.signal(signal.SIGHUP, "
            "signal.SIG_IGN)\nos.setsid()\nos.write(1, b'gone')\nos.close(1)\nwhile True: time.sleep(3600)\n")
    grandchild = subprocess.Popen([sys.executable, "-c", deaf, MARKER], stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    grandchild.stdout.read()  # until it has left
    serve()


def exits():
    print("Error: Cannot find module 'left-pad'", file=sys.stderr, flush=True)
    sys.exit(3)


def needs_variable():
    if not os.environ.get("NASTY_TOKEN"):
        print("NASTY_TOKEN must be set", file=sys.stderr, flush=True)
        sys.exit(2)
    serve()


NOTE = b'{"jsonrpc": "2.0", "method": "notifications/message", "params": {"level": "info", "data": "x"}}\n'
WAYS = {"garbage": garbage, "half_line": half_line, "flood_junk": lambda: flood(b"junk, and more of it\n"),
        "flood_notes": lambda: flood(NOTE), "silent": forever, "exits": exits, "banter": banter, "chatty": chatty,
        "noisy": noisy, "stubborn": stubborn, "forks": forks, "needs_variable": needs_variable}


def main():
    try:
        WAYS.get(MODE, serve)()
    except (BrokenPipeError, KeyboardInterrupt):
        # Nobody listens any more; what is still to be flushed has nowhere to go.
        os._exit(0)


if __name__ == "__main__":
    main()
