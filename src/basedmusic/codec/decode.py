"""Whole files as sound, block by block, for measures and mezzanines. Media processes only."""

from collections.abc import Callable, Iterator

import numpy as np

from basedmusic.codec.containers import open_source
from basedmusic.codec.frames import Planar, Resampler, decoded_frames, layout_for, layout_name, to_planar

BLOCK = 32_768
"""Samples that `decode_blocks` gathers at least, so that numpy's cost per call doesn't count."""


def decode_blocks(
    path: str,
    *,
    rate: int | None = None,
    channels: int | None = None,
    on_damage: Callable[[], None] = lambda: None,
) -> Iterator[Planar]:
    """The whole of a file as blocks of shape (channels, n), float32, one after the other without gaps.

    `rate` and `channels` default to the first frame's. Memory is bounded by one block of about BLOCK samples,
    however long the file. Raises the refusals of `codec.errors` for what can't be opened; packets that don't
    decode are left out.
    """
    with open_source(path) as source:
        joiner = _Joiner(rate, channels)
        for frame in decoded_frames(source, on_damage):
            yield from joiner.push(to_planar(frame), frame.sample_rate, layout_name(frame))
        yield from joiner.flush()


class _Joiner:
    """Brings frames of any rate and layout (some streams change in the middle) to one, in larger blocks."""

    def __init__(self, rate: int | None, channels: int | None) -> None:
        self._rate, self._channels = rate, channels
        self._layout = ""
        self._form: tuple[int, str] | None = None
        self._resampler: Resampler | None = None
        self._waiting: list[Planar] = []
        self._count = 0

    def push(self, block: Planar, rate: int, layout: str) -> Iterator[Planar]:
        if self._form != (rate, layout):
            self._gather(self._resampler.flush() if self._resampler else [])
            self._rate = self._rate or rate
            self._layout = self._layout or (layout_for(self._channels) if self._channels else layout)
            if self._channels == block.shape[0]:
                self._layout = layout
            self._resampler = Resampler(rate, layout, self._rate, self._layout)
            self._form = (rate, layout)
        assert self._resampler is not None
        self._gather(self._resampler.push(block))
        if self._count >= BLOCK:
            yield self._take()

    def flush(self) -> Iterator[Planar]:
        self._gather(self._resampler.flush() if self._resampler else [])
        if self._count:
            yield self._take()

    def _gather(self, blocks: list[Planar]) -> None:
        self._waiting += blocks
        self._count += sum(block.shape[1] for block in blocks)

    def _take(self) -> Planar:
        block = self._waiting[0] if len(self._waiting) == 1 else np.concatenate(self._waiting, axis=1)
        self._waiting, self._count = [], 0
        return block
