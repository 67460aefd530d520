#!/usr/bin/env python3
"""A pretend Gemini and a pretend Claude at one port of this machine, which can be disturbed at any time.

usage: pretend_cloud.py [--port N] [--key KEY] [--pace SECONDS] [--behave NAME]

    with PretendCloud() as cloud:
        ...                                                # cloud.url is the gateway of both providers
        cloud.behave("status", status=429, retry_after="2", of="claude")
        cloud.behave("hang", lasts=5)                      # and then as before
        cloud.open(), cloud.hung_up(), cloud.traffic()     # and cloud.requests tell what happened

As a process it is told from outside what to do, whatever it does at the moment:

    curl -d '{"name": "answer_after", "seconds": 3, "of": "gemini"}' http://127.0.0.1:N/pretend/behave
    curl http://127.0.0.1:N/pretend/counts

What it does: `answer`; `answer_after` some seconds, before which nothing is heard; `hang`; `stall_after_first_piece`;
`cut_after_first_piece`; `status` with a body, the provider's own words if none is given; `refuse`, which closes the
port until it is told something else, and so from outside only with `lasts`. Requests that came in before keep what
they met.
"""

import argparse
import contextlib
import json
import select
import signal
import socket
import socketserver
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from pretend_providers import Claude, Gemini, tokens
from pretend_wire import Refusal

KEY = "a-key-for-this-test-only-0123456789"
PROVIDERS = Gemini, Claude
NAMES = "answer", "answer_after", "hang", "stall_after_first_piece", "cut_after_first_piece", "status", "refuse"
STEP = 0.02  # seconds between two looks at whether something ended


@dataclass(frozen=True)
class Behaviour:
    """How requests are treated."""

    name: str = "answer"
    seconds: float = 0.0  # before an answer
    status: int = 503
    body: dict | None = None
    retry_after: str | None = None
    lists: bool = True  # lists of models are treated so too


@dataclass
class Asked:
    """A request that came in whole. Times are those of the clock on the wall."""

    at: float
    provider: str
    path: str  # without what follows a question mark
    model: str = ""
    role: str = ""
    body: object = field(default=None, repr=False)
    sent: int = 0  # bytes of its body, and of the answer's so far, without their framing
    received: int = 0
    status: int | None = None
    ended_at: float | None = None
    ending: str = ""  # complete, client left, or broken off


