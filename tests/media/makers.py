"""Synthetic music in every accepted form, and the judges: FFmpeg's own decode, and where sounds coincide."""

import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from numpy.typing import NDArray

Planar = NDArray[np.float32]
SECONDS = 9.5
HAS_FFMPEG = shutil.which("ffmpeg") is not None


def song(rate: int, channels: int, seconds: float = SECONDS) -> Planar:
    """A chirp, beats and a little noise: nowhere periodic, so that it matches itself at one place only."""
    t = np.arange(int(rate * seconds)) / rate
    noise = np.random.default_rng(7).standard_normal((2, len(t)))
    left = 0.3 * np.sin(2 * np.pi * (200 + 25 * t) * t) + 0.2 * np.sin(2 * np.pi * 660 * t) * (t % 0.7)
    right = 0.3 * np.sin(2 * np.pi * (300 + 15 * t) * t) + 0.2 * np.sin(2 * np.pi * 990 * t) * (t % 0.5)
    stereo = np.stack([left, right]) + 0.004 * noise
    return (stereo if channels == 2 else stereo.mean(axis=0, keepdims=True)).astype(np.float32)


@dataclass(frozen=True)
class Form:
    """How a test file is encoded."""

    name: str
    suffix: str
    muxer: str
    codec: str
    sample_format: str
    rate: int = 44_100
    channels: int = 2
    bit_rate: int = 0
    options: dict[str, str] = field(default_factory=dict[str, str])
    muxer_options: dict[str, str] = field(default_factory=dict[str, str])


NO_INFO = {"write_xing": "0", "id3v2_version": "0"}
VBR = {"b": "0", "q": "3", "flags": "+qscale", "global_quality": str(3 * 118)}
FORMS = (
    Form("wav16", ".wav", "wav", "pcm_s16le", "s16"),
    Form("wav24_96k", ".wav", "wav", "pcm_s24le", "s32", rate=96_000),
    Form("wav_float_48k", ".wav", "wav", "pcm_f32le", "flt", rate=48_000),
    Form("wav16_mono", ".wav", "wav", "pcm_s16le", "s16", channels=1),
    Form("flac44", ".flac", "flac", "flac", "s16"),
    Form("flac48", ".flac", "flac", "flac", "s32", rate=48_000),
    Form("flac96_mono", ".flac", "flac", "flac", "s32", rate=96_000, channels=1),
    Form("mp3_cbr_info", ".mp3", "mp3", "libmp3lame", "fltp", bit_rate=192_000),
    Form("mp3_cbr_no_info", ".mp3", "mp3", "libmp3lame", "fltp", bit_rate=192_000, muxer_options=NO_INFO),
    Form("mp3_vbr_xing", ".mp3", "mp3", "libmp3lame", "fltp", options=VBR),
    Form("mp3_vbr_no_xing", ".mp3", "mp3", "libmp3lame", "fltp", options=VBR, muxer_options=NO_INFO),
    Form("mp3_48k_mono", ".mp3", "mp3", "libmp3lame", "fltp", rate=48_000, channels=1, bit_rate=96_000),
    Form("m4a44", ".m4a", "ipod", "aac", "fltp", bit_rate=160_000),
    Form("m4a48_mono", ".m4a", "ipod", "aac", "fltp", rate=48_000, channels=1, bit_rate=96_000),
    Form("alac", ".m4a", "ipod", "alac", "s16p"),
    Form("adts", ".aac", "adts", "aac", "fltp", bit_rate=160_000),
    Form("vorbis", ".ogg", "ogg", "vorbis", "fltp", bit_rate=160_000, options={"strict": "experimental"}),
    Form("opus", ".opus", "ogg", "libopus", "flt", rate=48_000, bit_rate=128_000),
    Form("opus_mono", ".opus", "ogg", "libopus", "flt", rate=48_000, channels=1, bit_rate=96_000),
)


