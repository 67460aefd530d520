"""Streams until it is interrupted, and ends in the manner of the text this product grew from: the tasks are cancelled,
`gather` is left, every session is closed one after the other.

    stop.py URL EXPERTS

An interrupt is Stop. There is no gate that could be shut and nothing is looked at afterwards; it prints `{"stopped_ms"}`,
from the moment at which it noticed until every session was closed.
"""

import asyncio
import json
import signal
import sys
import time

from reader import Expert


async def main():
    url, count = sys.argv[1], int(sys.argv[2])
    experts = [Expert(url) for _ in range(count)]
    asking = asyncio.gather(*(expert.ask() for expert in experts))
    noticed = []

    def stop():
        noticed.append(time.monotonic())
        asking.cancel()

    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stop)
    try:
        await asking
    except asyncio.CancelledError:
        if not noticed:
            raise
    finally:
        for expert in experts:
            await expert.close()
    print(json.dumps({"stopped_ms": (time.monotonic() - noticed[0]) * 1000}), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