class PretendCloud:
    """Both providers, from `start` to `stop`."""

    def __init__(self, port=0, key=KEY, pace=0.0, prefer=0):
        self.port, self.key, self.pace, self.prefer = port, key, pace, prefer
        self.behaviours = {provider.NAME: Behaviour() for provider in PROVIDERS}
        self.requests, self.lock, self.changes = [], threading.RLock(), 0
        self.listener = self.reserved = None
        self.connected, self.is_stopped = set(), False

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        self.is_stopped = False
        self.listener = Listener(self, self.port)
        self.port = self.listener.server_port
        return self

    def stop(self):
        """Closes the port and cuts what is still connected."""
        with self.lock:
            self.is_stopped = True
            self.changes += 1
            self.close()
            if self.reserved:
                self.reserved.close()
                self.reserved = None
            for request in list(self.connected):
                with contextlib.suppress(OSError):  # it has just gone by itself
                    request.shutdown(socket.SHUT_RDWR)

    def close(self):
        if self.listener:
            self.listener.shutdown()
            self.listener.server_close()
            self.listener = None

    def behave(self, name, of=None, lasts=None, **how):
        """Treats what comes so from now on; `of` names one provider, `lasts` the seconds until all is as before.

        A wish that comes meanwhile stays: then nothing returns.
        """
        if name not in NAMES or of not in (None, *self.behaviours):
            raise ValueError(f"{name} of {of} is nothing this pretends to know")
        if name == "refuse" and of:
            raise ValueError("there is one port for both, so either both refuse connections or none does")
        with self.lock:
            before = dict(self.behaviours)
            self.set(before | dict.fromkeys([of] if of else before, Behaviour(name, **how)))
            if lasts is not None:
                timer = threading.Timer(lasts, self.return_to, (before, self.changes))
                timer.daemon = True
                timer.start()

    def return_to(self, before, changes):
        with self.lock:
            if changes == self.changes:  # nobody wished for anything else meanwhile
                self.set(before)

    def set(self, behaviours):
        refuses = any(behaviour.name == "refuse" for behaviour in behaviours.values())
        if refuses and self.listener:
            self.close()
            self.reserved = reserve(self.port)
        elif not refuses and self.reserved:
            self.listener = Listener(self, self.port)
            self.reserved.close()
            self.reserved = None
        self.behaviours, self.changes = behaviours, self.changes + 1

    # What happened

    def of(self, provider):
        with self.lock:
            return [asked for asked in self.requests if provider in (None, asked.provider)]

    def open(self, provider=None):
        """How many requests are being answered now, hanging ones among them."""
        return sum(asked.ended_at is None for asked in self.of(provider))

    def hung_up(self, provider=None):
        """When clients closed a connection before the answer was complete, one time for each."""
        return [asked.ended_at for asked in self.of(provider) if asked.ending == "client left"]

    def traffic(self, provider=None):
        """Requests and bytes of bodies by path."""
        total = {}
        for asked in self.of(provider):
            line = total.setdefault(asked.path, {"requests": 0, "sent": 0, "received": 0})
            for key, more in (("requests", 1), ("sent", asked.sent), ("received", asked.received)):
                line[key] += more
        return total

    def counts(self):
        """All of that, for those who look from outside."""
        with self.lock:
            listed = [{key: value for key, value in vars(asked).items() if key != "body"} for asked in self.requests]
            return {"behaviours": {name: asdict(behaviour) for name, behaviour in self.behaviours.items()},
                    "open": self.open(), "hung_up": self.hung_up(), "traffic": self.traffic(), "requests": listed}

    # One request

    def attend(self, handler, path, query, raw):
        """Answers one request as far as the present behaviour lets it get."""
        provider = next((provider for provider in PROVIDERS if provider.owns(path)), None)
        if provider is None:
            return handler.whole(404, {"error": "not here"})
        body = readable(raw)
        question = provider.question(path, body or {})
        with self.lock:
            behaviour = self.behaviours[provider.NAME]
            asked = Asked(time.time(), provider.NAME, path, question.model, question.role, body, len(raw))
            self.requests.append(asked)
        if handler.command == "GET" and not behaviour.lists:
            behaviour = Behaviour()
        try:
            self.answer(handler, provider, behaviour, question, asked, query)
        except ConnectionError:
            self.end(asked, "broken off" if self.is_stopped else "client left")
        return None

    def answer(self, handler, provider, behaviour, question, asked, query):
        if behaviour.name == "refuse":  # it came in just before the port was closed
            return self.end(asked, "broken off")
        if behaviour.name == "hang":
            handler.wait()
        handler.wait(behaviour.seconds if behaviour.name == "answer_after" else 0)
        pieces, is_stream, status = None, False, 200
        try:
            if behaviour.name == "status":
                raise Refusal(behaviour.status, behaviour.body or provider.error(behaviour.status))
            provider.check_key(handler.headers, self.key)
            if handler.command == "GET" and asked.path == provider.LIST:
                pieces = halves(provider.models())
            else:
                if asked.body is None:
                    provider.refuse(400, "The body is no JSON object.")  # the words of the real ones differ
                provider.check(asked.path, query, asked.body, question)
                prompt, is_stream = tokens(json.dumps(asked.body)), True
                pieces = provider.stream(question, question.answer(self.prefer), prompt)
        except Refusal as refusal:
            status, body = refusal.args
            pieces = halves(body)
        length = None if is_stream else sum(len(piece.encode()) for piece in pieces)
        asked.status = status
        handler.head(status, length, behaviour.retry_after if behaviour.name == "status" else None)
        for number, piece in enumerate(pieces):
            is_last = number + 1 == len(pieces)
            asked.received += len(piece.encode())
            if is_last:  # whoever has read the end may look at the counts at once
                self.end(asked, "complete")
            with contextlib.suppress(ConnectionError) if is_last else contextlib.nullcontext():
                handler.piece(piece, is_stream, is_last)
            if number == 0 and behaviour.name == "stall_after_first_piece":
                handler.wait()
            if number == 0 and behaviour.name == "cut_after_first_piece":
                return self.end(asked, "broken off")
            if not is_last:
                handler.wait(self.pace if is_stream else 0)
        return None

    def end(self, asked, ending):
        with self.lock:
            asked.ended_at, asked.ending = time.time(), ending


