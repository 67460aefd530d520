#!/usr/bin/env python3
"""Measures the product beside its peers, in one run on one machine, and prints one table.

    python3 benches/run.py [--quick] [--only streaming,fan_out,stop,start,journal,doctor,world] [--out FOLDER] [--built]

It builds everything first, then nothing else runs. Repetitions are interleaved (A B C A B C …), so that a slow minute falls
on everybody; figures are medians with least and most, ratios are those of medians. The table goes to standard output and,
with every single figure, into `bench.json` and `bench.md` in the folder (`target/bench`). `--built` takes what is there.

It ends with 1 where a goal was missed, so that a miss is never only a word in a table.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import json
import os
import pathlib
import sys
import time

sys.dont_write_bytecode = True

from measure import Context, build, machine, table  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
SECTIONS = ("streaming", "fan_out", "stop", "start", "journal", "doctor", "world")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, smaller amounts: to try, not to quote")
    parser.add_argument("--only", default=",".join(SECTIONS), help="sections, with commas between")
    parser.add_argument("--out", type=pathlib.Path, help="the folder for bench.json and bench.md")
    parser.add_argument("--built", action="store_true", help="build nothing: everything is there")
    given = parser.parse_args()
    given.only = given.only.split(",")
    unknown = [name for name in given.only if name not in SECTIONS]
    if unknown:
        parser.error(f"there is no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    return given


def main() -> int:
    given = arguments()
    # Before anything is built: a section that cannot be loaded ends the run here, by its name.
    sections = {name: importlib.import_module(f"measure.{name}") for name in given.only}
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
    if not given.built:
        build.ours(ROOT, target)
        build.peers(ROOT, target)
    python = build.python(ROOT, target)
    out = given.out or target / "bench"
    out.mkdir(parents=True, exist_ok=True)
    context = Context(root=ROOT, target=target, python=python, out=out, quick=given.quick)
    where = machine.describe(ROOT, python)
    if where["machine"]["load"] > 1:
        context.say(f"the machine is busy (load {where['machine']['load']:.1f}): build first, then come again with --built")
    rows = []
    try:
        for name, section in sections.items():
            began = time.monotonic()
            context.say(f"== {name}")
            made = section.measure(context)
            if not made:
                raise RuntimeError(f"{name} measured nothing")
            rows += made
            context.say(f"== {name}: {time.monotonic() - began:.0f} s")
    finally:
        context.clean()
    text = table.markdown(rows, where)
    whole = where | {"quick": given.quick, "rows": [dataclasses.asdict(row) for row in rows]}
    (out / "bench.json").write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (out / "bench.md").write_text(text, encoding="utf-8")
    print(text, end="")
    missed = [f"{row.section}: {row.case}, {row.goal}" for row in rows if row.met is False]
    for miss in missed:
        context.say(f"missed: {miss}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
