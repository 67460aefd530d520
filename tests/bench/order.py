#!/usr/bin/env python3
"""Plays the baselines in a hundred worlds through `singularis bench` and demands their order and their means.

    order.py BINARY FOLDER [WORLDS]

The oracle searches a minute where a build without optimisation needs ten; WORLDS is in how many it plays, 100 where
nothing is said.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys

# What they reached when they were written; a rule that changes them has changed the game.
EXPECTED = {"random": 16.2, "greedy": 35.6, "greedy_intents": 46.6, "greedy_clues": 41.1, "reader": 86.6}
ORDER = ["random", "greedy", "greedy_intents", "reader"]
SEEDS = 100
TOLERANCE = 1.0
# Ways of thinking, played by the demo, which is a script: 20 worlds each, the one with a synthesizer above the greedy player.
MINDS = ["single", "local_experts", "heuristic"]
MIND_SEEDS = 20


def bench(binary, folder, names, worlds, *more):
    arms = [part for name in names for part in ("--arm", name)]
    command = [binary, "bench", *arms, "--seeds", str(worlds), "--out", str(folder), "--json", *more]
    env = os.environ | {"SINGULARIS_DEMO_PACE_MS": "0", "SINGULARIS_HOME": str(folder / "home")}
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=900, env=env)
    return {arm["label"]: arm for arm in json.loads(printed.stdout)["arms"]}


def main():
    binary, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    worlds = int(sys.argv[3]) if len(sys.argv) > 3 else SEEDS
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    arms = bench(binary, folder / "players", EXPECTED, SEEDS)
    oracle = bench(binary, folder / "oracle", ["oracle"], worlds)["oracle"]
    wrong = []
    for name, arm in [*arms.items(), ("oracle", oracle)]:
        print(f"{name:15} {arm['points']['mean']:6.1f} over {arm['runs']} worlds, {arm['words']}")
    for name, expected in EXPECTED.items():
        mean, runs = arms[name]["points"]["mean"], arms[name]["runs"]
        if runs != SEEDS or abs(mean - expected) > TOLERANCE:
            wrong.append(f"{name}: {mean:.1f} over {runs} worlds instead of {expected}")
    for lower, higher in zip(ORDER, ORDER[1:]):
        if arms[lower]["points"]["mean"] >= arms[higher]["points"]["mean"]:
            wrong.append(f"{lower} is not below {higher}")
    best, proved = oracle["scores"], oracle["proved"]
    for name, arm in arms.items():
        beaten = [seed for seed in best if arm["scores"][seed] > best[seed]]
        if beaten:
            wrong.append(f"{name} beats the oracle in the worlds {beaten}")
    minds = bench(binary, folder / "minds", [*MINDS, "greedy"], MIND_SEEDS, "--demo")
    for name in MINDS:
        arm = minds[name]
        print(f"{name:15} {arm['points']['mean']:6.1f} over {arm['runs']} worlds, {arm['words']}")
        if (arm["runs"], arm["failed"]) != (MIND_SEEDS, 0):
            wrong.append(f"{name}: {arm['runs']} of {MIND_SEEDS} worlds were finished, {arm['failed']} failed")
    if minds["local_experts"]["words"] != "better than greedy":
        wrong.append(f"experts with a synthesizer are {minds['local_experts']['words']}")
    print(f"the oracle's play is proved to be the best in {proved} of {worlds} worlds")
    if oracle["runs"] != worlds or proved < 0.95 * worlds or oracle["points"]["mean"] < 99.0:
        wrong.append(f"the oracle: {proved} of {worlds} proved, {oracle['points']['mean']:.1f} points")
    print("\n".join(wrong) or "all is well")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
