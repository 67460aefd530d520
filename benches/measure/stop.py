"""Stop with so many streams open, many times: how long until nothing new can begin, until every socket is closed as the
server sees it, and until the process is gone. Beside it the same job in the seed's manner."""

from __future__ import annotations

import json
import pathlib
import random
import signal
import subprocess
import threading
import time

from . import Context, Row, interleaved
from .figures import percentile
from .processes import Source, environment

STREAMS = (4, 16, 64)
OURS, SEED = "ours", "aiohttp, as in the seed"
# Nobody needs as long. Seconds.
KILLED_AFTER_S = 60
# So long streams have run when Stop comes, so that it comes in mid-answer and never at the same moment. Seconds.
RUNS_FOR_S = (0.02, 0.08)
# What the product promises, in milliseconds, for the slowest of all runs.
GATE_MS, CLOSED_MS = 50.0, 1000.0


def settings(experts: int) -> str:
    """So many experts, and nobody who narrates beside them."""
    role = '[[role]]\nname = "{0}"\nendpoint = "lm_studio"\nmodel = ""\ninstruction = "{1}"\n'
    roles = [role.format(f"expert.{number}", "threat") for number in range(1, experts + 1)]
    agent = '[agent]\nstrategy = "local_experts"\nnarrate_every_s = 0.0\n'
    return "\n".join(["version = 1\n", agent, *roles, role.format("synthesizer", "synthesizer")])


def measure(context: Context) -> list[Row]:
    made, dice = [], random.Random(1)
    for place, streams in enumerate(STREAMS):
        # 67, 67 and 66 of 200.
        runs = context.stops // len(STREAMS) + (place < context.stops % len(STREAMS))
        home = context.folder(f"stop-{streams}")
        (home / "settings.toml").write_text(settings(streams), encoding="utf-8")
        with Source(context.peer("source"), "--hold") as source:
            ours = [context.ours("singularis"), "run", "--endpoint", source.url, "--json"]
            seed = [context.python, context.seed("stop.py"), source.url, streams]
            contenders = {
                OURS: lambda: stopped(ours, home, source, streams, dice),
                SEED: lambda: stopped(seed, home, source, streams, dice),
            }
            context.say(f"   {streams} streams, {runs} runs each")
            seen = interleaved(contenders, runs)
        made += rows(seen, streams)
    return made


def stopped(command: list, home: pathlib.Path, source: Source, streams: int, dice: random.Random) -> dict[str, float]:
    """One run from its beginning to its end."""
    source.forget()
    printed = home / "printed"
    with printed.open("wb") as out, (home / "said").open("wb") as err:
        process = subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                                   env=environment(home), cwd=home)
    killer = threading.Timer(KILLED_AFTER_S, process.kill)
    killer.start()
    try:
        source.wait_until(f"{streams} streams are open", lambda: len(source.opened) == streams)
        time.sleep(dice.uniform(*RUNS_FOR_S))
        pressed_ns = time.monotonic_ns()
        process.send_signal(signal.SIGINT)
        code = process.wait()
        gone_ns = time.monotonic_ns()
        source.wait_until("every connection is closed", lambda: source.accepted == len(source.closed_at_ns))
    except TimeoutError as error:
        raise TimeoutError(f"{command[0]}: {error}: {(home / 'said').read_text()[-2000:]}") from None
    finally:
        killer.cancel()
        process.kill()
        process.wait()
    text = printed.read_text(encoding="utf-8")
    if code != 0:
        raise RuntimeError(f"{command[0]} ended with {code}: {text[-2000:]} {(home / 'said').read_text()[-2000:]}")
    if len(source.opened) != streams or min(source.closed_at_ns[stream] for stream in source.opened) < pressed_ns:
        raise RuntimeError(f"{command[0]} did not have {streams} streams open when Stop came")
    took = {"closed": max(source.closed_at_ns.values()) - pressed_ns, "gone": gone_ns - pressed_ns}
    return {name: nanoseconds / 1e6 for name, nanoseconds in took.items()} | certificate(text.splitlines()[-1])


def certificate(line: str) -> dict[str, float]:
    """What the program itself says; nothing where it gives no certificate."""
    said = json.loads(line).get("certificate")
    if said is None:
        return {}
    if not said["clean"]:
        raise RuntimeError(f"the certificate is not clean: {line}")
    return {"gate": said["gate_closed_ms"]}


CASES = {
    "gate": ("nothing new can begin, by the certificate", GATE_MS),
    "closed": ("every socket closed, as the server sees it", CLOSED_MS),
    "gone": ("the process is gone", None),
}


def rows(seen: dict[str, dict[str, list[float]]], streams: int) -> list[Row]:
    made = []
    for figure, (case, most_ms) in CASES.items():
        for who, figures in seen.items():
            if figure not in figures:
                continue
            values = figures[figure]
            row = Row("stop", f"{streams} streams: {case}", who, "ms", values, base=OURS)
            row.note = f"{len(values)} runs, 95th percentile {percentile(values, 95):.1f}"
            if who == OURS and most_ms is not None:
                row.goal, row.met = f"≤ {most_ms:.0f} ms, always", max(values) <= most_ms
            made.append(row)
    return made
