"""Music to upload: the synthesised song in each format, real recordings where there are any, and long pieces."""

import wave
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import numpy as np
from tests.conftest import MUSIC
from tests.media.makers import FORMS, write_song

FORMATS = (
    "wav16",
    "flac44",
    "mp3_cbr_info",
    "mp3_cbr_no_info",
    "m4a44",
    "adts",
    "vorbis",
    "opus",
)
"""Names of forms in `tests.media.makers`: the six formats, MP3 with and without its Info header, AAC with
and without its container."""


@dataclass
class Songs:
    """Files made on first use, in one folder."""

    folder: Path
    _made: dict[str, Path] = field(default_factory=dict[str, Path])

    def get(self, form: str) -> Path:
        """The song in that form."""
        if form not in self._made:
            shape = next(one for one in FORMS if one.name == form)
            self._made[form] = write_song(self.folder, shape)
        return self._made[form]

    def recording(self) -> Path:
        """A real Ogg file, else the song as one."""
        real = MUSIC / "sad_moment.ogg"
        return real if real.exists() else self.get("vorbis")


def wav(seconds: float, *, rate: int = 44_100, channels: int = 2, seed: int = 1) -> bytes:
    """A WAV file with a chord that wanders, and is different for each `seed`."""
    t = np.arange(int(rate * seconds)) / rate
    chord = sum(np.sin(2 * np.pi * pitch * t) for pitch in (110 + seed % 89, 220 + seed % 97, 331))
    sound = np.int16(8_000 * chord * (0.6 + 0.4 * np.sin(2 * np.pi * 0.25 * t)))
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.repeat(sound, channels).tobytes())
    return out.getvalue()
