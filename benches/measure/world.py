"""The built-in world without a window: steps a second, with and without what a model would read; and a whole bench of a
hundred worlds through the real command line."""

from __future__ import annotations

import json
import subprocess
import time

from . import Context, Row, interleaved
from .figures import median
from .processes import environment, last_line

SECTION = "world"
STEPS, QUICK_STEPS = 200_000, 20_000
PLAYERS = ("random", "greedy")
WAYS = {
    "play": "steps of a player who is told nothing",
    "act": "steps through the environment, not looked at",
    "look": "steps through the environment, each observed in words",
}
SEEDS, QUICK_SEEDS = 100, 10
ARMS = ("random", "greedy", "reader")
PATIENCE_S = 300


def measure(context: Context) -> list[Row]:
    return [*steps(context), *worlds(context)]


def steps(context: Context) -> list[Row]:
    wanted = QUICK_STEPS if context.quick else STEPS
    example = context.example("world_steps")

    def playing(player: str, way: str):
        def play() -> dict[str, float]:
            line = last_line([example, "--player", player, "--way", way, "--steps", wanted])
            if line["steps"] < wanted or (way == "look") != (line["text_bytes"] > 0):
                raise RuntimeError(f"{player} did not play {wanted} steps this way: {line}")
            return {"rate": line["steps_per_second"]}
        return play

    contenders = {(player, way): playing(player, way) for player in PLAYERS for way in WAYS}
    seen = interleaved(contenders, context.repetitions)
    return [Row(SECTION, case, player, "steps/s", seen[player, way]["rate"], note=words_cost(seen, player, way))
            for way, case in WAYS.items() for player in PLAYERS]


def words_cost(seen: dict, player: str, way: str) -> str:
    """What it costs to be told in words, as time beside the same step without."""
    if way != "look":
        return ""
    without, told = (median(seen[player, one]["rate"]) for one in ("act", "look"))
    return f"{1e6 / told - 1e6 / without:.1f} µs a step for the look, {1e6 / without:.1f} µs for the rest"


def worlds(context: Context) -> list[Row]:
    seeds = QUICK_SEEDS if context.quick else SEEDS
    folder = context.folder("world")
    arms = [word for arm in ARMS for word in ("--arm", arm)]
    walls, scores = [], []
    for turn in range(context.repetitions):
        command = [str(context.ours("singularis")), "bench", "--seeds", str(seeds), *arms, "--json"]
        began = time.monotonic()
        ended = subprocess.run([*command, "--out", str(folder / str(turn))], env=environment(folder), timeout=PATIENCE_S,
                               capture_output=True, text=True, stdin=subprocess.DEVNULL)
        walls.append(time.monotonic() - began)
        if ended.returncode != 0:
            raise RuntimeError(f"bench ended with {ended.returncode}: {ended.stderr[-2000:]}")
        summary = json.loads(ended.stdout)
        if [arm["runs"] for arm in summary["arms"]] != [seeds] * len(ARMS):
            raise RuntimeError(f"not every world was played: {summary['arms']}")
        scores.append([round(arm["points"]["mean"], 1) for arm in summary["arms"]])
    if any(each != scores[0] for each in scores):
        raise RuntimeError(f"the same worlds came to different points: {scores}")
    means = ", ".join(f"{arm} {points}" for arm, points in zip(ARMS, scores[0]))
    return [Row(SECTION, f"bench of {seeds} worlds, {len(ARMS)} players", "ours", "s", walls, note=f"mean points: {means}")]
