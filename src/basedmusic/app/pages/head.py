"""What a page says before any script runs: title, description, Open Graph, JSON-LD, and a line to read.

Pure: contracts in, HTML out. JSON-LD escapes `<`, so that no title can end the script element.
Sources: ogp.me; schema.org MusicGroup, MusicAlbum, MusicRecording.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from basedmusic.accounts import Card
from basedmusic.catalog import Artist, Release, Track
from basedmusic.catalog.contracts import COVER_SIZES, Cover


@dataclass(frozen=True, slots=True)
class Head:
    title: str
    description: str
    path: str
    kind: str = "website"
    """Open Graph type."""
    image: str | None = None
    """Path of a picture."""
    audio: str | None = None
    """Path of something to hear."""
    json_ld: dict[str, object] = field(default_factory=dict[str, object])
    heading: str = ""
    """What a reader without scripts sees as the page's name."""
    indexed: bool = True
    rows: tuple["Row", ...] = ()
    """What can be gone to from here at once, before the app runs."""
    part: str = ""
    """The source of the page's own code, below web/src/features."""
    data: tuple[str, ...] = ()
    """API paths that the page asks for first, as `web/src/api/queries.ts` writes them."""


@dataclass(frozen=True, slots=True)
class Row:
    path: str
    text: str
    by: str = ""


FIRST_PAGE = "limit=24"
"""As `FIRST_PAGE` in web/src/api/queries.ts."""


def render_head(head: Head, scene: str, origin: str) -> str:
    """The elements for <head>."""
    title = head.title if head.title == scene else f"{head.title} · {scene}"
    tags = [
        f"<title>{escape(title)}</title>",
        _meta("name", "description", head.description),
        f'<link rel="canonical" href="{escape(origin + head.path)}">',
        _meta("property", "og:site_name", scene),
        _meta("property", "og:type", head.kind),
        _meta("property", "og:title", head.title),
        _meta("property", "og:description", head.description),
        _meta("property", "og:url", origin + head.path),
        _meta("name", "twitter:card", "summary_large_image" if head.image else "summary"),
    ]
    if head.image:
        tags.append(_meta("property", "og:image", origin + head.image))
    if head.audio:
        tags += [
            _meta("property", "og:audio", origin + head.audio),
            _meta("property", "og:audio:type", "audio/mp4"),
        ]
    if not head.indexed:
        tags.append(_meta("name", "robots", "noindex"))
    if head.json_ld:
        document = {"@context": "https://schema.org", **head.json_ld, "url": origin + head.path}
        text = json.dumps(document, ensure_ascii=False).replace("<", "\\u003c")
        tags.append(f'<script type="application/ld+json">{text}</script>')
    return "\n    ".join(tags)


def render_shell_head(scene: str) -> str:
    """For the document that stands for every address: no page's own words, and no address of its own."""
    tags = [
        f"<title>{escape(scene)}</title>",
        _meta("property", "og:site_name", scene),
        _meta("name", "robots", "noindex"),
    ]
    return "\n    ".join(tags)


def render_data(head: Head) -> str:
    """The page's first answers, asked for while its code is still on the way (a `fetch` takes them over)."""
    return "".join(
        f'<link rel="preload" as="fetch" crossorigin="anonymous" href="/api/v1{escape(path)}">'
        for path in head.data
    )


def render_summary(head: Head) -> str:
    """What stands in the page until the app takes over, and for readers without scripts."""
    rows = "".join(
        f'<li><a href="{escape(row.path)}">{escape(row.text)}</a>{f" by {escape(row.by)}" if row.by else ""}</li>'
        for row in head.rows
    )
    listed = f"<ul>{rows}</ul>" if rows else ""
    return (
        f"<main><h1>{escape(head.heading or head.title)}</h1><p>{escape(head.description)}</p>{listed}</main>"
    )


def home_head(scene: str, latest: Sequence[Track]) -> Head:
    return Head(
        title=scene,
        description="New music from this town, from the people who make it.",
        path="/",
        json_ld={"@type": "WebSite", "name": scene},
        rows=tuple(Row(f"/tracks/{track.id}", track.title, track.artist.name) for track in latest),
        part="home/HomePage.tsx",
        data=(f"/tracks?{FIRST_PAGE}", f"/releases?{FIRST_PAGE}", f"/artists?{FIRST_PAGE}"),
    )


