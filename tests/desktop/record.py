#!/usr/bin/env python3
"""Records what a display's devices are made to do, through the X RECORD extension, which misses nothing: real devices
and XTEST alike, whoever sends it.

usage: record.py DISPLAY

Says `ready` once it listens. Ends when its input is closed, and then prints one JSON object: how many events of each
kind there were, such as {"KeyPress": 2, "KeyRelease": 2}; a key that the server repeats while it is down is one press
and as many "Repeat". Needs python-xlib.
"""

import collections
import json
import sys
import threading

from Xlib import X, display
from Xlib.ext import record
from Xlib.protocol import rq

NAMES = {X.KeyPress: "KeyPress", X.KeyRelease: "KeyRelease", X.ButtonPress: "ButtonPress",
         X.ButtonRelease: "ButtonRelease", X.MotionNotify: "MotionNotify"}


def main():
    name = sys.argv[1]
    # One connection is busy with listening, so another one has to say when it is over.
    listening, steering = display.Display(name), display.Display(name)
    if not listening.has_extension("RECORD"):
        sys.exit("this display cannot be recorded")
    no_range = {"core_requests": (0, 0), "core_replies": (0, 0), "ext_requests": (0, 0, 0, 0),
                "ext_replies": (0, 0, 0, 0), "delivered_events": (0, 0), "errors": (0, 0), "client_started": False,
                "client_died": False}
    ranges = [no_range | {"device_events": (X.KeyPress, X.MotionNotify)}]
    context = steering.record_create_context(0, [record.AllClients], ranges)
    steering.sync()
    seen, down = collections.Counter(), set()

    def heard(reply):
        if reply.category == record.StartOfData:
            print("ready", flush=True)
        if reply.category != record.FromServer or reply.client_swapped:
            return
        data = reply.data
        while data:
            event, data = rq.EventField(None).parse_binary_value(data, listening.display, None, None)
            kind = NAMES.get(event.type, str(event.type))
            if event.type == X.KeyPress:
                kind = "Repeat" if event.detail in down else kind
                down.add(event.detail)
            elif event.type == X.KeyRelease:
                down.discard(event.detail)
            seen[kind] += 1

    def steer():
        sys.stdin.read()
        # What was sent before is answered before: nothing is missed at the end.
        steering.sync()
        steering.record_disable_context(context)
        steering.flush()

    threading.Thread(target=steer, daemon=True).start()
    listening.record_enable_context(context, heard)
    print(json.dumps(seen), flush=True)


if __name__ == "__main__":
    main()
