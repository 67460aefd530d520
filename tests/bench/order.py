#!/usr/bin/env python3
"""Plays the baselines in a hundred worlds through `singularis bench` and demands their order and their means.

    order.py BINARY FOLDER
"""

import json
import pathlib
import shutil
import subprocess
import sys

# What they reached when they were written; a rule that changes them has changed the game.
EXPECTED = {"random": 16.6, "greedy": 35.6, "greedy_intents": 42.9, "greedy_clues": 37.9, "reader": 86.6, "oracle": 100.0}
ORDER = ["random", "greedy", "greedy_intents", "reader", "oracle"]
SEEDS = 100
TOLERANCE = 1.0


def main():
    binary, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    arms = [part for name in EXPECTED for part in ("--arm", name)]
    command = [binary, "bench", *arms, "--seeds", str(SEEDS), "--out", str(folder / "bench"), "--json"]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=900)
    arms = {arm["label"]: arm for arm in json.loads(printed.stdout)["arms"]}
    wrong = []
    for name, expected in EXPECTED.items():
        mean, runs = arms[name]["points"]["mean"], arms[name]["runs"]
        print(f"{name:15} {mean:6.1f} over {runs} worlds, {arms[name]['words']}")
        if runs != SEEDS or abs(mean - expected) > TOLERANCE:
            wrong.append(f"{name}: {mean:.1f} over {runs} worlds instead of {expected}")
    for lower, higher in zip(ORDER, ORDER[1:]):
        pairs = [(arms[lower]["scores"][seed], arms[higher]["scores"][seed]) for seed in arms[lower]["scores"]]
        if sum(left for left, _ in pairs) >= sum(right for _, right in pairs):
            wrong.append(f"{lower} is not below {higher}")
        if higher == "oracle" and any(left > right for left, right in pairs):
            wrong.append(f"{lower} beats the oracle in some world")
    proved = arms["oracle"]["proved"]
    print(f"the oracle's play is proved to be the best in {proved} of {SEEDS} worlds")
    if proved < 95:
        wrong.append(f"only {proved} of the oracle's plays are proved")
    print("\n".join(wrong) or "all is well")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
