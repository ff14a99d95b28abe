"""Which tracks a newcomer judges by ten seconds each, and which ten seconds of them. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from uuid import UUID

CLIPS = 6
CLIP_MS = 10_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A track that could be one of them."""

    track_id: UUID
    artist_id: UUID
    genres: frozenset[str]
    near: bool
    """Whether its artist is from where the newcomer is."""


def choose_clips(
    candidates: Sequence[Candidate], wanted: Iterable[str], count: int = CLIPS
) -> list[Candidate]:
    """As different as they come: of the wanted genres first, then one of each other genre, artists from near first
    among equals, the earlier of `candidates` before the later; no artist twice while there are others."""
    ranked = sorted(dict.fromkeys(candidates), key=lambda one: not one.near)
    asked = frozenset(wanted)
    chosen: list[Candidate] = []

    def take(fits: Callable[[Candidate, frozenset[str]], bool], *, new_artist: bool) -> None:
        for one in ranked:
            if len(chosen) == count:
                return
            covered = frozenset[str]().union(*(other.genres for other in chosen))
            artists = {other.artist_id for other in chosen}
            if one not in chosen and fits(one, covered) and not (new_artist and one.artist_id in artists):
                chosen.append(one)

    for fits in (
        lambda one, covered: bool((one.genres & asked) - covered),
        lambda one, covered: bool(one.genres - covered),
        lambda _one, _covered: True,
    ):
        take(fits, new_artist=True)
        take(fits, new_artist=False)
    return chosen


def clip_start_ms(waveform: bytes, duration_ms: int, length_ms: int = CLIP_MS) -> int:
    """Where the loudest and most changing stretch of that length begins, by the peaks; the first of equals.

    A window's worth is the sum of its peaks and of the steps between them: a loud drone and a quiet rattle both
    fall behind where the song happens.
    """
    latest = max(duration_ms - length_ms, 0)
    points = len(waveform)
    if not latest or not points:
        return 0
    width = min(points, max(1, round(length_ms / duration_ms * points)))
    steps = [abs(after - before) for before, after in pairwise(waveform)]
    loud = [0, *accumulate(waveform)]
    changing = [0, *accumulate(steps)]
    worth = [
        loud[at + width] - loud[at] + changing[at + width - 1] - changing[at]
        for at in range(points - width + 1)
    ]
    best = worth.index(max(worth))
    return min(best * duration_ms // points, latest)