def write_song(folder: Path, form: Form, sound: Planar | None = None) -> Path:
    """The song (or `sound`) in this form, as a file in `folder`."""
    path = folder / f"{form.name}{form.suffix}"
    if form.codec == "vorbis" and HAS_FFMPEG:
        return _write_libvorbis(path, form)
    sound = song(form.rate, form.channels) if sound is None else sound
    layout = {1: "mono", 2: "stereo", 6: "5.1"}[sound.shape[0]]
    with av.open(str(path), "w", format=form.muxer, options=form.muxer_options) as out:
        stream = out.add_stream(form.codec, rate=form.rate, options=form.options)
        assert isinstance(stream, AudioStream)
        context = stream.codec_context
        context.layout, context.format = layout, form.sample_format
        if form.bit_rate:
            context.bit_rate = form.bit_rate
        context.open()
        size = context.frame_size or 4_096
        convert = AudioResampler(format=form.sample_format, layout=layout, rate=form.rate, frame_size=size)
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(sound), format="fltp", layout=layout)
        frame.sample_rate, frame.pts = form.rate, 0
        for made in [*convert.resample(frame), *convert.resample(None)]:
            out.mux(stream.encode(made))
        out.mux(stream.encode(None))
    return path


def _write_libvorbis(path: Path, form: Form) -> Path:
    """PyAV brings no libvorbis, and FFmpeg's own encoder writes what two FFmpegs decode differently."""
    sound = np.ascontiguousarray(song(form.rate, form.channels).T).tobytes()
    given = ["-f", "f32le", "-ar", str(form.rate), "-ac", str(form.channels), "-i", "-"]
    command = ["ffmpeg", "-v", "error", "-y", *given, "-c:a", "libvorbis", "-q:a", "5", str(path)]
    subprocess.run(command, input=sound, check=True)
    return path


def reference_decode(path: Path, rate: int | None = 48_000) -> Planar:
    """FFmpeg's own decode of a whole file in stereo: Debian's program where installed, else PyAV's plain way.

    Mono comes out as FFmpeg mixes it up.
    """
    if HAS_FFMPEG:
        to_rate = ["-ar", str(rate)] if rate else []
        done = subprocess.run(
            ["ffmpeg", "-v", "error", "-i", path, "-f", "f32le", "-ac", "2", *to_rate, "-"],
            capture_output=True,
        )
        return np.frombuffer(done.stdout, np.float32).reshape(-1, 2).T
    with av.open(str(path)) as container:
        convert = AudioResampler(format="fltp", layout="stereo", rate=rate)
        blocks: list[Planar] = []
        for packet in container.demux(container.streams.audio[0]):
            if packet.size == 0 and packet.pts is not None:
                continue  # an Ogg file's last page may hold none; FFmpeg's program passes it over too
            for frame in packet.decode():
                frame.pts = None
                blocks += map(_planar, convert.resample(frame))
        blocks += map(_planar, convert.resample(None))
    return np.concatenate(blocks, axis=1)


def _planar(frame: AudioFrame) -> Planar:
    return frame.to_ndarray().astype(np.float32)


@dataclass(frozen=True)
class Played:
    first: int
    """Sample at 48 kHz of presentation time that `sound` begins with."""
    sound: Planar
    duration_us: int
    """As FFmpeg reports it for the file."""


def play(path: Path) -> Played:
    """Decode one of our own files as FFmpeg 8 presents it, edit list applied."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        frames = list(container.decode(stream))
        first = frames[0].pts
        assert first is not None and frames[0].time_base is not None
        at = round(first * frames[0].time_base * 48_000)
        sound = np.concatenate([_planar(frame) for frame in frames], axis=1)
        return Played(at, sound, container.duration or 0)


def lag_of(heard: Planar, wanted: Planar, reach: int = 1_000) -> int:
    """By how many samples `heard` is late, found by correlation within ± `reach`."""
    size = 1 << (heard.shape[1] + 2 * reach).bit_length()
    spectrum = np.fft.rfft(heard[0].astype(np.float64), size)
    spectrum *= np.conj(np.fft.rfft(wanted[0].astype(np.float64), size))
    around = np.fft.irfft(spectrum, size)
    lags = [*range(-reach, reach + 1)]
    return lags[int(np.argmax([around[lag] for lag in lags]))]


def correlation(one: Planar, other: Planar) -> float:
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


def snr_db(wanted: Planar, heard: Planar) -> float:
    error = np.square(wanted.astype(np.float64) - heard).sum()
    return float(10 * np.log10(np.square(wanted, dtype=np.float64).sum() / max(error, 1e-30)))