def artist_head(artist: Artist) -> Head:
    genres = [genre.name for genre in artist.genres]
    about = artist.bio.splitlines()[0] if artist.bio else ""
    description = about or f"{' and '.join(genres) or 'Music'} from {artist.city}."
    return Head(
        title=artist.name,
        description=_short(description),
        path=f"/artists/{artist.slug}",
        kind="profile",
        part="artist/ArtistPage.tsx",
        data=(
            f"/artists/{artist.slug}",
            f"/artists/{artist.id}/tracks?{FIRST_PAGE}",
            f"/artists/{artist.id}/releases?{FIRST_PAGE}",
        ),
        json_ld={
            "@type": "MusicGroup",
            "name": artist.name,
            "description": _short(description),
            "genre": genres,
            "foundingLocation": {"@type": "Place", "name": artist.city},
        },
    )


def card_head(card: Card) -> Head:
    """A venue's or an organiser's. Sources: schema.org MusicVenue, Organization."""
    name, path = card.party.name, f"/{card.party.kind}s/{card.party.slug}"
    about = card.about.splitlines()[0] if card.about else ""
    what = "A venue" if card.type is None else f"A {card.type}"
    description = _short(about or f"{what} in {card.city}.")
    place = {"@type": "Place", "name": card.city}
    described: dict[str, object] = {
        "@type": "MusicVenue" if card.type is None else "Organization",
        "name": name,
        "description": description,
        ("address" if card.type is None else "location"): card.city if card.type is None else place,
    }
    if card.places.website:
        described["sameAs"] = [card.places.website, *card.places.links]
    return Head(
        title=name,
        description=description,
        path=path,
        kind="profile",
        part="profile/CardPage.tsx",
        data=(path,),
        json_ld=described,
    )


def track_head(track: Track) -> Head:
    seconds = (track.source.duration_ms + 500) // 1000 if track.source else 0
    length = f"{seconds // 60}:{seconds % 60:02}"
    recording: dict[str, object] = {
        "@type": "MusicRecording",
        "name": track.title,
        "duration": f"PT{seconds // 60}M{seconds % 60}S",
        "genre": [genre.name for genre in track.genres],
        "byArtist": _group(track.artist.name, track.artist.slug),
    }
    if track.release:
        recording["inAlbum"] = {"@type": "MusicAlbum", "name": track.release.title}
    return Head(
        title=f"{track.title} by {track.artist.name}",
        description=f"{track.title} by {track.artist.name}, {length}.",
        path=f"/tracks/{track.id}",
        kind="music.song",
        image=_image(track.cover),
        audio=f"/api/v1/tracks/{track.id}/stream",
        json_ld=recording,
        heading=track.title,
        part="track/TrackPage.tsx",
        data=(f"/tracks/{track.id}",),
        indexed=track.publication == "published",
    )


def release_head(release: Release) -> Head:
    tracks = f"{release.track_count} {'track' if release.track_count == 1 else 'tracks'}"
    album: dict[str, object] = {
        "@type": "MusicAlbum",
        "name": release.title,
        "numTracks": release.track_count,
        "byArtist": _group(release.artist.name, release.artist.slug),
    }
    if release.released_on:
        album["datePublished"] = release.released_on.isoformat()
    return Head(
        title=f"{release.title} by {release.artist.name}",
        description=f"{release.title} by {release.artist.name}, {tracks}.",
        path=f"/releases/{release.id}",
        kind="music.album",
        image=_image(release.cover),
        json_ld=album,
        heading=release.title,
        part="release/ReleasePage.tsx",
        data=(f"/releases/{release.id}",),
        indexed=release.publication == "published",
    )


def genres_head(names: Sequence[str]) -> Head:
    return Head(
        title="Genres",
        description=_short(f"Music from this town by genre: {', '.join(names)}."),
        path="/genres",
        json_ld={"@type": "CollectionPage", "name": "Genres"},
        part="genre/GenresPage.tsx",
        data=("/genres?limit=100",),
    )


def genre_head(name: str, slug: str) -> Head:
    return Head(
        title=f"{name} from this town",
        description=f"{name} by artists from this town: tracks, releases and who plays them.",
        path=f"/genres/{slug}",
        json_ld={"@type": "CollectionPage", "name": name, "about": {"@type": "Thing", "name": name}},
        heading=name,
    )


def plain_head(title: str, path: str) -> Head:
    """Pages that are nobody's to find in a search engine."""
    return Head(title=title, description=title, path=path, indexed=False)


def _group(name: str, slug: str) -> dict[str, object]:
    return {"@type": "MusicGroup", "name": name, "sameAs": f"/artists/{slug}"}


def _image(cover: Cover | None) -> str | None:
    return f"/covers/{cover.key}-{max(COVER_SIZES)}.jpg" if cover else None


def _meta(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{name}" content="{escape(content)}">'


def _short(text: str, longest: int = 200) -> str:
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + "…"
