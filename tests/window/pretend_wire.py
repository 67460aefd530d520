"""How the pretend LM Studio speaks HTTP: ports that close at once, JSON, event streams, refusals."""

import contextlib
import json
import socket
import socketserver
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Refusal(Exception):
    """A request that is answered with an error: its status, its body."""


def refuse(status, message, kind="invalid_request", **more):
    raise Refusal(status, {"error": {"message": message, "type": kind, **more}})


class Handler(BaseHTTPRequestHandler):
    """One connection. The listener's routes answer with something for JSON, or with nothing once they have streamed."""

    protocol_version, disable_nagle_algorithm = "HTTP/1.1", True

    def answer(self):
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.split("?")[0]
        try:
            body = self.server.answer(self, path, raw)
            status = 200
        except Refusal as refusal:
            status, body = refusal.args
        if body is not None:
            self.head(status, "application/json; charset=utf-8", json.dumps(body).encode())

    do_GET = do_POST = do_PUT = do_DELETE = do_OPTIONS = do_HEAD = answer

    def head(self, status, kind, body=None):
        self.send_response_only(status)  # without the headers that would tell Python
        self.send_header("X-Powered-By", "Express")
        if self.server.studio.config["cors"]:
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Access-Control-Allow-Headers", "*")
        self.send_header("Content-Type", kind)
        self.send_header(*(("Transfer-Encoding", "chunked") if body is None else ("Content-Length", str(len(body)))))
        self.end_headers()
        if body and self.command != "HEAD":
            self.wfile.write(body)

    def chunk(self, text):
        data = text.encode()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

    def event(self, data, name=None):
        self.chunk((f"event: {name}\n" if name else "") + f"data: {json.dumps(data)}\n\n")

    def log_message(self, *_):
        pass


class Listener(ThreadingHTTPServer):
    """A port of this machine that is served until `stop`, which also cuts what is still connected."""

    daemon_threads, request_queue_size = True, 64

    def __init__(self, studio, port, answer):
        self.studio, self.answer, self.connected = studio, answer, set()
        super().__init__(("127.0.0.1", port), Handler)
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def server_bind(self):
        socketserver.TCPServer.server_bind(self)  # the one in between asks name servers who we are
        self.server_name, self.server_port = "localhost", self.server_address[1]

    def process_request(self, request, address):
        self.connected.add(request)
        super().process_request(request, address)

    def shutdown_request(self, request):
        self.connected.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request, address):
        if not isinstance(sys.exc_info()[1], ConnectionError):  # leaving in mid-answer is a client's right
            super().handle_error(request, address)

    def stop(self):
        self.shutdown()
        self.server_close()
        for request in list(self.connected):
            with contextlib.suppress(OSError):  # it has just gone by itself
                request.shutdown(socket.SHUT_RDWR)
