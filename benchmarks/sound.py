"""The music that is measured with, and when a stream's bytes are worth a second of sound.

python -m benchmarks.sound TARGET.flac [RECORDING]   write four minutes of FLAC
"""

import io
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import av
import av.error
import mutagen.flac
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from numpy.typing import NDArray

SECONDS = 240
RATE = 44_100
RECORDED = {".aif", ".aiff", ".flac", ".m4a", ".mp3", ".ogg", ".opus", ".wav"}

Stereo = NDArray[np.float32]
"""Shape (2, samples), full scale ±1."""


def four_minutes(target: Path, recording: Path | None = None) -> Path:
    """Write FLAC of SECONDS at RATE, 16 bit, stereo: `recording` repeated, or a synthesised piece.

    In a process of its own, so that this one stays small and its numpy and FFmpeg threads don't measure.
    """
    command = [
        sys.executable,
        "-m",
        "benchmarks.sound",
        str(target),
        *([str(recording)] if recording else []),
    ]
    subprocess.run(command, check=True, cwd=Path(__file__).parents[1])
    return target


def recording(folder: Path) -> Path:
    """The first by name of a folder's recordings. Raises FileNotFoundError where there is none."""
    found = sorted(path for path in folder.iterdir() if path.suffix.lower() in RECORDED)
    if not found:
        raise FileNotFoundError(f"no recording in {folder}")
    return found[0]


def copies(source: Path, folder: Path, count: int) -> list[Path]:
    """Files that differ in their title alone, as different tracks must; all in the page cache."""
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    for number in range(count):
        path = folder / f"{source.stem}-{number:02}.flac"
        path.write_bytes(source.read_bytes())
        tags = mutagen.flac.FLAC(path)
        tags["title"], tags["artist"], tags["album"] = f"{source.stem} {number}", "The Measured", source.stem
        tags.save()
        made.append(path)
    return made


# --- writing -------------------------------------------------------------------------------------------


def _write(target: Path, recorded: Path | None) -> None:
    blocks = _repeated(recorded) if recorded else _synthesised()
    with av.open(str(target), "w", format="flac") as container:
        stream = container.add_stream("flac", rate=RATE)
        assert isinstance(stream, AudioStream)
        stream.codec_context.layout, stream.codec_context.format = "stereo", "s16"
        at = 0
        for block in blocks:
            pcm = np.clip(np.rint(block.T * 32_767), -32_768, 32_767).astype(np.int16).reshape(1, -1)
            frame = AudioFrame.from_ndarray(np.ascontiguousarray(pcm), format="s16", layout="stereo")
            frame.sample_rate, frame.pts = RATE, at
            at += block.shape[1]
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


BLOCK = 4096


def _repeated(recorded: Path) -> Iterator[Stereo]:
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=RATE)
    with av.open(str(recorded)) as container:
        frames: list[Stereo] = []
        for packet in container.demux(container.streams.audio[0]):
            for frame in packet.decode() if packet.size else ():
                frames += [out.to_ndarray().astype(np.float32) for out in resampler.resample(frame)]
    once = np.concatenate(frames, axis=1)
    times = -(-SECONDS * RATE // once.shape[1])
    whole = np.tile(once, (1, times))[:, : SECONDS * RATE]
    for start in range(0, whole.shape[1], BLOCK):
        yield whole[:, start : start + BLOCK]


CHORDS = ((57, 60, 64, 69), (53, 57, 60, 65), (48, 55, 60, 64), (55, 59, 62, 67))
"""MIDI notes, a bar each: Am, F, C, G."""
BEAT_S = 0.5


def _synthesised() -> Iterator[Stereo]:
    """Detuned voices with harmonics, a bass, a kick, and noise for snare and hats, new in each bar."""
    dice = np.random.default_rng(7)
    length = int(4 * BEAT_S * RATE)
    chords = [_chord(notes, length) for notes in CHORDS]
    left = SECONDS * RATE
    for number in range(-(-left // length)):
        bar = np.tanh(chords[number % len(chords)] + _drums(length, dice)) * np.float32(0.7)
        for start in range(0, min(left, length), BLOCK):
            yield bar[:, start : min(left, start + BLOCK)]
        left -= length


def _chord(notes: Sequence[int], length: int) -> Stereo:
    time = np.arange(length) / RATE
    sides = np.zeros((2, length))
    for voice, note in enumerate(notes):
        level = 1 + 0.3 * np.sin(2 * np.pi * (1 + voice) * time)
        for harmonic in range(1, 9):
            tone = 440 * 2 ** ((note - 69) / 12) * harmonic
            for side, detuned in enumerate((0.9985, 1.0015)):
                sides[side] += 0.09 / harmonic * level * np.sin(2 * np.pi * tone * detuned * time + voice)
    bass = 0.2 * np.sin(2 * np.pi * 440 * 2 ** ((notes[0] - 93) / 12) * time)
    return (sides + bass).astype(np.float32)


def _drums(length: int, dice: np.random.Generator) -> Stereo:
    within = np.arange(length, dtype=np.float32) / RATE
    beat, odd = within % BEAT_S, (within // BEAT_S) % 2
    noise = dice.standard_normal((2, length), dtype=np.float32)
    level = 0.004 + 0.08 * np.exp(-40 * (within % (BEAT_S / 2))) + 0.25 * np.exp(-18 * beat) * odd
    kick = 0.5 * np.sin(2 * np.pi * 50 * beat) * np.exp(-12 * beat) * (1 - odd)
    return (noise * level + kick).astype(np.float32)


# --- reading -------------------------------------------------------------------------------------------


def seconds_in(content: bytes) -> float:
    """How much sound decodes from the beginning of a file, of which `content` is all there is so far."""
    samples, rate = 0, 1
    try:
        with av.open(io.BytesIO(content), "r") as container:
            for packet in container.demux(container.streams.audio[0]):
                for frame in packet.decode():
                    samples, rate = samples + frame.samples, frame.sample_rate
    except (av.error.FFmpegError, ValueError, IndexError):
        pass  # cut off anywhere: what came out before counts
    return samples / rate


def bytes_for(content: bytes, seconds: float, measure: Callable[[bytes], float] = seconds_in) -> int:
    """The smallest prefix of `content` (to 64 bytes) that is worth `seconds` of sound."""
    if measure(content) < seconds:
        raise LookupError(f"{len(content)} bytes hold less than {seconds} s")
    low, high = 0, len(content)
    while high - low > 64:
        middle = (low + high) // 2
        low, high = (low, middle) if measure(content[:middle]) >= seconds else (middle, high)
    return high


if __name__ == "__main__":
    _write(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
