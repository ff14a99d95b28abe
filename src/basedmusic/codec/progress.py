"""Telling the asker how far a long call is, where a media process serves it; silence elsewhere."""

from collections.abc import Callable

STEP = 0.01


def child_progress() -> Callable[[float], None]:
    """The media process's own reporter, or nothing to report to (tests, tools)."""
    try:
        from basedmusic.platform.pool.child import report_progress
    except ImportError:
        return _say_nothing
    return report_progress


def _say_nothing(_: float) -> None:
    pass


class Progress:
    """Passes on a fraction of `whole` whenever it grew by a hundredth; a `whole` of 0 is unknown."""

    def __init__(self, whole: int, report: Callable[[float], None] | None = None) -> None:
        self._whole = whole
        self._report = report or child_progress()
        self._said = 0.0

    def at(self, done: int) -> None:
        if self._whole <= 0:
            return
        fraction = min(1.0, done / self._whole)
        if fraction >= self._said + STEP:
            self._said = fraction
            self._report(fraction)
