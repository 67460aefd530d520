"""One answer of very many small pieces, read by everybody: what that takes of the processor, of time and of memory."""

from __future__ import annotations

from . import Context, Row, interleaved
from .figures import median
from .processes import Source, last_line

DELTAS = 100_000
QUICK_DELTAS = 20_000
# What the server sends as each piece.
PIECE = " word"

BARE, OURS = "bare reqwest", "ours"
# The least that a reader can do may be exceeded by so much.
ALLOWED = 1.10

FIGURES = {"processor time": ("ms", "cpu_ms"), "time": ("ms", "wall_ms"), "peak memory": ("KiB", "peak_rss_kb")}


def readers(context: Context, url: str) -> dict[str, list]:
    """Everybody, and how they are started."""
    return {
        BARE: [context.peer("bare_reqwest"), url],
        OURS: [context.example("stream_reader"), url],
        "ours, shown on the stage": [context.example("stream_reader"), "--watched", url],
        "async-openai": [context.peer("with_async_openai"), url],
        "genai": [context.peer("with_genai"), url],
        "aiohttp, as in the seed": [context.python, context.seed("reader.py"), url],
    }


def measure(context: Context) -> list[Row]:
    deltas = QUICK_DELTAS if context.quick else DELTAS
    with Source(context.peer("source"), "--deltas", deltas) as source:
        def reading(command):
            def read():
                line = last_line(command)
                heard = (line["deltas"], line["bytes"])
                if heard != (deltas, deltas * len(PIECE)):
                    raise RuntimeError(f"{command[0]} heard {heard} of {deltas} pieces")
                return {key: line[key] for _, key in FIGURES.values()}
            return read

        contenders = {who: reading(command) for who, command in readers(context, source.url).items()}
        # Once for the caches, and so that whoever cannot play at all is known at once.
        interleaved(contenders, 1)
        seen = interleaved(contenders, context.repetitions)
    return rows(seen, deltas)


def rows(seen: dict[str, dict[str, list[float]]], deltas: int) -> list[Row]:
    made = []
    for case, (unit, key) in FIGURES.items():
        for who, figures in seen.items():
            row = Row("streaming", f"{case} of {deltas:,} pieces", who, unit, figures[key], base=BARE)
            if (who, key) == (OURS, "cpu_ms"):
                row.goal, row.met = f"≤ {ALLOWED:.2f} × {BARE}, ahead of every other", is_reached(seen)
            if who == OURS and key == "cpu_ms":
                row.note = "as an expert asks: gate, places, purse, both ledgers"
            made.append(row)
    return made


def is_reached(seen: dict[str, dict[str, list[float]]]) -> bool:
    middle = {who: median(figures["cpu_ms"]) for who, figures in seen.items()}
    others = [value for who, value in middle.items() if who != BARE and not who.startswith(OURS)]
    return middle[OURS] <= ALLOWED * middle[BARE] and middle[OURS] < min(others)
