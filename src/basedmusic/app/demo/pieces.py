"""The demo scene's music: invented projects of one invented city, and what the synthesiser plays for each."""

from dataclasses import dataclass

from basedmusic.codec.measures import PieceRequest

CITY = "Port Meridian"
YEAR = "2026"


@dataclass(frozen=True, slots=True)
class Piece:
    title: str
    release: str
    number: int
    """Its place on the release, from 1."""
    genre: str
    """Slug."""
    style: str
    """One of `dsp.synth.Style`."""
    seed: int
    seconds: float


@dataclass(frozen=True, slots=True)
class DemoArtist:
    name: str
    city: str
    bio: str
    genres: tuple[str, ...]
    """Slugs."""
    pieces: tuple[Piece, ...]


ARTISTS = (
    DemoArtist(
        "Night Tram Society",
        CITY,
        "Machines for the last ride home: house, techno and whatever the depot radio plays.",
        ("house", "techno", "electronic"),
        (
            Piece("Depot Lights", "Last Tram, First Light", 1, "house", "house", 11, 42),
            Piece("Transfer Ticket", "Last Tram, First Light", 2, "house", "house", 27, 36),
            Piece("Overhead Line", "Last Tram, First Light", 3, "techno", "techno", 5, 40),
            Piece("Window Seat", "Last Tram, First Light", 4, "electronic", "synth-pop", 8, 38),
        ),
    ),
    DemoArtist(
        "Moss Cathedral",
        CITY,
        "Slow music recorded in a greenhouse that nobody owns.",
        ("ambient", "experimental"),
        (
            Piece("Glasshouse, Rain", "What the Ferns Heard", 1, "ambient", "ambient", 3, 45),
            Piece("Spore Calendar", "What the Ferns Heard", 2, "ambient", "ambient", 19, 44),
        ),
    ),
    DemoArtist(
        "Broken Umbrella Club",
        CITY,
        "Three chords, two amplifiers, one microphone that still works.",
        ("punk", "rock"),
        (
            Piece("Bus Lane Hero", "Weather Permitting", 1, "punk", "punk", 4, 22),
            Piece("No Refunds on Tuesdays", "Weather Permitting", 2, "punk", "punk", 16, 27),
        ),
    ),
    DemoArtist(
        "Paper Boat Choir",
        CITY,
        "Strings, wood and songs about the harbour, most of them without words.",
        ("folk", "indie"),
        (
            Piece("Ferry Waltz That Isn't", "Low Bridges", 1, "folk", "folk", 2, 36),
            Piece("Salt on the Railing", "Low Bridges", 2, "folk", "folk", 14, 32),
        ),
    ),
    DemoArtist(
        "Low Tide Dubplates",
        CITY,
        "A tape echo, a borrowed bass and all the time between two tides.",
        ("dub", "hip-hop", "reggae"),
        (
            Piece("Breakwater Version", "Mud and Moonlight", 1, "dub", "dub", 6, 43),
            Piece("Corner Shop at Four", "Mud and Moonlight", 2, "hip-hop", "hip-hop", 9, 34),
        ),
    ),
)


def piece_request(artist: DemoArtist, piece: Piece, path: str) -> PieceRequest:
    """What a media process needs to write this piece as a tagged file at `path`."""
    return PieceRequest(
        path=path,
        style=piece.style,
        seed=piece.seed,
        seconds=piece.seconds,
        title=piece.title,
        artist=artist.name,
        album=piece.release,
        genre=piece.genre,
        track_number=piece.number,
        date=YEAR,
    )
