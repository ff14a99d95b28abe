"""The full-decode probe of an upload: what it is, how long it truly is, and whether it can be cut exactly.

Media processes only. Headers are believed for refusing early, never for a length.
"""

import os

from basedmusic.codec.containers import OpenSource, check_format, open_source
from basedmusic.codec.contracts import ProbeReport, ProbeRequest
from basedmusic.codec.cuts import VOTES
from basedmusic.codec.decode import decode_blocks
from basedmusic.codec.errors import DamagedFile, TooLargeDecoded, TooLong, TruncatedFile
from basedmusic.codec.exactness import Witness
from basedmusic.codec.frames import decoded_frames, layout_name, to_planar
from basedmusic.codec.progress import Progress
from basedmusic.kernel.units import samples_to_ms

CUT_EXACTLY = {
    ("flac", "flac"),
    ("mp3", "mp3"),
    ("mov", "aac"),
    ("mov", "alac"),
    ("aac", "aac"),
    ("ogg", "vorbis"),
    ("ogg", "opus"),
    ("wav", "pcm"),
}
"""Container and codec that `tests/media` prove sample-exact, at 44.1, 48 and 96 kHz, mono and stereo. Even so
each file must show it: see `Witness`."""

CONTENT_TYPES = {
    "wav": "audio/wav",
    "flac": "audio/flac",
    "mp3": "audio/mpeg",
    "mov": "audio/mp4",
    "ogg": "audio/ogg",
    "aac": "audio/aac",
}
ESTIMATING = ("mp3", "aac")
"""Containers whose duration FFmpeg guesses from a bit rate when no header tells."""

STREAMED_RIFF = 0xFFFF_FF00
"""A RIFF that was written to a pipe states a length like this."""

TRUNCATED_S = 0.5
"""How much less than promised counts as cut off."""


def probe(request: ProbeRequest) -> ProbeReport:
    """Decode the whole file once. Raises the refusals of `codec.errors`, as early as they can be known."""
    with open_source(request.path, request.filename) as source:
        promised = _promised_samples(source)
        rate = source.stream.codec_context.sample_rate
        if promised > request.max_seconds * rate and _is_believable(source, request.max_seconds):
            raise _too_long(promised / rate, request.max_seconds)
    with open_source(request.path, request.filename) as source:
        count = _Count(source, request, Progress(promised))
        count.run()
        kind, codec = source.kind, source.codec
    codec = "pcm" if codec.startswith("pcm_") else codec
    samples = count.samples if not count.changes_form else _count_joined(request, count.rate)
    missing = promised - samples > TRUNCATED_S * count.rate and _states_length(request.path, kind)
    if missing and not count.is_broken_in_the_middle:
        raise TruncatedFile(
            f"This file was cut off: it says that it plays {promised / count.rate:.1f} s, and "
            f"{samples / count.rate:.1f} s are there. Send the whole file"
        )
    reason = count.inexact_reason(kind, codec, request.path)
    size = os.stat(request.path).st_size
    return ProbeReport(
        container=kind,
        codec=codec,
        content_type=CONTENT_TYPES[kind],
        sample_rate=count.rate,
        channels=count.channels,
        samples=samples,
        duration_ms=samples_to_ms(samples, count.rate),
        bit_rate=size * 8 * count.rate // samples,
        bytes=size,
        needs_mezzanine=bool(reason),
        mezzanine_reason=reason,
        damaged_packets=count.damaged,
    )