class Handler(BaseHTTPRequestHandler):
    """One connection, which is closed behind its request: so no behaviour meets a client of another one."""

    protocol_version, disable_nagle_algorithm = "HTTP/1.1", True

    def attend(self):
        self.close_connection = True
        length = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(length)
        if len(raw) < length:  # the client has left before it had asked
            return None
        path, _, query = self.path.partition("?")
        cloud = self.server.cloud
        if path == "/pretend/counts":
            return self.whole(200, cloud.counts())
        if path == "/pretend/behave":
            try:
                wish = readable(raw) or {}
                if wish.get("name") == "refuse" and "lasts" not in wish:
                    raise ValueError("nobody could take that back from outside; say for how many seconds: lasts")
                cloud.behave(**wish)
            except (TypeError, ValueError) as error:
                return self.whole(400, {"error": str(error)})
            return self.whole(200, {"behaviours": cloud.counts()["behaviours"]})
        return cloud.attend(self, path, query, raw)

    do_GET = do_POST = attend

    def head(self, status, length=None, retry_after=None):
        self.send_response_only(status)  # without the headers that would tell Python
        self.send_header("Content-Type", "text/event-stream; charset=utf-8" if length is None else "application/json")
        self.send_header(*(("Transfer-Encoding", "chunked") if length is None else ("Content-Length", str(length))))
        if retry_after is not None:
            self.send_header("Retry-After", str(retry_after))
        self.send_header("Connection", "close")
        self.end_headers()

    def piece(self, text, is_chunk, is_last):
        data = text.encode()
        framed = b"%x\r\n%s\r\n" % (len(data), data) if is_chunk else data
        self.wfile.write(framed + (b"0\r\n\r\n" if is_chunk and is_last else b""))

    def whole(self, status, body):
        text = json.dumps(body) + "\n"
        self.head(status, len(text.encode()))
        self.piece(text, False, True)

    def wait(self, seconds=None):
        """Waits so long, or for ever; a client that leaves meanwhile ends it with a `ConnectionError`."""
        until = None if seconds is None else time.monotonic() + seconds
        while until is None or time.monotonic() < until:
            left = STEP if until is None else min(STEP, max(0.0, until - time.monotonic()))
            readable_now, _, _ = select.select([self.connection], [], [], left)
            if readable_now and not self.connection.recv(1024):
                raise ConnectionAbortedError("the client has left")

    def log_message(self, *_):
        pass


class Listener(ThreadingHTTPServer):
    """The port, and a thread for each connection."""

    daemon_threads, request_queue_size, block_on_close = True, 128, False

    def __init__(self, cloud, port):
        self.cloud = cloud
        super().__init__(("127.0.0.1", port), Handler)
        threading.Thread(target=self.serve_forever, args=(STEP,), daemon=True).start()

    def server_bind(self):
        socketserver.TCPServer.server_bind(self)  # the one in between asks name servers who we are
        self.server_name, self.server_port = "localhost", self.server_address[1]

    def process_request(self, request, address):
        self.cloud.connected.add(request)
        super().process_request(request, address)

    def shutdown_request(self, request):
        self.cloud.connected.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request, address):
        if not isinstance(sys.exc_info()[1], ConnectionError):  # leaving is a client's right
            super().handle_error(request, address)


def reserve(port):
    """A socket that holds the port and does not listen: connections are refused, and nobody else gets it."""
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", port))
    return held


def readable(raw):
    """The JSON object of a body, or none."""
    try:
        body = json.loads(raw)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def halves(body):
    """In two pieces, so that it can be broken off between them."""
    text = json.dumps(body)
    return text[:len(text) // 2], text[len(text) // 2:]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="a free one is taken without")
    parser.add_argument("--key", default=KEY, help=f"the only one that is accepted; {KEY} without")
    parser.add_argument("--pace", type=float, default=0.02, help="seconds between two pieces of an answer")
    parser.add_argument("--behave", choices=NAMES[:-1], default="answer")
    parser.add_argument("--seconds", type=float, default=2.0, help="for answer_after")
    parser.add_argument("--status", type=int, default=503, help="for status")
    args = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    with PretendCloud(args.port, args.key, args.pace) as cloud, contextlib.suppress(KeyboardInterrupt):
        cloud.behave(args.behave, seconds=args.seconds, status=args.status)
        print(f"pretend cloud: Gemini and Claude at {cloud.url}", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
