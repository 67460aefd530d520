#!/usr/bin/env python3
"""A forwarder in front of any server of this machine, which counts the bytes of bodies that pass through it: what a
ledger says has to be what was really seen on the way.

usage: counting_proxy.py --target PORT [--port N]

    with CountingProxy(1234) as proxy:
        ...                                                # use proxy.url instead
        proxy.traffic()                                    # {"/v1/models": Traffic(requests=1, sent=0, received=812)}

It reads HTTP/1.1 on the way and changes nothing. Heads and the framing of chunks are not counted. As a process it
prints its counts as one JSON object when it is ended. If nobody listens behind it, connections are taken in and closed
at once.
"""

import argparse
import contextlib
import json
import signal
import socket
import sys
import threading
from collections import deque
from dataclasses import asdict, astuple, dataclass

PIECE = 1 << 16  # bytes that are passed on together at the most


@dataclass
class Traffic:
    """What went to one path and came back from it."""

    requests: int = 0
    sent: int = 0
    received: int = 0


class Messages:
    """One side of a connection. `read` gives the first lines of heads and the sizes of bodies as they pass by."""

    def __init__(self, is_bare, may_last_to_the_end):
        self.is_bare, self.may_last_to_the_end = is_bare, may_last_to_the_end
        self.stage, self.left, self.line, self.head = self.in_head, 0, b"", []

    def read(self, data):
        while data:
            if self.left:  # None until the end, or so many bytes of a body
                size = min(self.left, len(data))
                self.left, data = self.left - size, data[size:]
                yield size
            elif self.left is None:
                yield len(data)
                return
            else:
                line, end, data = data.partition(b"\n")
                self.line += line
                if end:
                    line, self.line = self.line.decode("latin-1").rstrip("\r"), b""
                    yield from self.stage(line)

    def in_head(self, line):
        if line:
            self.head.append(line)
        elif self.head:  # empty lines in front of a message mean nothing
            (first, *lines), self.head = self.head, []
            fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            is_bare = self.is_bare(first)
            yield first
            if is_bare:
                return
            if "chunked" in fields.get("transfer-encoding", "").lower():
                self.stage = self.in_size
            elif "content-length" in fields:
                self.left = int(fields["content-length"])
            elif self.may_last_to_the_end:
                self.left = None

    def in_size(self, line):
        if line:  # an empty one ends the chunk before
            self.left = int(line.partition(";")[0], 16)
            self.stage = self.in_size if self.left else self.in_trailer
        yield from ()

    def in_trailer(self, line):
        if not line:
            self.stage = self.in_head
        yield from ()


class Exchange:
    """One connection: which path what passes by belongs to."""

    def __init__(self, proxy):
        self.proxy, self.unanswered = proxy, deque()
        self.asking = self.answering = ""
        self.questions = Messages(lambda _line: False, may_last_to_the_end=False)
        self.answers = Messages(self.is_bare, may_last_to_the_end=True)

    def is_bare(self, line):
        """True for an answer that has no body, whatever its head says."""
        status = line.split(" ")[1:2]
        is_of_head = self.unanswered and self.unanswered[0][0] == "HEAD"
        return bool(is_of_head) or status[:1] in (["204"], ["304"]) or "".join(status).startswith("1")

    def asked(self, data):
        for found in self.questions.read(data):
            if isinstance(found, int):
                self.proxy.add(self.asking, Traffic(sent=found))
            else:
                method, target, *_ = [*found.split(" "), ""]
                self.asking = target.partition("?")[0]
                self.unanswered.append((method, self.asking))
                self.proxy.add(self.asking, Traffic(requests=1))

    def answered(self, data):
        for found in self.answers.read(data):
            if isinstance(found, int):
                self.proxy.add(self.answering, Traffic(received=found))
            elif not found.partition(" ")[2].startswith("1") and self.unanswered:  # 1xx is only an interim word
                self.answering = self.unanswered.popleft()[1]


class CountingProxy:
    """The forwarder, from `start` to `stop`."""

    def __init__(self, target_port, port=0, target_host="127.0.0.1"):
        self.target, self.port = (target_host, target_port), port
        self.paths, self.lock, self.sockets, self.listener = {}, threading.Lock(), set(), None

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        self.listener = socket.create_server(("127.0.0.1", self.port), backlog=128)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, args=(self.listener,), daemon=True).start()
        return self

    def stop(self):
        """Closes the port and cuts what is still connected."""
        listener, self.listener = self.listener, None
        for each in (listener, *self.sockets) if listener else ():
            with contextlib.suppress(OSError):  # it has just gone by itself
                each.shutdown(socket.SHUT_RDWR)
        if listener:
            listener.close()

    def traffic(self):
        """By path, without what follows a question mark."""
        with self.lock:
            return {path: Traffic(*astuple(traffic)) for path, traffic in self.paths.items()}

    def total(self):
        return Traffic(*map(sum, zip(*map(astuple, self.traffic().values()))))

    def add(self, path, more):
        with self.lock:
            traffic = self.paths.setdefault(path, Traffic())
            traffic.requests += more.requests
            traffic.sent += more.sent
            traffic.received += more.received

    def serve(self, listener):
        while True:
            try:
                client, _ = listener.accept()
            except OSError:  # it is closed
                return
            threading.Thread(target=self.forward, args=(client,), daemon=True).start()

    def forward(self, client):
        try:
            server = socket.create_connection(self.target, timeout=10)
        except OSError:
            client.close()
            return
        server.settimeout(None)
        self.sockets.update((client, server))
        exchange = Exchange(self)
        asking = threading.Thread(target=pump, args=(client, server, exchange.asked), daemon=True)
        asking.start()
        pump(server, client, exchange.answered)
        asking.join()
        for each in (client, server):
            self.sockets.discard(each)
            each.close()


def pump(source, target, count):
    """Passes everything on, and a farewell too."""
    with contextlib.suppress(OSError):  # one of them has left
        source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while data := source.recv(PIECE):
            count(data)  # first: whoever gets the end of an answer may look at the counts at once
            target.sendall(data)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--target", type=int, required=True, help="the port of the server behind it")
    parser.add_argument("--port", type=int, default=0, help="a free one is taken without")
    args = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    with CountingProxy(args.target, args.port) as proxy:
        print(f"counting proxy: {proxy.url} in front of port {args.target}", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            pass
        finally:
            print(json.dumps({path: asdict(traffic) for path, traffic in proxy.traffic().items()}), flush=True)


if __name__ == "__main__":
    main()
