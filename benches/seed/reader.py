"""Reads streamed answers in the manner of the text this product grew from: one `aiohttp` session for each expert, all asked
with `gather`, lines read and decoded as they come.

    reader.py URL [--at-once N] [--rounds N]

It prints the line that every contender prints.
"""

import argparse
import asyncio
import json
import re
import time

import aiohttp

QUESTION = {"model": "bench", "stream": True, "stream_options": {"include_usage": True},
            "messages": [{"role": "user", "content": "What is to be done?"}]}


class Expert:
    """One expert with a session of its own."""

    def __init__(self, url):
        self.url = f"{url}/v1/chat/completions"
        self.session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=600))

    async def ask(self):
        """The pieces of the answer."""
        pieces = []
        async with self.session.post(self.url, json=QUESTION) as response:
            response.raise_for_status()
            async for line in response.content:
                text = line.decode("utf-8").strip()
                if not text.startswith("data: "):
                    continue
                data = text[6:]
                if data == "[DONE]":
                    return pieces
                choices = json.loads(data).get("choices")
                piece = choices[0]["delta"].get("content") if choices else None
                if piece:
                    pieces.append(piece)
        raise RuntimeError("the stream ended without its end mark")

    async def close(self):
        await self.session.close()


def peak_kb():
    with open("/proc/self/status", encoding="ascii") as status:
        return int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1))


async def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--at-once", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=1)
    args = parser.parse_args()
    experts = [Expert(args.url) for _ in range(args.at_once)]
    deltas = size = 0
    rounds_ms = []
    began, used_before = time.monotonic(), time.process_time()
    for _ in range(args.rounds):
        round_began = time.monotonic()
        answers = await asyncio.gather(*(expert.ask() for expert in experts))
        rounds_ms.append((time.monotonic() - round_began) * 1000)
        deltas += sum(len(pieces) for pieces in answers)
        size += sum(len("".join(pieces)) for pieces in answers)
    print(json.dumps({"wall_ms": (time.monotonic() - began) * 1000, "cpu_ms": (time.process_time() - used_before) * 1000,
                      "rounds_ms": rounds_ms, "deltas": deltas, "bytes": size, "peak_rss_kb": peak_kb()}))
    await asyncio.gather(*(expert.close() for expert in experts))


if __name__ == "__main__":
    asyncio.run(main())
