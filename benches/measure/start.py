"""From the start of the program to its first frame, and what it holds and uses while nothing happens, beside a bare window
of the same toolkit."""

from __future__ import annotations

import pathlib

from . import Context, Row
from .figures import median
from .processes import last_line

SECTION, OURS, BARE = "start", "ours", "bare window"
# What drives windows needs libraries that only the system's own interpreter has.
SYSTEM_PYTHON = "/usr/bin/python3"
STARTS, QUICK_STARTS = 11, 3
# The idle time in parts, so that a spread can be told.
PARTS, PART_SECONDS = 6, 10.0
QUICK_PARTS, QUICK_PART_SECONDS = 3, 2.0
PATIENCE_S = 900

# How much of the bare window's time and memory may be used; and in a minute of nothing so many milliseconds more, which
# is less than one frame.
TIME, MEMORY, IDLE_MS_A_MINUTE = 1.15, 1.5, 10.0

FIRSTS = {
    "until its window is there": "window_ms",
    "until something is in its window": "content_ms",
    "first frame by its own word": "said_ms",
}
IN_SOFTWARE = "drawn in software, both alike; accessibility is on"


def measure(context: Context) -> list[Row]:
    starts = QUICK_STARTS if context.quick else STARTS
    parts, seconds = (QUICK_PARTS, QUICK_PART_SECONDS) if context.quick else (PARTS, PART_SECONDS)
    script = pathlib.Path(__file__).with_name("windows.py")
    command = [SYSTEM_PYTHON, script, context.ours("singularis"), context.peer("bare_window"), "--starts", starts]
    command += ["--idle-parts", parts, "--part-seconds", seconds]
    seen = last_line(command, timeout_s=PATIENCE_S)
    return [*first_frames(seen["starts"]), *memory(seen["rests"], seen["plays"]), *idle(seen["rests"], seconds),
            Row(SECTION, "processor while the demo plays", OURS, "%", [seen["plays"]["processor_percent"]])]


def first_frames(starts: dict[str, list[dict[str, float]]]) -> list[Row]:
    rows = []
    for case, key in FIRSTS.items():
        figures = {who: [start[key] for start in each] for who, each in starts.items()}
        for who in (BARE, OURS):
            row = Row(SECTION, case, who, "ms", figures[who], base=BARE)
            if who == OURS and key == "content_ms":
                row.goal, row.note = f"≤ {TIME} × {BARE}", IN_SOFTWARE
                row.met = median(figures[OURS]) <= TIME * median(figures[BARE])
            rows.append(row)
    return rows


def memory(rests: dict[str, dict], plays: dict) -> list[Row]:
    rows = []
    for case, key in (("memory when idle (PSS)", "pss_mib"), ("memory when idle (RSS)", "rss_mib")):
        rows += [Row(SECTION, case, who, "MiB", [rests[who][key]], base=BARE) for who in (BARE, OURS)]
        if key == "pss_mib":
            rows[-1].goal, rows[-1].note = f"≤ {MEMORY} × {BARE}", "with its child processes, 10 s after the start"
            rows[-1].met = rests[OURS][key] <= MEMORY * rests[BARE][key]
    case = "memory while the demo plays (PSS)"
    return [*rows, Row(SECTION, case, OURS, "MiB", [plays["pss_mib"]], note="the pretend server is part of it")]


def idle(rests: dict[str, dict], seconds: float) -> list[Row]:
    """Each part, as if it were a minute."""
    figures = {who: [used_ms * 60 / seconds for used_ms in rests[who]["idle_ms"]] for who in (BARE, OURS)}
    case = "processor time in an idle minute"
    rows = [Row(SECTION, case, who, "ms", figures[who], base=BARE) for who in (BARE, OURS)]
    # The whole of it, not the middle: what happens once in a minute is a cost too.
    mean = {who: sum(each) / len(each) for who, each in figures.items()}
    rows[-1].goal = f"≤ {BARE} + {IDLE_MS_A_MINUTE:.0f} ms"
    rows[-1].note = f"from 20 s after the start; {mean[OURS]:.1f} ms in all, {BARE} {mean[BARE]:.1f} ms"
    rows[-1].met = mean[OURS] <= mean[BARE] + IDLE_MS_A_MINUTE
    return rows
