"""So many experts at once on a server that answers after a certain time: what a round takes beyond that time, and what
each expert takes of the processor and of memory."""

from __future__ import annotations

from . import Context, Row, interleaved
from .figures import median
from .processes import Source, last_line

EXPERTS = (1, 4, 16, 64)
# How long the server takes for anything but the synthesizer's question. Milliseconds.
LATENCY_MS = 100
# The first one opens the connections and is left out.
ROUNDS = 8
# In the question of whoever decides over the others' opinions.
OF_THE_SYNTHESIZER = "Opinions:"

LEAST_FOR_MEMORY = 16

OURS = "ours"
GOAL_EXPERTS, GOAL_MS = 16, 5.0


def askers(context: Context, url: str) -> dict[str, list]:
    """Everybody, and how they are started."""
    return {
        OURS: [context.example("fan_out"), url],
        "bare reqwest": [context.peer("bare_reqwest"), url],
        "async-openai": [context.peer("with_async_openai"), url],
        "genai": [context.peer("with_genai"), url],
        "aiohttp, as in the seed": [context.python, context.seed("reader.py"), url],
    }


def measure(context: Context) -> list[Row]:
    seen: dict[int, dict[str, dict[str, list[float]]]] = {}
    with Source(context.peer("source"), "--after", LATENCY_MS, "--at-once", OF_THE_SYNTHESIZER) as source:
        whoever = askers(context, source.url)
        for experts in EXPERTS:
            heard: set[int] = set()

            def asking(command):
                def ask():
                    line = last_line([*command, "--at-once", experts, "--rounds", ROUNDS])
                    heard.add(line["deltas"])
                    if len(heard) > 1 or len(line["rounds_ms"]) != ROUNDS:
                        raise RuntimeError(f"{command[0]} heard {line['deltas']} pieces, others {heard}")
                    return {"beyond_ms": median(line["rounds_ms"][1:]) - LATENCY_MS,
                            "cpu_ms": line["cpu_ms"] / ROUNDS / experts, "peak_rss_kb": line["peak_rss_kb"]}
                return ask

            contenders = {who: asking(command) for who, command in whoever.items()}
            seen[experts] = interleaved(contenders, context.repetitions)
    return rows(seen)


def rows(seen: dict[int, dict[str, dict[str, list[float]]]]) -> list[Row]:
    made = []
    for experts, by_who in seen.items():
        for who, figures in by_who.items():
            row = Row("fan_out", f"{experts} at once, beyond {LATENCY_MS} ms", who, "ms", figures["beyond_ms"], base=OURS)
            if who == OURS:
                row.note = "with the synthesizer's own question, which is answered at once"
            if (who, experts) == (OURS, GOAL_EXPERTS):
                row.goal, row.met = f"≤ {GOAL_MS:.0f} ms", median(row.figures) <= GOAL_MS
            made.append(row)
    for experts, by_who in seen.items():
        for who, figures in by_who.items():
            made.append(Row("fan_out", f"{experts} at once, processor time for each", who, "ms", figures["cpu_ms"], base=OURS))
    alone = seen[min(seen)]
    for experts, by_who in seen.items():
        for who, figures in by_who.items():
            if experts == min(seen):
                made.append(Row("fan_out", "peak memory with one", who, "KiB", figures["peak_rss_kb"], base=OURS))
            # Of a few more than one there is nothing to tell from the noise of one.
            if experts < LEAST_FOR_MEMORY:
                continue
            more = [(many - one) / (experts - min(seen))
                    for many, one in zip(figures["peak_rss_kb"], alone[who]["peak_rss_kb"], strict=True)]
            made.append(Row("fan_out", f"memory for each more of {experts}", who, "KiB", more, base=OURS))
    return made
