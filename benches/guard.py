#!/usr/bin/env python3
"""Fails when the client or the world has become dearer than `guard.toml` allows.

    python3 benches/guard.py [--profile dev|release] [--built] [--record]

Counted are instructions, under valgrind's cachegrind: unlike time they do not depend on what else the machine does. What a
program takes to start is taken out by running it twice, with little and with much to do. Each count is set against that of
the bare loop in the same profile, so that a new compiler moves both.

It builds only what it runs. `--record` writes what is missing in `guard.toml` instead of failing over it.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

sys.dont_write_bytecode = True

from measure import build  # noqa: E402
from measure.processes import Source, environment  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
ALLOWANCES = ROOT / "benches" / "guard.toml"
COUNTING = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--branch-sim=no", "--cachegrind-out-file=/dev/null"]
COUNTED = re.compile(r"I\s+refs:\s+([\d,]+)")
# Pieces of a stream, and steps of the world: little and much.
DELTAS = 1_000, 6_000
STEPS = 1_000, 6_000
# For one program under the counter. Seconds.
PATIENCE_S = 120
# An entry that is written allows so many times what was measured.
MARGIN = 1.2
# As many times the work must not pass, or nothing is guarded.
PLANTED = 2


def count(command: list) -> tuple[int, dict]:
    """Instructions of a program that ends well, and the line it prints."""
    command = [*COUNTING, *map(str, command)]
    with tempfile.TemporaryDirectory(prefix="guard-") as home:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, cwd=home,
                               env=environment(pathlib.Path(home)), stdin=subprocess.DEVNULL)
    found = COUNTED.search(ended.stderr)
    if ended.returncode != 0 or not found:
        raise RuntimeError(f"{' '.join(command)} ended with {ended.returncode}: {ended.stderr[-2000:]}")
    return int(found.group(1).replace(",", "")), json.loads(ended.stdout.strip().splitlines()[-1])


def piece(reader: pathlib.Path, source: pathlib.Path) -> float:
    """What one more piece of a stream takes."""
    counts = []
    for deltas in DELTAS:
        with Source(source, "--deltas", deltas) as server:
            instructions, line = count([reader, server.url])
        if line["deltas"] != deltas:
            raise RuntimeError(f"{reader} heard {line['deltas']} of {deltas} pieces")
        counts.append(instructions)
    return (counts[1] - counts[0]) / (DELTAS[1] - DELTAS[0])


def world_step(player: pathlib.Path) -> float:
    """What one more step of the world takes, with the look before it."""
    counts, steps = [], []
    for wanted in STEPS:
        instructions, line = count([player, "--player", "random", "--way", "look", "--steps", wanted])
        counts.append(instructions)
        # It plays its last world to the end.
        steps.append(line["steps"])
    return (counts[1] - counts[0]) / (steps[1] - steps[0])


def measured(target: pathlib.Path, profile: str) -> dict[str, float]:
    ours, peers = target / build.folder(profile), target / "bench-peers" / build.folder(profile)
    bare = piece(peers / "bare_reqwest", peers / "source")
    ratios = {"streaming": piece(ours / "examples" / "stream_reader", peers / "source") / bare,
              "world": world_step(ours / "examples" / "world_steps") / bare}
    print(f"one piece through the bare loop: {bare:,.0f} instructions")
    return ratios


def verdict(name: str, ratio: float, entry: dict | None) -> str | None:
    """What is wrong with it, in a sentence."""
    if entry is None:
        return f"{name}: {ratio:.2f} times the bare loop's piece, and guard.toml does not say what is allowed; see --record"
    if ratio > entry["allowed"]:
        return f"{name}: {ratio:.2f} times the bare loop's piece, and {entry['allowed']} is allowed: {entry['reason']}"
    if PLANTED * ratio <= entry["allowed"]:
        return f"{name}: {PLANTED} times the work would pass ({ratio:.2f} of {entry['allowed']}); tighten guard.toml"
    return None


def record(profile: str, missing: dict[str, float]) -> None:
    today = datetime.date.today().isoformat()
    lines = [f'\n[{profile}.{name}]\nallowed = {ratio * MARGIN:.3g}\n'
             f'reason = "{MARGIN} times the {ratio:.2f} of {today}"\n'
             for name, ratio in missing.items()]
    with ALLOWANCES.open("a", encoding="utf-8") as file:
        file.writelines(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", choices=["dev", "release"], default="dev")
    parser.add_argument("--built", action="store_true", help="build nothing: everything is there")
    parser.add_argument("--record", action="store_true", help="write what is missing in guard.toml")
    given = parser.parse_args()
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
    if not given.built:
        build.examples(ROOT, target, given.profile, "stream_reader", "world_steps")
        build.peers(ROOT, target, given.profile, only=("bare_reqwest", "source"))
    allowances = tomllib.loads(ALLOWANCES.read_text(encoding="utf-8")).get(given.profile, {})
    ratios = measured(target, given.profile)
    for name, ratio in ratios.items():
        print(f"{name}: {ratio:.2f} times that")
    if given.record:
        record(given.profile, {name: ratio for name, ratio in ratios.items() if name not in allowances})
        allowances = tomllib.loads(ALLOWANCES.read_text(encoding="utf-8")).get(given.profile, {})
    complaints = [wrong for name, ratio in ratios.items() if (wrong := verdict(name, ratio, allowances.get(name)))]
    for wrong in complaints:
        print(f"FAIL  {wrong}")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
