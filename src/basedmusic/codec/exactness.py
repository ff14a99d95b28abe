"""The proof, per file, that a seek lands on the sample: what one full decode saw, cuts must see again.

Media processes only.
"""

from collections import deque

import numpy as np

from basedmusic.codec.cuts import SeekInexact, SourceReader
from basedmusic.codec.frames import Planar

WINDOW = 6_000
"""Samples compared at each place."""
KEPT = 8
"""Places kept at most; their distance doubles when there are more."""
IDENTICAL = 1e-4
ALIKE = 0.25
"""AAC's substituted noise is made anew after a seek, so a right cut may differ; a wrong one differs more."""


class Witness:
    """Remembers short stretches of a decode, evenly spread and at the end, in bounded memory."""

    def __init__(self, rate: int) -> None:
        self._distance = rate
        self._kept: list[tuple[int, Planar]] = []
        self._open: tuple[int, list[Planar]] | None = None
        self._next = rate
        self._tail: deque[tuple[int, Planar]] = deque()

    def see(self, position: int, block: Planar) -> None:
        """The decode's next block, whose first sample is `position`."""
        self._tail.append((position, block))
        while len(self._tail) > 1 and position + block.shape[1] - self._tail[1][0] >= WINDOW:
            self._tail.popleft()
        if self._open is None and position >= self._next:
            self._open = (position, [])
        if self._open is not None:
            at, blocks = self._open
            blocks.append(block)
            if position + block.shape[1] - at >= WINDOW:
                self._keep(at, np.concatenate(blocks, axis=1)[:, :WINDOW].copy())

    def _keep(self, at: int, window: Planar) -> None:
        self._open = None
        self._kept.append((at, window))
        if len(self._kept) > KEPT:
            self._kept = self._kept[1::2]
            self._distance *= 2
        self._next = self._kept[-1][0] + self._distance

    def confirms(self, path: str, samples: int) -> bool:
        """Whether cuts of the file at all remembered places give the same sound, at the same sample."""
        places = list(self._kept)
        if self._tail:
            places.append((self._tail[0][0], np.concatenate([block for _, block in self._tail], axis=1)))
        try:
            reader = SourceReader(path)
        except SeekInexact:
            return False
        try:
            # Backwards, so that no cut is helped by where the one before it ended.
            return all(
                is_same_cut(seen, reader.read(at, seen.shape[1], samples)) for at, seen in reversed(places)
            )
        except SeekInexact:
            return False
        finally:
            reader.close()


def is_same_cut(seen: Planar, cut: Planar) -> bool:
    """Whether `cut` is `seen`, and not the same sound some samples off."""
    if seen.shape != cut.shape:
        return False
    loud = float(np.square(seen, dtype=np.float64).sum())
    error = _error(seen, cut)
    if error <= IDENTICAL**2 * loud or error < 1e-8 * seen.size:
        return True
    shifted = min(_error(seen[:, 1:], cut[:, :-1]), _error(seen[:, :-1], cut[:, 1:]))
    return error < ALIKE**2 * loud and error < shifted


def _error(one: Planar, other: Planar) -> float:
    return float(np.square(one - other, dtype=np.float64).sum())
