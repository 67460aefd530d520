"""What many figures come to: the one in the middle, how far they spread, how often one goes into another."""

from __future__ import annotations

import math
import statistics


def median(figures: list[float]) -> float:
    return statistics.median(figures)


def percentile(figures: list[float], percent: float) -> float:
    """The least figure that so many of a hundred do not exceed: one that was measured, not one in between."""
    ranked = sorted(figures)
    return ranked[max(0, math.ceil(len(ranked) * percent / 100) - 1)]


def ratio(figures: list[float], base: list[float]) -> float | None:
    """Of the medians; nothing where the base is nothing."""
    below = median(base)
    return median(figures) / below if below else None


def short(value: float) -> str:
    """Three figures that say something, and no more."""
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