class _Count:
    """One decode of a whole file, and what it shows."""

    def __init__(self, source: OpenSource, request: ProbeRequest, progress: Progress) -> None:
        self._source, self._request, self._progress = source, request, progress
        self.rate = 0
        self.channels = 0
        self.samples = 0
        self.damaged = 0
        self.frames = 0
        self.changes_form = False
        self._holes = False
        self._form: tuple[int, str] | None = None
        self._drift = _Drift()
        self._witness: Witness | None = None

    def run(self) -> None:
        stream = self._source.stream
        damaged_before = 0
        for frame in decoded_frames(self._source, self._note_damage):
            form = (frame.sample_rate, layout_name(frame))
            if self._form is None:
                self._form, self.rate, self.channels = form, frame.sample_rate, frame.layout.nb_channels
                check_format(self.channels, self.rate)
                self._witness = Witness(self.rate)
                damaged_before = self.damaged
            self.changes_form |= form != self._form
            self._holes |= self.damaged > damaged_before
            if self._witness and not self.changes_form:
                self._witness.see(self.samples, to_planar(frame))
            if frame.pts is not None and stream.time_base is not None:
                self._drift.see(round(frame.pts * stream.time_base * self.rate) - self.samples)
            self.samples += frame.samples
            self.frames += 1
            self._check_limits()
            self._progress.at(self.samples)
        self._check_decoded()

    @property
    def is_broken_in_the_middle(self) -> bool:
        return self._holes or self._drift.jumps

    def inexact_reason(self, kind: str, codec: str, path: str) -> str:
        """Why segments can't be cut from the file itself; empty when they can."""
        if (kind, codec) not in CUT_EXACTLY:
            return f"{codec} in {kind} is not among what is proved to be cut exactly"
        if self.changes_form:
            return "the sample rate or the channels change in the middle"
        if self._holes:
            return "damaged places in the middle"
        if self._drift.jumps:
            return "the file's own times don't keep step with its samples"
        if self._witness and not self._witness.confirms(path, self.samples):
            return "seeking in this file does not land on the sample"
        return ""

    def _note_damage(self) -> None:
        self.damaged += 1

    def _check_limits(self) -> None:
        if self.samples > self._request.max_seconds * self.rate:
            raise _too_long(self.samples / self.rate, self._request.max_seconds, at_least=True)
        if self.samples * self.channels * 4 > self._request.max_decoded_bytes:
            raise TooLargeDecoded(
                f"This file holds more than {self._request.max_decoded_bytes >> 20} MiB of sound"
            )

    def _check_decoded(self) -> None:
        if not self.samples:
            raise DamagedFile("This file is damaged: no sound in it can be decoded")
        if self.damaged > self.frames:
            raise DamagedFile("This file is damaged: most of its sound can't be decoded")


class _Drift:
    """Whether the file's own times leave the count of samples for longer than a frame or two.

    They do behind a hole, in edited or chained files, and in some Vorbis files page by page by one sample.
    """

    def __init__(self) -> None:
        self.jumps = False
        self._settled: int | None = None
        self._last, self._times = 0, 0

    def see(self, drift: int) -> None:
        self._times = self._times + 1 if drift == self._last else 1
        self._last = drift
        if self._times == VOTES:
            self.jumps |= self._settled not in (None, drift)
            self._settled = drift


def _promised_samples(source: OpenSource) -> int:
    """What the header says, at the stream's rate; 0 when it says nothing."""
    stream = source.stream
    if not stream.duration or stream.time_base is None:
        return 0
    promised = int(stream.duration * stream.time_base * stream.codec_context.sample_rate)
    if source.kind == "wav" and stream.codec_context.bit_rate:
        return _promised_by_riff(source, promised)
    return promised


def _promised_by_riff(source: OpenSource, held: int) -> int:
    """A WAV's own statement, where FFmpeg only tells what the file's bytes can hold (`held`)."""
    with open(source.path, "rb") as file:
        head = file.read(8)
    said, size = int.from_bytes(head[4:8], "little") + 8, source.container.size
    if head[:4] != b"RIFF" or said >= STREAMED_RIFF or said <= size:
        return held
    context = source.stream.codec_context
    return held + (said - size) * 8 * context.sample_rate // (context.bit_rate or 1)


def _is_believable(source: OpenSource, max_seconds: int) -> bool:
    """Whether it is truly longer than `max_seconds`; guessed durations are checked by walking its frames."""
    if source.kind not in ESTIMATING:
        return True
    seconds = 0.0
    for packet in source.container.demux(source.stream):
        if packet.duration and packet.time_base:
            seconds += float(packet.duration * packet.time_base)
        if seconds > max_seconds:
            return True
    return False


def _states_length(path: str, kind: str) -> bool:
    """Whether the file's own header states its length."""
    if kind not in ESTIMATING:
        return True
    with open(path, "rb") as file:
        head = file.read(1 << 20)
    return kind == "mp3" and (b"Xing" in head or b"Info\x00" in head)


def _count_joined(request: ProbeRequest, rate: int) -> int:
    """The length of a file that changes its form in the middle, brought to its first form."""
    samples = 0
    for block in decode_blocks(request.path, rate=rate, channels=2):
        samples += block.shape[1]
        if samples > request.max_seconds * rate:
            raise _too_long(samples / rate, request.max_seconds, at_least=True)
    return samples


def _too_long(seconds: float, limit: int, *, at_least: bool = False) -> TooLong:
    said = f"more than {_clock(limit)}" if at_least else _clock(seconds)
    return TooLong(f"This file plays {said}; at most {_clock(limit)} is accepted")


def _clock(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02} hours"
