"""What the benchmarks of one run share: the music, our server and Supysonic with it. Made when first needed."""

from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

from benchmarks import sound
from benchmarks.scene import Scene, library, running_scene
from benchmarks.supysonic import Supysonic, running_supysonic


@dataclass(frozen=True, slots=True)
class Title:
    """One file as both servers know it."""

    file: Path
    ours: str
    """Our track id."""
    theirs: str
    """Supysonic's."""


class Stage:
    """`repeats` is how many measurements each figure is the median of.

    Of the folder `recordings` one real recording is measured beside the synthesised music; without it, none.
    """

    def __init__(self, repeats: int, folder: Path | None = None, recordings: Path | None = None) -> None:
        self.repeats = repeats
        self._recording = sound.recording(recordings) if recordings else None
        self._stack = ExitStack()
        temporary = TemporaryDirectory(prefix="basedmusic-bench-", dir=folder, ignore_cleanup_errors=True)
        self.folder = Path(self._stack.enter_context(temporary))

    def __enter__(self) -> "Stage":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @cached_property
    def scene(self) -> Scene:
        return self._stack.enter_context(running_scene(self.folder))

    @cached_property
    def music(self) -> dict[str, list[Path]]:
        """For each kind of music one file to warm up with and `repeats` to measure."""
        say("writing four minutes of FLAC")
        kinds = {"synthesised": sound.four_minutes(self.folder / "synthesised.flac")}
        if self._recording is not None:
            kinds["recording"] = sound.four_minutes(self.folder / "recording.flac", self._recording)
        return {
            kind: sound.copies(file, self.folder / "music" / kind, self.repeats + 1)
            for kind, file in kinds.items()
        }

    @cached_property
    def supysonic(self) -> Supysonic:
        music = self.music
        say("letting Supysonic scan them")
        folder = self.folder / "music"
        assert music
        return self._stack.enter_context(running_supysonic(self.folder / "supysonic", folder))

    @cached_property
    def titles(self) -> dict[str, list[Title]]:
        """Both libraries, by kind of music; our background steps are through."""
        theirs = self.supysonic.tracks()
        files = [file for kind in self.music.values() for file in kind]
        say(f"uploading {len(files)} files and waiting for the background steps")
        ours = dict(zip(files, library(self.scene, files), strict=True))
        return {
            kind: [Title(file, ours[file], theirs[file.stem]) for file in files]
            for kind, files in self.music.items()
        }

    def cold(self) -> None:
        """As if nothing had ever been played, in memory and on disk; the sources are in the page cache."""
        self.scene.forget_renditions()
        self.scene.sign_in()
        for folder in (self.scene.data / "blobs", self.folder / "music"):
            for path in folder.rglob("*"):
                if path.is_file():
                    path.read_bytes()


def say(text: str) -> None:
    print(f"… {text}", flush=True)
