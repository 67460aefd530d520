"""Every row as one line of one table."""

from __future__ import annotations

from . import Row
from .figures import median, ratio, short

HEAD = ("What", "Who", "Median", "Least – most", "Ratio", "Goal", "Note")


def markdown(rows: list[Row], where: dict) -> str:
    machine = where["machine"]
    lines = [
        f"{where['date']}, commit {where['commit']}; {machine['cpu']}, {machine['cores']} cores, {machine['memory_gib']} GiB, "
        f"Linux {machine['kernel']}.",
        ", ".join(f"{name} {version}" for name, version in where["versions"].items()) + ".",
        "",
        line(HEAD),
        line(["---", "---", "---:", "---:", "---:", "---", "---"]),
    ]
    return "\n".join(lines + [line(cells(row, rows)) for row in rows]) + "\n"


def cells(row: Row, rows: list[Row]) -> list[str]:
    goal = row.goal
    if row.met is not None:
        goal += ": reached" if row.met else ": **missed**"
    spread = f"{short(min(row.figures))} – {short(max(row.figures))}"
    against = ratio_of(row, rows)
    return [row.case, row.who, f"{short(median(row.figures))} {row.unit}", spread,
            "" if against is None else f"{against:.2f} × {row.base}", goal, row.note]


def ratio_of(row: Row, rows: list[Row]) -> float | None:
    """Against whoever is the row's base in the same case; a base that is named and is not there is an error."""
    if not row.base or row.who == row.base:
        return None
    same = [other for other in rows if (other.section, other.case, other.unit) == (row.section, row.case, row.unit)]
    base = [other for other in same if other.who == row.base]
    if len(base) != 1:
        # Only one of them tells this at all, such as the gate that nobody else has.
        if len(same) == 1:
            return None
        raise LookupError(f"{row.section}, {row.case}: {len(base)} rows of {row.base}")
    return ratio(row.figures, base[0].figures)


def line(cells) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
