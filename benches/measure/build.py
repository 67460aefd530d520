"""Everything that is measured, built for this run: ours, the peers, and an environment with the seed's packages."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

PROFILE = "release"


def ours(root: pathlib.Path, target: pathlib.Path, profile: str = PROFILE) -> None:
    """The program first and by itself: what only tests and examples need must not change what is measured."""
    cargo(["build", "--profile", profile, "--bins"], root, target)
    cargo(["build", "--profile", profile, "--examples"], root, target)


def examples(root: pathlib.Path, target: pathlib.Path, profile: str, *names: str) -> None:
    """Those of this name and nothing else."""
    cargo(["build", "--profile", profile, *(word for name in names for word in ("--example", name))], root, target)


def peers(root: pathlib.Path, target: pathlib.Path, profile: str = PROFILE, *, only: tuple[str, ...] = ()) -> None:
    """All of them; `only` those named, without other people's packages."""
    manifest = root / "benches" / "peers" / "Cargo.toml"
    what = [word for name in only for word in ("--bin", name)] or ["--bins", "--features", "clients,window"]
    # The very versions that were measured last, where they are written down.
    locked = ["--locked"] if (manifest.parent / "Cargo.lock").exists() else []
    cargo(["build", "--manifest-path", str(manifest), "--profile", profile, *locked, *what], root, target / "bench-peers")


def python(root: pathlib.Path, target: pathlib.Path) -> pathlib.Path:
    """An interpreter that has the seed's packages; made anew when the list of them has changed."""
    wanted = root / "benches" / "seed" / "requirements.txt"
    folder = target / "bench-venv"
    program, has = folder / "bin" / "python", folder / "requirements.txt"
    if not program.exists() or not has.exists() or has.read_bytes() != wanted.read_bytes():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([program, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", wanted], check=True)
        has.write_bytes(wanted.read_bytes())
    return program


def cargo(arguments: list[str], root: pathlib.Path, target: pathlib.Path) -> None:
    # What is built stands in the way of nothing that is measured: nothing else runs meanwhile.
    subprocess.run(["cargo", *arguments], cwd=root, check=True, stdout=sys.stderr,
                   env=os.environ | {"CARGO_TARGET_DIR": str(target)})


def folder(profile: str) -> str:
    """Where cargo puts what a profile makes."""
    return "debug" if profile == "dev" else profile
