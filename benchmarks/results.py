"""A measured figure beside its peer's, and the table that all of them make."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median


class PeerMissing(Exception):
    """The machine lacks what a benchmark compares with; the message says how to get it."""


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table. Figures are medians in `unit`; less is better everywhere."""

    name: str
    ours: float
    unit: str
    peer: float | None = None
    peer_name: str = ""
    goal: float | None = None
    """What `ratio` should not exceed; of a figure without peer, what `ours` should not."""
    floor: float | None = None
    """What it must not exceed."""
    spread: tuple[float, float] | None = None
    """Lowest and highest of ours."""
    peer_spread: tuple[float, float] | None = None

    @property
    def ratio(self) -> float | None:
        return None if not self.peer else self.ours / self.peer

    @property
    def verdict(self) -> str:
        figure = self.ours if self.peer is None else self.ratio
        if self.goal is None or figure is None:
            return ""
        if figure <= self.goal:
            return "goal met"
        if self.floor is not None:
            return "floor met, goal not" if figure <= self.floor else "BELOW THE FLOOR"
        return "goal not met"


def compare(
    name: str,
    ours: Sequence[float],
    peer: Sequence[float],
    *,
    unit: str,
    peer_name: str,
    goal: float | None = None,
    floor: float | None = None,
) -> Result:
    """The medians of two rows of measurements."""
    return Result(
        name,
        median(ours),
        unit,
        median(peer),
        peer_name,
        goal,
        floor,
        (min(ours), max(ours)),
        (min(peer), max(peer)),
    )


HEADINGS = ("what", "ours", "peer", "ratio", "goal", "floor", "unit", "beside", "")


def table(results: Iterable[Result]) -> str:
    """Markdown, columns aligned, so that it can be read here and pasted into docs/benchmarks.md."""
    rows = [HEADINGS, *(_cells(result) for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def _cells(result: Result) -> tuple[str, ...]:
    bound = _bound if result.peer is None else _fraction
    return (
        result.name,
        _figure(result.ours, result.spread),
        "" if result.peer is None else _figure(result.peer, result.peer_spread),
        "" if result.ratio is None else f"{result.ratio:.3f} (1/{1 / result.ratio:.1f})",
        "" if result.goal is None else bound(result.goal),
        "" if result.floor is None else bound(result.floor),
        result.unit,
        result.peer_name,
        result.verdict,
    )


def _figure(value: float, spread: tuple[float, float] | None) -> str:
    return f"{value:.4g}" + (f" ({spread[0]:.4g} to {spread[1]:.4g})" if spread else "")


def _bound(value: float) -> str:
    return f"{value:g}"


def _fraction(value: float) -> str:
    return f"1/{round(1 / value)}" if value < 1 else f"{value:g}"
