#!/usr/bin/env python3
"""Has the protocol's own conformance suite drive our client through every client scenario that is about tools.

usage: conformance.py CLIENT SERVERS [--only SCENARIO]

CLIENT is `target/debug/examples/tool_client`; SERVERS is the folder with the suite and a Node that can run it. The
suite listens on all interfaces, so it runs in a network of its own that has nothing but itself. Says of each scenario
whether it passed, and of those that are left out, why; exits with 1 if one fails that should not, or passes that should
not.
"""

import argparse
import array
import fcntl
import os
import re
import socket
import struct
import subprocess
import sys
import tempfile
import time

# The suite as it is released, and the next one, which knows more.
SUITES = {"0.1.16": "@modelcontextprotocol/conformance", "0.2.0-alpha.12": "conformance-next"}
DISCOVER, ANSWER = "--discover", "--answer-with-defaults"
# What has to pass, and what our client has to be told first: where a server speaks only the newest protocol, and where the
# user has allowed that questions are answered.
PASSES = {
    "initialize": [],
    "tools_call": [],
    "sse-retry": [],
    "json-schema-2020-12-preservation": [],
    "json-schema-ref-no-deref": [],
    "elicitation-sep1034-client-defaults": [ANSWER],
    "request-metadata": [DISCOVER],
    "http-standard-headers": [DISCOVER],
    "http-custom-headers": [DISCOVER],
    "http-invalid-tool-headers": [DISCOVER],
    "sep-2322-client-request-state": [DISCOVER, ANSWER],
}
# What is run a second time without being told anything, and must fail then.
REFUSES = {"elicitation-sep1034-client-defaults": "nobody consents in the user's place unless the user has allowed it"}
# What is not run, by the beginning of its name.
LEFT_OUT = {
    "auth/": "signing in is for accounts in the cloud; a header that the user typed is what there is",
    "sep-2640-": "skills are an extension that is not used",
}
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1
TRIES = 3
LATE, EARLY = re.compile(r"(slightly|very) late", re.IGNORECASE), re.compile(r"too early", re.IGNORECASE)
MAY_TAKE = 60  # seconds for one scenario; the client has less


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("client")
    parser.add_argument("servers")
    parser.add_argument("--only", help="this scenario")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def alone(args):
    """The same command in a network of its own."""
    root = [] if os.geteuid() == 0 else ["--map-root-user"]
    command = ["unshare", *root, "--net", sys.executable, os.path.abspath(__file__), *sys.argv[1:], "--inside"]
    return subprocess.run(command, stdin=subprocess.DEVNULL).returncode


def raise_loopback():
    """A new network has a loopback, which is down."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = array.array("B", struct.pack("16sh14x", b"lo", 0))
        fcntl.ioctl(any_socket, SIOCGIFFLAGS, request)
        flags = struct.unpack("16sh14x", request)[1]
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | IFF_UP))


class Suite:
    def __init__(self, args, version):
        self.version, self.client = version, os.path.abspath(args.client)
        folder = os.path.join(os.path.abspath(args.servers), "node_modules")
        self.command = [os.path.join(folder, "node/bin/node"), os.path.join(folder, SUITES[version], "dist/index.js")]

    def scenarios(self):
        """The names of all client scenarios."""
        out = subprocess.run([*self.command, "list"], capture_output=True, text=True, timeout=60, check=True).stdout
        names, is_client = [], False
        for line in out.splitlines():
            if line.endswith(":"):
                is_client = line.startswith("Client scenarios")
            elif is_client and line.startswith("  - "):
                names.append(line[4:].split(" [")[0].strip())
        return names

    def run(self, scenario, flags):
        """Whether it passed, and all that was said."""
        with tempfile.TemporaryDirectory() as folder:
            client = " ".join([self.client, *flags])
            command = [*self.command, "client", "--command", client, "--scenario", scenario]
            environment = os.environ | {"no_proxy": "localhost,127.0.0.1", "NO_PROXY": "localhost,127.0.0.1"}
            try:
                done = subprocess.run(command + ["--output-dir", folder], stdin=subprocess.DEVNULL, env=environment,
                                      capture_output=True, text=True, timeout=MAY_TAKE, cwd=folder)
            except subprocess.TimeoutExpired as late:
                return False, f"it did not end within {MAY_TAKE} s: {late.stdout}"
        return done.returncode == 0, done.stdout + done.stderr


def why_left_out(scenario):
    return next((why for start, why in LEFT_OUT.items() if scenario.startswith(start)), None)


def judge(suite, scenario):
    """One line on every run of a scenario; False if one is not as it should be."""
    if scenario not in PASSES:
        print(f"UNKNOWN   {scenario}: nobody has said whether it has to pass")
        return False
    for _ in range(TRIES):
        passed, said, took = timed(suite, scenario, PASSES[scenario])
        # The suite allows 200 ms of lateness, which is the mood of the machine. Nobody is ever excused for coming too early.
        if passed or not LATE.search(said) or EARLY.search(said):
            break
    told = f" ({' '.join(PASSES[scenario])})" if PASSES[scenario] else ""
    print(f"{'ok     ' if passed else 'FAILED '}   {scenario}{told}, {took:.0f} ms")
    if not passed:
        print(said[-4000:])
    if scenario in REFUSES:
        passed_untold, _, took = timed(suite, scenario, [])
        print(f"{'PASSED?' if passed_untold else 'refused'}   {scenario}, {took:.0f} ms: {REFUSES[scenario]}")
        return passed and not passed_untold
    return passed


def timed(suite, scenario, flags):
    """Whether it passed, what was said, and how long it took in milliseconds."""
    started = time.monotonic()
    passed, said = suite.run(scenario, flags)
    return passed, said, (time.monotonic() - started) * 1000


def main():
    args = arguments()
    if not args.inside:
        return alone(args)
    raise_loopback()
    is_well, counted = True, 0
    for version in SUITES:
        suite = Suite(args, version)
        print(f"--- the conformance suite {version}", flush=True)
        left_out = {}
        for scenario in suite.scenarios():
            if why := why_left_out(scenario):
                left_out.setdefault(why, []).append(scenario)
            elif args.only in (None, scenario):
                counted += scenario in PASSES
                is_well &= judge(suite, scenario)
                sys.stdout.flush()
        for why, names in left_out.items():
            print(f"left out  {', '.join(names)}: {why}")
    if not counted:
        print("nothing was run")
        return 1
    print("all is well" if is_well else "it failed")
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
