#!/usr/bin/python3
"""Measures the program from outside: first frame, memory and processor use while idle, and how long Stop takes.

usage: measure.py BINARY [--idle SECONDS] [--stops N]

The first frame is what the program itself logs, from the beginning of main. Memory and processor time come from /proc.
Stop is an interrupt while the demo's four experts all have a stream open; the figures are those of the certificate, and
beside them the time until the process has gone, as seen from here.
"""

import argparse
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from panel import Screen, wait_until


def resident_mib(pid):
    with open(f"/proc/{pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) / 1024


def processor_seconds(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def window(binary, idle):
    firsts = []
    with tempfile.TemporaryDirectory() as home, Screen() as screen:
        for run in range(5):
            log = os.path.join(home, f"log-{run}")
            program = screen.start([binary], {"SINGULARIS_HOME": home, "SINGULARIS_LOG": "singularis=info"}, log)

            def first():
                with open(log) as lines:
                    return re.search(r"first frame is drawn (\d+) ms", lines.read())

            firsts.append(int(wait_until("the first frame", first, 30).group(1)))
            if run == 4:
                time.sleep(10)
                pid = program.process.pid
                before, memory = processor_seconds(pid), resident_mib(pid)
                time.sleep(idle)
                used = processor_seconds(pid) - before
                print(f"memory 10 s after the start: {memory:.0f} MiB resident")
                print(f"processor while idle: {used:.2f} s in {idle:.0f} s = {100 * used / idle:.2f} %")
            program.close()
            program.wait_for_exit(15)
    print(f"first frame: {firsts} ms, median {statistics.median(firsts)} ms")


def stop(binary, home):
    env = {**os.environ, "SINGULARIS_HOME": home, "SINGULARIS_DEMO_PACE_MS": "40"}
    command = [binary, "run", "--demo", "--json"]
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
    process.stdout.readline()  # the session has started: four experts are asked at once
    time.sleep(0.35)  # in the middle of their answers, which take about a second at this pace
    pressed = time.monotonic()
    process.send_signal(signal.SIGINT)
    lines = process.stdout.read().splitlines()
    process.wait(20)
    gone = (time.monotonic() - pressed) * 1000
    certificate = json.loads(lines[-1])["certificate"]
    streams = sum("chat/completions" in item["name"] for item in certificate["items"])
    return certificate, streams, gone


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--idle", type=float, default=30)
    parser.add_argument("--stops", type=int, default=10)
    args = parser.parse_args()
    binary = os.path.abspath(args.binary)
    print(f"binary: {os.path.getsize(binary) / 2**20:.1f} MiB")
    window(binary, args.idle)
    rows = []
    with tempfile.TemporaryDirectory() as home:
        for _ in range(args.stops):
            certificate, streams, gone = stop(binary, home)
            rows.append((streams, certificate["gate_closed_ms"], certificate["stopped_ms"], gone))
            if not certificate["clean"]:
                print(f"not clean: {certificate}")
    for name, column in (("gate shut", 1), ("all closed", 2), ("process gone", 3)):
        figures = sorted(row[column] for row in rows)
        print(f"{name}: median {statistics.median(figures):.1f} ms, most {figures[-1]:.1f} ms over {len(rows)} stops")
    print(f"streams open at each stop: {[row[0] for row in rows]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
