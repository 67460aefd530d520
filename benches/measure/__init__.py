"""What every section of the bench has in common.

A section is one module `benches/measure/NAME.py` with one function:

    def measure(context: Context) -> list[Row]

`context` says where everything stands that was built before the first section starts:
  `context.ours("singularis")`, `context.example("stream_reader")`, `context.peer("bare_window")`: paths of programs of profile `release`
  (a missing one ends the bench with its name); `context.python`: the interpreter that has the seed's packages; `context.seed("stop.py")`;
  `context.repetitions` (7, with --quick 3) for what is repeated; `context.stops` (200, with --quick 20) for what is stopped;
  `context.folder(name)`: a new folder of its own, removed afterwards; `context.say(text)`: a line on standard error.
A `Row` is one line of the table: what was measured, for whom, in which unit, and every figure (never only their middle):
  Row(section="start", case="to the first frame", who="ours", unit="ms", figures=[…], base="bare window", note="")
`base` names the `who` of the same section, case and unit whose median is the ratio's one; `""`: no ratio.
`goal="≤ 5"`, `met=True` say what was aimed at and whether it was reached; `None`: nothing was aimed at.
Helpers: `interleaved` here (A B C A B C …), and `figures.py` (median, spread, ratio), `processes.py` (start, time, end a program).
Whatever fails raises: a bench that leaves a line out looks like a bench that went well.
"""

from __future__ import annotations

import dataclasses
import pathlib
import shutil
import sys
import tempfile
import typing


@dataclasses.dataclass
class Row:
    """One line of the table."""

    section: str
    case: str
    who: str
    unit: str
    figures: list[float]
    base: str = ""
    note: str = ""
    goal: str = ""
    met: bool | None = None


@dataclasses.dataclass
class Context:
    """Where the things stand that were built for this run."""

    root: pathlib.Path
    target: pathlib.Path
    python: pathlib.Path
    out: pathlib.Path
    quick: bool = False
    _folders: list[pathlib.Path] = dataclasses.field(default_factory=list)

    @property
    def repetitions(self) -> int:
        return 3 if self.quick else 7

    @property
    def stops(self) -> int:
        return 20 if self.quick else 200

    def ours(self, name: str) -> pathlib.Path:
        return _there(self.target / "release" / name)

    def example(self, name: str) -> pathlib.Path:
        return _there(self.target / "release" / "examples" / name)

    def peer(self, name: str) -> pathlib.Path:
        return _there(self.target / "bench-peers" / "release" / name)

    def seed(self, name: str) -> pathlib.Path:
        return _there(self.root / "benches" / "seed" / name)

    def folder(self, name: str) -> pathlib.Path:
        folder = pathlib.Path(tempfile.mkdtemp(prefix=f"bench-{name}-"))
        self._folders.append(folder)
        return folder

    def say(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    def clean(self) -> None:
        """Removes every folder that `folder` made."""
        while self._folders:
            shutil.rmtree(self._folders.pop(), ignore_errors=True)


def interleaved(
    contenders: dict[str, typing.Callable[[], dict[str, float]]], repetitions: int
) -> dict[str, dict[str, list[float]]]:
    """Calls A B C A B C …, so that a slow minute of the machine falls on all of them.

    Each call gives figures by name; the answer has them by contender and name, one for each repetition.
    """
    seen: dict[str, dict[str, list[float]]] = {name: {} for name in contenders}
    for _ in range(repetitions):
        for name, call in contenders.items():
            for figure, value in call().items():
                seen[name].setdefault(figure, []).append(value)
    return seen


def _there(path: pathlib.Path) -> pathlib.Path:
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: benches/run.py builds it")
    return path
