"""What the demo scene is made of: artists, their releases, and what the synthesiser plays for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from basedmusic.catalog.contracts import ReleaseKind
from basedmusic.codec.demo.contracts import PieceRequest, Poster


@dataclass(frozen=True, slots=True)
class Piece:
    title: str
    genre: str
    """Slug."""
    style: str
    """One of `dsp.synth.Style`."""
    seed: int
    seconds: float


@dataclass(frozen=True, slots=True)
class DemoRelease:
    title: str
    kind: ReleaseKind
    days_ago: int
    """How long it has been out on the day the scene is filled."""
    cover: Poster | None
    """None: the page draws one."""
    pieces: tuple[Piece, ...]
    """In their order on the release."""


@dataclass(frozen=True, slots=True)
class DemoArtist:
    name: str
    city: str
    bio: str
    genres: tuple[str, ...]
    """Slugs."""
    releases: tuple[DemoRelease, ...]


@dataclass(frozen=True, slots=True)
class Recording:
    """One piece with all that it belongs to."""

    artist: DemoArtist
    release: DemoRelease
    piece: Piece
    number: int
    """Its place on the release, from 1."""

    def request(self, path: str, released_on: date) -> PieceRequest:
        """What a media process needs to write it as a tagged file at `path`."""
        return PieceRequest(
            path=path,
            style=self.piece.style,
            seed=self.piece.seed,
            seconds=self.piece.seconds,
            title=self.piece.title,
            artist=self.artist.name,
            album=self.release.title,
            genre=self.piece.genre,
            track_number=self.number,
            date=released_on.isoformat(),
            cover=self.release.cover,
        )


def in_order(artists: Sequence[DemoArtist]) -> list[Recording]:
    """Every piece, the release that came out first before the others: so the newest ends up as the latest."""
    releases = [(artist, release) for artist in artists for release in artist.releases]
    releases.sort(key=lambda one: -one[1].days_ago)
    return [
        Recording(artist, release, piece, number)
        for artist, release in releases
        for number, piece in enumerate(release.pieces, 1)
    ]
