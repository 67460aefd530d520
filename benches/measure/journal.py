"""What the journal takes: rows a second, what keeping adds to a step, and how the file grows.

The steps are those of a session with four experts and a synthesizer, kept with the session's own recorder; beside them a
real session of the demo, so that the size of a made-up step can be held against one that happened.
"""

from __future__ import annotations

import contextlib
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile

from . import Context, Row, interleaved
from .processes import environment, last_line

SECTION, OURS = "journal", "ours"
# Each run; a rate that lasts shorter has seen no checkpoint of the log and no large file.
SECONDS, QUICK_SECONDS = 20, 4
TURNS, QUICK_TURNS = 3, 1
# A step a twentieth of a second is quicker than any model decides, and still leaves the journal time to rest.
PACE_MS = 50
# What four local experts and a synthesizer need for one step, about.
SECONDS_A_STEP = 2
DEMO_STEPS, QUICK_DEMO_STEPS = 60, 20
PATIENCE_S = 300

FLAT_OUT, PACED, WITHOUT = "one step after another", f"a step every {PACE_MS} ms", "nothing is kept"


def measure(context: Context) -> list[Row]:
    seconds = QUICK_SECONDS if context.quick else SECONDS
    # On the disk that the results go to: where folders for the moment lie may be memory.
    place = pathlib.Path(tempfile.mkdtemp(prefix="bench-journal-", dir=context.out))
    with contextlib.ExitStack() as afterwards:
        afterwards.callback(shutil.rmtree, place, ignore_errors=True)

        def keeping(*words):
            def keep() -> dict[str, float]:
                folder = tempfile.mkdtemp(dir=place)
                line = last_line([context.example("journal_rows"), "--seconds", seconds, *words, folder])
                shutil.rmtree(folder)
                if not line["steps"] or bool(line["rows"]) == ("--without" in words):
                    raise RuntimeError(f"what was kept is not what was to be kept: {line}")
                return line
            return keep

        ways = {FLAT_OUT: keeping(), PACED: keeping("--pace-ms", PACE_MS), WITHOUT: keeping("--without")}
        seen = interleaved(ways, QUICK_TURNS if context.quick else TURNS)
        demo = demo_step(context, place)
    return rows(seen, demo, f"{seconds} s each, on {kind_of(context.out)}")


def rows(seen: dict, demo: float, where: str) -> list[Row]:
    flat, paced, without = seen[FLAT_OUT], seen[PACED], seen[WITHOUT]
    made = [
        Row(SECTION, "rows a second, sustained", OURS, "rows/s", flat["rows_per_second"], note=where),
        Row(SECTION, "records a second, sustained", OURS, "records/s", flat["records_per_second"],
            note="16 records make a step, kept one after the other as they happen"),
    ]
    for way in (PACED, FLAT_OUT):
        for case, key in (("half of the steps", "step_p50_us"), ("99 of 100 steps", "step_p99_us")):
            made.append(Row(SECTION, f"added to a step by keeping, {way}: {case}", OURS, "ms",
                            [(kept - bare) / 1000 for kept, bare in zip(seen[way][key], without[key])],
                            note="all writes of the step together, the same without a journal taken off"))
    hourly = [size * 3600 / SECONDS_A_STEP / 2**20 for size in flat["bytes_per_step"]]
    made.append(Row(SECTION, "size of an hour", OURS, "MiB", hourly,
                    note=f"a step every {SECONDS_A_STEP} s, without pictures"))
    made.append(Row(SECTION, "size of a step", OURS, "KiB", [size / 1024 for size in flat["bytes_per_step"]],
                    base="demo session"))
    made.append(Row(SECTION, "size of a step", "demo session", "KiB", [demo / 1024], base="demo session",
                    note="a real session of the built-in demo"))
    return made


def demo_step(context: Context, place: pathlib.Path) -> float:
    """Bytes of a step of a real session, an empty journal taken off."""
    steps = QUICK_DEMO_STEPS if context.quick else DEMO_STEPS
    few, many = (demo_size(context, place / name, wanted) for name, wanted in (("few", 2), ("many", steps)))
    return (many[0] - few[0]) / (many[1] - few[1])


def demo_size(context: Context, home: pathlib.Path, steps: int) -> tuple[int, int]:
    home.mkdir()
    command = [str(context.ours("singularis")), "run", "--demo", "--json", "--cycles", str(steps)]
    variables = environment(home) | {"SINGULARIS_DEMO_PACE_MS": "0"}
    subprocess.run(command, env=variables, check=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=PATIENCE_S)
    file = home / "journal.sqlite"
    with contextlib.closing(sqlite3.connect(file)) as journal:
        (kept,) = journal.execute("SELECT count(*) FROM steps").fetchone()
    return file.stat().st_size, kept


def kind_of(folder: pathlib.Path) -> str:
    """What kind of file system a folder lies on."""
    mounts = [line.split()[1:3] for line in pathlib.Path("/proc/mounts").read_text().splitlines()]
    above = {str(folder.resolve()), *map(str, folder.resolve().parents)}
    return max((mount for mount in mounts if mount[0] in above), key=lambda mount: len(mount[0]))[1]
