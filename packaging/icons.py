#!/usr/bin/env python3
"""Draws the icon in every size from assets/icon/*.svg, and the icon files of Windows and macOS. They are kept beside the
drawings, so that packaging needs nothing to draw with; run this after a drawing was changed.

usage: icons.py [--check]

With --check nothing is written: what is kept is compared with what would be drawn, and the exit code is 1 if it differs.
Needs `rsvg-convert` (Debian's librsvg2-bin). Another version of it may draw an edge a shade lighter; so much is no
difference.
"""

import argparse
import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "assets" / "icon"
SIZES = 16, 22, 24, 32, 48, 64, 128, 256, 512
# Up to here the small drawing is sharper.
SMALL = 24
WINDOWS = 16, 24, 32, 48, 64, 128, 256
# The kinds of macOS that hold a PNG, with their pixels; those with @2x share their sizes with others.
MACOS = (b"icp4", 16), (b"icp5", 32), (b"icp6", 64), (b"ic07", 128), (b"ic08", 256), (b"ic09", 512), \
    (b"ic11", 32), (b"ic12", 64), (b"ic13", 256), (b"ic14", 512)
# How far a channel of a pixel may lie off, of 255.
SHADE = 8


def drawn(pixels):
    """The icon as a PNG, `pixels` wide and high."""
    drawing = "singularis-small.svg" if pixels <= SMALL else "singularis.svg"
    side = str(pixels)
    command = ["rsvg-convert", "--width", side, "--height", side, FOLDER / drawing]
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout


def windows(pictures):
    """An .ico whose pictures are PNGs, which Windows reads since Vista."""
    head, offset = struct.pack("<HHH", 0, 1, len(WINDOWS)), 6 + 16 * len(WINDOWS)
    body = b""
    for pixels in WINDOWS:
        side = pixels % 256  # 256 is written as 0
        head += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(pictures[pixels]), offset + len(body))
        body += pictures[pixels]
    return head + body


def macos(pictures):
    """An .icns whose pictures are PNGs."""
    parts = b"".join(kind + struct.pack(">I", 8 + len(pictures[pixels])) + pictures[pixels] for kind, pixels in MACOS)
    return b"icns" + struct.pack(">I", 8 + len(parts)) + parts


def pixels_of(png):
    """The bytes of every pixel of a PNG of 8 bits RGBA without interlace, which is what is drawn here."""
    stream, packed, head = io.BytesIO(png), b"", None
    if stream.read(8) != b"\x89PNG\r\n\x1a\n":
        raise ValueError("that is no PNG")
    while len(start := stream.read(8)) == 8:
        length, kind = struct.unpack(">I4s", start)
        data = stream.read(length)
        stream.read(4)
        if kind == b"IHDR":
            head = struct.unpack(">IIBBBBB", data)
        elif kind == b"IDAT":
            packed += data
    if head is None or head[2:] != (8, 6, 0, 0, 0):
        raise ValueError(f"a PNG of another kind: {head}")
    return unfiltered(zlib.decompress(packed), head[0], head[1])


def unfiltered(raw, width, height):
    row_bytes, above, whole = 4 * width, bytes(4 * width), b""
    for number in range(height):
        kind, *row = raw[number * (row_bytes + 1):(number + 1) * (row_bytes + 1)]
        for at in range(row_bytes):
            left, up, corner = (row[at - 4], above[at], above[at - 4]) if at >= 4 else (0, above[at], 0)
            row[at] = (row[at] + (0, left, up, (left + up) // 2, nearest(left, up, corner))[kind]) % 256
        above = bytes(row)
        whole += above
    return width, height, whole


def nearest(left, up, corner):
    """Paeth's predictor."""
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))


def is_same(kept, new):
    """Whether two pictures show the same; what is not seen has no colour."""
    (*size, kept), (*other, new) = pixels_of(kept), pixels_of(new)
    return size == other and all(
        abs(kept[at + 3] - new[at + 3]) <= SHADE
        and all(abs(kept[at + i] * kept[at + 3] - new[at + i] * new[at + 3]) <= SHADE * 255 for i in range(3))
        for at in range(0, len(new), 4))


def differing(pictures):
    """What is kept and shows something else than the drawings."""
    kept = {pixels: (FOLDER / f"{pixels}.png").read_bytes() for pixels in SIZES if (FOLDER / f"{pixels}.png").exists()}
    wrong = [f"{pixels}.png" for pixels in SIZES if pixels not in kept or not is_same(kept[pixels], pictures[pixels])]
    if wrong:
        return wrong
    # Those two are put together from the pictures, byte by byte.
    whole = {"singularis.ico": windows(kept), "singularis.icns": macos(kept)}
    return [name for name, data in whole.items() if not (FOLDER / name).exists() or (FOLDER / name).read_bytes() != data]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    check = parser.parse_args().check
    pictures = {pixels: drawn(pixels) for pixels in SIZES}
    if check:
        wrong = differing(pictures)
        print(f"not as drawn: {', '.join(wrong)}" if wrong else f"{len(SIZES)} sizes and 2 icon files are as drawn")
        return 1 if wrong else 0
    for pixels, picture in pictures.items():
        (FOLDER / f"{pixels}.png").write_bytes(picture)
    (FOLDER / "singularis.ico").write_bytes(windows(pictures))
    (FOLDER / "singularis.icns").write_bytes(macos(pictures))
    print(f"{len(SIZES)} sizes and 2 icon files are drawn")
    return 0


if __name__ == "__main__":
    sys.exit(main())
