"""Looks at a display from outside, by the display's own protocol: which window belongs to a process, and what it shows.

Four requests are all that is wanted of it, so no library is needed. What is refused because a window has gone or is not
shown yet is `None`.
"""

from __future__ import annotations

import socket
import struct

GET_PROPERTY, QUERY_TREE, INTERN_ATOM, GET_IMAGE = 20, 15, 16, 73
WHOLE_PIXELS, ALL_PLANES = 2, 0xFFFFFFFF
CARDINAL = 6
# A window manager puts a frame or two around a program's own window.
DEPTH = 3


class Display:
    """A connection to `:N` on this machine, without a password."""

    def __init__(self, name: str):
        number = name.partition(":")[2].partition(".")[0]
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(f"/tmp/.X11-unix/X{number}")
        self._socket.sendall(struct.pack("<BxHHHHxx", ord("l"), 11, 0, 0, 0))
        is_welcome, _, _, length = struct.unpack("<BxHHH", self._read(8))
        setup = self._read(4 * length)
        if is_welcome != 1:
            raise ConnectionRefusedError(f"the display {name} refuses: {setup!r}")
        (vendor_length,), formats = struct.unpack_from("<H", setup, 16), setup[21]
        screens = 32 + (vendor_length + 3) // 4 * 4 + 8 * formats
        (self.root,) = struct.unpack_from("<I", setup, screens)
        self._process = self._atom("_NET_WM_PID")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._socket.close()

    def window_of(self, pid: int) -> int | None:
        """The window that says it belongs to this process."""
        edge = [self.root]
        for _ in range(DEPTH):
            edge = [child for window in edge for child in self._children(window)]
            for window in edge:
                if self._pid(window) == pid:
                    return window
        return None

    def colours(self, window: int, width: int, height: int) -> int | None:
        """How many different ones there are in its upper left corner."""
        body = struct.pack("<IhhHHI", window, 0, 0, width, height, ALL_PLANES)
        reply = self._ask(GET_IMAGE, WHOLE_PIXELS, body)
        return None if reply is None else len(set(memoryview(reply[32:]).cast("I")))

    def _pid(self, window: int) -> int | None:
        reply = self._ask(GET_PROPERTY, 0, struct.pack("<IIIII", window, self._process, CARDINAL, 0, 1))
        return struct.unpack_from("<I", reply, 32)[0] if reply and len(reply) >= 36 else None

    def _children(self, window: int) -> list[int]:
        reply = self._ask(QUERY_TREE, 0, struct.pack("<I", window))
        if reply is None:
            return []
        (count,) = struct.unpack_from("<H", reply, 16)
        return list(struct.unpack_from(f"<{count}I", reply, 32))

    def _atom(self, name: str) -> int:
        padded = name.encode().ljust((len(name) + 3) // 4 * 4, b"\0")
        reply = self._ask(INTERN_ATOM, 0, struct.pack("<Hxx", len(name)) + padded)
        return struct.unpack_from("<I", reply, 8)[0]

    def _ask(self, request: int, data: int, body: bytes) -> bytes | None:
        self._socket.sendall(struct.pack("<BBH", request, data, 1 + len(body) // 4) + body)
        while True:
            head = self._read(32)
            if head[0] == 0:  # an error
                return None
            if head[0] == 1:  # the reply; everything else is an event that nobody asked for
                return head + self._read(4 * struct.unpack_from("<I", head, 4)[0])

    def _read(self, length: int) -> bytes:
        read = bytearray()
        while len(read) < length:
            piece = self._socket.recv(length - len(read))
            if not piece:
                raise ConnectionError("the display has gone")
            read += piece
        return bytes(read)
