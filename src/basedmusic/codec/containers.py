"""The only door through which media files are opened, in media processes only.

`av.open` on its own follows ffconcat to neighbour files and M3U8 to the network. Here the demuxer is chosen
by our own look at the first bytes, FFmpeg may use no other, and no protocol but `file`.
"""

from dataclasses import dataclass
from typing import cast

import av
import av.error
from av.audio.codeccontext import AudioCodecContext
from av.audio.stream import AudioStream
from av.container import InputContainer

from basedmusic.codec.contracts import MAX_CHANNELS, MAX_SAMPLE_RATE, MIN_SAMPLE_RATE
from basedmusic.codec.errors import (
    DamagedFile,
    NoAudioTrack,
    SampleRateOutOfRange,
    TooManyChannels,
    UnsupportedCodec,
)
from basedmusic.codec.sniff import sniff

CODECS = frozenset({"aac", "alac", "flac", "mp1", "mp2", "mp3", "opus", "speex", "vorbis"})
"""Accepted beside every pcm_ and adpcm_ flavour."""


@dataclass(frozen=True, slots=True)
class OpenSource:
    path: str
    container: InputContainer
    stream: AudioStream
    kind: str
    """One of `sniff.CONTAINERS`."""
    codec: str
    """FFmpeg's codec name without its implementation: mp3, not mp3float."""

    def close(self) -> None:
        self.container.close()

    def __enter__(self) -> "OpenSource":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_source(path: str, filename: str = "") -> OpenSource:
    """Open an untrusted local file for reading its first audio track, on one thread.

    Raises the refusals of `codec.errors`; `filename` (the uploader's) only colours their words. OSError and
    MemoryError pass: they are this machine's limits, not the file's fault.
    """
    with open(path, "rb") as file:
        kind = sniff(file, filename)
    container = _open_container(path, kind)
    try:
        stream, codec = _audio_stream(container)
    except BaseException:
        container.close()
        raise
    return OpenSource(path, container, stream, kind, codec)


def is_our_limit(error: BaseException) -> bool:
    """Whether FFmpeg's error tells of this process (memory, threads) and not of the file."""
    return isinstance(error, (av.error.MemoryError, av.error.BlockingIOError))


def _open_container(path: str, kind: str) -> InputContainer:
    try:
        return av.open(
            f"file:{path}",
            mode="r",
            format=kind,
            container_options={"format_whitelist": kind, "protocol_whitelist": "file"},
            metadata_errors="replace",
        )
    except (av.error.FFmpegError, ValueError) as error:
        if is_our_limit(error):
            raise
        raise DamagedFile(
            "This file is damaged or was cut off: its beginning or its index can't be read"
        ) from error


def _audio_stream(container: InputContainer) -> tuple[AudioStream, str]:
    if not container.streams.audio:
        raise NoAudioTrack
    stream = container.streams.audio[0]
    context = cast("AudioCodecContext | None", stream.codec_context)
    if context is None or not context.codec.is_decoder:  # None where FFmpeg makes nothing of the header
        raise UnsupportedCodec
    codec = context.codec.canonical_name
    if codec not in CODECS and not codec.startswith(("pcm_", "adpcm_")):
        raise UnsupportedCodec(f"The sound in this file is encoded as {codec}, which is not accepted")
    check_format(stream.codec_context.channels, stream.codec_context.sample_rate)
    context.thread_count = 1
    context.thread_type = "NONE"
    return stream, codec


def check_format(channels: int, sample_rate: int) -> None:
    """Raises TooManyChannels or SampleRateOutOfRange."""
    if channels > MAX_CHANNELS:
        raise TooManyChannels(f"This file has {channels} channels; at most {MAX_CHANNELS} are accepted")
    if channels and not MIN_SAMPLE_RATE <= sample_rate <= MAX_SAMPLE_RATE:
        raise SampleRateOutOfRange(
            f"This file's sample rate is {sample_rate} Hz; "
            f"{MIN_SAMPLE_RATE} to {MAX_SAMPLE_RATE} Hz are accepted"
        )
