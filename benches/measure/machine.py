"""Where and with what it was measured: a figure without that is worth nothing."""

from __future__ import annotations

import datetime
import os
import pathlib
import platform
import re
import subprocess
import tomllib

# Whose versions are told, beside the product's own.
PEERS = ("async-openai", "genai", "reqwest", "tokio", "eframe")


def describe(root: pathlib.Path, python: pathlib.Path) -> dict:
    """For the head of the table and for `bench.json`."""
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "machine": {"cpu": first_match("/proc/cpuinfo", r"model name\s*:\s*(.+)"), "cores": os.cpu_count(),
                    "kernel": platform.release(), "memory_gib": memory_gib(), "load": os.getloadavg()[0]},
        "commit": commit(root),
        "versions": versions(root, python),
    }


def memory_gib() -> float:
    return round(int(first_match("/proc/meminfo", r"MemTotal:\s+(\d+)")) / (1 << 20), 1)


def first_match(path: str, pattern: str) -> str:
    found = re.search(pattern, pathlib.Path(path).read_text(encoding="utf-8"))
    return found.group(1).strip() if found else "unknown"


def commit(root: pathlib.Path) -> str:
    """With a mark where the sources are not as they were committed."""
    head = said(["git", "rev-parse", "--short=12", "HEAD"], root)
    return f"{head}, changed" if said(["git", "status", "--porcelain", "--untracked-files=no"], root) else head


def versions(root: pathlib.Path, python: pathlib.Path) -> dict[str, str]:
    own = tomllib.loads((root / "Cargo.toml").read_text(encoding="utf-8"))["package"]["version"]
    lock = tomllib.loads((root / "benches" / "peers" / "Cargo.lock").read_text(encoding="utf-8"))
    peers = {package["name"]: package["version"] for package in lock["package"] if package["name"] in PEERS}
    aiohttp = said([str(python), "-c", "import aiohttp; print(aiohttp.__version__)"], root)
    return {"singularis": own, "rustc": said(["rustc", "--version"], root), **peers,
            "aiohttp": aiohttp, "python": said([str(python), "--version"], root)}


def said(command: list[str], root: pathlib.Path) -> str:
    return subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout.strip()
